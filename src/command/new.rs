//! `downhill new`: a small lesson that works, to change into one of your own.

use std::io::Write;

use clap::Args;

use crate::command::answer::{CommandResult, Failure};
use crate::host::disk;
use crate::lesson::file::safe::Safe;

/// How it is called.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The name of the lesson: small letters, digits and hyphens, as in my-lesson
    name: String,
}

/// The lesson that everybody begins with.
pub const TEMPLATE: &str = include_str!("new.toml");

/// No name is longer.
const LONGEST: usize = 64;

/// Writes a new lesson file in the folder at hand.
pub fn new(args: &NewArgs, out: &mut dyn Write) -> CommandResult {
    let file = file(&args.name).map_err(Failure::Misuse)?;
    disk::create(&file, TEMPLATE).map_err(Failure::Misuse)?;
    writeln!(out, "{file} is written: a lesson that works, with comments that say what to change.")?;
    writeln!(out, "  downhill learn {file} --watch   shows it, and what you change as soon as you save")?;
    writeln!(out, "  downhill check {file}           proves it")?;
    Ok(0)
}

/// The file of a lesson of that name; says in words why there can be none.
fn file(name: &str) -> Result<String, String> {
    let id = name.strip_suffix(".toml").unwrap_or(name);
    let is_good = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if id.len() > LONGEST || id.starts_with('-') || id.is_empty() || !id.chars().all(is_good) {
        let shown = Safe::line(&name.chars().take(LONGEST).collect::<String>());
        return Err(format!(
            "`{shown}` cannot be the name of a lesson: write up to {LONGEST} small letters, digits and hyphens, such as my-lesson"
        ));
    }
    if id == "course" {
        return Err("course.toml is the list of a course, not a lesson: choose another name".into());
    }
    Ok(format!("{id}.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_file_name_that_every_shell_takes() {
        assert_eq!(file("my-lesson"), Ok("my-lesson.toml".into()));
        assert_eq!(file("week-3.toml"), Ok("week-3.toml".into()));
        let long = "x".repeat(LONGEST + 1);
        for name in ["", ".toml", "a b", "../up", "a/b", "-x", "Größe", "UP", "a.b", "course", "\u{1b}[31m", &long] {
            let why = file(name).unwrap_err();
            assert!(!why.chars().any(char::is_control) && why.len() < 240, "{why:?}");
        }
    }
}
