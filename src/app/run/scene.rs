//! What a map shows: a scenario, its runs, and how much of them was seen; a page that compares has two.

use crate::app::room::sitting::Sitting;
use crate::app::run::basins::BasinMap;
use crate::app::run::cursor::{self, Cursor};
use crate::app::run::visible::Glimpse;
use crate::engine::record::Beat;
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::Scenario;
use crate::lesson::scenario::{Cast, Compared, cast};

/// A scenario with its runs, at a moment.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub scenario: &'a Scenario,
    /// Its runs.
    pub cast: &'a Cast,
    /// How much of the first one was seen.
    pub cursor: Cursor,
    /// What to call it, where there are two.
    pub name: Option<&'a Safe>,
    /// Where starts lead, if it was sought.
    pub basins: Option<&'a BasinMap>,
    /// Whether nothing may tell how a prediction turns out.
    pub keeps_secret: bool,
}

impl<'a> Scene<'a> {
    /// The scenario of the page, or of the proof in view.
    pub fn of(sitting: &'a Sitting) -> Self {
        let (scenario, cast) = (sitting.scenario(), &sitting.cast);
        let name = cast.compared.is_some().then_some(&scenario.name);
        let (basins, keeps_secret) = (sitting.basins_here(), sitting.keeps_secret());
        Self { scenario, cast, cursor: sitting.cursor, name, basins, keeps_secret }
    }

    /// The scenario that it is compared with, at the same beat of the same iteration.
    pub fn compared(sitting: &'a Sitting) -> Option<Self> {
        let Compared { scenario, cast } = &**sitting.cast.compared.as_ref()?;
        let scenario = &sitting.lesson.scenarios[*scenario];
        let cursor = alongside(&sitting.cast, sitting.cursor, cast);
        let (name, keeps_secret) = (Some(&scenario.name), sitting.keeps_secret());
        Some(Self { scenario, cast, cursor, name, basins: None, keeps_secret })
    }

    /// What was seen of its first run.
    pub fn glimpse(&self) -> Glimpse<'a> {
        Glimpse::at(self.cast, self.cursor)
    }

    /// The beat that was seen last.
    pub fn beat(&self) -> Beat {
        cursor::story(self.cast, self.cursor.t).get(self.cursor.beat).copied().unwrap_or(Beat::End)
    }
}

impl Sitting {
    /// Lets the scenario that the page compares go along with the runs; one that does so already goes on.
    pub(in crate::app) fn compare(&mut self) -> Result<(), String> {
        let wanted = self.page().compared;
        if wanted != self.cast.compared.as_ref().map(|compared| compared.scenario) {
            let runs = wanted.map(|scenario| Ok::<_, String>((scenario, cast(&self.lesson.scenarios[scenario], &[])?)));
            self.cast.compared = runs.transpose()?.map(|(scenario, cast)| Box::new(Compared { scenario, cast }));
            if let Some(compared) = &mut self.cast.compared {
                compared.cast.go_to(self.cursor.t);
            }
            self.stay_with_the_runs();
        }
        Ok(())
    }

    /// Goes back to where a run is: one that was let go may have gone on after the others had ended.
    pub(in crate::app) fn stay_with_the_runs(&mut self) {
        let farthest = self.cast.farthest();
        if self.cursor.t > farthest {
            self.go_to(farthest);
        }
    }
}

/// As much of another cast as goes with what was seen of this one: nothing of its iteration beyond the beat in view.
fn alongside(ours: &Cast, cursor: Cursor, theirs: &Cast) -> Cursor {
    let (our_story, their_story) = (cursor::story(ours, cursor.t), cursor::story(theirs, cursor.t));
    let has_ended = ours.runs[0].iteration() < cursor.t;
    let beat = match our_story.get(cursor.beat) {
        // Our run has ended, so one beat is an iteration of theirs, and the last one their ending.
        _ if has_ended && theirs.is_over() => their_story.len(),
        _ if has_ended => 0,
        Some(seen) => their_story.iter().take_while(|beat| goes_with(**beat, *seen)).count(),
        None => 0,
    };
    Cursor { t: cursor.t, beat: beat.saturating_sub(1) }
}

