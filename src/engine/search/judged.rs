//! How a trial was judged: both sides of each condition, their numbers put in.

use crate::engine::number::{limit, short};
use crate::engine::record::trial::{Knot, Margin, Trial, Verdict};
use crate::engine::rule::working::{Equation, Tone, Working, factor};

/// The conditions that decided about a trial, from φ(0) and φ'(0). γ₁ is told where the rule has it under this letter, ε
/// where f may rise by ε|f|. Nothing is told of a trial on which no condition was put.
pub fn judged(trial: &Trial, from: &Knot, gamma1: Option<f64>, epsilon: Option<f64>) -> Working {
    let Some(armijo) = trial.armijo else { return Working::new() };
    let mut ways = vec![short(armijo.rhs)];
    if let Some(gamma) = gamma1 {
        let [gamma, alpha, slope] = [gamma, trial.alpha, from.slope].map(factor);
        ways.insert(0, format!("{} + {gamma}·{alpha}·{slope}", short(from.value)));
        ways.insert(0, "f + γ₁α∇fᵀd".to_owned());
    }
    let mut working = vec![Equation::new("bound", ways)];
    let (mut difference, mut decides) = ("bound − φ(α)", armijo);
    if let Some(steepness) = trial.by_slope() {
        working.extend(slope_decides(from, &armijo, &steepness, gamma1, epsilon));
        (difference, decides) = ("slope bound − φ'(α)", steepness);
    }
    let numbers = format!("{} − {}", short(decides.rhs), factor(decides.lhs));
    let margin = Equation::new("margin", [difference.to_owned(), numbers, short(decides.slack())]);
    working.push(match (trial.verdict, decides.holds()) {
        (Verdict::NotFinite, _) => margin.noted(Tone::Bad, ": f is not finite there"),
        (Verdict::Accepted, _) => margin.noted(Tone::Good, "≥ 0: accepted"),
        (_, true) => margin.noted(Tone::Good, "≥ 0: holds"),
        (_, false) => margin.noted(Tone::Bad, "< 0: too long"),
    });
    if let Some(curvature) = trial.curvature {
        let name = if trial.slope.is_some() { "curvature" } else { "lower line" };
        let sides = Equation::text(format!("{name}: {} ≤ {}", short(curvature.lhs), short(curvature.rhs)));
        let (tone, verdict) = if curvature.holds() { (Tone::Good, ": holds") } else { (Tone::Bad, ": fails") };
        working.push(sides.noted(tone, verdict));
    }
    working
}

/// Why values do not decide on the decrease, and the bound of the slope, which does.
fn slope_decides(
    from: &Knot,
    armijo: &Margin,
    steepness: &Margin,
    gamma1: Option<f64>,
    epsilon: Option<f64>,
) -> [Equation; 2] {
    let why = match epsilon {
        _ if armijo.rhs == from.value => "γ₁α∇fᵀd is lost in rounding: the slope decides".to_owned(),
        Some(epsilon) => format!("φ(α) ≤ f + ε|f|, ε = {}: approximate Wolfe, the slope decides", limit(epsilon)),
        None => "φ(α) and bound differ by rounding: the slope decides".to_owned(),
    };
    let mut ways = vec!["(2γ₁ − 1)∇fᵀd".to_owned(), short(steepness.rhs)];
    if let Some(gamma) = gamma1 {
        ways.insert(1, format!("(2·{} − 1)·{}", factor(gamma), factor(from.slope)));
    }
    [Equation::text(why), Equation::new("slope bound", ways)]
}
