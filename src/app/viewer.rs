//! What one pair of eyes sees: its focus, its zoom, its glyphs, what it is typing.

use crate::app::look::Look;
use crate::app::lookout::Lookout;
use crate::app::overlay::Overlay;
use crate::app::settings::Draft;
use crate::lesson::schema::Panel;

/// One person at one screen.
#[derive(Clone, Default)]
pub struct Viewer {
    /// Columns and rows.
    pub size: (u16, u16),
    /// Characters and colours.
    pub look: Look,
    /// How often Tab was pressed: which of the page's panels is in focus, round and round.
    pub panel: usize,
    /// Whether it fills the screen.
    pub is_zoomed: bool,
    /// The part of the map in view.
    pub lookout: Lookout,
    /// What lies over the map.
    pub overlay: Option<Overlay>,
    /// What lies on top of the run.
    pub layer: Layer,
    /// Why the last key did nothing; gone with the next key.
    pub notice: Option<String>,
}

/// What takes the keys.
#[derive(Clone, Default)]
pub enum Layer {
    /// The run and its page.
    #[default]
    Run,
    /// The key sheet, scrolled by so many rows.
    Help(usize),
    /// The map, looked around in.
    Look,
    /// The settings.
    Settings(Draft),
    /// An iteration being typed.
    GoTo(String),
    /// A hint, of this level.
    Hint(usize),
    /// The why card of this number.
    Why(usize),
    /// How sure the learner is of this answer.
    Confidence(usize),
}

impl Viewer {
    /// A viewer of that size.
    pub fn new(size: (u16, u16), look: Look) -> Self {
        Self { size, look, ..Self::default() }
    }

    /// Looks around in the map, if it is among the panels of the page.
    pub fn look_around(&mut self, panels: &[Panel]) -> Result<(), String> {
        if !panels.contains(&Panel::Map) {
            return Err("This page shows no map.".into());
        }
        self.layer = Layer::Look;
        Ok(())
    }

    /// The panel in focus, of those that a page shows beside the map.
    pub fn focus(&self, beside: &[Panel]) -> Option<Panel> {
        beside.get(self.panel % beside.len().max(1)).copied()
    }
}
