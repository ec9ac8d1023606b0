//! The map of basins: at each start the letter of the minimum it reaches, and how many starts reach which.

use crate::app::run::basins::BasinMap;
use crate::engine::many::basin::Destination;
use crate::view::map::sheet::Sheet;
use crate::view::paper::raster::Raster;
use crate::view::paper::theme::Ink;

/// Writes letters in the place of the lines.
pub fn draw(map: &BasinMap, sheet: &Sheet, raster: &mut Raster) {
    let (wide, high) = Raster::dots_per_cell(raster.glyphs());
    raster.wipe();
    for row in 0..raster.height() / high {
        for column in (row % 2..raster.width() / wide).step_by(2) {
            let middle = |cell: usize, dots: usize| (cell * dots) as f64 + (dots - 1) as f64 / 2.0;
            let place = [sheet.across.value(middle(column, wide)), sheet.down.value(middle(row, high))];
            if let Some(goal) = goal_near(map, place) {
                let (symbol, ink) = letter(goal);
                raster.stamp(column, row, symbol, ink);
            }
        }
    }
}

/// Where the nearest start leads; `None` beyond the starts.
fn goal_near(map: &BasinMap, place: [f64; 2]) -> Option<Destination> {
    let search = &map.question.search;
    let index = |axis: usize| {
        let ([low, high], last) = (search.window[axis], (search.counts[axis] - 1) as f64);
        let nearest = ((place[axis] - low) / (high - low) * last).round();
        (0.0..=last).contains(&nearest).then_some(nearest as usize)
    };
    map.goals.get(index(1)? * search.counts[0] + index(0)?).copied()
}

fn letter(goal: Destination) -> (char, Ink) {
    match goal {
        Destination::Minimum(index) => {
            let number = index.min(25) as u8;
            (char::from(b'a' + number), Ink::Rival(number))
        }
        Destination::Left => ('!', Ink::Bad),
        Destination::Critical => ('?', Ink::Text),
        Destination::Unsettled => ('.', Ink::Dim),
    }
}

/// How many of a hundred starts lead where, in the order of the letters.
pub fn shares(map: &BasinMap) -> String {
    let mut goals = map.goals.clone();
    goals.sort_unstable();
    let of_all = |part: &[Destination]| {
        let percent = 100.0 * part.len() as f64 / goals.len() as f64;
        let words = if percent < 1.0 { "<1%".to_owned() } else { format!("{percent:.0}%") };
        format!("{} {words}", letter(part[0]).0)
    };
    goals.chunk_by(|one, other| one == other).map(of_all).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use ratatui::{buffer::Buffer, layout::Rect};

    use super::*;
    use crate::app::run::basins::Question;
    use crate::engine::many::basin::StartGrid;
    use crate::engine::run::stop::Limits;
    use crate::objective::formula::Formula;
    use crate::objective::point::Point;
    use crate::view::map::plane::Plane;
    use crate::view::paper::specimen::{THEMES, fixed, text_of};
    use std::collections::BTreeMap;

    /// Three starts across and two up; the upper ones lead to b, out, and nowhere.
    fn map() -> BasinMap {
        let search = StartGrid {
            counts: [3, 2],
            window: [[0.0, 2.0], [0.0, 1.0]],
            minima: vec![Point::zeros(2), Point::zeros(2)],
            tolerance: 0.1,
            others: Vec::new(),
        };
        let goals = [
            Destination::Minimum(0),
            Destination::Minimum(0),
            Destination::Critical,
            Destination::Minimum(1),
            Destination::Left,
            Destination::Unsettled,
        ];
        let subject = Formula::parse("x1 + x2", 2, &BTreeMap::new()).unwrap().into();
        let question = Question { subject, search, method: fixed(0.1), limits: Limits::default() };
        BasinMap { question, goals: goals.to_vec(), minima: Vec::new() }
    }

    #[test]
    fn each_cell_has_the_letter_of_its_nearest_start() {
        let sheet = |window, raster: &Raster| Sheet::new(Plane::coordinates(&Point::zeros(2), [0, 1]), window, raster);
        for theme in THEMES {
            let mut raster = Raster::new(11, 4, theme.glyphs);
            raster.stamp(9, 0, '#', Ink::Curve);
            draw(&map(), &sheet([[0.0, 2.0], [0.0, 1.0]], &raster), &mut raster);
            assert_eq!(shares(&map()), "a 33% b 17% ? 17% ! 17% . 17%");
            let mut cells = Buffer::empty(Rect::new(0, 0, 11, 4));
            raster.paint(theme, cells.area, &mut cells);
            assert_eq!(text_of(&cells), "b b ! ! . .\n b ! ! ! .\na a a a ? ?\n a a a a ?\n");
            // Looking farther out, there are no starts.
            let mut raster = Raster::new(11, 4, theme.glyphs);
            draw(&map(), &sheet([[-20.0, -10.0], [f64::NAN, 1.0]], &raster), &mut raster);
            let mut cells = Buffer::empty(Rect::new(0, 0, 11, 4));
            raster.paint(theme, cells.area, &mut cells);
            assert_eq!(text_of(&cells), "\n\n\n\n");
        }
    }
}
