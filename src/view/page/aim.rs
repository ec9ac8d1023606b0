//! What a goal asks for, how far it is met, and in words what the run still lacks.

use std::cmp::Ordering;

use crate::app::room::errand::Standing;
use crate::app::room::sitting::Sitting;
use crate::engine::number::counted;
use crate::lesson::claim::worded;

/// How a goal stands.
pub enum Aim {
    /// Met, and how far from the best.
    Met(String),
    /// The run has ended without meeting it.
    Missed(String),
    /// There is still something to see.
    Open(String),
}

/// How the goal of the page in view stands; `None` where it has none.
pub fn aim(sitting: &Sitting) -> Option<Aim> {
    let goal = sitting.page().goal.as_ref()?;
    let (unit, run) = (goal.unit(), &sitting.cast.runs[0]);
    Some(match (sitting.record().goal, goal.par) {
        (Some(spent), best) => {
            let beside = best.map_or(String::new(), |best| match spent.cmp(&best) {
                Ordering::Less => format!(": {} fewer than the best known", best - spent),
                Ordering::Equal => ": as few as the best known".to_owned(),
                Ordering::Greater => format!("; best: {best}"),
            });
            Aim::Met(format!("Goal met with {}{beside}.", counted(spent, unit)))
        }
        (None, _) if sitting.is_over() => {
            let spent = if unit == "iteration" { run.iteration() as u64 } else { run.calls().value };
            let ended = format!("The run has ended after {}, and the goal is not met.", counted(spent, unit));
            let is_aiming = sitting.standing() == Standing::Aiming;
            let lacks = is_aiming.then(|| worded::lacks(&goal.claim, &mut sitting.cast.clone())).flatten();
            Aim::Missed(lacks.map_or_else(|| ended.clone(), |lacks| format!("{ended} {lacks}")))
        }
        (None, best) => {
            let best = best.map_or(String::new(), |best| format!(" Best: {}.", counted(best, unit)));
            Aim::Open(format!("Goal: not met yet.{best}"))
        }
    })
}
