//! Lines being put in order: by their numbers, or with the arrows.

use crate::app::act::acts::Stroke;
use crate::engine::number::Sense;
use crate::lesson::question::Answer;
use crate::lesson::question::grade::Grade;
use crate::lesson::question::order;
use crate::lesson::question::order::Order;

/// Lines being put in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Lining {
    /// The lines as they are offered, by their indices among all.
    pub offered: Vec<usize>,
    /// The lines chosen so far, by the same.
    pub placed: Vec<usize>,
    /// Which of those offered the arrows stand at.
    pub focus: usize,
    /// How many are wanted.
    pub wanted: usize,
}

impl Lining {
    /// No line chosen yet, or those that were right in the last attempt.
    pub fn new(order: &Order, tried: Option<&(Answer, Grade)>) -> Self {
        let mut placed = Vec::new();
        if let Some((Answer::Lines(given), grade)) = tried {
            let right = given.iter().zip(&grade.score.marks).take_while(|(_, mark)| **mark);
            placed.extend(right.map(|(line, _)| *line));
        }
        let mut lining = Self { offered: order::shuffled(order), placed, focus: 0, wanted: order.lines.len() };
        lining.settle();
        lining
    }

    /// The line that carries a number, if it is still to be chosen.
    fn is_free(&self, place: usize) -> bool {
        self.offered.get(place).is_some_and(|line| !self.placed.contains(line))
    }

    /// The focus stands at a line that can be chosen.
    fn settle(&mut self) {
        let count = self.offered.len();
        let next = (0..count).map(|away| (self.focus + away) % count).find(|place| self.is_free(*place));
        self.focus = next.unwrap_or(self.focus);
    }

    /// Whether every line is chosen.
    pub fn is_whole(&self) -> bool {
        self.placed.len() == self.wanted
    }

    /// Lets a key happen; says in words why it does nothing.
    pub fn take(&mut self, stroke: Stroke) -> Result<(), String> {
        let count = self.offered.len();
        let walk = |step: usize, from: usize, is_free: &dyn Fn(usize) -> bool| {
            (1..count).map(|away| (from + away * step) % count).find(|place| is_free(*place))
        };
        match stroke {
            Stroke::Type(digit) => {
                let place = digit.to_digit(10).and_then(|number| (number as usize).checked_sub(1));
                place
                    .filter(|place| *place < count)
                    .ok_or_else(|| format!("The lines are numbered 1 to {count}."))
                    .and_then(|place| self.choose(place))
            }
            Stroke::Finish => self.choose(self.focus),
            Stroke::Erase => {
                self.placed.pop().ok_or("No line is chosen yet.")?;
                self.settle();
                Ok(())
            }
            Stroke::Across(sense) => {
                let step = if sense == Sense::Less { 1 } else { count - 1 };
                let next = walk(step, self.focus, &|place| self.is_free(place));
                self.focus = next.ok_or("There is no other line.")?;
                Ok(())
            }
            _ => Err("A line is placed by its number, or with ↑ ↓ and Enter; Backspace takes it back.".into()),
        }
    }

    fn choose(&mut self, place: usize) -> Result<(), String> {
        if !self.is_free(place) {
            return Err(format!("Line {} is chosen already; Backspace takes the last one back.", place + 1));
        }
        if self.is_whole() {
            return Err(format!(
                "{} lines are all there is room for: Enter answers, Backspace takes one back.",
                self.wanted
            ));
        }
        self.placed.push(self.offered[place]);
        self.settle();
        Ok(())
    }
}
