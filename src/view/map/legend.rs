//! What the marks of the map mean, for the end of the key sheet.

use crate::view::paper::lines::Line;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};

/// A title, marks with their meanings, and words without a mark.
type LegendRow = (&'static str, &'static [(Mark, Ink, &'static str)], &'static str);

/// The marks with their meanings: of the runs, of the landscape, of the overlays, and of the frame.
pub fn legend(theme: Theme) -> Vec<Line> {
    let rows: [LegendRow; 4] = [
        (
            "On the map:",
            &[
                (Mark::Start, Ink::Start, "start"),
                (Mark::Iterate, Ink::Path, "iterates"),
                (Mark::Here, Ink::Here, "here"),
                (Mark::Trial, Ink::Trial, "trials"),
                (Mark::Arrow(1, 0), Ink::Path, "beyond the edge, and how far"),
            ],
            "A, B … where a run ends",
        ),
        (
            "Known:",
            &[(Mark::Minimum, Ink::Minimum, "minimum"), (Mark::Saddle, Ink::Saddle, "saddle")],
            "lines of equal height, named at the frame",
        ),
        (
            "Overlays:",
            &[(Mark::LookAhead, Ink::Direction, "look-ahead"), (Mark::Arrow(0, -1), Ink::Steepest, "−∇f")],
            "a, b … the minimum that a start reaches, ! leaves the map, ? rests elsewhere, . goes on",
        ),
        ("Frame:", &[], "x₁ drawn 2×: a unit of x₁ is twice as long here as one of x₂, so angles are not true"),
    ];
    let line = |(title, marks, last): &LegendRow| {
        let begun = marks.iter().fold(Line::new(Ink::Title, *title), |line, (mark, ink, meaning)| {
            line.then(*ink, format!("{} {meaning}", theme.symbol(*mark)))
        });
        begun.then(Ink::Rival(0), *last)
    };
    rows.iter().map(line).collect()
}
