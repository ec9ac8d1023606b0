//! A run as a report in Markdown: what was asked, what was done, iteration by iteration, and how it ended.

use std::fmt::{self, Write};

use crate::engine::number::short;
use crate::engine::record::row::{Number, Numbers, Row, TrialRow};
use crate::export::rows::Trace;

/// Everything a report says beyond its trace.
#[derive(Debug, Clone)]
pub struct Report {
    /// The lesson's title.
    pub title: String,
    /// Its summary, if it has one.
    pub summary: String,
    /// The trace of the run.
    pub trace: Trace,
    /// The direction rule with its settings.
    pub direction: String,
    /// The step-size rule with its settings.
    pub step_size: String,
    /// What is known of the landscape beyond its formula, a fact each.
    pub known: Vec<String>,
    /// The map of the run as text.
    pub map: String,
}

/// The iterations shown in the table: so many of the first, and as many of the last.
const SHOWN: usize = 12;
/// The steps whose trials are written out.
const SEARCHED: usize = 3;

/// Writes a report.
pub fn write(report: &Report, out: &mut dyn Write) -> fmt::Result {
    let trace = &report.trace;
    writeln!(out, "# {}\n", text(&report.title))?;
    if !report.summary.is_empty() {
        writeln!(out, "{}\n", text(&report.summary))?;
    }
    writeln!(out, "- Objective: `f = {}`", code(&trace.objective))?;
    let start = trace.steps.first().map_or(&trace.end.x, |row| &row.x);
    writeln!(out, "- Start: {}", point(start))?;
    writeln!(out, "- Direction: {}", text(&report.direction))?;
    writeln!(out, "- Step size: {}", text(&report.step_size))?;
    for fact in &report.known {
        writeln!(out, "- Known: {}", text(fact))?;
    }
    writeln!(
        out,
        "- Source: lesson {}, scenario {}, run {}\n",
        text(&trace.lesson),
        text(&trace.scenario),
        text(&trace.run)
    )?;
    writeln!(out, "## Iterations\n")?;
    iterations(trace, out)?;
    searches(trace, out)?;
    ending(trace, out)?;
    if !report.map.is_empty() {
        writeln!(out, "## Map\n\n```text\n{}\n```", report.map.trim_end_matches('\n'))?;
    }
    Ok(())
}

fn iterations(trace: &Trace, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "| t | x | f | ‖∇f‖ | α | trials | evaluations of f |\n|--:|:--|--:|--:|--:|--:|--:|")?;
    let count = trace.steps.len();
    let is_shown = |index: usize| count <= 2 * SHOWN + 1 || index < SHOWN || index + SHOWN >= count;
    for (index, row) in trace.steps.iter().enumerate() {
        if is_shown(index) {
            let [value, norm, alpha] = [row.value, row.gradient_norm, row.alpha].map(|number| short(number.0));
            let (trials, calls) = (row.trials.len(), row.evaluations.value);
            let (t, x) = (row.iteration, point(&row.x));
            writeln!(out, "| {t} | {x} | {value} | {norm} | {alpha} | {trials} | {calls} |")?;
        } else if is_shown(index - 1) {
            writeln!(out, "| … | | | | | | |")?;
        }
    }
    let end = &trace.end;
    let norm = end.gradient.iter().fold(0.0_f64, |norm, slope| norm.hypot(slope.0));
    let (t, x, value, calls) = (end.iteration, point(&end.x), short(end.value.0), end.evaluations.value);
    writeln!(out, "| {t} | {x} | {value} | {} | | | {calls} |\n", short(norm))
}

/// The trials of the first steps, with the bound that each had to stay below.
fn searches(trace: &Trace, out: &mut dyn Write) -> fmt::Result {
    let searched: Vec<&Row> = trace.steps.iter().filter(|row| !row.trials.is_empty()).take(SEARCHED).collect();
    if searched.is_empty() {
        return Ok(());
    }
    let what = if searched.len() == 1 { "The line search" } else { "The first line searches" };
    writeln!(out, "## {what}\n\n| t | trial | α | φ(α) | bound | margin | slope | verdict |")?;
    writeln!(out, "|--:|--:|--:|--:|--:|--:|--:|:--|")?;
    for row in searched {
        for (number, tried) in (1..).zip(&row.trials) {
            writeln!(out, "| {} | {number} | {} |", row.iteration, trial(tried))?;
        }
    }
    writeln!(out)
}

fn trial(trial: &TrialRow) -> String {
    // Where values do not show the decrease, the slope was held to its bound.
    let decrease = trial.by_slope.as_ref().or(trial.armijo.as_ref());
    let bound = decrease.map_or(String::new(), |margin| short(margin.rhs.0));
    let margin = decrease.map_or(String::new(), |margin| short(margin.rhs.0 - margin.lhs.0));
    let slope = trial.slope.map_or(String::new(), |slope| short(slope.0));
    let verdict = trial.verdict.word().replace('-', " ");
    [short(trial.alpha.0), short(trial.value.0), bound, margin, slope, verdict].join(" | ")
}

fn ending(trace: &Trace, out: &mut dyn Write) -> fmt::Result {
    let end = &trace.end;
    writeln!(out, "## Ending\n\nAt t = {}: {}.\n", end.iteration, text(&end.sentence))?;
    writeln!(out, "- Reason: {}", end.reason.word().replace('-', " "))?;
    if let Some(class) = end.point {
        writeln!(out, "- By the eigenvalues: {}", class.word())?;
    }
    if let Some(note) = &end.note {
        writeln!(out, "- Note: {}", text(note))?;
    }
    let calls = end.evaluations;
    writeln!(out, "- Evaluations: {} of f, {} of ∇f, {} of ∇²f\n", calls.value, calls.gradient, calls.hessian)
}

/// A point in brackets; long ones by their first coordinates.
fn point(numbers: &Numbers) -> String {
    const MOST: usize = 4;
    let shown: Vec<String> = numbers.iter().take(MOST).map(|Number(number)| short(*number)).collect();
    format!("({}{})", shown.join(", "), if numbers.len() > MOST { ", …" } else { "" })
}

/// Text in which Markdown sees nothing to obey.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for symbol in text.chars() {
        if "\\`*_[]<>#|~&!".contains(symbol) {
            out.push('\\');
        }
        out.push(if symbol == '\n' { ' ' } else { symbol });
    }
    out
}

/// Text between two back quotes.
fn code(text: &str) -> String {
    text.replace('`', "'").replace('\n', " ")
}
