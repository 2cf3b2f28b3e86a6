//! How a resolution is drafted: its preamble and its operative part.

pub mod part;
pub mod verbs;

pub use part::{Part, parts};
