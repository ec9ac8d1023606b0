//! A course with its lessons: the one that comes with the program, or a pack from a folder.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

use crate::lesson::course::library::{self, Chapter, Course, Entry, Head};
use crate::lesson::file::complaint::{Brief, briefly};
use crate::lesson::file::read::read;
use crate::lesson::file::safe::Safe;
use crate::lesson::file::shape::MOST_LETTERS;
use crate::lesson::schema::Lesson;

/// A course and its lessons.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// The chapters.
    pub course: Course,
    /// What it is called, if it is not the shipped one.
    name: Option<Safe>,
    /// The folder where it was found, as it was named.
    folder: Option<OsString>,
    /// What of the folder is not here, in a sentence.
    left_out: Option<String>,
    lessons: BTreeMap<String, Written>,
}

/// A lesson of a pack.
#[derive(Debug, Clone)]
struct Written {
    text: String,
    faults: Vec<Brief>,
}

/// A file of a pack: the id of its lesson, and its text; why it has none, if it cannot be read.
pub type PackFile = (String, Result<String, String>);

impl Pack {
    /// The course that comes with the program.
    pub fn shipped() -> Self {
        Self { course: library::course(), ..Self::default() }
    }

    /// A pack of some files, in the order of its course; those that the course does not name stand at its end.
    pub fn of(name: &str, course: Option<Course>, files: Vec<PackFile>) -> Self {
        let name = course.as_ref().and_then(|course| course.name.clone()).unwrap_or_else(|| name.to_owned());
        let name = Safe::line(&short(&name));
        let mut pack = Self { course: safe(course.unwrap_or_default()), name: Some(name), ..Self::default() };
        for (id, text) in files {
            let (text, faults) = match text {
                Ok(text) => {
                    let complaints = read(&id, &text).err().unwrap_or_default();
                    let faults = briefly(&format!("{id}.toml"), &text, &complaints);
                    (text, faults)
                }
                Err(why) => {
                    let place = format!("{id}.toml");
                    (String::new(), vec![Brief { place, message: Safe::line(&why), cure: None, is_error: true }])
                }
            };
            pack.lessons.insert(id, Written { text, faults });
        }
        pack.complete();
        pack
    }

    /// Lessons without a file are still to come, and files that no chapter names get one of their own.
    fn complete(&mut self) {
        let mut rest: BTreeMap<&String, &Written> = self.lessons.iter().collect();
        for entry in self.course.chapters.iter_mut().flat_map(|chapter| &mut chapter.lessons) {
            entry.planned = rest.remove(&entry.id).is_none();
        }
        let entry = |(id, written): (&String, &Written)| {
            let head: Head = library::head_of(&written.text);
            let line = |text: Option<String>| text.map(|text| short(&text));
            let title = line(head.title).filter(|title| !title.is_empty());
            Entry {
                id: id.clone(),
                title: title.unwrap_or_else(|| id.clone()),
                summary: line(head.summary).unwrap_or_default(),
                planned: false,
            }
        };
        let lessons: Vec<Entry> = rest.into_iter().map(entry).collect();
        if !lessons.is_empty() {
            let is_all = self.course.chapters.is_empty();
            let own = self.name.as_ref().map_or_else(String::new, ToString::to_string);
            let title = if is_all { own } else { "More".to_owned() };
            self.course.chapters.push(Chapter { id: "more".to_owned(), title, lessons });
        }
    }

    /// The same, found in this folder.
    #[must_use]
    pub fn found_in(self, folder: &OsStr) -> Self {
        Self { folder: Some(folder.to_owned()), ..self }
    }

    /// The same, without so many files of its folder, which has more than the `lessons` or `mebibytes` that a pack may have.
    #[must_use]
    pub fn without(self, files: usize, lessons: usize, mebibytes: usize) -> Self {
        let left_out = format!(
            "{files} more lesson files are left out: a folder holds at most {lessons} lessons and {mebibytes} MiB of them"
        );
        Self { left_out: Some(left_out), ..self }
    }

    /// What of the folder is not here, in a sentence; `None` if all of it is.
    pub fn left_out(&self) -> Option<&str> {
        self.left_out.as_deref()
    }

