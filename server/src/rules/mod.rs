//! What is wrong with a text: one kind of finding per file, all listed in [`RULES`].

mod answers;
mod citation_abrogated;
mod citation_ambiguous;
mod citation_anachronism;
mod citation_clause;
mod citation_common;
mod citation_contradiction;
mod citation_draft_symbol;
mod citation_fix;
mod citation_fix_date;
mod citation_fix_insert;
mod citation_fix_title;
mod citation_flattened;
mod citation_form;
mod citation_outdated;
mod citation_quotes;
mod citation_revised_since;
#[cfg(test)]
mod citation_tests;
mod citation_title;
mod citation_unknown;
mod citation_unknown_version;
mod citation_unused_pin;
mod citation_unversioned;
mod citation_update;
#[cfg(test)]
mod citation_update_tests;
mod drafting_brackets;
mod drafting_comment;
mod drafting_common;
mod drafting_enacting_line;
mod drafting_full_stop;
mod drafting_marks;
mod drafting_part_order;
mod drafting_punctuation;
mod drafting_repeated_verb;
mod drafting_tracked_change;
mod drafting_verb;
mod drafting_width;
mod finding;
#[cfg(test)]
mod fix_tests;
pub(crate) mod flattened;
mod footnote_common;
mod footnote_duplicate;
mod footnote_order;
mod footnote_undefined;
mod footnote_unused;
mod library;
mod markup_metadata;
mod markup_unclosed_change;
mod markup_unused_excuse;
mod names;
mod numbering_common;
mod numbering_duplicate;
mod numbering_flattened;
mod numbering_gap;
mod numbering_indentation;
mod numbering_level;
mod numbering_lone;
mod numbering_mixed;
mod numbering_odd;
mod numbering_order;
mod numbering_start;
mod numbering_style;
#[cfg(test)]
mod numbering_tests;
#[cfg(test)]
mod pages;
mod pinpoint;
mod proposal_add_changes;
mod proposal_common;
mod proposal_mod_unchanged;
mod proposal_noc_changes;
mod proposal_reasons;
mod proposal_sup_text;
mod reference_ambiguous;
mod reference_common;
mod reference_dangling;
mod reference_direction;
mod reference_stale;
#[cfg(test)]
mod testing;

pub use answers::Answered;
pub use citation_fix::{InForce, version_in_force};
pub use citation_fix_title::give_title;
pub use citation_update::{CarriedPinpoint, DoubtfulPinpoint, Update, updates};
pub use finding::{Finding, Fix, Place, Related, Remedy, Severity};
pub use library::{Library, LibraryText, NoTexts};
pub(crate) use markup_metadata::KEYS as METADATA_KEYS;
pub use names::{check_id, is_area, meant_rule, profile_names, unknown_level, unknown_profile};

use std::borrow::Borrow;
use std::cell::OnceCell;
use std::sync::Arc;

use jiff::civil::Date;

use crate::catalogue::Catalogue;
use crate::config::{Config, Level};
use crate::facts::Facts;
use crate::numbering::{self, List};
use crate::profile::Profile;
use crate::syntax::{ResolutionIndex, Side};

/// What a rule reads.
pub struct Input<'a> {
    /// The text, for quoting from it.
    pub text: &'a str,
    /// What the document says.
    pub facts: &'a Facts,
    /// Which resolutions exist: bundled facts, the workspace's files and its resolutions.
    pub catalogue: &'a Catalogue,
    /// The texts of other resolutions, for what is said of their clauses.
    pub library: &'a dyn Library,
    /// The day as of which citations are judged.
    pub today: Date,
    /// How this file is to be judged: its workspace's configuration with its own metadata.
    pub config: Config,
    /// What the catalogue said of the citations before, if it may be taken over.
    answered: Option<Arc<Answered>>,
    /// The citations, made ready when the first rule asks for them.
    citations: OnceCell<citation_common::Prepared>,
    /// What becomes of pinpoints in newer versions, made ready when the first rule asks for it.
    pinpoints: OnceCell<pinpoint::Pinpoints>,
    /// The lists of which the labels of two texts are printed into one another, made ready likewise.
    flattened: OnceCell<Vec<flattened::FlattenedList>>,
    /// By paragraph: the versions of citations that are printed into one another, made ready likewise.
    flattened_citations: OnceCell<flattened::InParagraphs>,
    /// What opens the clauses and sections of each resolution, made ready likewise.
    openings: OnceCell<Vec<drafting_common::Openings>>,
    /// What is wrong at the ends of the clauses of each resolution, made ready likewise.
    marks: OnceCell<Vec<drafting_marks::Found>>,
    /// What is wrong with the references, made ready likewise.
    references: OnceCell<reference_common::Found>,
    /// By resolution: whether its changes are tracked, once asked.
    tracked: OnceCell<Vec<OnceCell<bool>>>,
}

