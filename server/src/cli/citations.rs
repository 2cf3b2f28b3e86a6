//! `resmark citations`: every citation and what became of what it names.

use super::args::CitationsArgs;
use super::output::Output;
use super::{Failure, Outcome};

pub(super) fn run(_args: &CitationsArgs, _output: &mut Output) -> Result<Outcome, Failure> {
    Ok(Outcome::Clean)
}
