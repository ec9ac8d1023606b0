//! What line searches have in common: they refuse to go uphill, look for an interval, and know when to give up.

use crate::engine::condition::Demand;
use crate::engine::ending::{Reason, Stuck};
use crate::engine::line::Line;
use crate::engine::number::short;
use crate::engine::rule::{Domain, Parameter};
use crate::engine::trial::{Knot, Phase, Verdict};

/// The longest α that a search tries, unless it is told otherwise.
pub const LONGEST: f64 = 65536.0;

/// Enough halvings to fall from the largest double to the smallest; an uncapped loop may never end.
pub const MOST_TRIALS: usize = 1100;

/// So often is an interval narrowed once it holds a point that meets Armijo.
const MOST_PINPOINTS: usize = 30;

/// `initial`, the same in every search.
pub const INITIAL: Parameter =
    Parameter { name: "initial", symbol: "α_init", meaning: "first α tried", domain: Domain::Positive };

/// `gamma1`, the same in every search.
pub const GAMMA1: Parameter =
    Parameter { name: "gamma1", symbol: "γ₁", meaning: "share of the decrease", domain: Domain::Between(0.0, 1.0) };

/// `gamma2`, the same in every Wolfe search.
pub const GAMMA2: Parameter =
    Parameter { name: "gamma2", symbol: "γ₂", meaning: "share of the slope", domain: Domain::Between(0.0, 1.0) };

/// `growth`, the same in every search that brackets.
pub const GROWTH: Parameter =
    Parameter { name: "growth", symbol: "σ", meaning: "lengthening factor", domain: Domain::Above(1.0) };

/// `max`, the same in every search.
pub const MAX: Parameter =
    Parameter { name: "max", symbol: "α_max", meaning: "longest α tried", domain: Domain::Positive };

/// Where the search starts, if f falls along d; otherwise no α can be acceptable.
pub fn downhill(line: &Line<'_>) -> Result<Knot, Stuck> {
    let origin = line.origin();
    if origin.slope < 0.0 {
        return Ok(origin);
    }
    refuse_uphill(line)?;
    // The slope is there, but its square is not.
    let size = short(line.here().gradient.amax());
    let sentence = format!("∇fᵀd rounds to 0 with ‖∇f‖∞ = {size}: f changes too little along d to be compared");
    Err(Stuck { reason: Reason::GradientSmall, sentence })
}

/// Says why f does not fall along d, if it does not; sees slopes that are too small or too large for a product, too.
pub fn refuse_uphill(line: &Line<'_>) -> Result<(), Stuck> {
    match line.cosine() {
        Some(cosine) if cosine > 0.0 => Ok(()),
        None => {
            Err(Stuck { reason: Reason::GradientSmall, sentence: "∇f = 0 exactly: no direction goes down".into() })
        }
        Some(cosine) => Err(Stuck {
            reason: Reason::NotADescentDirection,
            sentence: format!(
                "d is no descent direction: ∇fᵀd = {} is not negative (cos θ = {}), so no α can meet Armijo",
                short(line.slope_here()),
                short(cosine)
            ),
        }),
    }
}

/// What to say when f still falls at the longest α.
pub fn unbounded(alpha: f64, value: f64) -> Stuck {
    Stuck {
        reason: Reason::Unbounded,
        sentence: format!(
            "α reached α_max = {} and f still falls (to {}): f may be unbounded below along d, or `max` is too small",
            short(alpha),
            short(value)
        ),
    }
}

/// The next α while an interval is looked for: σ times this one, up to `max`; why there is none after too many trials.
pub fn lengthened(line: &Line<'_>, alpha: f64, growth: f64, max: f64) -> Result<f64, Stuck> {
    if line.tried() < MOST_TRIALS {
        return Ok((growth * alpha).min(max));
    }
    let sentence = format!(
        "α = {} is still too short after {} trials: choose a larger first α, or a larger σ than {growth}",
        short(alpha),
        line.tried()
    );
    Err(Stuck { reason: Reason::NoAcceptableStep, sentence })
}

/// The lowest trial that meets Armijo, taken although nothing acceptable was found; or why there is none.
pub fn settle_for_best(line: &mut Line<'_>) -> Result<f64, Stuck> {
    match line.best_armijo() {
        Some(best) => {
            line.rule(best.alpha, Verdict::CurvatureNotMet);
            Ok(best.alpha)
        }
        None => Err(none_acceptable(line)),
    }
}

/// What to say when no trial will do.
pub fn none_acceptable(line: &Line<'_>) -> Stuck {
    Stuck {
        reason: Reason::NoAcceptableStep,
        sentence: format!("no α is acceptable after {} trials: none of them meets Armijo", line.tried()),
    }
}

/// How long an interval is narrowed.
#[derive(Debug, Default)]
pub struct Patience {
    narrowed: usize,
}

impl Patience {
    /// Whether to stop narrowing [`low`, `high`] before trying `next`: it is as good as a point, or nothing comes of it.
    pub fn is_spent(&mut self, line: &Line<'_>, low: f64, high: f64, next: f64) -> bool {
        let is_point = (high - low).abs() <= 1e-10 * low.max(high);
        if line.best_armijo().is_some() {
            self.narrowed += 1;
            return self.narrowed > MOST_PINPOINTS || is_point;
        }
        line.tried() >= MOST_TRIALS || line.stands_still_at(next)
    }
}

/// Lengthens α until it is too long, then halves the interval until `demand` is met (Lewis & Overton 2013).
pub fn bisect(line: &mut Line<'_>, demand: &Demand, initial: f64, growth: f64, max: f64) -> Result<f64, Stuck> {
    downhill(line)?;
    let (mut low, mut high) = (0.0, None);
    let mut alpha = initial.min(max);
    let mut patience = Patience::default();
    loop {
        let phase = if high.is_none() { Phase::Bracketing } else { Phase::Pinpointing };
        let trial = line.try_for(demand, alpha, phase, high.map(|high| (low, high)));
        match trial.verdict {
            Verdict::Accepted => return Ok(alpha),
            Verdict::TooShort if high.is_none() && alpha >= max => return Err(unbounded(alpha, trial.value)),
            Verdict::TooShort => low = alpha,
            _ => high = Some(alpha),
        }
        let Some(high) = high else {
            alpha = lengthened(line, alpha, growth, max)?;
            continue;
        };
        alpha = f64::midpoint(low, high);
        if patience.is_spent(line, low, high, alpha) {
            return settle_for_best(line);
        }
    }
}

/// Why γ₁ and γ₂ cannot go together, if they cannot.
pub fn refuse_order(gamma1: f64, gamma2: f64) -> Option<String> {
    (gamma1 >= gamma2).then(|| {
        format!(
            "`gamma1` = {gamma1} must be below `gamma2` = {gamma2}, or there may be no α that meets both conditions"
        )
    })
}

/// Why a search cannot start at `initial`, if it cannot.
pub fn refuse_initial(initial: f64, max: f64) -> Option<String> {
    (initial > max)
        .then(|| format!("`initial` = {initial} is above `max` = {max}: the first α tried would be too long"))
}
