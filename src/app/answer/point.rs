//! A point on its way over the map, as an answer: arrows move it, or its coordinates are typed.

use crate::app::act::acts::Stroke;
use crate::app::answer::making::Making;
use crate::app::settings::round_step::{LEVELS, round_step, stepped};
use crate::app::settings::typed::{LONGEST_POINT, push};
use crate::engine::number::Sense;
use crate::engine::number::coordinates;
use crate::lesson::question::Answer;

/// A point on its way over the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Pointing {
    /// Where it is.
    pub at: Vec<f64>,
    /// What is typed instead of moving it.
    pub typed: String,
    level: i32,
    window: Vec<[f64; 2]>,
}

impl Pointing {
    /// A point to be moved from here over the map.
    pub fn new(at: Vec<f64>, window: Vec<[f64; 2]>) -> Self {
        Self { at, typed: String::new(), level: 0, window }
    }

    /// How far an arrow moves a coordinate.
    pub fn pace(&self, index: usize) -> f64 {
        round_step(self.window.get(index).map_or(2.0, |[low, high]| high - low), self.level)
    }

    fn step(&mut self, index: usize, sense: Sense) -> Result<(), String> {
        if index >= self.at.len() {
            return Err("There is one variable here: left and right move the point.".into());
        }
        if !self.typed.is_empty() {
            return Err("A point is being typed: Enter answers with it, Backspace takes it back.".into());
        }
        let pace = self.pace(index);
        let mut to = stepped(self.at[index], sense.signed(pace));
        if let Some([low, high]) = self.window.get(index) {
            to = to.clamp(*low, *high);
        }
        if to == self.at[index] {
            return Err("The map ends here.".into());
        }
        self.at[index] = to;
        Ok(())
    }
}

impl Making for Pointing {
    fn take(&mut self, stroke: Stroke) -> Result<(), String> {
        match stroke {
            Stroke::Type(character) => push(&mut self.typed, character, LONGEST_POINT),
            Stroke::Erase => {
                self.typed.pop().map(drop).ok_or_else(|| "Nothing is typed: arrows move the point.".into())
            }
            Stroke::Along(sense) => self.step(0, sense),
            Stroke::Across(sense) => self.step(1, sense),
            Stroke::Pace(sense) => {
                let level = self.level + sense.sign();
                if !LEVELS.contains(&level) {
                    let word = if sense == Sense::More { "coarser" } else { "finer" };
                    return Err(format!("There are no {word} steps."));
                }
                self.level = level;
                Ok(())
            }
            Stroke::Finish => Ok(()),
        }
    }

    fn finish(&mut self) -> Result<Option<Answer>, String> {
        if self.typed.is_empty() {
            return Ok(Some(Answer::Point(self.at.clone())));
        }
        let point = coordinates::exactly(&self.typed, self.at.len())?;
        let is_on_map = |(number, [low, high]): (&f64, &[f64; 2])| (low..=high).contains(&number);
        if !point.iter().zip(&self.window).all(is_on_map) {
            return Err("That point lies off the map.".into());
        }
        Ok(Some(Answer::Point(point)))
    }

    fn ways(&self) -> Option<(&'static str, &'static str)> {
        Some((if self.at.len() == 1 { "← →" } else { "← → ↑ ↓" }, "move"))
    }

    fn typed(&self) -> &str {
        &self.typed
    }

    fn retype(&mut self, text: &str) -> bool {
        text.clone_into(&mut self.typed);
        true
    }

    fn is_on_map(&self) -> bool {
        true
    }
}
