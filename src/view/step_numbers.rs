//! Each step-size rule without trials, with its numbers put in.

use crate::app::glimpse::Glimpse;
use crate::app::sitting::Sitting;
use crate::engine::number::product::{dot, norm};
use crate::engine::number::short;
use crate::engine::record::{Proposal, Step};
use crate::engine::rule::list::StepSizeRule;
use crate::engine::step_size::closed::barzilai_borwein::Variant;
use crate::engine::step_size::schedule::cosine_annealing::CosineAnnealing;
use crate::engine::step_size::schedule::warmup_cosine::WarmupCosine;
use crate::engine::theory::curvature::{self, Model};
use crate::objective::point::Vector;
use crate::view::formula::{equation, factor, vector};
use crate::view::lines::Line;
use crate::view::theme::Ink;

/// The α that was chosen without a trial, and what it makes of d.
pub fn step_size(sitting: &Sitting, glimpse: &Glimpse<'_>, proposal: &Proposal) -> Vec<Line> {
    let Some(alpha) = glimpse.alpha else { return Vec::new() };
    let mut lines = chosen(sitting, glimpse, proposal, alpha);
    let d = match proposal.direction.as_slice() {
        [only] => factor(*only),
        entries => vector(entries),
    };
    lines.push(equation("αd", &[format!("{}·{d}", short(alpha)), vector((&proposal.direction * alpha).as_slice())]));
    lines.push(length("‖αd‖", alpha, &proposal.direction));
    lines
}

/// α‖d‖, the length of a step.
pub fn length(name: &str, alpha: f64, d: &Vector) -> Line {
    let length = norm(d);
    let numbers = format!("{}·{}", short(alpha), short(length));
    equation(name, &["α‖d‖".to_owned(), numbers, short(alpha * length)])
}

fn chosen(sitting: &Sitting, glimpse: &Glimpse<'_>, proposal: &Proposal, alpha: f64) -> Vec<Line> {
    let (run, t) = (&sitting.cast.runs[0], glimpse.t);
    let line = match &run.method().step_size {
        StepSizeRule::Polyak(rule) => {
            let square = -dot(&glimpse.here.gradient, &proposal.direction);
            let numbers = format!("({} − {})/{}", short(glimpse.here.value), factor(rule.minimum), short(square));
            equation("α", &["(f − f*)/‖∇f‖²".to_owned(), numbers, short(alpha)])
        }
        StepSizeRule::BarzilaiBorwein(rule) => return secant(rule.variant, glimpse.past.last(), alpha),
        StepSizeRule::OptimalQuadratic(_) => match curvature::look(run.objective(), glimpse.here) {
            Some((hessian, _)) => {
                let model = Model::along(&glimpse.here.gradient, &hessian, &proposal.direction);
                let numbers = format!("{}/{}", short(-model.slope), short(model.bend));
                equation("α*", &["−∇fᵀd/dᵀHd".to_owned(), numbers, short(alpha)])
            }
            None => equation("α*", &[short(alpha)]),
        },
        rule => planned(rule, t, alpha),
    };
    vec![line]
}

/// An α that depends on t alone, with its formula and numbers.
pub fn planned(rule: &StepSizeRule, t: usize, alpha: f64) -> Line {
    match rule {
        StepSizeRule::Fixed(_) => equation("α(t)", &["α".to_owned(), short(alpha)]).then(Ink::Dim, "for every t"),
        StepSizeRule::Diminishing(rule) => {
            let numbers = format!("{}/({t} + 1)", short(rule.alpha0));
            equation("α(t)", &["α₀/(t + 1)".to_owned(), numbers, short(alpha)])
        }
        StepSizeRule::CosineAnnealing(rule) => cosine(rule, t, alpha),
        StepSizeRule::WarmupCosine(rule) => warmup_cosine(rule, t, alpha),
        rule => by_parts(&rule.rule().formula(t), alpha),
    }
}

/// The formula of a rule that writes its own numbers, broken between its equal signs.
fn by_parts(formula: &str, alpha: f64) -> Line {
    match formula.strip_prefix("α = ") {
        Some(rest) => {
            let mut ways: Vec<String> = rest.split(" = ").map(str::to_owned).collect();
            let number = short(alpha);
            // A formula in t says at the end where it was taken.
            if let Some(last) = ways.last_mut().filter(|last| last.starts_with(&number)) {
                *last = number;
            }
            equation("α(t)", &ways)
        }
        None => Line::new(Ink::Text, formula).then(Ink::Emphasis, format!("α(t) = {}", short(alpha))),
    }
}

fn cosine(rule: &CosineAnnealing, t: usize, alpha: f64) -> Line {
    let formula = crate::engine::rule::StepSize::formula(rule, t);
    if !formula.starts_with("α =") {
        return by_parts(&formula, alpha);
    }
    let [low, high] = [rule.alpha_min, rule.alpha0].map(short);
    let numbers = format!("{low} + ½({high} − {low})(1 + cos(π·{t}/{}))", rule.period);
    equation("α(t)", &["α_min + ½(α₀ − α_min)(1 + cos(πt/T))".to_owned(), numbers, short(alpha)])
}

