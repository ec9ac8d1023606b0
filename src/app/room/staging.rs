//! What the runs of a lesson in progress are made from: pages, settings, forks, rivals and proofs.

use crate::app::room::errand::{Errand, Proof};
use crate::app::room::sitting::{Sitting, Staged, Stay};
use crate::app::run::cursor::{self, Cursor};
use crate::engine::rule::method::Method;
use crate::engine::run::room::ROOM;
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::{Cast, Change, cast, learner};

/// As many runs as there are letters.
const MOST_RUNS: usize = 26;

impl Sitting {
    /// The run again from its start, with the settings as they are.
    pub fn again(&mut self) {
        if self.is_forked {
            let (scenario, changes) = (self.staged.scenario, self.all_changes());
            self.stage(scenario, &changes);
        }
        cursor::move_to(&mut self.cast, &mut self.cursor, 0);
        self.records[self.page].is_new_try = self.record().goal.is_some();
    }

    /// A run with other settings is another try, and has other outcomes.
    fn start_anew(&mut self) {
        let was_seen = self.record().answer.is_some() && self.is_outcome_seen();
        if let Some(verdict) = &mut self.records[self.page].verdict {
            verdict.was_seen = was_seen;
        }
        self.records[self.page].is_new_try = self.record().goal.is_some();
        if self.open_question().is_some() {
            self.records[self.page].verdict = None;
        }
    }

    /// Turns to another page; says in words what is wrong with it, if anything is.
    pub fn turn_to(&mut self, page: usize) -> Result<(), String> {
        self.come_back();
        let left = self.snapshot();
        let is_next = page == self.page + 1;
        self.page = page;
        self.opened += 1;
        self.records[self.page].is_new_try = false;
        if let Some(verdict) = &mut self.records[self.page].verdict {
            verdict.was_seen = false;
        }
        let wanted = Staged { scenario: self.page().scenario, changes: self.page().changes.clone() };
        let asks = self.page().ask.as_ref().is_some_and(|ask| !ask.goes_on);
        let is_changed = !self.own.is_empty() || self.is_forked || self.cast.runs.len() != self.scenario().runs.len();
        let keeps = self.page().carry || !is_changed || !(asks || self.page().goal.is_some());
        if self.page().starts_over || self.page().from.is_some() || wanted != self.staged || !keeps {
            if !self.page().carry {
                self.own.clear();
            }
            let changes: Vec<Change> = wanted.changes.iter().chain(&self.own).cloned().collect();
            self.stage_as(wanted, &changes)?;
            self.go_to_place(self.page().from);
        }
        self.compare()?;
        self.opened_at = self.cursor;
        if is_next {
            self.way_back.push(left);
            self.forget_pages();
        } else {
            self.way_back.clear();
        }
        self.look_at_goal();
        self.find_truth();
        Ok(())
    }

    /// Lets the pages go that were left longest ago, where their runs take more than the runs of a scenario may.
    fn forget_pages(&mut self) {
        while self.way_back.len() > 1 && self.way_back.iter().map(|left| left.cast.taken()).sum::<usize>() > ROOM {
            self.way_back.remove(0);
        }
    }

    /// The learner's changes take effect from the start; says in words which is impossible.
    pub fn apply(&mut self, own: Vec<Change>) -> Result<(), String> {
        let changes: Vec<Change> = self.staged.changes.iter().chain(&own).cloned().collect();
        self.start_anew();
        self.stage_as(self.staged.clone(), &changes)?;
        self.own = own;
        Ok(())
    }

    /// Method and start that the page gave the learner's run.
    pub fn base(&self) -> Result<(Method, Vec<f64>), String> {
        learner(&self.lesson.scenarios[self.staged.scenario], &self.staged.changes)
    }

    /// The learner's changes, which make this method, take effect from here on.
    pub fn fork(&mut self, own: Vec<Change>, method: Method) -> Result<(), String> {
        let run = &self.cast.runs[0];
        let start = own.iter().find(|change| change.path == "start");
        if start != self.own.iter().find(|change| change.path == "start") {
            return Err("The start cannot change in mid-run: Enter applies it from the start.".into());
        }
        if let Some(why) = method.refusal() {
            return Err(why);
        }
        method.direction.rule().fits(run.objective())?;
        self.cast.runs[0] = run.fork(method);
        self.start_anew();
        self.cursor.beat = 0;
        self.own = own;
        self.is_forked = true;
        self.made += 1;
        Ok(())
    }

    /// Keeps the learner's run as a rival under the next free letter.
    pub fn keep_rival(&mut self) -> Result<String, String> {
        let is_free = |letter: &String| self.cast.names.iter().all(|name| name.as_str() != letter);
        let letter =
            ('B'..='Z').map(String::from).find(is_free).ok_or("There are 26 runs already: K lets the kept ones go.")?;
        self.cast.names.push(Safe::new(&letter));
        self.cast.runs.push(self.cast.runs[0].clone().within(ROOM / MOST_RUNS));
        self.cast.known.push(self.cast.known[0].clone());
        Ok(letter)
    }

