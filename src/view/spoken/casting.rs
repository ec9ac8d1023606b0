//! What the runs of a page are, in words: the objective, and each run with its method.

use crate::app::room::sitting::Sitting;
use crate::app::run::scene::Scene;
use crate::engine::number::tuple;
use crate::engine::rule::method::Half;
use crate::view::map::compared;
use crate::view::paper::typeset;

/// The objective and each run with its method, a line each.
pub fn casting(sitting: &Sitting) -> Vec<String> {
    let mut lines = vec![format!("The objective is f = {}.", typeset::subject(&sitting.scenario().subject))];
    lines.extend(methods("Run", &Scene::of(sitting)));
    if let Some(scene) = Scene::compared(sitting) {
        let (name, formula) = (compared::name(&scene), typeset::subject(scene.scenario().subject()));
        lines.push(format!("It is compared with {name}f = {formula}."));
        lines.extend(methods(&format!("{name}run"), &scene));
    }
    lines
}

fn methods(head: &str, scene: &Scene<'_>) -> impl Iterator<Item = String> {
    scene.runs().map(move |(index, run)| {
        let method = run.method();
        let (direction, step_size) = (method.in_words(Half::Direction), method.in_words(Half::StepSize));
        let start = tuple(run.start());
        format!("{head} {}: {direction} with {step_size}, from {start}.", scene.name_of(index))
    })
}
