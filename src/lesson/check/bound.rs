//! A proof ends soon: a run that would take very long is proved as far as it goes in a while, and that is said.

use crate::engine::record::ending::Reason;
use crate::lesson::check::notes::Notes;
use crate::lesson::scenario::cast;
use crate::lesson::schema::Lesson;

/// Maximum work of a run during a check, in multiplications.
const MOST_WORK: f64 = 1e9;
/// Work of a step that does not depend on the dimension, in multiplications.
const LEAST_WORK: f64 = 200.0;
/// Number of evaluations that no checked run reaches.
const ENOUGH_LOOKS: u64 = 4_000_000;
/// Minimum number of steps that are checked of every run.
const LEAST_STEPS: u64 = 10;

/// The lesson with shorter iteration limits where a run would take long; notes which runs were cut.
pub fn bounded(lesson: &Lesson, notes: &mut Notes<'_>) -> Lesson {
    let mut lesson = lesson.clone();
    for scenario in &mut lesson.scenarios {
        let mut cut = Vec::new();
        for (index, plan) in scenario.runs.iter_mut().enumerate() {
            let dimension = plan.start.as_ref().unwrap_or(&scenario.start).len() as f64;
            // One look at f and its slopes.
            let look =
                plan.subject.as_ref().unwrap_or(&scenario.subject).objective().operations() as f64 * (1.0 + dimension);
            let work = LEAST_WORK + dimension * dimension * (1.0 + dimension / 10.0) + look;
            let most = ((MOST_WORK / work) as u64).max(LEAST_STEPS);
            // A line search evaluates f often, so evaluations are limited, too.
            let looks = ((MOST_WORK / look) as u64).max(LEAST_STEPS);
            let wanted = plan.limits.clone();
            plan.limits.iterations = wanted.iterations.min(most);
            if looks < ENOUGH_LOOKS {
                plan.limits.evaluations = Some(wanted.evaluations.map_or(looks, |wanted| wanted.min(looks)));
            }
            if plan.limits != wanted {
                cut.push((index, wanted));
            }
        }
        if cut.is_empty() {
            continue;
        }
        let Ok(mut cast) = cast(scenario, &[]) else { continue };
        for (index, wanted) in cut {
            let run = &mut cast.runs[index];
            while notes.has_time() && run.advance() {}
            let limits = &scenario.runs[index].limits;
            let is_cut = match run.peek().err().map(|ending| ending.reason) {
                Some(Reason::IterationLimit) => limits.iterations < wanted.iterations,
                Some(Reason::EvaluationLimit) => limits.evaluations != wanted.evaluations,
                _ => false,
            };
            if is_cut {
                let (name, most) = (&scenario.runs[index].name, run.iteration());
                let message = format!(
                    "run {name} may take {} steps in {} coordinates: only the first {most} are proved",
                    wanted.iterations,
                    run.here().point.len()
                );
                let part = format!("scenario.{}.run[{index}].stop.iterations", scenario.name);
                let cure = format!("write stop = {{ iterations = {most} }}, or fewer coordinates");
                notes.warning(&part, message, cure);
            }
        }
    }
    lesson
}
