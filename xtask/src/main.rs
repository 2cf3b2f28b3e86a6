//! The project's own tasks: `cargo xtask try`, `cargo xtask test`.
fn main() {}
