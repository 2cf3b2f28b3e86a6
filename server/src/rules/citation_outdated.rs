//! `citation/outdated`: when the text was written, something newer was in force already.

use super::citation_common::{
    Judged, Newer, judged, name, newer, organ, parenthesis, range, sentence, since, with_pin, with_resolution,
    with_version,
};
use super::{Finding, Input, Remedy, Rule, Scope, Severity, citation_fix};

/// The rule.
pub const RULE: Rule = Rule { id: "citation/outdated", severity: Severity::Warning, scope: Scope::Catalogue, check };

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for cited in judged(input) {
        if let Some(newer) = newer(input, &cited, cited.written) {
            out.push(finding(input, &cited, newer));
        }
    }
}

fn finding(input: &Input<'_>, cited: &Judged<'_>, newer: Newer<'_>) -> Finding {
    let severity = if cited.history { Severity::Hint } else { RULE.severity };
    let when = if cited.past { " when this text was written" } else { "" };
    let tense = if cited.past { "was" } else { "is" };
    let finding = |message| Finding::new(RULE.id, severity, range(cited), message);
    match newer {
        Newer::Version(version) => {
            let name = name(cited.id, cited.citation.instrument);
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
            with_pin(with_version(finding, input, cited, &version, cited.written), input, cited)
        }
        Newer::Series(newest) => {
            let message = format!(
                "{} has adopted a newer resolution on this subject, {}. Cite that one, or pin the citation if \
                 this one is meant.",
                sentence(&organ(cited.id)),
                newest.number
            );
            with_pin(with_resolution(finding(message), newest, None, format!("{newest}, the newer one")), input, cited)
        }
        Newer::Adopted(id) => {
            let message = format!(
                "The draft {} has been adopted as resolution {}. Cite the resolution.",
                cited.citation.number, id.number
            );
            let finding = with_resolution(finding(message), id, None, format!("Resolution {}", id.number));
            let finding = match citation_fix::adopted(input, cited.citation, id) {
                Some(edits) => finding.fix(format!("Cite resolution {}", id.number), Remedy::Edits(edits)),
                None => finding,
            };
            with_pin(finding, input, cited)
        }
    }
}
