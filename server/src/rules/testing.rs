//! What the tests of rules share.

use jiff::civil::date;

use super::{Finding, Input, Remedy, Scope, check};
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::facts::Facts;
use crate::syntax::{TextEdit, parse};

/// What a rule finds in a text, as of 1 January 2026 with the bundled catalogue and a workspace's configuration.
pub(super) fn findings_with(config: &Config, rule: &str, text: &str) -> Vec<Finding> {
    let facts = Facts::read(text, &parse(text));
    let catalogue = Catalogue::bundled();
    let config = config.of_file(&facts.document);
    let input = Input::new(text, &facts, &catalogue, date(2026, 1, 1), config);
    let findings = [Scope::Document, Scope::Catalogue].into_iter().flat_map(|scope| check(&input, scope));
    findings.filter(|finding| finding.rule == rule).collect()
}

/// What a rule finds in a text where nothing is configured.
pub(super) fn findings(rule: &str, text: &str) -> Vec<Finding> {
    findings_with(&Config::default(), rule, text)
}

/// What a rule finds, a line each: the place, the message, and in brackets what each fix that edits does.
pub(super) fn shown(rule: &str, text: &str) -> String {
    let mut lines = String::new();
    for finding in findings(rule, text) {
        let range = usize::from(finding.range.start())..usize::from(finding.range.end());
        lines.push_str(&format!("{}: {}", text.get(range).unwrap_or_default(), finding.message));
        for fix in finding.fixes {
            let Remedy::Edits(edits) = fix.remedy else { continue };
            let edited: Vec<String> = edits.into_iter().map(|edit| edit.text).collect();
            lines.push_str(&format!(" [{}: {}]", fix.title, edited.join(" ")));
        }
        lines.push('\n');
    }
    lines
}

/// What a rule finds: a line with the place and the message, and one for each fix that edits, with the first line that it
/// changes.
pub(super) fn fixed_lines(rule: &str, text: &str) -> String {
    let mut lines = String::new();
    for finding in findings(rule, text) {
        lines.push_str(&format!("{}: {}\n", &text[finding.range], finding.message));
        for fix in finding.fixes {
            let Remedy::Edits(edits) = fix.remedy else { continue };
            let fixed = TextEdit::apply_all(text, &edits).expect("edits that fit together");
            let changed = fixed.lines().zip(text.lines()).find(|(new, old)| new != old).map(|(new, _)| new);
            lines.push_str(&format!("  {}: {}\n", fix.title, changed.unwrap_or_default()));
        }
    }
    lines
}
