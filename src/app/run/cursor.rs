//! Where in the story of a run the lesson stands.

use crate::engine::record::ending::Ending;
use crate::engine::record::{Beat, Part};
use crate::lesson::scenario::Cast;
use crate::lesson::schema::{Place, Reached};

/// An iteration, and how many of its beats after the first were seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The iteration t.
    pub t: usize,
    /// The beat last seen, as an index into the story of iteration t.
    pub beat: usize,
}

/// The beats of iteration `t` of the learner's run, which stands there; past its ending, only that it has ended.
pub fn story(cast: &Cast, t: usize) -> Vec<Beat> {
    let run = &cast.runs[0];
    if run.iteration() != t {
        return vec![Beat::End];
    }
    run.peek().map_or_else(Ending::story, |step| step.story())
}

/// The next cursor, with every run moved there; false where all runs have ended.
pub fn forward(cast: &mut Cast, cursor: &mut Cursor) -> bool {
    if cursor.beat + 1 < story(cast, cursor.t).len() {
        cursor.beat += 1;
        return true;
    }
    if cast.is_over() {
        return false;
    }
    move_to(cast, cursor, cursor.t + 1);
    true
}

/// The cursor before, with every run moved there; false at the start.
pub fn back(cast: &mut Cast, cursor: &mut Cursor) -> bool {
    if cursor.beat > 0 {
        cursor.beat -= 1;
    } else if cursor.t > 0 {
        move_to(cast, cursor, cursor.t - 1);
        cursor.beat = story(cast, cursor.t).len() - 1;
    } else {
        return false;
    }
    true
}

/// Every run at iteration `t`, or at its ending if that comes first; the cursor at its first beat.
pub fn move_to(cast: &mut Cast, cursor: &mut Cursor, t: usize) {
    cast.go_to(t);
    *cursor = Cursor { t: t.min(cast.farthest()), beat: 0 };
}

/// Whether the cursor, in the story of its iteration, has reached a place; a run that ended before it counts as having reached it.
pub fn has_reached(cast: &Cast, cursor: Cursor, place: Place, story: &[Beat]) -> bool {
    if cursor.t != place.iteration {
        return cursor.t > place.iteration || (cast.is_over() && cursor.beat + 1 == story.len());
    }
    cursor.beat >= beat_of(story, place.reached)
}

/// The index of the beat by which so much of an iteration has been seen.
pub fn beat_of(story: &[Beat], reached: Reached) -> usize {
    let last = story.len() - 1;
    let position = |wanted: &dyn Fn(&Beat) -> bool| story.iter().position(wanted).unwrap_or(last);
    match reached {
        Reached::Here => 0,
        Reached::Memory => story
            .iter()
            .rposition(|beat| beat.part() == Part::Memory)
            .unwrap_or_else(|| beat_of(story, Reached::Direction)),
        Reached::StepSize => {
            let is_chosen = |beat: &Beat| matches!(beat, Beat::StepSize | Beat::Trial(_));
            story.iter().rposition(is_chosen).unwrap_or(last)
        }
        Reached::Direction => position(&|beat| beat.part() == Part::Direction),
        Reached::Trial(number) => position(&|beat| matches!(beat, Beat::Trial(index) if index + 1 == number)),
        Reached::Move => last,
    }
}
