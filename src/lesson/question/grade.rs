//! What was answered, what is right, and how near the one comes to the other.

use std::cmp::Ordering;

use crate::engine::number::coordinates;
use crate::engine::number::numeral;
use crate::engine::number::trimmed;
use crate::engine::record::quantity::datum::Datum;
use crate::lesson::claim;
use crate::lesson::file::safe::Safe;
use crate::lesson::question::exercise::{self, Cell};
use crate::lesson::question::{Ask, Kind, Measure, Order, Sought, Spot, Target, Truth};
use crate::lesson::scenario::Cast;

/// An answer to a question, or the right one.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The option of this index.
    Choice(usize),
    /// A number.
    Number(f64),
    /// A point.
    Point(Vec<f64>),
    /// Lines, by their indices among all.
    Lines(Vec<usize>),
    /// What stands in the blank cells, in their order.
    Cells(Vec<Cell>),
}

/// How near an answer came.
#[derive(Debug, Clone, PartialEq)]
pub struct Grade {
    /// The right answer.
    pub key: Answer,
    /// What of the answer is right: its lines, its cells or its coordinates, or all of it.
    pub marks: Vec<bool>,
    /// Said of an answer that is not right, but not simply wrong either.
    pub nearly: Option<String>,
    /// On which side of the right number the given one lies; `Equal` where it is the same, or no number.
    pub side: Ordering,
    /// Whether a wrong number comes within a tenth of the right one, or three times the tolerance.
    pub is_close: bool,
}

impl Grade {
    /// Whether the answer is right.
    pub fn is_right(&self) -> bool {
        self.marks.iter().all(|mark| *mark)
    }
}

/// What a run shows at one place, if that is a number; or, in words, why there is none.
pub fn number_at(sought: &Sought, cast: &mut Cast) -> Result<f64, String> {
    let found = match sought {
        Sought::Row { run, at, trial, quantity } => {
            let quantity = trial.map_or_else(|| quantity.clone(), |number| quantity.of_trial(number));
            claim::look_up(&quantity, run.as_ref(), *at, cast)?.number()
        }
        Sought::First { run, conditions } => {
            let index = cast.index(run.as_ref()).ok_or("there is no such run")?;
            let first = claim::first_row(conditions, cast, index)?;
            Some(first.ok_or("no row meets that")? as f64)
        }
    };
    found.filter(|number| number.is_finite()).ok_or_else(|| "there is no finite number there".into())
}

/// Where a run comes to at one place; or, in words, why there is no such point.
pub fn point_at(sought: &Sought, cast: &mut Cast) -> Result<Vec<f64>, String> {
    let Sought::Row { run, at, quantity, .. } = sought else { return Err("a point stands in one row".into()) };
    let found = claim::look_up(quantity, run.as_ref(), *at, cast)?;
    let numbers = found.list().map(|items| items.iter().filter_map(Datum::number).collect::<Vec<f64>>());
    numbers
        .filter(|numbers| !numbers.is_empty() && numbers.iter().all(|number| number.is_finite()))
        .ok_or_else(|| format!("`{}` is no finite point there", quantity.text()))
}

/// The right answer, as the engine decides on runs from their start; or, in words, why there is none.
pub fn key(ask: &Ask, cast: &mut Cast) -> Result<Answer, String> {
    match &ask.kind {
        Kind::Choose(options) => {
            let right = options.iter().position(|option| match &option.truth {
                Truth::Said(right) => *right,
                Truth::Claim(claim) => cast.ahead(|cast| claim::holds(claim, cast)).unwrap_or(false),
            });
            right.map(Answer::Choice).ok_or_else(|| "no option is right".into())
        }
        Kind::Number(measure) => cast.ahead(|cast| number_at(&measure.truth, cast)).map(Answer::Number),
        Kind::Point(Spot { truth: Target::Lands(sought), .. }) => {
            cast.ahead(|cast| point_at(sought, cast)).map(Answer::Point)
        }
        Kind::Point(Spot { truth: Target::StartsFor(_, example), .. }) => Ok(Answer::Point(example.clone())),
        Kind::Order(order) => Ok(Answer::Lines((0..order.lines.len()).collect())),
        Kind::Table(blanks) => cast
            .ahead(|cast| exercise::search(blanks, cast))
            .map(|table| Answer::Cells(table.blanks.iter().map(|slot| table.right(*slot)).collect())),
    }
}

/// Grades an answer on runs from their start; of a start that was placed, on runs that start there.
pub fn grade(ask: &Ask, answer: &Answer, cast: &mut Cast) -> Result<Grade, String> {
    let key = key(ask, cast)?;
    if let Kind::Point(Spot { truth: Target::StartsFor(claim, _), .. }) = &ask.kind {
        let holds = cast.ahead(|cast| claim::holds(claim, cast)).unwrap_or(false);
        return Ok(Grade { key, marks: vec![holds], nearly: None, side: Ordering::Equal, is_close: false });
    }
    Ok(graded(ask, answer, key))
}

