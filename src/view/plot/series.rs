//! The numbers of a long run side by side, so that a chart of it costs the same at any t.

use std::sync::Arc;

use crate::app::run::visible::SeenRun;
use crate::engine::record::{Sample, Step};

/// One number of every step that a run has made, kept from frame to frame.
#[derive(Debug, Clone)]
pub struct Series {
    name: String,
    values: Vec<f64>,
    /// The iterate after the last of these steps: while the run leads there, it is the same run.
    last: Arc<Sample>,
}

/// So many points are drawn as they are.
const FEW: usize = 4096;
/// Of more, so many stretches are drawn, each by its first, its lowest, its highest and its last.
const STRETCHES: usize = 1024;

impl Series {
    /// An empty series; the name tells what is told of a step.
    pub fn new(name: &str, run: SeenRun<'_>) -> Self {
        let last = run.first();
        Self { name: name.to_owned(), values: Vec::new(), last: Arc::clone(last) }
    }

    /// Whether it tells this of this run.
    pub fn is_of(&self, name: &str, run: SeenRun<'_>) -> bool {
        self.name == name && run.is_at(self.values.len(), &self.last)
    }

    /// Goes on to where the run is.
    pub fn follow(&mut self, run: SeenRun<'_>, value: impl Fn(&Step) -> f64) {
        for step in run.past().iter().skip(self.values.len()) {
            self.values.push(value(step));
            self.last = Arc::clone(&step.to);
        }
    }

    /// The points of the first `t` steps, thinned where they are many; what is not finite is left out.
    pub fn points(&self, t: usize) -> Vec<(f64, f64)> {
        let values = &self.values[..t.min(self.values.len())];
        let point = |t: usize| (t as f64, values[t]);
        let is_finite = |t: &usize| values[*t].is_finite();
        if values.len() <= FEW {
            return (0..values.len()).filter(is_finite).map(point).collect();
        }
        let wide = values.len().div_ceil(STRETCHES);
        let mut points = Vec::with_capacity(4 * STRETCHES);
        for from in (0..values.len()).step_by(wide) {
            let mut finite = (from..(from + wide).min(values.len())).filter(is_finite);
            let Some(first) = finite.next() else { continue };
            let mut four = finite.fold([first; 4], |[first, low, high, _], t| {
                [
                    first,
                    if values[t] < values[low] { t } else { low },
                    if values[t] > values[high] { t } else { high },
                    t,
                ]
            });
            four.sort_unstable();
            for (index, t) in four.into_iter().enumerate() {
                if index == 0 || four[index - 1] != t {
                    points.push(point(t));
                }
            }
        }
        points
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::paper::specimen::{fixed, ravine};

    #[test]
    fn a_long_series_keeps_its_extremes_and_forgets_other_runs() {
        let sitting = ravine(fixed(0.05));
        let mut run = sitting.cast.runs[0].clone();
        let mut series = Series::new("f", SeenRun::of(&run));
        run.go_to(50);
        series.follow(SeenRun::of(&run), |step| step.from.value);
        assert_eq!(series.points(50).len(), 50);
        assert_eq!(series.points(7)[6], (6.0, run.past()[6].from.value));
        run.go_to(3);
        assert!(series.is_of("f", SeenRun::of(&run)), "it is the same run, gone back");
        assert!(!series.is_of("alpha", SeenRun::of(&run)));
        assert!(!series.is_of("f", SeenRun::of(&run.fork(fixed(0.01)))), "a fork is another run");
        // Many values: a spike and a pit among them, and what is not a number.
        let mut values = vec![1.0; 100_000];
        (values[77_777], values[50_001], values[3]) = (9.0, -9.0, f64::NAN);
        series.values = values;
        let points = series.points(100_000);
        assert!(points.len() <= 4 * STRETCHES && points.is_sorted_by(|a, b| a.0 < b.0));
        assert!(points.contains(&(77_777.0, 9.0)) && points.contains(&(50_001.0, -9.0)));
        assert_eq!((points[0], points[points.len() - 1]), ((0.0, 1.0), (99_999.0, 1.0)));
        assert!(points.iter().all(|(_, value)| value.is_finite()));
    }
}
