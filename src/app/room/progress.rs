//! What a learner has done so far, lesson by lesson, as it is kept from one evening to the next.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::app::answer::given::Given;
use crate::app::room::completion::{self, Completion};
use crate::app::room::repetition::Repetition;
use crate::app::room::sitting::{Record, Sitting};
use crate::lesson::file::safe::Safe;
use crate::lesson::question::Ask;
use crate::lesson::question::grade;

/// The form in which progress is kept; a file of a later form is read by nobody but its own version.
pub const SCHEMA: u32 = 1;

/// Everything that one learner did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The form of the file.
    pub schema: u32,
    /// What was done, by the ids of the lessons.
    #[serde(default, rename = "lesson")]
    pub lessons: BTreeMap<String, Kept>,
}

/// What was done so far, and what of it is to be kept.
#[derive(Debug, Clone, Default)]
pub struct LessonNotes {
    /// All that was done.
    pub progress: Progress,
    /// Whether what is done now does not count: the lesson was opened at a place of somebody's choice.
    pub is_elsewhere: bool,
    /// Whether something is new.
    pub is_unsaved: bool,
}

/// What was done of one lesson.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The page where the learner left it, from 1.
    pub page: usize,
    /// How many of its pages that ask or aim are done.
    pub done: usize,
    /// How many there are.
    pub asked: usize,
    /// Whether that is all there is to do.
    pub is_done: bool,
    /// What was done on its pages, those with nothing to tell left out.
    #[serde(default, rename = "did", skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Did>,
}

/// What was done on one page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Did {
    /// The page, from 1.
    pub page: usize,
    /// The question, so that an answer is never kept beside another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The answer given, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Whether it was right, once that was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<bool>,
    /// How sure the learner was: 1 guess, 2 think, 3 sure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<usize>,
    /// The evaluations of f with which the goal was met, or the iterations, as the goal counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<u64>,
    /// Whether the solution was seen, and whether the answer to its question was right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solved: Option<bool>,
    /// When it was last passed, if it is a question that comes again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed: Option<Repetition>,
    /// How many hints were opened.
    #[serde(default, skip_serializing_if = "is_none")]
    pub hints: usize,
    /// What two answered, each for themselves, before `answer`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<Partner>,
}

/// What one of two answered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Partner {
    /// Whose answer it is.
    pub name: String,
    /// The answer, in words.
    pub answer: String,
    /// Whether it was right, once that was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<bool>,
    /// How sure they were: 1 guess, 2 think, 3 sure.
    pub confidence: usize,
}

/// How often somebody answered as one of two, and how often rightly, before they talked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many predictions.
    pub asked: usize,
    /// How many of them were right.
    pub right: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

impl Default for Progress {
    fn default() -> Self {
        Self { schema: SCHEMA, lessons: BTreeMap::new() }
    }
}

impl Progress {
    /// Reads what was kept; says in words why it cannot. Of a later form whose shape is unknown here nothing is read but
    /// that it is one.
    pub fn read(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Form {
            schema: u32,
        }
        toml::from_str(text).or_else(|error| match toml::from_str::<Form>(text) {
            Ok(Form { schema }) if schema > SCHEMA => Ok(Self { schema, ..Self::default() }),
            _ => Err(error.message().to_owned()),
        })
    }

    /// The text that keeps it.
    pub fn written(&self) -> Result<String, String> {
        toml::to_string(self).map_err(|error| error.to_string())
    }

    /// Whether a later version of the program wrote this.
    pub fn is_newer(&self) -> bool {
        self.schema > SCHEMA
    }

    /// What each who learned as one of two predicted, by name.
    pub fn partners(&self) -> BTreeMap<&str, Tally> {
        let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
        for partner in self.lessons.values().flat_map(|kept| &kept.pages).flat_map(|did| &did.partners) {
            let tally = tallies.entry(&partner.name).or_default();
            tally.asked += 1;
            tally.right += usize::from(partner.right == Some(true));
        }
        tallies
    }

    /// Takes in what another program kept meanwhile: of every lesson its pages, where this one has nothing to tell.
    pub fn take_in(&mut self, other: &Self) {
        for (id, theirs) in &other.lessons {
            match self.lessons.get_mut(id) {
                None => {
                    self.lessons.insert(id.clone(), theirs.clone());
                }
                Some(ours) => ours.take_in(theirs),
            }
        }
    }
}

impl Kept {
    /// What there is to keep of a lesson in progress.
    pub fn of(sitting: &Sitting) -> Self {
        let pages = sitting.records.iter().enumerate().map(|(index, record)| did(sitting, index, record));
        let (done, asked) = completion::counts(sitting);
        Self {
            page: sitting.page + 1,
            done,
            asked,
            is_done: completion::how_far(sitting) == Completion::Done,
            pages: pages.filter(|did| *did != Did { page: did.page, ..Did::default() }).collect(),
        }
    }

