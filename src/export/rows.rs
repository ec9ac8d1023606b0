//! A trace as rows of numbers: a table to read, CSV, JSON and JSON Lines.

use std::fmt::{self, Write};

use serde::Serialize;

use crate::engine::number::{right, short};
use crate::engine::record::row::{EndRow, Number, Numbers, Row};

/// A whole run, as a program reads it.
#[derive(Debug, Clone, Serialize)]
pub struct Trace {
    /// The lesson's id.
    pub lesson: String,
    /// The scenario's name.
    pub scenario: String,
    /// The run's name.
    pub run: String,
    /// The objective, as written.
    pub objective: String,
    /// One row a step, from the start on.
    pub steps: Vec<Row>,
    /// How many further steps have no row here: the run was too long.
    #[serde(skip)]
    pub left_out: usize,
    /// How it ended.
    pub end: EndRow,
}

/// The ways in which a trace leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Columns to read.
    Table,
    /// Comma-separated values, one row a step.
    Csv,
    /// One JSON object.
    Json,
    /// One JSON object a line: the steps, then the end.
    JsonLines,
}

/// Writes a trace.
pub fn write(trace: &Trace, format: Format, out: &mut dyn Write) -> fmt::Result {
    match format {
        Format::Table => table(trace, out),
        Format::Csv => csv(trace, out),
        Format::Json => json(trace, out),
        Format::JsonLines => json_lines(trace, out),
    }
}

/// One step a line, so that the object can be read by people and searched by lines.
fn json(trace: &Trace, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "{{ \"lesson\": {},", object(&trace.lesson)?)?;
    writeln!(out, "  \"scenario\": {}, \"run\": {},", object(&trace.scenario)?, object(&trace.run)?)?;
    writeln!(out, "  \"objective\": {},", object(&trace.objective)?)?;
    write!(out, "  \"steps\": [")?;
    for (index, row) in trace.steps.iter().enumerate() {
        write!(out, "{}\n    {}", if index > 0 { "," } else { "" }, object(row)?)?;
    }
    writeln!(out, "\n  ],\n  \"end\": {} }}", object(&trace.end)?)
}

/// A value as JSON on one line.
fn object(value: &impl Serialize) -> Result<String, fmt::Error> {
    serde_json::to_string(value).map_err(|_| fmt::Error)
}

fn json_lines(trace: &Trace, out: &mut dyn Write) -> fmt::Result {
    for row in &trace.steps {
        writeln!(out, "{}", object(row)?)?;
    }
    writeln!(out, "{{\"end\":{}}}", object(&trace.end)?)
}

fn csv(trace: &Trace, out: &mut dyn Write) -> fmt::Result {
    let dimension = trace.end.x.len();
    // A run has noise in every row or in none.
    let has_noise = trace.steps.iter().any(|row| row.noise.is_some());
    let vector = |name: &str| (1..=dimension).map(|index| format!("{name}{index}")).collect::<Vec<_>>().join(",");
    writeln!(
        out,
        "iteration,{},value,{}{},gradient_norm,gradient_norm_inf,{},condition,kind,{},{},slope,angle_degrees,alpha,\
         alpha_star,alpha_max,{},predicted_change,change,trials,evaluations_value,evaluations_gradient,\
         evaluations_hessian",
        vector("x"),
        vector("gradient"),
        if has_noise { format!(",{}", vector("noise")) } else { String::new() },
        vector("eigenvalue"),
        vector("base"),
        vector("direction"),
        vector("step")
    )?;
    for row in &trace.steps {
        writeln!(out, "{}", csv_row(row, dimension))?;
    }
    Ok(())
}

fn csv_row(row: &Row, dimension: usize) -> String {
    let optional = |number: Option<Number>| number.map_or(String::new(), written);
    let hessian = row.hessian.as_ref();
    let eigenvalues =
        hessian.map_or_else(|| ",".repeat(dimension.saturating_sub(1)), |hessian| joined(&hessian.eigenvalues));
    [
        row.iteration.to_string(),
        joined(&row.x),
        written(row.value),
        joined(&row.gradient) + &row.noise.as_ref().map_or(String::new(), |noise| format!(",{}", joined(noise))),
        written(row.gradient_norm),
        written(row.gradient_norm_inf),
        eigenvalues,
        optional(hessian.and_then(|hessian| hessian.condition)),
        hessian.map_or(String::new(), |hessian| hessian.kind.word().to_owned()),
        joined(&row.base),
        joined(&row.direction),
        written(row.slope),
        optional(row.angle_degrees),
        written(row.alpha),
        optional(row.alpha_star),
        optional(row.alpha_max),
        joined(&row.step),
        optional(row.predicted_change),
        written(row.change),
        row.trials.len().to_string(),
        row.evaluations.value.to_string(),
        row.evaluations.gradient.to_string(),
        row.evaluations.hessian.to_string(),
    ]
    .join(",")
}

/// The shortest digits that read back to the same double; "nan", "inf" or "-inf" otherwise.
fn written(number: Number) -> String {
    match number.0 {
        value if value.is_nan() => "nan".into(),
        value if value.is_infinite() => if value > 0.0 { "inf" } else { "-inf" }.into(),
        value => format!("{value:?}"),
    }
}

fn joined(numbers: &Numbers) -> String {
    numbers.iter().copied().map(written).collect::<Vec<_>>().join(",")
}

/// More coordinates than these do not fit a table on a terminal.
const MOST_COORDINATES: usize = 4;

fn table(trace: &Trace, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "{}: scenario {}, run {}", trace.lesson, trace.scenario, trace.run)?;
    writeln!(out, "f = {}\n", trace.objective)?;
    let shown = trace.end.x.len().min(MOST_COORDINATES);
    let mut head = "     t".to_owned();
    for index in 1..=shown {
        head += &right(&format!("x{index}"), 12);
    }
    for name in ["f", "‖∇f‖", "α"] {
        head += &right(name, 12);
    }
    head += &right("trials", 8);
    head += &right("f-evals", 9);
    writeln!(out, "{head}")?;
    for row in &trace.steps {
        let mut line = format!("{:>6}", row.iteration);
        for number in row.x.iter().take(shown).chain([&row.value, &row.gradient_norm, &row.alpha]) {
            line += &right(&short(number.0), 12);
        }
        write!(line, "{:>8}{:>9}", row.trials.len(), row.evaluations.value)?;
        writeln!(out, "{line}")?;
    }
    let end = &trace.end;
    let mut line = format!("{:>6}", end.iteration);
    let slopes = end.gradient.iter().map(|slope| slope.0);
    let norm = Number(slopes.fold(0.0_f64, f64::hypot));
    for number in end.x.iter().take(shown).chain([&end.value, &norm]) {
        line += &right(&short(number.0), 12);
    }
    write!(line, "{:>12}{:>8}{:>9}", "", "", end.evaluations.value)?;
    writeln!(out, "{line}\n")?;
    let class = end.point.map_or(String::new(), |point| format!(" Critical point: {}.", point.word()));
    let note = end.note.as_ref().map_or(String::new(), |note| format!(" Note: {note}."));
    writeln!(out, "end: {}: {}.{class}{note}", end.reason.word(), end.sentence)
}
