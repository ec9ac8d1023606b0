//! How data becomes dots along one axis, and the round numbers worth naming there.

use crate::engine::number;

/// What lies farther outside than so many times the span is equally far.
const FAR: f64 = 1e9;

/// How data becomes dots along one axis: the low end on one outermost dot, the high end on the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    last: f64,
    logarithmic: bool,
    upward: bool,
}

impl Scale {
    /// A linear scale over so many dots. Ends in the wrong order are swapped, an empty span is widened, and ends that
    /// are not finite become 0 and 1.
    pub fn linear(low: f64, high: f64, dots: usize) -> Self {
        let (low, high) = if low.is_finite() && high.is_finite() { (low.min(high), low.max(high)) } else { (0.0, 1.0) };
        let margin = match low {
            _ if high / 2.0 > low / 2.0 => 0.0,
            0.0 => 0.5,
            _ => (low.abs() * 0.05).max(f64::MIN_POSITIVE),
        };
        let (low, high) = ((low - margin).max(f64::MIN), (high + margin).min(f64::MAX));
        Scale { low, high, last: dots.saturating_sub(1) as f64, logarithmic: false, upward: false }
    }

    /// A scale over the logarithm of positive data; ends that are not positive and finite become 1 and 10.
    pub fn logarithmic(low: f64, high: f64, dots: usize) -> Self {
        let (low, high) =
            if [low, high].iter().all(|end| *end > 0.0 && end.is_finite()) { (low, high) } else { (1.0, 10.0) };
        let (low, high) = (low.min(high).log10(), low.max(high).log10());
        let margin = if high > low { 0.0 } else { 0.5 };
        let power = |power: f64| power.clamp(-323.3, 308.2);
        Scale { logarithmic: true, ..Scale::linear(power(low - margin), power(high + margin), dots) }
    }

    /// The linear scale that just holds all finite values.
    pub fn around(values: impl IntoIterator<Item = f64>, dots: usize) -> Self {
        let (low, high) = span(values.into_iter().filter(|value| value.is_finite()));
        Scale::linear(low, high, dots)
    }

    /// The logarithmic scale that just holds all finite positive values.
    pub fn around_logarithmic(values: impl IntoIterator<Item = f64>, dots: usize) -> Self {
        let (low, high) = span(values.into_iter().filter(|value| value.is_finite() && *value > 0.0));
        Scale::logarithmic(low, high, dots)
    }

    /// The same scale for a vertical axis: the high end on dot 0, since screens count downward.
    #[must_use]
    pub fn upward(self) -> Self {
        Scale { upward: true, ..self }
    }

