//! An answer while it is being made: what there is to choose from, and what was chosen so far.

use unicode_width::UnicodeWidthStr;

use crate::app::answer::attempt::Attempt;
use crate::app::answer::order::Lining;
use crate::app::answer::point::Pointing;
use crate::app::answer::table::Filling;
use crate::app::look::appearance::Glyphs;
use crate::app::room::sitting::Sitting;
use crate::engine::number::{right, short};
use crate::engine::record::trial::{Trial, Verdict};
use crate::lesson::markup::{self, MarkupLine, Piece, Style};
use crate::lesson::question::grade::Grade;
use crate::lesson::question::table;
use crate::lesson::question::table::{Blank, Cell};
use crate::lesson::question::{Ask, Kind};
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::Theme;

/// From so many columns on, what there is and what was chosen stand side by side.
const WIDE: usize = 60;
/// The columns of a pointer and a number before a line.
const LEAD: usize = 4;
/// A table of so many columns leaves its numbers room to breathe.
pub const ROOMY: usize = 52;

/// What is shown of an attempt: in the frame of the page box, and line by line.
pub fn shown(attempt: &Attempt, ask: &Ask, theme: Theme, width: usize) -> (String, Vec<MarkupLine>) {
    match attempt {
        Attempt::Number(typed, _) => {
            let answer = match &ask.kind {
                Kind::Number(measure) => measure.with_unit(typed).replacen(typed, &format!("{typed}_"), 1),
                _ => format!("{typed}_"),
            };
            (String::new(), vec![plain(&format!("Your answer: {answer}"), theme)])
        }
        Attempt::Point(pointing) => (String::new(), point(pointing, theme, width)),
        Attempt::Lines(lining) => {
            (format!("{} of {} lines", lining.placed.len(), lining.wanted), lines(lining, ask, theme, width))
        }
        Attempt::Cells(filling) => (theme.text(&legend(filling)).into_owned(), table(filling, theme, width)),
    }
}

fn plain(text: &str, theme: Theme) -> MarkupLine {
    vec![piece(theme.text(text).into_owned(), Style::Emphasis)]
}

fn piece(text: String, style: Style) -> Piece {
    Piece { text, style }
}

fn point(pointing: &Pointing, theme: Theme, width: usize) -> Vec<MarkupLine> {
    let names = ["x₁", "x₂", "x₃", "x₄"];
    if !pointing.typed.is_empty() {
        return vec![plain(&format!("Your point: {}_", pointing.typed), theme)];
    }
    let at: Vec<String> = pointing.at.iter().zip(names).map(|(x, name)| format!("{name} = {}", short(*x))).collect();
    let steps = match pointing.at.len() {
        1 => format!("← → move it by {}.", short(pointing.pace(0))),
        _ => format!("← → move it by {}, ↑ ↓ by {}.", short(pointing.pace(0)), short(pointing.pace(1))),
    };
    markup::wrap(&theme.text(&format!("Your point: {}.   {steps}", at.join(", "))), width)
}

fn lines(lining: &Lining, ask: &Ask, theme: Theme, width: usize) -> Vec<MarkupLine> {
    let Kind::Order(order) = &ask.kind else { return Vec::new() };
    let all: Vec<String> = order.all().map(|line| theme.text(line.as_str()).into_owned()).collect();
    let text = |line: &usize| all.get(*line).cloned().unwrap_or_default();
    let pointer = theme.symbol(Mark::Pointer);
    // Spelled in ASCII a line may be too long for half of the width.
    let is_beside = width >= WIDE && all.iter().all(|line| line.width() + LEAD < width / 2);
    let offered = lining.offered.iter().enumerate().map(|(place, line)| {
        let lead = if place == lining.focus { pointer } else { " " };
        match lining.placed.iter().position(|placed| placed == line) {
            Some(_) if is_beside => piece(format!("{lead}{}) {}", place + 1, theme.text("–")), Style::Plain),
            Some(at) => piece(format!("{lead}[{}] {}", at + 1, text(line)), Style::Emphasis),
            None => piece(format!("{lead}{}) {}", place + 1, text(line)), Style::Plain),
        }
    });
    if !is_beside {
        return offered.flat_map(|piece| broken(&piece, width)).collect();
    }
    let rows = lining.offered.len();
    let slot = |row: usize| match lining.placed.get(row) {
        Some(line) => format!("{}. {}", row + 1, text(line)),
        None if row < lining.wanted => format!("{}. {}", row + 1, if row == lining.placed.len() { "_" } else { "" }),
        None => String::new(),
    };
    let beside = (0..rows).map(|row| piece(slot(row), Style::Code));
    let gap = |left: &Piece| " ".repeat((width / 2).saturating_sub(left.text.width()).max(1));
    offered.zip(beside).map(|(left, right)| vec![left.clone(), piece(gap(&left), Style::Plain), right]).collect()
}