/// Grades an answer beside the right one; of a start that was placed, only whether it is that one.
pub(in crate::lesson) fn graded(ask: &Ask, answer: &Answer, key: Answer) -> Grade {
    let (marks, nearly) = match (&ask.kind, answer, &key) {
        (Kind::Number(measure), Answer::Number(given), Answer::Number(right)) => {
            return of_number(measure, *given, *right);
        }
        (Kind::Point(spot), Answer::Point(given), Answer::Point(right)) => of_point(spot, given, right),
        (Kind::Order(order), Answer::Lines(given), _) => of_lines(order, given),
        (Kind::Table(_), Answer::Cells(given), Answer::Cells(right)) => of_cells(given, right),
        _ => (vec![*answer == key], None),
    };
    Grade { key, marks, nearly, side: Ordering::Equal, is_close: false }
}

/// How far a number may be off.
pub fn tolerance(measure: &Measure, right: f64) -> f64 {
    let usual = if right.fract() == 0.0 { 0.0 } else { right.abs() / 100.0 };
    measure.within.unwrap_or(usual)
}

fn of_number(measure: &Measure, given: f64, right: f64) -> Grade {
    let within = tolerance(measure, right);
    let fits = |number: f64| (number - right).abs() <= within + 1e-12 * right.abs();
    let power = (given / right).log10();
    let is_power =
        right != 0.0 && given / right > 0.0 && power.round() != 0.0 && fits(given / 10_f64.powf(power.round()));
    let nearly = if fits(given) {
        None
    } else if right != 0.0 && fits(-given) {
        Some("The size is right, the sign is not.")
    } else if is_power {
        Some("The digits are right, the power of ten is not.")
    } else {
        None
    };
    let is_close = !fits(given) && (given - right).abs() <= (3.0 * within).max(right.abs() / 10.0);
    let side = if is_same(given, right) { Ordering::Equal } else { given.total_cmp(&right) };
    let (key, marks, nearly) = (Answer::Number(right), vec![fits(given)], nearly.map(str::to_owned));
    Grade { key, marks, nearly, side, is_close }
}

fn of_point(spot: &Spot, given: &[f64], right: &[f64]) -> (Vec<bool>, Option<String>) {
    let fits = |(given, right): (&f64, &f64)| (given - right).abs() <= spot.within;
    let marks: Vec<bool> = given.iter().zip(right).map(fits).collect();
    let names = |wanted: bool| -> Vec<String> {
        let of = |(index, _): (usize, &bool)| format!("x{}", ["₁", "₂", "₃", "₄"].get(index).unwrap_or(&"ₙ"));
        marks.iter().enumerate().filter(|(_, mark)| **mark == wanted).map(of).collect()
    };
    let is_half = marks.contains(&true) && marks.contains(&false);
    let nearly = is_half.then(|| format!("{} fits, {} does not.", names(true).join(", "), names(false).join(", ")));
    (marks, nearly)
}

/// The lines up to the first wrong one count.
fn of_lines(order: &Order, given: &[usize]) -> (Vec<bool>, Option<String>) {
    let all: Vec<&Safe> = order.all().collect();
    let is_right = |(place, index): (usize, &usize)| all.get(*index).copied() == order.lines.get(place);
    let right = given.iter().enumerate().take_while(|line| is_right(*line)).count();
    let marks = (0..order.lines.len()).map(|place| place < right).collect();
    let nearly = match right {
        0 => None,
        right if right == order.lines.len() => None,
        1 => Some("The first line is right.".to_owned()),
        right => Some(format!("The first {right} lines are right.")),
    };
    (marks, nearly)
}

fn of_cells(given: &[Cell], right: &[Cell]) -> (Vec<bool>, Option<String>) {
    let fits = |given: Option<&Cell>, right: &Cell| match (given, right) {
        (Some(Cell::Alpha(given)), Cell::Alpha(right)) => (given - right).abs() <= right.abs() / 100.0,
        (given, right) => given == Some(right),
    };
    let marks: Vec<bool> = right.iter().enumerate().map(|(place, right)| fits(given.get(place), right)).collect();
    let count = marks.iter().filter(|mark| **mark).count();
    let is_half = count > 0 && count < marks.len();
    let are = if count == 1 { "is" } else { "are" };
    let nearly = is_half.then(|| format!("{count} of {} cells {are} right.", marks.len()));
    (marks, nearly)
}

/// An answer in words, as it is shown and kept.
pub fn words(ask: &Ask, answer: &Answer) -> String {
    words_of(ask, answer, if matches!(answer, Answer::Point(_)) { 4 } else { 6 })
}

/// The same, its numbers with so many significant digits; a whole number keeps all of its digits.
pub(in crate::lesson) fn words_of(ask: &Ask, answer: &Answer, digits: usize) -> String {
    let written = |number: f64| trimmed(number, if number.fract() == 0.0 { 17 } else { digits });
    match (&ask.kind, answer) {
        (Kind::Choose(options), Answer::Choice(index)) => {
            options.get(*index).map_or(String::new(), |option| option.text.as_str().to_owned())
        }
        (Kind::Number(measure), Answer::Number(number)) => measure.with_unit(&written(*number)),
        (_, Answer::Point(point)) => match &point[..] {
            [only] => written(*only),
            more => format!("({})", more.iter().map(|one| written(*one)).collect::<Vec<_>>().join(", ")),
        },
        (Kind::Order(_), _) => "in order".into(),
        _ => "filled in".into(),
    }
}

