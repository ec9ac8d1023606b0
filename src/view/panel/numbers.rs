//! The numbers panel: every formula of this sub-step with the numbers put in.

use crate::app::run::scene::Scene;
use crate::app::run::visible::Glimpse;
use crate::engine::number::product::{self, dot, norm};
use crate::engine::number::{apart, limit, short};
use crate::engine::record::ending::{Ending, Reason};
use crate::engine::record::row::angle_from_steepest;
use crate::engine::record::{Beat, Proposal};
use crate::engine::rule::working::{self, MOST_SHOWN, base, factor, index, vector};
use crate::engine::rule::{Direction, StepSize};
use crate::engine::run::stop;
use crate::engine::theory::critical::critical_point;
use crate::engine::theory::curvature::Model;
use crate::objective::point::{Point, Vector};
use crate::view::paper::formula::{equation, line, put_in, set};
use crate::view::paper::lines::Line;
use crate::view::paper::theme::Ink;
use crate::view::paper::words::PanelWords;

/// The formulas of the beat in view, one a line.
pub fn content(scene: &Scene<'_>) -> PanelWords {
    let glimpse = scene.glimpse();
    let (name, lines) = match (scene.beat(), glimpse.proposal) {
        (Beat::Memory, _) => ("memory".to_owned(), memory(scene)),
        (Beat::Direction, Some(proposal)) => ("direction".to_owned(), direction(scene, proposal)),
        (Beat::Trial(number), Some(proposal)) => (format!("trial {}", number + 1), trial(scene, proposal)),
        (Beat::StepSize, Some(proposal)) => ("step size".to_owned(), step_size(scene, proposal)),
        (Beat::Move, Some(proposal)) => ("move".to_owned(), moved(scene, proposal)),
        (Beat::End, _) => ("the end".to_owned(), glimpse.ending.map_or_else(Vec::new, |ending| end(scene, ending))),
        (Beat::Own(own), _) => (own.name.to_owned(), set(scene.own_working()).collect()),
        _ => ("here".to_owned(), here(scene)),
    };
    PanelWords { title: format!("Numbers: {name}"), note: format!("t = {}", glimpse.t), lines, ..PanelWords::default() }
}

fn rule<'a>(scene: &Scene<'a>) -> &'a dyn Direction {
    scene.run().method().direction.rule()
}

fn step_rule<'a>(scene: &Scene<'a>) -> &'a dyn StepSize {
    scene.run().method().step_size.rule()
}

fn here(scene: &Scene<'_>) -> Vec<Line> {
    let (glimpse, run) = (scene.glimpse(), scene.run());
    let sample = glimpse.here;
    let mut lines = vec![equation("x", &[vector(sample.point.as_slice())]), value(scene, &sample.point, sample.value)];
    lines.push(equation("∇f", &[vector(sample.gradient.as_slice())]));
    lines.extend(norms(&sample.gradient));
    let tests = stop::tests(run.limits(), sample, glimpse.past, run.calls());
    // That numbers may cease and runs run away is worth a line only when they do.
    let is_rare = |reason: Reason| matches!(reason, Reason::NotFinite | Reason::Unbounded);
    lines.extend(tests.filter(|test| test.met || !is_rare(test.reason)).map(|asked| test(&asked)));
    lines
}

/// f(x), by the formula of the lesson where it is short.
fn value(scene: &Scene<'_>, point: &Point, value: f64) -> Line {
    let is_short = |text: &&str| text.len() <= 60 && point.len() <= MOST_SHOWN;
    let formula = scene.scenario().subject().formula().filter(is_short).and_then(|text| put_in(text, point.as_slice()));
    equation("f(x)", &formula.into_iter().chain([short(value)]).collect::<Vec<_>>())
}

fn norms(gradient: &Vector) -> [Line; 2] {
    let each = |write: &dyn Fn(f64) -> String, between: &str| {
        gradient.iter().map(|entry| write(*entry)).collect::<Vec<_>>().join(between)
    };
    let (mut length, mut largest) = (vec![short(norm(gradient))], vec![short(gradient.amax())]);
    if (2..=MOST_SHOWN).contains(&gradient.len()) {
        length.insert(0, format!("√({})", each(&|entry| format!("{}²", base(entry)), " + ")));
        largest.insert(0, format!("max({})", each(&|entry| short(entry.abs()), ", ")));
    }
    [equation("‖∇f‖", &length), equation("‖∇f‖∞", &largest)]
}