    /// The dot of a value, in fractions of a dot, always finite. Infinities, and zero on a logarithmic scale, lie far
    /// outside; NaN lies nowhere.
    pub fn dot(&self, value: f64) -> Option<f64> {
        if value.is_nan() {
            return None;
        }
        let value = if self.logarithmic { value.max(0.0).log10() } else { value };
        // Halves, since the difference of two finite numbers may be infinite.
        let share = (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        let share = if self.upward { 1.0 - share } else { share };
        Some(share.clamp(-FAR, FAR) * self.last)
    }

    /// The value at a dot: what to ask a function for when its curve is drawn dot by dot.
    pub fn value(&self, dot: f64) -> f64 {
        let share = if self.last > 0.0 { dot / self.last } else { 0.5 };
        let share = if self.upward { 1.0 - share } else { share };
        let value = self.low * (1.0 - share) + self.high * share;
        if self.logarithmic { 10f64.powf(value) } else { value }
    }

    /// At most about so many values worth naming, with their names.
    pub fn ticks(&self, count: usize) -> Vec<(f64, String)> {
        if !self.logarithmic {
            return ticks(self.low, self.high, count);
        }
        let (first, last) = (self.low.ceil() as i32, self.high.floor() as i32);
        if first >= last {
            return [self.low, self.high]
                .map(|power| 10f64.powf(power))
                .map(|value| (value, number::short(value)))
                .into();
        }
        let every = ((last - first) as usize / count.max(1) + 1) as i32;
        let name =
            |power| if (-2..=3).contains(&power) { number::short(10f64.powi(power)) } else { format!("1e{power}") };
        (first..=last).filter(|power| power % every == 0).map(|power| (10f64.powi(power), name(power))).collect()
    }
}

fn span(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
}

/// At most `count` round values (1, 2 or 5 times a power of ten apart) within a finite span, with their names. A span too
/// short to be told apart has one tick; one that is not finite has none.
pub fn ticks(low: f64, high: f64, count: usize) -> Vec<(f64, String)> {
    if !low.is_finite() || !high.is_finite() || count == 0 {
        return Vec::new();
    }
    let parts = count.max(2) as f64;
    let raw = high / parts - low / parts;
    let size = low.abs().max(high.abs());
    if raw <= size * 1e-14 {
        return vec![(low, number::short(low))];
    }
    let power = 10f64.powf(raw.log10().floor());
    let nice = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0].map(|factor| factor * power);
    // A little beyond both ends, since 0.3 / 0.1 is less than 3.
    let ends = |step: f64| ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
    let fitting = |step: &f64| ends(*step).1 - ends(*step).0 < count as f64;
    let Some(step) = nice.into_iter().find(|step| *step >= raw * 0.999_999 && fitting(step)) else { return Vec::new() };
    let digits = ((size / step).log10().floor().max(0.0) + 2.0).max(4.0) as usize;
    let (first, last) = ends(step);
    let values = (0..=(last - first).max(0.0) as usize).map(|index| (first + index as f64) * step);
    values.map(|value| value.clamp(low, high)).map(|value| (value, number::trimmed(value, digits))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WILD: [f64; 12] =
        [0.0, -0.0, 1.0, -1.0, 1e308, -1e308, f64::MAX, f64::MIN, 5e-324, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];

    #[test]
    fn a_scale_puts_its_ends_on_the_outermost_dots() {
        let scale = Scale::linear(-3.0, 3.0, 61);
        assert_eq!((scale.dot(-3.0), scale.dot(0.0), scale.dot(3.0)), (Some(0.0), Some(30.0), Some(60.0)));
        assert_eq!(scale.upward().dot(3.0), Some(0.0));
        assert_eq!(scale.upward().value(60.0), -3.0);
        let decades = Scale::logarithmic(1e-8, 1.0, 81);
        assert!((decades.dot(1e-4).unwrap() - 40.0).abs() < 1e-9 && (decades.value(40.0) / 1e-4 - 1.0).abs() < 1e-12);
        assert!(decades.dot(0.0).unwrap() < -1e9);
        assert_eq!(decades.dot(f64::NAN), None);
    }

    #[test]
    fn a_scale_is_finite_whatever_it_is_made_of() {
        for low in WILD {
            for high in WILD {
                for dots in [0, 1, 2, 100] {
                    for scale in [Scale::linear(low, high, dots), Scale::logarithmic(low, high, dots).upward()] {
                        assert!(WILD.iter().filter_map(|value| scale.dot(*value)).all(f64::is_finite), "{scale:?}");
                        assert!(!scale.value(0.0).is_nan() && !scale.value(dots as f64).is_nan(), "{scale:?}");
                        let ticks = scale.ticks(5);
                        assert!(ticks.len() <= 6 && ticks.iter().all(|(value, _)| value.is_finite()), "{ticks:?}");
                    }
                    assert!(Scale::around([low, high], dots).dot(0.5).is_some_and(f64::is_finite));
                    assert!(Scale::around_logarithmic([low, high], dots).dot(0.5).is_some_and(f64::is_finite));
                }
                assert!(ticks(low, high, 7).len() <= 7);
            }
        }
        assert_eq!(Scale::linear(2.0, 2.0, 11).dot(2.0), Some(5.0));
    }

    #[test]
    fn ticks_are_round_and_told_apart() {
        let names = |low, high, count| ticks(low, high, count).into_iter().map(|tick| tick.1).collect::<Vec<_>>();
        assert_eq!(names(0.0, 0.25, 5), ["0", "0.1", "0.2"]);
        assert_eq!(names(0.0, 0.3, 4), ["0", "0.1", "0.2", "0.3"]);
        assert_eq!(names(-25.0, 25.0, 6), ["−20", "−10", "0", "10", "20"]);
        assert_eq!(names(1_000_000.0, 1_000_001.0, 3), ["1.0e6", "1.0000005e6", "1.000001e6"]);
        assert_eq!(names(5.0, 5.0, 3), ["5"]);
        assert!(names(0.0, f64::NAN, 3).is_empty() && names(0.0, 1.0, 0).is_empty());
        let decades = Scale::logarithmic(3e-9, 2e3, 40).ticks(4);
        let decades: Vec<_> = decades.into_iter().map(|tick| tick.1).collect();
        assert_eq!(decades, ["1e-6", "1e-3", "1", "1000"]);
    }
}
