//! What happens: keys become messages, and messages change what everybody sees.

pub mod key;
