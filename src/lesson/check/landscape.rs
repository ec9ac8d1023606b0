//! The ground is sound: the slope that the formula gives is the slope that one measures, and the start is on the map.

use crate::engine::number::random::Generator;
use crate::lesson::check::notes::Notes;
use crate::lesson::scenario::{Scenario, coordinates};
use crate::lesson::schema::Page;
use crate::objective::function::Objective;
use crate::objective::point::Point;

/// How many points around the start are measured.
const LOOKS: usize = 5;
/// How far the two slopes may lie apart, as a share of the larger.
const TOLERANCE: f64 = 1e-5;

/// Proves the objective of a scenario, and that its runs start on the map.
pub fn check(scenario: &Scenario, notes: &mut Notes<'_>) {
    let name = format!("scenario.{}", scenario.name);
    slopes(&**scenario.subject.objective(), scenario, &format!("{name}.objective"), notes);
    on_map(&scenario.start, scenario, &format!("{name}.start"), notes);
    for (index, run) in scenario.runs.iter().enumerate() {
        if let Some(start) = &run.start {
            on_map(start, scenario, &format!("{name}.run[{index}].start"), notes);
        }
    }
}

/// Proves that the starts which a page puts in place of the scenario's lie on the map.
pub fn check_starts(page: &Page, scenario: &Scenario, notes: &mut Notes<'_>) {
    let varied =
        page.changes.iter().map(|change| ("use", change)).chain(page.proof.iter().map(|change| ("proof", change)));
    for (key, change) in varied.filter(|(_, change)| change.path == "start") {
        let part = change.run.as_ref().map_or_else(|| format!("{key}.start"), |run| format!("{key}.{run}.start"));
        if let Ok(start) = coordinates(&change.value, scenario.start.len()) {
            on_map(&start, scenario, &part, notes);
        }
    }
}

fn on_map(start: &[f64], scenario: &Scenario, part: &str, notes: &mut Notes<'_>) {
    let shown = start.iter().enumerate().filter_map(|(index, at)| Some((index + 1, at, scenario.interval(index)?)));
    let outside = shown.into_iter().find(|(_, at, [low, high])| *at < low || *at > high);
    if let Some((number, at, [low, high])) = outside {
        let message = format!("the start lies outside the window: x{number} = {at} is not in [{low}, {high}]");
        notes.error(part, message, "move the start, or widen the window");
    }
}

/// ∇f against central differences, at the start and at points near it.
fn slopes(objective: &dyn Objective, scenario: &Scenario, part: &str, notes: &mut Notes<'_>) {
    let start = Point::from_vec(scenario.start.clone());
    let (value, gradient) = objective.sample(&start);
    if !value.is_finite() || gradient.iter().any(|slope| !slope.is_finite()) {
        notes.error(part, "f or ∇f is not a finite number at the start", "move the start to where f is defined");
        return;
    }
    let mut dice = Generator::new(1);
    for look in 0..LOOKS {
        let reach = if look == 0 { 0.0 } else { 0.01 };
        let at = start.map(|coordinate| coordinate + reach * coordinate.abs().max(1.0) * dice.between(-1.0, 1.0));
        if objective.has_kink_at(&at) {
            continue;
        }
        if let Some((index, exact, measured)) = disagreement(objective, &at) {
            let message = format!(
                "∇f does not agree with finite differences near the start: ∂f/∂x{} = {exact}, measured {measured}",
                index + 1
            );
            notes.warning(part, message, "is there a jump or a kink? say so on a page, or move the start");
            return;
        }
    }
}

/// The first coordinate in which the slopes differ by more than rounding and curvature explain.
fn disagreement(objective: &dyn Objective, at: &Point) -> Option<(usize, f64, f64)> {
    let (value, gradient) = objective.sample(at);
    let scale = gradient.amax();
    (0..at.len()).find_map(|index| {
        let step = f64::EPSILON.cbrt() * at[index].abs().max(1.0);
        let shifted = |by: f64| {
            let mut point = at.clone();
            point[index] += by;
            objective.value(&point)
        };
        let measured = (shifted(step) - shifted(-step)) / (2.0 * step);
        let rounding = 10.0 * f64::EPSILON * value.abs().max(1.0) / step;
        let apart = (gradient[index] - measured).abs();
        let agrees = apart <= TOLERANCE * scale.max(1.0) + rounding || !measured.is_finite();
        (!agrees).then_some((index, gradient[index], measured))
    })
}
