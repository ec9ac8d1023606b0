//! Round steps: how far an arrow moves a point over the map.

/// The finest and the coarsest of the arrows.
pub const LEVELS: std::ops::RangeInclusive<i32> = -9..=3;

/// A round step of about a fortieth of a width; each level makes it about half or twice as long.
pub fn round_step(width: f64, level: i32) -> f64 {
    let target = width / 40.0 * 2_f64.powi(level);
    let decade = 10_f64.powf(target.log10().floor());
    let lead = [5.0, 2.0].into_iter().find(|lead| lead * decade <= target * (1.0 + 1e-9)).unwrap_or(1.0);
    lead * decade
}

/// Where a coordinate comes to by a step: to the next multiple of it.
pub fn stepped(from: f64, by: f64) -> f64 {
    let steps = from / by.abs();
    let whole = if by > 0.0 { (steps + 1e-6).floor() + 1.0 } else { (steps - 1e-6).ceil() - 1.0 };
    let to: f64 = format!("{:.12e}", whole * by.abs()).parse().unwrap_or(from);
    // Where the numbers are too large for such steps, there is none.
    if steps.abs() < 1e12 { to } else { from }
}
