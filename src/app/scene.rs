//! What a map shows: a scenario, its runs, and how much of them was seen; a page that compares has two.

use crate::app::basins::BasinMap;
use crate::app::cursor::{self, Cursor};
use crate::app::glimpse::Glimpse;
use crate::app::sitting::Sitting;
use crate::engine::record::Beat;
use crate::lesson::safe::Safe;
use crate::lesson::scenario::{Cast, Compared, cast};
use crate::lesson::schema::Scenario;

/// A scenario with its runs, at a moment.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The scenario.
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
        _ => part(theirs) <= part(ours),
    }
}

/// The part of a step to which a beat belongs: the iterate, what leads to the direction, the direction, α, the move.
fn part(beat: Beat) -> u8 {
    match beat {
        Beat::Here => 0,
        Beat::Memory | Beat::Residuals | Beat::Model | Beat::Try => 1,
        Beat::Direction | Beat::Signs => 2,
        Beat::Trial(_) | Beat::StepSize | Beat::Verdict => 3,
        Beat::Move | Beat::End => 4,
    }
}
