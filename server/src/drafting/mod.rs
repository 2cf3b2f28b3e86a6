//! How a resolution is drafted: its preamble and its operative part.

pub mod changes;
pub mod ending;
pub mod part;
pub mod verbs;

pub use changes::{changes, settle};
pub use ending::{Ending, Follows, Written, endings};
pub use part::{Part, parts};