/// A stop test with both sides.
fn test(test: &stop::Test) -> Line {
    let is_least = matches!(test.reason, Reason::IterationLimit | Reason::EvaluationLimit | Reason::Cycle);
    let sign = match (test.met, is_least || matches!(test.reason, Reason::Unbounded | Reason::NotFinite)) {
        (true, true) if is_least => "≥",
        (true, true) | (false, false) => ">",
        (false, true) if is_least => "<",
        (false, true) | (true, false) => "≤",
    };
    let line = Line::new(Ink::Text, format!("{} = {} {sign} {}", test.quantity, short(test.now), limit(test.limit)));
    if test.met { line.then(Ink::Warning, ": stop") } else { line.then(Ink::Good, ": goes on") }
}

/// What the rule arrives with, each thing with its symbol.
fn memory(scene: &Scene<'_>) -> Vec<Line> {
    let glimpse = scene.glimpse();
    let Some(memory) = glimpse.memory else { return Vec::new() };
    let rule = rule(scene);
    let mut lines: Vec<Line> = set(working::remembered(memory, |name| rule.symbol(name))).collect();
    lines.extend(set(rule.recall(&scene.seen(), memory)));
    lines.push(Line::new(Ink::Dim, rule.recalled(memory)).flush());
    lines
}

/// d, how it comes about, its slope, and its angle to −∇f.
fn direction(scene: &Scene<'_>, proposal: &Proposal) -> Vec<Line> {
    let glimpse = scene.glimpse();
    let (gradient, d) = (&glimpse.here.gradient, &proposal.direction);
    let seen = scene.seen();
    let mut lines = vec![equation("d", &[rule(scene).letters(), vector(d.as_slice())])];
    if let Some(noise) = seen.noise {
        let [exact, noise, sum] = [gradient, noise, &*seen.gradient()].map(|part| vector(part.as_slice()));
        lines.push(equation("∇f seen", &["∇f + noise".to_owned(), format!("{exact} + {noise}"), sum]));
    }
    lines.extend(set(rule(scene).working(&seen, proposal)));
    let slope = dot(gradient, d);
    let products = gradient.iter().zip(d.iter()).map(|(g, d)| format!("{}·{}", factor(*g), factor(*d)));
    let mut ways = vec![short(slope)];
    if d.len() <= MOST_SHOWN {
        ways.insert(0, products.collect::<Vec<_>>().join(" + "));
    }
    let slope_line = equation("∇fᵀd", &ways);
    lines.push(match slope {
        slope if slope < 0.0 => slope_line.then(Ink::Good, "< 0: descent"),
        slope if slope > 0.0 => slope_line.then(Ink::Bad, "> 0: uphill"),
        _ => slope_line.then(Ink::Bad, ": no descent"),
    });
    lines.push(equation("‖d‖", &[short(norm(d))]));
    if let Some(angle) = angle_from_steepest(glimpse.here, d) {
        let cosine = format!("{}/({}·{})", short(-slope), short(norm(gradient)), short(norm(d)));
        lines.push(equation(
            "cos θ",
            &["−∇fᵀd/(‖∇f‖·‖d‖)".to_owned(), cosine, short(-product::cosine(gradient, d).unwrap_or(0.0))],
        ));
        lines.push(equation("θ", &[format!("{}°", short(angle))]).then(Ink::Dim, "between d and −∇f"));
    }
    lines
}

/// The α that was chosen without a trial, and what it makes of d.
fn step_size(scene: &Scene<'_>, proposal: &Proposal) -> Vec<Line> {
    let glimpse = scene.glimpse();
    let Some(alpha) = glimpse.alpha else { return Vec::new() };
    let seen = scene.seen();
    let mut lines: Vec<Line> = set(step_rule(scene).working(&seen, alpha)).collect();
    let d = match proposal.direction.as_slice() {
        [only] => factor(*only),
        entries => vector(entries),
    };
    lines.push(equation("αd", &[format!("{}·{d}", short(alpha)), vector((&proposal.direction * alpha).as_slice())]));
    lines.push(length("‖αd‖", alpha, &proposal.direction));
    lines
}

/// α‖d‖, the length of a step.
fn length(name: &str, alpha: f64, d: &Vector) -> Line {
    let length = norm(d);
    let numbers = format!("{}·{}", short(alpha), short(length));
    equation(name, &["α‖d‖".to_owned(), numbers, short(alpha * length)])
}

fn trial(scene: &Scene<'_>, proposal: &Proposal) -> Vec<Line> {
    let glimpse = scene.glimpse();
    let [before @ .., trial] = glimpse.trials else { return Vec::new() };
    let candidate = proposal.candidate(&glimpse.here.point, trial.alpha);
    let mut lines = vec![line(step_rule(scene).tried(before.last(), trial))];
    let name = &end_of_step(scene, proposal);
    lines.extend(coordinates(name, glimpse, proposal, trial.alpha, &candidate));
    lines.push(equation(&format!("φ(α) = f({name})"), &[short(trial.value)]));
    if let Some(slope) = trial.slope {
        lines.push(equation("φ'(α)", &[short(slope)]));
    }
    lines.extend(set(step_rule(scene).judged(&scene.seen(), trial)));
    lines
}

