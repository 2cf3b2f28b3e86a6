//! What is wrong with a text: one kind of finding per file, all listed in [`RULES`].

mod citation_abrogated;
mod citation_common;
mod citation_fix;
mod citation_flattened;
mod citation_outdated;
mod citation_revised_since;
#[cfg(test)]
mod citation_tests;
mod citation_unknown;
mod citation_unknown_version;
mod drafting_brackets;
mod drafting_comment;
mod drafting_full_stop;
mod drafting_marks;
mod drafting_punctuation;
mod drafting_tracked_change;
mod drafting_width;
mod finding;
pub(crate) mod flattened;
mod footnote_common;
mod footnote_duplicate;
mod footnote_order;
mod footnote_undefined;
mod footnote_unused;
mod markup_unclosed_change;
mod numbering_common;
mod numbering_duplicate;
mod numbering_flattened;
mod numbering_gap;
mod numbering_order;
mod numbering_start;
mod numbering_style;
#[cfg(test)]
mod pages;
mod proposal_add_changes;
mod proposal_common;
mod proposal_mod_unchanged;
mod proposal_noc_changes;
mod proposal_reasons;
mod proposal_sup_text;
mod reference_dangling;
#[cfg(test)]
mod testing;

pub use finding::{Finding, Fix, Place, Related, Remedy, Severity};

use jiff::civil::Date;

use crate::catalogue::Catalogue;
use crate::config::{Config, Level};
use crate::facts::Facts;
use crate::profile::Profile;
use crate::syntax::ResolutionIndex;

/// What a rule reads.
pub struct Input<'a> {
    /// The text, for quoting from it.
    pub text: &'a str,
    /// What the document says.
    pub facts: &'a Facts,
    /// Which resolutions exist: bundled facts, the workspace's files and its resolutions.
    pub catalogue: &'a Catalogue,
    /// The day as of which citations are judged.
    pub today: Date,
    /// How this file is to be judged: its workspace's configuration with its own metadata.
    pub config: Config,
}

impl Input<'_> {
    /// The drafting profile of a resolution: the one that is set for the file or the workspace, else that of the acting
    /// organ. `None` where nothing says which; then only what every house holds is checked.
    pub fn profile(&self, resolution: ResolutionIndex) -> Option<&'static Profile> {
        let of_organ =
            || self.facts.identities.iter().find(|identity| identity.resolution == resolution)?.profile.as_deref();
        self.config.profile.as_deref().and_then(Profile::named).or_else(|| of_organ().and_then(Profile::named))
    }
}

/// What a rule looks at, and so when it has to run again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The document alone.
    Document,
    /// The document and the catalogue: runs again when a resolution that the document cites changes.
    Catalogue,
}

/// A kind of finding.
pub struct Rule {
    /// `area/what`; its page is `docs/rules/area-what.md`.
    pub id: &'static str,
    /// Its page: Markdown.
    pub page: &'static str,
    /// What it is when no configuration says otherwise.
    pub severity: Severity,
    /// What it looks at.
    pub scope: Scope,
    /// Appends what it finds.
    pub check: fn(&Input<'_>, &mut Vec<Finding>),
}

/// Every rule. A new rule is its file, its page and one line here.
pub static RULES: &[Rule] = &[
    citation_abrogated::RULE,
    citation_flattened::RULE,
    citation_outdated::RULE,
    citation_revised_since::RULE,
    citation_unknown::RULE,
    citation_unknown_version::RULE,
    drafting_brackets::RULE,
    drafting_comment::RULE,
    drafting_full_stop::RULE,
    drafting_punctuation::RULE,
    drafting_tracked_change::RULE,
    drafting_width::RULE,
    footnote_duplicate::RULE,
    footnote_order::RULE,
    footnote_undefined::RULE,
    footnote_unused::RULE,
    markup_unclosed_change::RULE,
    numbering_duplicate::RULE,
    numbering_flattened::RULE,
    numbering_gap::RULE,
    numbering_order::RULE,
    numbering_start::RULE,
    numbering_style::RULE,
    proposal_add_changes::RULE,
    proposal_mod_unchanged::RULE,
    proposal_noc_changes::RULE,
    proposal_reasons::RULE,
    proposal_sup_text::RULE,
    reference_dangling::RULE,
];

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// Runs every rule of a scope that is not switched off, in text order of what they find.
pub fn check(input: &Input<'_>, scope: Scope) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.scope == scope) {
        let severity = match input.config.level(rule.id) {
            Some(Level::Off) => continue,
            Some(Level::Hint) => Some(Severity::Hint),
            Some(Level::Information) => Some(Severity::Information),
            Some(Level::Warning) => Some(Severity::Warning),
            Some(Level::Error) => Some(Severity::Error),
            None => None,
        };
        let first = findings.len();
        (rule.check)(input, &mut findings);
        debug_assert!(findings[first..].iter().all(|finding| finding.rule == rule.id));
        if let Some(severity) = severity {
            findings[first..].iter_mut().for_each(|finding| finding.severity = severity);
        }
    }
    findings.sort_by_key(|finding| (finding.range.start(), finding.range.end(), finding.rule));
    findings
}
