//! A question answered by lines put in order.

use crate::engine::number::random::Generator;
use crate::lesson::check::notes::Notes;
use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::safe::Safe;
use crate::lesson::file::shape::Shape::{Either, Line, List, Table as Part};
use crate::lesson::file::shape::{FormatKey, Shape, Table, key, need, table};
use crate::lesson::markup::{LINE_WIDTH, WORK_ROWS};
use crate::lesson::question::answerable::{Answerable, BECAUSE, REFUTE, Score};
use crate::lesson::scenario::{Cast, Scenario};

/// Lines and distractors are chosen by one digit each.
const MOST_LINES: usize = 9;

/// Lines to be put in order.
#[derive(Clone)]
pub struct Order {
    /// The lines in their right order.
    pub lines: Vec<Safe>,
    /// Lines that do not belong, each with what is said to those who take it.
    pub distractors: Vec<(Safe, Option<Safe>)>,
}

impl Order {
    /// Every line, the right ones first.
    pub fn all(&self) -> impl Iterator<Item = &Safe> {
        self.lines.iter().chain(self.distractors.iter().map(|(line, _)| line))
    }
}

/// A line that does not belong, in a lesson file.
pub static DISTRACTOR: Table = table(
    "a distractor",
    &[&[
        need("text", Line, "text = \"the line\"", "the line"),
        FormatKey { about: "said to those who put it in", ..REFUTE },
    ]],
);

const WRONG: Shape = Either(&[Part(&DISTRACTOR), Line]);

impl Answerable for Order {
    /// Lines, by their indices among all.
    type Given = Vec<usize>;
    const NAME: &'static str = "order";
    const KEYS: &'static [FormatKey] = &[
        REFUTE,
        BECAUSE,
        need(
            "lines",
            List(&Line, 2, MOST_LINES),
            "lines = [ \"first\", \"second\" ]",
            "lines in their right order, indented by blanks",
        ),
        key("distractors", List(&WRONG, 0, MOST_LINES), "lines that do not belong"),
    ];
    const IS_EXERCISE: bool = true;

    /// `lines = [ … ], distractors = [ … ]`.
    fn read(fields: &Fields<'_>, _scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Self> {
        let wrong = fields.items("distractors");
        let lines = fields.get("lines")?;
        let items = lines.list()?;
        if items.len() < 2 || items.len() + wrong.len() > MOST_LINES {
            let message = format!("{} lines and {} distractors", items.len(), wrong.len());
            let cure = format!("two lines or more, and at most {MOST_LINES} with the distractors");
            desk.fault(&lines.key, message, cure);
            return None;
        }
        let lines: Vec<Safe> = items.iter().filter_map(indented).collect();
        let distractors: Vec<(Safe, Option<Safe>)> = wrong.iter().filter_map(distractor).collect();
        for ((line, _), item) in distractors.iter().zip(wrong) {
            if lines.contains(line) {
                desk.fault(&item.span, "a distractor is one of the right lines", "write a line that does not belong");
            }
        }
        Some(Self { lines, distractors })
    }

    fn key(&self, _cast: &mut Cast) -> Result<Vec<usize>, String> {
        Ok((0..self.lines.len()).collect())
    }

    /// The lines up to the first wrong one count.
    fn score(&self, given: &Vec<usize>, _key: &Vec<usize>) -> Score {
        let all: Vec<&Safe> = self.all().collect();
        let is_right = |(place, index): (usize, &usize)| all.get(*index).copied() == self.lines.get(place);
        let right = given.iter().enumerate().take_while(|line| is_right(*line)).count();
        let marks = (0..self.lines.len()).map(|place| place < right).collect();
        let nearly = match right {
            0 => None,
            right if right == self.lines.len() => None,
            1 => Some("The first line is right.".to_owned()),
            right => Some(format!("The first {right} lines are right.")),
        };
        Score::of(marks, nearly)
    }

    fn words(&self, _given: &Vec<usize>, _digits: usize) -> String {
        "in order".into()
    }

    /// It is kept only when it was right.
    fn recall(&self, _kept: &str) -> Option<Vec<usize>> {
        Some((0..self.lines.len()).collect())
    }

    fn told(&self, _given: &Vec<usize>, _key: &Vec<usize>, _score: &Score, _said: &str) -> String {
        "Every line stands where it belongs.".into()
    }

    /// What is wrong about the first wrong line.
    fn refutation(&self, given: &Vec<usize>, score: &Score) -> Option<&Safe> {
        let first = given.get(score.marks.iter().take_while(|mark| **mark).count())?;
        self.distractors.get(first.checked_sub(self.lines.len())?)?.1.as_ref()
    }

    fn texts(&self) -> Vec<(String, &str)> {
        let mut texts: Vec<(String, &str)> =
            self.lines.iter().enumerate().map(|(index, line)| (format!("ask.lines[{index}]"), line.as_str())).collect();
        for (index, (line, refute)) in self.distractors.iter().enumerate() {
            let part = format!("ask.distractors[{index}]");
            texts.extend(refute.iter().map(|refute| (format!("{part}.refute"), refute.as_str())));
            texts.push((part, line));
        }
        texts
    }

    /// Complains about lines that do not fit beside each other, and about more of them than there is room for.
    fn fit(&self, rows: usize, notes: &mut Notes<'_>) {
        let count = self.all().count();
        let rows = rows + count;
        if rows > WORK_ROWS {
            let message = format!("text and question with {count} lines take {rows} rows, and there are {WORK_ROWS}");
            notes.error("ask.lines", message, "say it shorter, or take a line out");
        }
        let parts = (0..self.lines.len()).map(|index| format!("ask.lines[{index}]"));
        let parts = parts.chain((0..self.distractors.len()).map(|index| format!("ask.distractors[{index}]")));
        for (part, line) in parts.zip(self.all()) {
            let columns = line.chars().count();
            if columns > LINE_WIDTH {
                let message = format!("the line takes {columns} columns, and there are {LINE_WIDTH}");
                notes.error(&part, message, "write it shorter");
            }
        }
    }
}

/// A line of a program: the blanks before it say what belongs to what.
fn indented(value: &Value<'_>) -> Option<Safe> {
    let line = value.text()?;
    let written = value.raw.as_str().unwrap_or_default();
    let indent = written.chars().take_while(|character| *character == ' ').count().min(8);
    Some(Safe::new(&format!("{}{}", " ".repeat(indent), line.as_str())))
}

/// A line, or `{ text = "…", refute = "…" }`.
fn distractor(value: &Value<'_>) -> Option<(Safe, Option<Safe>)> {
    let Some(fields) = value.table() else { return Some((indented(value)?, None)) };
    let refute = fields.text("refute");
    Some((indented(fields.get("text")?)?, refute))
}

/// The lines as they are offered: indices among all, never in the right order.
pub fn shuffled(order: &Order) -> Vec<usize> {
    let count = order.all().count();
    let seed = order
        .all()
        .flat_map(|line| line.bytes())
        .fold(17, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut dice = Generator::new(seed);
    let mut lines: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        lines.swap(last, (dice.fraction() * (last + 1) as f64) as usize);
    }
    if lines.is_sorted() {
        lines.rotate_left(1);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

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
