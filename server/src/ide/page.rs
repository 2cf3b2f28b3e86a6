//! The read-only page about a resolution, and the part of it that a hover shows.

use std::fmt::Write;

use jiff::civil::Date;

use super::symbols::{heading_words, shortened};
use super::target::{best_definition, quoted, text_of};
use crate::catalogue::{Catalogue, Certainty, Layer, Status, TitleKind, VersionKind, VersionView};
use crate::citation::{ResolutionId, Version, WrittenVersion, body_name, data, written, written_version};
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
    if let Some(reservation) = snapshot.reservation() {
        let _ = writeln!(page, "{reservation}\n");
    }
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

/// What is known of a resolution, for who cites it: what it is called, by whom it was adopted, what became of it, its
/// versions, and who says so. `as_of` is the day of the text that cites it, where that is past.
pub(super) fn about(
    snapshot: &Snapshot,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
    as_of: Option<Date>,
) -> String {
    let catalogue = snapshot.catalogue();
    let code = id.at(version.map(String::as_str));
    let mut text = match in_words(catalogue, id, version, language) {
        Some(words) => format!("**{}** · `{code}`\n", escaped(&capital(&words))),
        None => format!("**{code}**\n"),
    };
    if let Some(name) = body_name(base_body(&id.body), language.unwrap_or(Language::En)) {
        let _ = writeln!(text, "\n{name}");
    }
    text.push('\n');
    let reservation = snapshot.reservation();
    if let Some(reservation) = reservation.filter(|_| catalogue.get(id).is_none()) {
        let _ = writeln!(text, "{reservation}");
        return text;
    }
    text.push_str(&summary(catalogue, id, version, language, snapshot.today()));
    if let Some(line) = as_of.and_then(|day| status_then(catalogue, id, day, snapshot.today())) {
        let _ = writeln!(text, "\n{line}");
    }
    if let Some(chain) = version_chain(catalogue, id, snapshot.today()) {
        let _ = writeln!(text, "\nVersions: {chain}");
    }
    if let Some(sources) = sources(catalogue, id, version, language, snapshot.today()) {
        let _ = writeln!(text, "\n{sources}");
    }
    if let Some(reservation) = reservation {
        let _ = writeln!(text, "\n{reservation} They may know more of it.");
    }
    text
}

/// With a capital letter at the front.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A resolution as the text would write it: “Resolution 140 (Rev. Bucharest, 2022)”. `None` for a version that nobody
/// knows, whose place cannot be said.
pub(super) fn in_words(
    catalogue: &Catalogue,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
) -> Option<String> {
    let language = language.unwrap_or(Language::En);
    let Some(version) = version else { return Some(written(id, None, language)) };
    let versions = catalogue.versions(id);
    let index = versions.iter().position(|view| view.version == version)?;
    let view = versions.get(index)?;
    // Where it is not known which, a version behind another is a revision.
    let revised = match view.kind {
        VersionKind::Adopted => false,
        VersionKind::Revised => true,
        VersionKind::AdoptedOrRevised | VersionKind::Proposed => index > 0,
    };
    Some(written(id, Some(WrittenVersion { place: view.place, year: view.year, revised }), language))
}

/// What a resolution was on the day of the text that cites it, where it was something else than today.
fn status_then(catalogue: &Catalogue, id: &ResolutionId, day: Date, today: Date) -> Option<String> {
    let date = day.strftime("%-d %B %Y");
    let (then, now) = (catalogue.status(id, day), catalogue.status(id, today));
    match (&then, &now) {
        (Status::InForce { version: Some(then) }, now) => {
            let same = matches!(now, Status::InForce { version: Some(now) } if now.version == then.version);
            let was = if has_versions(id, then) { then.name() } else { "it".to_owned() };
            (!same).then(|| format!("On {date}, the day of this text, {was} was in force"))
        }
        (Status::InForce { version: None }, Status::Abrogated { .. }) => {
            Some(format!("On {date}, the day of this text, it was in force"))
        }
        (Status::NotAdoptedYet { .. }, Status::NotAdoptedYet { .. }) => None,
        (Status::NotAdoptedYet { from }, _) => {
            Some(format!("On {date}, the day of this text, it was not adopted yet: that was not before {from}"))
        }
        _ => None,
    }
}

