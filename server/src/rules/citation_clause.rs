//! `citation/clause`: a pinpoint names a clause that the cited version does not have, or that the version in force has
//! under another number.

use std::collections::BTreeMap;

use super::citation_common::{Judge, Newer, name, newer, parenthesis, with_resolution};
use super::pinpoint::{Outcome, Why, language_at, language_of};
use super::reference_common::{alike, existing};
use super::{Finding, Input, LibraryText, Place, Rule, Scope, Severity, citation_fix, citation_update};
use crate::citation::{Citation, ResolutionId, Version, WrittenVersion, written_version};
use crate::reference::{Owner, Reference, Resolver, Step, Target, Wanted};
use crate::syntax::Language;

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/clause",
    page: include_str!("../../../docs/rules/citation-clause.md"),
    severity: Severity::Warning,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    missing(input, out);
    moved(input, out);
}

/// The pinpoints into other resolutions of which the texts are there, in the very version that is cited.
fn missing(input: &Input<'_>, out: &mut Vec<Finding>) {
    let external = |reference: &&Reference| {
        // What stands only in the text as in force is what the proposal takes away.
        reference.owner != Owner::This && reference.is_amended() && !reference.pinpoints.is_empty()
    };
    // A text that is cited often is read once.
    type Texts<'a> = Vec<(LibraryText<'a>, Resolver<'a>)>;
    let mut known: BTreeMap<(&ResolutionId, Option<&Version>), Texts<'_>> = BTreeMap::new();
    for reference in input.facts.references.iter().filter(external) {
        let Some(citation) = input.facts.citation_of(reference) else { continue };
        let Some(id) = citation.id.as_ref().filter(|id| names_one_text(input, citation, id)) else { continue };
        let Some(language) = language_at(input, reference) else { continue };
        // Nearly all are there, and then the texts need not be read.
        if let Some(wanted) = Wanted::by(reference)
            && input.library.surely_has(id, citation.version.as_ref(), language, &wanted)
        {
            continue;
        }
        let texts = known.entry((id, citation.version.as_ref())).or_insert_with(|| {
            let texts = input.library.texts(id, citation.version.as_ref()).into_iter();
            // Letters and headings of another language say nothing.
            let readable = texts.filter(|text| language_of(text) == Some(language));
            readable.map(|text| (text, Resolver::new(&text.facts.document))).collect()
        });
        out.extend(not_there(reference, citation, id, texts));
    }
}

/// Whether a citation leaves no doubt about the version that it means.
fn names_one_text(input: &Input<'_>, citation: &Citation, id: &ResolutionId) -> bool {
    citation.version.is_some() || (citation.cited_version.is_none() && input.catalogue.versions(id).len() < 2)
}

/// A pinpoint that every text of the cited resolution says is not there.
fn not_there(
    reference: &Reference,
    citation: &Citation,
    id: &ResolutionId,
    texts: &[(LibraryText<'_>, Resolver<'_>)],
) -> Option<Finding> {
    let mut missing: Option<(&Step, String)> = None;
    for (text, resolver) in texts {
        // What is said of an annex may stand in another file.
        if reference.division.is_some() || mentions_lost_annex(text) {
            return None;
        }
        let resolved = resolver.from_outside(reference, text.resolution, text.side);
        let steps = reference.pinpoints.iter().zip(&resolved.targets).flat_map(|(p, t)| p.steps.iter().zip(t));
        let (step, _) = steps.into_iter().find(|(_, target)| **target == Target::Missing)?;
        let labels = resolver.siblings_outside(reference, &resolved, step, text.resolution, text.side);
        let there = existing(&alike(step, &labels))?;
        missing = Some((step, there));
    }
    let (step, there) = missing?;
    let version = citation.cited_version.as_ref().and_then(|version| {
        let (place, year, revised) = (version.place, version.year, version.revised);
        written_version(id, WrittenVersion { place, year, revised }, Language::En)
    });
    let cited = match version {
        Some(version) => format!("{} {version}", name(id)),
        None => name(id),
    };
    let place = match &reference.section {
        Some(section) => format!("“{}” of {cited}", section.text),
        None => cited,
    };
    let message = format!("There is no “{}” in {place}. It has {there}.", step.text);
    let finding = Finding::new(RULE.id, RULE.severity, step.range, message);
    Some(finding.related(Place::Resolution(id.clone(), citation.version.clone()), "The resolution that is cited"))
}

/// Whether a text speaks of an annex of its own that it does not hold: its paragraphs may be meant.
fn mentions_lost_annex(text: &LibraryText<'_>) -> bool {
    let document = &text.facts.document;
    let has = document.divisions.iter().any(|division| division.resolution == text.resolution);
    let of_it = |reference: &&Reference| document.paragraph(reference.paragraph).resolution == text.resolution;
    !has && text.facts.references.iter().filter(of_it).any(|reference| reference.division.is_some())
}

/// The pinpoints into a version that has been replaced, of which the version in force has the clause under another label,
/// or has none with its words.
fn moved(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    for cited in judge.all().filter(|cited| !cited.history) {
        let Some(Newer::Version(target)) = newer(&cited, input.today) else { continue };
        let version = parenthesis(cited.id, &target);
        for pinpoint in input.pinpoints().of(cited.index, cited.id, Some(target.version)) {
            let words = &pinpoint.words;
            let message = match &pinpoint.outcome {
                Outcome::Moved { words: new, .. } => format!(
                    "In {version}, the version in force, “{words}” is “{new}”. Change the pinpoint together with the \
                     version."
                ),
                Outcome::Unshown(Why::Elsewhere(place)) => format!(
                    "In {version}, the version in force, “{words}” seems to be {place}. Look at the pinpoint when you \
                     cite that version."
                ),
                Outcome::Unshown(Why::NoCounterpart) => format!(
                    "In {version}, the version in force, no clause has the words of “{words}”. Look at the pinpoint when \
                     you cite that version."
                ),
                Outcome::Same | Outcome::Unshown(_) => continue,
            };
            let finding = Finding::new(RULE.id, Severity::Hint, pinpoint.range, message);
            let related = format!("{version}, the version in force");
            let mut finding = with_resolution(finding, cited.id, Some(target.version), related);
            if matches!(pinpoint.outcome, Outcome::Moved { .. })
                && let Ok(edits) = citation_fix::bring_to(&cited, &target, input.today)
            {
                finding.fixes.push(citation_update::fix_to(&cited, &target, edits));
            }
            out.push(finding);
        }
    }
}