    /// Questions that can be asked again with other numbers, and were answered rightly for the first time, are noted as
    /// passed on that day.
    pub(in crate::app) fn pass(&mut self, sitting: &Sitting, day: u32) {
        for did in &mut self.pages {
            let ask = sitting.lesson.pages.get(did.page - 1).and_then(|page| page.ask.as_ref());
            let comes_again = ask.is_some_and(|ask| !ask.vary.is_empty());
            if did.right == Some(true) && did.passed.is_none() && comes_again {
                did.passed = Some(Repetition { day, times: 0 });
            }
        }
    }

    pub(in crate::app) fn take_in(&mut self, other: &Self) {
        for theirs in &other.pages {
            match self.pages.iter_mut().find(|ours| ours.page == theirs.page) {
                None => self.pages.push(theirs.clone()),
                Some(ours) => ours.take_in(theirs),
            }
        }
        self.pages.sort_by_key(|did| did.page);
    }

    /// Opens a lesson where it was left, with all that was answered; what no longer fits the lesson is let go.
    pub fn restore(&self, sitting: &mut Sitting) -> Result<(), String> {
        for did in &self.pages {
            let Some(index) = did.page.checked_sub(1).filter(|index| *index < sitting.records.len()) else { continue };
            sitting.records[index] = record(sitting, index, did);
        }
        let page = self.page.saturating_sub(1).min(sitting.records.len() - 1);
        // Also where it is the first: the truth of its answer is not kept, but found again.
        sitting.turn_to(page)
    }
}

impl Did {
    /// Whether it was right is known only once it was seen, and not seen anew each time: what was known stays known.
    fn take_in(&mut self, other: &Self) {
        let (hints, solved) = (self.hints.max(other.hints), self.solved.or(other.solved));
        let passed = if other.passed.is_some_and(|theirs| self.passed.is_none_or(|ours| ours.day < theirs.day)) {
            other.passed
        } else {
            self.passed
        };
        if self.answer.is_none() && self.goal.is_none() {
            *self = other.clone();
        } else if (&self.question, &self.answer) == (&other.question, &other.answer) {
            self.right = self.right.or(other.right);
            self.goal = self.goal.or(other.goal);
            if self.partners.is_empty() {
                self.partners.clone_from(&other.partners);
            }
        }
        (self.hints, self.solved, self.passed) = (hints, solved, passed);
    }
}

fn did(sitting: &Sitting, index: usize, record: &Record) -> Did {
    let is_seen = record.is_seen || index == sitting.page && sitting.is_outcome_seen();
    let given = sitting.lesson.pages[index].ask.as_ref().zip(record.answer.as_ref());
    Did {
        page: index + 1,
        question: given.map(|(ask, _)| ask.question.as_str().to_owned()),
        answer: given.map(|(ask, answer)| grade::words(ask, answer)),
        right: record.verdict.as_ref().filter(|_| given.is_some() && is_seen).map(|verdict| verdict.grade.is_right()),
        confidence: record.confidence.map(|sure| sure + 1),
        goal: record.goal,
        solved: record.solved,
        passed: None,
        hints: record.hints,
        // What only one has answered is a secret: it is not written down.
        partners: given.map_or(Vec::new(), |(ask, _)| record.partners.iter().map(|one| partner(ask, one)).collect()),
    }
}

fn partner(ask: &Ask, given: &Given) -> Partner {
    Partner {
        name: given.name.as_str().to_owned(),
        answer: grade::words(ask, &given.answer),
        right: given.is_right,
        confidence: given.confidence + 1,
    }
}

fn given(ask: &Ask, kept: &Partner) -> Option<Given> {
    Some(Given {
        name: Safe::line(&kept.name),
        answer: grade::read(ask, &kept.answer)?,
        confidence: kept.confidence.clamp(1, 3) - 1,
        is_right: kept.right,
    })
}

