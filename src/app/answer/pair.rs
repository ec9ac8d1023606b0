//! Two at one keyboard: whose turn it is, and what each predicts before the other can see it.

use crate::app::answer::given::Given;
use crate::app::room::sitting::Sitting;
use crate::lesson::file::safe::Safe;
use crate::lesson::question::grade;
use crate::lesson::question::point::{Spot, Target};
use crate::lesson::question::{Answer, Ask, Kind};

/// Two learners.
#[derive(Debug, Clone)]
pub struct Pair {
    /// What they are called.
    pub names: [Safe; 2],
    /// Which of them has the keyboard.
    pub driver: usize,
    /// The page whose goal made them swap, while it is in view.
    pub swapped_on: Option<usize>,
    /// The lesson in which goals were counted last, and how many were met there.
    counted: Option<(String, usize)>,
}

/// Whose answer an open prediction waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn<'a> {
    /// The first of the two; the other looks away.
    First(&'a Safe, &'a Safe),
    /// The other one, who is told nothing of the first answer.
    Second(&'a Safe, &'a Safe),
    /// They differ, and answer once more, together.
    Together,
}

/// The longest name.
pub const LONGEST: usize = 12;

impl Pair {
    /// Two with these names: `Ada, Ben`, or none.
    pub fn read(names: &str) -> Result<Self, String> {
        let names = if names.trim().is_empty() { "One, Two" } else { names };
        let names: Vec<Safe> = names.split(',').map(|name| Safe::line(name.trim())).collect();

        let is_name = |name: &Safe| name.starts_with(char::is_alphabetic) && name.chars().all(fits_name);
        match <[Safe; 2]>::try_from(names) {
            Ok([one, two]) if one == two => Err("The two need different names.".into()),
            Ok(names) if names.iter().any(|name| name.chars().count() > LONGEST) => {
                Err(format!("A name has at most {LONGEST} letters."))
            }
            Ok(names) if names.iter().all(is_name) => Ok(Self { names, driver: 0, swapped_on: None, counted: None }),
            _ => Err("Two names are parted by a comma: Ada, Ben.".into()),
        }
    }

    /// Who has the keyboard, and who has not.
    pub fn driving(&self) -> (&Safe, &Safe) {
        (&self.names[self.driver], &self.names[1 - self.driver])
    }

    /// Whose answer the open prediction waits for; `None` where none is open. An exercise is done together at once.
    pub fn turn(&self, sitting: &Sitting) -> Option<Turn<'_>> {
        sitting.open_question().filter(|ask| !ask.kind.is_exercise())?;
        let (driver, other) = self.driving();
        Some(match &sitting.record().partners[..] {
            [] => Turn::First(driver, other),
            [first] if first.name == self.names[0] => Turn::Second(&self.names[1], &self.names[0]),
            [_] => Turn::Second(&self.names[0], &self.names[1]),
            _ => Turn::Together,
        })
    }
}

/// Whether a character may stand in a name: nothing that means something in a text, or to the shell.
pub fn fits_name(character: char) -> bool {
    character.is_alphabetic() || " -.".contains(character)
}

/// Swaps the two when a goal was met since the last look.
pub fn watch(pair: Option<&mut Pair>, sitting: Option<&Sitting>) {
    let (Some(pair), Some(sitting)) = (pair, sitting.filter(|sitting| !sitting.is_sandbox())) else { return };
    let met = sitting.records.iter().filter(|record| record.goal.is_some()).count();
    match &pair.counted {
        Some((id, before)) if *id == sitting.lesson.id && met > *before => {
            pair.driver = 1 - pair.driver;
            pair.swapped_on = Some(sitting.page);
        }
        Some((id, _)) if *id == sitting.lesson.id && pair.swapped_on == Some(sitting.page) => {}
        _ => pair.swapped_on = None,
    }
    pair.counted = Some((sitting.lesson.id.clone(), met));
}

/// Lessons that were done before are no goals met now.
pub fn resume(pair: Option<&mut Pair>, sitting: Option<&Sitting>) {
    if let Some(pair) = pair {
        pair.counted = None;
        watch(Some(pair), sitting);
    }
}

impl Sitting {
    /// One of two answers for themselves; where they agree, that is the answer.
    pub fn answer_as(&mut self, name: Safe, answer: Answer, confidence: usize) {
        let Some(ask) = self.open_question().cloned() else { return };
        if matches!((&ask.kind, &answer), (Kind::Choose(options), Answer::Choice(index)) if *index >= options.len()) {
            return;
        }
        self.records[self.page].partners.push(Given { name, answer, confidence, is_right: None });
        let agreed = match &self.record().partners[..] {
            [one, other] if self.agree(&ask, &one.answer, &other.answer) => Some(one.answer.clone()),
            _ => None,
        };
        if let Some(answer) = agreed {
            self.answer(answer, None);
        }
    }

    /// Whether two answers are one, as far as can be said without knowing which is right.
    fn agree(&self, ask: &Ask, one: &Answer, other: &Answer) -> bool {
        let sides = self.scenario().window.iter().map(|[low, high]| (high - low) / 20.0);
        match (&ask.kind, one, other) {
            (Kind::Number(measure), Answer::Number(one), Answer::Number(other)) => {
                (one - other).abs() <= measure.tolerance(*one)
            }
            (Kind::Point(Spot { truth: Target::Lands(_), within }), Answer::Point(one), Answer::Point(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| (one - other).abs() <= *within)
            }
            (Kind::Point(_), Answer::Point(one), Answer::Point(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).zip(sides).all(|((one, other), side)| (one - other).abs() <= side)
            }
            _ => one == other,
        }
    }

    /// Finds out of each of the two whether they were right, where that is not known.
    pub(in crate::app) fn grade_partners(&mut self) {
        let Some(ask) = self.page().ask.clone() else { return };
        for index in 0..self.record().partners.len() {
            let Given { answer, is_right: None, .. } = &self.record().partners[index] else { continue };
            let (answer, mut theirs) = (answer.clone(), self.clone());
            theirs.start_at(&ask, &answer);
            let is_right = grade::grade(&ask, &answer, &mut theirs.cast).ok().map(|grade| grade.is_right());
            self.records[self.page].partners[index].is_right = is_right;
        }
    }
}
