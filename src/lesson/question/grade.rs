//! What was answered, what is right, and how near the one comes to the other.

use crate::lesson::file::safe::Safe;
use crate::lesson::question::answerable::Score;
use crate::lesson::question::{Answer, Ask};
use crate::lesson::scenario::Cast;

/// A graded answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Grade {
    /// The right answer.
    pub key: Answer,
    /// How near the given one came.
    pub score: Score,
}

impl Grade {
    /// Whether the answer is right.
    pub fn is_right(&self) -> bool {
        self.score.is_right()
    }
}

/// The right answer, as the engine decides on runs from their start; or, in words, why there is none.
pub fn key(ask: &Ask, cast: &Cast) -> Result<Answer, String> {
    ask.kind.key(&mut cast.clone())
}

/// Grades an answer on runs from their start; of a start that was placed, on runs that start there.
pub fn grade(ask: &Ask, answer: &Answer, cast: &Cast) -> Result<Grade, String> {
    let key = key(ask, cast)?;
    Ok(match ask.kind.shown(&mut cast.clone()) {
        Some(is_right) => Grade { key, score: Score::of(vec![is_right], None) },
        None => graded(ask, answer, key),
    })
}

/// Grades an answer beside the right one; of a start that was placed, only whether it is that one.
pub(in crate::lesson) fn graded(ask: &Ask, answer: &Answer, key: Answer) -> Grade {
    Grade { score: ask.kind.score(answer, &key), key }
}

/// An answer in words, as it is shown and kept.
pub fn words(ask: &Ask, answer: &Answer) -> String {
    ask.kind.words(answer)
}

/// An answer as it was kept; an exercise is kept only when it was right.
pub fn read(ask: &Ask, kept: &str) -> Option<Answer> {
    ask.kind.recall(kept)
}

/// What is said to a wrong answer.
pub fn refutation<'a>(ask: &'a Ask, answer: &Answer, grade: &Grade) -> Option<&'a Safe> {
    ask.kind.refutation(answer, &grade.score).or(ask.refute.as_ref())
}

/// Why the right answer is right.
pub fn reason<'a>(ask: &'a Ask, key: &Answer) -> Option<&'a Safe> {
    ask.kind.reason(key).or(ask.because.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::course::library;
    use crate::lesson::scenario::cast;

    /// From (1, 1e-3) x₂ grows by 1.4 a step: ln 1000 / ln 1.4 = 20.5.
    #[test]
    fn the_first_row_of_a_run_is_counted() {
        let lesson = library::open("saddle-point").unwrap();
        let page = &lesson.pages[3];
        let ask = page.ask.as_ref().unwrap();
        let runs = cast(&lesson.scenarios[page.scenario], &page.changes).unwrap();
        assert_eq!(key(ask, &runs), Ok(Answer::Number(21.0)));
    }
}
