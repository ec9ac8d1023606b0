//! What everybody in the room sees: the list of lessons, or the lesson in progress.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::answer::pair::{self, Pair};
use crate::app::room::errand::{Errand, Standing};
use crate::app::room::moment::{Moment, OpenedPage};
use crate::app::room::progress::{Kept, LessonNotes, Progress};
use crate::app::room::reopen::Stand;
use crate::app::room::repetition::Due;
use crate::app::room::sitting::Sitting;
use crate::app::run::long_run::LongRun;
use crate::app::run::work_progress::WorkProgress;
use crate::app::seat::viewer::{ListPlace, Viewer};
use crate::lesson::course::library::{Chapter, Course, Entry};
use crate::lesson::course::pack::Pack;
use crate::lesson::schema::Grain;

/// What is on the screen of all who watch.
#[derive(Clone)]
pub struct Session {
    /// The lessons that there are.
    pub pack: Arc<Pack>,
    /// Their course.
    pub course: Course,
    /// The lessons left for home, by their ids, as they were left.
    pub shelf: BTreeMap<String, Sitting>,
    /// The lesson in progress; absent at home.
    pub sitting: Option<Sitting>,
    /// The sittings that wait beneath it, the one left last at the end: a lesson left for the sandbox or a solution.
    pub waiting: Vec<Sitting>,
    /// The two who learn here, if it is not one alone.
    pub pair: Option<Pair>,
    /// The long way of the run that goes on in slices between the keys.
    pub work: Option<LongRun>,
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

/// A beat of play that was made, and what there is to say of it.
pub struct Ticked {
    pub words: Option<String>,
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
        Self {
            pack,
            course,
            shelf: BTreeMap::new(),
            sitting: None,
            waiting: Vec::new(),
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
        if sitting.errand == Errand::Review {
            return self.note_review();
        }
        if self.notes.is_elsewhere || sitting.is_sandbox() || sitting.source.is_some() || self.number_of(id).is_none() {
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

    /// Goes to a stand in the lesson that was just opened; says in words why it cannot.
    pub fn stand(&mut self, stand: &Stand) -> Result<(), String> {
        let Some(sitting) = &mut self.sitting else { return Ok(()) };
        if stand.is_sandbox {
            sitting.stand(&Stand { page: stand.page, ..Stand::default() })?;
            let fresh = sitting.sandbox_from_here()?;
            self.waiting.push(std::mem::replace(sitting, fresh));
            return sitting.stand(&Stand { page: 0, is_sandbox: false, ..stand.clone() });
        }
        sitting.stand(stand)
    }

    /// From here on two learn, or one alone (`None`); what was answered under other names is let go.
    pub fn pair_up(&mut self, pair: Option<Pair>) {
        self.pair = pair;
        for sitting in self.sitting.iter_mut().chain(&mut self.waiting).chain(self.shelf.values_mut()) {
            let open = sitting.records.iter_mut().filter(|record| record.answer.is_none());
            open.for_each(|record| record.partners.clear());
        }
        pair::watch(self.pair.as_mut(), self.sitting.as_ref());
    }

    /// Begins a long way with its first slice; what there is to say if that was all.
    pub fn begin(&mut self, run: LongRun) -> Option<String> {
        self.is_playing = false;
        self.work = Some(run);
        self.work_on()
    }

    /// Goes on by a slice of the long way; at its end, what there is to say.
    pub fn work_on(&mut self) -> Option<String> {
        let (mut run, sitting) = (self.work.take()?, self.sitting.as_mut()?);
        if !sitting.travel(&mut run) {
            return sitting.arrive(run).err();
        }
        self.work = Some(run);
        None
    }

    /// Stops what a viewer waits for; says what that leaves.
    pub fn stop_work(&mut self, viewer: &mut Viewer) -> Option<String> {
        if viewer.search.take().is_some() {
            return Some("Stopped: the map of basins is not drawn.".into());
        }
        self.work.take()?;
        let sitting = self.sitting.as_mut()?;
        sitting.look_at_goal();
        Some(format!("Stopped at t = {}; E goes on.", sitting.cursor.t))
    }

    /// How far that is which a viewer waits for; `None` where nothing goes on.
    pub fn work_progress(&self, viewer: &Viewer) -> Option<WorkProgress> {
        match &viewer.search {
            Some(search) => Some(search.progress()),
            None => Some(self.work.as_ref()?.progress(self.sitting.as_ref()?)),
        }
    }

    /// A moment of play: after enough of them a beat; whether one was made.
    pub fn tick(&mut self) -> Option<Ticked> {
        let sitting = self.sitting.as_mut().filter(|_| self.is_playing && self.work.is_none())?;
        self.waited += 1;
        if self.waited < PACES[self.pace] {
            return None;
        }
        self.waited = 0;
        if sitting.grain_here() == Grain::Run {
            let run = LongRun::new(sitting, None);
            return Some(Ticked { words: self.begin(run) });
        }
        let before = sitting.standing();
        let moved = sitting.forward(sitting.grain_here());
        let is_stopped = matches!(before, Standing::Stepping | Standing::Aiming) && sitting.standing() != before;
        self.is_playing = moved && !is_stopped && !sitting.is_over();
        self.halted = (!self.is_playing).then(|| sitting.why_play_stops());
        Some(Ticked { words: None })
    }

    /// The moment that all in the room are at.
    pub fn moment(&self) -> Moment {
        let place = self.sitting.as_ref().map(|sitting| OpenedPage {
            lesson: sitting.lesson.id.clone(),
            depth: self.waiting.len(),
            is_solution: sitting.errand == Errand::Solution,
            opened: sitting.opened,
        });
        let Some(sitting) = &self.sitting else { return Moment::default() };
        Moment {
            place,
            page: sitting.page,
            proof: sitting.proof(),
            made: sitting.made,
            is_asked: sitting.open_question().is_some(),
            is_answered: sitting.record().answer.is_some(),
        }
    }

    /// Opens the chosen lesson, as it was left if it was; says in words why it cannot.
    pub fn open_chosen(&mut self, list: &ListPlace) -> Result<(), String> {
        let is_shown = self.shown(&list.filter).contains(&self.chosen(list));
        let entry = self.chosen_entry(list).filter(|_| is_shown).ok_or("there is no lesson to open")?;
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
