//! A scenario made on the spot, from a formula that somebody typed.

use crate::engine::rule::method::Method;
use crate::engine::run::stop::Limits;
use crate::engine::theory::Known;
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::{RunPlan, Scenario, Slice, completed, known_of};
use crate::lesson::schema::{Lesson, Page, Place, Reached};
use crate::objective::catalog::{self, LANDSCAPES};
use crate::objective::formula::Formula;
use crate::objective::formula::dimension;
use crate::objective::formula::mistake::ParseError;
use crate::objective::formula::names::TABLE_OF_CONSTANTS;
use crate::objective::function::Objective;
use crate::objective::landscape::Landscape;
use crate::objective::point::Point;
use crate::objective::subject::Subject;
use std::collections::BTreeMap;

/// What an empty sandbox descends.
pub const FIRST: &str = "x1^2 + 3*x2^2";
const MOST_COORDINATES: usize = 1000;
const TEXT: &str = "Everything may change here: `e` changes the formula, the method and the start, `k` keeps this \
                    run to compare with. `Esc` leaves the sandbox.";

/// Reads a formula as a function of as many coordinates as it names.
pub fn formula(text: &str) -> Result<Formula, ParseError> {
    let dimension = dimension::named(text).clamp(1, MOST_COORDINATES);
    // Here is no table to put a constant into.
    Formula::parse(text, dimension, &BTreeMap::new())
        .map_err(|error| error.reworded(TABLE_OF_CONSTANTS, "write a number for any other name"))
}

/// The landscape that is called so, with capitals or without, in words or with hyphens.
pub fn landscape(text: &str) -> Option<&'static Landscape> {
    let name = text.trim().to_lowercase().replace([' ', '_'], "-");
    let name = name.strip_prefix("the-").unwrap_or(&name);
    let name = name.strip_suffix("-function").unwrap_or(name);
    catalog::named(name.strip_suffix("'s").unwrap_or(name))
}

/// A start for a formula: `old` if it has as many coordinates, else all ones, or zeros where ones will not do.
pub fn start_for(objective: &dyn Objective, old: &[f64]) -> Vec<f64> {
    let dimension = objective.dimension();
    if old.len() == dimension {
        return old.to_vec();
    }
    let is_finite = |number: f64| {
        let (value, gradient) = objective.sample(&Point::from_element(dimension, number));
        value.is_finite() && gradient.iter().all(|slope| slope.is_finite())
    };
    vec![if is_finite(1.0) || !is_finite(0.0) { 1.0 } else { 0.0 }; dimension]
}

/// A window on both sides of zero that holds a start with room around it.
pub fn window_around(start: &[f64]) -> Vec<[f64; 2]> {
    start.iter().take(2).map(|coordinate| round_up(1.5 * coordinate.abs().clamp(1.0, 1e9))).map(|h| [-h, h]).collect()
}

/// The next number above that has one digit, or one and a half.
fn round_up(number: f64) -> f64 {
    let decade = 10_f64.powf(number.log10().floor());
    let leads = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    leads.into_iter().find(|lead| lead * decade >= number * (1.0 - 1e-9)).unwrap_or(10.0) * decade
}

/// The run of an empty sandbox: steepest descent with backtracking.
pub fn first_run() -> RunPlan {
    RunPlan {
        name: Safe::line("A"),
        method: Method::backtracking(),
        limits: Limits::default(),
        noise: None,
        start: None,
        subject: None,
    }
}

/// A scenario with one run; of the objective is known what the catalog knows of it, or else what follows from its formula.
pub fn scenario(subject: Subject, start: Vec<f64>, window: Vec<[f64; 2]>, run: RunPlan) -> Scenario {
    let is_it = |landscape: &&Landscape| {
        subject.formula() == Some(landscape.formula) && landscape.dimension() == subject.objective().dimension()
    };
    let known = LANDSCAPES.iter().find(is_it).map_or_else(Known::default, known_of);
    let known = completed(known, &**subject.objective(), &start);
    let run = RunPlan { start: None, subject: None, ..run };
    Scenario { name: Safe::line("sandbox"), subject, window, slice: Slice::default(), start, known, runs: vec![run] }
}

/// A lesson that teaches nothing: one page on which everything may change.
pub fn lesson(scenario: Scenario) -> Lesson {
    let page = Page {
        title: Some(Safe::line("Sandbox")),
        until: Some(Place { iteration: usize::MAX, reached: Reached::Move }),
        text: Safe::new(TEXT),
        ..Page::default()
    };
    Lesson {
        id: "sandbox".into(),
        title: Safe::line("Sandbox"),
        chapter: None,
        summary: None,
        lecture: None,
        minutes: None,
        after: Vec::new(),
        scenarios: vec![scenario],
        pages: vec![page],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_has_as_many_coordinates_as_it_names() {
        for (text, dimension) in
            [("x1^2", 1), ("x^2 + 3", 1), ("x^2 + y^2", 2), ("x2", 2), ("exp(x1)*x7", 7), ("max(x1, x12)", 12)]
        {
            assert_eq!(formula(text).map(|formula| formula.dimension()), Ok(dimension), "{text}");
        }
        for text in ["", "x1 +", "z", "x3 + y", "x2000", "x1^2 + 1/3x2^2"] {
            assert!(formula(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_start_is_kept_or_is_somewhere_with_numbers() {
        let start = |text: &str, old: &[f64]| start_for(&formula(text).unwrap(), old);
        assert_eq!(start("x1^2 + x2^2", &[2.0, 20.0]), [2.0, 20.0]);
        assert_eq!(start("x1^2", &[2.0, 20.0]), [1.0]);
        assert_eq!(start("ln(1 - x1) + x3", &[2.0, 20.0]), [0.0, 0.0, 0.0]);
        assert_eq!(start("1/(1 - x1)/x1 + 0*x3", &[]), [1.0, 1.0, 1.0]);
    }

    #[test]
    fn a_window_holds_its_start() {
        assert_eq!(window_around(&[2.0, -20.0, 7.0]), [[-3.0, 3.0], [-30.0, 30.0]]);
        assert_eq!(window_around(&[0.0]), [[-1.5, 1.5]]);
        for start in [0.01, 1.0, 7.3, 999.0, 123_456.0] {
            let [low, high] = window_around(&[-start])[0];
            assert!(low < -start && high > start && high <= 2.2 * start.max(1.0), "{start}: {high}");
        }
    }
}
