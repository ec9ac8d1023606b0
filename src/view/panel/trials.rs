//! The table of a line search: every trial with what was seen there, what was demanded, and what became of it.

use crate::app::look::appearance::Glyphs;
use crate::app::run::visible::Glimpse;
use crate::engine::record::trial::{Trial, Verdict};
use crate::view::paper::frame::{column, fitting};
use crate::view::paper::pad::Pad;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};

/// Columns for the number of the trial and its pointer.
const LEAD: u16 = 3;
/// Columns for a blank and the mark of a verdict, or for a blank and its word.
const MARK: u16 = 3;
const WORD: u16 = 7;
/// A column narrower than this cannot hold a number.
const NARROWEST: usize = 6;

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq)]
enum TrialColumn {
    Alpha,
    Value,
    Bound,
    Margin,
    Slope,
    /// The side of the second condition that α is held to, in units of φ' or, for Goldstein's, of f.
    Second,
}

/// What the second condition bounds: with slopes in the table a slope, else φ from below.
#[derive(Clone, Copy)]
enum SecondName {
    Limit,
    Floor,
}

/// What the test of the decrease bounds.
#[derive(Clone, Copy)]
enum BoundName {
    Value,
    /// φ' itself, where values do not show the decrease.
    Slope,
}

impl TrialColumn {
    fn name(self, second: SecondName, bound: BoundName, theme: Theme) -> &'static str {
        match (self, theme.glyphs) {
            (Self::Bound, Glyphs::Braille) if matches!(bound, BoundName::Slope) => "φ' ≤",
            (Self::Bound, Glyphs::Ascii) if matches!(bound, BoundName::Slope) => "slope<",
            (Self::Alpha, Glyphs::Braille) => "α",
            (Self::Alpha, Glyphs::Ascii) => "a",
            (Self::Value, Glyphs::Braille) => "φ(α)",
            (Self::Value, Glyphs::Ascii) => "phi(a)",
            (Self::Bound, _) => "bound",
            (Self::Margin, _) => "margin",
            (Self::Slope, _) => "slope",
            (Self::Second, _) => match second {
                SecondName::Limit => "limit",
                SecondName::Floor => "floor",
            },
        }
    }

    fn of(self, trial: &Trial) -> Option<f64> {
        match self {
            Self::Alpha => Some(trial.alpha),
            Self::Value => Some(trial.value),
            // Of the test that decided on the decrease: of slopes, where values do not show it.
            Self::Bound => trial.decrease().map(|margin| margin.rhs),
            Self::Margin => trial.decrease().map(|margin| margin.slack()),
            Self::Slope => trial.slope,
            // Of the strong condition |φ'(α)| ≤ γ₂|φ'(0)| the bound stands on the right, of the others on the left.
            Self::Second => trial.curvature.map(|margin| match trial.slope {
                Some(slope) if margin.lhs == slope.abs() => margin.rhs,
                _ => margin.lhs,
            }),
        }
    }
}

/// Where α can fail in two ways, the way is said in a word instead of a cross.
fn verdict_width(trials: &[Trial]) -> u16 {
    let has_word = trials.iter().any(|trial| trial.slope.is_some() || trial.curvature.is_some());
    if has_word { WORD } else { MARK }
}

/// How many columns of the table each number has, with the blank before it.
fn wide(columns: &[TrialColumn], verdict: u16, width: u16) -> usize {
    let room = usize::from(width.saturating_sub(LEAD + verdict)) / columns.len().max(1);
    room.clamp(NARROWEST, 12)
}

