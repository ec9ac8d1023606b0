//! How the lecture's Rprop tells its sub-steps: a try of the whole move, and the signs of the slopes there.

use crate::engine::number::{short, tuple};
use crate::engine::rule::narration::Narration;
use crate::engine::rule::working::{Equation, MOST_SHOWN, Tone, Working, index, vector};
use crate::objective::point::{Point, Vector};

/// What the lecture's rule tried, and what it saw there.
#[derive(Debug, Clone)]
pub struct RpropTry<'a> {
    /// Δ before.
    pub sizes: &'a Vector,
    /// The slopes before.
    pub before: &'a Vector,
    /// The whole move.
    pub tried: Vector,
    /// The slopes there.
    pub there: &'a Vector,
    /// Whether the sign of a coordinate's slope is the same there, one a coordinate.
    pub keeps: Vec<bool>,
    /// Δ after.
    pub next: &'a Vector,
}

impl RpropTry<'_> {
    pub fn tell_try(&self) -> Narration {
        let (sizes, before, tried) = (tuple(self.sizes), tuple(self.before), tuple(&self.tried));
        Narration {
            now: format!("Try: go by Δ = {sizes} against the signs of the slopes {before}: {tried}."),
            next: "Next: compare the signs of the slopes there.".into(),
            code: "try dᵢ ← −sign(gᵢ)Δᵢ".into(),
        }
    }

    /// The try from `here`.
    pub fn try_working(&self, here: &Point) -> Working {
        let there = here + &self.tried;
        vec![
            Equation::new("Δ", [vector(self.sizes.as_slice())]),
            Equation::new("slopes", [vector(self.before.as_slice())]),
            Equation::new("−sign(g)Δ", [vector(self.tried.as_slice())]),
            Equation::new("tried", [vector(there.as_slice())]),
        ]
    }

    /// Tells what the signs there say of each coordinate.
    pub fn tell_signs(&self) -> Narration {
        let n = self.sizes.len();
        let one = |i: usize| {
            let (does, next) = (self.does(i), short(self.next[i]));
            format!("x{} {does}: Δ × {} = {next}", index(i + 1), short(self.next[i] / self.sizes[i]))
        };
        let each = if n <= MOST_SHOWN {
            (0..n).map(one).collect::<Vec<_>>().join("; ")
        } else {
            let kept = self.keeps.iter().filter(|keeps| **keeps).count();
            format!("{kept} keep their sign and go, {} turn and return", n - kept)
        };
        Narration {
            now: format!("Signs: the slopes there are {}. {each}.", tuple(self.there)),
            next: "Next: move to x + d.".into(),
            code: "sign kept: Δᵢ ← η⁺Δᵢ; changed: dᵢ ← 0, Δᵢ ← η⁻Δᵢ".into(),
        }
    }

    /// The slopes here and there, and Δ after, for each coordinate.
    pub fn sign_working(&self) -> Working {
        let one = |i: usize| {
            let (before, there) = (short(self.before[i]), short(self.there[i]));
            let tone = if self.keeps[i] { Tone::Good } else { Tone::Bad };
            let size = format!("Δ: {} → {}", short(self.sizes[i]), short(self.next[i]));
            Equation::text(format!("x{}: slope {before} → {there}", index(i + 1)))
                .noted(tone, self.does(i))
                .noted(Tone::Plain, size)
        };
        (0..self.sizes.len().min(MOST_SHOWN)).map(one).collect()
    }

    fn does(&self, i: usize) -> &'static str {
        match self.keeps[i] {
            true if self.before[i] == 0.0 => "is flat and stays",
            true => "keeps its sign and goes",
            false => "turns and returns",
        }
    }
}
