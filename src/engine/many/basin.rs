//! Where does each start lead? The map of basins: many runs from a grid of starts, and the minimum that each of them reaches.

use std::ops::Range;
use std::sync::Arc;

use crate::engine::many::{Callback, each};
use crate::engine::record::ending::{Ending, Reason};
use crate::engine::rule::method::Method;
use crate::engine::run::Run;
use crate::engine::run::stop::Limits;
use crate::engine::theory::critical::{CriticalPoint, critical_point};
use crate::objective::function::Objective;
use crate::objective::point::Point;

/// Maximum number of distinct minima: the letters a to z.
const MOST_FOUND: usize = 26;

/// Where a start leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Destination {
    /// To the known minimum of this index.
    Minimum(usize),
    /// To a place without slope that is none of the known minima: a saddle, a plateau, a minimum nobody named.
    Critical,
    /// Away: out of the map, or to numbers that are not finite.
    Left,
    /// Nowhere within the iterations allowed.
    Unsettled,
}

/// A grid of starts and the minima that their runs may reach.
#[derive(Debug, Clone, PartialEq)]
pub struct StartGrid {
    /// How many starts there are along x₁ and x₂.
    pub counts: [usize; 2],
    /// The lower and the upper end of x₁ and x₂; the ends are starts.
    pub window: [[f64; 2]; 2],
    /// The known minima.
    pub minima: Vec<Point>,
    /// A run has reached a minimum when no coordinate differs by more.
    pub tolerance: f64,
    /// The values of x₃ … xₙ for more than two coordinates.
    pub others: Vec<f64>,
}

impl StartGrid {
    /// The start of an index, row by row from the lower left.
    pub fn start(&self, index: usize) -> Point {
        let place = |axis: usize, index: usize| {
            let ([low, high], count) = (self.window[axis], self.counts[axis]);
            let share = if count > 1 { index as f64 / (count - 1) as f64 } else { 0.5 };
            low * (1.0 - share) + high * share
        };
        let (row, column) = (index / self.counts[0], index % self.counts[0]);
        let x = [place(0, column), place(1, row)];
        Point::from_iterator(2 + self.others.len(), x.into_iter().chain(self.others.iter().copied()))
    }

    /// How many starts there are.
    pub fn count(&self) -> usize {
        self.counts[0] * self.counts[1]
    }

    /// Where some of the starts lead, by their indices; and where no minimum is known, the one that a start found.
    pub fn some_basins(
        &self,
        starts: Range<usize>,
        objective: &Arc<dyn Objective>,
        method: &Method,
        limits: &Limits,
    ) -> Vec<(Destination, Option<Point>)> {
        let one = |index| {
            let ending = self.ending(starts.start + index, objective, method, limits);
            let goal = self.judge(&ending);
            let is_found = goal == Destination::Critical
                && self.minima.is_empty()
                && critical_point(&**objective, &ending.at, &self.start(starts.start + index))
                    == Some(CriticalPoint::Minimum);
            (goal, is_found.then(|| ending.at.point.clone()))
        };
        each(starts.len(), &|_| true, one).unwrap_or_default()
    }

    /// The minima among points that were found, each point with the index of its own: points within the tolerance of each
    /// other are one. `None` if there are more than letters.
    pub fn gathered(&self, found: &[Option<Point>]) -> Option<(Vec<Point>, Vec<Option<usize>>)> {
        let mut minima: Vec<Point> = Vec::new();
        let mut indices = Vec::with_capacity(found.len());
        for point in found {
            let index = point.as_ref().map(|point| {
                minima.iter().position(|minimum| self.is_near(minimum, point)).unwrap_or_else(|| {
                    minima.push(point.clone());
                    minima.len() - 1
                })
            });
            if minima.len() > MOST_FOUND {
                return None;
            }
            indices.push(index);
        }
        Some((minima, indices))
    }

    fn is_near(&self, minimum: &Point, at: &Point) -> bool {
        minimum.len() == at.len() && minimum.iter().zip(at.iter()).all(|(a, b)| (a - b).abs() <= self.tolerance)
    }

    /// Where each start leads, row by row from the lower left; `None` if `progress` said no.
    pub fn basins(
        &self,
        objective: &Arc<dyn Objective>,
        method: &Method,
        limits: &Limits,
        progress: Callback<'_>,
    ) -> Option<Vec<Destination>> {
        each(self.count(), progress, |index| self.judge(&self.ending(index, objective, method, limits)))
    }

    fn ending(&self, index: usize, objective: &Arc<dyn Objective>, method: &Method, limits: &Limits) -> Ending {
        Run::new(Arc::clone(objective), self.start(index), method.clone(), limits.clone()).finish().1
    }

