//! An answer is given: kept as a prediction, or, in an exercise, mended until it is right.

use crate::app::answer::outcome;
use crate::app::room::sitting::{AnswerVerdict, Sitting};
use crate::lesson::question::choose::{Choice, Truth};
use crate::lesson::question::grade;
use crate::lesson::question::grade::Grade;
use crate::lesson::question::point::{Spot, Target};
use crate::lesson::question::{Answer, Ask, Kind};
use crate::lesson::scenario::Change;

impl Sitting {
    /// Answers the open question; what is right is computed now and shown when it is seen.
    pub fn answer(&mut self, answer: Answer, confidence: Option<usize>) {
        let Some(ask) = self.open_question().cloned() else { return };
        if matches!((&ask.kind, &answer), (Kind::Choose(options), Answer::Choice(index)) if *index >= options.len()) {
            return;
        }
        if ask.kind.is_exercise()
            && let Ok(grade) = grade::grade(&ask, &answer, &mut self.cast)
            && !grade.is_right()
        {
            self.records[self.page].tried = Some((answer, grade));
            return;
        }
        let record = &mut self.records[self.page];
        record.answer = Some(answer);
        record.confidence = confidence;
        record.tried = None;
        record.verdict = None;
        self.find_truth();
    }

    /// Passes a question that locks nobody: what is right is shown where an answer's outcome would be. Whether it is
    /// shown at once, so that no beat has to be made.
    pub(in crate::app) fn pass_question(&mut self) -> bool {
        let passes = self.is_unlocked && self.record().verdict.is_none();
        let Some(ask) = self.open_question().filter(|_| passes).cloned() else { return false };
        let Ok(key) = grade::key(&ask, &mut self.cast) else { return false };
        self.start_at(&ask, &key);
        let graded = grade::grade(&ask, &key, &mut self.cast);
        let verdict = graded.ok().map(|grade| self.verdict(&ask, grade));
        self.records[self.page].verdict = verdict;
        let is_told = self.is_outcome_seen();
        self.records[self.page].told_at = is_told.then_some(self.cursor);
        is_told
    }

    /// Whether ← takes back that a question was passed here.
    pub(in crate::app) fn was_told_here(&self) -> bool {
        self.proof().is_none() && self.record().answer.is_none() && self.record().told_at == Some(self.cursor)
    }

    /// Whether the next step forward shows what is right, as far as that can be told without looking ahead.
    pub(in crate::app) fn is_told_next(&self) -> bool {
        self.open_question().is_some_and(|ask| {
            let is_said = |options: &[Choice]| options.iter().all(|option| matches!(option.truth, Truth::Said(_)));
            self.is_over() || ask.kind.is_exercise() || matches!(&ask.kind, Kind::Choose(options) if is_said(options))
        })
    }

    fn verdict(&mut self, ask: &Ask, grade: Grade) -> AnswerVerdict {
        let place = outcome::decided_at(ask, &grade.key, &mut self.cast);
        AnswerVerdict { grade, place, was_seen: false }
    }

    /// Finds out what is right, on the runs as they are, where an answer was given and this is not known.
    pub(in crate::app) fn find_truth(&mut self) {
        let record = self.record();
        let (Some(ask), Some(answer), None) = (self.page().ask.clone(), record.answer.clone(), &record.verdict) else {
            return;
        };
        self.start_at(&ask, &answer);
        let graded = if ask.kind.is_exercise() {
            // It was right when it was kept; what stands in the cells is not kept.
            grade::key(&ask, &mut self.cast).and_then(|key| grade::grade(&ask, &key, &mut self.cast))
        } else {
            grade::grade(&ask, &answer, &mut self.cast)
        };
        let verdict = graded.ok().map(|grade| self.verdict(&ask, grade));
        self.records[self.page].verdict = verdict;
        self.grade_partners();
    }

    /// A start that was placed as an answer is where the run starts, so that one sees what comes of it.
    pub(in crate::app) fn start_at(&mut self, ask: &Ask, answer: &Answer) {
        let (Kind::Point(Spot { truth: Target::StartsFor(..), .. }), Answer::Point(point)) = (&ask.kind, answer) else {
            return;
        };
        let start = Change { run: None, path: "start".into(), value: toml::Value::from(point.clone()) };
        let others = self.own.iter().filter(|change| change.path != "start").cloned();
        let own: Vec<Change> = others.chain([start]).collect();
        if self.apply(own).is_ok() {
            self.opened_at = self.cursor;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::run::cursor;
    use crate::engine::tally::counted;
    use crate::lesson::course::library;
    use crate::lesson::file::read::read;
    use crate::lesson::made::solution;
    use crate::lesson::schema::Lesson;

    /// The clones of runs and the eigen-decompositions that grading takes, one option after the other, on a page.
    fn costs(mut lesson: Lesson, page: usize) -> Vec<(usize, usize)> {
        lesson.pages.swap(0, page);
        let mut sitting = Sitting::open(lesson).unwrap();
        while sitting.open_question().is_none() {
            assert!(cursor::forward(&mut sitting.cast, &mut sitting.cursor));
        }
        let answered = |answer: usize| {
            let mut sitting = sitting.clone();
            let stands = sitting.cast.runs[0].iteration();
            let ((), clones, decompositions) = counted(|| sitting.answer(Answer::Choice(answer), None));
            assert!(sitting.record().verdict.is_some());
            assert_eq!(sitting.cast.runs[0].iteration(), stands, "the run stands where it stood");
            (clones, decompositions)
        };
        (0..3).map(answered).collect()
    }

    #[test]
    fn an_answer_of_three_is_graded_without_a_copy_of_a_run() {
        let lesson = library::open("backtracking").unwrap();
        let solution = solution::lesson(&lesson, &lesson.pages[8]).unwrap();
        assert_eq!(costs(solution, 0), [(0, 0); 3], "no option asks for an eigenvalue");
        assert_eq!(costs(lesson, 9), [(0, 0); 3]);
    }

    #[test]
    fn an_eigenvalue_is_computed_once_a_row_where_it_is_asked_for() {
        let source = r#"
format = 1
title = "Bends"
chapter = "step-size"
[scenario.main]
objective = { formula = "x1^4 + x2^2" }
window = { x1 = [-3, 3], x2 = [-3, 3] }
start = [2, 1]
[[scenario.main.run]]
name = "A"
step_size = { rule = "fixed", alpha = 0.01 }
stop = { iterations = 3 }
[[page]]
text = "Go."
ask = { kind = "choose", question = "How does f bend?", options = [
  { text = "flat", claim = { at = 2, quantity = "hessian.condition", below = 1 }, refute = "No." },
  { text = "steep", claim = { first = [ { quantity = "hessian.condition", above = 0 }, { quantity = "hessian.eigenvalues[1]", above = 9 } ] }, refute = "No." },
  { text = "well", claim = { at = 1, quantity = "alpha_star", above = 0 }, because = "So." } ] }
"#;
        // One for the first option, one for each of three rows and the ending for the second, none for α*.
        assert_eq!(costs(read("bends", source).unwrap().0, 0), [(0, 5); 3]);
    }
}
