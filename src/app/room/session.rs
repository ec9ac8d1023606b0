//! What everybody in the room sees: the list of lessons, or the lesson in progress.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::answer::pair::{self, Pair};
use crate::app::room::left::Left;
use crate::app::room::progress::{Kept, LessonNotes, Progress};
use crate::app::room::reopen::Stand;
use crate::app::room::repetition::Due;
use crate::app::room::sitting::Sitting;
use crate::app::run::work::Work;
use crate::app::run::work_progress::WorkProgress;
use crate::lesson::course::library::{Chapter, Course, Entry};
use crate::lesson::course::pack::Pack;
use crate::lesson::made::review;

/// What is on the screen of all who watch.
#[derive(Clone)]
pub struct Session {
    /// The lessons that there are.
    pub pack: Arc<Pack>,
    /// Their course.
    pub course: Course,
    /// The lesson chosen in the list, counted over all chapters.
    pub chosen: usize,
    /// What the list is narrowed to; empty for all.
    pub filter: String,
    /// The lessons left for home, by their ids, as they were left.
    pub shelf: BTreeMap<String, Sitting>,
    /// The lesson in progress; absent at home.
    pub sitting: Option<Sitting>,
    /// The lesson that was left for the sandbox.
    pub left: Option<Left>,
    /// The two who learn here, if it is not one alone.
    pub pair: Option<Pair>,
    /// What goes on in slices between the keys.
    pub work: Option<Work>,
    /// Whether it goes on by itself.
    pub is_playing: bool,
    /// Why it stopped going on by itself, until the next key.
    pub halted: Option<&'static str>,
    /// Ticks between two beats of play, as an index into `PACES`.
    pub pace: usize,
    /// Ticks since the last beat of play.
    pub waited: u32,
    /// Whether leaving the lesson leaves the program, since it was opened by name.
    pub is_single: bool,
    /// What was done so far, in this sitting and those before.
    pub notes: LessonNotes,
    /// The day, counted from 1 January 1970, where the host knows it.
    pub today: Option<u32>,
    /// What the review at hand asks, page by page.
    pub review: Vec<Due>,
}

/// Ticks of a twentieth of a second between two beats of play, from slow to fast.
pub const PACES: [u32; 6] = [40, 20, 10, 5, 2, 1];

impl Session {
    /// The list of lessons.
    pub fn home() -> Self {
        Self::of(Arc::new(Pack::shipped()))
    }

    /// The list of the lessons of a pack.
    pub fn of(pack: Arc<Pack>) -> Self {
        let course = pack.course.clone();
        let mut entries = course.chapters.iter().flat_map(|chapter| &chapter.lessons);
        let chosen = entries.position(|entry| !entry.planned).unwrap_or(0);
        Self {
            pack,
            course,
            chosen,
            filter: String::new(),
            shelf: BTreeMap::new(),
            sitting: None,
            left: None,
            pair: None,
            work: None,
            is_playing: false,
            halted: None,
            pace: 2,
            waited: 0,
            is_single: false,
            notes: LessonNotes::default(),
            today: None,
            review: Vec::new(),
        }
    }

    /// Takes up what was done before; a lesson that is open goes on where it was left.
    pub fn resume(&mut self, progress: Progress) -> Result<(), String> {
        self.notes.progress = progress;
        let done = match (&mut self.sitting, !self.notes.is_elsewhere) {
            (Some(sitting), true) => match self.notes.progress.lessons.get(&self.pack.key(&sitting.lesson.id)) {
                Some(kept) if sitting.source.is_none() => kept.restore(sitting),
                _ => Ok(()),
            },
            _ => Ok(()),
        };
        pair::resume(self.pair.as_mut(), self.sitting.as_ref());
        done
    }

    /// Notes what was done since the last time; only lessons of the course count.
    pub fn note(&mut self) {
        pair::watch(self.pair.as_mut(), self.sitting.as_ref());
        let Some(sitting) = &mut self.sitting else { return };
        let (page, is_seen) = (sitting.page, sitting.is_outcome_seen());
        sitting.records[page].is_seen |= is_seen;
        let Some(sitting) = &self.sitting else { return };
        let id = &sitting.lesson.id;
        if id == review::ID {
            return self.note_review();
        }
        if self.notes.is_elsewhere || sitting.is_sandbox || sitting.source.is_some() || self.number_of(id).is_none() {
            return;
        }
        let (key, mut kept) = (self.pack.key(id), Kept::of(sitting));
        if let Some(old) = self.notes.progress.lessons.get(&key) {
            kept.take_in(old);
        }
        if let Some(today) = self.today {
            kept.pass(sitting, today);
        }
        if self.notes.progress.lessons.get(&key) != Some(&kept) {
            self.notes.progress.lessons.insert(key, kept);
            self.notes.is_unsaved = true;
        }
    }

