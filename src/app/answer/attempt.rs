//! An answer while it is being made: a number typed, a point moved, lines chosen, cells filled.

use crate::app::answer::making::Making;
use crate::app::answer::number::Typing;
use crate::app::answer::order::Lining;
use crate::app::answer::point::Pointing;
use crate::app::answer::table::Filling;
use crate::app::room::sitting::Sitting;
use crate::lesson::question::Kind;
use crate::lesson::question::table;

/// An answer that is not given yet.
#[derive(Debug, Clone, PartialEq)]
pub enum Attempt {
    Number(Typing),
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
            Kind::Number(measure) => Some(Self::Number(Typing { text: String::new(), is_count: measure.is_count() })),
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

    /// What of this kind is being made.
    pub fn making(&self) -> &dyn Making {
        match self {
            Self::Number(typing) => typing,
            Self::Point(pointing) => pointing,
            Self::Lines(lining) => lining,
            Self::Cells(filling) => filling,
        }
    }

    pub fn making_mut(&mut self) -> &mut dyn Making {
        match self {
            Self::Number(typing) => typing,
            Self::Point(pointing) => pointing,
            Self::Lines(lining) => lining,
            Self::Cells(filling) => filling,
        }
    }
}