/// A candidate, coordinate by coordinate, with the numbers put in.
fn coordinates(name: &str, glimpse: &Glimpse<'_>, proposal: &Proposal, alpha: f64, candidate: &Point) -> Vec<Line> {
    let line = |i: usize, name: &str| {
        let base = proposal.base.as_ref().map_or_else(String::new, |base| format!(" + {}", factor(base[i])));
        let (x, d) = (short(glimpse.here.point[i]), factor(proposal.direction[i]));
        equation(name, &[format!("{x}{base} + {}·{d}", short(alpha)), short(candidate[i])])
    };
    if candidate.len() == 1 {
        return vec![line(0, name)];
    }
    let each = (0..candidate.len().min(MOST_SHOWN)).map(|i| line(i, &format!("x{}", index(i + 1))).indented(2));
    [equation(name, &[vector(candidate.as_slice())])].into_iter().chain(each).collect()
}

/// x(α) in symbols.
fn end_of_step(scene: &Scene<'_>, proposal: &Proposal) -> String {
    if proposal.base.is_some() { format!("x + {} + αd", rule(scene).base()) } else { "x + αd".to_owned() }
}

fn moved(scene: &Scene<'_>, proposal: &Proposal) -> Vec<Line> {
    let glimpse = scene.glimpse();
    let (Some(alpha), Some(to)) = (glimpse.alpha, glimpse.to) else { return Vec::new() };
    let here = glimpse.here;
    let name = format!("x₊ = {}", end_of_step(scene, proposal));
    let mut lines: Vec<Line> = set(rule(scene).leaves(proposal, alpha)).collect();
    lines.extend(coordinates(&name, glimpse, proposal, alpha, &to.point));
    lines.push(equation("f(x₊)", &[short(to.value)]));
    let change = to.value - here.value;
    let (after, before) = apart(to.value, here.value);
    let before = if here.value < 0.0 { format!("({before})") } else { before };
    let numbers = format!("{after} − {before}");
    let line = equation("Δf", &["f(x₊) − f(x)".to_owned(), numbers, short(change)]);
    lines.push(match change {
        change if change < 0.0 => line.then(Ink::Good, ": down"),
        change if change > 0.0 => line.then(Ink::Bad, ": up"),
        _ => line,
    });
    lines.extend(model(scene, proposal, alpha, change));
    if proposal.base.is_none() {
        lines.push(length("‖Δx‖", alpha, &proposal.direction));
    }
    lines
}

/// What the quadratic model foretold, against what happened.
fn model(scene: &Scene<'_>, proposal: &Proposal, alpha: f64, change: f64) -> Vec<Line> {
    let here = scene.glimpse().here;
    let Some((hessian, _)) = scene.looked().filter(|_| proposal.base.is_none()) else {
        return Vec::new();
    };
    let model = Model::along(&here.gradient, hessian, &proposal.direction);
    let (first, second) = (alpha * model.slope, 0.5 * alpha * alpha * model.bend);
    let is_plain = proposal.direction == -&here.gradient;
    let terms = if is_plain { "−αgᵀg + ½α²gᵀHg" } else { "α∇fᵀd + ½α²dᵀHd" };
    let numbers = format!("{} + {}", short(first), factor(second));
    let off = change - (first + second);
    let scale = here.value.abs() + first.abs() + second.abs() + change.abs();
    let verdict = if off.abs() <= 1e-12 * scale {
        Line::new(Ink::Good, "Δf is what the model foretold")
    } else {
        equation("Δf − model", &[short(off)])
    };
    vec![equation("model", &[terms.to_owned(), numbers, short(first + second)]), verdict]
}

fn end(scene: &Scene<'_>, ending: &Ending) -> Vec<Line> {
    let mut lines = vec![Line::new(Ink::Emphasis, ending.sentence.clone())];
    lines.extend(ending.note.iter().map(|note| Line::new(Ink::Warning, note.clone())));
    let run = scene.run();
    let class = critical_point(run.objective(), &ending.at, run.start());
    if let Some(class) = class.filter(|_| scene.foretold().is_ok()) {
        let because = class.because(ending.at.point.len());
        lines.push(Line::new(Ink::Text, format!("critical point: {}, {because}", class.word())));
    }
    lines.push(equation("x", &[vector(ending.at.point.as_slice())]));
    lines.push(value(scene, &ending.at.point, ending.at.value));
    lines.extend(norms(&ending.at.gradient));
    let calls = format!("evaluations: f {}  ∇f {}", ending.calls.value, ending.calls.gradient);
    lines.push(Line::new(Ink::Dim, calls));
    lines
}

#[cfg(test)]
mod tests;