/// Whether two numbers are the same but for rounding.
pub fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * other.abs()
}

/// An answer as it was kept; an exercise is kept only when it was right.
pub fn read(ask: &Ask, kept: &str) -> Option<Answer> {
    match &ask.kind {
        Kind::Choose(options) => options.iter().position(|option| option.text.as_str() == kept).map(Answer::Choice),
        Kind::Number(measure) => {
            let written = kept.split(' ').next()?;
            // Once `1 trials` was kept, too.
            let unit = measure.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
            let is_kept = [measure.with_unit(written), format!("{written}{unit}")].iter().any(|known| known == kept);
            numeral::number(written).ok().filter(|_| is_kept).map(Answer::Number)
        }
        Kind::Point(_) => coordinates::list(kept).ok().map(Answer::Point),
        Kind::Order(order) => Some(Answer::Lines((0..order.lines.len()).collect())),
        Kind::Table(_) => Some(Answer::Cells(Vec::new())),
    }
}

/// What is said to a wrong answer.
pub fn refutation<'a>(ask: &'a Ask, answer: &Answer, grade: &Grade) -> Option<&'a Safe> {
    match (&ask.kind, answer) {
        (Kind::Choose(options), Answer::Choice(index)) => options.get(*index)?.refute.as_ref(),
        (Kind::Order(order), Answer::Lines(given)) => {
            // What is wrong about the first wrong line is said first.
            let first = given.get(grade.marks.iter().take_while(|mark| **mark).count());
            let taken = first.and_then(|index| index.checked_sub(order.lines.len()));
            taken.and_then(|index| order.distractors.get(index)?.1.as_ref()).or(ask.refute.as_ref())
        }
        (Kind::Number(measure), _) => {
            let of_its_side = match grade.side {
                Ordering::Less => measure.too_low.as_ref(),
                Ordering::Greater => measure.too_high.as_ref(),
                Ordering::Equal => None,
            };
            of_its_side.or(ask.refute.as_ref())
        }
        _ => ask.refute.as_ref(),
    }
}

/// Why the right answer is right.
pub fn reason<'a>(ask: &'a Ask, key: &Answer) -> Option<&'a Safe> {
    match (&ask.kind, key) {
        (Kind::Choose(options), Answer::Choice(index)) => options.get(*index)?.because.as_ref(),
        _ => ask.because.as_ref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::record::quantity::Quantity;
    use crate::lesson::claim::predicate::At;
    use crate::lesson::course::library;
    use crate::lesson::scenario::cast;

    fn measure(within: Option<f64>) -> Measure {
        let quantity = Quantity::parse("alpha").unwrap();
        let truth = Sought::Row { run: None, at: At::Iteration(0), trial: None, quantity };
        Measure { truth, within, unit: None, too_low: None, too_high: None }
    }

    #[test]
    fn a_number_is_right_close_turned_or_off_by_a_power_of_ten() {
        let table = [
            // given, right, within; whether it is right, and what is said
            (5.0, 5.0, None, true, ""),
            (5.001, 5.0, None, false, ""),
            (0.0621, 0.0625, None, true, ""),
            (0.06, 0.0625, None, false, ""),
            (22.0, 21.0, Some(1.0), true, ""),
            (22.5, 21.0, Some(1.0), false, ""),
            (-4.0, 4.0, Some(0.1), false, "the sign is not"),
            (0.4, 4.0, Some(0.1), false, "the power of ten is not"),
            (400.0, 4.0, Some(0.1), false, "the power of ten is not"),
            (9.0, 4.0, Some(0.1), false, ""),
            (0.0, 0.0, None, true, ""),
            (1.0, 0.0, None, false, ""),
        ];
        for (given, right, within, is_right, said) in table {
            let Grade { marks, nearly, .. } = of_number(&measure(within), given, right);
            assert_eq!(marks, [is_right], "{given} for {right}");
            assert_eq!(nearly.is_some(), !said.is_empty(), "{given} for {right}: {nearly:?}");
            assert!(nearly.unwrap_or_default().contains(said), "{given} for {right}");
        }
    }

    /// From (1, 1e-3) x₂ grows by 1.4 a step: ln 1000 / ln 1.4 = 20.5.
    #[test]
    fn the_first_row_of_a_run_is_counted() {
        let lesson = library::open("saddle-point").unwrap();
        let page = &lesson.pages[3];
        let ask = page.ask.as_ref().unwrap();
        let mut runs = cast(&lesson.scenarios[page.scenario], &page.changes).unwrap();
        assert_eq!(key(ask, &mut runs), Ok(Answer::Number(21.0)));
    }
}
