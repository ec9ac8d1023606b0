//! `downhill check --mutants N`: thousands of broken versions of lessons, of which none may stop the program.

use std::io::Write;

use crate::command::answer::{Answer, Failure};
use crate::host::disk::Source;
use crate::lesson::check::check;
use crate::lesson::check::dice::Dice;
use crate::lesson::check::mutant::mutant;
use crate::lesson::complaint::render;
use crate::lesson::read::read;

/// Of the versions that can be read, every so many is proved, too.
const PROVED: usize = 40;

/// Reads all, proves some, and counts them; a control character in what is said is a failure.
pub fn mutants(count: usize, sources: &[Source], out: &mut dyn Write) -> Answer {
    let mut dice = Dice::new(7);
    let (mut sound, mut proved) = (0, 0);
    for (number, source) in (0..count).zip(sources.iter().cycle()) {
        let text = mutant(&source.text, &mut dice);
        let complaints = match read(&source.id, &text) {
            Err(complaints) => complaints,
            Ok((_, warnings)) => {
                sound += 1;
                if sound % PROVED == 0 {
                    proved += 1;
                    check(&source.id, &text, &|_| true).complaints
                } else {
                    warnings
                }
            }
        };
        let said = render(&source.path, &text, &complaints);
        if said.chars().any(|letter| letter.is_control() && letter != '\n') {
            return Err(Failure::Misuse(format!(
                "mutant {number} of {} is answered with a control character",
                source.path
            )));
        }
    }
    writeln!(
        out,
        "{count} broken lessons: {sound} could be read, {proved} of them were proved, none stopped the program"
    )?;
    Ok(0)
}
