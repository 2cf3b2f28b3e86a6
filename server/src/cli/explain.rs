//! `resmark explain`: the page about a finding.

use super::args::ExplainArgs;
use super::output::Output;
use super::{Failure, Outcome};
use crate::rules::{RULES, meant_rule, rule};

/// Prints the page about a finding or, where none is named, a list of them all with their levels.
pub(super) fn run(args: &ExplainArgs, output: &mut Output) -> Result<Outcome, Failure> {
    match &args.rule {
        Some(id) => {
            let unknown = || {
                let meant = meant_rule(id).map(|meant| format!("did you mean “{meant}”?"));
                let next = meant.unwrap_or_else(|| "`resmark explain` lists them".to_owned());
                Failure(format!("“{id}” is not a finding; {next}"))
            };
            output.print(rule(id).ok_or_else(unknown)?.page)?;
        }
        None => {
            let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
            for rule in RULES {
                let level = format!("{:?}", rule.severity).to_lowercase();
                output.print(&format!("{:width$}  {level:11}  {}\n", rule.id, rule.summary()))?;
            }
        }
    }
    Ok(Outcome::Clean)
}
