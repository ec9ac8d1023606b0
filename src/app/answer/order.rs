//! Lines being put in order: by their numbers, or with the arrows.

use crate::app::act::acts::Stroke;
use crate::app::answer::making::Making;
use crate::app::key::press::Key;
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

/// The keys of so many lines.
const DIGITS: [&str; 10] = ["", "1", "1-2", "1-3", "1-4", "1-5", "1-6", "1-7", "1-8", "1-9"];

impl Making for Lining {
    fn take(&mut self, stroke: Stroke) -> Result<(), String> {
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

    fn finish(&mut self) -> Result<Option<Answer>, String> {
        if self.is_whole() {
            return Ok(Some(Answer::Lines(self.placed.clone())));
        }
        self.choose(self.focus).map(|()| None)
    }

    fn ways(&self) -> Option<(&'static str, &'static str)> {
        (!self.is_whole()).then(|| (DIGITS[self.offered.len().min(9)], "place"))
    }

    fn typed(&self) -> &'static str {
        ""
    }

    fn confirms(&self) -> &'static str {
        if self.is_whole() { "answer" } else { "place" }
    }

    fn keys(&self, line: &str) -> Option<Vec<Key>> {
        let mut keys: Vec<Key> = line.chars().filter(|digit| *digit != ' ').map(Key::char).collect();
        // Of a program as many lines are placed as were named: Enter would place one more.
        let is_short = self.placed.len() + keys.len() < self.wanted;
        keys.extend((!is_short).then_some(Key::ENTER));
        Some(keys)
    }
}
