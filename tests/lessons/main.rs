//! Are lessons true and their faults told: those that ship, those that are broken, and those that are yet to be written?

mod author;
mod complaints;
mod lessons;
mod sentences;
