//! Versions inside the parenthesis: `Resolution 140 (Rev. `, 第140号决议（2022年，.

use std::collections::HashSet;

use super::candidates::{acting, base, bodies, kind_suffix, to_write};
use super::typed::Typed;
use super::{About, Completion, Item, ItemKind};
use crate::catalogue::{Status, VersionKind, sessions_of};
use crate::citation::{Beginning, ResolutionId, WrittenVersion, begun, data, written_version};
use crate::syntax::Language;
use crate::syntax::fold;

/// How many bytes a version may have.
const MOST_IN_PARENTHESIS: usize = 120;
/// How many sessions are offered.
const MOST_SESSIONS: usize = 12;

pub(super) fn complete(typed: &Typed<'_>) -> Option<Completion> {
    let before = typed.before.as_str();
    let open = before.rfind(['(', '（'])?;
    let inside = before.get(open..)?;
    if inside.contains([')', '）']) || inside.len() > MOST_IN_PARENTHESIS {
        return None;
    }
    let ids = cited(typed, before.get(..open)?)?;
    let today = typed.snapshot.today();
    let catalogue = typed.snapshot.catalogue();
    let closing = closing(typed.behind);
    let range = typed.range(open, closing)?;
    let language = language(typed, before.get(..open)?);
    let asked: Vec<String> = words(inside);
    let says_revised = says_revised(inside);
    let mut items: Vec<Item> = Vec::new();
    let mut seen = HashSet::new();
    let mut years: Vec<(ResolutionId, u16)> = Vec::new();
    let mut push = |id: &ResolutionId, version: WrittenVersion<'_>, detail: String, outdated: bool, known: bool| {
        let Some(text) = written_version(id, version, language) else { return };
        let own = words(&text);
        let fits = |asked: &String| own.iter().any(|word| word.starts_with(asked.as_str()));
        if !asked.iter().all(fits) || !seen.insert(text.clone()) {
            return;
        }
        items.push(Item {
            label: text.trim_matches(['(', ')', '（', '）']).to_owned(),
            description: detail.clone(),
            detail,
            kind: ItemKind::Version,
            range,
            text,
            filter: inside.to_owned(),
            outdated,
            sample: None,
            about: known.then(|| About { id: id.clone(), version: Some(version.year.to_string()), language }),
        });
    };
    for id in &ids {
        let abrogated = matches!(catalogue.status(id, today), Status::Abrogated { .. });
        let current = catalogue.version_in_force(id, today).map(|view| view.version.clone());
        let mut versions = catalogue.versions(id);
        versions.retain(|view| view.kind != VersionKind::Proposed);
        years.extend(versions.iter().map(|view| (id.clone(), view.year)));
        versions.sort_by_key(|view| (current.as_ref() != Some(view.version), std::cmp::Reverse(view.version.clone())));
        for view in versions {
            let in_force = current.as_ref() == Some(view.version);
            let detail = match (in_force, abrogated) {
                (true, _) => format!("{id}, in force"),
                (_, true) => format!("{id}, abrogated"),
                _ => format!("{id}, replaced since"),
            };
            push(id, to_write(typed.snapshot, id, &view), detail, !in_force, true);
        }
    }
    // The session that adopts this text, then those that were.
    let mut of: Vec<&str> = ids.iter().map(|id| id.body.as_str()).collect();
    of.extend(acting(typed).map(String::as_str).filter(|_| ids.is_empty()));
    of.dedup();
    let identity = typed.facts().identities.iter().find(|identity| identity.resolution == typed.resolution());
    for body in of {
        let id = ids.iter().find(|id| id.body == body).cloned().unwrap_or_else(|| ResolutionId::new(body, "1"));
        let own = identity.filter(|identity| identity.body.as_deref() == Some(base(body))).and_then(|identity| {
            let year = identity.version.as_deref()?.get(..4)?.parse().ok()?;
            Some((year, identity.place.as_deref()))
        });
        let sessions = sessions_of(body).iter().rev();
        let met = sessions.filter(|session| session.end.is_none_or(|end| end <= today));
        let met = met.take(MOST_SESSIONS).map(|session| (session.year, session.place.as_deref()));
        for (year, place) in own.into_iter().chain(met) {
            let mut known = years.iter().filter(|(known, _)| *known == id).map(|(_, year)| *year);
            if known.clone().any(|known| known == year) {
                continue;
            }
            let later = known.any(|known| known < year);
            let detail = format!("session of {}", base(body));
            let version = WrittenVersion { place, year, revised: says_revised || later };
            push(&id, version, detail, false, false);
        }
    }
    (!items.is_empty()).then_some(Completion { items, incomplete: true })
}

