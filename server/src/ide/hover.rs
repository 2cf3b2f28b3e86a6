//! Hover: the cited resolution, the clause that a reference names, the footnote.

use std::fmt::Write;

use jiff::civil::Date;

use super::page::{about, capital, clauses, escaped, shortened_clause};
use super::target::{Thing, best_definition, language_at, meant, pinned_clause, text_of, thing_at, whole_range};
use crate::citation::{Citation, Provision, ResolutionId, TreatyKind, Wording, treaty, treaty_name, written};
use crate::facts::Facts;
use crate::reference::Reference;
use crate::syntax::{Document, Language, Paragraph, ParagraphIndex, ParagraphKind, TextRange, TextSize};
use crate::workspace::{FileId, Snapshot};

/// How many sub-clauses, or clauses of a section, a quotation shows.
const QUOTED_PARAGRAPHS: usize = 6;

/// What a hover shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// What it is about, in the file asked about.
    pub range: TextRange,
    /// Markdown.
    pub markdown: String,
}

/// What a drafter wants to know of what stands at `offset`. `None` where there is nothing to tell.
pub fn hover(snapshot: &Snapshot, file: FileId, offset: TextSize) -> Option<Hover> {
    let file = snapshot.file(file)?;
    let facts = file.facts();
    match thing_at(facts, offset)? {
        Thing::Citation(citation) => {
            Some(Hover { range: citation.range, markdown: of_citation(snapshot, facts, citation, None) })
        }
        Thing::Reference(reference) => of_reference(snapshot, facts, reference),
        Thing::Provision(provision) => {
            Some(Hover { range: provision.range, markdown: of_provision(facts, provision)? })
        }
        Thing::Footnote { range, text } => {
            let words = escaped(&facts.document.paragraph(text).views.amended.text);
            Some(Hover { range, markdown: words })
        }
    }
}

/// What a citation names and, of the clauses there, those that `pinpoint` names: the reference at hand or, where the
/// citation itself was asked about, the first that belongs to it.
fn of_citation(snapshot: &Snapshot, facts: &Facts, citation: &Citation, pinpoint: Option<&Reference>) -> String {
    let range = whole_range(facts, citation);
    if range.len() > 1 {
        return members(snapshot, facts, &range);
    }
    let Some(id) = &citation.id else { return open_citation(snapshot, facts, citation) };
    let language = language_at(facts, citation.range.start());
    let version = citation.version.as_ref();
    let mut text = about(snapshot, id, version, language, date_of(snapshot, facts, citation));
    if let Wording::Short(full) = citation.wording {
        let antecedent = facts.citations.iter().find(|other| other.range == full);
        if let Some(antecedent) = antecedent {
            let _ = writeln!(text, "\nIn short for “{}”", escaped(&antecedent.text));
        }
    } else if let Some(reason) = &citation.body_reason {
        let _ = writeln!(text, "\nRead as {}: {reason}", id.body);
    }
    let first = || {
        let mut own = facts.references.iter().filter(|reference| reference.paragraph == citation.paragraph);
        own.find(|reference| facts.citation_of(reference).is_some_and(|owner| std::ptr::eq(owner, citation)))
    };
    let pinpoint = pinpoint.or_else(first);
    let named = pinpoint
        .and_then(|pinpoint| named_clauses(snapshot, facts, citation, pinpoint))
        .or_else(|| pinned(snapshot, facts, citation));
    if let Some(clauses) = named.or_else(|| clauses(snapshot, id, version, language)) {
        let _ = write!(text, "\n---\n\n{clauses}");
    }
    text
}

/// A provision of a treaty or outcome document: of which one, and which resolution holds that.
fn of_provision(facts: &Facts, provision: &Provision) -> Option<String> {
    let language = language_at(facts, provision.range.start());
    let known = treaty(provision.treaty)?;
    let name = treaty_name(provision.treaty, language.unwrap_or(Language::En)).unwrap_or(provision.treaty);
    let mut text = format!("**{}**\n\n{}\n\n", escaped(&provision.text), escaped(name));
    text.push_str(match known.kind {
        TreatyKind::Treaty => "A provision of a treaty.",
        TreatyKind::Outcome => "A part of what a conference or summit adopted.",
    });
    text.push_str(" It is not judged as a resolution is.\n");
    if let Some(id) = known.resolution.as_deref().and_then(|id| id.parse::<ResolutionId>().ok()) {
        let words = capital(&written(&id, None, language.unwrap_or(Language::En)));
        let _ = writeln!(text, "\nIts text is in {} · `{id}`", escaped(&words));
    }
    Some(text)
}

/// The day of the text that cites, where it is past.
fn date_of(snapshot: &Snapshot, facts: &Facts, citation: &Citation) -> Option<Date> {
    let resolution = facts.document.resolution_at(citation.range.start());
    let identity = facts.identities.iter().find(|identity| identity.resolution == resolution)?;
    identity.date.filter(|date| *date < snapshot.today())
}

