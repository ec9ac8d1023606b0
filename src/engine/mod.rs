//! How one step is made, and the run it belongs to.

pub mod condition;
pub mod curvature;
pub mod direction;
pub mod ending;
pub mod interpolate;
pub mod line;
pub mod method;
pub mod noise;
pub mod number;
pub mod oracle;
pub mod pairing;
pub mod random;
pub mod record;
pub mod row;
pub mod rule;
pub mod rules;
pub mod run;
pub mod safeguard;
pub mod search;
pub mod secant;
pub mod step_size;
pub mod stop;
pub mod theory;
pub mod trial;
pub mod univariate;
pub mod velocity;
