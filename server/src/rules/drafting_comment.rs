//! `drafting/comment`: a comment is left in a final text.

use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::syntax::{ChangeKind, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    id: "drafting/comment",
    page: include_str!("../../../docs/rules/drafting-comment.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    if !input.config.is_final {
        return;
    }
    let paragraphs = &input.facts.document.paragraphs;
    for change in paragraphs.iter().flat_map(|paragraph| &paragraph.changes) {
        if change.kind != ChangeKind::Comment || change.new.is_some_and(|words| is_excuse(input, words)) {
            continue;
        }
        let message = "This text is final, and a comment is left in it. Settle it and take it out.";
        let mut finding = Finding::new(RULE.id, RULE.severity, change.range, message);
        finding = finding.fix("Remove the comment", Remedy::Edits(vec![TextEdit::replace(change.range, "")]));
        out.push(finding);
    }
}

/// Whether a comment excuses a finding: `allow numbering/gap: …`. It is for Resmark to read and stays.
fn is_excuse(input: &Input<'_>, words: crate::syntax::TextRange) -> bool {
    let words = input.text.get(std::ops::Range::<usize>::from(words)).unwrap_or_default().trim_start();
    words.strip_prefix("allow").is_some_and(|rest| rest.starts_with(char::is_whitespace))
}
