//! Line searches: α is tried, judged, and tried again.

pub mod backtracking;
pub mod exact;
pub mod goldstein;
pub mod hager_zhang;
pub mod if_lower;
pub mod more_thuente;
pub mod strong_wolfe;
pub mod weak_wolfe;
