//! The lines of a file, found once: to say where many things stand takes no more time than to read it.

use std::ops::Range;

/// Where the lines of a text begin.
pub struct Lines<'s> {
    source: &'s str,
    /// The first byte of each line.
    starts: Vec<usize>,
}

impl<'s> Lines<'s> {
    /// The lines of this text.
    pub fn of(source: &'s str) -> Self {
        let starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { source, starts }
    }

    /// The number of the line in which a byte lies, counted from 1.
    pub fn number(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// The bytes of that line, without its end.
    pub fn line(&self, number: usize) -> Range<usize> {
        let start = self.starts.get(number.saturating_sub(1)).copied().unwrap_or(self.source.len());
        let end = self.starts.get(number).map_or(self.source.len(), |next| next - 1);
        start..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_lies_in_the_line_that_counting_finds() {
        for source in ["", "a", "\n", "a\nbc\n\nd", "\n\n"] {
            let lines = Lines::of(source);
            for at in 0..=source.len() {
                let number = 1 + source[..at].matches('\n').count();
                assert_eq!(lines.number(at), number, "{source:?} {at}");
                assert_eq!(source[lines.line(number)], *source.split('\n').nth(number - 1).unwrap(), "{source:?}");
            }
        }
    }
}
