//! Every rule there is: the only two lists of them.

use serde::{Deserialize, Serialize};

use crate::engine::direction::curved::bfgs::Bfgs;
use crate::engine::direction::curved::l_bfgs::LBfgs;
use crate::engine::direction::curved::levenberg_marquardt::LevenbergMarquardt;
use crate::engine::direction::curved::newton::Newton;
use crate::engine::direction::scaled::adagrad::Adagrad;
use crate::engine::direction::scaled::adam::Adam;
use crate::engine::direction::scaled::rmsprop::Rmsprop;
use crate::engine::direction::scaled::rprop::Rprop;
use crate::engine::direction::slope::conjugate_gradient::ConjugateGradient;
use crate::engine::direction::slope::momentum::Momentum;
use crate::engine::direction::slope::nesterov::Nesterov;
use crate::engine::direction::slope::perturbed::Perturbed;
use crate::engine::direction::slope::rotated::Rotated;
use crate::engine::direction::slope::steepest_descent::SteepestDescent;
use crate::engine::rule::{Direction, StepSize};
use crate::engine::step_size::closed::barzilai_borwein::BarzilaiBorwein;
use crate::engine::step_size::closed::lipschitz::Lipschitz;
use crate::engine::step_size::closed::optimal_quadratic::OptimalQuadratic;
use crate::engine::step_size::closed::polyak::Polyak;
use crate::engine::step_size::closed::whole::Whole;
use crate::engine::step_size::schedule::cosine_annealing::CosineAnnealing;
use crate::engine::step_size::schedule::diminishing::Diminishing;
use crate::engine::step_size::schedule::exponential_decay::ExponentialDecay;
use crate::engine::step_size::schedule::fixed::Fixed;
use crate::engine::step_size::schedule::formula::Formula;
use crate::engine::step_size::schedule::inverse_time_decay::InverseTimeDecay;
use crate::engine::step_size::schedule::step_decay::StepDecay;
use crate::engine::step_size::schedule::warmup_cosine::WarmupCosine;
use crate::engine::step_size::search::backtracking::Backtracking;
use crate::engine::step_size::search::exact::Exact;
use crate::engine::step_size::search::goldstein::Goldstein;
use crate::engine::step_size::search::hager_zhang::HagerZhang;
use crate::engine::step_size::search::if_lower::IfLower;
use crate::engine::step_size::search::more_thuente::MoreThuente;
use crate::engine::step_size::search::strong_wolfe::StrongWolfe;
use crate::engine::step_size::search::weak_wolfe::WeakWolfe;

/// A list of rules: an enum with one variant a rule, named in lesson files as its type is named here; behind `own` stand
/// those that no lesson file names.
macro_rules! rules {
    ($(#[$about:meta])* $list:ident of $contract:ident {
        $($(#[$doc:meta])* $rule:ident),* $(,)?
        ; own $($(#[$own_doc:meta])* $own:ident),* $(,)?
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "rule", rename_all = "kebab-case")]
        pub enum $list { $($(#[$doc])* $rule($rule),)* $($(#[$own_doc])* $own($own),)* }

        impl $list {
            /// Every rule that a lesson file can name, with its default settings.
            pub fn all() -> Vec<Self> {
                vec![$(Self::$rule($rule::default())),*]
            }

            /// The rule itself.
            pub fn rule(&self) -> &dyn $contract {
                match self { $(Self::$rule(rule) => rule,)* $(Self::$own(rule) => rule,)* }
            }
        }
    };
}

rules! {
    /// The direction rules.
    DirectionRule of Direction {
        /// d = −∇f.
        SteepestDescent,
        /// −∇f, turned.
        Rotated,
        /// A ball with friction.
        Momentum,
        /// A ball that looks ahead.
        Nesterov,
        /// Directions that do not undo each other.
        ConjugateGradient,
        /// The minimum of the model.
        Newton,
        /// A model learned from gradients.
        Bfgs,
        /// The same from the last few steps.
        LBfgs,
        /// Sums of squares, with damping.
        LevenbergMarquardt,
        /// Signs only.
        Rprop,
        /// Shorter where it was steep.
        Adagrad,
        /// The same, but forgetting.
        Rmsprop,
        /// Momentum and RMSProp, corrected.
        Adam,
        /// Steepest descent with kicks.
        Perturbed,
        ; own
    }
}

rules! {
    /// The step-size rules.
    StepSizeRule of StepSize {
        /// α.
        Fixed,
        /// α₀/(t+1).
        Diminishing,
        /// Shorten until Armijo holds.
        Backtracking,
        /// α₀γ^⌊t/s⌋.
        StepDecay,
        /// α₀e^(−λt).
        ExponentialDecay,
        /// α₀/(1+λt).
        InverseTimeDecay,
        /// Half a wave down.
        CosineAnnealing,
        /// A ramp up, then half a wave down.
        WarmupCosine,
        /// A formula in t.
        Formula,
        /// The first minimiser along d.
        Exact,
        /// Bracket, then pinpoint.
        StrongWolfe,
        /// Lengthen, then halve.
        WeakWolfe,
        /// Between two lines.
        Goldstein,
        /// Cubics and secants.
        MoreThuente,
        /// Two secants at a time.
        HagerZhang,
        /// The minimiser of the quadratic model.
        OptimalQuadratic,
        /// 1/L.
        Lipschitz,
        /// From the last two gradients.
        BarzilaiBorwein,
        /// From the value at the minimum.
        Polyak,
        ; own
        /// α = 1, for directions that set their own lengths.
        Whole,
        /// α = 1 if f falls there, else 0.
        IfLower,
    }
}
