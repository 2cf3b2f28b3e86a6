//! Hover: the cited resolution, the clause that a reference names, the footnote.

use std::fmt::Write;

use super::page::{clauses, escaped, summary, version_chain};
use super::target::{Thing, language_at, thing_at};
use crate::citation::{Citation, ResolutionId, body_name};
use crate::facts::Facts;
use crate::syntax::{Language, TextRange, TextSize};
use crate::workspace::{FileId, Snapshot};

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
            Some(Hover { range: citation.range, markdown: of_citation(snapshot, facts, citation) })
        }
        Thing::Footnote { range, text } => {
            let words = escaped(&facts.document.paragraph(text).views.amended.text);
            Some(Hover { range, markdown: words })
        }
    }
}

fn of_citation(snapshot: &Snapshot, facts: &Facts, citation: &Citation) -> String {
    let Some(id) = &citation.id else { return open_citation(snapshot, citation) };
    let language = language_at(facts, citation.range.start());
    let catalogue = snapshot.catalogue();
    let version = citation.version.as_ref();
    let mut text = format!("**{}**", id.at(version.map(String::as_str)));
    if let Some(name) = body_name(&id.body, language.unwrap_or(Language::En)) {
        let _ = write!(text, " · {name}");
    }
    text.push_str("\n\n");
    text.push_str(&summary(catalogue, id, version, language, snapshot.today()));
    if let Some(chain) = version_chain(catalogue, id, snapshot.today()) {
        let _ = writeln!(text, "\nVersions: {chain}");
    }
    if let Some(reason) = &citation.body_reason {
        let _ = writeln!(text, "\nRead as {}: {reason}", id.body);
    }
    if let Some(clauses) = clauses(snapshot, id, version, language) {
        let _ = write!(text, "\n---\n\n{clauses}");
    }
    text
}

/// A citation of which the text leaves open who adopted it.
fn open_citation(snapshot: &Snapshot, citation: &Citation) -> String {
    let mut text = format!("**{}**\n\nWhich body adopted it is open.", escaped(&citation.text));
    if citation.candidates.is_empty() {
        text.push_str(" Name the body beside it.\n");
        return text;
    }
    text.push_str(" It may be:\n\n");
    for body in &citation.candidates {
        let id = ResolutionId::new(body.clone(), citation.number.clone());
        let title = snapshot.catalogue().title(&id, None, Language::En);
        let title = title.map(|title| format!(": {}", title.text)).unwrap_or_default();
        let _ = writeln!(text, "- {id}{title}");
    }
    text.push_str("\nName the body beside it, or pin it: `[…](BODY-NUMBER)`.\n");
    text
}
