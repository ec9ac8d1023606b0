//! One sentence a sub-step: what was just done, what is next, and the line of pseudo-code that does it.

use crate::app::glimpse::Glimpse;
use crate::app::sitting::{Sitting, Standing};
use crate::engine::curvature;
use crate::engine::ending::Reason;
use crate::engine::method::{DirectionRule, StepSizeRule};
use crate::engine::number::short;
use crate::engine::record::{Beat, Trial, Verdict};
use crate::engine::run::Run;
use crate::objective::point::Vector;

/// What is told of a beat.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// What was just done, with its numbers.
    pub now: String,
    /// What comes next; empty while a question is open.
    pub next: String,
    /// The line of pseudo-code.
    pub code: String,
}

/// Tells the beat in view.
pub fn tell(sitting: &Sitting) -> Told {
    let run = &sitting.cast.runs[0];
    let glimpse = Glimpse::of(sitting);
    let mut told = if run.iteration() < sitting.cursor.t {
        rivals_go_on(sitting, run)
    } else {
        match sitting.beat() {
            Beat::Here => here(run, &glimpse),
            Beat::Memory => Told {
                now: "The rule looks up what it remembers of the steps before.".into(),
                next: "Next: combine it with ∇f into a direction.".into(),
                code: "recall".into(),
            },
            Beat::Direction => direction(run, &glimpse),
            Beat::Trial(index) => trial(run, &glimpse, index),
            Beat::StepSize => step_size(run, &glimpse),
            Beat::Move => movement(&glimpse),
            Beat::End => end(run, &glimpse),
        }
    };
    if sitting.standing() == Standing::Asked {
        told.next = "Next: your prediction. The run goes on once you have answered.".into();
    }
    told
}

/// A point or vector in brackets: `(2, 20)`; long ones by their first coordinates.
pub fn tuple(vector: &Vector) -> String {
    const MOST: usize = 4;
    let mut parts: Vec<String> = vector.iter().take(MOST).map(|number| short(*number)).collect();
    if vector.len() > MOST {
        parts.push("…".into());
    }
    format!("({})", parts.join(", "))
}

fn here(run: &Run, glimpse: &Glimpse<'_>) -> Told {
    let here = glimpse.here;
    let at = format!("x = {}, f = {}, ‖∇f‖ = {}", tuple(&here.point), short(here.value), short(here.gradient.norm()));
    let now = match glimpse.past.last() {
        None => format!("Start: {at}."),
        Some(last) if here.value > last.from.value => {
            format!(
                "α = {} took f up to {}, from {}: {at}.",
                short(last.alpha),
                short(here.value),
                short(last.from.value)
            )
        }
        Some(last) => {
            format!("α = {} took f from {} to {}: {at}.", short(last.alpha), short(last.from.value), short(here.value))
        }
    };
    Told {
        now,
        next: "Next: choose a direction d.".into(),
        code: format!("while ‖∇f‖∞ > {}", short(run.limits().gradient)),
    }
}

fn direction(run: &Run, glimpse: &Glimpse<'_>) -> Told {
    let Some(proposal) = glimpse.proposal else { return Told::default() };
    let slope = glimpse.here.gradient.dot(&proposal.direction);
    let (name, code) = match &run.method().direction {
        DirectionRule::SteepestDescent(rule) if rule.normalize => ("d = −∇f/‖∇f‖".to_owned(), "d ← −∇f(x)/‖∇f(x)‖"),
        DirectionRule::SteepestDescent(_) => ("d = −∇f".to_owned(), "d ← −∇f(x)"),
        DirectionRule::Rotated(rule) => (format!("−∇f turned by {}°: d", short(rule.degrees)), "d ← turned −∇f(x)"),
    };
    let verdict = if slope < 0.0 { "f falls along d" } else { "f does not fall along d" };
    let next = match &run.method().step_size {
        StepSizeRule::Fixed(_) | StepSizeRule::Diminishing(_) => {
            "Next: take the step size α from its formula.".to_owned()
        }
        StepSizeRule::Backtracking(_) => format!("Next: {}.", first_try(run)),
    };
    Told {
        now: format!("Direction: {name} = {}; slope ∇fᵀd = {}: {verdict}.", tuple(&proposal.direction), short(slope)),
        next,
        code: code.into(),
    }
}

fn first_try(run: &Run) -> String {
    let trials = match run.peek() {
        Ok(step) => &step.trials[..],
        Err(ending) => ending.attempt.as_ref().map_or(&[][..], |(_, trials)| &trials[..]),
    };
    trials.first().map_or("look for a step size".into(), |trial| format!("try α = {}", short(trial.alpha)))
}

