//! Which of two builds is faster? Runs the same bench of both in turn, and prints the ratio of every time that it prints.
//!
//! ```text
//! cargo bench --bench speed --bench screens --no-run      # in either tree; it names the two executables
//! cargo run --release --bin turns -- OLD NEW ROUNDS [WORDS]         # OLD and NEW: both `speed-…`, or both `screens-…`
//! ```
//!
//! A time is the least of all rounds, so that whatever else the machine does meets both. WORDS go to the bench: `speed`
//! runs only the races whose title holds one of them. A race has a column for argmin and one for the bare loop, which are
//! the same in both builds: how far their ratios are from 1 says how far to trust the others.
#![expect(clippy::print_stdout, reason = "it is a program of its own")]

use std::io::Error;
use std::process::{Command, Stdio};

/// A time in a line of a bench: the title of the line, the column, and seconds.
type Time = (String, usize, f64);

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [old, new, rounds, words @ ..] = &arguments[..] else {
        return Err(Error::other("usage: turns OLD NEW ROUNDS [WORDS]"));
    };
    let rounds: usize = rounds.parse().map_err(|_| Error::other(format!("{rounds} is no number of rounds")))?;
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        // Whoever comes first meets the cooler machine, so each comes first in half of the rounds.
        let turns = [(old, &mut before), (new, &mut after)];
        let turns: Vec<_> = if round % 2 == 0 { turns.into() } else { turns.into_iter().rev().collect() };
        for (program, least) in turns {
            keep_least(least, times(&printed(program, words)?));
        }
    }
    println!("{:<58}{:>14}{:>14}{:>8}", format!("the least of {rounds} rounds"), "old", "new", "ratio");
    for (title, column, new) in &after {
        // A time of 0 was too short for its clock.
        let same = before.iter().find(|(other, at, old)| (other, at) == (title, column) && *old > 0.0);
        let Some((.., old)) = same else { continue };
        let title = if *column == 1 { title.clone() } else { format!("    column {column}") };
        println!("{title:<58}{:>14}{:>14}{:>8.3}", written(*old), written(*new), new / old);
    }
    Ok(())
}

/// What a bench prints.
fn printed(program: &str, words: &[String]) -> Result<String, Error> {
    let output = Command::new(program).arg("--bench").args(words).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(Error::other(format!("{program} ends with {}", output.status)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Puts each time in the place of a longer one of the same line and column.
fn keep_least(least: &mut Vec<Time>, times: Vec<Time>) {
    for (title, column, seconds) in times {
        match least.iter_mut().find(|(other, at, _)| (other, *at) == (&title, column)) {
            Some((.., known)) => *known = known.min(seconds),
            None => least.push((title, column, seconds)),
        }
    }
}

/// All times in what a bench prints: numbers before a unit, and `188 of 200` at the end of a row, which is in µs.
fn times(text: &str) -> Vec<Time> {
    let mut times = Vec::new();
    for line in text.lines() {
        let title = line.split("  ").next().unwrap_or(line);
        // A sentence has no columns: its title ends where its numbers begin.
        let title = if title == line { line.split(|letter: char| letter.is_ascii_digit()).next() } else { Some(title) };
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut found: Vec<f64> = words.windows(2).filter_map(|pair| seconds(pair[0], pair[1])).collect();
        if let [.., time, "of", _] = words[..] {
            found.extend(seconds(time, "µs"));
        }
        times.extend((1..).zip(found).map(|(column, time)| (title.unwrap_or_default().to_owned(), column, time)));
    }
    times
}

/// A number with its unit in seconds; `None` if it is not a time.
fn seconds(number: &str, unit: &str) -> Option<f64> {
    let factor = match unit.trim_end_matches([':', ';']) {
        "ns" => 1e-9,
        "µs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * factor)
}

fn written(seconds: f64) -> String {
    match seconds {
        _ if seconds < 1e-6 => format!("{:.1} ns", seconds * 1e9),
        _ if seconds < 1e-3 => format!("{:.2} µs", seconds * 1e6),
        _ => format!("{:.3} ms", seconds * 1e3),
    }
}
