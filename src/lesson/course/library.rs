//! The lessons that come with the program, and the course that they make.

use serde::Deserialize;

use crate::lesson::file::complaint::render;
use crate::lesson::file::read::read;
use crate::lesson::schema::Lesson;

/// The sources of the shipped lessons by their ids: `shipped!["backtracking"]` embeds `lessons/backtracking.toml`.
macro_rules! shipped {
    ($($id:literal),* $(,)?) => {
        &[$(($id, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lessons/", $id, ".toml")))),*]
    };
}

/// Every shipped lesson, in the order of the course: its id and its source.
pub const SHIPPED: &[(&str, &str)] = shipped![
    "iterative-descent",
    "parabola",
    "fixed-step",
    "armijo-rule",
    "backtracking",
    "bracket-and-pinpoint",
    "comparing-schedules",
    "ravine",
    "start-matters",
    "saddle-point",
];

/// The course, as it is embedded.
const COURSE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lessons/course.toml"));

/// The chapters in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// What it is called, if not by its folder.
    #[serde(default)]
    pub name: Option<String>,
    /// The chapters.
    #[serde(default, rename = "chapter")]
    pub chapters: Vec<Chapter>,
}

/// A chapter of the course.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Its name in lesson files.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its lessons in order.
    pub lessons: Vec<Entry>,
}

/// A lesson of the course.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its file name without the ending.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What it is about, in one sentence.
    pub summary: String,
    /// Whether it is still to be written.
    #[serde(default)]
    pub planned: bool,
}

/// What stands at the head of a lesson, for those who choose one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Head {
    pub title: Option<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// The deck and slide that it goes with.
    pub lecture: Option<String>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// The lessons it builds on.
    #[serde(default)]
    pub after: Vec<String>,
}

/// The head of a shipped lesson.
pub fn head(id: &str) -> Head {
    head_of(find(id).unwrap_or_default())
}

/// The head of a lesson; read up to its first table, so that it costs nothing.
pub fn head_of(source: &str) -> Head {
    let head: Vec<&str> = source.lines().take_while(|line| !line.starts_with('[')).collect();
    toml::from_str(&head.join("\n")).unwrap_or_default()
}

pub fn course() -> Course {
    toml::from_str(COURSE).unwrap_or_default()
}

/// The source of a shipped lesson.
pub fn find(id: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(shipped, _)| *shipped == id).map(|(_, source)| *source)
}

/// A shipped lesson, read; or why there is none.
pub fn open(id: &str) -> Result<Lesson, String> {
    let source = find(id).ok_or_else(|| format!("there is no lesson `{id}`"))?;
    match read(id, source) {
        Ok((lesson, _)) => Ok(lesson),
        Err(complaints) => Err(render(&format!("{id}.toml"), source, &complaints)),
    }
}

/// Whether the course has a lesson of that id, written or planned.
pub fn is_in_course(id: &str) -> bool {
    course().chapters.iter().any(|chapter| chapter.lessons.iter().any(|lesson| lesson.id == id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::file::safe::Safe;

    #[test]
    fn the_course_names_every_lesson_once() {
        let course: Course = toml::from_str(COURSE).unwrap();
        assert_eq!(course.chapters.len(), 10);
        let mut ids: Vec<&str> =
            course.chapters.iter().flat_map(|chapter| &chapter.lessons).map(|lesson| lesson.id.as_str()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((ids.len(), all), (45, 45));
    }

    #[test]
    fn the_head_of_a_lesson_is_that_of_the_whole() {
        for (id, _) in SHIPPED {
            let (head, lesson) = (head(id), open(id).unwrap());
            assert_eq!(head.minutes, lesson.minutes, "{id}");
            assert_eq!(head.lecture.as_deref(), lesson.lecture.as_ref().map(Safe::as_str), "{id}");
            assert_eq!(head.after, lesson.after.iter().map(Safe::as_str).collect::<Vec<_>>(), "{id}");
        }
        assert!(SHIPPED.iter().any(|(id, _)| !head(id).after.is_empty()));
    }

    #[test]
    fn the_lessons_that_are_not_planned_are_shipped_in_the_same_order() {
        let course = course();
        let written: Vec<&str> = course
            .chapters
            .iter()
            .flat_map(|chapter| &chapter.lessons)
            .filter(|lesson| !lesson.planned)
            .map(|lesson| lesson.id.as_str())
            .collect();
        let shipped: Vec<&str> = SHIPPED.iter().map(|(id, _)| *id).collect();
        assert_eq!(written, shipped);
    }
}
