//! `citation/outdated`: when the text was written, something newer was in force already.

use super::citation_common::{
    Judge, Judged, Newer, name, newer, organ, parenthesis, range, sentence, since, with_pin, with_resolution,
    with_version,
};
use super::{Finding, Input, Rule, Scope, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/outdated",
    page: include_str!("../../../docs/rules/citation-outdated.md"),
    severity: Severity::Warning,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    for cited in judge.all() {
        if let Some(found) = newer(&cited, cited.written) {
            out.extend(finding(input, &cited, found));
        }
    }
}

fn finding(input: &Input<'_>, cited: &Judged<'_>, found: Newer<'_>) -> Option<Finding> {
    // A newer resolution of a series leaves the older one as valid as it was, and that they are a series is a
    // conclusion from their titles.
    let series = matches!(found, Newer::Series(_));
    let severity = if cited.history || series { Severity::Hint } else { RULE.severity };
    let when = if cited.past { " when this text was written" } else { "" };
    let tense = if cited.past { "was" } else { "is" };
    let finding = |message| Finding::new(RULE.id, severity, range(cited), message);
    Some(match found {
        Newer::Version(version) => {
            let name = name(cited.id);
            let target = parenthesis(cited.id, &version);
            let message = format!(
                "This version of {name} {tense} out of date{when}: {target} has been in force since {}. Cite that \
                 version, or pin the citation if the old one is meant.",
                since(&version)
            );
            let finding = with_resolution(
                finding(message),
                cited.id,
                Some(version.version),
                format!("{name} {target}, in force since {}", since(&version)),
            );
            let finding = with_version(finding, cited, &version, cited.written);
            // Who takes the text up again wants the version of today.
            let finding = match newer(cited, input.today) {
                Some(Newer::Version(today)) if today.version != version.version => {
                    with_version(finding, cited, &today, input.today)
                }
                _ => finding,
            };
            with_pin(finding, cited)
        }
        Newer::Series(newest) => {
            let message = format!(
                "{} has adopted a newer resolution that seems to be on the same subject, {}. Look whether it \
                 is the one to cite.",
                sentence(&organ(cited.id)),
                newest.number
            );
            with_pin(with_resolution(finding(message), newest, None, format!("{}, the newer one", name(newest))), cited)
        }
        // That is a finding of its own.
        Newer::Adopted(_) => return None,
    })
}