/// Whether a beat of another run may be seen together with this one, which need not tell its steps in the same way.
fn goes_with(theirs: Beat, ours: Beat) -> bool {
    match (theirs, ours) {
        (Beat::Trial(theirs), Beat::Trial(ours)) => theirs <= ours,
        _ => theirs.part() <= ours.part(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::record::ending::Reason;
    use crate::engine::record::{OwnBeat, Part};
    use crate::lesson::file::read::read;
    use crate::lesson::scenario::Change;
    use crate::lesson::schema::Grain;

    fn own(part: Part) -> Beat {
        Beat::Own(OwnBeat { name: "own", part })
    }

    /// Page 1: a search of five trials beside one of one trial. Page 2: two runs, ten and four steps, beside two steps.
    const SIDE_BY_SIDE: &str = include_str!("../../../tests/sound/compare.toml");

    fn opened(page: usize) -> Sitting {
        let mut sitting = Sitting::open(read("compare", SIDE_BY_SIDE).unwrap().0).unwrap();
        sitting.is_unlocked = true;
        for page in 1..=page {
            sitting.turn_to(page).unwrap();
        }
        sitting
    }

    fn theirs(sitting: &Sitting) -> (usize, Beat) {
        let scene = Scene::compared(sitting).unwrap();
        (scene.cast.runs[0].iteration(), scene.beat())
    }

    #[test]
    fn the_other_run_is_told_as_far_as_ours_and_no_farther() {
        let mut sitting = opened(0);
        let mut told = vec![(sitting.beat(), theirs(&sitting).1)];
        while sitting.cursor.t == 0 && sitting.step() {
            told.push((sitting.beat(), theirs(&sitting).1));
        }
        let trials = (0..5).map(|trial| (Beat::Trial(trial), Beat::Trial(0)));
        let expected = [(Beat::Here, Beat::Here), (Beat::Direction, Beat::Direction)].into_iter().chain(trials);
        let expected = expected.chain([(Beat::Move, Beat::Move), (Beat::Here, Beat::Here)]);
        assert_eq!(told, expected.collect::<Vec<_>>());
        // Nothing of the move is in view before ours.
        while sitting.beat() != Beat::Trial(4) {
            sitting.back();
        }
        let glimpse = Scene::compared(&sitting).unwrap().glimpse();
        assert!(glimpse.to.is_none() && glimpse.past.is_empty() && glimpse.trials.len() == 1);
    }

    #[test]
    fn steps_that_are_told_in_other_ways_go_together_part_by_part() {
        for (ours, theirs, goes) in [
            (Beat::Direction, Beat::Memory, true),
            (Beat::Direction, Beat::StepSize, false),
            (Beat::Here, Beat::Memory, false),
            (own(Part::Memory), own(Part::Memory), true),
            (own(Part::Direction), Beat::Direction, true),
            (Beat::Trial(0), Beat::StepSize, true),
            (Beat::Trial(1), Beat::Trial(2), false),
            (Beat::StepSize, Beat::Trial(7), true),
            (own(Part::StepSize), Beat::Move, false),
            (Beat::Here, Beat::End, false),
            (Beat::Move, Beat::End, true),
            (Beat::End, Beat::Move, true),
        ] {
            assert_eq!(goes_with(theirs, ours), goes, "{theirs:?} with {ours:?}");
        }
    }

    /// Ours ends at t = 10, the other at t = 2; seen from the other side ours ends first and the other goes on.
    #[test]
    fn the_run_that_ends_first_waits_at_its_end() {
        let mut sitting = opened(1);
        sitting.forward(Grain::Run);
        assert_eq!((sitting.cursor.t, theirs(&sitting)), (10, (2, Beat::End)));
        let ending = Scene::compared(&sitting).unwrap().glimpse().ending.unwrap();
        assert_eq!(ending.reason, Reason::GradientSmall);

        let turned =
            SIDE_BY_SIDE.replace("[\"round\", \"drawn\"]", "[\"drawn\", \"round\"]").replace("10 }\n", "2 }\n");
        let mut sitting = Sitting::open(read("compare", &turned).unwrap().0).unwrap();
        sitting.turn_to(1).unwrap();
        let mut seen = Vec::new();
        while sitting.forward(Grain::Iteration) {
            seen.push((sitting.cursor.t, sitting.cast.runs[0].iteration(), theirs(&sitting)));
        }
        let expected: Vec<_> =
            (1..10).map(|t| (t, t.min(2), (t, Beat::Here))).chain([(10, 2, (10, Beat::End))]).collect();
        assert_eq!(seen, expected);
        sitting.go_to(3);
        assert_eq!((sitting.cursor.t, theirs(&sitting)), (3, (3, Beat::Here)));
    }

    #[test]
    fn settings_and_forks_change_the_learners_run_alone() {
        let mut sitting = opened(1);
        sitting.go_to(2);
        let before = Scene::compared(&sitting).unwrap().cast.runs[0].method().clone();
        let longer = Change { run: None, path: "step_size.alpha".into(), value: toml::Value::Float(0.5) };
        sitting.apply(vec![longer.clone()]).unwrap();
        assert_eq!((sitting.cursor.t, theirs(&sitting)), (0, (0, Beat::Here)));
        sitting.go_to(2);
        sitting.fork(vec![longer], sitting.cast.runs[0].method().clone()).unwrap();
        assert_eq!(theirs(&sitting), (2, Beat::Here));
        sitting.again();
        assert_eq!((sitting.cursor.t, theirs(&sitting)), (0, (0, Beat::Here)));
        assert_eq!(Scene::compared(&sitting).unwrap().cast.runs[0].method(), &before);
    }

    /// What is compared comes and goes with its page; the learner's run goes on, and nobody stands where no run has come.
    #[test]
    fn it_comes_and_goes_with_its_page() {
        let mut sitting = opened(1);
        sitting.go_to(4);
        sitting.turn_to(2).unwrap();
        assert!(Scene::compared(&sitting).is_none() && Scene::of(&sitting).name.is_none());
        assert_eq!(sitting.cursor.t, 4);
        assert!(sitting.back() && sitting.page == 1);
        assert_eq!(theirs(&sitting), (2, Beat::End), "← comes back to both");
        assert!(Scene::compared(&sitting.sandbox_from_here().unwrap()).is_none());

        let turned = SIDE_BY_SIDE.replace("[\"round\", \"drawn\"]", "[\"drawn\", \"round\"]");
        let mut sitting = Sitting::open(read("compare", &turned).unwrap().0).unwrap();
        sitting.turn_to(1).unwrap();
        sitting.forward(Grain::Run);
        assert_eq!(sitting.cursor.t, 10);
        assert_eq!(sitting.sandbox_from_here().unwrap().cursor.t, 2);
        sitting.turn_to(2).unwrap();
        assert_eq!(sitting.cursor.t, 2);
    }
}
