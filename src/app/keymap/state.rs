//! What the keys mean now: the state that a screen is in.

/// What the keys mean now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The list of lessons.
    Home,
    /// A question is open and locks.
    Asked,
    /// A question is open that takes more than one key, and takes them.
    Answering,
    /// There is a beat to see.
    Stepping,
    /// A goal is not met yet.
    Aiming,
    /// The page is done.
    Done,
    /// A hint is open.
    Hint,
    /// A why card is open.
    Why,
    /// The learner says how sure they are.
    Confidence,
    /// Asked whether one learns or two.
    Pair,
    /// The settings are open.
    Settings,
    /// The map is looked around in.
    Looking,
    /// The settings are open at a text, which takes every character.
    Writing,
    /// The start is moved on the map.
    Placing,
    /// The command line that reopens this place is shown, or what is wrong with a file that was saved.
    Reopen,
    /// What the list is narrowed to is being typed.
    Filter,
    /// An iteration is being typed.
    GoTo,
    /// The key sheet is open.
    Help,
    /// The terms are open, and a word to look for is being typed.
    Terms,
    /// Long work goes on.
    Working,
}
