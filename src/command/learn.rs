//! `downhill` and `downhill learn`: at the terminal, one learner.

use std::io::ErrorKind;

use clap::Args;

use crate::app::session::Session;
use crate::command::answer::{Answer, Failure};
use crate::command::look::LookArgs;
use crate::command::place::{self, PlaceArgs};
use crate::host::learner::Learner;
use crate::host::{plain, terminal};

/// Which lesson.
#[derive(Debug, Args)]
pub struct LearnArgs {
    /// A lesson's name, or the path of a lesson file; `-` reads standard input (not with a terminal there)
    lesson: String,
    #[command(flatten)]
    place: PlaceArgs,
}

/// Opens the list of lessons.
pub fn home(look: LookArgs) -> Answer {
    at_terminal(Session::home(), look)
}

/// Opens one lesson.
pub fn learn(args: &LearnArgs, look: LookArgs) -> Answer {
    at_terminal(place::open(&args.lesson, &args.place)?, look)
}

/// Hands a session to the learner at the terminal.
pub fn at_terminal(session: Session, look: LookArgs) -> Answer {
    if look.plain || plain::is_all_there_is() {
        return plain::at_standard_streams(session, look.at_terminal()).map(|()| 0).map_err(Failure::Output);
    }
    match terminal::run(&mut Learner::new(session, look.at_terminal())) {
        Ok(farewell) => Ok(farewell.code()),
        Err(error) if error.kind() == ErrorKind::Unsupported => Err(Failure::Misuse(error.to_string())),
        Err(error) => Err(Failure::Output(error)),
    }
}
