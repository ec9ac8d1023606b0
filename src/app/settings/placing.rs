//! The start on its way over the map: arrows move it by round steps, finer or coarser.

use crate::app::settings::draft::{Draft, Placing};
use crate::app::settings::round_step::LEVELS;
use crate::engine::number::{Sense, short};
use crate::objective::point::Point;

impl Draft {
    /// To the row after or before; while the start is moved, down or up the map.
    pub fn go(&mut self, sense: Sense) -> Result<(), String> {
        if self.placing.is_some() {
            return self.move_start(1, sense.other());
        }
        self.select(sense);
        Ok(())
    }

    /// Nudges the row in focus; while the start is moved, along the map.
    pub fn turn(&mut self, sense: Sense) -> Result<(), String> {
        if self.placing.is_some() { self.move_start(0, sense) } else { self.nudge_further(sense) }
    }

    /// Turns to the map, or back with the start where it is; says in words if the start may not move.
    pub fn place(&mut self) -> Result<(), String> {
        if !self.allows_start() {
            return Err("This page does not let the start move.".into());
        }
        if !self.settle() {
            return Ok(());
        }
        self.placing = match self.placing {
            Some(_) => None,
            None => Some(Placing { from: self.start.clone(), level: 0 }),
        };
        Ok(())
    }

    /// Moves the start by one step along its first or its second coordinate.
    pub fn move_start(&mut self, coordinate: usize, sense: Sense) -> Result<(), String> {
        let Some(placing) = &self.placing else { return Ok(()) };
        if coordinate >= self.start.len() {
            return Err("There is one variable here: left and right move the start.".into());
        }
        let pace = self.pace(coordinate, placing.level);
        let to = self.moved(coordinate, sense.signed(pace));
        if to == self.start[coordinate] {
            return Err("The map ends here.".into());
        }
        self.start[coordinate] = to;
        Ok(())
    }

    /// Makes the steps of the arrows half or twice as long; says so where they are as fine or coarse as can be.
    pub fn pace_by(&mut self, sense: Sense) -> Result<(), String> {
        let Some(placing) = &mut self.placing else { return Ok(()) };
        let level = placing.level + sense.sign();
        if !LEVELS.contains(&level) {
            return Err(format!("There are no {} steps.", if sense == Sense::More { "coarser" } else { "finer" }));
        }
        placing.level = level;
        Ok(())
    }

    /// Nudges the row in focus; says so where it can go no further.
    fn nudge_further(&mut self, sense: Sense) -> Result<(), String> {
        let before = self.row().map(|row| row.value);
        let is_typing = self.typed.is_some();
        self.nudge(sense)?;
        match self.row() {
            Some(row) if !is_typing && self.typed.is_none() && Some(&row.value) == before.as_ref() => {
                Err(format!("{} goes no further than {}.", row.symbol, row.value))
            }
            _ => Ok(()),
        }
    }

    /// Where the start is and what f is there, and how far an arrow goes, in two lines.
    pub fn place_in_words(&self) -> Option<[String; 2]> {
        let level = self.placing.as_ref()?.level;
        let shown = self.start.len().min(2);
        let place: Vec<String> = (0..shown).map(|i| format!("x{} = {}", ["₁", "₂"][i], short(self.start[i]))).collect();
        let steps: Vec<String> = (0..shown).map(|i| short(self.pace(i, level))).collect();
        let value = short(self.subject.objective().value(&Point::from_vec(self.start.clone())));
        let steps = if shown == 1 {
            format!("← → move it by {}", steps[0])
        } else {
            format!("← → move it by {}, ↑ ↓ by {}", steps[0], steps[1])
        };
        Some([format!("S is at {}, where f = {value}.", place.join(", ")), steps])
    }

    /// One level back inside the settings: the start where it was, or nothing typed; false if there is none.
    pub fn step_back(&mut self) -> bool {
        match (self.placing.take(), self.typed.take()) {
            (Some(placing), _) => self.start = placing.from,
            (None, typed) => return typed.is_some(),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::app::room::sitting::Sitting;
    use crate::app::settings::draft::Draft;
    use crate::engine::number::Sense;
    use crate::lesson::course::library;

    fn draft() -> Draft {
        Draft::of(&Sitting::open(library::open("backtracking").unwrap()).unwrap())
    }

    #[test]
    fn the_start_moves_by_round_steps_and_stays_on_the_map() {
        let mut draft = draft();
        draft.place().unwrap();
        // The window is [-10, 10] x [-6, 24]: a fortieth of it is 0.5 and 0.75.
        draft.move_start(0, Sense::More).unwrap();
        draft.move_start(1, Sense::Less).unwrap();
        assert_eq!(draft.start, [2.5, 19.5]);
        draft.pace_by(Sense::Less).unwrap();
        draft.move_start(0, Sense::More).unwrap();
        assert_eq!(draft.start, [2.6, 19.5]);
        draft.pace_by(Sense::More).unwrap();
        // Off the grid it comes back to it.
        draft.move_start(0, Sense::More).unwrap();
        assert_eq!(draft.start[0], 3.0);
        while draft.move_start(0, Sense::More).is_ok() {}
        assert_eq!(draft.start[0], 10.0);
        assert!(draft.step_back() && draft.placing.is_none());
        assert_eq!(draft.start, [2.0, 20.0]);
        assert!(!draft.step_back());
    }
}
