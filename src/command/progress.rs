//! `downhill progress` and `downhill reset`: what was done so far, and how to forget it.

use std::io::{IsTerminal as _, Write, stdin};

use clap::Args;

use crate::command::answer::{CommandResult, Failure, say};
use crate::engine::number::counted;
use crate::host::store::Store;
use crate::lesson::course::pack::Pack;
use crate::lesson::file::read::spelling::nearest;
use crate::lesson::file::safe::Safe;

/// In which form.
#[derive(Debug, Args)]
pub struct ProgressArgs {
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

/// What is forgotten.
#[derive(Debug, Args)]
pub struct ResetArgs {
    /// A lesson's name; all lessons if absent
    lesson: Option<String>,
    /// Does not ask
    #[arg(long)]
    yes: bool,
}

/// Prints what was done, lesson by lesson.
pub fn progress(args: &ProgressArgs, pack: &Pack, out: &mut dyn Write) -> CommandResult {
    let found = Store::of_user().map_err(Failure::Misuse)?.load();
    match found.notice {
        Some(notice) if found.progress.lessons.is_empty() => return Err(Failure::Misuse(notice)),
        notice => say(notice),
    }
    if args.json {
        let mut told = serde_json::to_value(&found.progress).map_err(std::io::Error::from)?;
        let partners = found.progress.partners();
        if !partners.is_empty() {
            told["partners"] = serde_json::to_value(partners).map_err(std::io::Error::from)?;
        }
        let text = serde_json::to_string_pretty(&told).map_err(std::io::Error::from)?;
        writeln!(out, "{text}")?;
        return Ok(0);
    }
    let ids = pack.course.chapters.iter().flat_map(|chapter| &chapter.lessons).map(|entry| &entry.id);
    let here: Vec<(String, &String)> = ids.map(|id| (pack.key(id), id)).collect();
    let lessons = &found.progress.lessons;
    let of_pack = here.iter().filter_map(|(key, id)| Some((id.as_str(), lessons.get(key)?)));
    // What was done elsewhere, in the course or in other packs, comes after it under its whole name.
    let elsewhere = lessons.iter().filter(|(key, _)| here.iter().all(|(known, _)| known != *key));
    for (name, kept) in of_pack.chain(elsewhere.map(|(key, kept)| (key.as_str(), kept))) {
        let state = if kept.is_done {
            "done".into()
        } else {
            format!("{} of {}", kept.done, counted(kept.asked as u64, "task"))
        };
        // What was answered counts once its outcome was seen.
        let asked = kept.pages.iter().filter(|did| did.right.is_some()).count();
        let right = kept.pages.iter().filter(|did| did.right == Some(true)).count();
        writeln!(out, "{:<22} {state:<14} right answers: {right} of {asked}", Safe::line(name).as_str())?;
    }
    let partners = found.progress.partners();
    if !partners.is_empty() {
        writeln!(out, "\nAs one of two, before they talked:")?;
    }
    for (name, tally) in partners {
        writeln!(
            out,
            "{:<22} {:<14} right answers: {} of {}",
            Safe::line(name).as_str(),
            "",
            tally.right,
            tally.asked
        )?;
    }
    if lessons.is_empty() {
        writeln!(out, "Nothing yet: `downhill` opens the first lesson.")?;
    }
    Ok(0)
}

/// Forgets a lesson or all, after asking.
pub fn reset(args: &ResetArgs, pack: &Pack, out: &mut dyn Write) -> CommandResult {
    let store = Store::of_user().map_err(Failure::Misuse)?;
    let found = store.load();
    say(found.notice);
    let key = args.lesson.as_ref().map(|id| pack.key(id));
    let what = match &key {
        Some(id) if found.progress.lessons.contains_key(id) => format!("what you did in `{}`", Safe::line(id)),
        Some(id) => {
            let known = found.progress.lessons.keys().map(String::as_str);
            let meant = nearest(id, known).map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
            return Err(Failure::Misuse(format!("nothing is kept of a lesson `{}`{meant}", Safe::line(id))));
        }
        None => "what you did in all lessons".into(),
    };
    if !args.yes {
        if !stdin().is_terminal() {
            return Err(Failure::Misuse("nobody is there to ask; `--yes` forgets without asking".into()));
        }
        write!(out, "Forget {what}? It cannot be brought back. y or n: ")?;
        out.flush()?;
        let mut answer = String::new();
        stdin().read_line(&mut answer)?;
        if !answer.trim().eq_ignore_ascii_case("y") {
            writeln!(out, "Nothing was forgotten.")?;
            return Ok(0);
        }
    }
    store.forget(key.as_deref()).map_err(Failure::Misuse)?;
    writeln!(out, "Forgotten.")?;
    Ok(0)
}
