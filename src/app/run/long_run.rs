//! A long way forward: to an iteration or to the ending, in slices, with every stop of a single step.

use crate::app::room::errand::Standing;
use crate::app::room::sitting::Sitting;
use crate::app::run::cursor;
use crate::app::run::work_progress::WorkProgress;
use crate::engine::run::Run;
use crate::lesson::schema::Place;

/// A way forward that was set out on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongRun {
    from: usize,
    to: Option<usize>,
    standing: Standing,
    asks: bool,
    has_moved: bool,
}

/// How much a slice does: about so many evaluations of a small objective.
const SLICE: usize = 256;

impl LongRun {
    /// From here to the start of iteration `to`, or to the ending.
    pub fn new(sitting: &Sitting, to: Option<usize>) -> Self {
        let (standing, asks) = sitting.pause();
        Self { from: sitting.cursor.t, to, standing, asks, has_moved: false }
    }

    /// How far it is; where it ends is not known before, only where it ends at the latest.
    pub fn progress(&self, sitting: &Sitting) -> WorkProgress {
        let limits = sitting.cast.everyone().map(|run| usize::try_from(run.limits().iterations).unwrap_or(usize::MAX));
        let latest = limits.max().unwrap_or(0);
        let total = self.to.map_or(latest, |to| to.min(latest)).saturating_sub(self.from);
        let words = format!("step {} of at most {}", sitting.cursor.t, self.from + total);
        WorkProgress { what: "The run", words, done: sitting.cursor.t - self.from, total: Some(total) }
    }
}

impl Sitting {
    /// Goes on by a slice of a journey; whether there is more of it.
    pub(in crate::app) fn travel(&mut self, journey: &mut LongRun) -> bool {
        let mut spent = 0;
        while spent < SLICE {
            if journey.to.is_some_and(|to| self.cursor.t >= to) || !self.stride() {
                return false;
            }
            journey.has_moved = true;
            // The ending is told first; then it is looked at once more.
            if self.cursor.beat == 0 && self.watches_goal() && !self.cast.is_over() {
                self.look_at_goal();
            }
            let pauses = matches!(journey.standing, Standing::Stepping | Standing::Aiming);
            if pauses && self.pause() != (journey.standing, journey.asks) {
                return false;
            }
            spent += self.effort();
        }
        true
    }

    /// Goes the whole way at once.
    pub(in crate::app) fn go_all_the_way(&mut self, to: Option<usize>) -> bool {
        let mut journey = LongRun::new(self, to);
        while self.travel(&mut journey) {}
        self.look_at_goal();
        journey.has_moved
    }

    /// What there is to say at the end of a journey, if it was not made or does not end where it was to.
    pub(in crate::app) fn arrive(&mut self, journey: LongRun) -> Result<(), String> {
        self.look_at_goal();
        let t = self.cursor.t;
        match journey.to {
            Some(to) if t >= to => Ok(()),
            Some(to) if self.is_over() => Err(format!("The run has ended at t = {t}; it has no iteration {to}.")),
            Some(_) if self.standing() == Standing::Asked => {
                Err(format!("Stopped at t = {t}: a question comes first."))
            }
            Some(_) => Err(format!("Stopped at t = {t}, where the page has something to see.")),
            None if journey.standing == Standing::Aiming && self.standing() == Standing::Done && !self.is_over() => {
                Err(format!("The goal is met: stopped at t = {t}. E goes on to the ending."))
            }
            None if journey.has_moved => Ok(()),
            None => Err(self.no_more()),
        }
    }

    /// Why there is no step to make.
    pub(in crate::app) fn no_more(&self) -> String {
        match (self.proof().is_some(), self.standing()) {
            (true, _) => "The proof ends here. Esc goes back to the lesson.".into(),
            (_, Standing::Aiming) if self.is_sandbox() => {
                "The run has ended: e changes something, r runs again.".into()
            }
            (_, Standing::Aiming) => {
                "The run has ended and the goal is not met: e changes a setting, r runs again.".into()
            }
            _ => "The run has ended.".into(),
        }
    }

    /// On by a whole iteration where nothing can stop it, else by one beat; false if there is none.
    fn stride(&mut self) -> bool {
        self.pass_question();
        let is_far = |place: Option<Place>| place.is_none_or(|place| self.cursor.t < place.iteration);
        let is_free = is_far(self.stop()) && is_far(self.page().until);
        if is_free && !self.cast.is_over() {
            let next = self.cursor.t + 1;
            cursor::move_to(&mut self.cast, &mut self.cursor, next);
            return true;
        }
        self.step()
    }

