//! What everybody in the room sees: the list of lessons, or the lesson in progress.

use crate::app::progress::Progress;
use crate::app::sitting::Sitting;
use crate::app::work::Work;
use crate::lesson::library::{self, Chapter, Course, Entry};

/// What is on the screen of all who watch.
#[derive(Clone)]
pub struct Session {
    /// The course.
    pub course: Course,
    /// The lesson chosen in the list, counted over all chapters.
    pub chosen: usize,
    /// The lesson in progress; absent at home.
    pub sitting: Option<Sitting>,
    /// What goes on in slices between the keys.
    pub work: Option<Work>,
    /// Whether it goes on by itself.
    pub is_playing: bool,
    /// Ticks between two beats of play, as an index into `PACES`.
    pub pace: usize,
    /// Ticks since the last beat of play.
    pub waited: u32,
    /// Whether leaving the lesson leaves the program, since it was opened by name.
    pub is_single: bool,
}

/// Ticks of a twentieth of a second between two beats of play, from slow to fast.
pub const PACES: [u32; 6] = [40, 20, 10, 5, 2, 1];

impl Session {
    /// The list of lessons.
    pub fn home() -> Self {
        let course = library::course();
        let mut entries = course.chapters.iter().flat_map(|chapter| &chapter.lessons);
        let chosen = entries.position(|entry| !entry.planned).unwrap_or(0);
        Self { course, chosen, sitting: None, work: None, is_playing: false, pace: 2, waited: 0, is_single: false }
    }

    /// One lesson, opened by name.
    pub fn single(sitting: Sitting) -> Self {
        Self { sitting: Some(sitting), is_single: true, ..Self::home() }
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
    pub fn progress(&self) -> Option<Progress> {
        Some(self.work.as_ref()?.progress(self.sitting.as_ref()?))
    }

    /// Opens the chosen lesson; says in words why it cannot.
    pub fn open_chosen(&mut self) -> Result<(), String> {
        let entry = self.chosen_entry().ok_or("there is no lesson to open")?;
        if entry.planned {
            return Err(format!("\"{}\" is still to come", entry.title));
        }
        let lesson = library::open(&entry.id)?;
        self.sitting = Some(Sitting::open(lesson)?);
        Ok(())
    }
}
