//! What is wrong with a text: one kind of finding per file, all listed in [`RULES`].

mod citation_abrogated;
mod citation_anachronism;
mod citation_common;
mod citation_fix;
mod citation_flattened;
mod citation_outdated;
mod citation_revised_since;
#[cfg(test)]
mod citation_tests;
mod citation_unknown;
mod citation_unknown_version;
mod drafting_common;
mod drafting_part_order;
mod drafting_repeated_verb;
mod drafting_verb;
mod finding;
pub(crate) mod flattened;
mod markup_unclosed_change;
mod markup_unused_excuse;
mod numbering_common;
mod numbering_duplicate;
mod numbering_flattened;
mod numbering_gap;
mod numbering_order;
mod numbering_start;
mod numbering_style;
#[cfg(test)]
mod pages;
mod reference_dangling;
#[cfg(test)]
mod testing;

pub use finding::{Finding, Fix, Place, Related, Remedy, Severity};

use std::cell::OnceCell;

use jiff::civil::Date;

use crate::catalogue::Catalogue;
use crate::config::{Config, Level};
use crate::facts::Facts;
use crate::profile::Profile;
use crate::suggest::nearest;
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
    /// The citations, made ready when the first rule asks for them.
    citations: OnceCell<citation_common::Prepared>,
}

impl<'a> Input<'a> {
    /// What rules read of a document.
    pub fn new(text: &'a str, facts: &'a Facts, catalogue: &'a Catalogue, today: Date, config: Config) -> Input<'a> {
        Input { text, facts, catalogue, today, config, citations: OnceCell::new() }
    }

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
    citation_anachronism::RULE,
    citation_flattened::RULE,
    citation_outdated::RULE,
    citation_revised_since::RULE,
    citation_unknown::RULE,
    citation_unknown_version::RULE,
    drafting_part_order::RULE,
    drafting_repeated_verb::RULE,
    drafting_verb::RULE,
    markup_unclosed_change::RULE,
    markup_unused_excuse::RULE,
    numbering_duplicate::RULE,
    numbering_flattened::RULE,
    numbering_gap::RULE,
    numbering_order::RULE,
    numbering_start::RULE,
    numbering_style::RULE,
    reference_dangling::RULE,
];

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// The ids of rules, cut in area and what.
fn ids() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    RULES.iter().filter_map(|rule| rule.id.split_once('/').map(|(area, what)| (rule.id, area, what)))
}

/// Whether there are rules of an area: `numbering`.
pub fn is_area(area: &str) -> bool {
    ids().any(|(_, known, _)| known == area)
}

/// The rule's id that one which names no rule was most likely meant to be.
pub fn meant_rule(id: &str) -> Option<&'static str> {
    let (area, what) = id.split_once('/')?;
    if is_area(area) {
        let meant = nearest(what, ids().filter(|(_, known, _)| *known == area).map(|(.., what)| what))?;
        return ids().find(|(_, known, what)| (*known, *what) == (area, meant)).map(|(id, ..)| id);
    }
    // The area is a slip, and the rest too perhaps.
    ids().find(|(.., known)| *known == what).map(|(id, ..)| id).or_else(|| nearest(id, ids().map(|(id, ..)| id)))
}

/// Runs every rule of a scope that is not switched off, and leaves out what is excused in the text. In text order.
pub fn check(input: &Input<'_>, scope: Scope) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.scope == scope) {
        if input.config.level(rule.id) == Some(Level::Off) {
            continue;
        }
        let first = findings.len();
        (rule.check)(input, &mut findings);
        debug_assert!(findings[first..].iter().all(|finding| finding.rule == rule.id));
    }
    sort(&mut findings);
    markup_unused_excuse::apply(input, scope, &mut findings);
    for finding in &mut findings {
        finding.severity = match input.config.level(finding.rule) {
            Some(Level::Hint) => Severity::Hint,
            Some(Level::Information) => Severity::Information,
            Some(Level::Warning) => Severity::Warning,
            Some(Level::Error) => Severity::Error,
            Some(Level::Off) | None => continue,
        };
    }
    findings
}

/// Puts findings in text order.
pub(crate) fn sort(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| (finding.range.start(), finding.range.end(), finding.rule));
}