    /// The folder where it was found; the shipped course has none.
    pub fn folder(&self) -> Option<&OsStr> {
        self.folder.as_deref()
    }

    /// Whether this is the course that comes with the program.
    pub fn is_shipped(&self) -> bool {
        self.name.is_none()
    }

    /// The text of a lesson.
    pub fn find(&self, id: &str) -> Option<&str> {
        if self.is_shipped() { library::find(id) } else { self.lessons.get(id).map(|written| written.text.as_str()) }
    }

    /// What is wrong with a lesson, if it cannot be opened.
    pub fn faults(&self, id: &str) -> &[Brief] {
        self.lessons.get(id).map_or(&[], |written| &written.faults)
    }

    /// The head of a lesson.
    pub fn head(&self, id: &str) -> Head {
        library::head_of(self.find(id).unwrap_or_default())
    }

    /// A lesson, read; or why there is none, in a sentence.
    pub fn open(&self, id: &str) -> Result<Lesson, String> {
        if self.is_shipped() {
            return library::open(id);
        }
        let text = self.find(id).ok_or_else(|| format!("there is no lesson `{id}`"))?;
        if let Some(fault) = self.faults(id).first() {
            return Err(format!("{id}.toml cannot be read: {}", fault.message));
        }
        read(id, text).map(|(lesson, _)| lesson).map_err(|_| format!("{id}.toml cannot be read"))
    }

    /// Under which name progress of a lesson is kept: no two packs share one.
    pub fn key(&self, id: &str) -> String {
        self.name.as_ref().map_or_else(|| id.to_owned(), |name| format!("{name}/{id}"))
    }
}

/// A line that may be shown, cut where it is longer than a title may be.
fn short(text: &str) -> String {
    let line = Safe::line(text);
    match line.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_string(),
    }
}

/// A course whose every text may be shown.
fn safe(mut course: Course) -> Course {
    let line = |text: &mut String| *text = short(text);
    for chapter in &mut course.chapters {
        line(&mut chapter.title);
        for entry in &mut chapter.lessons {
            line(&mut entry.title);
            line(&mut entry.summary);
        }
    }
    course
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = include_str!("../../../tests/sound/ravine.toml");

    fn pack(course: Option<&str>) -> Pack {
        let files: Vec<PackFile> = vec![
            ("a".into(), Ok(GOOD.into())),
            ("b".into(), Ok(GOOD.replacen("objective", "objektive", 1))),
            ("c".into(), Err("c.toml is not UTF-8 text".into())),
        ];
        Pack::of("week-1", course.map(|text| toml::from_str(text).unwrap()), files)
    }

    #[test]
    fn a_folder_without_a_course_is_one_chapter() {
        let pack = pack(None);
        let [chapter] = &pack.course.chapters[..] else { panic!("{:?}", pack.course) };
        let titles: Vec<&str> = chapter.lessons.iter().map(|entry| entry.title.as_str()).collect();
        assert_eq!((chapter.title.as_str(), titles), ("week-1", vec!["Too long at first", "Too long at first", "c"]));
        assert!(pack.open("a").is_ok() && pack.faults("a").is_empty());
        assert!(
            pack.open("b").is_err_and(|why| why.contains("objektive")) && pack.faults("b")[0].place == "b.toml:10:1"
        );
        assert!(pack.open("c").is_err_and(|why| why.contains("not UTF-8")));
        assert_eq!((pack.key("a").as_str(), Pack::shipped().key("a").as_str()), ("week-1/a", "a"));
    }

    #[test]
    fn a_course_orders_names_and_announces() {
        let pack = pack(Some(
            "name = \"optimization-101\"\n[[chapter]]\nid = \"x\"\ntitle = \"First\\u001b[31m\"\nlessons = [\n\
             { id = \"c\", title = \"C\", summary = \"\" }, { id = \"later\", title = \"L\", summary = \"\" } ]\n",
        ));
        let [first, more] = &pack.course.chapters[..] else { panic!("{:?}", pack.course) };
        assert_eq!(
            (first.title.as_str(), first.lessons[0].planned, first.lessons[1].planned),
            ("First[31m", false, true)
        );
        assert_eq!((more.title.as_str(), more.lessons.len()), ("More", 2));
        assert_eq!(pack.key("c"), "optimization-101/c");
    }
}
