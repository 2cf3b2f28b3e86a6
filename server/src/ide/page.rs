//! The read-only page about a resolution, and the part of it that a hover shows.

use std::fmt::Write;

use jiff::civil::Date;

use super::symbols::heading_words;
use super::target::{best_definition, quoted, text_of};
use crate::catalogue::{Catalogue, Certainty, Status, TitleKind, VersionKind, VersionView};
use crate::citation::{ResolutionId, Version, data};
use crate::syntax::{Document, Language, Paragraph, ParagraphKind, ResolutionIndex};
use crate::workspace::Snapshot;

/// How many clauses a preview shows where no pinpoint asks for one.
const CLAUSES: usize = 3;

/// The page about a resolution as Markdown: identity, title, status, versions, sources, who cites it in the workspace,
/// and its first clauses where the workspace has its text. `None` where neither the catalogue nor the workspace knows
/// of it. `language` is the reader's; `version` the one that led here.
pub fn page(
    snapshot: &Snapshot,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
) -> Option<String> {
    let catalogue = snapshot.catalogue();
    let entry = catalogue.get(id);
    if entry.is_none() && snapshot.defining(id).is_empty() {
        return None;
    }
    let mut page = format!("# {}\n\n", id.at(version.map(String::as_str)));
    page.push_str(&summary(catalogue, id, version, language, snapshot.today()));
    let versions = catalogue.versions(id);
    if !versions.is_empty() {
        page.push_str("\n## Versions\n\n");
        for version in versions.iter().rev() {
            let _ = writeln!(page, "- {}{}", version_line(version), certainty_note(version.certainty));
        }
    }
    let titles = entry.iter().flat_map(|entry| entry.titles()).collect::<Vec<_>>();
    if titles.len() > 1 {
        page.push_str("\n## Titles\n\n");
        for title in titles {
            let version = title.value.version.as_ref().map(|version| format!(", {version}")).unwrap_or_default();
            let code = title.value.language.code();
            let _ = writeln!(page, "- {} ({code}{version})", title.value.text);
        }
    }
    if let Some(preview) = clauses(snapshot, id, version, language) {
        let _ = write!(page, "\n## Text\n\n{preview}");
    }
    let citing: Vec<_> = snapshot.citing(id).iter().filter_map(|file| snapshot.file(*file)).collect();
    if !citing.is_empty() {
        page.push_str("\n## Cited by\n\n");
        for file in citing {
            let _ = writeln!(page, "- {}", file.location.name());
        }
    }
    if let Some(entry) = &entry {
        page.push_str("\n## Sources\n\n");
        for source in entry.sources() {
            let _ = writeln!(page, "- {source}");
        }
    }
    Some(page)
}

/// Title and status in a few lines: what a drafter wants to know before citing.
pub(super) fn summary(
    catalogue: &Catalogue,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
    today: Date,
) -> String {
    let mut lines = String::new();
    if let Some(title) = catalogue.title(id, version.map(String::as_str), language.unwrap_or(Language::En)) {
        let _ = match title.kind {
            TitleKind::Title => writeln!(lines, "*{}*\n", title.text),
            TitleKind::SubjectPhrase => writeln!(lines, "On: *{}*\n", title.text),
        };
    }
    let cited = version.and_then(|version| catalogue.versions(id).into_iter().find(|view| view.version == version));
    match catalogue.status(id, today) {
        Status::InForce { version: Some(in_force) } => {
            let since = in_force.date.strftime("%-d %B %Y");
            let when = if in_force.day_is_given { format!(", since {since}") } else { String::new() };
            let note = certainty_note(in_force.certainty);
            let _ = match later_session(catalogue, id, &in_force, today) {
                Some(year) => writeln!(
                    lines,
                    "In force: **{}** is the latest version known{note}; the session of {year} may have revised it",
                    in_force.name()
                ),
                None => writeln!(lines, "In force: **{}**{when}{note}", in_force.name()),
            };
            if let Some(cited) = cited.filter(|cited| cited.version < in_force.version) {
                let _ = writeln!(lines, "\nCited here: {}, which has been revised since", cited.name());
            }
        }
        Status::InForce { version: None } => lines.push_str("In force, as far as is known\n"),
        Status::Abrogated { abrogation, last } => {
            let by = abrogation.value.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
            let last = last.map(|last| format!("; last version: {}", last.name())).unwrap_or_default();
            let _ = writeln!(lines, "**Abrogated**{by}{last}{}", certainty_note(abrogation.certainty));
        }
        Status::NewerInSeries { newest, since, .. } => {
            let _ = writeln!(lines, "A newer resolution on the same subject: **{newest}** ({})", since.year());
        }
        Status::DraftAdopted { link } => {
            let _ = writeln!(lines, "A draft; adopted as **{}**", link.value.id);
        }
        Status::ProposedOnly => lines.push_str("Proposed; not known to have been adopted\n"),
        Status::NotAdoptedYet { from } => {
            let _ = writeln!(lines, "Not adopted before {from}");
        }
        Status::Unknown => lines.push_str("Not in the catalogue\n"),
    }
    lines
}

