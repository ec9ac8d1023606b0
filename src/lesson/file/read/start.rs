//! A start in a lesson file: as many numbers as the objective has coordinates.

use crate::engine::number::counted;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::value::Value;

/// Reads a start of `dimension` coordinates; `None` after a complaint.
pub fn start(value: &Value<'_>, dimension: usize, desk: &mut Desk<'_>) -> Option<Vec<f64>> {
    let start = value.numbers(desk)?;
    if start.len() != dimension {
        let coordinates = counted(start.len() as u64, "coordinate");
        let message = format!("`{}` has {coordinates} and the objective {dimension}", value.name);
        desk.fault(&value.span, message, format!("write {}", counted(dimension as u64, "number")));
        return None;
    }
    Some(start)
}
