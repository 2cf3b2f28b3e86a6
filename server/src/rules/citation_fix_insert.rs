//! Edits that put into a citation what it lacks: its version, its body's name.

use super::Input;
use super::citation_common::{Judge, Judged, base, to_write};
use super::citation_fix::{Writer, language_of, names_instrument};
use jiff::civil::Date;

use crate::catalogue::{Certainty, VersionKind, VersionView};
use crate::citation::{Citation, ResolutionId, WrittenVersion, body, body_name, data, written, written_version};
use crate::syntax::{Language, TextEdit, TextRange, TextSize};

/// A version to be added, as the text's language writes it, and the edits that do so.
pub(super) struct Added {
    /// “(Rev. Bucharest, 2022)”
    pub words: String,
    pub edits: Vec<TextEdit>,
}

/// Adds to a citation without a version the one that was in force on a day, together with all that are listed with it:
/// `Resolutions 101 and 102` names one version for both, or each its own. `None` where it is not known, or where the
/// words leave no place for it.
pub(super) fn version(cited: &Judged<'_>, as_of: Date) -> Option<Added> {
    let (judge, input) = (cited.judge, cited.judge.input);
    let language = language_of(input, cited.citation)?;
    let list = list(judge, cited.index);
    let mut words = Vec::new();
    for index in list.clone() {
        let member = judge.at(index).filter(|member| member.citation.version.is_none())?;
        let version = in_force(&member, as_of)?;
        words.push(written_version(member.id, version, language)?);
    }
    let own = words.get(cited.index.checked_sub(list.start)?)?.clone();
    if words.windows(2).all(|pair| pair[0] == pair[1]) {
        // What stands behind the last is of all of them.
        let last = words.len().checked_sub(1)?;
        words[..last].fill(String::new());
    } else if language == Language::Zh {
        return None;
    }
    let writer = Writer::new(input, cited.citation.paragraph)?;
    let mut edits = Vec::new();
    for (index, words) in list.zip(words).filter(|(_, words)| !words.is_empty()) {
        let citation = input.facts.citations.get(index)?;
        let (at, space) = match language {
            Language::Zh => (citation.range.end(), ""),
            _ => (citation.number_range.end(), " "),
        };
        if language == Language::Zh && !ends_with_instrument(&citation.text) {
            return None;
        }
        edits.push(writer.replace(TextRange::empty(at), &format!("{space}{words}"))?);
    }
    Some(Added { words: own, edits })
}

/// The version of a resolution that was in force on a day, to be written; `None` where that is not certain.
fn in_force<'a>(cited: &Judged<'a>, as_of: Date) -> Option<WrittenVersion<'a>> {
    let catalogue = cited.judge.input.catalogue;
    let version = catalogue.version_in_force(cited.id, as_of).filter(is_proven)?;
    // Whether it was the first is not known of some; then an earlier one tells.
    let first = || catalogue.versions(cited.id).first().is_some_and(|first| first.version == version.version);
    if version.kind == VersionKind::AdoptedOrRevised && first() {
        return None;
    }
    // The Council meets in one place, and is cited by the year alone.
    let yearly = body(base(cited.id)).is_some_and(|facts| facts.session_letter.is_some());
    Some(WrittenVersion { place: version.place.filter(|_| !yearly), ..to_write(&version) })
}

/// Whether a version may be written into a text.
pub(super) fn is_proven(version: &VersionView<'_>) -> bool {
    version.certainty > Certainty::Unproven
}

fn ends_with_instrument(words: &str) -> bool {
    let names = data().keywords.instruments.values().filter_map(|names| names.get(&Language::Zh)).flatten();
    names.into_iter().any(|name| words.ends_with(name.as_str()))
}

