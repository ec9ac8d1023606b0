//! What one viewer sees: characters and colours, the arrangement of panels, the part of the map.

pub mod appearance;
pub mod arrangement;
pub mod notation;
pub mod overlay;
pub mod viewport;
