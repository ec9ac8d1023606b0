//! Which panels stand on a screen of a certain size, and which of them has the focus.

use crate::app::room::sitting::Sitting;
use crate::app::run::visible::Glimpse;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::lesson::schema::Panel;

/// How much there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A few numbers and a sentence.
    Smallest,
    /// One panel at a time.
    Single,
    /// The map and one panel beside it.
    Pair,
    /// The map, up to three panels, and the page in a column of its own.
    Wide,
}

impl Layout {
    /// The layout for so many columns and rows.
    pub fn of(columns: u16, rows: u16) -> Self {
        match (columns, rows) {
            (..40, _) | (_, ..12) => Self::Smallest,
            (..72, _) => Self::Single,
            (120.., 36..) => Self::Wide,
            _ => Self::Pair,
        }
    }

    /// How many panels stand beside the main one.
    fn beside(self) -> usize {
        match self {
            Self::Smallest | Self::Single => 0,
            Self::Pair => 1,
            Self::Wide => 3,
        }
    }
}

/// The panels on a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrangement {
    /// What there is room for.
    pub layout: Layout,
    /// The panel in the main place: the map where the page shows it, or the one in focus where there is one place only.
    pub main: Panel,
    /// Those beside it, in the order of the page.
    pub beside: Vec<Panel>,
    /// The one that Tab chose and `z` enlarges.
    pub focus: Panel,
    /// Which of how many Tab has reached, from 1, where not all of them are on the screen.
    pub turn: Option<(usize, usize)>,
}

impl Arrangement {
    /// The arrangement for a viewer whose screen has so many columns and rows.
    pub fn of(sitting: &Sitting, viewer: &Viewer, (columns, rows): (u16, u16)) -> Self {
        let layout = Layout::of(columns, rows);
        if matches!(&viewer.layer, Layer::Settings(draft) if draft.placing.is_some()) {
            // Where a start is placed on the map, the map is all there is to see.
            return Self { layout, main: Panel::Map, beside: Vec::new(), focus: Panel::Map, turn: None };
        }
        let is_looking = matches!(viewer.layer, Layer::Look);
        let is_pointing =
            viewer.attempt(sitting).is_some_and(|attempt| attempt.making().is_on_map()) && viewer.is_answering(sitting);
        if (is_looking || is_pointing) && (viewer.is_zoomed || layout.beside() == 0) {
            return Self { layout, main: Panel::Map, beside: Vec::new(), focus: Panel::Map, turn: None };
        }
        let all = sitting.panels();
        if let [Panel::Map, Panel::SecondMap, rest @ ..] = &all[..]
            && layout.beside() > 0
        {
            return Self::of_two_maps(rest, viewer, layout);
        }
        let first = if all.contains(&Panel::Map) { Panel::Map } else { all.first().copied().unwrap_or(Panel::Map) };
        // Tab walks those beside the map first and ends at the map; one at a time they come in the order of the page.
        let others: Vec<Panel> = all.iter().copied().filter(|panel| *panel != first).collect();
        let places = if viewer.is_zoomed { 0 } else { layout.beside() };
        let is_single = layout.beside() == 0;
        let all = if is_single { map_first_if_silent(sitting, all) } else { all };
        let order: Vec<Panel> = if is_single { all } else { others.iter().copied().chain([first]).collect() };
        let at = viewer.panel % order.len().max(1);
        let focus = order.get(at).copied().unwrap_or(first);
        let turn = (order.len() > places + 1).then_some((at + 1, order.len()));
        if places == 0 {
            return Self { layout, main: focus, beside: Vec::new(), focus, turn };
        }
        let start = (at + 1).saturating_sub(places).min(others.len().saturating_sub(places));
        let beside = others.into_iter().skip(start).take(places).collect();
        let focus = if is_looking { Panel::Map } else { focus };
        Self { layout, main: first, beside, focus, turn }
    }

    /// Two maps side by side: Tab walks from the learner's over the rest to the second one.
    fn of_two_maps(rest: &[Panel], viewer: &Viewer, layout: Layout) -> Self {
        let order = [&[Panel::Map], rest, &[Panel::SecondMap]].concat();
        let at = viewer.panel % order.len();
        let focus = if matches!(viewer.layer, Layer::Look) { Panel::Map } else { order[at] };
        let chosen = rest.iter().find(|panel| **panel == focus).copied();
        let (main, beside) = match layout {
            _ if viewer.is_zoomed => (focus, Vec::new()),
            // The maps stay at the same height, so only a third panel has a place.
            Layout::Wide => {
                (Panel::Map, [Panel::SecondMap].into_iter().chain(chosen.or(rest.first().copied())).collect())
            }
            _ => (Panel::Map, vec![chosen.unwrap_or(Panel::SecondMap)]),
        };
        let turn = (order.len() > beside.len() + 1).then_some((at + 1, order.len()));
        Self { layout, main, beside, focus, turn }
    }

    /// Whether two maps have all the places of the panels.
    pub fn is_two_maps(&self) -> bool {
        self.beside == [Panel::SecondMap]
    }

    /// Whether there is a choice that the focus makes visible.
    pub fn has_choice(&self) -> bool {
        !self.beside.is_empty()
    }

    /// Whether a panel is on the screen.
    pub fn shows(&self, panel: Panel) -> bool {
        self.layout != Layout::Smallest && (self.main == panel || self.beside.contains(&panel))
    }
}

/// Where there is one place only, a panel with nothing to show yet leaves it to the map.
fn map_first_if_silent(sitting: &Sitting, mut panels: Vec<Panel>) -> Vec<Panel> {
    let map = panels.iter().position(|panel| *panel == Panel::Map);
    if let (Some(map), Some(first)) = (map, panels.first())
        && is_silent(sitting, *first)
    {
        panels[..=map].rotate_right(1);
    }
    panels
}

/// Whether nothing was seen yet of what a panel draws.
fn is_silent(sitting: &Sitting, panel: Panel) -> bool {
    let glimpse = Glimpse::of(sitting);
    match panel {
        Panel::LineSearch => glimpse.trials.is_empty() && glimpse.past.last().is_none_or(|step| step.trials.is_empty()),
        Panel::Progress => glimpse.past.is_empty() && glimpse.to.is_none(),
        _ => false,
    }
}

/// Switches the axis of the progress panel, or says why there is none to switch.
pub fn switch_axis(sitting: &Sitting, viewer: &mut Viewer) -> Result<(), String> {
    if !sitting.panels().contains(&Panel::Progress) {
        return Err("x switches the axis of the progress panel, which this page does not show.".into());
    }
    let arrangement = Arrangement::of(sitting, viewer, viewer.size);
    if !arrangement.shows(Panel::Progress) {
        return Err(match arrangement.layout {
            Layout::Smallest => "x switches the axis of the progress panel: this screen is too small for it.".into(),
            _ => "x switches the axis of the progress panel: Tab brings it to the screen.".into(),
        });
    }
    viewer.counts_evaluations = !viewer.counts_evaluations;
    let words = if viewer.counts_evaluations { "the evaluations of f" } else { "the iterations" };
    viewer.notice = Some(format!("The progress panel now counts {words}."));
    Ok(())
}