/// The text of the clauses that a pinpoint names in the cited resolution, where the workspace has it.
fn named_clauses(snapshot: &Snapshot, facts: &Facts, citation: &Citation, pinpoint: &Reference) -> Option<String> {
    let id = citation.id.as_ref()?;
    let language = language_at(facts, citation.range.start());
    let (file, definition) = best_definition(snapshot, id, citation.version.as_ref(), language)?;
    let document = &file.facts().document;
    let places = meant(pinpoint, document, Some(definition.resolution));
    let of_version = text_of(definition, citation.version.as_ref());
    let quoted = quotations(document, &places)?;
    Some(format!("From `{}`{of_version}\n\n{quoted}", file.location.name()))
}

/// The text of the clause that the target of a pin names.
fn pinned(snapshot: &Snapshot, facts: &Facts, citation: &Citation) -> Option<String> {
    let id = citation.id.as_ref()?;
    let language = language_at(facts, citation.range.start());
    let (file, definition) = best_definition(snapshot, id, citation.version.as_ref(), language)?;
    let document = &file.facts().document;
    let clause = pinned_clause(facts, citation, document, definition.resolution)?;
    let of_version = text_of(definition, citation.version.as_ref());
    Some(format!("From `{}`{of_version}\n\n{}", file.location.name(), quotations(document, &[clause])?))
}

/// How many resolutions of a range are listed.
const MOST_MEMBERS: usize = 20;

/// All that a range of numbers cites, in a line each.
fn members(snapshot: &Snapshot, facts: &Facts, range: &[&Citation]) -> String {
    let mut text = format!("**{} resolutions**\n\n", range.len());
    for citation in range.iter().take(MOST_MEMBERS) {
        let language = language_at(facts, citation.range.start()).unwrap_or(Language::En);
        let Some(id) = &citation.id else {
            let _ = writeln!(text, "- {}", escaped(&citation.number));
            continue;
        };
        let title = snapshot.catalogue().title(id, citation.version.as_deref(), language);
        let title = title.map(|title| format!(": {}", escaped(title.text))).unwrap_or_default();
        let _ = writeln!(text, "- {}{title}", escaped(&capital(&written(id, None, language))));
    }
    if range.len() > MOST_MEMBERS {
        let _ = writeln!(text, "- … and {} more", range.len() - MOST_MEMBERS);
    }
    if let Some(reservation) = snapshot.reservation() {
        let _ = writeln!(text, "\n{reservation}");
    }
    text
}

/// What a reference names, quoted. A reference to another resolution shows that resolution.
fn of_reference(snapshot: &Snapshot, facts: &Facts, reference: &Reference) -> Option<Hover> {
    let markdown = match facts.citation_of(reference) {
        Some(citation) => of_citation(snapshot, facts, citation, Some(reference)),
        None => quotations(&facts.document, &meant(reference, &facts.document, None))?,
    };
    Some(Hover { range: reference.range, markdown })
}

/// Clauses as a quotation, each with its sub-clauses; a heading with the clauses of its section.
fn quotations(document: &Document, places: &[ParagraphIndex]) -> Option<String> {
    let mut text = String::new();
    for place in places {
        let own = document.paragraph(*place);
        let rest = &document.paragraphs[place.index() + 1..];
        let inside: Box<dyn Iterator<Item = &Paragraph>> = match own.kind {
            ParagraphKind::SectionHeading => Box::new(rest.iter().take_while(|p| p.section.is_some())),
            _ => Box::new(rest.iter().take_while(|p| p.level > own.level)),
        };
        for paragraph in std::iter::once(own).chain(inside.take(QUOTED_PARAGRAPHS)) {
            let indent = "\u{2003}".repeat(paragraph.level.saturating_sub(own.level).into());
            let _ = writeln!(text, "> {indent}{}\n>", escaped(&shortened_clause(paragraph)));
        }
    }
    (!text.is_empty()).then_some(text)
}

/// A citation of which the text leaves open who adopted it.
fn open_citation(snapshot: &Snapshot, facts: &Facts, citation: &Citation) -> String {
    let language = language_at(facts, citation.range.start()).unwrap_or(Language::En);
    let mut text = format!("**{}**\n\nWhich body adopted it is open.", escaped(&citation.text));
    if citation.candidates.is_empty() {
        text.push_str(" Name the body beside it.\n");
        return text;
    }
    text.push_str(" It may be:\n\n");
    for body in &citation.candidates {
        let id = ResolutionId::new(body.clone(), citation.number.clone());
        let title = snapshot.catalogue().title(&id, None, language);
        let title = title.map(|title| format!(": {}", title.text)).unwrap_or_default();
        let _ = writeln!(text, "- {id}{title}");
    }
    text.push_str("\nName the body beside it, or pin it: `[…](BODY-NUMBER)`.\n");
    text
}
