//! The list of lessons as one learner goes through it: narrowed, chosen from, and marked with what was done.

use crate::app::room::completion::{Completion, how_far};
use crate::app::room::errand::Errand;
use crate::app::room::session::Session;
use crate::app::seat::viewer::ListPlace;
use crate::engine::number::Sense;
use crate::lesson::course::library::Entry;

impl Session {
    /// The lessons that a filter leaves, as indices into all.
    pub fn shown(&self, filter: &str) -> Vec<usize> {
        let wanted: Vec<String> = filter.to_lowercase().split_whitespace().map(str::to_owned).collect();
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

    /// The lesson chosen in a list, as an index into all: at first the first one that can be opened.
    pub fn chosen(&self, list: &ListPlace) -> usize {
        let first = || self.entries().iter().position(|entry| !entry.planned).unwrap_or(0);
        list.chosen.unwrap_or_else(first)
    }

    /// The entry of that lesson.
    pub fn chosen_entry(&self, list: &ListPlace) -> Option<&Entry> {
        self.entries().get(self.chosen(list)).copied()
    }

    /// Chooses the lesson after or before, of those shown.
    pub fn choose(&self, list: &mut ListPlace, sense: Sense) {
        let (shown, chosen) = (self.shown(&list.filter), self.chosen(list));
        let next = match (shown.iter().position(|index| *index == chosen), sense) {
            (None, _) => shown.first(),
            (Some(at), Sense::More) => shown.get(at + 1),
            (Some(at), Sense::Less) => at.checked_sub(1).and_then(|at| shown.get(at)),
        };
        list.chosen = Some(next.copied().unwrap_or(chosen));
    }

    /// Narrows a list; the chosen lesson stays chosen as long as it is shown, else the first that can be opened is.
    pub fn narrow(&self, list: &mut ListPlace, filter: String) {
        let (shown, chosen) = (self.shown(&filter), self.chosen(list));
        list.filter = filter;
        if !shown.contains(&chosen) {
            let entries = self.entries();
            let open = shown.iter().find(|index| !entries[**index].planned).or(shown.first()).copied();
            list.chosen = Some(open.unwrap_or(chosen));
        }
    }

    /// Leaves the lesson for the list and keeps it as it is; after a lesson that is done the next one is chosen.
    pub fn go_home(&mut self, list: &mut ListPlace) {
        let Some(sitting) = self.sitting.take() else { return };
        if how_far(&sitting) == Completion::Done {
            let entries = self.entries();
            let here = entries.iter().position(|entry| entry.id == sitting.lesson.id).unwrap_or(self.chosen(list));
            let next = (here + 1..entries.len()).find(|index| !entries[*index].planned);
            list.chosen = Some(next.unwrap_or(here));
        }
        if matches!(sitting.errand, Errand::Lesson | Errand::Proof(_)) {
            self.shelf.insert(sitting.lesson.id.clone(), sitting);
        }
        self.is_playing = false;
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
    use crate::app::classroom::Classroom;
    use crate::app::key::press::{Input, script};
    use crate::app::look::appearance::Look;
    use crate::lesson::question::Answer;

    fn home(session: Session) -> Classroom {
        let mut room = Classroom::new(session);
        room.join((80, 24), Look::default());
        room
    }

    fn press(room: &mut Classroom, keys: &str) {
        for cue in script(keys).unwrap() {
            if let Input::Key(key) = cue.input {
                room.press(1, key);
            }
        }
    }

    fn list(room: &Classroom) -> &ListPlace {
        &room.viewers[&1].list
    }

    fn chosen(room: &Classroom) -> &Entry {
        room.session.chosen_entry(list(room)).unwrap()
    }

    /// How many lessons the filter leaves.
    fn shown(room: &Classroom) -> usize {
        room.session.shown(&list(room).filter).len()
    }

    #[test]
    fn the_filter_narrows_keeps_and_clears() {
        let mut room = home(Session::home());
        let all = shown(&room);
        press(&mut room, "/ sa <bs> addle");
        assert_eq!(list(&room).filter, "saddle");
        assert!(shown(&room) < all && chosen(&room).id == "saddle-point", "{}", chosen(&room).id);
        press(&mut room, "<enter> / <enter> <down>");
        assert_eq!(list(&room).filter, "saddle");
        press(&mut room, "/ <esc>");
        assert_eq!((list(&room).filter.as_str(), shown(&room)), ("", all));
        press(&mut room, "/ zzz <down> <enter> <enter>");
        assert!(shown(&room) == 0 && room.session.sitting.is_none(), "nothing is shown, so nothing opens");
    }

    #[test]
    fn a_lesson_left_is_found_as_it_was() {
        let mut room = home(Session::home());
        press(&mut room, "/ backtracking <enter>");
        assert_eq!(room.session.how_far(chosen(&room)), Completion::Untouched);
        press(&mut room, "<enter> <right> 3 <right> <right> q");
        assert!(room.session.sitting.is_none() && !room.session.is_new());
        assert_eq!(room.session.how_far(chosen(&room)), Completion::Started(1, 10));
        press(&mut room, "<enter>");
        let sitting = room.session.sitting.as_ref().unwrap();
        assert_eq!((sitting.page, &sitting.records[0].answer), (1, &Some(Answer::Choice(2))));
    }

    #[test]
    fn after_a_lesson_that_is_done_the_next_one_is_chosen() {
        let mut room = home(Session::home());
        press(&mut room, "<enter>");
        let sitting = room.session.sitting.as_mut().unwrap();
        let id = sitting.lesson.id.clone();
        for record in &mut sitting.records {
            (record.answer, record.goal) = (Some(Answer::Choice(0)), Some(1));
        }
        press(&mut room, "q");
        assert_ne!(chosen(&room).id, id);
        let entry = room.session.entries().into_iter().find(|entry| entry.id == id).unwrap();
        assert_eq!(room.session.how_far(entry), Completion::Done);
    }
}
