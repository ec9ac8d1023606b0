//! How much does a setting matter? The same run with a row of values for it, from tiny to huge.
//!
//! No lesson uses it yet.

use std::sync::Arc;

use crate::engine::many::{Callback, each};
use crate::engine::record::ending::Reason;
use crate::engine::rule::method::Method;
use crate::engine::run::Run;
use crate::engine::run::stop::Limits;
use crate::objective::function::Objective;
use crate::objective::point::Point;

/// Which setting, and which values of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// The path of the setting, such as `step_size.alpha`.
    pub path: String,
    /// The smallest value, above 0.
    pub low: f64,
    /// The largest value.
    pub high: f64,
    /// How many values, ends included.
    pub count: usize,
}

/// The outcome of the run with one value of the setting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// The value of the setting.
    pub setting: f64,
    /// How many iterations were made.
    pub iterations: usize,
    /// f where the run ended.
    pub value: f64,
    /// Why it ended.
    pub reason: Reason,
}

impl Sweep {
    /// The values, each the same factor above the one before; the ends are exact.
    pub fn settings(&self) -> Vec<f64> {
        let last = self.count.saturating_sub(1);
        let factor = (self.high / self.low).powf((last.max(1) as f64).recip());
        let at = |index: usize| match index {
            0 => self.low,
            _ if index == last => self.high,
            _ => self.low * factor.powf(index as f64),
        };
        (0..self.count).map(at).collect()
    }

    /// A run for every value, in order. `Ok(None)` if `progress` said no; `Err` says why a value cannot be set.
    pub fn run(
        &self,
        objective: &Arc<dyn Objective>,
        start: &Point,
        method: &Method,
        limits: &Limits,
        progress: Callback<'_>,
    ) -> Result<Option<Vec<Outcome>>, String> {
        let with = |&setting: &f64| Ok((setting, method.with(&self.path, &toml::Value::Float(setting))?));
        let methods = self.settings().iter().map(with).collect::<Result<Vec<(f64, Method)>, String>>()?;
        Ok(each(methods.len(), progress, |index| {
            let (setting, method) = methods[index].clone();
            let (iterations, ending) = Run::new(Arc::clone(objective), start.clone(), method, limits.clone()).finish();
            Outcome { setting, iterations, value: ending.at.value, reason: ending.reason }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::direction::slope::steepest_descent::SteepestDescent;
    use crate::engine::rule::list::{DirectionRule, StepSizeRule};
    use crate::engine::step_size::schedule::fixed::Fixed;
    use crate::objective::catalog::named;

    #[test]
    fn on_the_ravine_the_best_step_size_lies_just_below_the_largest() {
        let ravine = named("ravine").unwrap();
        let objective: Arc<dyn Objective> = Arc::new(ravine.objective().unwrap());
        let method = Method {
            direction: DirectionRule::SteepestDescent(SteepestDescent::default()),
            step_size: StepSizeRule::Fixed(Fixed::default()),
        };
        let start = Point::from_column_slice(ravine.start);
        let sweep = Sweep { path: "step_size.alpha".into(), low: 1e-3, high: 1.0, count: 31 };
        let limits = Limits { iterations: 50_000, ..Limits::default() };
        let outcomes = sweep.run(&objective, &start, &method, &limits, &|_| true).unwrap().unwrap();
        assert_eq!((outcomes[0].setting, outcomes[30].setting), (1e-3, 1.0));
        for outcome in &outcomes {
            let expected = if outcome.setting < 0.1 { Reason::GradientSmall } else { Reason::Unbounded };
            // At α = 2/L = 0.1 the run oscillates for ever.
            assert!(outcome.reason == expected || (outcome.setting - 0.1).abs() < 1e-9, "{outcome:?}");
        }
        let best = outcomes.iter().filter(|one| one.reason == Reason::GradientSmall).min_by_key(|one| one.iterations);
        assert!((0.07..0.1).contains(&best.unwrap().setting), "{best:?}");
        assert_eq!(sweep.run(&objective, &start, &method, &limits, &|_| false), Ok(None));
        let refused = Sweep { low: -1.0, path: "step_size.alpha".into(), ..sweep };
        assert!(refused.run(&objective, &start, &method, &limits, &|_| true).is_err());
    }
}
