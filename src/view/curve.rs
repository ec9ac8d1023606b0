//! An objective of one variable: its curve, where the run stands on it, the tangent and the quadratic model there.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::glimpse::Glimpse;
use crate::app::lookout::Lookout;
use crate::app::sitting::Sitting;
use crate::objective::point::Point;
use crate::view::plot::{Frame, Scale};
use crate::view::raster::Raster;
use crate::view::sheet::{ends, magnified};
use crate::view::spelling::Mark;
use crate::view::theme::{Ink, Theme};
use crate::view::typeset;

/// Draws the curve over the window with the path, the trials and the tangent.
pub fn draw(sitting: &Sitting, theme: Theme, lookout: Lookout, is_focus: bool, area: Rect, cells: &mut Buffer) {
    let objective = sitting.cast.runs[0].objective();
    let [low, high] = lookout.window(0, sitting.scenario().window.first().copied().unwrap_or([-1.0, 1.0]));
    let title = format!("f = {}", typeset::set(sitting.scenario().objective.text()));
    let bottom = format!("x₁ {}{}", ends([low, high]), magnified(lookout));
    let ink = if is_focus { Ink::FrameFocus } else { Ink::Frame };
    // While a prediction is open the model might tell where Newton's step lands.
    let has_model = sitting.open_question().is_none() && !sitting.is_sealed();
    let names = if has_model { "tangent, model" } else { "tangent" };
    let inner = Frame { title: &title, right: names, bottom: &bottom, ink }.draw(theme, area, cells);
    if inner.width == 0 || inner.height == 0 {
        return;
    }
    let mut raster = Raster::new(inner.width, inner.height, theme.glyphs);
    let across = Scale::linear(low, high, raster.width());
    let value_at = |x: f64| objective.value(&Point::from_element(1, x));
    let heights: Vec<(f64, f64)> = (0..raster.width())
        .map(|dot| across.value(dot as f64))
        .map(|x| (x, value_at(x)))
        .filter(|(_, value)| value.is_finite())
        .collect();
    let down = Scale::around(heights.iter().map(|(_, value)| *value), raster.height()).upward();
    let place = |x: f64, value: f64| Some((across.dot(x)?, down.dot(value)?));
    raster.chain(heights.iter().filter_map(|(x, value)| place(*x, *value)), Ink::Curve);

    let glimpse = Glimpse::of(sitting);
    let (x, value, slope) = (glimpse.here.point[0], glimpse.here.value, glimpse.here.gradient[0]);
    let reach = (high - low) / 6.0;
    if let (Some(left), Some(right)) =
        (place(x - reach, value - slope * reach), place(x + reach, value + slope * reach))
    {
        raster.dashed(left, right, 2, Ink::Model);
    }
    if has_model {
        let bend = objective.hessian(&glimpse.here.point)[(0, 0)];
        for dot in (0..raster.width()).step_by(2) {
            let shift = across.value(dot as f64) - x;
            if let Some(height) = down.dot(value + slope * shift + 0.5 * bend * shift * shift) {
                raster.dot((dot as f64, height), Ink::Ghost);
            }
        }
    }
    for (index, run) in sitting.cast.runs.iter().enumerate().skip(1) {
        let at = place(run.here().point[0], run.here().value);
        mark(at, sitting.cast.names[index].as_str(), Ink::Rival((index - 1).min(255) as u8), &mut raster);
    }
    for step in glimpse.past {
        mark(place(step.from.point[0], step.from.value), theme.symbol(Mark::Iterate), Ink::Path, &mut raster);
    }
    if let (Some(proposal), None) = (glimpse.proposal, glimpse.to) {
        for trial in glimpse.trials {
            let candidate = proposal.candidate(&glimpse.here.point, trial.alpha);
            mark(place(candidate[0], trial.value), theme.symbol(Mark::Trial), Ink::Trial, &mut raster);
        }
    }
    let point = glimpse.point();
    mark(place(point.point[0], point.value), theme.symbol(Mark::Here), Ink::Here, &mut raster);
    raster.paint(theme, inner, cells);
}

fn mark(place: Option<(f64, f64)>, symbol: &str, ink: Ink, raster: &mut Raster) {
    if let (Some((column, row)), Some(symbol)) = (place.and_then(|place| raster.cell_at(place)), symbol.chars().next())
    {
        raster.stamp(usize::from(column), usize::from(row), symbol, ink);
    }
}