    /// Classifies the ending of a run.
    pub fn judge(&self, ending: &Ending) -> Destination {
        let at = &ending.at.point;
        if let Some(index) = self.minima.iter().position(|minimum| self.is_near(minimum, at)) {
            return Destination::Minimum(index);
        }
        let is_inside = |axis: usize| (self.window[axis][0]..=self.window[axis][1]).contains(&at[axis]);
        let has_left = matches!(ending.reason, Reason::Unbounded | Reason::NotFinite);
        if has_left || !is_inside(0) || !is_inside(1) {
            return Destination::Left;
        }
        if ending.reason == Reason::GradientSmall { Destination::Critical } else { Destination::Unsettled }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::engine::direction::slope::steepest_descent::SteepestDescent;
    use crate::engine::rule::list::{DirectionRule, StepSizeRule};
    use crate::engine::step_size::schedule::fixed::Fixed;
    use crate::objective::catalog::named;
    use crate::objective::landscape::Landscape;

    fn gradient_descent(alpha: f64) -> Method {
        Method {
            direction: DirectionRule::SteepestDescent(SteepestDescent::default()),
            step_size: StepSizeRule::Fixed(Fixed { alpha }),
        }
    }

    fn search(landscape: &Landscape, counts: [usize; 2]) -> (StartGrid, Arc<dyn Objective>) {
        let minima = landscape.minima.iter().map(|minimum| Point::from_column_slice(minimum)).collect();
        let window = [landscape.window[0], landscape.window[1]];
        (
            StartGrid { counts, window, minima, tolerance: 1e-3, others: Vec::new() },
            Arc::new(landscape.objective().unwrap()),
        )
    }

    fn count(goals: &[Destination], wanted: Destination) -> usize {
        goals.iter().filter(|goal| **goal == wanted).count()
    }

    #[test]
    fn two_of_three_starts_of_branin_share_a_minimum() {
        let (search, objective) = search(named("branin").unwrap(), [61, 61]);
        let limits = Limits { iterations: 2000, gradient: 1e-4, ..Limits::default() };
        let goals = search.basins(&objective, &gradient_descent(1e-4), &limits, &|_| true).unwrap();
        let share = |goal| 100.0 * count(&goals, goal) as f64 / goals.len() as f64;
        let found =
            [Destination::Minimum(0), Destination::Minimum(1), Destination::Minimum(2), Destination::Left].map(share);
        for (found, expected) in found.into_iter().zip([34.0, 41.0, 23.0, 2.0]) {
            assert!((found - expected).abs() <= 1.5, "{found} and not {expected}");
        }
    }

    #[test]
    fn himmelblau_has_four_basins_and_threads_change_nothing() {
        let (search, objective) = search(named("himmelblau").unwrap(), [40, 30]);
        let (method, limits) = (gradient_descent(0.01), Limits { iterations: 500, ..Limits::default() });
        let goals = search.basins(&objective, &method, &limits, &|_| true).unwrap();
        let alone: Vec<Destination> = (0..goals.len())
            .map(|index| {
                let mut run = Run::new(Arc::clone(&objective), search.start(index), method.clone(), limits.clone());
                run.go_to(usize::MAX);
                search.judge(run.peek().unwrap_err())
            })
            .collect();
        assert_eq!(goals, alone);
        let counts = [0, 1, 2, 3].map(|index| count(&goals, Destination::Minimum(index)));
        assert!(counts.iter().all(|count| (150..450).contains(count)), "{counts:?}");
        assert_eq!(counts.iter().sum::<usize>() + count(&goals, Destination::Left), goals.len());
    }

    /// f depends on |x₁| and |x₂| alone: every quarter of the map leads to its own minimum.
    #[test]
    fn symmetric_landscapes_have_symmetric_maps() {
        let formula =
            crate::objective::formula::Formula::parse("(x1^2-1)^2 + (x2^2-1)^2", 2, &std::collections::BTreeMap::new());
        let objective: Arc<dyn Objective> = Arc::new(formula.unwrap());
        let minima =
            [[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]].map(|x| Point::from_column_slice(&x)).to_vec();
        let window = [[-2.0, 2.0]; 2];
        let search = StartGrid { counts: [21, 21], window, minima, tolerance: 1e-3, others: Vec::new() };
        let goals = search.basins(&objective, &gradient_descent(0.05), &Limits::default(), &|_| true).unwrap();
        for index in 0..4 {
            assert_eq!(count(&goals, Destination::Minimum(index)), 100);
        }
        assert_eq!(count(&goals, Destination::Critical), 41, "the two axes lead to saddles and the hilltop");
    }

    #[test]
    fn whoever_says_no_is_heard() {
        let (search, objective) = search(named("himmelblau").unwrap(), [40, 30]);
        let heard = AtomicUsize::new(0);
        let progress = |done: usize| {
            heard.fetch_add(1, Ordering::Relaxed);
            done < 10
        };
        assert_eq!(search.basins(&objective, &gradient_descent(0.01), &Limits::default(), &progress), None);
        assert!(heard.into_inner() < 1000, "it stopped early");
    }
}
