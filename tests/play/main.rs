//! A learner at the keys: does each do what it says, does a lesson flow on, and is no answer told?

mod answers;
mod flow;
mod keys;
mod learner;
mod looking;
mod notation;
mod pairs;
mod playthroughs;
mod questions;
mod review;
mod secrets;
mod settings;
mod small;
mod viewers;
mod walks;