/// The year of the last session of the body that could have revised a version without the catalogue knowing of it.
fn later_session(catalogue: &Catalogue, id: &ResolutionId, version: &VersionView<'_>, today: Date) -> Option<u16> {
    if catalogue.get(id)?.versions_complete() {
        return None;
    }
    // A body that meets each year revises few of its resolutions each time: there, silence says nothing.
    let sessions = data().sessions.iter().filter(|session| session.body == id.body);
    let years = sessions.filter(|session| session.year > version.year && session.end.is_some_and(|end| end <= today));
    years.map(|session| session.year).max().filter(|_| !meets_each_year(&id.body))
}

fn meets_each_year(body: &str) -> bool {
    let years = || data().sessions.iter().filter(|session| session.body == body).map(|session| session.year);
    years().any(|year| years().any(|next| next == year + 1))
}

/// The versions in one line, oldest first: “2014 Busan · **2018 Dubai** · 2022 Bucharest”, that in force in bold.
pub(super) fn version_chain(catalogue: &Catalogue, id: &ResolutionId, today: Date) -> Option<String> {
    let versions = catalogue.versions(id);
    let in_force = catalogue.version_in_force(id, today).map(|version| version.version.clone());
    let names = versions.iter().map(|version| {
        let name = match version.kind {
            VersionKind::Proposed => format!("{} (proposed)", version.name()),
            _ => version.name(),
        };
        if in_force.as_ref() == Some(version.version) { format!("**{name}**") } else { name }
    });
    (versions.len() > 1).then(|| names.collect::<Vec<_>>().join(" → "))
}

fn version_line(version: &VersionView<'_>) -> String {
    let kind = match version.kind {
        VersionKind::Proposed => "proposed",
        VersionKind::AdoptedOrRevised => "adopted or revised",
        VersionKind::Adopted => "adopted",
        VersionKind::Revised => "revised",
    };
    format!("{}: {kind}", version.name())
}

fn certainty_note(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Proven => "",
        Certainty::Inferred => " (inferred)",
        Certainty::Unproven => " (unproven)",
    }
}

/// The first clauses of the text that the workspace has of a resolution.
pub(super) fn clauses(
    snapshot: &Snapshot,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
) -> Option<String> {
    let (file, definition) = best_definition(snapshot, id, version, language)?;
    let of_version = text_of(definition, version);
    let text = first_clauses(&file.facts().document, definition.resolution);
    (!text.is_empty()).then(|| format!("From `{}`{of_version}\n\n{text}", file.location.name()))
}

/// The first clauses with the headings above them: they say what the resolution is about.
fn first_clauses(document: &Document, resolution: ResolutionIndex) -> String {
    let mut text = String::new();
    let mut shown = 0;
    let resolution = document.resolution(resolution);
    for index in resolution.paragraphs.clone() {
        let paragraph = &document.paragraphs[index];
        let is_enacting = resolution.enacting.is_some_and(|enacting| enacting.index() == index);
        match paragraph.kind {
            ParagraphKind::SectionHeading => {
                let _ = writeln!(text, "> *{}*\n>", heading_words(paragraph));
            }
            ParagraphKind::Clause | ParagraphKind::Text if paragraph.level == 0 && !is_enacting => {
                shown += 1;
                let _ = writeln!(text, "> {}\n>", escaped(&shortened_clause(paragraph)));
            }
            _ => continue,
        }
        if shown == CLAUSES {
            text.push_str("> …\n");
            break;
        }
    }
    text
}

/// A clause as a preview shows it.
pub(super) fn shortened_clause(paragraph: &Paragraph) -> String {
    let words = quoted(paragraph);
    if words.chars().count() > 280 {
        format!("{}…", words.chars().take(280).collect::<String>().trim_end())
    } else {
        words
    }
}

/// Text with what Markdown would take for markup made plain.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        let is_list_label = matches!(c, ')' | '.') && text[..index].chars().all(|c| c.is_ascii_digit()) && index > 0;
        if is_list_label || matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '`' | '#' | '~' | '|') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
