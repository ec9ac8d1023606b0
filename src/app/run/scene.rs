//! What a panel gets: the runs of a scenario cut at the cursor, and what may be told of them. It cannot look ahead.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::app::room::errand::Standing;
use crate::app::room::sitting::Sitting;
use crate::app::run::basins::BasinMap;
use crate::app::run::cursor::{self, Cursor};
use crate::app::run::visible::{Glimpse, SeenRun, ahead};
use crate::engine::record::ending::Ending;
use crate::engine::record::quantity::Quantity;
use crate::engine::record::{Beat, Step};
use crate::engine::rule::narration::Narration;
use crate::engine::rule::seen::Seen;
use crate::engine::rule::working::Working;
use crate::engine::theory::curvature::{self, Spectrum};
use crate::engine::theory::promise::Check;
use crate::engine::theory::{self, Known};
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::Scenario;
use crate::lesson::scenario::{Cast, Compared, cast};
use crate::objective::point::Matrix;

/// A scenario with its runs, at a moment; built once a frame. What a question of the page seals is not in it.
pub struct Scene<'a> {
    scenario: &'a Scenario,
    cast: &'a Cast,
    cursor: Cursor,
    story: Vec<Beat>,
    glimpse: Glimpse<'a>,
    standing: Standing,
    secret: Option<Secret>,
    name: Option<&'a Safe>,
    basins: Option<&'a BasinMap>,
    quantities: &'a [Quantity],
    counts_evaluations: bool,
    looked: OnceCell<Option<(Matrix, Spectrum)>>,
    checks: OnceCell<Vec<Check>>,
}

/// Why a question of the page keeps something untold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// It is still to come, or open without a lock.
    ToCome,
    /// It is open, and the run waits for the answer.
    Open,
    /// It was answered, and its outcome is not seen yet.
    Sealed,
}

/// The right to tell what lies ahead of the run: f beyond its trials, and the α of a plan.
#[derive(Clone, Copy)]
pub struct Ahead<'a>(&'a Cast);

/// The right to tell what theory makes of xₜ: the best α, the class of an ending, the model of f.
#[derive(Clone, Copy)]
pub struct Foretold(());

impl Ahead<'_> {
    /// The α that the run of that index plans for iteration `t`; `None` where its rule has no plan.
    pub fn planned(self, run: usize, t: usize) -> Option<f64> {
        self.0.runs[run].method().step_size.rule().planned(t)
    }
}

impl<'a> Scene<'a> {
    /// The scenario of the page, or of the proof in view.
    pub fn of(sitting: &'a Sitting) -> Self {
        let scenario = sitting.scenario();
        let name = sitting.cast.compared.is_some().then_some(&scenario.name);
        let basins = sitting.basins_here();
        Self { name, basins, ..Self::cut(sitting, scenario, &sitting.cast, sitting.cursor) }
    }

    /// The scenario that it is compared with, at the same beat of the same iteration; `None` where there is none.
    pub fn compared(sitting: &'a Sitting) -> Option<Self> {
        let Compared { scenario, cast } = &**sitting.cast.compared.as_ref()?;
        let scenario = &sitting.lesson.scenarios[*scenario];
        let cursor = alongside(&sitting.cast, sitting.cursor, cast);
        Some(Self { name: Some(&scenario.name), ..Self::cut(sitting, scenario, cast, cursor) })
    }

    /// Cuts runs at a cursor, and decides for all panels at once what the page allows them to tell.
    fn cut(sitting: &'a Sitting, scenario: &'a Scenario, cast: &'a Cast, cursor: Cursor) -> Self {
        let story = cursor::story(cast, cursor.t);
        let standing = sitting.standing();
        let secret = if sitting.is_sealed() {
            Some(Secret::Sealed)
        } else if standing == Standing::Asked {
            Some(Secret::Open)
        } else {
            sitting.is_unsettled().then_some(Secret::ToCome)
        };
        Self {
            scenario,
            cast,
            cursor,
            glimpse: Glimpse::told(&cast.runs[0], &story, cursor.beat),
            story,
            standing,
            secret,
            name: None,
            basins: None,
            quantities: &sitting.page().plot,
            counts_evaluations: sitting.is_revealed("evaluations"),
            looked: OnceCell::new(),
            checks: OnceCell::new(),
        }
    }

