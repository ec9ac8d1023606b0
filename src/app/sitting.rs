//! One lesson in progress: its page, its runs, where they stand, and what was answered.

use std::sync::Arc;

use crate::app::cursor::{self, Cursor};
use crate::app::outcome;
use crate::engine::record::Beat;
use crate::lesson::claim::{self, Horizon};
use crate::lesson::scenario::{Cast, cast};
use crate::lesson::schema::{Change, Choose, Grain, Lesson, Page, Panel, Place, Scenario, Truth};

/// A lesson in progress.
#[derive(Clone)]
pub struct Sitting {
    /// The lesson; it has at least one page.
    pub lesson: Arc<Lesson>,
    /// The page, as an index.
    pub page: usize,
    /// The runs; the learner's is the first.
    pub cast: Cast,
    /// Where they stand.
    pub cursor: Cursor,
    /// What happened on each page.
    pub records: Vec<Record>,
    /// The settings that the learner changed.
    pub own: Vec<Change>,
    /// Whether open questions stop nobody.
    pub is_unlocked: bool,
    /// The grain that the learner chose instead of the page's.
    pub grain: Option<Grain>,
    /// A detour to a proof, and what it came from.
    pub detour: Option<Box<Detour>>,
    staged: Staged,
    opened_at: Cursor,
    turned: Vec<Turned>,
    is_forked: bool,
}

/// What happened on a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The answer given, as an index.
    pub answer: Option<usize>,
    /// How sure the learner was: 0 guess, 1 think, 2 sure.
    pub confidence: Option<usize>,
    /// The right answer and where it is seen, once an answer was given.
    pub truth: Option<(usize, Option<Place>)>,
    /// The evaluations of f with which the goal was met.
    pub goal: Option<u64>,
    /// How many hints were opened.
    pub hints: usize,
}

/// A run shown to prove a point, and the way back.
#[derive(Clone)]
pub struct Detour {
    /// Where it stops.
    pub until: Option<Place>,
    /// The scenario it shows.
    pub scenario: usize,
    cast: Cast,
    cursor: Cursor,
}

/// What the runs were made from.
#[derive(Clone, PartialEq)]
struct Staged {
    scenario: usize,
    changes: Vec<Change>,
}

/// A page left by →, so that ← comes back to it as it was.
#[derive(Clone)]
struct Turned {
    page: usize,
    cast: Cast,
    cursor: Cursor,
    own: Vec<Change>,
    staged: Staged,
    opened_at: Cursor,
    is_forked: bool,
}

/// What the learner can do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A question is open and locks.
    Asked,
    /// There is a beat to see before the page is done.
    Stepping,
    /// A goal is not met yet.
    Aiming,
    /// The page is done.
    Done,
}

impl Sitting {
    /// Opens a lesson at its first page; says in words why it cannot.
    pub fn open(mut lesson: Lesson) -> Result<Self, String> {
        if lesson.pages.is_empty() {
            // A file with scenarios only is a sandbox with one silent page.
            lesson.pages.push(Page { text: lesson.summary.clone().unwrap_or_default(), ..Page::default() });
        }
        let staged = Staged { scenario: lesson.pages[0].scenario, changes: lesson.pages[0].changes.clone() };
        let runs = cast(&lesson.scenarios[staged.scenario], &staged.changes)?;
        let mut sitting = Self {
            records: vec![Record::default(); lesson.pages.len()],
            lesson: Arc::new(lesson),
            page: 0,
            cast: runs,
            cursor: Cursor::default(),
            own: Vec::new(),
            is_unlocked: false,
            grain: None,
            detour: None,
            staged,
            opened_at: Cursor::default(),
            turned: Vec::new(),
            is_forked: false,
        };
        sitting.go_to_place(sitting.page().from);
        sitting.opened_at = sitting.cursor;
        Ok(sitting)
    }

    /// The page in view.
    pub fn page(&self) -> &Page {
        &self.lesson.pages[self.page]
    }

