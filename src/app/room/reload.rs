//! A lesson file was saved while its lesson is open: the new lesson takes the place of the old, or says why not.

use crate::app::room::progress::Kept;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::run::cursor::{self, Cursor};
use crate::app::seat::faults::Faults;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::lesson::file::complaint::Brief;
use crate::lesson::file::safe::Safe;
use crate::lesson::schema::{Lesson, Page};

/// What a lesson file is now.
pub struct Saved {
    /// What it is called.
    pub file: Safe,
    /// The lesson, if it can be read.
    pub lesson: Option<Lesson>,
    /// All that is wrong with it.
    pub complaints: Vec<Brief>,
}

/// Takes up a file that was saved; everybody who watches hears of it.
pub fn take_up<'v>(session: &mut Session, viewers: impl Iterator<Item = &'v mut Viewer>, saved: Saved) {
    let Saved { file, lesson, mut complaints } = saved;
    let opened = lesson.map(|lesson| replace(session, lesson));
    let is_old = !matches!(opened, Some(Ok(())));
    if let Some(Err(why)) = opened {
        complaints.push(Brief { place: file.to_string(), message: Safe::line(&why), cure: None, is_error: true });
    }
    for viewer in viewers {
        if !is_old || matches!(viewer.layer, Layer::Faults(_)) {
            viewer.layer = Layer::Run;
        }
        viewer.is_at(session);
        viewer.notice = (!is_old).then(|| format!("{file} was saved: this is how it is now."));
        if !complaints.is_empty() {
            viewer.notice = None;
            let complaints = complaints.clone();
            viewer.layer = Layer::Faults(Faults { file: file.clone(), is_old, complaints });
        }
    }
}

/// Puts a lesson in the place of the one in progress: on the same page, at the same step, with the same answers, as far
/// as the new one has them.
fn replace(session: &mut Session, lesson: Lesson) -> Result<(), String> {
    let waiting = std::mem::take(&mut session.waiting);
    let Some(mut old) = waiting.into_iter().next().or_else(|| session.sitting.clone()) else {
        return Err("there is no lesson open".into());
    };
    old.come_back();
    let mut new = Sitting::open(lesson)?;
    (new.source, new.is_unlocked, new.grain) = (old.source.clone(), old.is_unlocked, old.grain);
    let mut kept = Kept::of(&old);
    let page_now = |page: usize| same_page(&old.lesson.pages, page - 1, &new.lesson.pages) + 1;
    kept.page = page_now(kept.page);
    for did in &mut kept.pages {
        did.page = page_now(did.page);
    }
    kept.restore(&mut new)?;
    if !old.own.is_empty() {
        // Settings that the new lesson does not have are let go.
        let _ = new.apply(old.own.clone());
    }
    come_to(&mut new, old.cursor);
    (session.sitting, session.work, session.is_playing) = (Some(new), None, false);
    Ok(())
}

/// The page that was this one: of the same title, where pages were put in or taken out before it.
fn same_page(old: &[Page], page: usize, new: &[Page]) -> usize {
    let last = new.len() - 1;
    let Some(title) = old.get(page).and_then(|page| page.title.as_ref()) else { return page.min(last) };
    let is_same = |page: &Page| page.title.as_ref() == Some(title);
    if new.get(page).is_some_and(is_same) {
        return page;
    }
    new.iter().position(is_same).unwrap_or(page.min(last))
}