/// The columns that fit, the most telling first to stay; a column gives way before a number does.
fn columns(trials: &[Trial], width: u16, theme: Theme) -> Vec<TrialColumn> {
    let has_second = trials.iter().any(|trial| trial.curvature.is_some());
    let has_armijo = trials.is_empty() || trials.iter().any(|trial| trial.armijo.is_some());
    let has_slopes = trials.iter().any(|trial| trial.slope.is_some());
    let all = [
        TrialColumn::Alpha,
        TrialColumn::Value,
        TrialColumn::Bound,
        TrialColumn::Margin,
        TrialColumn::Slope,
        TrialColumn::Second,
    ];
    // What goes first where there is no room: the difference of two columns, then the limit that the frame names too.
    let dispensable: &[TrialColumn] = match (has_slopes, has_second) {
        (true, _) => &[TrialColumn::Second, TrialColumn::Margin],
        (false, true) => &[TrialColumn::Margin],
        (false, false) => &[],
    };
    let mut shown: Vec<TrialColumn> = all
        .into_iter()
        .filter(|column| match column {
            TrialColumn::Alpha | TrialColumn::Value => true,
            TrialColumn::Bound | TrialColumn::Margin => has_armijo,
            TrialColumn::Slope => has_slopes,
            TrialColumn::Second => has_second,
        })
        .collect();
    let verdict = verdict_width(trials);
    let room = usize::from(width.saturating_sub(LEAD + verdict)) / (NARROWEST + 1);
    for column in dispensable {
        if shown.len() > room {
            shown.retain(|kept| kept != column);
        }
    }
    let numbers = |shown: &[TrialColumn]| {
        trials.iter().flat_map(|trial| shown.iter().filter_map(|one| one.of(trial))).collect::<Vec<_>>()
    };
    for column in [TrialColumn::Second, TrialColumn::Margin, TrialColumn::Bound, TrialColumn::Slope] {
        let wide = wide(&shown, verdict, width) - 1;
        if numbers(&shown).into_iter().all(|value| fitting(value, wide, theme).is_some()) {
            break;
        }
        shown.retain(|kept| *kept != column);
    }
    shown
}

/// Draws the head and as many of the last trials as there are rows for.
pub fn draw(glimpse: &Glimpse<'_>, pad: &mut Pad<'_>) {
    let (area, theme) = (pad.area, pad.theme);
    if area.height == 0 {
        return;
    }
    let rows = usize::from(area.height - 1);
    let first = glimpse.trials.len().saturating_sub(rows);
    let columns = columns(&glimpse.trials[first..], area.width, theme);
    let has_slopes = columns.contains(&TrialColumn::Slope);
    let second = if has_slopes { SecondName::Limit } else { SecondName::Floor };
    let wide = wide(&columns, verdict_width(&glimpse.trials[first..]), area.width);
    let is_by_slope = !glimpse.trials.is_empty() && glimpse.trials[first..].iter().all(|one| one.by_slope().is_some());
    let bound = if is_by_slope { BoundName::Slope } else { BoundName::Value };
    let name = |column: &TrialColumn| format!("{:>wide$}", column.name(second, bound, theme));
    let head: String = columns.iter().map(name).collect();
    pad.put(&format!("   {head}"), Ink::Dim, (area.x, area.y), area.width);
    if glimpse.trials.is_empty() && rows > 0 {
        pad.put("   none yet", Ink::Dim, (area.x, area.y + 1), area.width);
    }
    for (y, (index, trial)) in (area.y + 1..area.bottom()).zip(glimpse.trials.iter().enumerate().skip(first)) {
        let is_last = index + 1 == glimpse.trials.len();
        let pointer = if is_last { theme.symbol(Mark::Pointer) } else { " " };
        let ink = if is_last { Ink::Text } else { Ink::Dim };
        let number = |shown: &TrialColumn| {
            shown.of(trial).map_or(" ".repeat(wide), |value| {
                // A blank parts the columns, whatever stands in them.
                format!(" {}", column(value, wide - 1, theme))
            })
        };
        let line: String = columns.iter().map(number).collect();
        let used = pad.put(&format!("{:>2}{pointer}{line} ", index + 1), ink, (area.x, y), area.width);
        if let Some((mark, word, ink)) = verdict(trial, glimpse.alpha) {
            let is_said = !word.is_empty() && (has_slopes || trial.curvature.is_some());
            let said = if is_said { word } else { theme.symbol(mark) };
            pad.put(said, ink, (area.x + used, y), area.width.saturating_sub(used));
        }
    }
}

