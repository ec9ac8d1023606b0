//! A start in a lesson file: as many numbers as the objective has coordinates.

use crate::engine::number::counted;
use crate::lesson::file::fields::Value;
use crate::lesson::file::read::desk::Desk;

/// The numbers of a start of `dimension` coordinates; `None` if it is at fault or has another number of them.
pub fn start(value: &Value<'_>, dimension: usize, desk: &mut Desk<'_>) -> Option<Vec<f64>> {
    let start = value.numbers()?;
    if start.len() != dimension {
        let coordinates = counted(start.len() as u64, "coordinate");
        let message = format!("`{}` has {coordinates} and the objective {dimension}", value.name);
        desk.fault(&value.span, message, format!("write {}", counted(dimension as u64, "number")));
        return None;
    }
    Some(start)
}

/// The most coordinates of a start.
const MOST: usize = 1000;

/// The numbers of a start of an objective that takes any number of coordinates; `None` if it is at fault.
pub fn free_start(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Vec<f64>> {
    let start = value.numbers()?;
    if !(1..=MOST).contains(&start.len()) {
        let message = format!("a start has 1 to {MOST} coordinates, not {}", start.len());
        desk.fault(&value.span, message, "write one number for each of x1, x2, …");
        return None;
    }
    Some(start)
}
