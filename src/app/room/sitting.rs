//! One lesson in progress: its page, its runs, where they stand, and what was answered.

use std::ffi::OsString;
use std::sync::Arc;

use crate::app::answer::given::Given;
use crate::app::room::errand::{Errand, Proof, Standing};
use crate::app::room::recent::Recent;
use crate::app::run::basins::BasinMap;
use crate::app::run::cursor::Cursor;
use crate::lesson::claim::watch::Watch;
use crate::lesson::question::grade::Grade;
use crate::lesson::question::{Answer, Ask};
use crate::lesson::scenario::{Cast, Change, Scenario, cast};
use crate::lesson::schema::{Grain, Lesson, Page, Panel, Place, Reached};

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
    /// The last map of basins that was made.
    pub basins: Option<BasinMap>,
    /// What it is for.
    pub errand: Errand,
    pub(in crate::app) staged: Staged,
    pub(in crate::app) opened_at: Cursor,
    /// How many pages were opened, by going on or back to one; ← comes back to a page without opening it.
    pub(in crate::app) opened: usize,
    /// How often the runs were made anew.
    pub(in crate::app) made: usize,
    /// Where it stood before, the last place last: pages left by →, and the page that a proof was opened from.
    pub(in crate::app) way_back: Vec<Stay>,
    pub(in crate::app) is_forked: bool,
    /// What a command line calls the lesson, if not by its id: a path.
    pub source: Option<OsString>,
    /// What was read of the runs for the goal of the page of this index.
    pub(in crate::app) watch: Option<(usize, Watch)>,
    /// Story and standing, as they were computed last.
    pub(in crate::app) now: Recent,
}

/// What happened on a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The answer given; of an exercise the right one.
    pub answer: Option<Answer>,
    /// How sure the learner was: 0 guess, 1 think, 2 sure.
    pub confidence: Option<usize>,
    /// What two at one keyboard answered, each for themselves, before that.
    pub partners: Vec<Given>,
    /// What is right and where that is seen, once an answer was given or the question was passed.
    pub verdict: Option<AnswerVerdict>,
    /// The last attempt at an exercise that was not right, and what of it was.
    pub tried: Option<(Answer, Grade)>,
    /// Where a question was passed whose outcome no run has to show.
    pub(in crate::app) told_at: Option<Cursor>,
    /// Whether the outcome of an answer was seen, now or before.
    pub is_seen: bool,
    /// The evaluations of f with which the goal was met, or the iterations, as the goal counts.
    pub goal: Option<u64>,
    /// Whether the run was started again after it had met the goal.
    pub(in crate::app) is_new_try: bool,
    /// Whether a run ended without meeting the goal.
    pub missed: bool,
    /// Whether the solution was seen, and if it asked, whether the answer was right.
    pub solved: Option<bool>,
    /// How many hints were opened.
    pub hints: usize,
}

/// What became of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerVerdict {
    /// What of it is right.
    pub grade: Grade,
    /// Where that is seen, if it has to be awaited.
    pub place: Option<Place>,
    /// Whether that was seen before the learner changed the run: it stays seen, whatever the new run does.
    pub was_seen: bool,
}

/// What the runs were made from.
#[derive(Clone, PartialEq)]
pub(in crate::app) struct Staged {
    pub(in crate::app) scenario: usize,
    pub(in crate::app) changes: Vec<Change>,
}

/// A place in a lesson to come back to: a page with its runs, as it was left.
#[derive(Clone)]
pub(in crate::app) struct Stay {
    pub(in crate::app) errand: Errand,
    pub(in crate::app) page: usize,
    pub(in crate::app) cast: Cast,
    pub(in crate::app) cursor: Cursor,
    pub(in crate::app) own: Vec<Change>,
    pub(in crate::app) staged: Staged,
    pub(in crate::app) opened_at: Cursor,
    pub(in crate::app) is_forked: bool,
}

