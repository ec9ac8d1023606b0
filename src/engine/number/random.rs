//! Random numbers that repeat themselves: the same seed always gives the same numbers.

/// A seeded generator (splitmix64: Steele, Lea & Flood 2014).
pub struct Generator(u64);

impl Generator {
    /// The generator of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The generator of iteration `t` of a run with that seed: no draw depends on those of other iterations.
    pub fn of_iteration(seed: u64, t: usize) -> Self {
        let mut generator = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (t as u64).rotate_left(32));
        // Neighbouring seeds part only after they were mixed.
        generator.0 = generator.bits();
        generator
    }

    /// A number from 0 to 1, 1 not included.
    pub fn fraction(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number from `low` to `high`, `high` not included.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.fraction()
    }

    /// A random element; `None` for an empty slice.
    pub fn one_of<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        things.get((self.fraction() * things.len() as f64) as usize)
    }

    /// A draw from the standard normal distribution (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.fraction()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.fraction()).cos()
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_draws_have_mean_0_and_variance_1_across_iterations_and_seeds() {
        for draw in [|k| Generator::of_iteration(1, k).normal(), |k| Generator::of_iteration(k as u64, 3).normal()] {
            let draws: Vec<f64> = (0..20_000).map(draw).collect();
            let mean = draws.iter().sum::<f64>() / 20_000.0;
            let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / 20_000.0;
            assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05, "{mean} {variance}");
        }
    }

    #[test]
    fn draws_are_fair_and_repeat_themselves() {
        let throw = |seed| {
            let mut generator = Generator::new(seed);
            (0..10_000).map(|_| generator.fraction()).collect::<Vec<f64>>()
        };
        assert_eq!(throw(1), throw(1));
        assert_ne!(throw(1), throw(2));
        let mean = throw(3).iter().sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.01 && throw(3).iter().all(|fraction| (0.0..1.0).contains(fraction)));
    }
}
