//! One sentence a sub-step: what was just done, what is next, and the line of pseudo-code that does it.

use crate::app::room::errand::Standing;
use crate::app::room::sitting::Sitting;
use crate::app::run::scene::Scene;
use crate::app::run::visible::Glimpse;
use crate::engine::number::product::{dot, norm};
use crate::engine::number::{apart, short, tuple};
use crate::engine::record::Beat;
use crate::engine::record::ending::Reason;
use crate::engine::record::trial::{Margin, Trial, Verdict};
use crate::engine::rule::narration::Narration;
use crate::engine::run::Run;
use crate::engine::run::stop::Limits;
use crate::engine::theory::critical::critical_point;
use crate::lesson::file::safe::Safe;
use crate::view::map::compared;

/// Tells the beat in view.
pub fn tell(sitting: &Sitting) -> Narration {
    tell_in(sitting, &Scene::of(sitting))
}

/// Tells the beat in view of a scene that was built of the sitting before.
pub fn tell_in(sitting: &Sitting, scene: &Scene<'_>) -> Narration {
    let has_ended = scene.run().iteration() < scene.t();
    let mut told = if has_ended { rivals_go_on(sitting, scene) } else { beat(scene) };
    told.now.insert_str(0, &compared::name(scene));
    if scene.secret().is_none() && scene.beat() == Beat::Here && scene.ends_next() {
        told.next = "Next: the ending of the run.".into();
    }
    if scene.standing() == Standing::Asked {
        told.next = "Next: your prediction. The run waits.".into();
    }
    told
}

/// What was just done in the scenario that the page compares, after its name.
pub fn tell_compared(sitting: &Sitting) -> Option<String> {
    Scene::compared(sitting).map(|scene| format!("{}{}", compared::name(&scene), beat(&scene).now))
}

fn beat(scene: &Scene<'_>) -> Narration {
    match scene.beat() {
        Beat::Here => here(scene),
        Beat::Memory => memory(scene),
        Beat::Own(_) => scene.own_narration(),
        Beat::Direction => direction(scene),
        Beat::Trial(index) => trial(scene, index),
        Beat::StepSize => step_size(scene),
        Beat::Move => movement(scene.glimpse()),
        Beat::End => end(scene),
    }
}

fn here(scene: &Scene<'_>) -> Narration {
    let glimpse = scene.glimpse();
    let here = glimpse.here;
    let (x, value, norm) = (tuple(&here.point), short(here.value), short(norm(&here.gradient)));
    let now = match glimpse.past.last() {
        None if !here.value.is_finite() => format!("Start: f has no value at x = {x}. Move the start: e, then m."),
        None => format!("Start: x = {x}, f = {value}, ‖∇f‖ = {norm}."),
        Some(last) if last.to.point == last.from.point => format!("Still here: x = {x}, f = {value}, ‖∇f‖ = {norm}."),
        // f stands in the way there: said again, it would push what is next off the screen.
        Some(last) => {
            let (alpha, before) = (short(last.alpha), short(last.from.value));
            let way = if here.value > last.from.value {
                format!("up to {value}, from {before}")
            } else {
                format!("from {before} to {value}")
            };
            format!("α = {alpha} took f {way}: x = {x}, ‖∇f‖ = {norm}.")
        }
    };
    Narration { now, next: "Next: choose a direction d.".into(), code: goes_on_while(scene.run().limits()) }
}

/// The condition of the loop: the stop that was set for this run rather than the one that every run has.
fn goes_on_while(limits: &Limits) -> String {
    let is_usual = limits.gradient == 0.0 || limits.gradient == Limits::default().gradient;
    match limits.value.filter(|_| is_usual) {
        Some(value) => format!("while f > {}", short(value)),
        None if limits.gradient > 0.0 => format!("while ‖∇f‖∞ > {}", short(limits.gradient)),
        None => format!("while t < {}", limits.iterations),
    }
}

fn memory(scene: &Scene<'_>) -> Narration {
    let Some(memory) = scene.glimpse().memory else { return Narration::default() };
    Narration {
        now: format!("Memory: {}.", scene.run().method().direction.rule().recalled(memory)),
        next: "Next: combine it with ∇f into a direction.".into(),
        code: "recall".into(),
    }
}

