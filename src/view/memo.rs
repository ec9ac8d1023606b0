//! What is costly to draw and does not change: the heights of the map. A pure cache, never a state.

use crate::view::contour::Contour;
use crate::view::plane::Plane;

/// What a map was drawn from: its formula, its window, its plane, its dots and its levels.
#[derive(Debug, Clone, PartialEq)]
pub struct MapKey {
    /// The formula.
    pub formula: String,
    /// The window.
    pub window: [[f64; 2]; 2],
    /// The plane; in two dimensions it never changes.
    pub plane: Plane,
    /// Dots across and down.
    pub dots: (usize, usize),
    /// How many levels.
    pub levels: usize,
}

/// The last map.
#[derive(Debug, Clone, Default)]
pub struct Memo {
    map: Option<(MapKey, Contour)>,
}

impl Memo {
    /// The contours of that key, computed if they are not at hand.
    pub fn contour(&mut self, key: MapKey, compute: impl FnOnce(&MapKey) -> Contour) -> &Contour {
        let kept = self.map.take().filter(|(known, _)| *known == key);
        let (_, contour) = self.map.insert(kept.unwrap_or_else(|| {
            let contour = compute(&key);
            (key, contour)
        }));
        contour
    }
}