    /// The learner's changes take effect from the start, beside the old run under the letter returned.
    pub fn apply_beside(&mut self, own: Vec<Change>) -> Result<String, String> {
        let letter = self.keep_rival()?;
        let done = self.apply(own);
        if done.is_err() {
            let kept = self.cast.runs.len() - 1;
            self.cast.names.truncate(kept);
            self.cast.runs.truncate(kept);
            self.cast.known.truncate(kept);
        }
        done.map(|()| letter)
    }

    /// Whether the learner kept a rival.
    pub fn has_rivals(&self) -> bool {
        self.cast.runs.len() > self.scenario().runs.len()
    }

    /// Lets the rivals go that the learner kept; their names.
    pub fn drop_rivals(&mut self) -> Vec<String> {
        let own = self.scenario().runs.len();
        let names = self.cast.names.iter().skip(own).map(ToString::to_string).collect();
        self.cast.names.truncate(own);
        self.cast.runs.truncate(own);
        self.cast.known.truncate(own);
        self.stay_with_the_runs();
        names
    }

    /// Leaves the page for the run that proves its why card of that number; from another proof, in its place.
    pub fn prove(&mut self, number: usize) -> Result<(), String> {
        let card = self.page().why.get(number).and_then(|why| why.prove.clone());
        let Some(prove) = card else { return Err("This card has no run to show.".into()) };
        let scenario = prove.scenario.unwrap_or(self.staged.scenario);
        let shown = cast(&self.lesson.scenarios[scenario], &prove.changes)?;
        self.come_back();
        let left = self.snapshot();
        self.way_back.push(left);
        self.errand = Errand::Proof(Proof { until: prove.until, scenario, card: number });
        (self.cast, self.cursor) = (shown, Cursor::default());
        Ok(())
    }

    /// Comes back from a proof to exactly where the learner left; false if there was none.
    pub fn come_back(&mut self) -> bool {
        self.proof().is_some() && self.go_back()
    }

    /// Goes back to the page before, as it was left; false if there is none.
    pub(in crate::app) fn turn_back(&mut self) -> bool {
        let is_there = self.go_back();
        self.records[self.page].is_new_try &= !is_there;
        is_there
    }

    /// Goes back to the last place of the way back; false if there is none.
    fn go_back(&mut self) -> bool {
        let Some(left) = self.way_back.pop() else { return false };
        let Stay { errand, page, cast, cursor, own, staged, opened_at, is_forked } = left;
        (self.errand, self.page, self.cast, self.cursor) = (errand, page, cast, cursor);
        (self.own, self.staged, self.opened_at, self.is_forked) = (own, staged, opened_at, is_forked);
        true
    }

    fn snapshot(&self) -> Stay {
        Stay {
            errand: self.errand,
            page: self.page,
            cast: self.cast.clone(),
            cursor: self.cursor,
            own: self.own.clone(),
            staged: self.staged.clone(),
            opened_at: self.opened_at,
            is_forked: self.is_forked,
        }
    }

    fn all_changes(&self) -> Vec<Change> {
        self.staged.changes.iter().chain(&self.own).cloned().collect()
    }

    fn stage(&mut self, scenario: usize, changes: &[Change]) {
        // These changes were cast before, so they can be cast again.
        if let Ok(runs) = cast(&self.lesson.scenarios[scenario], changes) {
            self.put_on(runs);
        }
    }

    fn stage_as(&mut self, staged: Staged, changes: &[Change]) -> Result<(), String> {
        let runs = cast(&self.lesson.scenarios[staged.scenario], changes)?;
        let is_same_landscape = staged.scenario == self.staged.scenario;
        let kept = if is_same_landscape { self.kept_rivals() } else { Cast::default() };
        self.staged = staged;
        self.put_on(runs);
        self.cast.names.extend(kept.names);
        self.cast.runs.extend(kept.runs);
        self.cast.known.extend(kept.known);
        cursor::move_to(&mut self.cast, &mut self.cursor, 0);
        Ok(())
    }

    /// The rivals that the learner kept, which the scenario does not have.
    fn kept_rivals(&self) -> Cast {
        let own = self.lesson.scenarios[self.staged.scenario].runs.len();
        Cast {
            names: self.cast.names.iter().skip(own).cloned().collect(),
            runs: self.cast.runs.iter().skip(own).cloned().collect(),
            known: self.cast.known.iter().skip(own).cloned().collect(),
            ..Cast::default()
        }
    }

    fn put_on(&mut self, runs: Cast) {
        let compared = self.cast.compared.take();
        self.cast = Cast { compared, ..runs };
        self.is_forked = false;
        self.made += 1;
        self.cursor = Cursor::default();
    }
}