    /// What happened on it.
    pub fn record(&self) -> &Record {
        &self.records[self.page]
    }

    /// The scenario in view.
    pub fn scenario(&self) -> &Scenario {
        let index = self.detour.as_ref().map_or(self.staged.scenario, |detour| detour.scenario);
        &self.lesson.scenarios[index]
    }

    /// The panels that the page shows beside the map, in its order; the map may be one of them when it stands alone.
    pub fn panels_beside(&self) -> Vec<Panel> {
        let shown: Vec<Panel> = self.page().show.iter().copied().filter(|panel| *panel != Panel::Map).collect();
        if !shown.is_empty() || !self.page().show.is_empty() {
            return shown;
        }
        let has_trials = self.cast.runs[0].peek().is_ok_and(|step| !step.trials.is_empty());
        let first = if has_trials { Panel::LineSearch } else { Panel::Curvature };
        Panel::ALL.into_iter().filter(|panel| *panel == first || *panel > Panel::LineSearch).collect()
    }

    /// The beats of the iteration in view.
    pub fn story(&self) -> Vec<Beat> {
        cursor::story(&self.cast, self.cursor.t)
    }

    /// The beat that was seen last.
    pub fn beat(&self) -> Beat {
        self.story().get(self.cursor.beat).copied().unwrap_or(Beat::End)
    }

    /// Whether no beat is left, in any run.
    pub fn is_over(&self) -> bool {
        self.cursor.beat + 1 >= self.story().len() && self.cast.runs.iter().all(|run| run.peek().is_err())
    }

    /// Whether the learner has moved on this page, so that its prose may give way to the map.
    pub fn has_moved(&self) -> bool {
        self.cursor != self.opened_at
    }

    /// The question of this page, if it is open here: reached, and not answered.
    pub fn open_question(&self) -> Option<&Choose> {
        let ask = self.page().ask.as_ref()?;
        let is_reached = self.page().until.is_none_or(|place| cursor::has_reached(&self.cast, self.cursor, place));
        (self.detour.is_none() && self.record().answer.is_none() && is_reached).then_some(ask)
    }

    /// Whether the outcome of this page's question is in view: answered, and decided by what was seen.
    pub fn is_outcome_seen(&self) -> bool {
        match self.record().truth {
            Some((_, Some(place))) => cursor::has_reached(&self.cast, self.cursor, place),
            Some((_, None)) => true,
            None => false,
        }
    }

    /// What can be done next.
    pub fn standing(&self) -> Standing {
        if self.open_question().is_some() && !self.is_unlocked {
            Standing::Asked
        } else if self.detour.is_none() && self.page().goal.is_some() {
            if self.record().goal.is_some() { Standing::Done } else { Standing::Aiming }
        } else if self.stop().is_some_and(|place| !cursor::has_reached(&self.cast, self.cursor, place)) {
            Standing::Stepping
        } else {
            Standing::Done
        }
    }

    /// The next place at which stepping pauses.
    fn stop(&self) -> Option<Place> {
        if let Some(detour) = &self.detour {
            return detour.until;
        }
        match self.record().truth {
            Some((_, Some(place))) => Some(place),
            _ => self.page().until,
        }
    }

    /// How much → takes here.
    pub fn grain_here(&self) -> Grain {
        self.grain.or(self.page().grain).unwrap_or(if self.cursor.t < 2 { Grain::SubStep } else { Grain::Iteration })
    }

    /// On by one beat; false if there is none, or if the page stops here.
    pub fn step(&mut self) -> bool {
        let is_stopped = self.detour.is_none() && self.standing() == Standing::Asked;
        !is_stopped && cursor::forward(&mut self.cast, &mut self.cursor)
    }

    /// On by beats for as long as `goes_on` says so of the state before a beat, but not past a stop; whether any was made.
    pub fn step_while(&mut self, goes_on: impl Fn(&Self) -> bool) -> bool {
        let pauses = self.standing() == Standing::Stepping;
        let mut moved = false;
        while goes_on(self) && self.step() {
            moved = true;
            if pauses && self.standing() != Standing::Stepping {
                break;
            }
        }
        self.look_at_goal();
        moved
    }

