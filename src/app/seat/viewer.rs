//! What one pair of eyes sees: its focus, its zoom, its glyphs, what it is typing.

use crate::app::answer::attempt::Attempt;
use crate::app::look::appearance::Look;
use crate::app::look::overlay::Overlay;
use crate::app::look::viewport::Viewport;
use crate::app::room::moment::Moment;
use crate::app::room::sitting::Sitting;
use crate::app::run::basins::Basins;
use crate::app::seat::faults::Faults;
use crate::app::settings::draft::Draft;
use crate::lesson::file::safe::Safe;
use crate::lesson::question::{Answer, Kind};
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
    pub viewport: Viewport,
    /// What lies over the map.
    pub overlay: Option<Overlay>,
    /// Whether the progress panel counts evaluations of f, not iterations.
    pub counts_evaluations: bool,
    /// What lies on top of the run.
    pub layer: Layer,
    /// The answer that is being made, and the question it is for.
    pub attempt: Option<(Safe, Attempt)>,
    /// Whether the keys go to an open question that takes more than one; absent: while it locks.
    pub answers: Option<bool>,
    /// What lies under the key sheet or the terms, and comes back when it is closed.
    pub beneath: Layer,
    /// How many lines further down, or up if negative, than where it opens the page is read.
    pub scrolled: i32,
    /// Why the last key did nothing; gone with the next key.
    pub notice: Option<String>,
    /// Whether what was done last could not be written to the disk.
    pub is_unkept: bool,
    /// The list of lessons as this viewer goes through it.
    pub list: ListPlace,
    /// What is sought for the map, in slices between the keys.
    pub search: Option<Box<Basins>>,
    /// The moment that layer, draft and scroll are about; `None` before the first key.
    pub moment: Option<Moment>,
    /// Panel and zoom of each sitting that waits beneath the one in view.
    pub left: Vec<(usize, bool)>,
}

/// Where a viewer is in the list of lessons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListPlace {
    /// The lesson chosen, as an index into all; `None` until one was chosen.
    pub chosen: Option<usize>,
    /// What the list is narrowed to; empty for all.
    pub filter: String,
}

/// What takes the keys.
#[derive(Clone, Default)]
pub enum Layer {
    /// The run and its page.
    #[default]
    Run,
    /// A word of welcome, at the very first start.
    Welcome,
    /// The key sheet, scrolled by so many rows.
    Help(usize),
    /// The terms of the course, scrolled by so many rows, those about what is typed.
    Terms {
        /// The first row in view.
        top: usize,
        /// What they are narrowed to.
        typed: String,
    },
    /// The map, looked around in.
    Look,
    Settings(Box<Draft>),
    /// What the list is narrowed to is being typed.
    Filter,
    /// An iteration being typed.
    GoTo(String),
    /// A hint, of this level.
    Hint(usize),
    /// The why card of this number.
    Why(usize),
    /// How sure the learner is of this answer.
    Confidence(Answer),
    /// Whether one learns or two, with the names typed.
    Pair(String),
    /// The command line that reopens this place.
    Reopen(String),
    /// What is wrong with a lesson file that was saved.
    Faults(Faults),
}

impl Layer {
    /// Whether the question of the page is in view, with the answer that is being made: a hint stands below them.
    pub fn shows_question(&self) -> bool {
        matches!(self, Self::Run | Self::Welcome | Self::Hint(_))
    }
}

impl Viewer {
    /// A viewer of that size.
    pub fn new(size: (u16, u16), look: Look) -> Self {
        Self { size, look, ..Self::default() }
    }

    /// Seeks on by a slice; at the end, what there is to say of what was found.
    pub fn search_on(&mut self, sitting: &mut Sitting) -> Option<String> {
        let mut search = self.search.take()?;
        if search.slice() {
            self.search = Some(search);
            return None;
        }
        sitting.basins = Some(search.map());
        Some(
            "Each start has the letter of the minimum it reaches; ! leaves the map, ? rests elsewhere, . goes on."
                .into(),
        )
    }

    /// Lays a sheet over what is there, or in the place of another sheet.
    pub fn cover(&mut self, sheet: Layer) {
        let covered = std::mem::replace(&mut self.layer, sheet);
        if !matches!(covered, Layer::Help(_) | Layer::Terms { .. }) {
            self.beneath = covered;
        }
    }

    /// Takes the sheet away: what it covered is there again.
    pub fn uncover(&mut self) {
        self.layer = std::mem::take(&mut self.beneath);
    }

    /// A page is opened: its first panel, and the map as the lesson shows it.
    pub fn open_page(&mut self) {
        self.panel = 0;
        self.is_zoomed = false;
        self.viewport = Viewport::default();
        self.attempt = None;
        self.answers = None;
    }

    /// The answer being made to the open question, if that takes more than one key.
    pub fn attempt(&self, sitting: &Sitting) -> Option<Attempt> {
        let question = &sitting.open_question()?.question;
        let begun = self.attempt.as_ref().filter(|(known, _)| known == question);
        begun.map(|(_, attempt)| attempt.clone()).or_else(|| Attempt::new(sitting))
    }

    /// Whether the keys go to that answer.
    pub fn is_answering(&self, sitting: &Sitting) -> bool {
        let takes_more = sitting.open_question().is_some_and(|ask| !matches!(ask.kind, Kind::Choose(_)));
        takes_more && self.answers.unwrap_or(!sitting.is_unlocked)
    }

    /// What this viewer sees of a place that the command line of `y` does not carry.
    pub fn beside(&self, sitting: &Sitting) -> Vec<&'static str> {
        let all = [
            (sitting.has_rivals(), "rivals that were kept"),
            (sitting.grain.is_some(), "what → takes"),
            (self.panel > 0, "the panel"),
            (self.is_zoomed, "the zoom"),
            (self.viewport != Viewport::default(), "the view of the map"),
            (self.overlay.is_some(), "the overlay"),
            (self.counts_evaluations, "the axis of the progress panel"),
        ];
        all.into_iter().filter_map(|(is_so, words)| is_so.then_some(words)).collect()
    }

    /// Whether the arrows move something in that answer: in all but a number.
    pub fn moves_in_answer(&self, sitting: &Sitting) -> bool {
        self.is_answering(sitting) && self.attempt(sitting).is_none_or(|attempt| attempt.making().goes_up_and_down())
    }

    /// Looks around in the map, if it is among the panels of the page.
    pub fn look_around(&mut self, panels: &[Panel]) -> Result<(), String> {
        if !panels.contains(&Panel::Map) {
            return Err("This page shows no map.".into());
        }
        self.layer = Layer::Look;
        Ok(())
    }
}
