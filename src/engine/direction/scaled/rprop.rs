//! Trust only the sign of each slope: each coordinate has a step length of its own, longer while the sign stays.

mod told;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::oracle::Oracle;
use crate::engine::direction::scaled::rprop::told::RpropTry;
use crate::engine::number::{short, tuple};
use crate::engine::record::ending::Stuck;
use crate::engine::record::memory::Memory;
use crate::engine::record::{Beat, OwnBeat, OwnBeats, Part, Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::narration::Narration;
use crate::engine::rule::pairing::{Length, Own};
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::seen::Seen;
use crate::engine::rule::working::{Equation, Tone, Working, each, index};
use crate::objective::point::Vector;

/// Resilient propagation; it takes its own steps, and no α.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rprop {
    /// What is done when a sign changes.
    pub variant: RpropVariant,
    /// The first step length Δ₀.
    pub delta0: f64,
    /// The shortest, Δmin.
    pub delta_min: f64,
    /// The longest, Δmax.
    pub delta_max: f64,
    /// The factor η⁺ while the sign stays.
    pub increase: f64,
    /// The factor η⁻ when it changes.
    pub decrease: f64,
}

/// What is done when the sign of a slope changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RpropVariant {
    /// Try first; where the sign changes, the coordinate returns at once and tries a shorter step next time.
    #[default]
    Lecture,
    /// Take the last move back, and forget the slope (Riedmiller and Braun 1993).
    Plus,
    /// Turn round with a shorter step.
    Minus,
    /// Take the last move back only if f rose (Igel and Hüsken 2003).
    Iplus,
    /// Wait for one iteration (Igel and Hüsken 2003; torch).
    Iminus,
}

impl Default for Rprop {
    fn default() -> Self {
        Self {
            variant: RpropVariant::Lecture,
            delta0: 0.1,
            delta_min: 1e-6,
            delta_max: 50.0,
            increase: 1.2,
            decrease: 0.5,
        }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "variant",
        symbol: "variant",
        meaning: "what a changed sign does",
        domain: Domain::Word(&["lecture", "plus", "minus", "iplus", "iminus"]),
    },
    Parameter { name: "delta0", symbol: "Δ₀", meaning: "first step length", domain: Domain::Positive },
    Parameter { name: "delta_min", symbol: "Δmin", meaning: "shortest step length", domain: Domain::Positive },
    Parameter { name: "delta_max", symbol: "Δmax", meaning: "longest step length", domain: Domain::Positive },
    Parameter { name: "increase", symbol: "η⁺", meaning: "factor while the sign stays", domain: Domain::Above(1.0) },
    Parameter {
        name: "decrease",
        symbol: "η⁻",
        meaning: "factor when the sign changes",
        domain: Domain::Between(0.0, 1.0),
    },
];

settings!(Rprop { variant, delta0, delta_min, delta_max, increase, decrease } of PARAMETERS);

const SIZES: &str = "sizes";
/// The slopes that the next ones are compared with; the lecture's are not always those of the last iterate.
const SLOPES: &str = "slopes";
const BASE_SLOPES: &str = "base_slopes";
/// The slopes where the lecture's rule has tried to go; only told.
const TRIED_SLOPES: &str = "tried_slopes";

const TRY: OwnBeat = OwnBeat { name: "try", part: Part::Memory };
const SIGNS: OwnBeat = OwnBeat { name: "signs", part: Part::Direction };
/// A try of the whole move; the signs of the slopes there, and so the direction. The move is whole, so α is not told.
static BEATS: OwnBeats = OwnBeats { before: &[Beat::Own(TRY), Beat::Own(SIGNS)], shows_alpha: false, after: None };

/// −1, 0 or 1; 0 for 0, unlike `f64::signum`.
fn sign(number: f64) -> f64 {
    if number == 0.0 { 0.0 } else { number.signum() }
}

/// What the lecture's rule tried, as its proposal tells it; `None` for the other variants.
fn attempt(proposal: &Proposal) -> Option<RpropTry<'_>> {
    let Proposal { memory, kept, .. } = proposal;
    let (sizes, before) = (memory.vector(SIZES)?, memory.vector(BASE_SLOPES)?);
    let (there, next) = (kept.vector(TRIED_SLOPES)?, kept.vector(SIZES)?);
    let keeps = (0..sizes.len()).map(|i| sign(there[i]) == sign(before[i])).collect();
    Some(RpropTry { sizes, before, tried: against(before, sizes), there, keeps, next })
}

fn remembered(sizes: &Vector, name: &'static str, slopes: Vector) -> Memory {
    Memory::default().with(SIZES, sizes.clone()).with(name, slopes)
}

/// Every coordinate by its size against the sign of its slope.
fn against(slopes: &Vector, sizes: &Vector) -> Vector {
    Vector::from_fn(sizes.len(), |i, _| -sign(slopes[i]) * sizes[i])
}

impl Rprop {
    fn grown(&self, size: f64) -> f64 {
        (size * self.increase).min(self.delta_max)
    }

    fn shrunk(&self, size: f64) -> f64 {
        (size * self.decrease).max(self.delta_min)
    }

    /// Tries the whole move; a coordinate whose slope changes its sign there stays where it is.
    fn with_return(&self, here: &Sample, sizes: &Vector, base: Option<Vector>, ask: &Oracle<'_>) -> Proposal {
        let base = base.unwrap_or_else(|| here.gradient.clone());
        let tried = against(&base, sizes);
        let there = ask.gradient(&(&here.point + &tried));
        let (mut direction, mut next, mut slopes) = (tried, sizes.clone(), base.clone());
        for i in 0..sizes.len() {
            if sign(there[i]) == sign(base[i]) {
                next[i] = self.grown(sizes[i]);
                slopes[i] = there[i];
            } else {
                next[i] = self.shrunk(sizes[i]);
                direction[i] = 0.0;
            }
        }
        let kept = remembered(&next, BASE_SLOPES, slopes).with(TRIED_SLOPES, there);
        Proposal::ray(direction).recalling(remembered(sizes, BASE_SLOPES, base)).keeping(kept).told(&BEATS)
    }