    /// What there is to keep, if something is new.
    pub fn unsaved(&mut self) -> Option<Progress> {
        std::mem::take(&mut self.notes.is_unsaved).then(|| self.notes.progress.clone())
    }

    /// Whether no lesson was opened yet, so that a word of welcome helps.
    pub fn is_new(&self) -> bool {
        self.shelf.is_empty() && self.notes.progress.lessons.is_empty()
    }

    /// One lesson, opened by name.
    pub fn single(sitting: Sitting) -> Self {
        Self::single_of(Arc::new(Pack::shipped()), sitting)
    }

    /// One lesson, opened by name from a pack.
    pub fn single_of(pack: Arc<Pack>, sitting: Sitting) -> Self {
        Self { sitting: Some(sitting), is_single: true, ..Self::of(pack) }
    }

    /// Every lesson of the course, in order.
    pub fn entries(&self) -> Vec<&Entry> {
        self.course.chapters.iter().flat_map(|chapter| &chapter.lessons).collect()
    }

    /// The number of a lesson in the course: chapter and place, `3.2`.
    pub fn number_of(&self, id: &str) -> Option<String> {
        let place = |chapter: &Chapter| chapter.lessons.iter().position(|entry| entry.id == id);
        let (chapter, lesson) =
            self.course.chapters.iter().enumerate().find_map(|(index, chapter)| Some((index, place(chapter)?)))?;
        Some(format!("{}.{}", chapter + 1, lesson + 1))
    }

    /// The lesson chosen in the list.
    pub fn chosen_entry(&self) -> Option<&Entry> {
        self.entries().get(self.chosen).copied()
    }

    /// Goes to a stand in the lesson that was just opened; says in words why it cannot.
    pub fn stand(&mut self, stand: &Stand) -> Result<(), String> {
        let Some(sitting) = &mut self.sitting else { return Ok(()) };
        if stand.is_sandbox {
            sitting.stand(&Stand { page: stand.page, ..Stand::default() })?;
            let fresh = sitting.sandbox_from_here()?;
            self.left = Some(Left::of(std::mem::replace(sitting, fresh)));
            return sitting.stand(&Stand { page: 0, is_sandbox: false, ..stand.clone() });
        }
        sitting.stand(stand)
    }

    /// Begins a work with its first slice; as a refusal, what there is to say if that was all.
    pub fn begin(&mut self, work: Work) -> Result<(), String> {
        self.is_playing = false;
        self.work = Some(work);
        self.work_on()
    }

    /// Does a slice of the work; as a refusal, what there is to say at its end.
    pub fn work_on(&mut self) -> Result<(), String> {
        let (Some(mut work), Some(sitting)) = (self.work.take(), &mut self.sitting) else { return Ok(()) };
        if !work.slice(sitting) {
            return work.finish(sitting);
        }
        self.work = Some(work);
        Ok(())
    }

    /// Stops the work; says what that leaves.
    pub fn stop_work(&mut self) -> Option<String> {
        Some(self.work.take()?.stop(self.sitting.as_mut()?))
    }

    /// How far the work is, if there is any.
    pub fn advance(&self) -> Option<WorkProgress> {
        Some(self.work.as_ref()?.progress(self.sitting.as_ref()?))
    }

    /// Opens the chosen lesson, as it was left if it was; says in words why it cannot.
    pub fn open_chosen(&mut self) -> Result<(), String> {
        let is_shown = self.shown().contains(&self.chosen);
        let entry = self.chosen_entry().filter(|_| is_shown).ok_or("there is no lesson to open")?;
        if entry.planned {
            return Err(format!("\"{}\" is still to come", entry.title));
        }
        let id = entry.id.clone();
        let sitting = if let Some(left) = self.shelf.remove(&id) {
            left
        } else {
            let mut sitting = Sitting::open(self.pack.open(&id)?)?;
            if let Some(kept) = self.notes.progress.lessons.get(&self.pack.key(&id)) {
                kept.restore(&mut sitting)?;
            }
            sitting
        };
        self.sitting = Some(sitting);
        Ok(())
    }
}
