//! What is drawn: does each screen look as it was accepted, does none break, and does none cost too many bytes?

mod accepted;
mod bytes;
mod costs;
mod frames;
mod fuzz_frames;
mod screens;