    /// On by a grain; whether any beat was made.
    pub fn forward(&mut self, grain: Grain) -> bool {
        let start = self.cursor;
        match grain {
            Grain::SubStep => self.step_while(|sitting| sitting.cursor == start),
            // Mid-step this completes the iteration; past the end of the learner's run, rivals go on one by one.
            Grain::Iteration => self.step_while(|sitting| sitting.cursor.t == start.t),
            Grain::Run => self.step_while(|_| true),
        }
    }

    /// Back by one beat, or to the page before as it was left; false at the very start.
    pub fn back(&mut self) -> bool {
        if self.detour.is_none() && self.cursor == self.opened_at && !self.turned.is_empty() {
            return self.turn_back();
        }
        cursor::back(&mut self.cast, &mut self.cursor)
    }

    /// Back to the start of this iteration, or of the one before.
    pub fn whole_back(&mut self) -> bool {
        if self.cursor.beat > 0 {
            self.cursor.beat = 0;
            return true;
        }
        let Some(t) = self.cursor.t.checked_sub(1) else { return false };
        cursor::move_to(&mut self.cast, &mut self.cursor, t);
        true
    }

    /// To the start of iteration `t`, or as far as the page and the runs allow.
    pub fn go_to(&mut self, t: usize) {
        if t <= self.cursor.t {
            cursor::move_to(&mut self.cast, &mut self.cursor, t);
        } else {
            self.step_while(|sitting| sitting.cursor.t < t);
        }
    }

    /// The run again from its start, with the settings as they are.
    pub fn again(&mut self) {
        if self.is_forked {
            let (scenario, changes) = (self.staged.scenario, self.all_changes());
            self.stage(scenario, changes);
        }
        cursor::move_to(&mut self.cast, &mut self.cursor, 0);
    }

    /// Turns to another page; says in words what is wrong with it, if anything is.
    pub fn turn_to(&mut self, page: usize) -> Result<(), String> {
        let left = self.snapshot();
        let is_next = page == self.page + 1;
        self.page = page;
        self.detour = None;
        let wanted = Staged { scenario: self.page().scenario, changes: self.page().changes.clone() };
        let asks = self.page().ask.as_ref().is_some_and(|ask| !ask.goes_on);
        let is_changed = !self.own.is_empty() || self.is_forked || self.cast.runs.len() != self.scenario().runs.len();
        let keeps = self.page().carry || !is_changed || !(asks || self.page().goal.is_some());
        if self.page().starts_over || self.page().from.is_some() || wanted != self.staged || !keeps {
            if !self.page().carry {
                self.own.clear();
            }
            let changes = wanted.changes.iter().chain(&self.own).cloned().collect();
            self.stage_as(wanted, changes)?;
            self.go_to_place(self.page().from);
        }
        self.opened_at = self.cursor;
        if is_next {
            self.turned.push(left);
        } else {
            self.turned.clear();
        }
        self.look_at_goal();
        Ok(())
    }

    /// Answers the open question; the truth is computed now and shown when it is seen.
    pub fn answer(&mut self, index: usize, confidence: Option<usize>) {
        let Some(ask) = self.open_question() else { return };
        if index >= ask.options.len() {
            return;
        }
        let truths: Vec<&Truth> = ask.options.iter().map(|option| &option.truth).collect();
        let truth = outcome::right_answer(&truths, &self.cast)
            .map(|right| (right, outcome::decided_at(truths[right], &self.cast)));
        let record = &mut self.records[self.page];
        record.answer = Some(index);
        record.confidence = confidence;
        record.truth = truth;
    }

    /// The learner's changes take effect from the start; says in words which is impossible.
    pub fn apply(&mut self, own: Vec<Change>) -> Result<(), String> {
        let changes: Vec<Change> = self.staged.changes.iter().chain(&own).cloned().collect();
        self.stage_as(self.staged.clone(), changes)?;
        self.own = own;
        Ok(())
    }

