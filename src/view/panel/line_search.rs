//! How far along d? φ(α) with the bound it must stay below above, and below every trial with its margin.

use ratatui::layout::Rect;

use crate::app::look::appearance::Glyphs;
use crate::app::run::scene::Scene;
use crate::app::run::visible::Glimpse;
use crate::engine::number::short;
use crate::engine::record::trial::Phase;
use crate::engine::rule::method::Method;
use crate::view::panel::trials;
use crate::view::paper::frame::{Frame, divide};
use crate::view::paper::lines::{self, Line};
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::Ink;
use crate::view::plot::ray::Ray;

/// Draws the plot above and the table of trials below.
pub fn draw(scene: &Scene<'_>, pad: &mut Pad<'_>) {
    let glimpse = told(*scene.glimpse());
    let bottom = settings(scene.run().method_at(glimpse.t));
    let note = if glimpse.t < scene.t() { "last step" } else { "" };
    let title = match pad.theme.glyphs {
        Glyphs::Braille => "Line search  φ(α) = f(x + αd)",
        Glyphs::Ascii => "Line search  phi(a) = f(x + a d)", // as in its table: "alpha" leaves no room
    };
    let inner = Frame { title, right: note, bottom: &bottom }.draw(pad);
    if inner.width == 0 || inner.height == 0 {
        return;
    }
    let Some(proposal) = glimpse.proposal else {
        let words = "no direction yet: along d this shows φ(α), each trial α, and the bound that it must keep";
        return lines::draw_fitted(&[Line::new(Ink::Dim, words).flush()], &mut pad.part(inner));
    };
    let table = table_rows(glimpse.trials.len(), inner.height);
    let plot = Rect { height: inner.height - table, ..inner };
    if plot.height == 0 {
        return trials::draw(&glimpse, &mut pad.part(inner));
    }
    Ray::new(scene, &glimpse, proposal).draw(&mut pad.part(plot));
    if table == 0 {
        return;
    }
    let doing = doing(&glimpse);
    let own_line = u16::from(doing.is_some());
    divide(&doing.unwrap_or_default(), plot.bottom(), pad);
    // The head of the columns stands in the divider, unless that says what the search is doing.
    let table = Rect { y: plot.bottom() + own_line, height: table - own_line, ..inner };
    trials::draw(&glimpse, &mut pad.part(table));
}

/// What there is to tell: this iteration's search, or the last one's as long as this one has no direction.
fn told(glimpse: Glimpse<'_>) -> Glimpse<'_> {
    match (glimpse.proposal, glimpse.past.split_last()) {
        (None, Some((last, before))) if !last.trials.is_empty() => Glimpse {
            t: before.len(),
            here: &last.from,
            past: before,
            memory: None,
            proposal: Some(&last.proposal),
            trials: &last.trials,
            alpha: Some(last.alpha),
            to: Some(&last.to),
            ending: None,
        },
        _ => glimpse,
    }
}

/// What a search with an interval is doing in the last trial told.
fn doing(glimpse: &Glimpse<'_>) -> Option<String> {
    let trial = glimpse.trials.last().filter(|trial| trial.phase != Phase::Backtrack)?;
    let word = trial.phase.word();
    Some(trial.bracket.map_or(word.into(), |(low, high)| format!("{word} in [{}, {}]", short(low), short(high))))
}

/// The numbers among the settings of the step-size rule, by their symbols.
fn settings(method: &Method) -> String {
    let rule = method.step_size.rule();
    let shown = rule
        .parameters()
        .iter()
        .filter_map(|parameter| Some(format!("{} {}", parameter.symbol, short(rule.number(parameter.name)?))));
    shown.collect::<Vec<_>>().join("  ")
}

/// Rows for the table with its divider: all of them, or none, where there are too few for a picture beside it. They grow
/// with the trials, though not at the second: what moves cannot be compared.
fn table_rows(trials: usize, height: u16) -> u16 {
    const LEAST_PICTURE: u16 = 5;
    let wanted = (trials.max(2) as u16 + 1).min((height / 3).max(3) + 1);
    match (height < LEAST_PICTURE + 3, trials) {
        (true, 0) => 0,
        (true, _) => height,
        (false, _) => wanted.min(height - LEAST_PICTURE),
    }
}
