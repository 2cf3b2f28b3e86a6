//! `citation/revised-since`: right when the text was written, and something newer is in force today.

use super::citation_common::{
    Judge, Newer, name, newer, parenthesis, range, since, with_pin, with_resolution, with_version,
};
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
        if newer(&cited, cited.written).is_some() {
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
            Some(Newer::Series(newest)) => {
                let message = format!(
                    "Since this text was written, a newer resolution that seems to be on the same subject has been \
                     adopted, {}. Look whether it is the one to cite if the text is still being worked on.",
                    newest.number
                );
                let related = format!("{}, the newer one", name(newest));
                out.push(with_pin(with_resolution(finding(message), newest, None, related), &cited));
            }
            // A draft that was adopted is a finding of its own.
            Some(Newer::Adopted(_)) | None => {}
        }
    }
}