fn warmup_cosine(rule: &WarmupCosine, t: usize, alpha: f64) -> Line {
    let (warmup, period) = (rule.warmup as usize, rule.period as usize);
    if t < warmup {
        let numbers = format!("{}·{t}/{warmup}", short(rule.alpha0));
        return equation("α(t)", &["α₀t/w".to_owned(), numbers, short(alpha)]).then(Ink::Dim, ": warm-up");
    }
    if t >= period {
        return by_parts(&crate::engine::rule::StepSize::formula(rule, t), alpha);
    }
    let [low, high] = [rule.alpha_min, rule.alpha0].map(short);
    let (past, whole) = (t - warmup, period - warmup);
    let numbers = format!("{low} + ½({high} − {low})(1 + cos(π·{past}/{whole}))");
    equation("α(t)", &["α_min + ½(α₀ − α_min)(1 + cos(π(t − w)/(T − w)))".to_owned(), numbers, short(alpha)])
}

/// Barzilai and Borwein's quotient of the last step.
fn secant(variant: Variant, last: Option<&std::sync::Arc<Step>>, alpha: f64) -> Vec<Line> {
    let Some(last) = last else { return vec![equation("α", &["α₀".to_owned(), short(alpha)])] };
    let (s, y) = (last.displacement(), &last.to.gradient - &last.from.gradient);
    let product = s.dot(&y);
    let mut lines = vec![
        equation("s", &["x − x₋".to_owned(), vector(s.as_slice())]),
        equation("y", &["∇f − ∇f₋".to_owned(), vector(y.as_slice())]),
    ];
    let (name, above, below) = match variant {
        Variant::Long => ("sᵀs/sᵀy", s.norm_squared(), product),
        Variant::Short => ("sᵀy/yᵀy", product, y.norm_squared()),
    };
    lines.push(if product > 0.0 {
        equation("α", &[name.to_owned(), format!("{}/{}", short(above), short(below)), short(alpha)])
    } else {
        equation("α", &[short(alpha)]).then(Ink::Warning, ": sᵀy ≤ 0, so the last α stays")
    });
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::record::Beat;
    use crate::engine::rule::method::Method;
    use crate::engine::step_size::closed::barzilai_borwein::BarzilaiBorwein;
    use crate::engine::step_size::closed::lipschitz::Lipschitz;
    use crate::engine::step_size::closed::optimal_quadratic::OptimalQuadratic;
    use crate::engine::step_size::closed::polyak::Polyak;
    use crate::engine::step_size::schedule::step_decay::StepDecay;
    use crate::view::numbers;
    use crate::view::specimen::{THEMES, drawn, fixed, ravine, walk_to};

    /// The numbers of the step size of iteration `t`, in one line each.
    fn seen(step_size: StepSizeRule, t: usize) -> String {
        let mut sitting = ravine(Method { step_size, ..fixed(1.0) });
        sitting.step_while(|sitting| sitting.cursor.t < t);
        walk_to(&mut sitting, Beat::StepSize);
        drawn(110, 22, |area, cells| numbers::draw(&sitting, THEMES[0], true, area, cells))
    }

    #[test]
    fn every_rule_without_trials_puts_its_numbers_in() {
        let cosine = CosineAnnealing { alpha0: 0.1, alpha_min: 0.0, period: 4, ..CosineAnnealing::default() };
        let warm = WarmupCosine { alpha0: 0.08, alpha_min: 0.0, warmup: 2, period: 6 };
        for (rule, t, wanted) in [
            (
                StepSizeRule::StepDecay(StepDecay { alpha0: 0.08, gamma: 0.5, every: 2 }),
                2,
                "α(t) = α₀γ^⌊t/s⌋ = 0.08·0.5^1 = 0.04",
            ),
            // cos(π/2) = 0.
            (StepSizeRule::CosineAnnealing(cosine), 2, "= 0 + ½(0.1 − 0)(1 + cos(π·2/4)) = 0.05"),
            (StepSizeRule::WarmupCosine(warm), 1, "α(t) = α₀t/w = 0.08·1/2 = 0.04: warm-up"),
            (StepSizeRule::WarmupCosine(warm), 4, "= 0 + ½(0.08 − 0)(1 + cos(π·2/4)) = 0.04"),
            // (240 − 0)/2000 and 2000/32400.
            (StepSizeRule::Polyak(Polyak { minimum: 0.0 }), 0, "α = (f − f*)/‖∇f‖² = (240 − 0)/2000 = 0.12"),
            (StepSizeRule::OptimalQuadratic(OptimalQuadratic {}), 0, "α* = −∇fᵀd/dᵀHd = 2000/32400 = 0.06173"),
            (StepSizeRule::Lipschitz(Lipschitz { lipschitz: 20.0 }), 0, "α(t) = 1/L = 1/20 = 0.05"),
            (StepSizeRule::BarzilaiBorwein(BarzilaiBorwein::default()), 0, "α = α₀ = 0.01"),
            // s = −0.01·(40, 20) and y = Hs: sᵀs = 0.2, sᵀy = 20·0.16 + 0.04 = 3.24.
            (StepSizeRule::BarzilaiBorwein(BarzilaiBorwein::default()), 1, "α = sᵀs/sᵀy = 0.2/3.24 = 0.06173"),
        ] {
            let text = seen(rule, t);
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
    }
}
