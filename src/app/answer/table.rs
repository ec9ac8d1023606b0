//! The blank cells of a line-search table being filled.

use crate::app::act::acts::Stroke;
use crate::app::answer::making::Making;
use crate::app::key::press::Key;
use crate::app::settings::typed::{LONGEST_NUMBER, push};
use crate::engine::number::Sense;
use crate::engine::number::numeral;
use crate::engine::record::trial::Verdict;
use crate::lesson::question::Answer;
use crate::lesson::question::grade::Grade;
use crate::lesson::question::table::Blank;
use crate::lesson::question::table::{Cell, Search, Slot};

/// The cells of a table being filled.
#[derive(Debug, Clone, PartialEq)]
pub struct Filling {
    /// The table.
    pub search: Search,
    /// What stands in its blank cells.
    pub cells: Vec<Option<Cell>>,
    /// Which of them were right before, and stay.
    pub is_right: Vec<bool>,
    /// The cell in focus.
    pub focus: usize,
    /// What is being typed into it.
    pub typed: String,
}

impl Filling {
    /// No cell filled yet, or those that were right in the last attempt.
    pub fn new(search: Search, tried: Option<&(Answer, Grade)>) -> Self {
        let count = search.blanks.len();
        let (mut cells, mut is_right) = (vec![None; count], vec![false; count]);
        if let Some((Answer::Cells(given), grade)) = tried {
            cells = given.iter().zip(&grade.score.marks).map(|(cell, mark)| mark.then_some(*cell)).collect();
            is_right.clone_from(&grade.score.marks);
        }
        let focus = is_right.iter().position(|right| !right).unwrap_or(0);
        Self { search, cells, is_right, focus, typed: String::new() }
    }

    /// The cell in focus.
    pub fn slot(&self) -> Option<Slot> {
        self.search.blanks.get(self.focus).copied()
    }

    /// What can be chosen for a verdict, in the order of its numbers.
    pub fn verdicts(&self) -> &[Verdict] {
        &self.search.verdicts
    }

    fn walk_from_here(&mut self, sense: Sense) -> Result<(), String> {
        self.keep()?;
        self.walk(sense, |_| true)
    }

    fn fill(&mut self, character: char) -> Result<(), String> {
        let Some(slot) = self.slot() else { return Ok(()) };
        // A blank ends a cell, but not beside the stroke of a fraction.
        let is_open = self.typed.ends_with(['/', '·', '×', '*', '^']);
        if character == ' ' && !is_open {
            return self.walk_from_here(Sense::More);
        }
        let cell = match slot.kind {
            Blank::NextAlpha if self.typed.is_empty() && "−-".contains(character) => {
                return Err("A step size is above 0.".into());
            }
            Blank::NextAlpha => return push(&mut self.typed, character, LONGEST_NUMBER),
            Blank::MarginSign => match character {
                '+' => Cell::Sign(true),
                '-' | '−' => Cell::Sign(false),
                _ => return Err("A margin is + where the bound leaves room, − where it does not.".into()),
            },
            Blank::Verdict => {
                let place = character.to_digit(10).and_then(|number| (number as usize).checked_sub(1));
                let verdict = place.and_then(|place| self.verdicts().get(place));
                Cell::Verdict(
                    *verdict.ok_or_else(|| format!("A verdict is a number from 1 to {}.", self.verdicts().len()))?,
                )
            }
        };
        self.cells[self.focus] = Some(cell);
        Ok(())
    }

    /// What was typed goes into its cell.
    fn keep(&mut self) -> Result<(), String> {
        if self.typed.is_empty() {
            return Ok(());
        }
        let alpha = numeral::number(&self.typed)?;
        if alpha <= 0.0 {
            return Err(format!("A step size is above 0, which {} is not.", self.typed));
        }
        self.cells[self.focus] = Some(Cell::Alpha(alpha));
        self.typed.clear();
        Ok(())
    }

    /// On to the next cell, or back to the one before, that is not right already and that is wanted.
    fn walk(&mut self, sense: Sense, is_wanted: impl Fn(&Option<Cell>) -> bool) -> Result<(), String> {
        let count = self.cells.len();
        let away = |steps: usize| sense.away(self.focus, steps, count);
        let is_open = |place: &usize| !self.is_right[*place] && is_wanted(&self.cells[*place]);
        let next = (1..count).map(away).find(is_open);
        self.focus = next.ok_or("There is no other cell to fill.")?;
        Ok(())
    }

    /// Whether every cell is filled, counting the one that is being typed.
    pub fn is_whole(&self) -> bool {
        let is_filled =
            |(place, cell): (usize, &Option<Cell>)| cell.is_some() || place == self.focus && !self.typed.is_empty();
        self.cells.iter().enumerate().all(is_filled)
    }
}

impl Making for Filling {
    fn take(&mut self, stroke: Stroke) -> Result<(), String> {
        match stroke {
            Stroke::Type(character) => self.fill(character),
            Stroke::Erase if self.typed.pop().is_some() => Ok(()),
            Stroke::Erase => match self.cells.get_mut(self.focus) {
                Some(cell @ Some(_)) => {
                    *cell = None;
                    Ok(())
                }
                _ => Err("This cell is empty.".into()),
            },
            // Cells go on to the right and down.
            Stroke::Along(sense) => self.walk_from_here(sense),
            Stroke::Across(sense) => self.walk_from_here(sense.other()),
            _ => Err("Arrows go to the next cell.".into()),
        }
    }

    fn finish(&mut self) -> Result<Option<Answer>, String> {
        self.keep()?;
        let whole: Option<Vec<Cell>> = self.cells.iter().copied().collect();
        if let Some(cells) = whole {
            return Ok(Some(Answer::Cells(cells)));
        }
        if self.cells[self.focus].is_none() {
            let empty = self.cells.iter().filter(|cell| cell.is_none()).count();
            let is = if empty == 1 { "cell is" } else { "cells are" };
            return Err(format!("{empty} {is} still empty."));
        }
        self.walk(Sense::More, Option::is_none).map(|()| None)
    }

    fn ways(&self) -> Option<(&'static str, &'static str)> {
        Some(("← →", "cell"))
    }

    fn confirms(&self) -> &'static str {
        if self.is_whole() { "answer" } else { "next cell" }
    }

    fn typed(&self) -> &str {
        &self.typed
    }

    fn takes(&self, character: char) -> bool {
        // A blank ends a cell.
        character == ' ' || numeral::begins(character) || !self.typed.is_empty() && numeral::goes_on(character)
    }

    fn keys(&self, line: &str) -> Option<Vec<Key>> {
        let gone = std::iter::repeat_n(Key::BACKSPACE, self.typed.chars().count());
        Some(gone.chain(line.chars().map(Key::char)).chain([Key::ENTER]).collect())
    }
}
