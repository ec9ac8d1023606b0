//! What messages come to, and what that changes.

pub mod acts;
pub mod answering;
pub mod browsing;
pub mod drafting;
pub mod message;
pub mod perform;
pub mod running;
pub mod sight;
pub mod top;
pub mod visiting;
