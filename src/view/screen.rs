//! The whole screen: which region goes where, for each size, and the sheets that cover it.

pub mod help;
pub mod home;
pub mod keys;
pub mod layout;
pub mod maps;
pub mod regions;
pub mod smallest;
pub mod terms;
pub mod work;
