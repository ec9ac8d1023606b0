//! A proof ends soon: a run that would take very long is proved as far as it goes in a while, and that is said.

use crate::lesson::check::notes::Notes;
use crate::lesson::scenario::cast;
use crate::lesson::schema::Lesson;

/// About how many multiplications a run may take while it is proved.
const MOST_WORK: f64 = 1e9;
/// What a step takes however few coordinates there are.
const LEAST_WORK: f64 = 200.0;
/// Every run is proved so far.
const LEAST_STEPS: u64 = 10;

/// The lesson with runs that end soon; says which ones were cut.
pub fn bounded(lesson: &Lesson, notes: &mut Notes<'_>) -> Lesson {
    let mut lesson = lesson.clone();
    for scenario in &mut lesson.scenarios {
        let mut cut = Vec::new();
        for (index, plan) in scenario.runs.iter_mut().enumerate() {
            let dimension = plan.start.as_ref().unwrap_or(&scenario.start).len() as f64;
            let work = LEAST_WORK + dimension * dimension * (1.0 + dimension / 10.0);
            let most = ((MOST_WORK / work) as u64).max(LEAST_STEPS);
            if plan.limits.iterations > most {
                cut.push((index, plan.limits.iterations));
                plan.limits.iterations = most;
            }
        }
        if cut.is_empty() {
            continue;
        }
        let Ok(mut cast) = cast(scenario, &[]) else { continue };
        for (index, wanted) in cut {
            let run = &mut cast.runs[index];
            let most = scenario.runs[index].limits.iterations;
            while run.advance() {}
            if run.iteration() as u64 >= most {
                let name = &scenario.runs[index].name;
                let message = format!(
                    "run {name} may take {wanted} steps in {} coordinates: only the first {most} are proved",
                    run.here().point.len()
                );
                let part = format!("scenario.{}.run[{index}].stop.iterations", scenario.name);
                notes.warning(&part, message, format!("write stop = {{ iterations = {most} }}, or fewer coordinates"));
            }
        }
    }
    lesson
}
