//! `downhill` and `downhill learn`: at the terminal, one learner.

use std::ffi::OsString;
use std::io::{ErrorKind, IsTerminal as _, Write, stdin};
use std::path::Path;
use std::sync::Arc;

use clap::Args;

use crate::app::room::session::Session;
use crate::app::seat::viewer::ListPlace;
use crate::command::answer::{CommandResult, Failure, say};
use crate::command::look::LookArgs;
use crate::command::place::{self, PlaceArgs};
use crate::host::keeper::Keeper;
use crate::host::learner::Learner;
use crate::host::store::Store;
use crate::host::watcher::Watcher;
use crate::host::{calendar, disk, plain, terminal};
use crate::lesson::course::pack::Pack;
use crate::lesson::file::safe::Safe;

/// Which lesson.
#[derive(Debug, Args)]
pub struct LearnArgs {
    /// A lesson's name, or the path of a lesson file, of which no progress is kept; `-` reads standard input (not with a
    /// terminal there)
    lesson: OsString,
    #[command(flatten)]
    place: PlaceArgs,
    /// Read the file again whenever it is saved, and say what is wrong with it: for those who write it
    #[arg(long)]
    watch: bool,
}

/// Opens the list of lessons.
pub fn home(pack: Arc<Pack>, look: LookArgs) -> CommandResult {
    let left_out = pack.left_out().map(str::to_owned);
    opened(Session::of(pack), look, |learner| left_out.into_iter().for_each(|left_out| learner.hears(left_out)))
}

/// Opens one lesson.
pub fn learn(args: &LearnArgs, pack: &Arc<Pack>, look: LookArgs) -> CommandResult {
    if !args.watch {
        return at_terminal(place::open(&args.lesson, pack, &args.place)?, look);
    }
    if !disk::is_path(&args.lesson) {
        let name = Safe::line(&args.lesson.to_string_lossy());
        return Err(Failure::Misuse(format!(
            "--watch reads a file again when it is saved, and `{name}` names no file: write its path, such as my-lesson.toml"
        )));
    }
    if look.plain || plain::is_all_there_is() {
        return Err(Failure::Misuse("--watch needs the full screen: plain text is never written anew".into()));
    }
    let session = place::open(&args.lesson, pack, &args.place)?;
    let watcher = Watcher::start(Path::new(&args.lesson)).map_err(Failure::Output)?;
    opened(session, look, |learner| learner.looks_after(watcher))
}

/// Hands a session to the learner at the terminal, with what was done before.
pub fn at_terminal(session: Session, look: LookArgs) -> CommandResult {
    opened(session, look, |_| ())
}

/// The same; something is done before the first key.
pub fn opened(mut session: Session, look: LookArgs, first: impl FnOnce(&mut Learner)) -> CommandResult {
    let look_there = look.at_terminal();
    if look.plain && !stdin().is_terminal() {
        // A script always finds the same lesson.
        return plain::at_standard_streams(session, look_there, None).map(|()| 0).map_err(Failure::Output);
    }
    let remembered = remember(&mut session);
    at_work(session, remembered, look, first)
}

/// Asks again what is due; says so where nothing is.
pub fn review(pack: Arc<Pack>, look: LookArgs, out: &mut dyn Write) -> CommandResult {
    let mut session = Session { is_single: true, ..Session::of(pack) };
    let remembered = remember(&mut session);
    if let Err(why) = session.open_review() {
        say(remembered.notice);
        writeln!(out, "{why}")?;
        return Ok(0);
    }
    at_work(session, remembered, look, |_| ())
}

/// Lets the learner at the terminal work, and keeps what is done.
fn at_work(
    mut session: Session,
    remembered: Restored,
    look: LookArgs,
    first: impl FnOnce(&mut Learner),
) -> CommandResult {
    let look_there = look.at_terminal();
    let Restored { mut keeper, notice, is_first } = remembered;
    if look.plain || plain::is_all_there_is() {
        say(notice);
        let played = plain::at_standard_streams(session, look_there, keeper.as_mut());
        say(keeper.as_mut().and_then(Keeper::finish));
        return played.map(|()| 0).map_err(Failure::Output);
    }
    let is_new = is_first && session.sitting.is_none() && session.open_chosen(&ListPlace::default()).is_ok();
    let mut learner = Learner::new(session, look_there, keeper);
    first(&mut learner);
    if is_new {
        learner.is_welcomed();
    }
    if let Some(notice) = &notice {
        learner.hears(notice.clone());
    }
    let farewell = terminal::run(&mut learner);
    let trouble = learner.farewell();
    // A row of the screen is short, and gone with the first key.
    say(notice.filter(|_| farewell.is_ok()));
    say(trouble);
    match farewell {
        Ok(farewell) => Ok(farewell.code()),
        Err(error) if error.kind() == ErrorKind::Unsupported => Err(Failure::Misuse(error.to_string())),
        Err(error) => Err(Failure::Output(error)),
    }
}

/// What comes of what was done before.
struct Restored {
    keeper: Option<Keeper>,
    notice: Option<String>,
    is_first: bool,
}

/// Takes up what was done before, and begins to keep what is done now, if both can be.
fn remember(session: &mut Session) -> Restored {
    let store = match Store::of_user() {
        Ok(store) => store,
        Err(why) => return Restored { keeper: None, notice: Some(why), is_first: false },
    };
    let found = store.load();
    session.today = calendar::today();
    let unfit = session.resume(found.progress).err();
    let keeper = if found.is_read_only { Ok(None) } else { Keeper::start(store).map(Some) };
    let unkept = keeper.as_ref().err().map(|error| format!("progress is not kept: {error}"));
    Restored { keeper: keeper.ok().flatten(), notice: found.notice.or(unkept).or(unfit), is_first: found.is_first }
}