fn record(sitting: &Sitting, index: usize, did: &Did) -> Record {
    let page = &sitting.lesson.pages[index];
    let ask = page.ask.as_ref().filter(|ask| Some(ask.question.as_str()) == did.question.as_deref());
    let answer = ask.zip(did.answer.as_deref()).and_then(|(ask, kept)| grade::read(ask, kept));
    let partners = ask.filter(|_| answer.is_some()).map(|ask| did.partners.iter().map(|one| given(ask, one)).collect());
    Record {
        partners: partners.flatten().unwrap_or_default(),
        confidence: did.confidence.filter(|_| answer.is_some()).map(|sure| sure.clamp(1, 3) - 1),
        answer,
        goal: did.goal.filter(|_| page.goal.is_some()),
        solved: did.solved,
        missed: did.solved.is_some(),
        hints: did.hints.min(page.hints.len()),
        ..Record::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::classroom::Classroom;
    use crate::app::key::press::{Code, Key};
    use crate::app::look::appearance::Look;
    use crate::app::room::session::Session;
    use crate::lesson::course::library;
    use crate::lesson::question::Answer;

    fn sitting() -> Sitting {
        Sitting::open(library::open("backtracking").unwrap()).unwrap()
    }

    fn answered() -> Sitting {
        let mut sitting = sitting();
        while sitting.open_question().is_none() && sitting.step() {}
        sitting.answer(Answer::Choice(2), None);
        sitting.turn_to(6).unwrap();
        while sitting.open_question().is_none() && sitting.step() {}
        sitting.answer(Answer::Choice(0), Some(1));
        sitting
    }

    #[test]
    fn what_was_kept_comes_back() {
        let left = answered();
        let kept = Progress { lessons: [("backtracking".to_owned(), Kept::of(&left))].into(), ..Progress::default() };
        let read = Progress::read(&kept.written().unwrap()).unwrap();
        assert_eq!(read, kept);
        let mut opened = sitting();
        read.lessons["backtracking"].restore(&mut opened).unwrap();
        assert_eq!(opened.page, 6);
        let told = |sitting: &Sitting| -> Vec<_> {
            sitting.records.iter().map(|record| (record.answer.clone(), record.confidence, record.hints)).collect()
        };
        assert_eq!(told(&opened), told(&left));
        assert_eq!(opened.record().verdict, left.record().verdict, "found again on the page in view");
        assert_eq!(Kept::of(&opened).pages.len(), 2);
    }

    /// Whether an answer was right is kept once its outcome was seen, not when its page is left before.
    #[test]
    fn an_answer_counts_when_its_outcome_was_seen() {
        let mut room = Classroom::new(Session::single(sitting()));
        let id = room.join((80, 24), Look::default());
        let mut press = |keys: &str| {
            for key in keys.chars() {
                let key = if key == '>' { Key::plain(Code::Right) } else { Key::char(key) };
                room.press(id, key);
            }
            Kept::of(room.session.sitting.as_ref().unwrap()).pages.first().map(|did| (did.answer.is_some(), did.right))
        };
        assert_eq!(press(">3"), Some((true, None)), "sealed");
        assert_eq!(press("n"), Some((true, None)), "left unseen");
        assert_eq!(press("p>>"), Some((true, Some(true))), "seen");
        assert_eq!(press("n"), Some((true, Some(true))), "seen before");
    }

    /// The lesson was rewritten meanwhile: an answer to another question is no answer.
    #[test]
    fn what_no_longer_fits_is_let_go() {
        let mut kept = Kept::of(&answered());
        kept.page = 99;
        kept.pages[0].question = Some("Another question?".into());
        kept.pages[1].answer = Some("an option that is gone".into());
        kept.pages.push(Did { page: 77, goal: Some(3), ..Did::default() });
        let mut opened = sitting();
        kept.restore(&mut opened).unwrap();
        assert!(opened.records.iter().all(|record| record.answer.is_none() && record.confidence.is_none()));
        assert_eq!(opened.page + 1, opened.lesson.pages.len());
    }

    #[test]
    fn two_programs_lose_nothing() {
        let did = |page, answer: Option<&str>| Did { page, answer: answer.map(str::to_owned), ..Did::default() };
        let kept = |pages: Vec<Did>| Kept { page: 1, pages, ..Kept::default() };
        let progress = |lessons: &[(&str, Kept)]| Progress {
            lessons: lessons.iter().map(|(id, kept)| ((*id).to_owned(), kept.clone())).collect(),
            ..Progress::default()
        };
        let mut ours = progress(&[("a", kept(vec![did(1, Some("x")), did(3, None)]))]);
        let theirs = progress(&[
            ("a", kept(vec![did(1, Some("y")), did(2, Some("z")), did(3, Some("w"))])),
            ("b", kept(vec![])),
        ]);
        ours.take_in(&theirs);
        let answers: Vec<_> = ours.lessons["a"].pages.iter().map(|did| did.answer.as_deref().unwrap()).collect();
        assert_eq!(answers, ["x", "z", "w"]);
        assert!(ours.lessons.contains_key("b"));
    }

    #[test]
    fn what_was_known_stays_known() {
        let did = |right, hints| Did { page: 1, answer: Some("x".into()), right, hints, ..Did::default() };
        let mut ours = did(None, 1);
        ours.take_in(&did(Some(true), 0));
        assert_eq!(ours, did(Some(true), 1));
        ours.take_in(&did(Some(false), 2));
        assert_eq!(ours, did(Some(true), 2));
        let mut other_answer = Did { answer: Some("y".into()), ..did(None, 0) };
        other_answer.take_in(&ours);
        assert_eq!(other_answer.right, None);
        let fresh = Did { hints: 2, solved: Some(true), ..Did::default() };
        let mut both = fresh.clone();
        both.take_in(&Did { hints: 1, ..Did::default() });
        assert_eq!(both, fresh);
    }

    #[test]
    fn a_later_form_is_recognised_and_nonsense_is_refused() {
        assert!(Progress::read("schema = 2\n[lesson.a]\npage = 1\nmood = \"good\"").unwrap().is_newer());
        assert!(Progress::read("schema = 3\nlesson = \"of another shape\"").unwrap().is_newer());
        assert!(Progress::read("schema = 1\nlesson = \"of another shape\"").is_err());
        assert!(Progress::read("schema = ").is_err());
        assert!(Progress::read("").is_err());
    }
}
