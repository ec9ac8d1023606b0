//! A table with blanks: every trial of a search, with the cells that are to be filled.

use crate::app::answer::attempt::Attempt;
use crate::app::answer::table::Filling;
use crate::app::look::appearance::Glyphs;
use crate::app::room::sitting::Sitting;
use crate::engine::number::{right, short};
use crate::engine::record::trial::{Trial, Verdict};
use crate::lesson::markup::{MarkupLine, Piece, Style};
use crate::lesson::question::grade::Grade;
use crate::lesson::question::table::{self, Blank, Blanks, Cell};
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::Theme;
use crate::view::question::posed::{AttemptShown, Columns, Posed, piece};

/// A table of so many columns leaves its numbers room to breathe.
const ROOMY: usize = 52;

/// A question for the cells of a table.
pub struct Tabling<'a> {
    pub blanks: &'a Blanks,
    /// The cells filled so far; `None` where nobody answers.
    pub attempt: Option<&'a Attempt>,
}

impl Posed for Tabling<'_> {
    fn shown(&self, columns: Columns) -> AttemptShown {
        let Some(Attempt::Cells(filling)) = self.attempt else { return AttemptShown::default() };
        AttemptShown { note: columns.theme.text(&legend(filling)).into_owned(), lines: table(filling, columns) }
    }

    fn made(&self, sitting: &Sitting, grade: &Grade, columns: Columns) -> Vec<MarkupLine> {
        let Ok(search) = table::search(self.blanks, &mut sitting.cast.clone()) else { return Vec::new() };
        let filled = Filling::new(search, Some(&(grade.key.clone(), grade.clone())));
        table(&Filling { focus: usize::MAX, ..filled }, columns)
    }

    fn least_columns(&self) -> usize {
        ROOMY
    }
}

/// The word for a verdict.
fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted => "accepted",
        Verdict::TooLong => "too long",
        Verdict::TooShort => "too short",
        Verdict::Narrowed => "narrows",
        Verdict::CurvatureNotMet => "still steep",
        Verdict::NotFinite => "not finite",
        Verdict::Open => "looked at",
    }
}

/// What the cell in focus takes.
fn legend(filling: &Filling) -> String {
    match filling.slot().map(|slot| slot.kind) {
        Some(Blank::Verdict) => {
            let words =
                filling.verdicts().iter().zip(1..).map(|(verdict, number)| format!("{number} {}", word(*verdict)));
            words.collect::<Vec<_>>().join("   ")
        }
        Some(Blank::MarginSign) => "+ room is left   − it is not".into(),
        Some(Blank::NextAlpha) => "type the α tried next".into(),
        None => String::new(),
    }
}

fn table(filling: &Filling, Columns { theme, width }: Columns) -> Vec<MarkupLine> {
    let place =
        |kind: Blank, row: usize| filling.search.blanks.iter().position(|slot| (slot.row, slot.kind) == (row, kind));
    let blank =
        |kind: Blank, row: usize, width: usize| place(kind, row).map(|place| cell(filling, place, width, theme));
    let (number_width, sign_width) = if width < ROOMY { (6, 4) } else { (10, 8) };
    let number = |value: Option<f64>| number(value, number_width, theme);
    let search = &filling.search;
    let has_bound = search.trials.iter().any(|trial| trial.armijo.is_some());
    let has_slope = search.trials.iter().any(|trial| trial.slope.is_some());
    // The sign of the margin is the verdict on Armijo: it stays away where one is to be found.
    let has_margin = has_bound && !search.has_blank(Blank::Verdict) && !search.has_blank(Blank::MarginSign);
    let mut head = match theme.glyphs {
        Glyphs::Braille => vec!["α", "φ(α)"],
        Glyphs::Ascii if width < ROOMY => vec!["a", "phi"],
        Glyphs::Ascii => vec!["a", "phi(a)"],
    };
    head.extend(has_bound.then_some("bound"));
    head.extend(has_margin.then_some("margin"));
    head.extend(has_slope.then_some("slope"));
    let named: String = head.iter().map(|name| right(&theme.text(name), number_width)).collect();
    let sign = match (search.has_blank(Blank::MarginSign), width < ROOMY) {
        (true, true) => "  +/-",
        (true, false) => "  margin",
        (false, _) => "",
    };
    let sign = right(sign.trim_start(), if sign.is_empty() { 0 } else { sign_width });
    let mut lines = vec![vec![piece(format!("  {named}{sign}  verdict"), Style::Plain)]];
    lines.extend((0..search.trials.len()).map(|row| {
        let trial = &search.trials[row];
        let mut line = vec![piece(format!("{:<2}", row + 1), Style::Plain)];
        line.push(blank(Blank::NextAlpha, row, number_width).unwrap_or_else(|| number(Some(trial.alpha))));
        line.push(number(Some(trial.value)));
        line.extend(has_bound.then(|| number(trial.decrease().map(|margin| margin.rhs))));
        line.extend(has_margin.then(|| number(trial.decrease().map(|margin| margin.slack()))));
        line.extend(has_slope.then(|| number(trial.slope)));
        line.extend(blank(Blank::MarginSign, row, sign_width));
        let verdict = blank(Blank::Verdict, row, 0);
        line.push(piece("  ".into(), Style::Plain));
        line.push(verdict.unwrap_or_else(|| piece(known_verdict(filling, trial), Style::Plain)));
        line
    }));
    lines
}

/// The verdict where it is given: not where it would tell the sign or the α that is to be found.
fn known_verdict(filling: &Filling, trial: &Trial) -> String {
    if filling.search.has_blank(Blank::MarginSign) { String::new() } else { word(trial.verdict).to_owned() }
}

fn number(value: Option<f64>, width: usize, theme: Theme) -> Piece {
    let text = value.map_or(String::new(), short);
    piece(right(&theme.text(&text), width), Style::Plain)
}

/// The blank of that index as it is filled so far.
fn cell(filling: &Filling, place: usize, width: usize, theme: Theme) -> Piece {
    let is_focus = place == filling.focus;
    let said = match filling.cells[place] {
        _ if is_focus && !filling.typed.is_empty() => format!("{}_", filling.typed),
        Some(Cell::Verdict(verdict)) => word(verdict).to_owned(),
        Some(Cell::Sign(is_positive)) => if is_positive { "+" } else { "−" }.to_owned(),
        Some(Cell::Alpha(alpha)) => short(alpha),
        None => "?".to_owned(),
    };
    let said = if is_focus { format!("[{said}]") } else { said };
    let mark = if filling.is_right[place] { format!(" {}", theme.symbol(Mark::Yes)) } else { String::new() };
    let text = right(&format!("{}{mark}", theme.text(&said)), width);
    piece(text, if is_focus { Style::Emphasis } else { Style::Code })
}
