//! `downhill terms`: what the words and symbols of the course mean.

use std::io::Write;

use clap::Args;

use crate::app::room::session::Session;
use crate::command::answer::{CommandResult, Failure};
use crate::command::look::LookArgs;
use crate::lesson::course::terms;
use crate::lesson::file::safe::Safe;
use crate::view::paper::theme::Theme;
use crate::view::screen::terms::{about, explain, none};
use crate::view::spoken::speech::Speech;

/// Which terms.
#[derive(Debug, Args)]
pub struct TermsArgs {
    /// A word or a symbol that they are about; all of them if absent
    word: Vec<String>,
}

/// Prints the terms that are asked for.
pub fn terms(args: &TermsArgs, look: LookArgs, out: &mut dyn Write) -> CommandResult {
    let mut speech = Speech { theme: Theme::of(look.at_terminal()), said: Vec::new() };
    let word = Safe::line(&args.word.join(" "));
    let found = if word.is_empty() { terms::all().iter().collect() } else { about(&word, speech.theme) };
    if found.is_empty() {
        return Err(Failure::Misuse(format!("{} `downhill terms` lists them all", none(&word))));
    }
    let session = Session::home();
    for term in found {
        speech.part();
        explain(term, &session, &mut speech);
    }
    writeln!(out, "{}", speech.said.join("\n"))?;
    Ok(0)
}
