//! Chance that repeats itself: the same seed and iteration always give the same numbers.

/// A small generator (splitmix64), seeded by a seed and an iteration, so that no draw depends on those before.
pub struct Generator(u64);

impl Generator {
    /// The generator of iteration `t` of a run with that seed.
    pub fn new(seed: u64, t: usize) -> Self {
        let mut generator = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (t as u64).rotate_left(32));
        // Neighbouring seeds part only after they were mixed.
        generator.0 = generator.bits();
        generator
    }

    /// A number from 0 to 1, 1 not included.
    pub fn fraction(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
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
        for draw in [|k| Generator::new(1, k).normal(), |k| Generator::new(k as u64, 3).normal()] {
            let draws: Vec<f64> = (0..20_000).map(draw).collect();
            let mean = draws.iter().sum::<f64>() / 20_000.0;
            let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / 20_000.0;
            assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05, "{mean} {variance}");
        }
    }
}