    /// Compares the slopes with those before, and moves every coordinate by its sign or as the variant says.
    fn by_signs(&self, here: &Sample, past: &[Arc<Step>], sizes: &Vector, before: Option<Vector>) -> Proposal {
        let n = sizes.len();
        let before = before.unwrap_or_else(|| Vector::zeros(n));
        let rose = past.last().is_some_and(|last| here.value > last.from.value);
        let (mut direction, mut next, mut slopes) = (Vector::zeros(n), sizes.clone(), here.gradient.clone());
        for i in 0..n {
            let agreement = sign(before[i]) * sign(here.gradient[i]);
            if agreement > 0.0 {
                next[i] = self.grown(sizes[i]);
            } else if agreement < 0.0 {
                next[i] = self.shrunk(sizes[i]);
                if self.variant != RpropVariant::Minus {
                    slopes[i] = 0.0;
                    let goes_back = self.variant == RpropVariant::Plus || (self.variant == RpropVariant::Iplus && rose);
                    let last = past.last().filter(|_| goes_back);
                    direction[i] = last.map_or(0.0, |last| -last.proposal.direction[i]);
                    continue;
                }
            }
            direction[i] = -sign(here.gradient[i]) * next[i];
        }
        Proposal::ray(direction).recalling(remembered(sizes, SLOPES, before)).keeping(remembered(&next, SLOPES, slopes))
    }
}

impl Direction for Rprop {
    fn letters(&self) -> String {
        "−sign(∂f/∂xᵢ) Δᵢ".into()
    }

    fn formula(&self) -> String {
        format!("dᵢ = {}: d", self.letters())
    }

    fn code(&self) -> &'static str {
        match self.variant {
            RpropVariant::Lecture => "try dᵢ ← −sign(gᵢ)Δᵢ; sign changed: dᵢ ← 0, Δᵢ ← η⁻Δᵢ, else Δᵢ ← η⁺Δᵢ",
            RpropVariant::Plus => "sign changed: Δᵢ ← η⁻Δᵢ, take the last move back",
            RpropVariant::Minus => "sign changed: Δᵢ ← η⁻Δᵢ, else Δᵢ ← η⁺Δᵢ; dᵢ ← −sign(gᵢ)Δᵢ",
            RpropVariant::Iplus => "sign changed: Δᵢ ← η⁻Δᵢ, take the last move back if f rose",
            RpropVariant::Iminus => "sign changed: Δᵢ ← η⁻Δᵢ, wait",
        }
    }

    fn working(&self, seen: &Seen<'_>, proposal: &Proposal) -> Working {
        let (Some(sizes), Some(next)) = (proposal.memory.vector(SIZES), proposal.kept.vector(SIZES)) else {
            return Working::new();
        };
        let word = |slope: f64| match sign(slope) {
            1.0 => "+",
            -1.0 => "−",
            _ => "0",
        };
        each(&seen.gradient(), |i, slope| {
            let name = index(i + 1);
            let equation = Equation::new(format!("d{name}"), [short(proposal.direction[i])])
                .noted(Tone::Plain, format!("sign of ∂f/∂x{name}: {}", word(slope)))
                .noted(Tone::Plain, format!("Δ{name}: {} → {}", short(sizes[i]), short(next[i])));
            Some(vec![equation])
        })
    }

    fn tell(&self, beat: OwnBeat, seen: &Seen<'_>) -> Option<Narration> {
        let attempt = attempt(seen.proposal?)?;
        match beat {
            TRY => Some(attempt.tell_try()),
            SIGNS => Some(attempt.tell_signs()),
            _ => None,
        }
    }

    fn work(&self, beat: OwnBeat, seen: &Seen<'_>) -> Option<Working> {
        let attempt = attempt(seen.proposal?)?;
        match beat {
            TRY => Some(attempt.try_working(&seen.here.point)),
            SIGNS => Some(attempt.sign_working()),
            _ => None,
        }
    }

    fn symbol(&self, name: &str) -> Option<&'static str> {
        (name == SIZES).then_some("Δ")
    }

    fn length(&self) -> Length {
        let why = "each coordinate has a step length of its own, learned from the signs of the slopes";
        Length::Own(Own::Whole, why)
    }

    fn recalled(&self, memory: &Memory) -> String {
        let sizes = memory.vector(SIZES).map_or_else(String::new, tuple);
        let flat = memory.vector(BASE_SLOPES).is_some_and(|slopes| slopes.iter().any(|slope| *slope == 0.0));
        let note = if flat { "; where it is 0, xᵢ never moves" } else { "" };
        match memory.vector(BASE_SLOPES).or_else(|| memory.vector(SLOPES)) {
            Some(slopes) => format!("sizes Δ = {sizes}, slopes before {}{note}", tuple(slopes)),
            None => format!("step lengths Δ = {sizes}"),
        }
    }

    fn propose(&self, here: &Sample, past: &[Arc<Step>], ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let kept = |name: &str| past.last().and_then(|last| last.proposal.kept.vector(name)).cloned();
        let sizes = kept(SIZES).unwrap_or_else(|| Vector::from_element(here.point.len(), self.delta0));
        Ok(if self.variant == RpropVariant::Lecture {
            self.with_return(here, &sizes, kept(BASE_SLOPES), ask)
        } else {
            self.by_signs(here, past, &sizes, kept(SLOPES))
        })
    }
}
