//! Which key means what, where: the table, the footer, the key sheet, typed lines.

pub mod binding;
pub mod field;
pub mod footer;
pub mod sheet;
pub mod spoken;
pub mod state;
pub mod table;
