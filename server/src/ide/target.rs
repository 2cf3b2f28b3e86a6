//! What stands at a place, and where it leads.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::fragment;
use crate::citation::{Citation, Identity, Provision, ResolutionId, Version, Wording};
use crate::facts::Facts;
use crate::reference::{Reference, Resolver, Target};
use crate::syntax::{
    Document, Language, MarkKind, Paragraph, ParagraphIndex, ParagraphKind, ResolutionIndex, SectionIndex, Side,
    TextRange, TextSize,
};
use crate::workspace::{Definition, File, Snapshot};

/// What stands at a place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Thing<'a> {
    /// A citation of a resolution.
    Citation(&'a Citation),
    /// A reference to clauses or a section, of this resolution or of a cited one.
    Reference(&'a Reference),
    /// A provision of a treaty or outcome document.
    Provision(&'a Provision),
    /// `[^1]`, and the text of the footnote of that name.
    Footnote { range: TextRange, text: ParagraphIndex },
}

/// What stands at `offset`; the shortest of several.
pub(super) fn thing_at(facts: &Facts, offset: TextSize) -> Option<Thing<'_>> {
    let citations = facts.citations.iter().map(|citation| (citation.range, Thing::Citation(citation)));
    let references = facts.references.iter().map(|reference| (reference.range, Thing::Reference(reference)));
    let provisions = facts.provisions.iter().map(|provision| (provision.range, Thing::Provision(provision)));
    let at = citations.chain(references).chain(provisions).filter(|(range, _)| range.contains_inclusive(offset));
    let shortest = at.min_by_key(|(range, _)| range.len()).map(|(_, thing)| thing);
    shortest.or_else(|| pinned_at(facts, offset).map(Thing::Citation)).or_else(|| footnote_at(facts, offset))
}

/// The pinned citation whose target, between the parentheses, stands at `offset`.
fn pinned_at(facts: &Facts, offset: TextSize) -> Option<&Citation> {
    let index = facts.document.paragraph_at(offset)?;
    let views = &facts.document.paragraph(index).views;
    let mut pins = Side::BOTH.iter().map(|side| &views[*side]).flat_map(|view| {
        let pins = view.marks_of(MarkKind::Pinned);
        pins.map(|mark| view.mark_source(mark))
    });
    let pin = pins.find(|source| source.contains_inclusive(offset))?;
    facts.citations.iter().find(|citation| citation.pinned && pin.contains_range(citation.number_range))
}

/// The words that name a clause in the target of a pinned citation: `resolves-2` in `PP-140@2022#resolves-2`.
fn pinned_fragment<'a>(facts: &'a Facts, citation: &Citation) -> Option<&'a str> {
    let views = &facts.document.paragraphs.get(citation.paragraph.index()).filter(|_| citation.pinned)?.views;
    let view = &views[citation.side];
    let mut pins = view.marks_of(MarkKind::Pinned);
    let pin = pins.find(|mark| view.mark_source(mark).contains_range(citation.number_range))?;
    pin.target.split_once('#').map(|(_, fragment)| fragment.trim())
}

/// The clause that the target of a pinned citation names in the text at hand of that resolution.
pub(super) fn pinned_clause(
    facts: &Facts,
    citation: &Citation,
    document: &Document,
    resolution: ResolutionIndex,
) -> Option<ParagraphIndex> {
    fragment::named(document, resolution, pinned_fragment(facts, citation)?)
}

/// The citations of a range, “resolutions 68/261 to 68/263”, both ends included, for one of those that lie between them;
/// for any other citation itself alone.
pub(super) fn whole_range<'a>(facts: &'a Facts, citation: &'a Citation) -> Vec<&'a Citation> {
    if citation.wording != Wording::Between {
        return vec![citation];
    }
    let range = citation.number_range;
    let own =
        facts.citations.iter().filter(|other| other.paragraph == citation.paragraph && other.side == citation.side);
    own.filter(|other| range.contains_range(other.number_range)).collect()
}

fn footnote_at(facts: &Facts, offset: TextSize) -> Option<Thing<'_>> {
    let document = &facts.document;
    let paragraph = document.paragraph(document.paragraph_at(offset)?);
    Side::BOTH.iter().find_map(|side| {
        let view = &paragraph.views[*side];
        view.marks_of(MarkKind::Footnote).find_map(|mark| {
            let range = view.mark_source(mark);
            let inside = range.contains_inclusive(offset);
            let text = document.iter().find(|(_, text)| {
                text.kind == ParagraphKind::Footnote
                    && text.resolution == paragraph.resolution
                    && text.footnote.as_deref() == Some(&*mark.target)
            });
            text.filter(|_| inside).map(|(text, _)| Thing::Footnote { range, text })
        })
    })
}