impl<'a> Input<'a> {
    /// What rules read of a document where no other text is at hand.
    pub fn new(text: &'a str, facts: &'a Facts, catalogue: &'a Catalogue, today: Date, config: Config) -> Input<'a> {
        Input {
            text,
            facts,
            catalogue,
            library: &NoTexts,
            today,
            config,
            answered: None,
            citations: OnceCell::new(),
            pinpoints: OnceCell::new(),
            flattened: OnceCell::new(),
            flattened_citations: OnceCell::new(),
            openings: OnceCell::new(),
            marks: OnceCell::new(),
            references: OnceCell::new(),
            tracked: OnceCell::new(),
        }
    }

    /// What becomes of the document's pinpoints when what they point into is cited in a newer version.
    fn pinpoints(&self) -> &pinpoint::Pinpoints {
        self.pinpoints.get_or_init(|| pinpoint::read(self))
    }

    /// The lists of clauses as a reading shows them.
    fn lists(&self, side: Side) -> &[List] {
        &self.facts.lists[side]
    }

    /// The lists of which the labels of two texts are printed into one another.
    fn flattened(&self) -> &[flattened::FlattenedList] {
        self.flattened
            .get_or_init(|| flattened::lists_among(self.text, &self.facts.document, self.flattened_citations()))
    }

    /// By paragraph: the versions of citations that are printed into one another.
    fn flattened_citations(&self) -> &flattened::InParagraphs {
        self.flattened_citations.get_or_init(|| flattened::in_paragraphs(self.text, &self.facts.document))
    }

    /// What opens the clauses and sections of each resolution whose language is known.
    fn openings(&self) -> &[drafting_common::Openings] {
        self.openings.get_or_init(|| drafting_common::read(self))
    }

    /// What is wrong at the ends of the clauses, resolution by resolution.
    fn marks(&self) -> &[drafting_marks::Found] {
        self.marks.get_or_init(|| drafting_marks::read_all(self))
    }

    /// What is wrong with the references.
    fn references(&self) -> &reference_common::Found {
        self.references.get_or_init(|| reference_common::read(self))
    }

    /// Whether the changes of a resolution are tracked, so that new ones are to be, too.
    fn is_tracked(&self, resolution: ResolutionIndex) -> bool {
        let document = &self.facts.document;
        let all = self.tracked.get_or_init(|| vec![OnceCell::new(); document.resolutions.len()]);
        let look = || numbering::is_tracked(document, resolution);
        all.get(resolution.index()).map_or_else(look, |known| *known.get_or_init(look))
    }

    /// With the texts of other resolutions.
    pub fn with_library(mut self, library: &'a dyn Library) -> Input<'a> {
        self.library = library;
        self
    }

    /// With what the same catalogue said on the same day of the citations of a text that was much the same; what it says
    /// of this one is put there.
    pub fn with_answered(mut self, answered: Arc<Answered>) -> Input<'a> {
        self.answered = Some(answered);
        self
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
    /// The document, the catalogue and the texts of other resolutions: runs again when a resolution that the document
    /// cites changes.
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

impl Rule {
    /// What it finds, in a sentence: the first one of its page.
    pub fn summary(&self) -> String {
        let lines = self.page.lines().skip(1).skip_while(|line| line.is_empty());
        let words = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        // “(Rev. Bucharest, 2022)” ends no sentence.
        let mut ends = words.match_indices(". ").map(|(end, _)| end);
        let end = ends.find(|end| words.get(..*end).is_some_and(|before| !before.ends_with("(Rev")));
        end.and_then(|end| words.get(..=end)).map_or(words.clone(), str::to_owned)
    }
}

/// Every rule. A new rule is its file, its page and one line here.
pub static RULES: &[Rule] = &[
    citation_abrogated::RULE,
    citation_ambiguous::RULE,
    citation_anachronism::RULE,
    citation_clause::RULE,
    citation_contradiction::RULE,
    citation_draft_symbol::RULE,
    citation_flattened::RULE,
    citation_form::RULE,
    citation_outdated::RULE,
    citation_revised_since::RULE,
    citation_title::RULE,
    citation_unknown::RULE,
    citation_unknown_version::RULE,
    citation_unused_pin::RULE,
    citation_unversioned::RULE,
    drafting_brackets::RULE,
    drafting_comment::RULE,
    drafting_enacting_line::RULE,
    drafting_full_stop::RULE,
    drafting_part_order::RULE,
    drafting_punctuation::RULE,
    drafting_repeated_verb::RULE,
    drafting_tracked_change::RULE,
    drafting_verb::RULE,
    drafting_width::RULE,
    footnote_duplicate::RULE,
    footnote_order::RULE,
    footnote_undefined::RULE,
    footnote_unused::RULE,
    markup_metadata::RULE,
    markup_unclosed_change::RULE,
    markup_unused_excuse::RULE,
    numbering_duplicate::RULE,
    numbering_flattened::RULE,
    numbering_gap::RULE,
    numbering_indentation::RULE,
    numbering_level::RULE,
    numbering_lone::RULE,
    numbering_mixed::RULE,
    numbering_order::RULE,
    numbering_start::RULE,
    numbering_style::RULE,
    proposal_add_changes::RULE,
    proposal_mod_unchanged::RULE,
    proposal_noc_changes::RULE,
    proposal_reasons::RULE,
    proposal_sup_text::RULE,
    reference_ambiguous::RULE,
    reference_dangling::RULE,
    reference_direction::RULE,
    reference_stale::RULE,
];

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
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

/// Whether a finding rests on nothing but its document, so that what is not known of others cannot make it wrong.
pub fn is_of_document_alone(finding: &Finding) -> bool {
    // An excuse may be of what the catalogue knows.
    finding.rule != markup_unused_excuse::RULE.id
        && rule(finding.rule).is_some_and(|rule| rule.scope == Scope::Document)
}

/// Whether the findings of a rule can be excused in the text.
pub fn is_excusable(rule: &str) -> bool {
    rule != markup_unused_excuse::RULE.id
}

/// Puts findings in text order.
pub(crate) fn sort(findings: &mut [impl Borrow<Finding>]) {
    findings.sort_by_key(|finding| {
        let finding = finding.borrow();
        (finding.range.start(), finding.range.end(), finding.rule)
    });
}
