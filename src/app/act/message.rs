//! All that a key can mean.

use crate::engine::number::Sense;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// On by one beat, or to the next page where this one is done.
    Forward,
    /// Back by one beat.
    Back,
    /// On by a whole iteration.
    WholeForward,
    /// Back to the start of this or the last iteration.
    WholeBack,
    /// Play or pause.
    Play,
    /// Play slower.
    Slower,
    /// Play faster.
    Faster,
    /// The run again from its start.
    Again,
    /// On to the ending.
    ToEnd,
    /// Asks which iteration to go to.
    GoTo,
    /// The next page, answered or not.
    NextPage,
    /// The page before.
    PreviousPage,
    /// The answer of this index; or, as confidence, how sure.
    Answer(usize),
    /// Asks whether one learns or two.
    Pair,
    /// The question takes the keys again.
    Question,
    /// The next hint.
    Hint,
    /// The next why card.
    Why,
    /// Shows the run that proves the why card.
    Prove,
    /// Opens the settings.
    Settings,
    /// Selects the row above or the lesson before.
    Up,
    /// Selects the row below or the lesson after.
    Down,
    /// A setting one nudge down.
    Less,
    /// A setting one nudge up.
    More,
    /// A character typed into a field.
    Type(char),
    /// The last character of the field taken back.
    Erase,
    /// What is typed or drafted takes effect.
    Confirm,
    /// The drafted settings take effect from here on.
    Fork,
    /// This run is kept as a rival.
    KeepRival,
    /// The rivals that were kept are let go.
    DropRivals,
    /// This run is kept as a rival, and the drafted settings take effect from the start.
    KeepAndConfirm,
    /// The start is moved on the map, or no longer.
    Place,
    /// The steps of the arrows half as long.
    Finer,
    /// The steps of the arrows twice as long.
    Coarser,
    /// Free play, from exactly here.
    Sandbox,
    /// Asks for the command line that reopens this place.
    Reopen,
    /// The next grain of →.
    NextGrain,
    NextPanel,
    /// The panel fills the screen, or no longer.
    Zoom,
    /// The map is looked around in.
    LookAround,
    /// The view of the map moves: signs of right and up.
    Pan(i8, i8),
    /// The map from nearer (more), or from farther.
    Near(Sense),
    /// The view of the map that the lesson shows.
    LookBack,
    /// The next overlay of the map.
    NextOverlay,
    /// The progress panel counts evaluations, or iterations again.
    Axis,
    /// The other glyphs.
    Glyphs,
    /// The next choice of colours.
    Colours,
    /// Questions lock no more, or again.
    Lock,
    /// The key sheet.
    Help,
    /// The terms of the course.
    Terms,
    /// Asks what the list is to be narrowed to.
    Filter,
    /// Opens the chosen lesson.
    Open,
    /// Asks again what is due.
    Review,
    /// Lowers what lies on top.
    Lower,
    /// One level up: lesson, home, shell.
    Quit,
    /// Out at once.
    LeaveNow,
}

impl Message {
    /// Whether it changes nothing but how a picture is drawn.
    pub fn is_of_picture(self) -> bool {
        matches!(self, Self::LookAround | Self::NextOverlay | Self::Zoom | Self::Axis | Self::Colours)
    }
}
