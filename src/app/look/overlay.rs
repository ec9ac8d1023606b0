//! What can be laid over the map, one layer at a time: slopes, curvature, a model, what lies ahead, what is still unknown.

use crate::app::room::sitting::Sitting;
use crate::app::run::scene::{Scene, Secret};

/// One layer over the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// Arrows along −∇f.
    Field,
    /// The eigenvectors of the Hessian at xₜ.
    EigenCross,
    /// Lines of equal height of the second-order model at xₜ.
    Model,
    /// The point x + base from which the step is taken.
    LookAhead,
    /// The border between directions that go down and up.
    HalfPlane,
    /// Which minimum each start reaches.
    Basins,
    /// Nothing but what was probed.
    Fog,
}

impl Overlay {
    /// Every overlay, in the order in which the key walks.
    pub const ALL: [Self; 7] =
        [Self::Field, Self::EigenCross, Self::Model, Self::LookAhead, Self::HalfPlane, Self::Basins, Self::Fog];

    /// The next choice; after the last one none.
    pub fn next(shown: Option<Self>) -> Option<Self> {
        let next = shown.and_then(|shown| Self::ALL.iter().position(|one| *one == shown)).map_or(0, |at| at + 1);
        Self::ALL.get(next).copied()
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::EigenCross => "eigenvectors",
            Self::Model => "quadratic model",
            Self::LookAhead => "look-ahead",
            Self::HalfPlane => "half-plane",
            Self::Basins => "basins",
            Self::Fog => "fog",
        }
    }

    /// What it shows, or why it shows nothing here, in a sentence.
    pub fn sentence(self, sitting: &Sitting) -> String {
        let number = Self::ALL.iter().position(|one| *one == self).map_or(0, |at| at + 1);
        let what = match self {
            Self::Field => ": arrows show where −∇f points",
            Self::EigenCross => " v₁, v₂ at xₜ, long as 1/√|λ|; dotted: λ < 0",
            Self::Model => " at xₜ: its lines are dotted, at the map's heights",
            Self::LookAhead => ": the point x + βv that the step starts from",
            Self::HalfPlane => ": beyond the line, on the arrow's side, f falls",
            Self::Basins => ": from here each start reaches the minimum of its letter",
            Self::Fog => ": only what was probed is drawn",
        };
        let what = self
            .refusal(sitting, &Scene::of(sitting))
            .map_or_else(|| what.to_owned(), |why| format!(": {}", why.words()));
        let after = if self == Self::Fog { "none" } else { "next" };
        format!("Overlay {number} of {}, {}{what}. v: {after}.", Self::ALL.len(), self.name())
    }

    /// Why it is not drawn over a scene: it would tell an answer, or there is nothing to draw.
    pub fn refusal(self, sitting: &Sitting, scene: &Scene<'_>) -> Option<Refusal> {
        let sealed = scene.foretold().is_err().then_some(Refusal::Sealed);
        match self {
            // Fog only takes away; lifting it would tell what it hides.
            Self::Fog => None,
            Self::Field | Self::EigenCross | Self::HalfPlane => {
                (scene.secret() == Some(Secret::Open)).then_some(Refusal::Asked)
            }
            Self::Model => sealed,
            Self::LookAhead => sealed.or_else(|| scene.has_no_base().then_some(Refusal::NoBase)),
            Self::Basins if scene.run().objective().dimension() != 2 => Some(Refusal::NotTwo),
            Self::Basins if scene.secret().is_some() => Some(Refusal::Sealed),
            Self::Basins => sitting.asks_of_basins().map(Refusal::SealedUntil),
        }
    }
}

/// Why an overlay is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A question is open.
    Asked,
    /// It would tell the outcome of this page's question.
    Sealed,
    /// It would tell the answer of the page of this index.
    SealedUntil(usize),
    /// The step is taken from the iterate itself.
    NoBase,
    /// It is drawn in two dimensions only.
    NotTwo,
}

impl Refusal {
    pub fn words(self) -> String {
        match self {
            Self::Asked => "sealed until you answer".into(),
            Self::Sealed => "sealed until the outcome".into(),
            Self::SealedUntil(page) => format!("sealed until page {} has asked", page + 1),
            Self::NoBase => "none, the base is xₜ".into(),
            Self::NotTwo => "drawn over maps of two coordinates".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_walks_through_all_and_back_to_none() {
        let mut shown = None;
        for overlay in Overlay::ALL {
            shown = Overlay::next(shown);
            assert_eq!(shown, Some(overlay));
        }
        assert_eq!(Overlay::next(shown), None);
    }
}