/// What was made of lines or cells, and is right: it stays in view beside the reason.
pub fn made(sitting: &Sitting, ask: &Ask, grade: &Grade, theme: Theme, width: usize) -> Vec<MarkupLine> {
    match &ask.kind {
        Kind::Order(order) => {
            let lines = order.lines.iter().zip(1..);
            let numbered = lines.map(|(line, number)| format!("{number}. {}", theme.text(line.as_str())));
            numbered.flat_map(|line| broken(&piece(line, Style::Plain), width)).collect()
        }
        Kind::Table(blanks) => {
            let Ok(search) = table::search(blanks, &mut sitting.cast.clone()) else { return Vec::new() };
            let filled = Filling::new(search, Some(&(grade.key.clone(), grade.clone())));
            table(&Filling { focus: usize::MAX, ..filled }, theme, width)
        }
        _ => Vec::new(),
    }
}

/// A line of a program, its rest indented below it where it is too long.
fn broken(line: &Piece, width: usize) -> Vec<MarkupLine> {
    let mut lines: Vec<MarkupLine> = Vec::new();
    let mut rest = line.text.clone();
    while rest.width() > width {
        // Broken no earlier than behind its indent, else what is left would never get shorter.
        let blanks = rest.char_indices().enumerate().filter(|(count, (_, letter))| *letter == ' ' && *count > LEAD + 2);
        let Some((_, (at, _))) = blanks.take_while(|(count, _)| *count < width).last() else { break };
        let next = format!("{}{}", " ".repeat(LEAD + 2), &rest[at + 1..]);
        rest.truncate(at);
        lines.push(vec![piece(rest, line.style)]);
        rest = next;
    }
    lines.push(vec![piece(rest, line.style)]);
    lines
}

/// The word for a verdict.
pub fn word(verdict: Verdict) -> &'static str {
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

fn table(filling: &Filling, theme: Theme, width: usize) -> Vec<MarkupLine> {
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
        line.push(
            cell(filling, row, Blank::NextAlpha, number_width, theme).unwrap_or_else(|| number(Some(trial.alpha))),
        );
        line.push(number(Some(trial.value)));
        line.extend(has_bound.then(|| number(trial.decrease().map(|margin| margin.rhs))));
        line.extend(has_margin.then(|| number(trial.decrease().map(|margin| margin.slack()))));
        line.extend(has_slope.then(|| number(trial.slope)));
        line.extend(cell(filling, row, Blank::MarginSign, sign_width, theme));
        let verdict = cell(filling, row, Blank::Verdict, 0, theme);
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

/// A blank cell as it is filled so far; `None` if this one is not blank.
fn cell(filling: &Filling, row: usize, kind: Blank, width: usize, theme: Theme) -> Option<Piece> {
    let place = filling.search.blanks.iter().position(|slot| slot.row == row && slot.kind == kind)?;
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
    Some(piece(text, if is_focus { Style::Emphasis } else { Style::Code }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However narrow the screen: all words stay, in order, and no line is longer where it can be broken.
    #[test]
    fn a_long_line_is_broken_at_every_width_and_loses_nothing() {
        let text = "▶1)     while f(x + alpha d) > f(x) + gamma1 alpha grad f^T d";
        for width in 0..80 {
            let lines = broken(&piece(text.into(), Style::Plain), width);
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let kept: Vec<String> = lines.iter().flatten().flat_map(|piece| words(&piece.text)).collect();
            assert_eq!(kept, words(text), "{width}");
            assert!(width < 24 || lines.iter().flatten().all(|piece| piece.text.width() <= width), "{width}");
        }
    }
}