fn trial(run: &Run, glimpse: &Glimpse<'_>, index: usize) -> Told {
    let Some(trial) = glimpse.trials.get(index) else { return Told::default() };
    let alpha = short(trial.alpha);
    let (value, bound) = (short(trial.value), trial.armijo.map_or(String::new(), |margin| short(margin.rhs)));
    let number = index + 1;
    match trial.verdict {
        Verdict::Accepted => Told {
            now: format!(
                "Trial {number}: α = {alpha} is accepted: f will be {value}, the bound is {bound}{}.",
                room(trial)
            ),
            next: "Next: move to x + αd.".into(),
            code: "φ(α) ≤ bound: end while".into(),
        },
        Verdict::TooLong | Verdict::Open => Told {
            now: format!(
                "Trial {number}: α = {alpha} is {}too long: f would be {value}, the bound is {bound}.",
                if index > 0 { "still " } else { "" }
            ),
            next: shrink(run, glimpse),
            code: "while φ(α) > bound: α ← τα".into(),
        },
        Verdict::NotFinite => Told {
            now: format!("Trial {number}: α = {alpha} is refused: f is no finite number there ({value})."),
            next: shrink(run, glimpse),
            code: "while φ(α) > bound: α ← τα".into(),
        },
    }
}

fn room(trial: &Trial) -> String {
    trial.armijo.map_or(String::new(), |margin| format!(", {} to spare", short(margin.slack())))
}

fn shrink(run: &Run, glimpse: &Glimpse<'_>) -> String {
    let is_last = run
        .peek()
        .is_err_and(|ending| ending.attempt.as_ref().is_some_and(|(_, trials)| trials.len() == glimpse.trials.len()));
    match &run.method().step_size {
        _ if is_last => "Next: why the search gives up.".into(),
        StepSizeRule::Backtracking(rule) => format!("Next: shrink α by τ = {} and try again.", short(rule.tau)),
        StepSizeRule::Fixed(_) | StepSizeRule::Diminishing(_) => "Next: try again.".into(),
    }
}

fn step_size(run: &Run, glimpse: &Glimpse<'_>) -> Told {
    let alpha = short(glimpse.alpha.unwrap_or(f64::NAN));
    let (now, code) = match &run.method().step_size {
        StepSizeRule::Fixed(_) => (format!("Step size: α = {alpha}, the same every time."), format!("α ← {alpha}")),
        StepSizeRule::Diminishing(rule) => (
            format!("Step size: α = α₀/(t+1) = {}/{} = {alpha}.", short(rule.alpha0), glimpse.t + 1),
            "α ← α₀/(t+1)".to_owned(),
        ),
        StepSizeRule::Backtracking(_) => (format!("Step size: α = {alpha}."), String::new()),
    };
    Told { now, next: "Next: move to x + αd.".into(), code }
}

fn movement(glimpse: &Glimpse<'_>) -> Told {
    let Some(to) = glimpse.to else { return Told::default() };
    let change = to.value - glimpse.here.value;
    let verb = if change > 0.0 { "rises" } else { "falls" };
    Told {
        now: format!(
            "Move: x + αd = {}; f {verb} from {} to {}.",
            tuple(&to.point),
            short(glimpse.here.value),
            short(to.value)
        ),
        next: format!("Next: iteration t = {}, with the gradient at the new point.", glimpse.t + 1),
        code: "x ← x + αd".into(),
    }
}

fn end(run: &Run, glimpse: &Glimpse<'_>) -> Told {
    let Some(ending) = glimpse.ending else { return Told::default() };
    let class = curvature::critical_point(run.objective(), &ending.at);
    let what = match (ending.reason, class) {
        (Reason::GradientSmall | Reason::StepSmall, Some(class)) => format!(" By the eigenvalues: {}.", class.word()),
        _ => String::new(),
    };
    let note = ending.note.as_ref().map_or(String::new(), |note| format!(" {}", capital(note)));
    Told {
        now: format!("The run ends at t = {}: {}.{what}{note}", glimpse.t, ending.sentence),
        next: format!("Reason: {}.", ending.reason.word().replace('-', " ")),
        code: "stop".into(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).chain(['.']).collect())
}

fn rivals_go_on(sitting: &Sitting, run: &Run) -> Told {
    let others: Vec<String> = sitting
        .cast
        .names
        .iter()
        .zip(&sitting.cast.runs)
        .skip(1)
        .filter(|(_, rival)| rival.iteration() == sitting.cursor.t)
        .map(|(name, rival)| format!("run {} is at f = {}", name.as_str(), short(rival.here().value)))
        .collect();
    Told {
        now: format!("Run {} ended at t = {}; {}.", sitting.cast.names[0].as_str(), run.iteration(), others.join(", ")),
        next: "Next: the rivals' next iteration.".into(),
        code: String::new(),
    }
}
