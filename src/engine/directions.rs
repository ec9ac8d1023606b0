//! Every direction rule there is: the only list of them.

use serde::{Deserialize, Serialize};

use crate::engine::direction::adagrad::Adagrad;
use crate::engine::direction::adam::Adam;
use crate::engine::direction::bfgs::Bfgs;
use crate::engine::direction::conjugate_gradient::ConjugateGradient;
use crate::engine::direction::l_bfgs::LBfgs;
use crate::engine::direction::levenberg_marquardt::LevenbergMarquardt;
use crate::engine::direction::momentum::Momentum;
use crate::engine::direction::nesterov::Nesterov;
use crate::engine::direction::newton::Newton;
use crate::engine::direction::perturbed::Perturbed;
use crate::engine::direction::rmsprop::Rmsprop;
use crate::engine::direction::rotated::Rotated;
use crate::engine::direction::rprop::Rprop;
use crate::engine::direction::steepest_descent::SteepestDescent;
use crate::engine::rule::Direction;

/// The direction rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum DirectionRule {
    /// d = −∇f.
    SteepestDescent(SteepestDescent),
    /// −∇f, turned.
    Rotated(Rotated),
    /// A ball with friction.
    Momentum(Momentum),
    /// A ball that looks ahead.
    Nesterov(Nesterov),
    /// Directions that do not undo each other.
    ConjugateGradient(ConjugateGradient),
    /// The minimum of the model.
    Newton(Newton),
    /// A model learned from gradients.
    Bfgs(Bfgs),
    /// The same from the last few steps.
    LBfgs(LBfgs),
    /// Sums of squares, with damping.
    LevenbergMarquardt(LevenbergMarquardt),
    /// Signs only.
    Rprop(Rprop),
    /// Shorter where it was steep.
    Adagrad(Adagrad),
    /// The same, but forgetting.
    Rmsprop(Rmsprop),
    /// Momentum and RMSProp, corrected.
    Adam(Adam),
    /// Steepest descent with kicks.
    Perturbed(Perturbed),
}

impl DirectionRule {
    /// Every rule, with its default settings.
    pub fn all() -> Vec<Self> {
        vec![
            Self::SteepestDescent(SteepestDescent::default()),
            Self::Rotated(Rotated::default()),
            Self::Momentum(Momentum::default()),
            Self::Nesterov(Nesterov::default()),
            Self::ConjugateGradient(ConjugateGradient::default()),
            Self::Newton(Newton::default()),
            Self::Bfgs(Bfgs::default()),
            Self::LBfgs(LBfgs::default()),
            Self::LevenbergMarquardt(LevenbergMarquardt::default()),
            Self::Rprop(Rprop::default()),
            Self::Adagrad(Adagrad::default()),
            Self::Rmsprop(Rmsprop::default()),
            Self::Adam(Adam::default()),
            Self::Perturbed(Perturbed::default()),
        ]
    }

    /// The rule itself.
    pub fn rule(&self) -> &dyn Direction {
        match self {
            Self::SteepestDescent(rule) => rule,
            Self::Rotated(rule) => rule,
            Self::Momentum(rule) => rule,
            Self::Nesterov(rule) => rule,
            Self::ConjugateGradient(rule) => rule,
            Self::Newton(rule) => rule,
            Self::Bfgs(rule) => rule,
            Self::LBfgs(rule) => rule,
            Self::LevenbergMarquardt(rule) => rule,
            Self::Rprop(rule) => rule,
            Self::Adagrad(rule) => rule,
            Self::Rmsprop(rule) => rule,
            Self::Adam(rule) => rule,
            Self::Perturbed(rule) => rule,
        }
    }
}
