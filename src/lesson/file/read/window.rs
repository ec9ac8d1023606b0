//! What the map of a scenario shows: one or two coordinates, or a slice through more.

use crate::lesson::file::format::WINDOW;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::fields::Fields;
use crate::lesson::file::read::value::Value;
use crate::lesson::scenario::Slice;
use crate::objective::formula::names::coordinate;
use crate::objective::landscape::Landscape;

/// The ends of each axis and the plane: x1, and x2 if there is one; a function of more coordinates may do without a
/// window, or name its slice.
pub fn window(
    fields: &mut Fields<'_>,
    dimension: Option<usize>,
    landscape: Option<&Landscape>,
    desk: &mut Desk<'_>,
) -> Option<(Vec<[f64; 2]>, Slice)> {
    let value = match (landscape, dimension) {
        (Some(landscape), _) => match fields.take(desk, "window") {
            Some(value) => value,
            None => return Some((landscape.window.to_vec(), Slice::default())),
        },
        (None, Some(3..)) => match fields.take(desk, "window") {
            Some(value) => value,
            None => return Some((Vec::new(), Slice::default())),
        },
        (None, Some(1)) => fields.need(desk, "window", "window = { x1 = [-3, 3] }")?,
        (None, _) => fields.need(desk, "window", "window = { x1 = [-3, 3], x2 = [-3, 3] }")?,
    };
    let mut sides = value.table(desk, &WINDOW)?;
    let slice = match sides.take(desk, "slice") {
        Some(value) => slice(&value, dimension, desk)?,
        None => Slice::default(),
    };
    if let Slice::Coordinates(shown) = slice
        && slice != Slice::default()
    {
        return Some((two_of_many(sides, shown, desk)?, slice));
    }
    let keys: &[&'static str] = if dimension == Some(1) { &["x1"] } else { &["x1", "x2"] };
    let read = |key: &&'static str| {
        let side = sides.need(desk, key, &format!("{key} = [-3, 3]"))?;
        interval(&side, desk)
    };
    let window: Vec<Option<[f64; 2]>> = keys.iter().map(read).collect();
    sides.finish(desk);
    Some((window.into_iter().collect::<Option<_>>()?, slice))
}

/// The ends of two coordinates that are not the first two.
fn two_of_many(mut sides: Fields<'_>, shown: [usize; 2], desk: &mut Desk<'_>) -> Option<Vec<[f64; 2]>> {
    let place = sides.place().clone();
    let given = sides.rest(desk);
    sides.finish(desk);
    let keys = shown.map(|coordinate| format!("x{}", coordinate + 1));
    for other in given.iter().filter(|value| !keys.contains(&value.name)) {
        let message = format!("a window of this slice has no key `{}`", other.name);
        desk.fault(&other.key, message, format!("it shows {} and {}", keys[0], keys[1]));
    }
    let ends = keys.map(|key| {
        let side = given.iter().find(|value| value.name == key);
        if side.is_none() {
            desk.fault(&place, format!("the window needs `{key}`"), format!("write {key} = [-3, 3]"));
        }
        interval(side?, desk)
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
    match value.as_str() {
        Some("eigen") => return Some(Slice::Eigen),
        Some("path") => return Some(Slice::Path),
        Some(other) => {
            desk.fault(&value.span, format!("no slice is called `{other}`"), cure);
            return None;
        }
        None => {}
    }
    let names = value.list(desk)?;
    let shown = names.iter().filter_map(|name| coordinate(name.as_str()?));
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
    let ends = value.numbers(desk)?;
    match ends[..] {
        [low, high] if low < high && (high - low).is_finite() => Some([low, high]),
        _ => {
            let message = format!("`{}` is no interval", value.name);
            desk.fault(&value.span, message, "write [low, high] with low < high");
            None
        }
    }
}