/// The citations that are written as one list with the one at `index`: `Resolutions 101, 102 and 133`.
pub(super) fn list(judge: &Judge<'_>, index: usize) -> std::ops::Range<usize> {
    let all = &judge.input.facts.citations;
    let joined = |one: usize, next: usize| match (all.get(one), all.get(next)) {
        (Some(one), Some(next)) => is_joined(judge.input, one, next),
        _ => false,
    };
    let (mut start, mut end) = (index, index + 1);
    while start > 0 && joined(start - 1, start) {
        start -= 1;
    }
    while joined(end - 1, end) {
        end += 1;
    }
    start..end
}

/// Whether nothing but a comma or “and” stands between two citations, and one word for “resolution” is of both.
fn is_joined(input: &Input<'_>, one: &Citation, next: &Citation) -> bool {
    if (one.paragraph, one.side) != (next.paragraph, next.side) || one.range.end() > next.range.start() {
        return false;
    }
    let between = TextRange::new(one.range.end(), next.range.start());
    let words = input.text.get(std::ops::Range::<usize>::from(between)).unwrap_or_default().trim();
    let words = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | '،'));
    let joiner = || data().keywords.joiners.values().flatten().any(|joiner| joiner.as_str() == words);
    let named = |citation: &Citation| Language::ALL.iter().any(|own| names_instrument(&citation.text, *own));
    between.len() <= TextSize::new(32) && (words.is_empty() || joiner()) && !(named(one) && named(next))
}

/// Names the body of a citation that leaves it open: “Human Rights Council resolution 33/10”, “Resolution 69 (Rev.
/// Dubai, 2012) of the World Telecommunication Standardization Assembly”. `None` for one of a list, and where the
/// language wants more than the name.
pub(super) fn named(input: &Input<'_>, index: usize, id: &ResolutionId) -> Option<Vec<TextEdit>> {
    let citation = input.facts.citations.get(index)?;
    let judge = Judge::new(input);
    if list(&judge, index).len() != 1 {
        return None;
    }
    let language = language_of(input, citation).filter(|language| names_instrument(&citation.text, *language))?;
    let writer = Writer::new(input, citation.paragraph)?;
    let (before, behind) = around(id, language)?;
    let mut edits = Vec::new();
    if !before.is_empty() {
        edits.push(writer.replace(TextRange::empty(citation.range.start()), &before)?);
    }
    if !behind.is_empty() {
        let version = citation.cited_version.as_ref().map(|version| version.range.end());
        let at = version.unwrap_or(citation.number_range.end()).max(citation.number_range.end());
        edits.push(writer.replace(TextRange::empty(at), &behind)?);
    }
    (!edits.is_empty()).then_some(edits)
}

/// What a language writes before and behind “resolution 33/10” to say whose it is.
fn around(id: &ResolutionId, language: Language) -> Option<(String, String)> {
    let own = written(id, None, language);
    let none = ResolutionId::new(id.body.replacen(base(id), "", 1), id.number.as_str());
    let bare = written(&none, None, language);
    // Where the house names the body in its citations, that is the way.
    if own.to_lowercase() != bare.to_lowercase() {
        let at = own.to_lowercase().find(&bare.to_lowercase())?;
        return Some((own.get(..at)?.to_owned(), own.get(at + bare.len()..)?.to_owned()));
    }
    let name = body_name(base(id), language)?;
    match language {
        Language::En => {
            let name = name.split(" of the International Telecommunication").next().unwrap_or(name);
            Some((String::new(), format!(" of the {name}")))
        }
        Language::Zh => Some((name.strip_prefix("国际电信联盟").unwrap_or(name).to_owned(), String::new())),
        // Conferences and assemblies, as all are that a number may be of without their name.
        Language::Fr if name.starts_with(['A', 'C']) => {
            let name = name.split(" de l’Union internationale").next().unwrap_or(name);
            let of = if name.starts_with('A') { "de l’" } else { "de la " };
            Some((String::new(), format!(" {of}{name}")))
        }
        Language::Es if name.starts_with(['A', 'C']) => {
            let name = name.split(" de la Unión Internacional").next().unwrap_or(name);
            Some((String::new(), format!(" de la {name}")))
        }
        // The name would have to be declined, or the noun to lose its article.
        _ => None,
    }
}
