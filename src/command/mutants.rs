//! `downhill check --mutants N`: thousands of broken versions of lessons, of which none may stop the program.

use std::io::Write;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::command::answer::{CommandResult, Failure};
use crate::engine::number::random::Generator;
use crate::host::disk::Source;
use crate::lesson::check::check;
use crate::lesson::check::mutant::mutant;
use crate::lesson::file::complaint::render;
use crate::lesson::file::read::read;

/// Of the versions that can be read, every so many is proved, too.
const PROVED: usize = 40;

/// The shares in which they are worked on, at once where there are cores.
const SHARES: usize = 16;

/// Reads all, proves some, and counts them; a control character in what is said is a failure.
pub fn mutants(count: usize, sources: &[Source], out: &mut dyn Write) -> CommandResult {
    let each = count.div_ceil(SHARES);
    let counts: Result<Vec<[usize; 2]>, String> =
        (0..SHARES).into_par_iter().map(|share| work(share, each, sources)).collect();
    let [sound, proved] = counts
        .map_err(Failure::Misuse)?
        .into_iter()
        .fold([0, 0], |[sound, proved], [more, further]| [sound + more, proved + further]);
    let all = each * SHARES;
    writeln!(
        out,
        "{all} broken lessons: {sound} could be read, {proved} of them were proved, none stopped the program"
    )?;
    Ok(0)
}

/// How many of a share could be read, and how many of them were proved.
fn work(share: usize, count: usize, sources: &[Source]) -> Result<[usize; 2], String> {
    let mut dice = Generator::new(share as u64 + 1);
    let [mut sound, mut proved] = [0, 0];
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
            return Err(format!("mutant {number} of share {share} is answered with a control character"));
        }
    }
    Ok([sound, proved])
}
