//! `resmark explain`: the page about a finding.

use super::args::ExplainArgs;
use super::output::Output;
use super::{Failure, Outcome};
use crate::rules::{RULES, rule};

/// Prints the page about a finding or, where none is named, a list of them all.
pub(super) fn run(args: &ExplainArgs, output: &mut Output) -> Result<Outcome, Failure> {
    match &args.rule {
        Some(id) => {
            let unknown = || Failure(format!("“{id}” is not a finding; `resmark explain` lists them"));
            output.print(rule(id).ok_or_else(unknown)?.page)?;
        }
        None => {
            let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
            for rule in RULES {
                output.print(&format!("{:width$}  {}\n", rule.id, summary(rule.page)))?;
            }
        }
    }
    Ok(Outcome::Clean)
}

/// The first sentence of a page's first paragraph.
fn summary(page: &str) -> String {
    let paragraph = page.lines().skip(1).skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
    let words = paragraph.collect::<Vec<_>>().join(" ");
    words.split_once(". ").map_or(words.clone(), |(sentence, _)| format!("{sentence}."))
}