    /// The scenario: its subject, its window and its slice.
    pub fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    /// What to call it; `None` where there is only one.
    pub fn name(&self) -> Option<&'a Safe> {
        self.name
    }

    /// Where starts lead; `None` where it was not sought, and for a scenario that is compared.
    pub fn basins(&self) -> Option<&'a BasinMap> {
        self.basins
    }

    /// The iteration in view, which goes on where only rivals do.
    pub fn t(&self) -> usize {
        self.cursor.t
    }

    /// What was seen of the first run.
    pub fn glimpse(&self) -> &Glimpse<'a> {
        &self.glimpse
    }

    /// The beat that was seen last.
    pub fn beat(&self) -> Beat {
        self.story.get(self.cursor.beat).copied().unwrap_or(Beat::End)
    }

    /// Whether the beat after the one in view is the ending of the run.
    pub fn ends_next(&self) -> bool {
        self.story.get(self.cursor.beat + 1) == Some(&Beat::End)
    }

    /// What the learner can do next.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// Why something is not told; `None` where all may be.
    pub fn secret(&self) -> Option<Secret> {
        self.secret
    }

    /// The right to tell what lies ahead; `None` while a question of the page is not settled.
    pub fn ahead(&self) -> Option<Ahead<'a>> {
        self.secret.is_none().then_some(Ahead(self.cast))
    }

    /// The right to tell what theory makes of xₜ; while a prediction is open or sealed, in words when it comes.
    pub fn foretold(&self) -> Result<Foretold, &'static str> {
        match self.secret {
            Some(Secret::Open) => Err("after your answer"),
            Some(Secret::Sealed) => Err("with the outcome"),
            None | Some(Secret::ToCome) => Ok(Foretold(())),
        }
    }

    /// The learner's run.
    pub fn run(&self) -> SeenRun<'a> {
        SeenRun::glimpsed(&self.cast.runs[0], &self.glimpse)
    }

    /// Every run with its index, the learner's first.
    pub fn runs(&self) -> impl DoubleEndedIterator<Item = (usize, SeenRun<'a>)> + ExactSizeIterator {
        let mine = self.run();
        self.cast.runs.iter().enumerate().map(move |(at, run)| (at, if at == 0 { mine } else { SeenRun::of(run) }))
    }

    /// The name of the run of that index.
    pub fn name_of(&self, run: usize) -> &'a str {
        self.cast.names[run].as_str()
    }

    /// What is known of the objective of the run of that index.
    pub fn known_of(&self, run: usize) -> &'a Known {
        &self.cast.known[run]
    }

    /// What the page plots against t; empty where it leaves that to the panel.
    pub fn quantities(&self) -> &'a [Quantity] {
        self.quantities
    }

    /// Whether the page has told of evaluations, so that they may be counted.
    pub fn counts_evaluations(&self) -> bool {
        self.counts_evaluations
    }

    /// What was seen, for a rule that tells its working.
    pub fn seen(&self) -> Seen<'a> {
        self.glimpse.seen(&self.cast.runs[0])
    }

    /// What a rule tells of its own beat in view; empty at any other. It is told from the whole step, since only the rule
    /// knows how much of that its beat may show.
    pub fn own_narration(&self) -> Narration {
        let Beat::Own(own) = self.beat() else { return Narration::default() };
        self.run().method().direction.rule().tell(own, &self.glimpse.whole(&self.cast.runs[0])).unwrap_or_default()
    }

    /// The equations of a rule's own beat in view; empty at any other.
    pub fn own_working(&self) -> Working {
        let Beat::Own(own) = self.beat() else { return Working::default() };
        self.run().method().direction.rule().work(own, &self.glimpse.whole(&self.cast.runs[0])).unwrap_or_default()
    }

    /// The first α that a search along d tries, which its settings alone decide; `None` where nothing is tried.
    pub fn first_trial(&self) -> Option<f64> {
        let next = self.cast.runs[0].peek().map(|step| &**step);
        ahead(next).1.first().filter(|_| self.glimpse.proposal.is_some()).map(|trial| trial.alpha)
    }

    /// Whether the step ahead is taken from xₜ itself, as its rule always does.
    pub(in crate::app) fn has_no_base(&self) -> bool {
        self.cast.runs[0].peek().is_ok_and(|step| step.proposal.base.is_none())
    }

    /// Whether the search has no trial left after those that were seen, and none passed.
    pub fn gives_up(&self) -> bool {
        let tried = |ending: &Ending| ending.attempt.as_ref().map_or(0, |(_, trials)| trials.len());
        self.cast.runs[0].peek().is_err_and(|ending| tried(ending) == self.glimpse.trials.len())
    }

    /// ∇²f at xₜ with its eigenpairs, computed once; `None` where it is not finite.
    pub fn looked(&self) -> Option<&(Matrix, Spectrum)> {
        self.looked.get_or_init(|| curvature::look(self.cast.runs[0].objective(), self.glimpse.here)).as_ref()
    }

    /// The step that was seen last with the steps before it; `None` before the first move is seen.
    pub fn last_step(&self) -> Option<(&'a [Arc<Step>], &'a Step)> {
        let run = self.run();
        let last = || run.past().split_last().map(|(last, before)| (before, &**last));
        run.made().map(|step| (run.past(), &**step)).or_else(last)
    }

    /// What theorems promise of that step, each kept or not, computed once; empty before the first move is seen.
    pub fn checks(&self) -> &[Check] {
        self.checks.get_or_init(|| {
            let Some((past, step)) = self.last_step() else { return Vec::new() };
            let (run, known) = (self.run(), &self.cast.known[0]);
            if run.made().is_some() {
                return theory::checks(past, step, run.objective(), self.looked(), known);
            }
            let looked = curvature::look(run.objective(), &step.from);
            theory::checks(past, step, run.objective(), looked.as_ref(), known)
        })
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
        (scene.run().iteration(), scene.beat())
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
        let scene = Scene::compared(&sitting).unwrap();
        let glimpse = scene.glimpse();
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
        let before = Scene::compared(&sitting).unwrap().run().method().clone();
        let longer = Change { run: None, path: "step_size.alpha".into(), value: toml::Value::Float(0.5) };
        sitting.apply(vec![longer.clone()]).unwrap();
        assert_eq!((sitting.cursor.t, theirs(&sitting)), (0, (0, Beat::Here)));
        sitting.go_to(2);
        sitting.fork(vec![longer], sitting.cast.runs[0].method().clone()).unwrap();
        assert_eq!(theirs(&sitting), (2, Beat::Here));
        sitting.again();
        assert_eq!((sitting.cursor.t, theirs(&sitting)), (0, (0, Beat::Here)));
        assert_eq!(Scene::compared(&sitting).unwrap().run().method(), &before);
    }

    /// What is compared comes and goes with its page; the learner's run goes on, and nobody stands where no run has come.
    #[test]
    fn it_comes_and_goes_with_its_page() {
        let mut sitting = opened(1);
        sitting.go_to(4);
        sitting.turn_to(2).unwrap();
        assert!(Scene::compared(&sitting).is_none() && Scene::of(&sitting).name().is_none());
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