/// Every footnote reference of a text, `[^1]`, with the footnote's paragraph; those that have none are left out.
pub(super) fn footnotes(facts: &Facts) -> Vec<(TextRange, ParagraphIndex)> {
    let document = &facts.document;
    let mut texts = HashMap::new();
    for (index, text) in document.iter().filter(|(_, text)| text.kind == ParagraphKind::Footnote) {
        texts.entry((text.resolution, text.footnote.as_deref())).or_insert(index);
    }
    let mut found = Vec::new();
    for paragraph in document.paragraphs.iter().filter(|_| !texts.is_empty()) {
        let sides: &[Side] = if paragraph.is_tracked() { &Side::BOTH } else { &[Side::Amended] };
        for view in sides.iter().map(|side| &paragraph.views[*side]) {
            for mark in view.marks_of(MarkKind::Footnote) {
                if let Some(text) = texts.get(&(paragraph.resolution, Some(&*mark.target))) {
                    found.push((view.mark_source(mark), *text));
                }
            }
        }
    }
    found
}

/// The text in the workspace that a citation leads to: of its version, else the newest; of the language of the text
/// that cites, else any. A proposal that leaves a resolution as it is, or abrogates it, without its text is none.
pub(super) fn best_definition<'a>(
    snapshot: &'a Snapshot,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
) -> Option<(&'a File, &'a Definition)> {
    let texts = snapshot.defining(id).iter().filter_map(|definition| {
        let file = snapshot.file(definition.file)?;
        let is_stub = file.summary().text(definition.resolution).is_none_or(|text| text.is_stub);
        (!is_stub).then_some((&**file, definition))
    });
    texts.max_by_key(|(file, definition)| {
        let text = file.summary().text(definition.resolution);
        let same_version = version.is_some() && definition.version.as_ref() == version;
        let same_language = language.is_some() && text.and_then(|text| text.language) == language;
        (same_version, definition.version.clone(), same_language, Reverse(definition.file))
    })
}

/// The text in the workspace of which a pinpoint of a citation names a clause.
pub(super) fn text_cited<'a>(
    snapshot: &'a Snapshot,
    facts: &Facts,
    citation: &Citation,
) -> Option<(&'a File, ResolutionIndex)> {
    let language = language_at(facts, citation.range.start());
    let (file, definition) = best_definition(snapshot, citation.id.as_ref()?, citation.version.as_ref(), language)?;
    Some((file, definition.resolution))
}

/// The language of the resolution that stands at a place.
pub(super) fn language_at(facts: &Facts, offset: TextSize) -> Option<Language> {
    let resolution = facts.document.resolution_at(offset);
    // They stand in the order of the resolutions, one for each.
    let at = facts.identities.get(resolution.index()).filter(|identity| identity.resolution == resolution);
    if let Some(identity) = at {
        return identity.language;
    }
    facts.identities.iter().find(|identity| identity.resolution == resolution).and_then(|identity| identity.language)
}

/// The resolution on whose title or subject `offset` stands, whether a mark makes it a title or not.
pub(super) fn titled_at(file: &File, offset: TextSize) -> Option<ResolutionIndex> {
    let document = &file.facts().document;
    let index = document.paragraph_at(offset)?;
    let paragraph = document.paragraph(index);
    let own = document.resolutions.get(paragraph.resolution.index())?;
    let headed = matches!(paragraph.kind, ParagraphKind::Title | ParagraphKind::Subject);
    // A title that no mark makes one is the first paragraph.
    let is_first = || {
        let unmarked = own.title.or(own.subject).is_none() && own.paragraphs.start == index.index();
        unmarked && identity_of(file, paragraph.resolution).is_some_and(|identity| identity.id.is_some())
    };
    (headed || is_first()).then_some(paragraph.resolution)
}

/// The resolution that the words at a place name.
pub(super) struct NamedResolution<'a> {
    /// The words: a citation, a pinpoint of one, or a title.
    pub origin: TextRange,
    /// Which it is.
    pub id: &'a ResolutionId,
    /// The version; `None` where the words name none.
    pub version: Option<&'a Version>,
    /// Which of the file's resolutions it is, where the words are its title.
    pub own: Option<ResolutionIndex>,
}

