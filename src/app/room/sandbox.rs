//! Free play from exactly here, and the way back to exactly where the learner left.

use std::sync::Arc;

use crate::app::room::errand::Errand;
use crate::app::room::session::Session;
use crate::app::room::sitting::{Record, Sitting, Staged};
use crate::app::room::solution;
use crate::app::rules::lesson;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::app::settings::draft::Draft;
use crate::lesson::made::sandbox;
use crate::lesson::scenario::{RunPlan, Scenario};

impl Sitting {
    /// A sandbox with a scenario of its own.
    pub fn sandbox(scenario: Scenario) -> Result<Self, String> {
        Ok(Self { errand: Errand::Sandbox, ..Self::open(sandbox::lesson(scenario))? })
    }

    /// A sandbox with a copy of these runs, as they stand.
    pub fn sandbox_from_here(&self) -> Result<Self, String> {
        lesson::leads_to_sandbox(self)?;
        let mut lesson = sandbox::lesson(self.scenario().clone());
        lesson.pages[0].plot.clone_from(&self.page().plot);
        let mut fresh = Self {
            lesson: Arc::new(lesson),
            page: 0,
            records: vec![Record::default()],
            is_unlocked: false,
            staged: Staged { scenario: 0, changes: self.staged.changes.clone() },
            opened_at: self.cursor,
            way_back: Vec::new(),
            errand: Errand::Sandbox,
            ..self.clone()
        };
        // What the lesson compares stays behind with it.
        fresh.compare()?;
        fresh.opened_at = fresh.cursor;
        Ok(fresh)
    }

    /// Descends another objective from its start; rivals stay behind with the old one.
    pub fn descend(&mut self, draft: &Draft) -> Result<(), String> {
        draft.method.refusal().map_or(Ok(()), Err)?;
        draft.method.direction.rule().fits(&**draft.subject.objective())?;
        let plan = RunPlan { method: draft.method.clone(), noise: None, ..self.scenario().runs[0].clone() };
        let window = draft.window.clone();
        let scenario = sandbox::scenario(draft.subject.clone(), draft.start.clone(), window, plan);
        let fresh = Self::sandbox(scenario)?;
        *self = Self { grain: self.grain, opened: self.opened, made: self.made + 1, ..fresh };
        Ok(())
    }
}

/// Opens the sandbox: from the lesson in progress, or an empty one; says in words why it cannot.
pub fn open(session: &mut Session) -> Result<(), String> {
    session.sitting = Some(match session.sitting.take() {
        None => empty()?,
        Some(sitting) => match sitting.sandbox_from_here() {
            Ok(fresh) => {
                session.waiting.push(sitting);
                fresh
            }
            Err(why) => {
                session.sitting = Some(sitting);
                return Err(why);
            }
        },
    });
    Ok(())
}

/// A sandbox around the first formula there is.
pub fn empty() -> Result<Sitting, String> {
    let formula = sandbox::formula(sandbox::FIRST).map_err(|error| error.to_string())?;
    let start = vec![2.0, 1.0];
    let window = sandbox::window_around(&start);
    Sitting::sandbox(sandbox::scenario(formula.into(), start, window, sandbox::first_run()))
}

/// Opens the settings at the objective, where a formula can be typed.
pub fn ask_for_formula(session: &Session, viewer: &mut Viewer) {
    if let Some(sitting) = &session.sitting {
        let mut draft = Draft::of(sitting);
        draft.selected = 0;
        viewer.layer = Layer::Settings(Box::new(draft));
        viewer.notice = Some("Type the formula to descend, in x1, x2, …, or press Enter to take this one.".into());
    }
}

/// Whether Esc and q lead from this sitting to the one that waits beneath it, or from a sandbox to the list.
pub fn leads_out(session: &Session) -> bool {
    let is_sandbox = session.sitting.as_ref().is_some_and(Sitting::is_sandbox);
    !session.waiting.is_empty() || is_sandbox && !session.is_single
}

/// Goes back to the sitting that waits beneath this one, or home where none does.
pub fn leave(session: &mut Session) {
    let solved = session.sitting.as_ref().and_then(solution::seen);
    session.sitting = session.waiting.pop();
    if let (Some(sitting), Some(solved)) = (&mut session.sitting, solved) {
        sitting.records[sitting.page].solved = Some(solved);
    }
}