impl Sitting {
    /// Opens a lesson at its first page; says in words why it cannot.
    pub fn open(mut lesson: Lesson) -> Result<Self, String> {
        if lesson.pages.is_empty() {
            // A file with scenarios only is a sandbox with one silent page.
            let until = Some(Place { iteration: usize::MAX, reached: Reached::Move });
            let text = lesson.summary.clone().unwrap_or_default();
            lesson.pages.push(Page { until, text, ..Page::default() });
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
            basins: None,
            errand: Errand::Lesson,
            staged,
            opened_at: Cursor::default(),
            opened: 0,
            made: 0,
            way_back: Vec::new(),
            is_forked: false,
            source: None,
            watch: None,
            now: Recent::default(),
        };
        sitting.compare()?;
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

    /// The proof in view; `None` on the page itself.
    pub fn proof(&self) -> Option<Proof> {
        if let Errand::Proof(proof) = self.errand { Some(proof) } else { None }
    }

    /// Whether this is no lesson but free play.
    pub fn is_sandbox(&self) -> bool {
        self.errand == Errand::Sandbox
    }

    /// The scenario in view.
    pub fn scenario(&self) -> &Scenario {
        let index = self.proof().map_or(self.staged.scenario, |proof| proof.scenario);
        &self.lesson.scenarios[index]
    }

    /// Whether something that a page reveals has been revealed: by this page, by one before, or because no page does.
    pub fn is_revealed(&self, what: &str) -> bool {
        let reveals = |page: &Page| page.reveals.iter().any(|word| word.as_str() == what);
        let pages = &self.lesson.pages;
        pages[..=self.page].iter().any(reveals) || !pages.iter().any(reveals)
    }

    /// All panels of the page in order of importance, the map among them if the page shows it; two maps come first.
    pub fn panels(&self) -> Vec<Panel> {
        let mut panels = self.panels_named();
        if self.cast.compared.is_some() && panels.contains(&Panel::Map) {
            panels.retain(|panel| *panel != Panel::Map);
            panels.splice(0..0, [Panel::Map, Panel::SecondMap]);
        }
        panels
    }

    fn panels_named(&self) -> Vec<Panel> {
        let shown = &self.page().show;
        if shown.is_empty() {
            return std::iter::once(Panel::Map).chain(self.panels_beside()).collect();
        }
        let is_here = |panel: &Panel| *panel == Panel::Map || self.is_revealed(panel.name());
        shown.iter().copied().filter(is_here).collect()
    }

    /// The panels that the page shows beside the map, in its order.
    pub fn panels_beside(&self) -> Vec<Panel> {
        let is_beside = |panel: &Panel| *panel != Panel::Map && self.is_revealed(panel.name());
        if !self.page().show.is_empty() {
            return self.page().show.iter().copied().filter(is_beside).collect();
        }
        let has_trials = self.cast.runs[0].peek().is_ok_and(|step| !step.trials.is_empty());
        let first = if has_trials { Panel::LineSearch } else { Panel::Curvature };
        let suits = |panel: &Panel| match panel {
            Panel::Theory => self.cast.known[0].lipschitz.is_some(),
            Panel::Schedule => self.cast.runs[0].method().step_size.rule().is_schedule(),
            Panel::Curvature | Panel::Numbers | Panel::Progress | Panel::Table => true,
            panel => *panel == first,
        };
        Panel::ALL.into_iter().filter(suits).filter(is_beside).collect()
    }

    /// Whether no beat is left, in any run.
    pub fn is_over(&self) -> bool {
        self.cursor.beat + 1 >= self.story().len() && self.cast.is_over()
    }

    /// Whether the learner has moved on this page, so that its prose may give way to the map.
    pub fn has_moved(&self) -> bool {
        self.cursor != self.opened_at
    }

    /// The question of this page, if it is open here: reached, not answered, and its outcome not seen without an answer.
    pub fn open_question(&self) -> Option<&Ask> {
        let ask = self.page().ask.as_ref()?;
        let is_reached = self.page().until.is_none_or(|place| self.has_reached(place));
        let is_open = self.record().answer.is_none() && !self.is_outcome_seen();
        (self.proof().is_none() && is_open && is_reached).then_some(ask)
    }

    /// Whether the outcome of this page's question is in view: answered or passed, and decided by what was seen.
    pub fn is_outcome_seen(&self) -> bool {
        let verdict = self.record().verdict.as_ref();
        verdict.is_some_and(|verdict| verdict.was_seen || verdict.place.is_none_or(|place| self.has_reached(place)))
    }

    /// Whether an answer was given whose outcome is not seen yet.
    pub fn is_sealed(&self) -> bool {
        self.proof().is_none() && self.record().answer.is_some() && !self.is_outcome_seen()
    }

    /// Whether a question of this page is not settled: to come or open, unless the lock was lifted, or answered and its
    /// outcome not seen.
    pub fn is_unsettled(&self) -> bool {
        let is_locked = self.record().answer.is_some() || !self.is_unlocked;
        self.proof().is_none() && self.page().ask.is_some() && is_locked && !self.is_outcome_seen()
    }

    /// Whether ← leads back to the page before.
    pub fn leads_back(&self) -> bool {
        self.proof().is_none() && self.cursor == self.opened_at && !self.way_back.is_empty()
    }

    /// Whether a prediction is open here and locks, or is sealed: nothing may tell how it turns out.
    pub fn keeps_secret(&self) -> bool {
        self.standing() == Standing::Asked || self.is_sealed()
    }

    /// Counts the hint of this level as opened.
    pub(in crate::app) fn open_hint(&mut self, level: usize) {
        let hints = &mut self.records[self.page].hints;
        *hints = (*hints).max(level + 1);
    }

    /// How much → takes here.
    pub fn grain_here(&self) -> Grain {
        self.grain.or(self.page().grain).unwrap_or(if self.cursor.t < 2 { Grain::SubStep } else { Grain::Iteration })
    }
}
