//! What of a row takes long to compute: done when it is first asked for, and once.

use std::cell::OnceCell;

use crate::engine::record::{Sample, Step};
use crate::engine::run::Run;
use crate::engine::theory::curvature::{self, Spectrum};
use crate::engine::theory::promise::Check;
use crate::engine::theory::{self, Known};
use crate::objective::point::Matrix;

/// What was computed of one row so far.
#[derive(Debug, Default)]
pub struct Costly {
    hessian: OnceCell<Option<Matrix>>,
    looked: OnceCell<Option<(Matrix, Spectrum)>>,
    checks: OnceCell<Vec<Check>>,
}

impl Costly {
    /// ∇²f there; `None` in more than 64 coordinates, or if a number is not finite.
    pub fn hessian(&self, run: &Run, sample: &Sample) -> Option<&Matrix> {
        if let Some(Some((hessian, _))) = self.looked.get() {
            return Some(hessian);
        }
        self.hessian.get_or_init(|| curvature::hessian(run.objective(), sample)).as_ref()
    }

    /// The same with its spectrum.
    pub fn looked(&self, run: &Run, sample: &Sample) -> Option<&(Matrix, Spectrum)> {
        let look = || {
            let hessian = self.hessian(run, sample)?.clone();
            let spectrum = Spectrum::of(&hessian)?;
            Some((hessian, spectrum))
        };
        self.looked.get_or_init(look).as_ref()
    }

    /// The promises of theory held against step `t` of a run.
    pub fn checks(&self, run: &Run, t: usize, step: &Step, known: &Known) -> &[Check] {
        let past = run.past().get(..t).unwrap_or_default();
        let looked = || self.looked(run, &step.from);
        self.checks.get_or_init(|| theory::checks(past, step, run.objective(), looked(), known))
    }
}
