//! Compiles the generated parser and the scanner.
fn main() {}
