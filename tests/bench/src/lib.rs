//! Measures what a drafter waits for: beside what cannot be gone below, which is the bare parser, and beside language
//! servers for other markups. `cargo xtask bench` builds and runs it.

pub mod client;
pub mod figure;
pub mod limit;
pub mod machine;
pub mod page;
pub mod parts;
#[path = "../../peers/mod.rs"]
pub mod peers;
pub mod ratios;
pub mod sample;
pub mod texts;
