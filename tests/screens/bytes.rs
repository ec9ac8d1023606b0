//! What goes down a slow line: bytes of every screen of every lesson, within their budgets.

use crate::costs::{Change, Show};
use downhill::host::terminal::paint::Screen;
use downhill::lesson::course::library;

/// A size, and at most so many bytes for a full repaint.
const REPAINTS: [((u16, u16), usize); 3] = [((80, 24), 10_000), ((120, 40), 19_000), ((200, 60), 36_000)];

#[test]
fn no_screen_costs_more_to_paint_than_it_may() {
    for (lesson, _) in library::SHIPPED {
        for (size, most) in REPAINTS {
            Show::of(lesson, size).walk(|show, _, bytes| {
                let full = show.frame(&mut Screen::new(size));
                assert!((400..=most).contains(&full), "{lesson} at {size:?}: {full} bytes");
                assert!(bytes <= most, "{lesson} at {size:?}: a change of {bytes} bytes");
            });
        }
    }
}

#[test]
fn a_step_costs_a_small_part_of_its_screen() {
    let mut steps = Vec::new();
    for (lesson, _) in library::SHIPPED {
        Show::of(lesson, (80, 24)).walk(|_, change, bytes| {
            steps.extend((change == Change::Step && bytes > 0).then_some(bytes));
        });
    }
    steps.sort_unstable();
    let (median, worst) = (steps[steps.len() / 2], steps[steps.len() - 1]);
    assert!(steps.len() > 100 && median <= 600 && worst <= 1600, "{median} and {worst} bytes of {} steps", steps.len());
}