    /// What the step ahead takes, roughly in evaluations of a small objective.
    fn effort(&self) -> usize {
        let of = |run: &Run| {
            let n = run.objective().dimension();
            let look = 1 + run.objective().operations() * (1 + n) / 256;
            look + n * n / 32 + run.peek().map_or(0, |step| step.trials.len() * look)
        };
        self.cast.everyone().map(of).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::act::acts::Effect;
    use crate::app::classroom::Classroom;
    use crate::app::key::press::{Code, Key};
    use crate::app::look::appearance::Look;
    use crate::app::room::session::Session;
    use crate::lesson::file::read::read;

    const LONG: &str = r#"
format = 1
title = "A long way"
chapter = "step-size"
[scenario.main]
objective = { formula = "x1^2 + 2*x2^2" }
window = { x1 = [-2, 2], x2 = [-2, 2] }
start = [1, 1]
[[scenario.main.run]]
name = "A"
step_size = { rule = "fixed", alpha = 0.0001 }
stop = { iterations = 20000, gradient = 0 }
"#;

    fn room(pages: &str) -> Classroom {
        let (lesson, _) = read("long", &format!("{LONG}{pages}")).unwrap();
        let mut room = Classroom::new(Session::single(Sitting::open(lesson).unwrap()));
        room.join((80, 24), Look::default());
        room
    }

    fn press(room: &mut Classroom, keys: &str) -> Effect {
        let mut last = Effect::Nothing;
        for key in keys.chars() {
            let code = match key {
                '\r' => Code::Enter,
                '\x1b' => Code::Esc,
                key => Code::Char(key),
            };
            last = room.press(1, Key { code, ctrl: false, alt: false, shift: false });
        }
        last
    }

    fn t(room: &Classroom) -> usize {
        room.session.sitting.as_ref().unwrap().cursor.t
    }

    fn notice(room: &Classroom) -> String {
        room.viewers[&1].notice.clone().unwrap_or_default()
    }

    const FREE: &str = "[[page]]\ntext = \"On and on.\"\n";

    #[test]
    fn a_long_run_goes_on_between_the_keys_and_ends_where_it_ends_at_once() {
        let mut room = room(FREE);
        assert_eq!(press(&mut room, "E"), Effect::Work);
        assert!((1..20_000).contains(&t(&room)), "{}", t(&room));
        while room.work_on() {}
        assert_eq!(t(&room), 20_000);
        let mut whole = Sitting::open(read("long", &format!("{LONG}{FREE}")).unwrap().0).unwrap();
        whole.forward(crate::lesson::schema::Grain::Run);
        assert_eq!(whole.cursor, room.session.sitting.as_ref().unwrap().cursor);
        assert_eq!(notice(&room), "");
    }

    #[test]
    fn esc_stops_it_where_it_is_and_no_other_key_does_anything() {
        let mut room = room(FREE);
        press(&mut room, "E");
        room.work_on();
        let before = t(&room);
        for key in ["E", "n", "q", "g", " ", "?"] {
            assert_eq!(press(&mut room, key), Effect::Work);
            assert_eq!((t(&room), notice(&room).as_str()), (before, "The run goes on; Esc stops it."));
        }
        assert_eq!(press(&mut room, "\x1b"), Effect::Nothing);
        assert_eq!((t(&room), notice(&room)), (before, format!("Stopped at t = {before}; E goes on.")));
        assert!(!room.work_on());
        assert_eq!(t(&room), before);
    }

    #[test]
    fn ctrl_c_leaves_in_the_middle_of_it() {
        let mut room = room(FREE);
        press(&mut room, "E");
        let ctrl_c = Key { code: Code::Char('c'), ctrl: true, alt: false, shift: false };
        assert_eq!(room.press(1, ctrl_c), Effect::Leave);
    }

    #[test]
    fn go_to_says_where_it_had_to_stop() {
        let mut room = room(FREE);
        press(&mut room, "g15000\r");
        while room.work_on() {}
        assert_eq!((t(&room), notice(&room).as_str()), (15_000, ""));
        press(&mut room, "g5\r");
        assert_eq!(t(&room), 5);
        press(&mut room, "g30000\r");
        while room.work_on() {}
        assert_eq!(notice(&room), "The run has ended at t = 20000; it has no iteration 30000.");
    }

    /// What holds of every row, and what must not happen, is known when no further row can change it.
    #[test]
    fn a_goal_about_every_row_is_met_at_the_end_alone() {
        let falls = "{ quantity = \"value\", below = 1e-9 }";
        for claim in
            ["{ at = \"every\", quantity = \"value\", below = 5 }", &format!("{{ not = {{ first = [ {falls} ] }} }}")]
        {
            let mut room = room(&format!("[[page]]\ntext = \"Stay.\"\ngoal = {claim}\n"));
            press(&mut room, "\r");
            assert_eq!(room.session.sitting.as_ref().unwrap().record().goal, None, "{claim}: nothing is decided yet");
            press(&mut room, "E");
            while room.work_on() {}
            let sitting = room.session.sitting.as_ref().unwrap();
            assert_eq!((sitting.cursor.t, sitting.record().goal), (20_000, Some(20_000)), "{claim}");
        }
    }

    #[test]
    fn a_question_stops_a_long_run_at_its_place() {
        let mut room = room(
            r#"[[page]]
text = "On and on."
until = { iteration = 12345 }
[page.ask]
kind = "choose"
question = "Well?"
options = [ { text = "a", claim = { at = 0, quantity = "value", above = 1 }, because = "So." },
            { text = "b", claim = { at = 0, quantity = "value", below = 1 }, refute = "No." } ]
"#,
        );
        press(&mut room, "E");
        while room.work_on() {}
        let sitting = room.session.sitting.as_ref().unwrap();
        assert_eq!((sitting.cursor.t, sitting.standing()), (12_345, Standing::Asked));
    }

    #[test]
    fn a_goal_stops_a_long_run_at_the_row_that_meets_it() {
        let goal = "[[page]]\ntext = \"Below a half.\"\ngoal = { first = [ { quantity = \"value\", below = 0.5 } ] }\n";
        let mut room = room(goal);
        press(&mut room, "E");
        while room.work_on() {}
        let sitting = room.session.sitting.as_ref().unwrap();
        let run = &sitting.cast.runs[0];
        let is_first = run.past().iter().all(|step| step.from.value >= 0.5) && run.here().value < 0.5;
        assert!(is_first && run.iteration() == sitting.cursor.t, "it stands where the goal holds first");
        assert_eq!(
            sitting.record().goal,
            Some(sitting.cursor.t as u64),
            "counted in iterations: nothing else is named"
        );
        let told = format!("The goal is met: stopped at t = {}. E goes on to the ending.", sitting.cursor.t);
        assert_eq!(notice(&room), told);
        press(&mut room, "E");
        while room.work_on() {}
        assert_eq!(t(&room), 20_000);
    }
}
