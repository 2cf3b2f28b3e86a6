//! The `resmark` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    resmark::cli::main(std::env::args_os())
}
