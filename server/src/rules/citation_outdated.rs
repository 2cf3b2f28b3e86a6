//! `citation/outdated`: when the text was written, something newer was in force already.

use super::citation_common::{
    Judge, Judged, Newer, founded, name, newer, parenthesis, range, severity_in_series, since, with_pin,
    with_resolution, with_version,
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
        if let Some(found) = outdated(&cited) {
            out.extend(finding(input, &cited, found));
        }
    }
}

/// What the text should have cited when it was written.
pub(super) fn outdated<'a>(cited: &Judged<'a>) -> Option<Newer<'a>> {
    newer(cited, cited.written).filter(|found| match found {
        // A text that was adopted knew what it cited. What else was there on the subject by then is said only where
        // it is not a conclusion; and what the same session adopted, both of the day on which it ended, was not.
        Newer::Series(series) => {
            let there = series.since < cited.written && series.is_proven() && !founded(cited.id, cited.written);
            !cited.past || there
        }
        Newer::Version(_) | Newer::Adopted(_) => true,
    })
}

fn finding(input: &Input<'_>, cited: &Judged<'_>, found: Newer<'_>) -> Option<Finding> {
    let severity = match &found {
        Newer::Series(_) if cited.past => Severity::Hint,
        Newer::Series(series) => severity_in_series(cited, series, cited.written),
        _ if cited.history => Severity::Hint,
        _ => RULE.severity,
    };
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
        Newer::Series(series) => {
            let newest = name(series.newest);
            let what = format!("a newer one on this subject: {newest} ({})", series.ground());
            let message = match (series.is_proven(), cited.past) {
                (true, true) => format!(
                    "When this text was written, there was {what}. Cite it, or pin the citation if the old one is meant."
                ),
                (true, false) => format!("There is {what}. Cite it, or pin the citation if the old one is meant."),
                (false, _) => format!("There seems to be {what}. Look whether it is the one to cite."),
            };
            with_pin(with_resolution(finding(message), series.newest, None, format!("{newest}, the newer one")), cited)
        }
        // That is a finding of its own.
        Newer::Adopted(_) => return None,
    })
}
