//! How numbers are written for people.

/// stub
pub fn short(number: f64) -> String {
    format!("{number:.4}")
}
