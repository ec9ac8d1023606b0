//! What everybody in the room sees: the list of lessons, or the lesson in progress.

use std::collections::BTreeMap;

use crate::app::sitting::Sitting;
use crate::lesson::library::{self, Chapter, Course, Entry};

/// What is on the screen of all who watch.
#[derive(Clone)]
pub struct Session {
    /// The course.
    pub course: Course,
    /// The lesson chosen in the list, counted over all chapters.
    pub chosen: usize,
    /// What the list is narrowed to; empty for all.
    pub filter: String,
    /// The lessons left for home, by their ids, as they were left.
    pub left: BTreeMap<String, Sitting>,
    /// Whether no lesson was opened yet, so that a word of welcome helps.
    pub is_new: bool,
    /// The lesson in progress; absent at home.
    pub sitting: Option<Sitting>,
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
        Self {
            course,
            chosen,
            filter: String::new(),
            left: BTreeMap::new(),
            is_new: true,
            sitting: None,
            is_playing: false,
            pace: 2,
            waited: 0,
            is_single: false,
        }
    }

    /// One lesson, opened by name.
    pub fn single(sitting: Sitting) -> Self {
        Self { sitting: Some(sitting), is_single: true, is_new: false, ..Self::home() }
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

    /// Opens the chosen lesson, as it was left if it was; says in words why it cannot.
    pub fn open_chosen(&mut self) -> Result<(), String> {
        let is_shown = self.shown().contains(&self.chosen);
        let entry = self.chosen_entry().filter(|_| is_shown).ok_or("there is no lesson to open")?;
        if entry.planned {
            return Err(format!("\"{}\" is still to come", entry.title));
        }
        let id = entry.id.clone();
        let sitting = match self.left.remove(&id) {
            Some(left) => left,
            None => Sitting::open(library::open(&id)?)?,
        };
        self.sitting = Some(sitting);
        self.is_new = false;
        Ok(())
    }
}
