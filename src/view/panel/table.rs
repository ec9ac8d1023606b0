//! The table panel: the iterations in numbers, one a row, the newest at the bottom.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::app::room::sitting::Sitting;
use crate::app::run::visible::Glimpse;
use crate::engine::number::product::norm;
use crate::engine::number::right;
use crate::engine::record::Sample;
use crate::engine::rule::working::{MOST_SHOWN, index};
use crate::view::paper::frame::{Frame, column, put};
use crate::view::paper::lines::frame_ink;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};

/// The columns of a number, a blank before it among them: at least, and at most.
const LEAST: usize = 8;
const MOST: usize = 13;
/// The columns of t with its pointer.
const TIME: usize = 5;

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    Coordinate(usize),
    Value,
    Slope,
    Alpha,
    Evaluations,
}

/// One row: an iterate, the α taken there, and what was asked until then.
struct TableEntry<'a> {
    sample: &'a Sample,
    alpha: Option<f64>,
    evaluations: Option<u64>,
}

/// Draws as many columns as fit, the least important left out first, and the last rows.
pub fn draw(sitting: &Sitting, theme: Theme, is_focus: bool, area: Rect, cells: &mut Buffer) {
    let area = area.intersection(cells.area);
    let glimpse = Glimpse::of(sitting);
    let last = glimpse.t + usize::from(glimpse.to.is_some());
    let rows = usize::from(area.height.saturating_sub(3));
    let first = (last + 1).saturating_sub(rows.max(1));
    let bottom = if first > 0 { format!("rows {first}…{last}") } else { String::new() };
    let columns = columns(sitting, glimpse.here.point.len(), usize::from(area.width.saturating_sub(2)));
    let frame = Frame { title: "Table of the iterations", right: "", bottom: &bottom, ink: frame_ink(is_focus) };
    let inner = frame.draw(theme, area, cells);
    if inner.height == 0 {
        return;
    }
    let room = usize::from(inner.width).saturating_sub(TIME) / columns.len().max(1);
    let wide = room.min(MOST);
    let named = |shown: &Shown| {
        let name = theme.text(&name(*shown)).into_owned();
        // The name of the norm is long in ASCII.
        right(if name.chars().count() < wide || *shown != Shown::Slope { &name } else { "|g|" }, wide)
    };
    let names = columns.iter().map(named).collect::<String>();
    put(&format!("{:>3}  {names}", "t"), Ink::Dim, (inner.x, inner.y), inner.width, theme, cells);
    for (t, y) in (first..=last).zip(inner.y + 1..inner.bottom()) {
        let Some(entry) = entry(sitting, &glimpse, t) else { continue };
        let is_last = t == last;
        let pointer = if is_last { theme.symbol(Mark::Pointer) } else { " " };
        let numbers: String = columns.iter().map(|shown| cell(*shown, &entry, wide, theme)).collect();
        let line = format!("{t:>3}{pointer} {numbers}");
        put(&line, if is_last { Ink::Emphasis } else { Ink::Text }, (inner.x, y), inner.width, theme, cells);
    }
}

/// Row t, as far as it was seen.
fn entry<'a>(sitting: &'a Sitting, glimpse: &Glimpse<'a>, t: usize) -> Option<TableEntry<'a>> {
    let run = &sitting.cast.runs[0];
    if let Some(step) = glimpse.past.get(t) {
        return Some(TableEntry { sample: &step.from, alpha: Some(step.alpha), evaluations: Some(step.calls.value) });
    }
    if t == glimpse.t {
        let step = run.peek().ok().filter(|_| glimpse.to.is_some());
        let trials = run.calls().value + glimpse.trials.len() as u64;
        let evaluations = Some(step.map_or(trials, |step| step.calls.value));
        return Some(TableEntry { sample: glimpse.here, alpha: glimpse.alpha, evaluations });
    }
    glimpse.to.map(|to| TableEntry { sample: to, alpha: None, evaluations: None })
}

/// The columns that fit, in the order in which they stand.
fn columns(sitting: &Sitting, n: usize, width: usize) -> Vec<Shown> {
    let mut wanted = vec![Shown::Value, Shown::Alpha];
    wanted.extend((0..n.min(2)).map(Shown::Coordinate));
    wanted.push(Shown::Slope);
    if sitting.is_revealed("evaluations") {
        wanted.push(Shown::Evaluations);
    }
    wanted.extend((2..n.min(MOST_SHOWN)).map(Shown::Coordinate));
    wanted.truncate((width.saturating_sub(TIME) / LEAST).max(1));
    wanted.sort_unstable();
    wanted
}

