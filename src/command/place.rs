//! `--page`, `--at`, `--set`: where a lesson is opened, if not at its first page.

use std::ffi::OsStr;
use std::sync::Arc;

use clap::Args;

use crate::app::answer::pair::Pair;
use crate::app::room::reopen::Stand;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::run::cursor::Cursor;
use crate::app::settings::assign;
use crate::command::answer::{Failure, lesson};
use crate::engine::number::numeral;
use crate::host::disk;
use crate::lesson::course::pack::Pack;
use crate::lesson::scenario::Change;

/// Where a lesson is opened; the key `y` writes these.
#[derive(Debug, Clone, Default, Args)]
pub struct PlaceArgs {
    /// The page, from 1
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = page)]
    page: Option<usize>,
    /// Where its run stands: iteration, or iteration and beat, as in 2.3
    #[arg(long, value_name = "T.B", allow_negative_numbers = true, value_parser = spot)]
    pub at: Option<Cursor>,
    /// Where the page opened, if not where it opens by itself
    #[arg(long, value_name = "T.B", allow_negative_numbers = true, value_parser = spot)]
    from: Option<Cursor>,
    /// A setting with another value, as in `step_size.tau=0.3` or `start=2,20`
    #[arg(long, value_name = "SETTING=VALUE", allow_hyphen_values = true)]
    pub set: Vec<String>,
    /// In the sandbox that opens there
    #[arg(long)]
    sandbox: bool,
    /// Two at one keyboard, as One and Two or with names as in Ada,Ben; put it after the lesson
    #[arg(long, value_name = "NAMES", num_args = 0..=1, default_missing_value = "", value_parser = two_names)]
    pub pair: Option<Pair>,
    /// Questions stop nobody: for lecturers
    #[arg(long)]
    no_lock: bool,
}

/// Reads an iteration and a beat: `2.3`; a beat that is missing is the first.
pub fn spot(text: &str) -> Result<Cursor, String> {
    let part = |part: &str| numeral::count(part).ok().and_then(|count| usize::try_from(count).ok());
    let (t, beat) = text.split_once('.').unwrap_or((text, "0"));
    // The beat is no decimal: behind its point stand digits.
    let is_plain = !text.contains(',') && beat.chars().all(|digit| digit.is_ascii_digit());
    match (part(t), part(beat)) {
        (Some(t), Some(beat)) if is_plain => Ok(Cursor { t, beat }),
        _ => Err("write an iteration, or an iteration and a beat: 2.3".into()),
    }
}

/// Reads the number of a page, from 1.
fn page(text: &str) -> Result<usize, String> {
    let number = usize::try_from(numeral::count(text)?).unwrap_or(usize::MAX);
    if number == 0 { Err("pages count from 1".into()) } else { Ok(number) }
}

impl PlaceArgs {
    /// Refuses the flags that mean nothing where no lesson is opened.
    pub fn only(&self, used: &[&str], cure: &str) -> Result<(), Failure> {
        let given = [
            ("--page", self.page.is_some()),
            ("--at", self.at.is_some()),
            ("--from", self.from.is_some()),
            ("--set", !self.set.is_empty()),
            ("--sandbox", self.sandbox),
            ("--pair", self.pair.is_some()),
            ("--no-lock", self.no_lock),
        ];
        match given.into_iter().find(|(flag, is_given)| *is_given && !used.contains(flag)) {
            Some((flag, _)) => Err(Failure::Misuse(format!("{flag} is for a lesson: {cure}"))),
            None => Ok(()),
        }
    }
}

/// Reads the names of two.
fn two_names(text: &str) -> Result<Pair, String> {
    let is_lesson = !text.is_empty() && !text.contains(',');
    let hint = if is_lesson { " A lesson stands before --pair." } else { "" };
    Pair::read(text).map_err(|why| format!("{why}{hint}"))
}

/// A lesson, opened where the flags say.
pub fn open(name: &OsStr, pack: &Arc<Pack>, args: &PlaceArgs) -> Result<Session, Failure> {
    let source = disk::find(name, pack).map_err(Failure::Misuse)?;
    let mut sitting = Sitting::open(lesson(&source)?).map_err(Failure::Misuse)?;
    let page = args.page.unwrap_or(1).saturating_sub(1);
    if name != sitting.lesson.id.as_str() {
        sitting.source = Some(name.to_owned());
    }
    sitting.is_unlocked = args.no_lock;
    let mut stand = Stand { page, ..Stand::default() };
    let is_elsewhere = page > 0 || args.sandbox || !args.set.is_empty() || args.from.is_some() || args.at.is_some();
    let mut session = Session::single_of(Arc::clone(pack), sitting.clone());
    if !is_elsewhere {
        return Ok(two(session, args));
    }
    session.notes.is_elsewhere = true;
    sitting.stand(&stand).map_err(Failure::Misuse)?;
    stand.set = changes(&sitting, &args.set).map_err(Failure::Misuse)?;
    stand.from = args.from;
    stand.at = args.at;
    stand.is_sandbox = args.sandbox;
    session.stand(&stand).map_err(Failure::Misuse)?;
    Ok(two(session, args))
}

/// The session for as many learners as the flags say.
pub fn two(mut session: Session, args: &PlaceArgs) -> Session {
    session.pair_up(args.pair.clone());
    session
}

/// The settings of `--set`, one after the other, tried out on the learner's run.
pub fn changes(sitting: &Sitting, set: &[String]) -> Result<Vec<Change>, String> {
    let run = &sitting.cast.runs[0];
    let (mut method, start) = (run.method().clone(), run.start().as_slice());
    set.iter().map(|text| assign::read(text, &mut method, start).map_err(|why| format!("--set: {why}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_is_an_iteration_and_a_beat() {
        assert_eq!(spot("2.3"), Ok(Cursor { t: 2, beat: 3 }));
        assert_eq!(spot("12"), Ok(Cursor { t: 12, beat: 0 }));
        assert_eq!(spot("1e3"), Ok(Cursor { t: 1000, beat: 0 }));
        assert_eq!(spot("+2.3"), Ok(Cursor { t: 2, beat: 3 }));
        for text in ["", "x", "1.", ".2", "-1", "−1", "1.2.3", "2,3", "1/3", "2.1e1", "2.3/3"] {
            assert!(spot(text).is_err(), "{text}");
        }
    }
}
