//! Which starts a map of basins tries: those of a grid over the part of the map in view.

use crate::app::look::viewport::Viewport;
use crate::app::room::sitting::Sitting;
use crate::app::run::basins::{BasinMap, Question};
use crate::engine::many::basin::StartGrid;
use crate::engine::run::stop::Limits;
use crate::lesson::schema::Page;
use crate::objective::point::Point;
use crate::objective::subject::Subject;

/// Starts along x₁ and x₂: about one for each cell of a map at 80 × 24.
const STARTS: [usize; 2] = [40, 20];
/// The most iterations of a start.
const MOST_ITERATIONS: usize = 1000;
/// How near to a minimum a run has reached it, as a share of the window.
const NEAR: f64 = 0.01;

impl Sitting {
    /// The starts of the part of the map in view, the method as it is set, and the minima that are known; as a refusal,
    /// why there is no such map.
    pub fn basin_question(&self, viewport: Viewport) -> Result<Question, String> {
        let run = &self.cast.runs[0];
        let (Some(&one), Some(&other), 2) =
            (self.scenario().window.first(), self.scenario().window.get(1), run.objective().dimension())
        else {
            return Err("basins are drawn over maps of two coordinates".into());
        };
        let window = [viewport.window(0, one), viewport.window(1, other)];
        let known = self.cast.known[0].points.iter().filter(|point| point.len() == 2);
        let search = StartGrid {
            counts: STARTS,
            window,
            minima: known.map(|point| Point::from_column_slice(point)).collect(),
            tolerance: NEAR * (window[0][1] - window[0][0]).min(window[1][1] - window[1][0]),
            others: Vec::new(),
        };
        let iterations = run.limits().iterations.min(MOST_ITERATIONS as _);
        Ok(Question {
            subject: self.subject().clone(),
            search,
            method: run.method().clone(),
            limits: Limits { iterations, ..run.limits().clone() },
        })
    }

    /// The next page whose question a map of basins would answer: it asks of the same objective and method.
    pub fn asks_of_basins(&self) -> Option<usize> {
        let (methods, subject) = ([&self.scenario().runs[0].method, self.cast.runs[0].method()], self.subject());
        let is_about = |page: &Page| {
            let scenario = &self.lesson.scenarios[page.scenario];
            let method = &scenario.runs[0].method;
            scenario.subject == *subject && (!page.changes.is_empty() || methods.contains(&method))
        };
        let later = self.lesson.pages.iter().zip(&self.records).enumerate().skip(self.page + 1);
        let mut open = later.filter(|(_, (page, record))| page.ask.is_some() && record.answer.is_none());
        open.find(|(_, (page, _))| !self.is_unlocked && is_about(page)).map(|(index, _)| index)
    }

    /// The map of basins, if it was made for this objective and the method as it is set, whatever part of the map was in view.
    pub fn basins_here(&self) -> Option<&BasinMap> {
        let is_here = |map: &&BasinMap| {
            map.question.subject == *self.subject() && map.question.method == *self.cast.runs[0].method()
        };
        self.basins.as_ref().filter(is_here)
    }

    /// What the learner's run descends.
    pub fn subject(&self) -> &Subject {
        self.scenario().subject()
    }
}
