//! BFGS with a short memory: the last few steps stand for the whole matrix.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::short;
use crate::engine::record::ending::Stuck;
use crate::engine::record::memory::Memory;
use crate::engine::record::secant::SecantPair;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::seen::Seen;
use crate::engine::rule::working::{Equation, Tone, Working, index, vector};
use crate::objective::point::Vector;

/// L-BFGS by the two-loop recursion (Nocedal & Wright, algorithm 7.4).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LBfgs {
    /// The most steps that are remembered, m.
    pub memory: u32,
}

impl Default for LBfgs {
    fn default() -> Self {
        Self { memory: 5 }
    }
}

const PARAMETERS: &[Parameter] =
    &[Parameter { name: "memory", symbol: "m", meaning: "steps remembered", domain: Domain::Whole(1, 50) }];

settings!(LBfgs { memory } of PARAMETERS);

const PAIRS: &str = "pairs";
/// So many pairs are told with their numbers.
const MOST_TOLD: usize = 3;

impl LBfgs {
    /// How many pairs there are to learn from at `here`, and what was done on arrival.
    fn count(self, here: &Sample, past: &[Arc<Step>]) -> (usize, &'static str) {
        let known = past.last().and_then(|last| last.proposal.memory.number(PAIRS));
        let (Some(known), Some(newest)) = (known, SecantPair::last(here, past)) else { return (0, "start") };
        // A pair that cannot be used tells that the others are stale, too: with them the method would crawl.
        if newest.bends_up() { ((known as usize + 1).min(self.memory as usize), "updated") } else { (0, "cleared") }
    }
}

/// −H⁻g, with the H⁻ that the pairs (oldest first) stand for.
fn two_loops(gradient: &Vector, pairs: &[SecantPair]) -> Vector {
    let mut q = gradient.clone();
    let mut shares = Vec::with_capacity(pairs.len());
    for pair in pairs.iter().rev() {
        let share = pair.s.dot(&q) / pair.curvature();
        q.axpy(-share, &pair.y, 1.0);
        shares.push(share);
    }
    let mut r = q * pairs.last().map_or(1.0, SecantPair::scale);
    for (pair, share) in pairs.iter().zip(shares.iter().rev()) {
        let back = pair.y.dot(&r) / pair.curvature();
        r.axpy(share - back, &pair.s, 1.0);
    }
    -r
}

impl Direction for LBfgs {
    fn letters(&self) -> String {
        "−H⁻∇f".into()
    }

    fn code(&self) -> &'static str {
        "d ← −H⁻∇f(x), H⁻ from the last m pairs (s, y) in two loops"
    }

    /// The newest of the pairs from which H⁻ is made: the way that was gone, and how ∇f changed along it.
    fn recall(&self, seen: &Seen<'_>, memory: &Memory) -> Working {
        let count = memory.number(PAIRS).unwrap_or_default() as usize;
        let newest = SecantPair::newest(seen.here, seen.past, count.min(MOST_TOLD));
        let told = |(pair, t): (&SecantPair, usize)| {
            let name = index(t);
            Equation::new(format!("s{name}"), [vector(pair.s.as_slice())])
                .noted(Tone::Plain, format!("y{name} = {}", vector(pair.y.as_slice())))
                .noted(Tone::Plain, format!("yᵀs = {}", short(pair.curvature())))
        };
        let mut working: Working = newest.iter().rev().zip((0..seen.past.len()).rev()).map(told).collect();
        if count > MOST_TOLD {
            working.push(Equation::note(Tone::Dim, format!("and {} older pairs", count - MOST_TOLD)));
        }
        working
    }

    fn recalled(&self, memory: &Memory) -> String {
        let pairs = memory.number(PAIRS).unwrap_or_default();
        match memory.word("update") {
            Some("start") => "no steps yet: the first direction is −∇f".into(),
            Some("cleared") => "forgotten: the last step saw no upward bend (yᵀs ≤ 0)".into(),
            Some("reset") => "forgotten: what was remembered made d go uphill".into(),
            _ if pairs == 1.0 => format!("how ∇f changed along the last step, of at most m = {}", self.memory),
            _ => format!("how ∇f changed along the last {pairs} steps, of at most m = {}", self.memory),
        }
    }

    fn propose(&self, here: &Sample, past: &[Arc<Step>], _ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let (mut count, mut word) = self.count(here, past);
        let mut direction = two_loops(&here.gradient, &SecantPair::newest(here, past, count));
        let is_downhill = here.gradient.dot(&direction) < 0.0;
        if count > 0 && !is_downhill {
            (direction, count, word) = (-&here.gradient, 0, "reset");
        }
        Ok(Proposal::ray(direction).recalling(Memory::default().with(PAIRS, count as u64).with("update", word)))
    }
}
