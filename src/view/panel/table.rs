//! The table panel: the iterations in numbers, one a row, the newest at the bottom.

use crate::app::run::scene::Scene;
use crate::engine::number::product::norm;
use crate::engine::number::right;
use crate::engine::record::Sample;
use crate::engine::rule::working::{MOST_SHOWN, index};
use crate::view::paper::frame::column;
use crate::view::paper::lines::Line;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::paper::words::{Extent, Manner, PanelWords};

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

/// As many columns as fit, the least important left out first, and the last rows.
pub fn content(scene: &Scene<'_>, extent: Extent) -> PanelWords {
    let (glimpse, theme) = (scene.glimpse(), extent.theme);
    let last = glimpse.t + usize::from(glimpse.to.is_some());
    let rows = usize::from(extent.height.saturating_sub(3));
    let first = (last + 1).saturating_sub(rows.max(1));
    let columns = columns(scene, usize::from(extent.width.saturating_sub(2)));
    let room = usize::from(extent.width.saturating_sub(2)).saturating_sub(TIME) / columns.len().max(1);
    let wide = room.min(MOST);
    let named = |shown: &Shown| {
        let name = theme.text(&name(*shown)).into_owned();
        // The name of the norm is long in ASCII.
        right(if name.chars().count() < wide || *shown != Shown::Slope { &name } else { "|g|" }, wide)
    };
    let names = columns.iter().map(named).collect::<String>();
    let mut lines = vec![Line::row(vec![(0, Ink::Dim, format!("{:>3}  {names}", "t"))])];
    lines.extend((first..=last).take(rows).filter_map(|t| {
        let entry = entry(scene, t)?;
        let (pointer, ink) = if t == last { (theme.symbol(Mark::Pointer), Ink::Emphasis) } else { (" ", Ink::Text) };
        let numbers: String = columns.iter().map(|shown| cell(*shown, &entry, wide, theme)).collect();
        Some(Line::row(vec![(0, ink, format!("{t:>3}{pointer} {numbers}"))]))
    }));
    lines.truncate(extent.inside());
    PanelWords {
        title: "Table of the iterations".into(),
        bottom: if first > 0 { format!("rows {first}…{last}") } else { String::new() },
        lines,
        manner: Manner::Table,
        ..PanelWords::default()
    }
}

/// Row t, as far as it was seen.
fn entry<'a>(scene: &Scene<'a>, t: usize) -> Option<TableEntry<'a>> {
    let (glimpse, run) = (scene.glimpse(), scene.run());
    if let Some(step) = glimpse.past.get(t) {
        return Some(TableEntry { sample: &step.from, alpha: Some(step.alpha), evaluations: Some(step.calls.value) });
    }
    if t == glimpse.t {
        let trials = run.calls().value + glimpse.trials.len() as u64;
        let evaluations = Some(run.made().map_or(trials, |step| step.calls.value));
        return Some(TableEntry { sample: glimpse.here, alpha: glimpse.alpha, evaluations });
    }
    glimpse.to.map(|to| TableEntry { sample: to, alpha: None, evaluations: None })
}

/// The columns that fit, in the order in which they stand.
fn columns(scene: &Scene<'_>, width: usize) -> Vec<Shown> {
    let n = scene.glimpse().here.point.len();
    let mut wanted = vec![Shown::Value, Shown::Alpha];
    wanted.extend((0..n.min(2)).map(Shown::Coordinate));
    wanted.push(Shown::Slope);
    if scene.counts_evaluations() {
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
    use crate::app::room::sitting::Sitting;
    use crate::engine::record::Beat;
    use crate::lesson::schema::Panel;
    use crate::view::paper::specimen::{
        THEMES, backtracking, draw_at_every_size, draw_panel, drawn, fixed, lesson, ravine, walk_to,
    };

    fn seen(sitting: &Sitting, width: u16, height: u16) -> String {
        drawn((width, height), THEMES[0], |pad| draw_panel(Panel::Table, sitting, pad))
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
        draw_at_every_size(|pad| draw_panel(Panel::Table, &sitting, pad));
        sitting.step_while(|sitting| sitting.cursor.t < 30);
        draw_at_every_size(|pad| draw_panel(Panel::Table, &sitting, pad));
    }
}