fn direction(scene: &Scene<'_>) -> Narration {
    let glimpse = scene.glimpse();
    let Some(proposal) = glimpse.proposal else { return Narration::default() };
    let slope = dot(&glimpse.here.gradient, &proposal.direction);
    let rule = scene.run().method().direction.rule();
    let verdict = if slope < 0.0 { "f falls along d" } else { "f does not fall along d" };
    let next = first_try(scene);
    let noise = scene.seen().noise;
    let noise = noise.map_or(String::new(), |noise| format!("; ∇f is seen with noise {}", tuple(noise)));
    Narration {
        now: format!(
            "Direction: {} = {}; slope ∇fᵀd = {}: {verdict}{noise}.",
            rule.formula(),
            tuple(&proposal.direction),
            short(slope)
        ),
        next,
        code: rule.code().into(),
    }
}

/// What follows the direction: the first α that is tried, or α from a formula. Both follow from the settings alone.
fn first_try(scene: &Scene<'_>) -> String {
    match scene.first_trial() {
        Some(alpha) => format!("Next: try α = {}.", short(alpha)),
        None => "Next: the step size α.".into(),
    }
}

fn trial(scene: &Scene<'_>, index: usize) -> Narration {
    let glimpse = scene.glimpse();
    let Some(trial) = glimpse.trials.get(index) else { return Narration::default() };
    let rule = scene.run().method().step_size.rule();
    let after = glimpse.proposal.and_then(|proposal| proposal.own?.after);
    let next = match (glimpse.alpha, after) {
        (Some(_), Some((_, announced))) => format!("Next: {announced}."),
        (Some(alpha), None) if alpha == trial.alpha => "Next: move to x + αd.".into(),
        (Some(alpha), None) => format!("Next: take the best trial, α = {}, and move to x + αd.", short(alpha)),
        (None, _) if scene.gives_up() => "Next: why the search gives up.".into(),
        (None, _) => format!("Next: {}.", rule.after(trial)),
    };
    Narration { now: verdict(trial, index, glimpse.alpha), next, code: rule.code(Some(trial.verdict)).into() }
}

/// What became of a trial; `chosen` is the α that is taken, once the search is over.
fn verdict(trial: &Trial, index: usize, chosen: Option<f64>) -> String {
    let (number, alpha) = (index + 1, short(trial.alpha));
    let meets = trial.decrease().is_some_and(|margin| margin.holds());
    let (value, bound) = match trial.armijo.map(|margin| apart(trial.value, margin.rhs)) {
        Some((value, bound)) => (value, format!(", bound {bound}")),
        None => (short(trial.value), String::new()),
    };
    let slope = trial.slope.map_or(String::new(), |slope| format!(", slope {}", short(slope)));
    let still = if index > 0 { "still " } else { "" };
    match trial.verdict {
        Verdict::Accepted if chosen.is_none() => format!("Trial {number}: at α = {alpha}, f = {value}{slope}."),
        Verdict::Accepted if trial.by_slope().is_some() => {
            format!("Trial {number}: α = {alpha} accepted by its slope: f = {value} is level{slope}.")
        }
        Verdict::Accepted => {
            let room = trial.armijo.map_or(String::new(), |margin| format!(", {} to spare", short(margin.slack())));
            let room = if slope.is_empty() { room } else { slope };
            format!("Trial {number}: α = {alpha} accepted: f = {value}{bound}{room}.")
        }
        Verdict::TooLong if meets => {
            format!("Trial {number}: α = {alpha} is too far: f rises again, f = {value}{slope}.")
        }
        Verdict::TooLong if trial.by_slope().is_some() => {
            let too_steep = trial.by_slope().map_or(String::new(), |margin| exceeds(&margin));
            format!("Trial {number}: α = {alpha} is {still}too long: f = {value} is level, {too_steep}.")
        }
        Verdict::TooLong => {
            format!("Trial {number}: α = {alpha} is {still}too long: f would be {value}{bound}.")
        }
        Verdict::TooShort => {
            format!("Trial {number}: α = {alpha} is {still}too short: f falls on, f = {value}{slope}.")
        }
        Verdict::CurvatureNotMet if trial.armijo.is_none() => {
            format!("Trial {number}: α = {alpha} is the longest allowed: f still falls there, f = {value}{slope}.")
        }
        Verdict::CurvatureNotMet if trial.by_slope().is_some() => {
            format!("Trial {number}: α = {alpha} falls by its slope alone: f = {value} is level{slope}.")
        }
        Verdict::CurvatureNotMet => {
            format!("Trial {number}: α = {alpha} meets Armijo alone: f = {value}{bound}{slope}.")
        }
        Verdict::Narrowed | Verdict::Open => format!("Trial {number}: at α = {alpha}, f = {value}{slope}."),
        Verdict::NotFinite => format!("Trial {number}: α = {alpha} is refused: f is no finite number there ({value})."),
    }
}

