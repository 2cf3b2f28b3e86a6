//! `citation/revised-since`: right when the text was written, and something newer is in force today.

use super::citation_common::{
    Judge, Newer, name, newer, parenthesis, range, since, with_pin, with_resolution, with_version,
};
use super::citation_outdated::outdated;
use super::{Finding, Input, Rule, Scope, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/revised-since",
    page: include_str!("../../../docs/rules/citation-revised-since.md"),
    severity: Severity::Hint,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    for cited in judge.all().filter(|cited| cited.past) {
        if outdated(&cited).is_some() {
            // It was out of date from the beginning.
            continue;
        }
        let finding = |message| Finding::new(RULE.id, RULE.severity, range(&cited), message);
        match newer(&cited, input.today) {
            Some(Newer::Version(version)) => {
                let name = name(cited.id);
                let target = parenthesis(cited.id, &version);
                let message = format!(
                    "{name} has been revised since this text was written: {target} has been in force since {}. Cite \
                     that version if the text is still being worked on.",
                    since(&version)
                );
                let related = format!("{name} {target}, in force since {}", since(&version));
                let finding = with_resolution(finding(message), cited.id, Some(version.version), related);
                out.push(with_pin(with_version(finding, &cited, &version, input.today), &cited));
            }
            Some(Newer::Series(series)) if series.since >= cited.written => {
                let newest = name(series.newest);
                let is = if series.is_proven() { "there is" } else { "there seems to be" };
                let message = format!(
                    "Since this text was written, {is} a newer one on this subject: {newest} ({}). Look whether it is \
                     the one to cite if the text is still being worked on.",
                    series.ground()
                );
                let related = format!("{newest}, the newer one");
                out.push(with_pin(with_resolution(finding(message), series.newest, None, related), &cited));
            }
            // What was there already has been weighed as of then; a draft that was adopted is a finding of its own.
            Some(Newer::Series(_) | Newer::Adopted(_)) | None => {}
        }
    }
}
