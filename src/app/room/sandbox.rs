//! Free play from exactly here, and the way back to exactly where the learner left.

use std::sync::Arc;

use crate::app::room::left::Left;
use crate::app::room::session::Session;
use crate::app::room::sitting::{Record, Sitting, Staged};
use crate::app::room::solution;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::app::settings::draft::Draft;
use crate::lesson::made::sandbox;
use crate::lesson::scenario::{RunPlan, Scenario};

impl Sitting {
    /// A sandbox with a scenario of its own.
    pub fn sandbox(scenario: Scenario) -> Result<Self, String> {
        Ok(Self { is_sandbox: true, ..Self::open(sandbox::lesson(scenario))? })
    }

    /// A sandbox with a copy of these runs, as they stand.
    pub fn sandbox_from_here(&self) -> Result<Self, String> {
        if self.is_sandbox {
            return Err("This is the sandbox already: e changes everything.".into());
        }
        if self.detour.is_some() {
            return Err("Esc leads back to the lesson; the sandbox opens from there.".into());
        }
        let mut lesson = sandbox::lesson(self.scenario().clone());
        lesson.pages[0].plot.clone_from(&self.page().plot);
        let mut fresh = Self {
            lesson: Arc::new(lesson),
            page: 0,
            records: vec![Record::default()],
            is_unlocked: false,
            staged: Staged { scenario: 0, changes: self.staged.changes.clone() },
            opened_at: self.cursor,
            turned: Vec::new(),
            is_sandbox: true,
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
        *self = Self { grain: self.grain, ..fresh };
        Ok(())
    }
}

/// Opens the sandbox: from the lesson in progress, or an empty one where a formula is to be typed.
pub fn open(session: &mut Session, viewer: &mut Viewer) -> Result<(), String> {
    let Some(sitting) = &mut session.sitting else {
        session.sitting = Some(empty()?);
        ask_for_formula(session, viewer);
        return Ok(());
    };
    if session.left.is_some() && !sitting.is_sandbox {
        return Err("Esc leads back to the lesson; the sandbox opens from there.".into());
    }
    let fresh = sitting.sandbox_from_here()?;
    let left = std::mem::replace(sitting, fresh);
    session.left = Some(Left { sitting: left, panel: viewer.panel, is_zoomed: viewer.is_zoomed });
    viewer.layer = Layer::Run;
    viewer.is_zoomed = false;
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

/// Goes back to the lesson that was left, or home; false if this is no sandbox, or nothing lies behind it.
pub fn leave(session: &mut Session, viewer: &mut Viewer) -> bool {
    if let Some(mut left) = session.left.take() {
        if let Some(solved) = session.sitting.as_ref().and_then(solution::seen) {
            let page = left.sitting.page;
            left.sitting.records[page].solved = Some(solved);
        }
        let attempt = viewer.attempt.take();
        viewer.open_page();
        session.sitting = Some(left.sitting);
        (viewer.panel, viewer.is_zoomed, viewer.attempt) = (left.panel, left.is_zoomed, attempt);
        return true;
    }
    let leads_home = !session.is_single && session.sitting.as_ref().is_some_and(|sitting| sitting.is_sandbox);
    if leads_home {
        session.sitting = None;
    }
    leads_home
}
