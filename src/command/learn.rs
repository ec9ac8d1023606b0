//! `downhill` and `downhill learn`: at the terminal, one learner.

use std::io::ErrorKind;

use clap::Args;

use crate::app::session::Session;
use crate::app::sitting::Sitting;
use crate::command::answer::{Answer, Failure, lesson};
use crate::command::look::LookArgs;
use crate::host::learner::Learner;
use crate::host::{disk, plain, terminal};

/// Which lesson.
#[derive(Debug, Args)]
pub struct LearnArgs {
    /// A lesson's name, or the path of a lesson file; `-` reads standard input (not with a terminal there)
    lesson: String,
    /// Questions stop nobody: for lecturers
    #[arg(long)]
    no_lock: bool,
}

/// Opens the list of lessons.
pub fn home(look: LookArgs) -> Answer {
    at_terminal(Session::home(), look)
}

/// Opens one lesson.
pub fn learn(args: &LearnArgs, look: LookArgs) -> Answer {
    let source = disk::find(&args.lesson).map_err(Failure::Misuse)?;
    let mut sitting = Sitting::open(lesson(&source)?).map_err(Failure::Misuse)?;
    sitting.is_unlocked = args.no_lock;
    at_terminal(Session::single(sitting), look)
}

fn at_terminal(session: Session, look: LookArgs) -> Answer {
    if look.plain || plain::is_all_there_is() {
        return plain::at_standard_streams(session, look.at_terminal()).map(|()| 0).map_err(Failure::Output);
    }
    match terminal::run(&mut Learner::new(session, look.at_terminal())) {
        Ok(farewell) => Ok(farewell.code()),
        Err(error) if error.kind() == ErrorKind::Unsupported => Err(Failure::Misuse(error.to_string())),
        Err(error) => Err(Failure::Output(error)),
    }
}