/// Whether a body revises its resolutions, so that a year names a version; otherwise the year is that of adoption.
fn has_versions(id: &ResolutionId, view: &VersionView<'_>) -> bool {
    let version = WrittenVersion { place: view.place, year: view.year, revised: false };
    written_version(id, version, Language::En).is_some()
}

/// How many sources a hover names.
const SOURCES: usize = 3;

/// Who says so: the sources of the title and the status that are shown, each with how sure it is.
fn sources(
    catalogue: &Catalogue,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
    today: Date,
) -> Option<String> {
    let mut facts: Vec<(&str, Certainty, Layer)> = Vec::new();
    let status = catalogue.status(id, today);
    match &status {
        Status::InForce { version: Some(view) } => facts.push((view.source, view.certainty, view.layer)),
        Status::Abrogated { abrogation, .. } => {
            facts.push((abrogation.source, abrogation.certainty, abrogation.layer));
        }
        Status::NewerInSeries { link, .. } | Status::DraftAdopted { link } => {
            facts.push((link.source, link.certainty, link.layer));
        }
        _ => {}
    }
    let views = catalogue.versions(id);
    let cited = version.and_then(|version| views.iter().find(|view| view.version == version));
    facts.extend(cited.map(|view| (view.source, view.certainty, view.layer)));
    let title = catalogue.title(id, version.map(String::as_str), language.unwrap_or(Language::En));
    facts.extend(title.map(|title| (title.source, title.certainty, title.layer)));
    if facts.is_empty() {
        let all = catalogue.get(id)?;
        let only = all.sources().first().copied()?.to_owned();
        return Some(format!("Source: {}", source_words(&only, Layer::Bundled)));
    }
    // Each source once, as sure as the least sure of what it says here.
    let least =
        |source: &str| facts.iter().filter(|(own, ..)| *own == source).map(|(_, certainty, _)| *certainty).min();
    let mut facts: Vec<_> =
        facts.iter().map(|(source, certainty, layer)| (*source, least(source).unwrap_or(*certainty), *layer)).collect();
    let mut seen = std::collections::HashSet::new();
    facts.retain(|(source, ..)| seen.insert(*source));
    let words = facts.iter().take(SOURCES).map(|(source, certainty, layer)| {
        let note = match certainty {
            Certainty::Proven => "",
            Certainty::Inferred => " – inferred, not stated there in so many words",
            Certainty::Unproven => " – not checked against the text",
        };
        format!("{}{note}", source_words(source, *layer))
    });
    let words: Vec<String> = words.collect();
    Some(format!("{}: {}", if words.len() > 1 { "Sources" } else { "Source" }, words.join("; ")))
}

/// A source as a reader is shown it: of an address its host, as a link.
fn source_words(source: &str, layer: Layer) -> String {
    if layer == Layer::Resolution {
        let file = source.rsplit(['/', '\\']).next().unwrap_or(source);
        return format!("`{file}` in this workspace");
    }
    let address = source.split([' ', '#']).next().unwrap_or(source);
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    match host.and_then(|rest| rest.split('/').next()).filter(|_| !address.contains(['(', ')', '<', '>'])) {
        Some(host) => {
            let more = source.get(address.len()..).unwrap_or_default();
            format!("[{host}]({address}){}", escaped(&shortened(more)))
        }
        None => escaped(&shortened(source)),
    }
}

fn base_body(body: &str) -> &str {
    let kinds = [" Decision", " Opinion", " Recommendation"];
    kinds.iter().find_map(|kind| body.strip_suffix(kind)).unwrap_or(body)
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
        Status::InForce { version: Some(adopted) } if !has_versions(id, &adopted) => {
            let note = certainty_note(adopted.certainty);
            let _ = match adopted.day_is_given {
                true => writeln!(lines, "Adopted on {}{note}", adopted.date.strftime("%-d %B %Y")),
                false => writeln!(lines, "Adopted in {}{note}", adopted.year),
            };
        }
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