/// The mark and the word of a verdict, as far as it may be told; `chosen` is the α that is taken, once it is seen.
fn verdict(trial: &Trial, chosen: Option<f64>) -> Option<(Mark, &'static str, Ink)> {
    match trial.verdict {
        Verdict::Narrowed | Verdict::Open => None,
        // Which look of an exact search is taken is known only at its end.
        Verdict::Accepted if trial.armijo.is_none() && chosen.is_none() => None,
        Verdict::Accepted => Some((Mark::Yes, "", Ink::Good)),
        Verdict::TooLong => Some((Mark::No, "long", Ink::Bad)),
        Verdict::TooShort => Some((Mark::No, "short", Ink::Bad)),
        Verdict::CurvatureNotMet => Some((Mark::Yes, "steep", Ink::Warning)),
        Verdict::NotFinite => Some((Mark::No, "", Ink::Bad)),
    }
}

#[cfg(test)]
mod tests {
    use super::{BoundName, SecondName, TrialColumn, columns};
    use crate::engine::record::trial::{Margin, Origin, Phase, Trial, Verdict};
    use crate::view::paper::specimen::THEMES;

    fn trial(slope: Option<f64>, curvature: Option<Margin>) -> Trial {
        Trial {
            alpha: 0.3,
            origin: Origin::Initial,
            value: -0.187,
            slope,
            armijo: Some(Margin { lhs: -0.187, rhs: 1.865 }),
            slope_bound: None,
            curvature,
            phase: Phase::Bracketing,
            bracket: None,
            verdict: Verdict::TooShort,
        }
    }

    /// Beside a map there are 38 columns: a Wolfe search keeps the slope that its verdict rests on.
    #[test]
    fn the_slope_stays_where_room_is_short() {
        let wolfe = [trial(Some(-5.67), Some(Margin { lhs: 5.67, rhs: 0.9 }))];
        assert_eq!(
            columns(&wolfe, 38, THEMES[0]),
            [TrialColumn::Alpha, TrialColumn::Value, TrialColumn::Bound, TrialColumn::Slope]
        );
        assert_eq!(columns(&wolfe, 76, THEMES[0]).len(), 6);
        let armijo = [trial(None, None)];
        assert_eq!(
            columns(&armijo, 38, THEMES[0]),
            [TrialColumn::Alpha, TrialColumn::Value, TrialColumn::Bound, TrialColumn::Margin]
        );
        assert_eq!(TrialColumn::Second.of(&wolfe[0]), Some(0.9));
        // Where a tiny negative number needs more columns than its share, the difference goes.
        let late = Trial { value: -4.3e-112, armijo: Some(Margin { lhs: -4.3e-112, rhs: 1e-9 }), ..trial(None, None) };
        assert_eq!(columns(&[late], 34, THEMES[0]), [TrialColumn::Alpha, TrialColumn::Value, TrialColumn::Bound]);
        let weak = trial(Some(-5.67), Some(Margin { lhs: -0.9, rhs: -5.67 }));
        assert_eq!(TrialColumn::Second.of(&weak), Some(-0.9));
    }

    /// Where slopes decide, bound and margin are those of the slope, under a head that says so.
    #[test]
    fn the_test_that_decides_is_the_one_that_is_shown() {
        let decided = Trial { slope_bound: Some(-1.0), ..trial(Some(-3.0), None) };
        assert_eq!((TrialColumn::Bound.of(&decided), TrialColumn::Margin.of(&decided)), (Some(-1.0), Some(2.0)));
        let by_value = trial(Some(-3.0), None);
        assert_eq!(
            (TrialColumn::Bound.of(&by_value), TrialColumn::Margin.of(&by_value)),
            (Some(1.865), Some(1.865 + 0.187))
        );
        let name = |bound: BoundName| TrialColumn::Bound.name(SecondName::Limit, bound, THEMES[0]);
        assert_ne!(name(BoundName::Slope), name(BoundName::Value));
    }
}
