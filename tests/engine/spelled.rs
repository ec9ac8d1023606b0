//! Objectives and methods as a lesson spells them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test a surprise is a failure")]

use std::collections::BTreeMap;
use std::sync::Arc;

use downhill::engine::rule::list::{DirectionRule, StepSizeRule};
use downhill::engine::rule::method::{Half, Method};
use downhill::engine::run::Run;
use downhill::engine::run::stop::Limits;
use downhill::engine::step_size::schedule::fixed::Fixed;
use downhill::objective::formula::Formula;
use downhill::objective::function::Objective;
use downhill::objective::point::Point;

/// A formula in x1 … xn.
pub fn objective(formula: &str, n: usize) -> Arc<dyn Objective> {
    Arc::new(Formula::parse(formula, n, &BTreeMap::new()).unwrap_or_else(|error| panic!("{formula}: {error}")))
}

/// A method from the insides of `direction = { … }` and `step_size = { … }`; directions with steps of their own bring them.
pub fn method(direction: &str, step_size: &str) -> Method {
    let table = |key: &str, inside: &str| {
        let mut table: toml::Table = toml::from_str(&format!("{key} = {{ {inside} }}")).unwrap();
        table.remove(key).unwrap().try_into::<toml::Table>().unwrap()
    };
    let plain = Method { direction: DirectionRule::all().remove(0), step_size: StepSizeRule::Fixed(Fixed::default()) };
    let turned = plain.with_half(Half::Direction, table("direction", direction)).unwrap();
    let method = match turned.direction.own_step() {
        Some(own) => Method { step_size: own, ..turned },
        None => turned.with_half(Half::StepSize, table("step_size", step_size)).unwrap(),
    };
    assert_eq!(method.refusal(), None);
    method
}

/// A run from `start` that went on for at most `limits.iterations` steps.
pub fn ran(objective: Arc<dyn Objective>, start: &[f64], method: Method, limits: Limits) -> Run {
    let mut run = Run::new(objective, Point::from_column_slice(start), method, limits);
    run.go_to(usize::MAX);
    run
}
