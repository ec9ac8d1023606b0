//! What the map of a scenario shows: one or two coordinates, or a slice through more.

use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::format::{INTERVAL, WINDOW_OF_ONE, WINDOW_OF_TWO};
use crate::lesson::file::judge::opened;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::shape::Shape;
use crate::lesson::scenario::Slice;
use crate::objective::formula::names::coordinate;
use crate::objective::landscape::Landscape;

/// The ends of each axis and the plane: x1, and x2 if there is one; a function of more coordinates may do without a
/// window, or name its slice.
pub fn window(
    fields: &Fields<'_>,
    dimension: Option<usize>,
    landscape: Option<&Landscape>,
    desk: &mut Desk<'_>,
) -> Option<(Vec<[f64; 2]>, Slice)> {
    let Some(value) = fields.get("window") else {
        let window = landscape.map(|landscape| landscape.window.to_vec());
        return window
            .or(dimension.filter(|dimension| *dimension > 2).map(|_| Vec::new()))
            .map(|window| (window, Slice::default()));
    };
    let sides = value.table()?;
    let slice = match sides.get("slice") {
        Some(value) => slice(value, dimension, desk)?,
        None => Slice::default(),
    };
    if let Slice::Coordinates(shown) = slice
        && slice != Slice::default()
    {
        return Some((two_of_many(sides, shown, desk)?, slice));
    }
    let (table, keys): (_, &[&str]) =
        if dimension == Some(1) { (&WINDOW_OF_ONE, &["x1"]) } else { (&WINDOW_OF_TWO, &["x1", "x2"]) };
    let sides = opened(value, &Shape::Table(table), desk);
    let window: Vec<Option<[f64; 2]>> = keys.iter().map(|key| interval(sides.table()?.get(key)?, desk)).collect();
    Some((window.into_iter().collect::<Option<_>>()?, slice))
}

/// The ends of two coordinates that are not the first two.
fn two_of_many(sides: &Fields<'_>, shown: [usize; 2], desk: &mut Desk<'_>) -> Option<Vec<[f64; 2]>> {
    let keys = shown.map(|coordinate| format!("x{}", coordinate + 1));
    for other in sides.values.iter().filter(|value| value.name != "slice" && !keys.iter().any(|key| key == value.name))
    {
        let message = format!("a window of this slice has no key `{}`", other.name);
        desk.fault(&other.key, message, format!("it shows {} and {}", keys[0], keys[1]));
    }
    let ends = keys.map(|key| {
        let side = sides.get(&key);
        if side.is_none() {
            desk.fault(&sides.place, format!("the window needs `{key}`"), format!("write {key} = [-3, 3]"));
        }
        interval(&opened(side?, &INTERVAL, desk), desk)
    });
    Some(vec![ends[0]?, ends[1]?])
}

fn slice(value: &Value<'_>, dimension: Option<usize>, desk: &mut Desk<'_>) -> Option<Slice> {
    let dimension = dimension?;
    let cure = "write slice = [\"x1\", \"x3\"], slice = \"eigen\" or slice = \"path\"";
    if dimension < 3 {
        desk.fault(&value.key, "a slice needs more than two coordinates", "take it out");
        return None;
    }
    match value.raw.as_str() {
        Some("eigen") => return Some(Slice::Eigen),
        Some("path") => return Some(Slice::Path),
        Some(other) => {
            desk.fault(&value.span, format!("no slice is called `{other}`"), cure);
            return None;
        }
        None => {}
    }
    let names = opened(value, &Shape::List(&Shape::Setting, 2, 2), desk);
    let names = names.list()?;
    let shown = names.iter().filter_map(|name| coordinate(name.raw.as_str()?));
    let shown: Vec<usize> = shown.filter(|index| *index < dimension).collect();
    match (shown[..].first_chunk::<2>(), names.len()) {
        (Some(&[one, other]), 2) if one != other => Some(Slice::Coordinates([one, other])),
        _ => {
            desk.fault(&value.span, format!("a slice names two of x1 … x{dimension}"), cure);
            None
        }
    }
}

fn interval(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<[f64; 2]> {
    let ends = value.numbers()?;
    match ends[..] {
        [low, high] if low < high && (high - low).is_finite() => Some([low, high]),
        _ => {
            let message = format!("`{}` is no interval", value.name);
            desk.fault(&value.span, message, "write [low, high] with low < high");
            None
        }
    }
}
