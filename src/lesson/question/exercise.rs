//! What there is to work on: lines shuffled, or the table of a line search with blank cells.

use crate::engine::record::trial::{Trial, Verdict};
use crate::lesson::check::dice::Dice;
use crate::lesson::question::{Blank, Blanks, Order};
use crate::lesson::scenario::Cast;

/// The lines as they are offered: indices among all, never in the right order.
pub fn shuffled(order: &Order) -> Vec<usize> {
    let count = order.all().count();
    let seed = order
        .all()
        .flat_map(|line| line.bytes())
        .fold(17, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut dice = Dice::new(seed);
    let mut lines: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        lines.swap(last, (dice.fraction() * (last + 1) as f64) as usize);
    }
    if lines.is_sorted() {
        lines.rotate_left(1);
    }
    lines
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell {
    /// What becomes of the trial.
    Verdict(Verdict),
    /// Whether the bound leaves room.
    Sign(bool),
    /// A step size.
    Alpha(f64),
}

/// A blank cell: a row of the table, from 0, and what is to stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The row.
    pub row: usize,
    /// The kind of cell.
    pub kind: Blank,
}

/// The table of a line search.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// Its rows.
    pub trials: Vec<Trial>,
    /// Its blank cells, row by row.
    pub blanks: Vec<Slot>,
    /// The verdicts that there are to choose from.
    pub verdicts: Vec<Verdict>,
}

impl Search {
    /// What belongs in a blank cell.
    pub fn right(&self, slot: Slot) -> Cell {
        let trial = &self.trials[slot.row];
        match slot.kind {
            Blank::Verdict => Cell::Verdict(trial.verdict),
            Blank::MarginSign => Cell::Sign(trial.decrease().is_some_and(|margin| margin.holds())),
            Blank::NextAlpha => Cell::Alpha(trial.alpha),
        }
    }

    /// Whether a kind of cell is left blank.
    pub fn has_blank(&self, kind: Blank) -> bool {
        self.blanks.iter().any(|slot| slot.kind == kind)
    }
}

/// The search of an iteration; or, in words, why there is none to fill in.
pub fn search(blanks: &Blanks, cast: &mut Cast) -> Result<Search, String> {
    let run = cast.runs.first_mut().ok_or("there is no run")?;
    run.go_to(blanks.at);
    let step = run.peek().ok().filter(|_| run.iteration() == blanks.at);
    let step = step.ok_or_else(|| format!("the run makes no step at t = {}", blanks.at))?;
    let all = &step.trials;
    let trials: Vec<Trial> = all.iter().take(blanks.rows.unwrap_or(all.len())).copied().collect();
    if trials.is_empty() {
        return Err(format!("the step at t = {} tries no α", blanks.at));
    }
    let mut slots = Vec::new();
    for (row, trial) in trials.iter().enumerate() {
        let is_there = |kind: Blank| match kind {
            Blank::Verdict => true,
            Blank::MarginSign => trial.armijo.is_some(),
            // The first α is given: it is where the search starts.
            Blank::NextAlpha => row > 0,
        };
        let kinds = [Blank::NextAlpha, Blank::MarginSign, Blank::Verdict];
        slots.extend(
            kinds
                .into_iter()
                .filter(|kind| blanks.blank.contains(kind) && is_there(*kind))
                .map(|kind| Slot { row, kind }),
        );
    }
    let known = [Verdict::TooLong, Verdict::TooShort, Verdict::Narrowed, Verdict::CurvatureNotMet, Verdict::NotFinite];
    let has_curvature = trials.iter().any(|trial| trial.curvature.is_some());
    let is_offered = |verdict: &Verdict| match verdict {
        Verdict::TooLong => true,
        Verdict::TooShort => has_curvature || all.iter().any(|trial| trial.verdict == *verdict),
        verdict => all.iter().any(|trial| trial.verdict == *verdict),
    };
    let verdicts = known.into_iter().filter(is_offered).chain([Verdict::Accepted]).collect();
    Ok(Search { trials, blanks: slots, verdicts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::file::safe::Safe;

    #[test]
    fn lines_are_shuffled_the_same_way_every_time_and_never_offered_in_order() {
        for count in 2..9 {
            let lines: Vec<Safe> = (0..count).map(|line| Safe::new(&format!("line {line}"))).collect();
            let order = Order { lines, distractors: vec![(Safe::new("none"), None)] };
            let offered = shuffled(&order);
            let mut sorted = offered.clone();
            sorted.sort_unstable();
            assert!(!offered.is_sorted() && sorted.iter().copied().eq(0..=count));
            assert_eq!(offered, shuffled(&order));
        }
    }
}
