//! Other numbers for a question that comes again: drawn from a seed, so that the same day asks the same.

use crate::engine::number::random::Generator;
use crate::lesson::question::Range;
use crate::lesson::scenario::Change;

/// A value for each setting, with two significant digits, between its ends.
pub fn draw(ranges: &[Range], seed: u64) -> Vec<Change> {
    let mut dice = Generator::new(seed);
    // The first throws of neighbouring seeds are alike.
    dice.fraction();
    ranges.iter().map(|range| Change { run: None, path: range.path.clone(), value: value(range, &mut dice) }).collect()
}

fn value(range: &Range, dice: &mut Generator) -> toml::Value {
    let (low, high) = (range.low, range.high);
    if range.is_whole {
        return toml::Value::from(dice.between(low, high + 1.0).floor().min(high) as i64);
    }
    // What is changed by factors is drawn by factors.
    let drawn = if low > 0.0 { dice.between(low.ln(), high.ln()).exp() } else { dice.between(low, high) };
    let rounded: f64 = format!("{drawn:.1e}").parse().unwrap_or(drawn);
    toml::Value::from(rounded.clamp(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_between_their_ends_and_differ() {
        let ranges = [
            Range { path: "step_size.tau".into(), low: 0.3, high: 0.8, is_whole: false },
            Range { path: "direction.memory".into(), low: 2.0, high: 5.0, is_whole: true },
        ];
        let mut seen = Vec::new();
        for seed in 0..200 {
            let drawn = draw(&ranges, seed);
            assert_eq!(drawn, draw(&ranges, seed));
            let (tau, memory) = (drawn[0].value.as_float().unwrap(), drawn[1].value.as_integer().unwrap());
            assert!((0.3..=0.8).contains(&tau) && (2..=5).contains(&memory));
            seen.push((tau.to_bits(), memory));
        }
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() > 50, "{}", seen.len());
    }
}
