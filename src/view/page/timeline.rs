//! Where the run stands in time, with its numbers and what it has cost.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::room::sitting::Sitting;
use crate::app::run::visible::Glimpse;
use crate::engine::number::number;
use crate::engine::number::product::norm;
use crate::view::paper::frame::put;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};

/// Draws the steps made as a line that grows, and the numbers in view.
pub fn draw(sitting: &Sitting, theme: Theme, area: Rect, cells: &mut Buffer) {
    let glimpse = Glimpse::of(sitting);
    let run = &sitting.cast.runs[0];
    let numbers = numbers(sitting).join("   ");
    // Where f and ∇f of the new point are in view, what they cost counts.
    let arrival = run.peek().ok().filter(|_| glimpse.to.is_some()).map(|step| step.arrival);
    let slopes = glimpse.trials.iter().filter(|trial| trial.slope.is_some()).count() as u64;
    let values = arrival.map_or(run.calls().value + glimpse.trials.len() as u64, |arrival| arrival.value);
    let gradients = arrival.map_or(run.calls().gradient + slopes, |arrival| arrival.gradient);
    let counters = format!("   evaluations: f {values}  ∇f {gradients}");
    let all = theme.text(&(numbers.clone() + &counters)).into_owned();
    // Counters that would be cut stay away.
    let is_room = all.chars().count() + 4 <= usize::from(area.width);
    let numbers = if sitting.is_revealed("evaluations") && is_room { all } else { theme.text(&numbers).into_owned() };
    let wide = numbers.chars().count() as u16;
    let room = area.width.saturating_sub(wide + 6);
    let mut x = area.x + 1;
    if room >= 5 {
        x += put("t ", Ink::Dim, (x, area.y), 2, theme, cells);
        x += strip(sitting.cursor.t, room, x, theme, area, cells) + 2;
    }
    put(&numbers, Ink::Text, (x, area.y), area.right().saturating_sub(x), theme, cells);
}

/// The step, the value and the norm in view, with their names.
fn numbers(sitting: &Sitting) -> [String; 3] {
    let glimpse = Glimpse::of(sitting);
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
pub fn brief(sitting: &Sitting, theme: Theme, area: Rect, cells: &mut Buffer) {
    let mut x = area.x;
    for text in [format!("t {}", sitting.cursor.t)].into_iter().chain(numbers(sitting)) {
        let text = theme.text(&text).into_owned();
        if x + text.chars().count() as u16 > area.right() {
            break;
        }
        x += put(&text, Ink::Text, (x, area.y), area.right() - x, theme, cells) + 2;
    }
}

/// A strip of cells, one an iteration as long as they fit, then one for several.
fn strip(t: usize, room: u16, x: u16, theme: Theme, area: Rect, cells: &mut Buffer) -> u16 {
    let last = usize::from(room) - 1;
    let scale = t / (last + 1) + 1;
    let here = t / scale;
    for cell in 0..=last {
        let (mark, ink) = match cell.cmp(&here) {
            std::cmp::Ordering::Less => (Mark::Bar, Ink::Path),
            std::cmp::Ordering::Equal => (Mark::Here, Ink::Here),
            std::cmp::Ordering::Greater => (Mark::Dash, Ink::Dim),
        };
        put(theme.symbol(mark), ink, (x + cell as u16, area.y), 1, theme, cells);
    }
    room
}
