//! Every rule there is: the only two lists of them, and the only place that names them.

use serde::Deserialize;

use crate::engine::rule::pairing::{Length, Wants};
use crate::engine::rule::{Direction, StepSize};

macro_rules! rules {
    ($(#[$about:meta])* $list:ident of $contract:ident {
        $($rule:ident $name:literal at $($home:ident)::+, $doc:literal;)*
    } and {
        $($own:ident $own_name:literal at $($own_home:ident)::+, $own_doc:literal;)*
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Deserialize)]
        #[serde(tag = "rule")]
        pub enum $list {
            $(#[doc = $doc] #[serde(rename = $name)] $rule($($home)::+::$rule),)*
            $(#[doc = $own_doc] #[serde(rename = $own_name)] $own($($own_home)::+::$own),)*
        }

        impl $list {
            /// Every rule that a lesson file can name, with its default settings.
            pub fn all() -> Vec<Self> {
                vec![$(Self::$rule(Default::default())),*]
            }

            /// The rules that belong to others, with their settings; no lesson file names them.
            pub fn own() -> Vec<Self> {
                vec![$(Self::$own(Default::default())),*]
            }

            /// The name of the rule in a lesson file.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$rule(_) => $name,)* $(Self::$own(_) => $own_name,)* }
            }

            /// The rule itself.
            pub fn rule(&self) -> &dyn $contract {
                match self { $(Self::$rule(rule) => rule,)* $(Self::$own(rule) => rule,)* }
            }

            /// The rule itself, to change its settings.
            pub fn rule_mut(&mut self) -> &mut dyn $contract {
                match self { $(Self::$rule(rule) => rule,)* $(Self::$own(rule) => rule,)* }
            }
        }

        $(impl From<$($home)::+::$rule> for $list {
            fn from(rule: $($home)::+::$rule) -> Self {
                Self::$rule(rule)
            }
        })*
    };
}

rules! {
    /// The direction rules; the first is the one that a run has unless it is given another.
    DirectionRule of Direction {
        SteepestDescent "steepest-descent" at crate::engine::direction::slope::steepest_descent, "d = −∇f.";
        Rotated "rotated" at crate::engine::direction::slope::rotated, "−∇f, turned.";
        Momentum "momentum" at crate::engine::direction::slope::momentum, "A ball with friction.";
        Nesterov "nesterov" at crate::engine::direction::slope::nesterov, "A ball that looks ahead.";
        ConjugateGradient "conjugate-gradient" at crate::engine::direction::slope::conjugate_gradient, "Directions that do not undo each other.";
        Newton "newton" at crate::engine::direction::curved::newton, "The minimum of the model.";
        Bfgs "bfgs" at crate::engine::direction::curved::bfgs, "A model learned from gradients.";
        LBfgs "l-bfgs" at crate::engine::direction::curved::l_bfgs, "The same from the last few steps.";
        LevenbergMarquardt "levenberg-marquardt" at crate::engine::direction::curved::levenberg_marquardt, "Sums of squares, with damping.";
        Rprop "rprop" at crate::engine::direction::scaled::rprop, "Signs only.";
        Adagrad "adagrad" at crate::engine::direction::scaled::adagrad, "Shorter where it was steep.";
        Rmsprop "rmsprop" at crate::engine::direction::scaled::rmsprop, "The same, but forgetting.";
        Adam "adam" at crate::engine::direction::scaled::adam, "Momentum and RMSProp, corrected.";
        Perturbed "perturbed" at crate::engine::direction::slope::perturbed, "Steepest descent with kicks.";
    } and {}
}

rules! {
    /// The step-size rules; the first is the one that a run has unless it is given another.
    StepSizeRule of StepSize {
        Fixed "fixed" at crate::engine::step_size::schedule::fixed, "α.";
        Diminishing "diminishing" at crate::engine::step_size::schedule::diminishing, "α₀/(t+1).";
        Backtracking "backtracking" at crate::engine::step_size::search::backtracking, "Shorten until Armijo holds.";
        StepDecay "step-decay" at crate::engine::step_size::schedule::step_decay, "α₀γ^⌊t/s⌋.";
        ExponentialDecay "exponential-decay" at crate::engine::step_size::schedule::exponential_decay, "α₀e^(−λt).";
        InverseTimeDecay "inverse-time-decay" at crate::engine::step_size::schedule::inverse_time_decay, "α₀/(1+λt).";
        CosineAnnealing "cosine-annealing" at crate::engine::step_size::schedule::cosine_annealing, "Half a wave down.";
        WarmupCosine "warmup-cosine" at crate::engine::step_size::schedule::warmup_cosine, "A ramp up, then half a wave down.";
        AlphaFormula "formula" at crate::engine::step_size::schedule::formula, "A formula in t.";
        Exact "exact" at crate::engine::step_size::search::exact, "The first minimiser along d.";
        StrongWolfe "strong-wolfe" at crate::engine::step_size::search::strong_wolfe, "Bracket, then pinpoint.";
        WeakWolfe "weak-wolfe" at crate::engine::step_size::search::weak_wolfe, "Lengthen, then halve.";
        Goldstein "goldstein" at crate::engine::step_size::search::goldstein, "Between two lines.";
        MoreThuente "more-thuente" at crate::engine::step_size::search::more_thuente, "Cubics and secants.";
        HagerZhang "hager-zhang" at crate::engine::step_size::search::hager_zhang, "Two secants at a time.";
        OptimalQuadratic "optimal-quadratic" at crate::engine::step_size::closed::optimal_quadratic, "The minimiser of the quadratic model.";
        Lipschitz "lipschitz" at crate::engine::step_size::closed::lipschitz, "1/L.";
        BarzilaiBorwein "barzilai-borwein" at crate::engine::step_size::closed::barzilai_borwein, "From the last two gradients.";
        Polyak "polyak" at crate::engine::step_size::closed::polyak, "From the value at the minimum.";
    } and {
        Whole "whole" at crate::engine::step_size::closed::whole, "α = 1, for directions that set their own lengths.";
        IfLower "if-lower" at crate::engine::step_size::search::if_lower, "α = 1 if f falls there, else 0.";
    }
}

impl Default for DirectionRule {
    fn default() -> Self {
        Self::all().remove(0)
    }
}

impl Default for StepSizeRule {
    fn default() -> Self {
        Self::all().remove(0)
    }
}

impl DirectionRule {
    /// The step size of a direction that sets its own lengths; `None` for all others.
    pub fn own_step(&self) -> Option<StepSizeRule> {
        let Length::Own(own, _) = self.rule().length() else { return None };
        StepSizeRule::own().into_iter().find(|step_size| step_size.rule().wants() == Wants::Own(own))
    }
}
