//! `numbering/flattened`: two labels are printed into one, as a word processor's plain text shows tracked changes.

use super::flattened::lists;
use super::{Finding, Input, Remedy, Rule, Scope, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    id: "numbering/flattened",
    page: include_str!("../../../docs/rules/numbering-flattened.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for list in lists(input.text, &input.facts.document) {
        let label = list.words.chars().take(12).collect::<String>();
        let shown = if list.words.len() < 12 {
            format!("“{label}” looks like two labels printed into one")
        } else {
            "This clause ends with the marks of two texts".to_owned()
        };
        let several = list.stories.len() > 1;
        let next = if several {
            "Several readings are possible: choose the one that the two texts have."
        } else {
            "Make the changes in this list tracked changes again."
        };
        let message = format!("{shown}: tracked changes were lost when this text was copied. {next}");
        let mut finding = Finding::new(RULE.id, RULE.severity, list.range, message);
        for edits in list.stories {
            let title =
                if several { summary(&edits) } else { "Make the changes in this list tracked again".to_owned() };
            finding = finding.fix(title, Remedy::Edits(edits));
        }
        out.push(finding);
    }
}

/// A reading in a line: what is deleted, inserted and relabelled.
fn summary(edits: &[crate::syntax::TextEdit]) -> String {
    let count = |sigil: &str| edits.iter().filter(|edit| edit.text == sigil).count();
    let relabelled = edits.iter().filter(|edit| !edit.range.is_empty()).count();
    format!("Track this reading: {} deleted, {} inserted, {relabelled} changed", count("{--"), count("{++"))
}
