//! The keys that answer a question which takes more than one, rightly or wrongly.
#![expect(clippy::panic, clippy::expect_used, reason = "a question without an answer is a failure")]

use downhill::app::answer::attempt::Attempt;
use downhill::app::answer::table::Filling;
use downhill::app::room::sitting::Sitting;
use downhill::lesson::question::grade::key;
use downhill::lesson::question::table::Cell;
use downhill::lesson::question::{Answer, Ask};

/// The keys that give the right answer to an open question that takes more than one, or a wrong one.
pub fn pressed(ask: &Ask, sitting: &Sitting, is_right: bool) -> String {
    let mut attempt = Attempt::new(sitting).expect("a question is open");
    let key = key(ask, &mut sitting.cast.clone()).expect("the question has an answer");
    let keys = match (&mut attempt, key) {
        (Attempt::Number(..), Answer::Number(number)) => {
            format!("{}", if is_right { number } else { 3.0 * number + 1.0 })
        }
        (Attempt::Point(pointing), Answer::Point(point)) => {
            // Where the run stands is no answer worth asking for.
            let given = if is_right { &point } else { &pointing.at };
            let typed: Vec<String> = given.iter().map(|x| format!("{x}").replace('-', "−")).collect();
            typed.join(" , ")
        }
        (Attempt::Lines(lining), Answer::Lines(lines)) => {
            let place = |line: &usize| lining.offered.iter().position(|offered| offered == line).map_or(0, |at| at + 1);
            let rest = &lines[lining.placed.len()..];
            let mut numbers: Vec<String> = rest.iter().map(|line| place(line).to_string()).collect();
            if !is_right {
                numbers.reverse();
            }
            numbers.join(" ")
        }
        (Attempt::Cells(filling), Answer::Cells(cells)) => {
            let left = cells.iter().zip(&filling.is_right).filter(|(_, is_right)| !**is_right);
            let typed: Vec<String> = left.map(|(cell, _)| cell_keys(*cell, filling, is_right)).collect();
            typed.join(" <space> ")
        }
        (attempt, key) => panic!("{attempt:?} does not go with {key:?}"),
    };
    format!("{keys} <enter>")
}

fn cell_keys(cell: Cell, filling: &Filling, is_right: bool) -> String {
    match cell {
        Cell::Alpha(alpha) => format!("{}", if is_right { alpha } else { 3.0 * alpha }),
        Cell::Sign(is_positive) => if is_positive == is_right { "+" } else { "-" }.to_owned(),
        Cell::Verdict(verdict) => {
            let place = filling.verdicts().iter().position(|known| *known == verdict).unwrap_or(0);
            let count = filling.verdicts().len();
            (if is_right { place + 1 } else { (place + 1) % count + 1 }).to_string()
        }
    }
}