    /// The learner's changes take effect from here on.
    pub fn fork(&mut self, own: Vec<Change>) -> Result<(), String> {
        let mut method = self.cast.runs[0].method().clone();
        for change in &own {
            if change.path == "start" {
                return Err("the start cannot change in mid-run: Enter applies it from the start".into());
            }
            method = method.with(&change.path, &change.value)?;
        }
        self.cast.runs[0] = self.cast.runs[0].fork(method);
        self.cursor.beat = 0;
        self.own = own;
        self.is_forked = true;
        Ok(())
    }

    /// Keeps the learner's run as a rival under the next free letter.
    pub fn keep_rival(&mut self) -> Result<String, String> {
        let is_free = |letter: &String| self.cast.names.iter().all(|name| name.as_str() != letter);
        let letter = ('B'..='Z').map(String::from).find(is_free).ok_or("there are 26 runs already")?;
        self.cast.names.push(crate::lesson::safe::Safe::new(&letter));
        self.cast.runs.push(self.cast.runs[0].clone());
        self.cast.known.push(self.cast.known[0].clone());
        Ok(letter)
    }

    /// Leaves the page for the run that proves its why card of that number.
    pub fn prove(&mut self, number: usize) -> Result<(), String> {
        let card = self.page().why.get(number).and_then(|why| why.prove.clone());
        let Some(prove) = card else { return Err("this card has no run to show".into()) };
        let scenario = prove.scenario.unwrap_or(self.staged.scenario);
        let shown = cast(&self.lesson.scenarios[scenario], &prove.changes)?;
        let detour = Detour {
            until: prove.until,
            scenario,
            cast: std::mem::replace(&mut self.cast, shown),
            cursor: std::mem::take(&mut self.cursor),
        };
        self.detour = Some(Box::new(detour));
        Ok(())
    }

    /// Comes back from a proof to exactly where the learner left; false if there was none.
    pub fn come_back(&mut self) -> bool {
        let Some(detour) = self.detour.take() else { return false };
        self.cast = detour.cast;
        self.cursor = detour.cursor;
        true
    }

    fn turn_back(&mut self) -> bool {
        let Some(left) = self.turned.pop() else { return false };
        self.page = left.page;
        self.cast = left.cast;
        self.cursor = left.cursor;
        self.own = left.own;
        self.staged = left.staged;
        self.opened_at = left.opened_at;
        self.is_forked = left.is_forked;
        true
    }

    fn snapshot(&self) -> Turned {
        Turned {
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

    fn stage(&mut self, scenario: usize, changes: Vec<Change>) {
        // These changes were cast before, so they can be cast again.
        if let Ok(runs) = cast(&self.lesson.scenarios[scenario], &changes) {
            self.put_on(runs);
        }
    }

    fn stage_as(&mut self, staged: Staged, changes: Vec<Change>) -> Result<(), String> {
        let runs = cast(&self.lesson.scenarios[staged.scenario], &changes)?;
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
        }
    }

    fn put_on(&mut self, runs: Cast) {
        self.cast = runs;
        self.is_forked = false;
        self.cursor = Cursor::default();
    }

    fn go_to_place(&mut self, place: Option<Place>) {
        let Some(place) = place else { return };
        cursor::move_to(&mut self.cast, &mut self.cursor, place.iteration);
        if self.cursor.t == place.iteration {
            self.cursor.beat = cursor::beat_of(&self.story(), place.reached);
        }
    }

    /// Notes that the goal is met, as soon as the steps made meet it.
    fn look_at_goal(&mut self) {
        let Some(goal) = &self.page().goal else { return };
        if self.detour.is_some() || self.record().goal.is_some() {
            return;
        }
        if claim::holds(&goal.claim, &mut self.cast.clone(), Horizon::Made) == Ok(true) {
            let evaluations = self.cast.runs[0].calls().value;
            self.records[self.page].goal = Some(evaluations);
        }
    }
}