/// To a step of the page, but not past its question while that is open.
fn come_to(sitting: &mut Sitting, to: Cursor) {
    let mut to = to;
    if sitting.page().ask.is_some() && sitting.record().answer.is_none() {
        let before = sitting.cursor;
        sitting.go_to_place(sitting.page().until);
        to = to.min(sitting.cursor.max(before));
    }
    cursor::move_to(&mut sitting.cast, &mut sitting.cursor, to.t);
    let last = sitting.story().len().saturating_sub(1);
    sitting.cursor.beat = if sitting.cursor.t == to.t { to.beat.min(last) } else { last };
    sitting.look_at_goal();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::look::appearance::Look;
    use crate::lesson::file::complaint::briefly;
    use crate::lesson::file::read::read;
    use crate::lesson::question::Answer;

    const LESSON: &str = include_str!("../../../tests/sound/ravine.toml");

    /// A room in which a lesson is open, and what a viewer finds after it was saved.
    struct Room {
        session: Session,
        viewer: Viewer,
    }

    impl Room {
        fn new() -> Self {
            let sitting = Sitting::open(read("ravine", LESSON).unwrap().0).unwrap();
            Self { session: Session::single(sitting), viewer: Viewer::new((80, 24), Look::default()) }
        }

        fn sitting(&mut self) -> &mut Sitting {
            self.session.sitting.as_mut().unwrap()
        }

        fn saves(&mut self, source: &str) {
            let (lesson, complaints) = match read("ravine", source) {
                Ok((lesson, complaints)) => (Some(lesson), complaints),
                Err(complaints) => (None, complaints),
            };
            let complaints = briefly("ravine.toml", source, &complaints);
            let saved = Saved { file: Safe::line("ravine.toml"), lesson, complaints };
            take_up(&mut self.session, std::iter::once(&mut self.viewer), saved);
        }

        fn stand(&mut self) -> (usize, Cursor, Vec<Option<Answer>>) {
            let sitting = self.sitting();
            (sitting.page, sitting.cursor, sitting.records.iter().map(|record| record.answer.clone()).collect())
        }
    }

    #[test]
    fn page_step_and_answers_stay() {
        let mut room = Room::new();
        while room.sitting().open_question().is_none() && room.sitting().step() {}
        room.sitting().answer(Answer::Choice(0), None);
        while room.sitting().step() {}
        let before = room.stand();
        room.saves(LESSON);
        assert_eq!(room.stand(), before);
        assert!(before.2[0] == Some(Answer::Choice(0)) && before.1 != Cursor::default(), "{before:?}");
        assert!(room.viewer.notice.as_deref().unwrap().contains("was saved"));
    }

    /// The question is another one now: its answer is gone, and the run stands where it asks, not past it.
    #[test]
    fn another_question_is_open_again() {
        let mut room = Room::new();
        while room.sitting().open_question().is_none() && room.sitting().step() {}
        let asked = room.stand().1;
        room.sitting().answer(Answer::Choice(0), None);
        while room.sitting().step() {}
        let old = room.sitting().page().ask.as_ref().unwrap().question.clone();
        room.saves(&LESSON.replace(old.as_str(), "Another question?"));
        assert_eq!((room.stand().1, room.stand().2[0].clone()), (asked, None));
        assert!(room.sitting().open_question().is_some());
    }

    #[test]
    fn a_page_put_in_before_moves_what_was_done() {
        let lesson = LESSON.replacen("text     = \"Reach", "title = \"Spend less\"\ntext = \"Reach", 1);
        let mut room = Room::new();
        room.saves(&lesson);
        let last = room.sitting().lesson.pages.len() - 1;
        room.sitting().turn_to(last).unwrap();
        let title = room.sitting().page().title.clone();
        assert!(title.is_some());
        room.saves(&lesson.replacen("[[page]]", "[[page]]\ntext = \"new\"\nscenario = \"ravine\"\n[[page]]", 1));
        assert_eq!((room.stand().0, room.sitting().page().title.clone()), (last + 1, title));
    }

    #[test]
    fn after_an_error_the_last_good_lesson_stays_until_the_cure() {
        let mut room = Room::new();
        room.sitting().step();
        let before = room.stand();
        room.saves(&LESSON.replacen("title", "titel", 1));
        assert_eq!(room.stand(), before);
        let Layer::Faults(faults) = &room.viewer.layer else { panic!("no card") };
        assert!(faults.is_old && faults.complaints[0].place.starts_with("ravine.toml:"), "{faults:?}");
        room.saves(LESSON);
        assert!(matches!(room.viewer.layer, Layer::Run));
        assert_eq!(room.stand(), before);
    }

    /// Fewer pages, a shorter run, from within the sandbox: whatever is left is opened.
    #[test]
    fn what_is_gone_is_let_go() {
        let mut room = Room::new();
        let last = room.sitting().lesson.pages.len() - 1;
        room.sitting().turn_to(last).unwrap();
        room.sitting().go_to(30);
        let end = LESSON.find("[[page]]").unwrap();
        room.saves(&LESSON[..end]);
        assert_eq!(room.stand().0, 0);
        room.saves(LESSON);
        assert!(room.sitting().lesson.pages.len() == last + 1);
    }
}
