//! What can be laid over the map, one layer at a time: slopes, curvature, a model, what lies ahead, what is still unknown.

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

    /// What it shows, in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Field => "Overlay 1 of 7, field: arrows show where −∇f points. v: next.",
            Self::EigenCross => "Overlay 2 of 7, eigenvectors v₁, v₂ at xₜ, long as 1/√|λ|; dotted: λ < 0. v: next.",
            Self::Model => {
                "Overlay 3 of 7, quadratic model at xₜ: its lines are dotted, at the map's heights. v: next."
            }
            Self::LookAhead => "Overlay 4 of 7, look-ahead: the point x + βv that the step starts from. v: next.",
            Self::HalfPlane => "Overlay 5 of 7, half-plane: beyond the line, on the arrow's side, f falls. v: next.",
            Self::Basins => "Overlay 6 of 7, basins: from here each start reaches the minimum of its letter. v: next.",
            Self::Fog => "Overlay 7 of 7, fog: only what was probed is drawn. v: none.",
        }
    }

    /// Whether it may be drawn while a prediction is open, or answered and not yet seen.
    pub fn is_safe(self, is_open: bool, is_sealed: bool) -> bool {
        match self {
            // Fog only takes away; lifting it would tell what it hides.
            Self::Fog => true,
            Self::Model | Self::LookAhead | Self::Basins => !is_open && !is_sealed,
            Self::Field | Self::EigenCross | Self::HalfPlane => !is_open,
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

    #[test]
    fn nothing_but_fog_lies_over_an_open_question() {
        for overlay in Overlay::ALL {
            assert_eq!(overlay.is_safe(true, false), overlay == Overlay::Fog);
            let tells = matches!(overlay, Overlay::Model | Overlay::LookAhead | Overlay::Basins);
            assert_eq!(overlay.is_safe(false, true), !tells);
        }
    }
}
