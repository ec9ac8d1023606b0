//! The page box and the rows around it: prose, questions, cards, the story.

pub mod aim;
pub mod content;
pub mod excerpt;
pub mod outcome;
pub mod page_rows;
pub mod page_text;
pub mod pair;
pub mod reopened;
pub mod settings;
pub mod story;
pub mod story_rows;
pub mod timeline;
pub mod title;