fn name(shown: Shown) -> String {
    match shown {
        Shown::Coordinate(i) => format!("x{}", index(i + 1)),
        Shown::Value => "f".to_owned(),
        Shown::Slope => "‖∇f‖".to_owned(),
        Shown::Alpha => "α".to_owned(),
        Shown::Evaluations => "f-evals".to_owned(),
    }
}

/// A number, right-aligned behind a blank; what was not seen yet is a dash.
fn cell(shown: Shown, entry: &TableEntry<'_>, wide: usize, theme: Theme) -> String {
    let number = match shown {
        Shown::Coordinate(i) => Some(entry.sample.point[i]),
        Shown::Value => Some(entry.sample.value),
        Shown::Slope => Some(norm(&entry.sample.gradient)),
        Shown::Alpha => entry.alpha,
        Shown::Evaluations => {
            return right(&entry.evaluations.map_or(theme.text("–").into_owned(), |count| count.to_string()), wide);
        }
    };
    match number {
        Some(number) => format!(" {}", column(number, wide.saturating_sub(1), theme)),
        None => right(&theme.text("–"), wide),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::record::Beat;
    use crate::view::paper::specimen::{
        THEMES, backtracking, draw_at_every_size, drawn, fixed, lesson, ravine, walk_to,
    };

    fn seen(sitting: &Sitting, width: u16, height: u16) -> String {
        drawn(width, height, |area, cells| draw(sitting, THEMES[0], true, area, cells))
    }

    #[test]
    fn rows_grow_as_they_are_seen() {
        let mut sitting = ravine(backtracking());
        let row = |sitting: &Sitting, t: &str| {
            let text = seen(sitting, 60, 12);
            let row = text.lines().find(|line| line.contains(t)).unwrap_or_default().to_owned();
            row.replace('┃', " ").split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(row(&sitting, "0▶"), "0▶ 2.0 20.0 240.0 44.72 – 1");
        walk_to(&mut sitting, Beat::Trial(1));
        assert_eq!(row(&sitting, "0▶"), "0▶ 2.0 20.0 240.0 44.72 – 3");
        walk_to(&mut sitting, Beat::Move);
        assert_eq!(row(&sitting, " 0  "), "0 2.0 20.0 240.0 44.72 0.0625 6");
        // x₊ = (−0.5, 18.75): ∇f = (−10, 18.75).
        assert_eq!(row(&sitting, "1▶"), "1▶ −0.5 18.75 178.3 21.25 – –");
        sitting.step();
        assert_eq!(row(&sitting, "1▶"), "1▶ −0.5 18.75 178.3 21.25 – 6", "α of the next step is not seen yet");
    }

    #[test]
    fn narrow_tables_drop_what_matters_least() {
        let sitting = ravine(backtracking());
        let head = |width: u16| seen(&sitting, width, 8).lines().nth(1).unwrap_or_default().to_owned();
        for (width, named, dropped) in [
            (80, &["x₁", "x₂", " f ", "‖∇f‖", "α", "f-evals"][..], &[][..]),
            (40, &["x₁", "x₂", " f ", "α"], &["‖∇f‖", "f-evals"]),
            (24, &[" f ", "α"], &["x₁", "‖∇f‖"]),
        ] {
            let head = head(width);
            assert!(named.iter().all(|name| head.contains(name)), "{width}: {head}");
            assert!(!dropped.iter().any(|name| head.contains(name)), "{width}: {head}");
        }
        let many = Sitting::open(lesson("x1^2+x2^2+x3^2+x4^2+x5^2", &[1.0; 5], &[fixed(0.1)])).unwrap();
        assert!(seen(&many, 110, 8).contains("x₄") && !seen(&many, 110, 8).contains("x₅"));
    }

    #[test]
    fn the_newest_row_is_at_the_bottom() {
        let mut sitting = ravine(fixed(0.02));
        sitting.step_while(|sitting| sitting.cursor.t < 30);
        let text = seen(&sitting, 60, 8);
        assert!(text.contains("rows 26…30") && text.lines().nth(6).unwrap().contains("30▶"), "{text}");
    }

    #[test]
    fn every_size_is_drawn() {
        let mut sitting = ravine(backtracking());
        draw_at_every_size(|theme, area, cells| draw(&sitting, theme, false, area, cells));
        sitting.step_while(|sitting| sitting.cursor.t < 30);
        draw_at_every_size(|theme, area, cells| draw(&sitting, theme, false, area, cells));
    }
}
