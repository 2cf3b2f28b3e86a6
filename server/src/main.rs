//! The `resmark` binary.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// What is typed in makes and drops many small things, of which most live as long as their document.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    resmark::cli::main(std::env::args_os())
}
