//! One look along a line: what was tried, both sides of every test, and what became of it.

use serde::Serialize;

/// Both sides of an inequality `lhs ≤ rhs`: not only whether it holds, but by how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin {
    /// The side that must be the smaller one.
    pub lhs: f64,
    /// The bound.
    pub rhs: f64,
}

impl Margin {
    /// Whether `lhs ≤ rhs`; never when the left side is not finite.
    pub fn holds(&self) -> bool {
        self.lhs.is_finite() && self.lhs <= self.rhs
    }

    /// rhs − lhs: positive is room to spare, negative is what is missing.
    pub fn slack(&self) -> f64 {
        self.rhs - self.lhs
    }
}

/// What a line search was doing when it tried an α.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Shortening a step that is too long.
    Backtrack,
    /// The whole step, α = 1: take it or leave it.
    Whole,
    /// Looking for an interval that holds an acceptable α.
    Bracketing,
    /// Narrowing that interval.
    Pinpointing,
    /// Going where a straight line through two slopes is zero.
    Secant,
    /// Going to the middle of the interval.
    Bisection,
    /// Cutting the interval by the golden ratio.
    Golden,
    /// Going to the lowest point of a parabola through three values.
    Parabola,
}

impl Phase {
    /// The word that the trace uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Backtrack => "backtrack",
            Self::Whole => "whole",
            Self::Bracketing => "bracketing",
            Self::Pinpointing => "pinpointing",
            Self::Secant => "secant",
            Self::Bisection => "bisection",
            Self::Golden => "golden",
            Self::Parabola => "parabola",
        }
    }
}

/// How a search came to an α.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The first α of the settings.
    Initial,
    /// The α of the last step, one shrink longer.
    Previous,
    /// A first look that is surely short.
    Short,
    /// The whole step, α = 1.
    Whole,
    /// The α before, times a factor below 1.
    Shrunk,
    /// The α before, lengthened by a factor.
    Grown,
    /// Beyond the α before, from what was seen there: by a cubic, a parabola or a straight line.
    Extrapolated,
    /// Inside an interval, from what was seen at its ends: by a cubic, a parabola or a straight line.
    Interpolated,
    /// The middle of an interval.
    Halved,
    /// The place where the golden ratio cuts an interval.
    Golden,
}

/// What became of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Looked at, not judged yet.
    Open,
    /// This α is taken.
    Accepted,
    /// The Armijo condition fails, or f rises again there: α is too long.
    TooLong,
    /// f still falls steeply there: a longer α is wanted.
    TooShort,
    /// f falls enough but still steeply; taken because nothing better was found, or because α is the longest allowed.
    CurvatureNotMet,
    /// Made the interval smaller in which the minimum lies.
    Narrowed,
    /// f is not a finite number there.
    NotFinite,
}

impl Verdict {
    /// The word that the trace uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::TooLong => "too-long",
            Self::TooShort => "too-short",
            Self::CurvatureNotMet => "curvature-not-met",
            Self::Narrowed => "narrowed",
            Self::NotFinite => "not-finite",
        }
    }
}

/// What is known of φ at one α.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Knot {
    /// The step size α.
    pub alpha: f64,
    /// φ(α).
    pub value: f64,
    /// φ'(α); not a number where nobody asked.
    pub slope: f64,
}

/// One look along the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// The step size that was tried.
    pub alpha: f64,
    /// How the search came to it.
    pub origin: Origin,
    /// φ(α) = f(x + base + αd).
    pub value: f64,
    /// φ'(α), where the search asked for it.
    pub slope: Option<f64>,
    /// The Armijo condition, both sides in units of f.
    pub armijo: Option<Margin>,
    /// (2γ₁−1)φ'(0), where φ'(α) ≤ it was asked because values did not show the decrease.
    pub slope_bound: Option<f64>,
    /// What keeps α from being too short: the curvature condition in units of φ', or Goldstein's bound in units of f.
    pub curvature: Option<Margin>,
    /// What the search was doing.
    pub phase: Phase,
    /// The interval in which the search looks, if it has one.
    pub bracket: Option<(f64, f64)>,
    /// What became of it.
    pub verdict: Verdict,
}

impl Trial {
    /// φ'(α) ≤ (2γ₁−1)φ'(0), where it decided on the decrease: the values of f did not show it.
    pub fn by_slope(&self) -> Option<Margin> {
        self.slope_bound.map(|rhs| Margin { lhs: self.slope.unwrap_or(f64::NAN), rhs })
    }

    /// The test that decided whether f falls enough: of slopes, or else of values.
    pub fn decrease(&self) -> Option<Margin> {
        self.by_slope().or(self.armijo)
    }

    /// What was seen there.
    pub fn knot(&self) -> Knot {
        Knot { alpha: self.alpha, value: self.value, slope: self.slope.unwrap_or(f64::NAN) }
    }
}

#[cfg(test)]
mod tests {
    use std::mem::size_of;

    use super::Trial;
    use crate::engine::record::{Sample, Step};

    /// Two counters beside what an `Arc` holds, and two words of the allocator beside every block.
    #[test]
    fn a_recorded_step_in_the_plane_takes_half_a_kilobyte_and_a_trial_an_eighth() {
        assert!(size_of::<Trial>() <= 128, "{}", size_of::<Trial>());
        let block = |bytes: usize| bytes + 16;
        let vector = block(2 * size_of::<f64>());
        let sample = block(16 + size_of::<Sample>()) + 2 * vector;
        let step = size_of::<usize>() + block(16 + size_of::<Step>()) + vector + sample;
        assert!(step <= 512, "{step}");
    }
}