/// The language of the citation before the parenthesis.
fn language(typed: &Typed<'_>, before: &str) -> Language {
    let begun = begun(before.trim_end());
    let languages = begun.map(|begun| begun.languages).unwrap_or_default();
    match languages.first() {
        Some(first) if !languages.contains(&typed.language) => *first,
        _ => typed.language,
    }
}

/// What the words before the parenthesis cite: one resolution, or several where the text leaves the body open. `None`
/// where it cites none.
fn cited(typed: &Typed<'_>, before: &str) -> Option<Vec<ResolutionId>> {
    let trimmed = before.trim_end();
    if trimmed.len() + 1 < before.len() {
        return None;
    }
    let source = typed.source(trimmed.len())?;
    let near = |citation: &&crate::citation::Citation| {
        citation.paragraph == typed.index
            && citation.number_range.end() <= source
            && (citation.range.end() >= source || citation.number_range.end() == source)
            && citation.cited_version.as_ref().is_none_or(|version| version.range.start() >= source)
    };
    if let Some(citation) = typed.facts().citations.iter().rfind(near) {
        let open = citation.candidates.iter().map(|body| {
            ResolutionId::new(format!("{body}{}", kind_suffix(citation.instrument)), citation.number.clone())
        });
        let known = |id: &ResolutionId| typed.snapshot.catalogue().get(id).is_some();
        return Some(match &citation.id {
            Some(id) => vec![id.clone()],
            None => open.filter(known).collect(),
        });
    }
    // What is no citation without its version: “Decision 5”.
    let mut lead = trimmed;
    for words in data().keywords.instruments.values() {
        let chinese = words.get(&Language::Zh).into_iter().flatten();
        lead = chinese.fold(lead, |lead, word| lead.strip_suffix(word.as_str()).unwrap_or(lead));
    }
    let lead = lead.strip_suffix('号').unwrap_or(lead);
    let begun = begun(lead).filter(|begun| begun.what == Beginning::Number)?;
    let number = fold(lead.get(begun.typed.clone())?).to_uppercase();
    if number.is_empty() || number.contains('/') || !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let suffix = kind_suffix(begun.instrument);
    let all = bodies(typed, &begun, true).into_iter();
    let ids = all.map(|body| ResolutionId::new(format!("{body}{suffix}"), number.clone()));
    Some(ids.filter(|id| typed.snapshot.catalogue().get(id).is_some()).take(3).collect())
}

/// The folded words of what is typed in the parenthesis.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.trim_end_matches('年').to_owned()).filter(|word| !word.is_empty()).collect()
}

/// Whether “Rev.” or 修订版 is typed, or begun.
fn says_revised(inside: &str) -> bool {
    let folded = fold(inside);
    data().keywords.revised.values().flatten().any(|word| {
        let word = fold(word);
        word.chars().count() > 2 && folded.contains(word.trim_end_matches('.'))
    })
}

/// How many bytes behind the cursor are the rest of the parenthesis, its bracket included.
fn closing(behind: &str) -> usize {
    let end = behind.char_indices().find(|(_, c)| matches!(c, ')' | '）' | '(' | '（' | ';' | '；'));
    match end {
        Some((at, c)) if matches!(c, ')' | '）') && at <= MOST_IN_PARENTHESIS => at + c.len_utf8(),
        _ => 0,
    }
}
