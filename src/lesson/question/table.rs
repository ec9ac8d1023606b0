//! A question answered by the blank cells of a line-search table.

use crate::engine::record::trial::{Trial, Verdict};
use crate::lesson::check::notes::Notes;
use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::shape::Shape::{Count, List, Word};
use crate::lesson::file::shape::{ANY, FaultWords, FormatKey, key, need};
use crate::lesson::markup::WORK_ROWS;
use crate::lesson::question::answerable::{Answerable, Asked, BECAUSE, REFUTE, Score, unanswered};
use crate::lesson::question::number::is_same;
use crate::lesson::scenario::{Cast, Scenario};

/// A line-search table with blank cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Blanks {
    /// The iteration whose search it shows.
    pub at: usize,
    /// How many of its trials; absent: all.
    pub rows: Option<usize>,
    pub blank: Vec<Blank>,
}

/// A kind of cell that is left blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// What becomes of the trial.
    Verdict,
    /// Whether the bound leaves room.
    MarginSign,
    /// The α of every trial but the first.
    NextAlpha,
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

impl Answerable for Blanks {
    /// What stands in the blank cells, in their order.
    type Given = Vec<Cell>;
    const NAME: &'static str = "table";
    const KEYS: &'static [FormatKey] = &[
        REFUTE,
        BECAUSE,
        need("at", Count(0), "at = 1, an iteration", "the iteration whose search is the table"),
        key("rows", Count(1), "how many of its trials are shown"),
        need(
            "blank",
            List(&Word(&["verdict", "margin-sign", "next-alpha"]), 1, ANY),
            "blank = [\"verdict\"]",
            "what is to be filled in",
        )
        .sized(FaultWords("nothing is blank", "write \"verdict\", \"margin-sign\" or \"next-alpha\"")),
    ];
    const IS_EXERCISE: bool = true;

    /// `at = 1, rows = 3, blank = ["verdict", "next-alpha"]`.
    fn read(fields: &Fields<'_>, _scenario: Option<&Scenario>, _desk: &mut Desk<'_>) -> Option<Self> {
        let rows = fields.count("rows").map(|rows| rows as usize);
        let blank = fields.items("blank").iter().filter_map(kind).collect();
        Some(Self { at: fields.count("at")? as usize, rows, blank })
    }

    fn key(&self, cast: &mut Cast) -> Result<Vec<Cell>, String> {
        search(self, cast).map(|table| table.blanks.iter().map(|slot| table.right(*slot)).collect())
    }

    fn score(&self, given: &Vec<Cell>, key: &Vec<Cell>) -> Score {
        let fits = |given: Option<&Cell>, right: &Cell| match (given, right) {
            (Some(Cell::Alpha(given)), Cell::Alpha(right)) => (given - right).abs() <= right.abs() / 100.0,
            (given, right) => given == Some(right),
        };
        let marks: Vec<bool> = key.iter().enumerate().map(|(place, right)| fits(given.get(place), right)).collect();
        let count = marks.iter().filter(|mark| **mark).count();
        let is_half = count > 0 && count < marks.len();
        let are = if count == 1 { "is" } else { "are" };
        let nearly = is_half.then(|| format!("{count} of {} cells {are} right.", marks.len()));
        Score::of(marks, nearly)
    }

    fn words(&self, _given: &Vec<Cell>, _digits: usize) -> String {
        "filled in".into()
    }

    /// It is kept only when it was right.
    fn recall(&self, _kept: &str) -> Option<Vec<Cell>> {
        Some(Vec::new())
    }

    fn told(&self, given: &Vec<Cell>, key: &Vec<Cell>, _score: &Score, _said: &str) -> String {
        let differs = |pair| matches!(pair, (Cell::Alpha(given), Cell::Alpha(key)) if !is_same(given, key));
        let is_near = given.iter().copied().zip(key.iter().copied()).any(differs);
        let near = if is_near && self.blank.contains(&Blank::NextAlpha) { " An α may be 1 % off." } else { "" };
        format!("Every cell is right.{near}")
    }

    fn prove(&self, asked: &Asked<'_>, notes: &mut Notes<'_>) {
        let search = match search(self, &mut asked.runs.clone()) {
            Ok(search) => search,
            Err(why) => return unanswered("ask.at", &why, notes),
        };
        if search.blanks.is_empty() {
            let cure = "blank = [\"verdict\"] fits every search";
            return notes.error("ask.blank", "no cell of the table is blank", cure);
        }
        let (trials, rows) = (search.trials.len(), asked.rows + search.trials.len() + 1);
        if rows > WORK_ROWS {
            let message = format!(
                "text and question with a table of {trials} trials take {rows} rows, and there are {WORK_ROWS}"
            );
            notes.error("ask.at", message, "say it shorter, or add rows = 4");
        }
    }
}

fn kind(value: &Value<'_>) -> Option<Blank> {
    Some(match value.word()? {
        "verdict" => Blank::Verdict,
        "margin-sign" => Blank::MarginSign,
        _ => Blank::NextAlpha,
    })
}
