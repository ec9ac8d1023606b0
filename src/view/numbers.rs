//! The numbers panel: every formula of this sub-step with the numbers put in.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::app::glimpse::Glimpse;
use crate::app::sitting::Sitting;
use crate::engine::number::product::{dot, norm};
use crate::engine::number::{apart, short};
use crate::engine::record::ending::{Ending, Reason};
use crate::engine::record::trial::{Margin, Trial, Verdict};
use crate::engine::record::{Beat, Proposal};
use crate::engine::run::stop;
use crate::engine::theory::critical::critical_point;
use crate::engine::theory::curvature::{self, Model};
use crate::objective::point::{Point, Vector};
use crate::view::direction_numbers::{base_symbol, direction, memory, velocity};
use crate::view::formula::{MOST_SHOWN, base, equation, factor, index, put_in, vector};
use crate::view::lines::{self, Line};
use crate::view::own_beats;
use crate::view::step_numbers::{length, step_size};
use crate::view::theme::{Ink, Theme};

/// Draws the formulas of the beat in view, one a line.
pub fn draw(sitting: &Sitting, theme: Theme, is_focus: bool, area: Rect, cells: &mut Buffer) {
    let glimpse = Glimpse::of(sitting);
    let beat = sitting.beat();
    let (name, content) = match (beat, glimpse.proposal) {
        (Beat::Memory, _) => ("memory".to_owned(), glimpse.memory.map_or_else(Vec::new, |kept| memory(sitting, kept))),
        (Beat::Direction, Some(proposal)) => ("direction".to_owned(), direction(sitting, &glimpse, proposal)),
        (Beat::Trial(number), Some(proposal)) => (format!("trial {}", number + 1), trial(sitting, &glimpse, proposal)),
        (Beat::StepSize, Some(proposal)) => ("step size".to_owned(), step_size(sitting, &glimpse, proposal)),
        (Beat::Move, Some(proposal)) => ("move".to_owned(), moved(sitting, &glimpse, proposal)),
        (Beat::End, _) => ("the end".to_owned(), glimpse.ending.map_or_else(Vec::new, |ending| end(sitting, ending))),
        (Beat::Residuals | Beat::Model | Beat::Try | Beat::Signs | Beat::Verdict, _) => {
            own_beats::numbers(&sitting.cast.runs[0], &glimpse, beat)
        }
        _ => ("here".to_owned(), here(sitting, &glimpse)),
    };
    let title = format!("Numbers: {name}");
    lines::panel(&title, &format!("t = {}", glimpse.t), &content, is_focus, theme, area, cells);
}

fn setting(sitting: &Sitting, path: &str) -> Option<f64> {
    sitting.cast.runs[0].method().get(path)?.as_float()
}

fn here(sitting: &Sitting, glimpse: &Glimpse<'_>) -> Vec<Line> {
    let (sample, run) = (glimpse.here, &sitting.cast.runs[0]);
    let mut lines =
        vec![equation("x", &[vector(sample.point.as_slice())]), value(sitting, &sample.point, sample.value)];
    lines.push(equation("∇f", &[vector(sample.gradient.as_slice())]));
    lines.extend(norms(&sample.gradient));
    let tests = stop::tests(run.limits(), sample, glimpse.past, run.calls());
    // That numbers may cease and runs run away is worth a line only when they do.
    let is_rare = |reason: Reason| matches!(reason, Reason::NotFinite | Reason::Unbounded);
    lines.extend(tests.filter(|test| test.met || !is_rare(test.reason)).map(|asked| test(&asked)));
    lines
}