/// The resolutions that stand at `offset`: those that are cited there or whose clauses are named, or the one whose title
/// it is. Several for a range, “resolutions 68/261 to 68/263”.
pub(super) fn resolutions_at(file: &File, offset: TextSize) -> Vec<NamedResolution<'_>> {
    let facts = file.facts();
    let cited = |origin: TextRange, citation| {
        let all = whole_range(facts, citation).into_iter();
        let named = all.filter_map(|citation: &Citation| {
            Some(NamedResolution { origin, id: citation.id.as_ref()?, version: citation.version.as_ref(), own: None })
        });
        named.collect()
    };
    match thing_at(facts, offset) {
        Some(Thing::Citation(citation)) => cited(citation.range, citation),
        Some(Thing::Reference(reference)) => {
            facts.citation_of(reference).map(|citation| cited(reference.range, citation)).unwrap_or_default()
        }
        Some(Thing::Provision(_) | Thing::Footnote { .. }) => Vec::new(),
        None => {
            let titled = || {
                let own = titled_at(file, offset)?;
                let (_, origin) = place_of_resolution(file, own)?;
                let identity = identity_of(file, own)?;
                Some(NamedResolution {
                    origin,
                    id: identity.id.as_ref()?,
                    version: identity.version.as_ref(),
                    own: Some(own),
                })
            };
            titled().into_iter().collect()
        }
    }
}

/// The clause on whose label `offset` stands, and the label.
pub(super) fn labelled_at(document: &Document, offset: TextSize) -> Option<(ParagraphIndex, TextRange)> {
    let index = document.paragraph_at(offset)?;
    let paragraph = document.paragraph(index);
    let label = paragraph.label.as_ref().filter(|_| paragraph.kind == ParagraphKind::Clause)?;
    label.range.contains_inclusive(offset).then_some((index, label.range))
}

/// `[^1]` in front of a footnote's text; `None` for another paragraph.
pub(super) fn footnote_name(paragraph: &Paragraph) -> Option<TextRange> {
    let name = paragraph.footnote.as_deref().filter(|_| paragraph.kind == ParagraphKind::Footnote)?;
    let length = TextSize::of("[^]") + TextSize::of(name);
    Some(TextRange::at(paragraph.range.start(), length.min(paragraph.range.len())))
}

/// Which resolution one of a file's is.
pub(super) fn identity_of(file: &File, resolution: ResolutionIndex) -> Option<&Identity> {
    let identities = &file.facts().identities;
    // They stand in the order of the resolutions, one for each.
    let at = identities.get(resolution.index()).filter(|identity| identity.resolution == resolution);
    at.or_else(|| identities.iter().find(|identity| identity.resolution == resolution))
}

/// Where a resolution stands in its file: all of it, and its title, else its first words.
pub(super) fn place_of(file: &File, definition: &Definition) -> Option<(TextRange, TextRange)> {
    place_of_resolution(file, definition.resolution)
}

/// The same by its place in the file.
pub(super) fn place_of_resolution(file: &File, resolution: ResolutionIndex) -> Option<(TextRange, TextRange)> {
    file.summary().text(resolution).map(|text| (text.range, text.selection))
}

/// “ (text of 2018)”, where the text at hand is of another version than the one that is cited; else nothing.
pub(super) fn text_of(definition: &Definition, cited: Option<&Version>) -> String {
    match (&definition.version, cited) {
        (Some(own), Some(cited)) if own != cited => format!(" (text of {own})"),
        _ => String::new(),
    }
}

/// The words of a paragraph with its label, as amended (as in force where that is all there is).
pub(super) fn quoted(paragraph: &Paragraph) -> String {
    let side = if paragraph.is_in(Side::Amended) { Side::Amended } else { Side::InForce };
    let words = paragraph.views[side].text.trim();
    match paragraph.label.as_ref().and_then(|label| label.text[side].as_deref()) {
        Some(label) => format!("{label} {words}"),
        None => words.to_owned(),
    }
}

/// The clauses, or else the sections' headings, that a reference means in the text it belongs to: `document`, in which
/// it stands or, `outside`, the resolution of another text.
pub(super) fn meant(
    reference: &Reference,
    document: &Document,
    outside: Option<ResolutionIndex>,
) -> Vec<ParagraphIndex> {
    let resolver = outside.map(|resolution| (Resolver::new(document), resolution));
    let mut found = Vec::new();
    for side in [Side::Amended, Side::InForce] {
        let (targets, sections): (Vec<Vec<Target>>, Vec<SectionIndex>) = match &resolver {
            Some((resolver, resolution)) => {
                let resolved = resolver.from_outside(reference, *resolution, side);
                (resolved.targets, resolved.sections)
            }
            None => (
                reference.pinpoints.iter().map(|p| p.steps.iter().map(|step| step.target[side]).collect()).collect(),
                reference.sections[side].clone(),
            ),
        };
        let clauses = targets.iter().filter_map(|steps| steps.last()?.clause());
        found.extend(clauses);
        if reference.pinpoints.is_empty() {
            found.extend(sections.iter().filter_map(|section| document.section(*section).heading));
            let annex = reference.division.as_ref().and_then(|name| name.divisions[side]).filter(|_| outside.is_none());
            found.extend(annex.and_then(|annex| document.divisions.get(annex.index())).map(|annex| annex.heading));
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}