/// A slope that is above its bound, and by how much where both read the same.
fn exceeds(margin: &Margin) -> String {
    let (slope, bound) = (short(margin.lhs), short(margin.rhs));
    let by = if slope == bound { format!(" by {}", short(-margin.slack())) } else { String::new() };
    format!("and the slope {slope} exceeds its bound {bound}{by}")
}

fn step_size(scene: &Scene<'_>) -> Narration {
    let glimpse = scene.glimpse();
    let rule = scene.run().method().step_size.rule();
    let mut formula = rule.formula(glimpse.t);
    if let Some(alpha) = glimpse.alpha.map(short).filter(|alpha| !formula.contains(alpha)) {
        formula = format!("{formula}: {alpha}");
    }
    Narration {
        now: format!("Step size: {formula}."),
        next: "Next: move to x + αd.".into(),
        code: rule.code(None).into(),
    }
}

fn movement(glimpse: &Glimpse<'_>) -> Narration {
    let Some(to) = glimpse.to else { return Narration::default() };
    let change = to.value - glimpse.here.value;
    let verb = if change > 0.0 { "rises" } else { "falls" };
    let next = format!("Next: iteration t = {}, at the new point.", glimpse.t + 1);
    if to.point == glimpse.here.point {
        let now = format!("Stay: x = {} does not move; f is still {}.", tuple(&to.point), short(to.value));
        return Narration { now, next, code: "x ← x".into() };
    }
    let has_base = glimpse.proposal.is_some_and(|proposal| proposal.base.is_some());
    let (sum, code) = if has_base { ("x + base + αd", "x ← x + base + αd") } else { ("x + αd", "x ← x + αd") };
    let (before, after) = apart(glimpse.here.value, to.value);
    Narration {
        now: format!("Move: {sum} = {}; f {verb} from {before} to {after}.", tuple(&to.point)),
        next,
        code: code.into(),
    }
}

fn end(scene: &Scene<'_>) -> Narration {
    let (glimpse, run) = (scene.glimpse(), scene.run());
    let Some(ending) = glimpse.ending else { return Narration::default() };
    let class = critical_point(run.objective(), &ending.at, run.start());
    let what = match (ending.reason, class) {
        (Reason::GradientSmall | Reason::StepSmall, Some(class)) => {
            format!(" Critical point: {}, {}.", class.word(), class.because(run.start().len()))
        }
        _ => String::new(),
    };
    let note = ending.note.as_ref().map_or(String::new(), |note| format!(" {}", capital(note)));
    Narration {
        now: format!("The run ends at t = {}: {}.{what}{note}", glimpse.t, ending.sentence),
        next: format!("Reason: {}.", ending.reason.word().replace('-', " ")),
        code: "stop".into(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).chain(['.']).collect())
}

fn rivals_go_on(sitting: &Sitting, scene: &Scene<'_>) -> Narration {
    let is_here = |run: &Run| run.iteration() == sitting.cursor.t;
    let verb = |run: &Run| if run.peek().is_err() { "ended with" } else { "is at" };
    let rivals = sitting.cast.names.iter().zip(&sitting.cast.runs).skip(1).filter(|(_, rival)| is_here(rival));
    let stands = |(name, rival): (&Safe, &Run)| format!("run {name} {} f = {}", verb(rival), short(rival.here().value));
    let mut others: Vec<String> = rivals.map(stands).collect();
    let whose = if others.is_empty() { "the other scenario's" } else { "the rivals'" };
    if let Some(other) = Scene::compared(sitting).filter(|scene| scene.run().iteration() == sitting.cursor.t) {
        others.push(format!("{}f = {}", compared::name(&other), short(other.glimpse().here.value)));
    }
    let others =
        if others.is_empty() { String::new() } else { format!("; at t = {} {}", sitting.cursor.t, others.join(", ")) };
    let next = match (sitting.is_over(), sitting.cast.runs.len()) {
        (true, 2) => "Both runs have ended.".into(),
        (true, _) => "All runs have ended.".into(),
        (false, _) => format!("Next: {whose} next iteration."),
    };
    let now = format!("Run {} ended at t = {}{others}.", scene.name_of(0), scene.run().iteration());
    Narration { now, next, code: String::new() }
}
