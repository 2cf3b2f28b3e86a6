//! How a resolution is drafted: its preamble and its operative part.

pub mod part;

pub use part::{Part, parts};
