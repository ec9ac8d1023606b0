//! Is the house in order: do its files keep its laws, and do its documents tell the truth?

mod architecture;
mod documents;
