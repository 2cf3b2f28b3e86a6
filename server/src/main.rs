//! The `resmark` binary.

fn main() {}