/// f(x), by the formula of the lesson where it is short.
fn value(sitting: &Sitting, point: &Point, value: f64) -> Line {
    let is_short = |text: &&str| text.len() <= 60 && point.len() <= MOST_SHOWN;
    let formula = sitting.subject().formula().filter(is_short).and_then(|text| put_in(text, point.as_slice()));
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

/// A limit as it is written: `1e-8`, not `1.0e-8`.
fn limit(limit: f64) -> String {
    short(limit).replacen(".0e", "e", 1)
}

fn trial(sitting: &Sitting, glimpse: &Glimpse<'_>, proposal: &Proposal) -> Vec<Line> {
    let [before @ .., trial] = glimpse.trials else { return Vec::new() };
    let candidate = proposal.candidate(&glimpse.here.point, trial.alpha);
    let mut lines = vec![tried(sitting, glimpse, before, trial.alpha)];
    let name = &end_of_step(sitting, proposal);
    lines.extend(coordinates(name, glimpse, proposal, trial.alpha, &candidate));
    lines.push(equation(&format!("φ(α) = f({name})"), &[short(trial.value)]));
    if let Some(slope) = trial.slope {
        lines.push(equation("φ'(α)", &[short(slope)]));
    }
    let Some(armijo) = trial.armijo else { return lines };
    let slope = dot(&glimpse.here.gradient, &proposal.direction);
    let mut ways = vec![short(armijo.rhs)];
    if let Some(gamma) = setting(sitting, "step_size.gamma1") {
        let numbers = [glimpse.here.value, gamma, trial.alpha, slope].map(factor);
        ways.insert(0, format!("{} + {}·{}·{}", short(glimpse.here.value), numbers[1], numbers[2], numbers[3]));
        ways.insert(0, "f + γ₁α∇fᵀd".to_owned());
    }
    lines.push(equation("bound", &ways));
    let (mut difference, mut decides) = ("bound − φ(α)", armijo);
    if let Some(steepness) = trial.by_slope() {
        lines.extend(slope_decides(sitting, glimpse, &armijo, &steepness, slope));
        (difference, decides) = ("slope bound − φ'(α)", steepness);
    }
    let numbers = format!("{} − {}", short(decides.rhs), factor(decides.lhs));
    let margin = equation("margin", &[difference.to_owned(), numbers, short(decides.slack())]);
    lines.push(match (trial.verdict, decides.holds()) {
        (Verdict::NotFinite, _) => margin.then(Ink::Bad, ": f is not finite there"),
        (Verdict::Accepted, _) => margin.then(Ink::Good, "≥ 0: accepted"),
        (_, true) => margin.then(Ink::Good, "≥ 0: holds"),
        (_, false) => margin.then(Ink::Bad, "< 0: too long"),
    });
    if let Some(curvature) = trial.curvature {
        let name = if trial.slope.is_some() { "curvature" } else { "lower line" };
        let sides = format!("{name}: {} ≤ {}", short(curvature.lhs), short(curvature.rhs));
        let line = Line::new(Ink::Text, sides);
        lines.push(if curvature.holds() { line.then(Ink::Good, ": holds") } else { line.then(Ink::Bad, ": fails") });
    }
    lines
}

/// Why values do not decide on the decrease, and the bound of the slope, which does.
fn slope_decides(
    sitting: &Sitting,
    glimpse: &Glimpse<'_>,
    armijo: &Margin,
    steepness: &Margin,
    slope: f64,
) -> [Line; 2] {
    let demand = sitting.cast.runs[0].method_at(glimpse.t).step_size.rule().demand();
    let epsilon = demand.and_then(|demand| demand.epsilon());
    let why = match epsilon {
        _ if armijo.rhs == glimpse.here.value => "γ₁α∇fᵀd is lost in rounding: the slope decides".to_owned(),
        Some(epsilon) => format!("φ(α) ≤ f + ε|f|, ε = {}: approximate Wolfe, the slope decides", limit(epsilon)),
        None => "φ(α) and bound differ by rounding: the slope decides".to_owned(),
    };
    let mut ways = vec!["(2γ₁ − 1)∇fᵀd".to_owned(), short(steepness.rhs)];
    if let Some(gamma) = setting(sitting, "step_size.gamma1") {
        ways.insert(1, format!("(2·{} − 1)·{}", factor(gamma), factor(slope)));
    }
    [Line::new(Ink::Text, why), equation("slope bound", &ways)]
}

/// Where the α of a trial comes from.
fn tried(sitting: &Sitting, glimpse: &Glimpse<'_>, before: &[Trial], alpha: f64) -> Line {
    let last = glimpse.past.last().map(|step| step.alpha);
    match (before.last(), setting(sitting, "step_size.tau"), setting(sitting, "step_size.initial")) {
        (Some(before), Some(tau), _) => {
            let numbers = format!("= {}·{}", short(tau), short(before.alpha));
            Line::new(Ink::Text, "α ← τ·α").then(Ink::Text, numbers).then(Ink::Emphasis, format!("= {}", short(alpha)))
        }
        (None, _, Some(initial)) if initial == alpha => equation("α", &["α_init".to_owned(), short(alpha)]),
        (None, Some(tau), _) if last.is_some_and(|last| last / tau == alpha) => {
            let numbers = format!("{}/{}", short(alpha * tau), short(tau));
            equation("α", &["αₜ₋₁/τ".to_owned(), numbers, short(alpha)])
        }
        _ => equation("α", &[short(alpha)]),
    }
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
fn end_of_step(sitting: &Sitting, proposal: &Proposal) -> String {
    if proposal.base.is_some() { format!("x + {} + αd", base_symbol(sitting)) } else { "x + αd".to_owned() }
}

fn moved(sitting: &Sitting, glimpse: &Glimpse<'_>, proposal: &Proposal) -> Vec<Line> {
    let (Some(alpha), Some(to)) = (glimpse.alpha, glimpse.to) else { return Vec::new() };
    let here = glimpse.here;
    let name = format!("x₊ = {}", end_of_step(sitting, proposal));
    let mut lines: Vec<Line> = velocity(sitting, proposal, alpha).into_iter().collect();
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
    lines.extend(model(sitting, glimpse, proposal, alpha, change));
    if proposal.base.is_none() {
        lines.push(length("‖Δx‖", alpha, &proposal.direction));
    }
    lines
}

/// What the quadratic model foretold, against what happened.
fn model(sitting: &Sitting, glimpse: &Glimpse<'_>, proposal: &Proposal, alpha: f64, change: f64) -> Vec<Line> {
    let (objective, here) = (sitting.cast.runs[0].objective(), glimpse.here);
    let Some((hessian, _)) = curvature::look(objective, here).filter(|_| proposal.base.is_none()) else {
        return Vec::new();
    };
    let model = Model::along(&here.gradient, &hessian, &proposal.direction);
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

fn end(sitting: &Sitting, ending: &Ending) -> Vec<Line> {
    let mut lines = vec![Line::new(Ink::Emphasis, ending.sentence.clone())];
    lines.extend(ending.note.iter().map(|note| Line::new(Ink::Warning, note.clone())));
    let run = &sitting.cast.runs[0];
    let class = critical_point(run.objective(), &ending.at, run.start()).filter(|_| !sitting.keeps_secret());
    if let Some(class) = class {
        let because = class.because(ending.at.point.len());
        lines.push(Line::new(Ink::Text, format!("critical point: {}, {because}", class.word())));
    }
    lines.push(equation("x", &[vector(ending.at.point.as_slice())]));
    lines.push(value(sitting, &ending.at.point, ending.at.value));
    lines.extend(norms(&ending.at.gradient));
    let calls = format!("evaluations: f {}  ∇f {}", ending.calls.value, ending.calls.gradient);
    lines.push(Line::new(Ink::Dim, calls));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::direction::slope::steepest_descent::SteepestDescent;
    use crate::engine::rule::list::{DirectionRule, StepSizeRule};
    use crate::engine::rule::method::Method;
    use crate::engine::step_size::schedule::diminishing::Diminishing;
    use crate::engine::step_size::search::backtracking::Backtracking;
    use crate::engine::step_size::search::hager_zhang::HagerZhang;
    use crate::lesson::schema::Grain;
    use crate::view::specimen::{THEMES, backtracking, draw_at_every_size, drawn, fixed, lesson, ravine, walk_to};

    fn seen(sitting: &Sitting) -> String {
        drawn(90, 22, |area, cells| draw(sitting, THEMES[0], true, area, cells))
    }

    fn sees(sitting: &Sitting, wanted: &[&str]) {
        let text = seen(sitting);
        for wanted in wanted {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
    }

    #[test]
    fn the_beats_of_backtracking_show_their_numbers() {
        let mut sitting = ravine(backtracking());
        sees(
            &sitting,
            &[
                "x = (2, 20)",
                "f(x) = 10·2² + 20²/2 = 240",
                "∇f = (40, 20)",
                "‖∇f‖ = √(40² + 20²) = 44.72",
                "‖∇f‖∞ = max(40, 20) = 40",
                "‖∇f‖∞ = 40 > 1e-8: goes on",
                "t = 0 < 1000: goes on",
            ],
        );
        assert!(!seen(&sitting).contains("αd") && !seen(&sitting).contains("∇fᵀd"));
        walk_to(&mut sitting, Beat::Direction);
        sees(&sitting, &["d = −∇f = (−40, −20)", "= −2000 < 0: descent", "θ = 0°"]);
        assert!(!seen(&sitting).contains("bound"));
        walk_to(&mut sitting, Beat::Trial(3));
        sees(
            &sitting,
            &[
                "α ← τ·α = 0.5·0.25 = 0.125",
                "x + αd = (−3, 17.5)",
                "x₁ = 2 + 0.125·(−40) = −3",
                "φ(α) = f(x + αd) = 243.1",
                "bound = f + γ₁α∇fᵀd = 240 + 0.1·0.125·(−2000) = 215",
                "margin = bound − φ(α) = 215 − 243.1 = −28.12",
                "< 0: too long",
            ],
        );
        assert!(!seen(&sitting).contains("0.0625"));
        walk_to(&mut sitting, Beat::Trial(4));
        sees(&sitting, &["≥ 0: accepted"]);
        walk_to(&mut sitting, Beat::Move);
        sees(
            &sitting,
            &[
                "x₂ = 20 + 0.0625·(−20) = 18.75",
                "Δf = f(x₊) − f(x) = 178.3 − 240 = −61.72: down",
                "model = −αgᵀg + ½α²gᵀHg = −125 + 63.28 = −61.72",
                "Δf is what the model foretold",
                "‖Δx‖ = α‖d‖ = 0.0625·44.72 = 2.795",
            ],
        );
    }

    /// f = eˣ + e⁻ˣ at 2·10⁻⁷: γ₁α∇fᵀd = −1.6·10⁻¹⁷ is lost in 2, so that the slope decides: of a flip, then of the minimum.
    #[test]
    fn where_the_decrease_is_lost_in_rounding_the_test_of_the_slope_is_shown() {
        let search = Backtracking { initial: 1.0, gamma1: 1e-4, ..Backtracking::default() };
        let method = Method { step_size: StepSizeRule::Backtracking(search), ..fixed(1.0) };
        let mut sitting = Sitting::open(lesson("exp(x1)+exp(-x1)", &[2e-7], &[method])).unwrap();
        walk_to(&mut sitting, Beat::Trial(0));
        sees(
            &sitting,
            &[
                "γ₁α∇fᵀd is lost in rounding: the slope decides",
                "slope bound = (2γ₁ − 1)∇fᵀd = (2·0.0001 − 1)·(−1.6e-13)",
                "margin = slope bound − φ'(α)",
                "< 0: too long",
            ],
        );
        let told = crate::view::story::tell(&sitting).now;
        assert!(told.contains("α = 1 is too long: f = 2 is level, and the slope 1.6e-13 exceeds"), "{told}");
        walk_to(&mut sitting, Beat::Trial(1));
        sees(&sitting, &["the slope decides", "≥ 0: accepted"]);
        let told = crate::view::story::tell(&sitting).now;
        assert!(told.contains("α = 0.5 accepted by its slope: f = 2 is level"), "{told}");
    }

    /// Hager and Zhang accept α = 1000 on −x/(x²+2) by the slope, since f does not rise: nothing is lost in rounding there.
    #[test]
    fn approximate_wolfe_is_called_so() {
        let direction = DirectionRule::SteepestDescent(SteepestDescent { normalize: true });
        let search = HagerZhang { initial: 1000.0, gamma1: 0.001, gamma2: 0.1, ..HagerZhang::default() };
        let method = Method { direction, step_size: StepSizeRule::HagerZhang(search) };
        let mut sitting = Sitting::open(lesson("-x1/(x1^2+2)", &[0.0], &[method])).unwrap();
        walk_to(&mut sitting, Beat::Trial(0));
        sees(
            &sitting,
            &["φ(α) ≤ f + ε|f|, ε = 1e-6: approximate Wolfe", "(2·0.001 − 1)·(−0.5) = 0.499", "≥ 0: accepted"],
        );
        assert!(!seen(&sitting).contains("rounding"));
    }

    #[test]
    fn step_sizes_from_a_formula_show_it() {
        let mut sitting = ravine(fixed(0.05));
        assert!(!seen(&sitting).contains("0.05"));
        walk_to(&mut sitting, Beat::StepSize);
        sees(&sitting, &["α(t) = α = 0.05  for every t", "αd = 0.05·(−40, −20) = (−2, −1)"]);
        let shrinking = Method { step_size: StepSizeRule::Diminishing(Diminishing { alpha0: 0.06 }), ..fixed(1.0) };
        let mut sitting = ravine(shrinking);
        sitting.forward(Grain::Iteration);
        walk_to(&mut sitting, Beat::StepSize);
        sees(&sitting, &["α(t) = α₀/(t + 1) = 0.06/(1 + 1) = 0.03"]);
    }

    #[test]
    fn one_coordinate_is_a_number() {
        let mut sitting = Sitting::open(lesson("x^4", &[1.0], &[fixed(0.05)])).unwrap();
        sees(&sitting, &["x = 1", "f(x) = 1⁴ = 1"]);
        walk_to(&mut sitting, Beat::StepSize);
        sees(&sitting, &["αd = 0.05·(−4) = −0.2"]);
        walk_to(&mut sitting, Beat::Move);
        sees(&sitting, &["x₊ = x + αd = 1 + 0.05·(−4) = 0.8", "Δf − model = −0.0304"]);
    }

    #[test]
    fn the_end_says_why() {
        let mut sitting = Sitting::open(lesson("x1^2 - x2^2", &[0.0, 0.0], &[fixed(0.1)])).unwrap();
        sees(&sitting, &["‖∇f‖∞ = 0 ≤ 1e-8: stop"]);
        sitting.step();
        sees(&sitting, &["the start is a critical point already", "critical point: saddle, λ of both signs"]);
    }

    #[test]
    fn many_coordinates_are_counted() {
        let sum: Vec<String> = (1..=9).map(|i| format!("x{i}^4")).collect();
        let mut sitting = Sitting::open(lesson(&sum.join("+"), &[1.0; 9], &[fixed(0.1)])).unwrap();
        sees(&sitting, &["… 5 more)"]);
        walk_to(&mut sitting, Beat::Move);
        sees(&sitting, &["Δf − model ="]);
    }

    #[test]
    fn every_size_of_every_beat_is_drawn() {
        let mut sitting = ravine(backtracking());
        for beat in [Beat::Here, Beat::Direction, Beat::Trial(2), Beat::Move] {
            walk_to(&mut sitting, beat);
            draw_at_every_size(|theme, area, cells| draw(&sitting, theme, false, area, cells));
        }
        sitting.forward(Grain::Run);
        draw_at_every_size(|theme, area, cells| draw(&sitting, theme, false, area, cells));
    }
}
