//! All that a message can come to, once it is permitted: with everything it needs, and nothing left to decide.

use crate::app::look::overlay::Overlay;
use crate::engine::number::Sense;
use crate::lesson::question::Answer;

/// What is done.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// This viewer leaves the program.
    Leave,
    /// What this viewer sees changes, and nothing else.
    See(Seeing),
    /// A field or card on top of the page changes.
    Top(Top),
    /// The settings on top of the page change.
    Draft(DraftEdit),
    /// The answer that is being made changes.
    Attempt(Stroke),
    /// The list of lessons as this viewer goes through it.
    List(Browse),
    /// The run, its page or its answers change, for all in the room.
    Run(Go),
    /// The session goes to another lesson, or back.
    Session(Visit),
}

/// What changes what one viewer sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seeing {
    Glyphs,
    Colours,
    NextPanel,
    Zoom,
    Axis,
    LookAround,
    Pan(i8, i8),
    Nearer(Sense),
    /// The map as the lesson shows it.
    Home,
    /// This overlay over the map; `None` for no overlay.
    Overlay(Option<Overlay>),
    /// The text is read further up or down.
    Scroll(Sense),
}

/// What changes what lies on top of the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Top {
    /// The key sheet.
    Help,
    Terms,
    /// A sheet is closed: what it covered is there again.
    CloseSheet,
    /// The card or field is closed.
    Close,
    /// The key sheet or the terms are scrolled.
    Scroll(Sense),
    /// A character for the field that is open.
    Type(char),
    /// The last character of that field taken back.
    Erase,
    /// What is typed cannot be taken, and why.
    Fault(String),
    /// The settings.
    Settings,
    /// The field that asks which iteration to go to.
    GoTo,
    /// The field with the names of two.
    Pair,
    /// The hint of this level, which was opened before.
    Hint(usize),
    /// The why card of this number.
    Why(usize),
    /// The card that asks how sure the learner is.
    Confidence(Answer),
    /// The command line that reopens the place in view.
    Reopen,
    /// The keys go to the run.
    LeaveAnswer,
    /// The keys go to the question.
    TakeAnswer,
}

/// What changes the drafted settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftEdit {
    /// To the row below (more) or above, or the start up or down the map.
    Row(Sense),
    /// A nudge of the row in focus, or the start along the map.
    Nudge(Sense),
    Type(char),
    Erase,
    /// To the map, where the start is moved, or back.
    Place,
    /// The steps of the arrows coarser (more) or finer.
    Pace(Sense),
    /// What was typed is dropped, or the start is where it was.
    StepBack,
}

/// What changes an answer that is being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    Type(char),
    Erase,
    /// An arrow along (left, right) or across (down, up).
    Along(Sense),
    Across(Sense),
    Pace(Sense),
    /// Enter: the answer is given, if it is whole.
    Finish,
}

/// What changes the list of lessons as one viewer sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browse {
    /// The lesson after (more) or before.
    Choose(Sense),
    /// What the list is narrowed to is typed from now on.
    Narrow,
    Type(char),
    Erase,
    /// The typing ends.
    Keep,
    /// All lessons again.
    All,
}

/// How far the run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stride {
    /// By what → takes.
    Grain,
    Iteration,
    /// To the ending.
    End,
}

/// What changes the run, its page or its answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Go {
    On(Stride),
    /// Back by one beat, or to the page before.
    Back,
    WholeBack,
    Play,
    /// Play faster (more) or slower.
    Pace(Sense),
    Again,
    /// To this iteration.
    To(usize),
    /// To the next page (more) or the one before.
    Turn(Sense),
    Grain,
    /// Questions lock, or no longer.
    Lock,
    KeepRival,
    DropRivals,
    /// The answer of this index is chosen.
    Choose(usize),
    /// An answer, with how sure the learner is: 0 guess, 1 think, 2 sure; `None` where that was not asked.
    Answer(Answer, Option<usize>),
    /// A hint that was not open before.
    Hint(usize),
    /// The run that proves the why card of this number.
    Prove(usize),
    /// Back from a proof to its page.
    ComeBack,
    /// The drafted settings take effect.
    Apply(Begin),
    /// One learns alone (`None`), or two with the names as typed.
    Pair(Option<String>),
    /// The work that goes on stops.
    Stop,
}

/// Where drafted settings take effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    Start,
    /// From the start, and the run as it was stays beside it.
    Beside,
    /// From the iterate in view.
    Here,
}

/// What leads to another lesson, or back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visit {
    /// The lesson chosen in the list.
    Open,
    /// What is due again.
    Review,
    Sandbox,
    /// The solution of the goal in view.
    Solution,
    /// Back to the sitting that waits beneath.
    Return,
    /// To the list.
    Home,
}

/// Whom an act reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The one who does it.
    Private,
    /// All in the room.
    Shared,
}

impl Act {
    /// Whom it reaches: only acts on the run and the session reach others.
    pub fn reach(&self) -> Audience {
        match self {
            Self::Run(_) | Self::Session(_) => Audience::Shared,
            Self::Leave | Self::See(_) | Self::Top(_) | Self::Draft(_) | Self::Attempt(_) | Self::List(_) => {
                Audience::Private
            }
        }
    }
}

/// What is asked of the host.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Nothing,
    /// A text goes where it can be pasted from.
    Copy(String),
    /// There is long work: a slice of it, again and again, whenever no key waits.
    Work,
    /// This viewer leaves.
    Leave,
}
