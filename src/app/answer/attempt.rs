//! An answer while it is being made: a number typed, a point moved, lines chosen, cells filled.

use crate::app::act::acts::Stroke;
use crate::app::answer::order::Lining;
use crate::app::answer::point::Pointing;
use crate::app::answer::table::Filling;
use crate::app::room::sitting::Sitting;
use crate::app::settings::typed::{LONGEST_NUMBER, push};
use crate::engine::number::numeral;
use crate::lesson::question::table;
use crate::lesson::question::{Answer, Kind};

/// An answer that is not given yet.
#[derive(Debug, Clone, PartialEq)]
pub enum Attempt {
    /// A number, as typed, and whether it counts something.
    Number(String, bool),
    Point(Pointing),
    Lines(Lining),
    Cells(Filling),
}

impl Attempt {
    /// Nothing yet, or what was right of the last attempt; `None` where no such question is open.
    pub fn new(sitting: &Sitting) -> Option<Self> {
        let ask = sitting.open_question()?;
        let tried = sitting.record().tried.as_ref();
        match &ask.kind {
            Kind::Choose(_) => None,
            Kind::Number(measure) => Some(Self::Number(String::new(), measure.is_count())),
            Kind::Point(_) => {
                let at = sitting.cast.runs[0].here().point.iter().copied().collect();
                Some(Self::Point(Pointing::new(at, sitting.scenario().window.clone())))
            }
            Kind::Order(order) => Some(Self::Lines(Lining::new(order, tried))),
            Kind::Table(blanks) => {
                let search = table::search(blanks, &mut sitting.cast.clone()).ok()?;
                Some(Self::Cells(Filling::new(search, tried)))
            }
        }
    }

    /// Whether a character is typed into it, rather than a key.
    pub fn takes(&self, character: char) -> bool {
        let is_cell = matches!(self, Self::Cells(_));
        numeral::begins(character)
            || is_cell && character == ' '
            || !self.typed().is_empty() && numeral::goes_on(character)
    }

    /// What is being typed, if it is not lines that are placed.
    pub fn typed(&self) -> &str {
        match self {
            Self::Number(typed, _) => typed,
            Self::Point(pointing) => &pointing.typed,
            Self::Lines(_) => "",
            Self::Cells(filling) => &filling.typed,
        }
    }

    /// The same attempt with a number or a point typed anew.
    #[must_use]
    pub fn retyped(mut self, text: &str) -> Self {
        match &mut self {
            Self::Number(typed, _) => text.clone_into(typed),
            Self::Point(pointing) => text.clone_into(&mut pointing.typed),
            Self::Lines(_) | Self::Cells(_) => {}
        }
        self
    }

    /// Lets a key happen; says in words why it does nothing.
    pub fn take(&mut self, stroke: Stroke) -> Result<(), String> {
        match (self, stroke) {
            (Self::Number(typed, _), Stroke::Type(character)) => push(typed, character, LONGEST_NUMBER),
            (Self::Number(typed, _), Stroke::Erase) => {
                typed.pop().map(drop).ok_or_else(|| "Nothing is typed yet.".into())
            }
            (Self::Number(..), _) => Err("Type a number; Enter answers with it.".into()),
            (Self::Point(pointing), _) => pointing.take(stroke),
            (Self::Lines(lining), _) => lining.take(stroke),
            (Self::Cells(filling), _) => filling.take(stroke),
        }
    }

    /// The answer, if it is whole; `None` where Enter only went on in it; or, in words, what is missing.
    pub fn finish(&mut self) -> Result<Option<Answer>, String> {
        match self {
            Self::Number(typed, is_count) => match numeral::number(typed)? {
                given if *is_count && (given < 0.0 || given.fract() != 0.0) => {
                    Err(format!("`{typed}` is no count: it is 0, 1, 2 and so on."))
                }
                given => Ok(Some(Answer::Number(given))),
            },
            Self::Point(pointing) => pointing.finish().map(Some),
            Self::Lines(lining) if lining.is_whole() => Ok(Some(Answer::Lines(lining.placed.clone()))),
            Self::Lines(lining) => lining.take(Stroke::Finish).map(|()| None),
            Self::Cells(filling) => filling.finish(),
        }
    }
}
