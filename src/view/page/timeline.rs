//! Where the run stands in time, with its numbers and what it has cost.

use crate::app::run::scene::Scene;
use crate::engine::number::number;
use crate::engine::number::product::norm;
use crate::view::paper::pad::Pad;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::Ink;

/// Draws the steps made as a line that grows, and the numbers in view.
pub fn draw(scene: &Scene<'_>, pad: &mut Pad<'_>) {
    let (area, theme) = (pad.area, pad.theme);
    let (glimpse, run) = (scene.glimpse(), scene.run());
    let numbers = numbers(scene).join("   ");
    // Where f and ∇f of the new point are in view, what they cost counts.
    let arrival = run.made().map(|step| step.arrival);
    let slopes = glimpse.trials.iter().filter(|trial| trial.slope.is_some()).count() as u64;
    let values = arrival.map_or(run.calls().value + glimpse.trials.len() as u64, |arrival| arrival.value);
    let gradients = arrival.map_or(run.calls().gradient + slopes, |arrival| arrival.gradient);
    let counters = format!("   evaluations: f {values}  ∇f {gradients}");
    let all = theme.text(&(numbers.clone() + &counters)).into_owned();
    // Counters that would be cut stay away.
    let is_room = all.chars().count() + 4 <= usize::from(area.width);
    let numbers = if scene.counts_evaluations() && is_room { all } else { theme.text(&numbers).into_owned() };
    let wide = numbers.chars().count() as u16;
    let room = area.width.saturating_sub(wide + 6);
    let mut x = area.x + 1;
    if room >= 5 {
        x += pad.put("t ", Ink::Dim, (x, area.y), 2);
        x += strip(scene.t(), room, x, pad) + 2;
    }
    pad.put(&numbers, Ink::Text, (x, area.y), area.right().saturating_sub(x));
}

/// The step, the value and the norm in view, with their names.
fn numbers(scene: &Scene<'_>) -> [String; 3] {
    let glimpse = scene.glimpse();
    let point = glimpse.point();
    let alpha =
        glimpse.alpha.or_else(|| glimpse.past.last().filter(|_| glimpse.proposal.is_none()).map(|step| step.alpha));
    let alpha = alpha.map_or("–".to_owned(), |alpha| number(alpha, 3));
    [
        format!("α {alpha}"),
        format!("f {}", number(point.value, 4)),
        format!("‖∇f‖ {}", number(norm(&point.gradient), 3)),
    ]
}

/// Draws t and the numbers in view, as many as fit whole.
pub fn brief(scene: &Scene<'_>, pad: &mut Pad<'_>) {
    let (area, theme) = (pad.area, pad.theme);
    let mut x = area.x;
    for text in [format!("t {}", scene.t())].into_iter().chain(numbers(scene)) {
        let text = theme.text(&text).into_owned();
        if x + text.chars().count() as u16 > area.right() {
            break;
        }
        x += pad.put(&text, Ink::Text, (x, area.y), area.right() - x) + 2;
    }
}

/// A strip of cells, one an iteration as long as they fit, then one for several.
fn strip(t: usize, room: u16, x: u16, pad: &mut Pad<'_>) -> u16 {
    let (area, theme) = (pad.area, pad.theme);
    let last = usize::from(room) - 1;
    let scale = t / (last + 1) + 1;
    let here = t / scale;
    for cell in 0..=last {
        let (mark, ink) = match cell.cmp(&here) {
            std::cmp::Ordering::Less => (Mark::Bar, Ink::Path),
            std::cmp::Ordering::Equal => (Mark::Here, Ink::Here),
            std::cmp::Ordering::Greater => (Mark::Dash, Ink::Dim),
        };
        pad.put(theme.symbol(mark), ink, (x + cell as u16, area.y), 1);
    }
    room
}
