//! The list of lessons as one learner goes through it: narrowed, chosen from, and marked with what was done.

use crate::app::room::completion::{Completion, how_far};
use crate::app::room::session::Session;
use crate::lesson::course::library::Entry;
use crate::lesson::made::review;

impl Session {
    /// The lessons that the filter leaves, as indices into all.
    pub fn shown(&self) -> Vec<usize> {
        let wanted: Vec<String> = self.filter.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let mut shown = Vec::new();
        let mut index = 0;
        for chapter in &self.course.chapters {
            for entry in &chapter.lessons {
                let told = format!("{} {} {} {}", entry.id, entry.title, entry.summary, chapter.title).to_lowercase();
                if wanted.iter().all(|word| told.contains(word)) {
                    shown.push(index);
                }
                index += 1;
            }
        }
        shown
    }

    /// Chooses the lesson after or before, of those shown.
    pub fn choose(&mut self, down: bool) {
        let shown = self.shown();
        let next = match (shown.iter().position(|index| *index == self.chosen), down) {
            (None, _) => shown.first(),
            (Some(at), true) => shown.get(at + 1),
            (Some(at), false) => at.checked_sub(1).and_then(|at| shown.get(at)),
        };
        self.chosen = next.copied().unwrap_or(self.chosen);
    }

    /// Narrows the list; the chosen lesson stays chosen as long as it is shown, else the first that can be opened is.
    pub fn narrow(&mut self, filter: String) {
        self.filter = filter;
        let shown = self.shown();
        if !shown.contains(&self.chosen) {
            let entries = self.entries();
            let open = shown.iter().find(|index| !entries[**index].planned).or(shown.first()).copied();
            self.chosen = open.unwrap_or(self.chosen);
        }
    }

    /// Leaves the lesson for the list and keeps it as it is; after a lesson that is done the next one is chosen.
    pub fn go_home(&mut self) -> bool {
        let Some(sitting) = self.sitting.take() else { return false };
        if how_far(&sitting) == Completion::Done {
            let entries = self.entries();
            let here = entries.iter().position(|entry| entry.id == sitting.lesson.id).unwrap_or(self.chosen);
            let next = (here + 1..entries.len()).find(|index| !entries[*index].planned);
            self.chosen = next.unwrap_or(here);
        }
        if !sitting.is_sandbox && sitting.lesson.id != review::ID {
            self.shelf.insert(sitting.lesson.id.clone(), sitting);
        }
        self.is_playing = false;
        true
    }

    /// How far a lesson has come, in this sitting or one before.
    pub fn how_far(&self, entry: &Entry) -> Completion {
        match (self.shelf.get(&entry.id), self.notes.progress.lessons.get(&self.pack.key(&entry.id))) {
            (Some(sitting), _) => how_far(sitting),
            (None, Some(kept)) if kept.is_done => Completion::Done,
            (None, Some(kept)) => Completion::Started(kept.done, kept.asked),
            (None, None) => Completion::Untouched,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::act::update::update;
    use crate::app::key::press::{Input, script};
    use crate::app::keymap::table::dispatch;
    use crate::app::look::appearance::Look;
    use crate::app::seat::viewer::Viewer;
    use crate::lesson::question::Answer;

    fn press(session: &mut Session, keys: &str) {
        let mut viewer = Viewer::new((80, 24), Look::default());
        for cue in script(keys).unwrap() {
            let Input::Key(key) = cue.input else { continue };
            if let Some(message) = dispatch(session, &viewer, key) {
                update(session, &mut viewer, message);
            }
        }
    }

    fn chosen(session: &Session) -> String {
        session.chosen_entry().unwrap().id.clone()
    }

    #[test]
    fn the_filter_narrows_keeps_and_clears() {
        let mut session = Session::home();
        let all = session.shown().len();
        press(&mut session, "/ sa <bs> addle");
        assert_eq!(session.filter, "saddle");
        assert!(session.shown().len() < all && chosen(&session) == "saddle-point", "{}", chosen(&session));
        press(&mut session, "/ <enter> <down>");
        assert_eq!(session.filter, "saddle");
        press(&mut session, "/ <esc>");
        assert_eq!((session.filter.as_str(), session.shown().len()), ("", all));
        press(&mut session, "/ zzz <down> <enter> <enter>");
        assert!(session.shown().is_empty() && session.sitting.is_none(), "nothing is shown, so nothing opens");
    }

    #[test]
    fn a_lesson_left_is_found_as_it_was() {
        let mut session = Session::home();
        session.narrow("backtracking".into());
        assert_eq!(session.how_far(session.chosen_entry().unwrap()), Completion::Untouched);
        press(&mut session, "<enter> <right> 3 <right> <right> q");
        assert!(session.sitting.is_none() && !session.is_new());
        assert_eq!(session.how_far(session.chosen_entry().unwrap()), Completion::Started(1, 10));
        press(&mut session, "<enter>");
        let sitting = session.sitting.as_ref().unwrap();
        assert_eq!((sitting.page, &sitting.records[0].answer), (1, &Some(Answer::Choice(2))));
    }

    #[test]
    fn after_a_lesson_that_is_done_the_next_one_is_chosen() {
        let mut session = Session::home();
        press(&mut session, "<enter>");
        let id = session.sitting.as_ref().unwrap().lesson.id.clone();
        let sitting = session.sitting.as_mut().unwrap();
        for record in &mut sitting.records {
            (record.answer, record.goal) = (Some(Answer::Choice(0)), Some(1));
        }
        press(&mut session, "q");
        assert_ne!(chosen(&session), id);
        let entry = session.entries().into_iter().find(|entry| entry.id == id).unwrap().clone();
        assert_eq!(session.how_far(&entry), Completion::Done);
    }
}
