//! `citation/abrogated`: the resolution is no longer in force.

use super::citation_common::{Judge, Judged, day, is_preamble, name, range, with_pin, with_resolution};
use super::{Finding, Input, Rule, Scope, Severity};
use crate::catalogue::{Abrogation, Certainty, Fact, Status};

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/abrogated",
    page: include_str!("../../../docs/rules/citation-abrogated.md"),
    severity: Severity::Warning,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    for cited in judge.all().filter(may_have_ended) {
        let then = input.catalogue.status(cited.id, cited.written);
        let (status, since_then) = match then {
            Status::Abrogated { .. } => (then, false),
            _ => (input.catalogue.status(cited.id, input.today), true),
        };
        let Status::Abrogated { abrogation, last } = status else { continue };
        if abrogation.certainty == Certainty::Unproven {
            continue;
        }
        // The session that abrogates a resolution may still name it; and that one is missing in a list of those in force is
        // a conclusion, where a preamble recalls it.
        let same_day = cited.past && abrogation.value.certain_from() == Some(cited.written);
        let recalled = abrogation.certainty < Certainty::Proven && is_preamble(&cited);
        let hint = since_then || cited.history || same_day || recalled;
        let severity = if hint { Severity::Hint } else { RULE.severity };
        let name = name(cited.id);
        let message = match since_then {
            true => format!(
                "{name} is no longer in force today: {}. Look for what took its place if the text is still being \
                 worked on.",
                reason(&abrogation)
            ),
            false => format!(
                "{name} {} no longer in force{}: {}. Cite what took its place, or pin the citation if it is named as \
                 history.",
                if cited.past { "was" } else { "is" },
                if cited.past { " when this text was written" } else { "" },
                reason(&abrogation)
            ),
        };
        let version = last.map(|version| version.version.clone());
        let finding = Finding::new(RULE.id, severity, range(&cited), message);
        let related = format!("{name}: {}", abrogation.source);
        out.push(with_pin(with_resolution(finding, cited.id, version.as_deref(), related), &cited));
    }
}

/// Whether it was no longer in force when the text was written, or is not today.
fn may_have_ended(cited: &Judged<'_>) -> bool {
    *cited.answers.ended.get_or_init(|| {
        let input = cited.judge.input;
        let has_ended = |day| matches!(input.catalogue.status(cited.id, day), Status::Abrogated { .. });
        has_ended(cited.written) || has_ended(input.today)
    })
}

/// “abrogated on 27 November 2026 by PP-26”, “not in force since 14 October 2022 or earlier (concluded, not proven)”.
fn reason(fact: &Fact<'_, Abrogation>) -> String {
    let abrogation = fact.value;
    let mut text = match (abrogation.date, abrogation.not_later_than) {
        (Some(date), _) => format!("abrogated on {}", day(date)),
        (None, Some(date)) => format!("abrogated on {} or earlier", day(date)),
        (None, None) => "abrogated".to_owned(),
    };
    if let Some(by) = &abrogation.by {
        text.push_str(&format!(" by {by}"));
    }
    if fact.certainty < Certainty::Proven {
        text.push_str(" (concluded, not proven)");
    }
    text
}
