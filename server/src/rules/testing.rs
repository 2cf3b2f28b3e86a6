//! What the tests of rules share.

use jiff::civil::date;

use super::{Finding, Input, Library, LibraryText, Remedy, Scope, check};
use crate::catalogue::{Catalogue, WorkspaceFact};
use crate::citation::{ResolutionId, Version};
use crate::config::Config;
use crate::facts::Facts;
use crate::syntax::{Side, TextEdit, parse};

/// The resolutions of one document, as a workspace of this document alone has them.
struct Own<'a>(&'a Facts);

impl Library for Own<'_> {
    fn texts(&self, id: &ResolutionId, version: Option<&Version>) -> Vec<LibraryText<'_>> {
        let own = self.0.identities.iter().filter(|identity| identity.id.as_ref() == Some(id));
        let text = |side: Side, own: Option<&Version>, resolution| {
            (version.is_none() || own == version).then_some(LibraryText { facts: self.0, resolution, side })
        };
        own.filter_map(|identity| {
            let in_force = identity.version_in_force.as_ref().or(identity.version.as_ref());
            text(Side::Amended, identity.version.as_ref(), identity.resolution)
                .or_else(|| text(Side::InForce, in_force, identity.resolution))
        })
        .collect()
    }
}

/// The bundled catalogue with what the resolutions of a document say of themselves.
fn catalogue(facts: &Facts) -> Catalogue {
    let mut catalogue = Catalogue::clone(&Catalogue::bundled());
    let fact = |identity| {
        let resolution: &crate::citation::Identity = identity;
        let mark = facts.document.resolution(resolution.resolution).proposal.as_ref().map(|mark| mark.kind);
        WorkspaceFact::new(resolution, mark)
    };
    catalogue.set_resolutions("here", facts.identities.iter().filter_map(fact).collect());
    catalogue
}

/// What a question to the rules says of a text, as of 1 January 2026, where the workspace has this text alone.
pub(super) fn with_input<T>(text: &str, ask: impl FnOnce(&Input<'_>) -> T) -> T {
    let facts = Facts::read(text, &parse(text));
    let catalogue = catalogue(&facts);
    let library = Own(&facts);
    let config = Config::default().of_file(&facts.document);
    ask(&Input::new(text, &facts, &catalogue, date(2026, 1, 1), config).with_library(&library))
}

/// What a rule finds in a text, as of 1 January 2026, where the workspace has this text alone, with its configuration.
pub(super) fn findings_with(config: &Config, rule: &str, text: &str) -> Vec<Finding> {
    let facts = Facts::read(text, &parse(text));
    let catalogue = catalogue(&facts);
    let library = Own(&facts);
    let config = config.of_file(&facts.document);
    let input = Input::new(text, &facts, &catalogue, date(2026, 1, 1), config).with_library(&library);
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
