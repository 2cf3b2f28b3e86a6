//! `citation/ambiguous`: the words leave open which body's resolution is meant.

use jiff::civil::Date;

use super::citation_common::{Judge, base, body_in_words, name, sentence, with_resolution};
use super::citation_fix::pin_to;
use super::citation_fix_insert::named;
use super::citation_quotes::Quotes;
use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::catalogue::{Existence, VersionKind, adoption_window, sessions_of};
use crate::citation::{Citation, CitedDate, Instrument, ResolutionId, Wording, body, data};
use crate::syntax::Side;

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/ambiguous",
    page: include_str!("../../../docs/rules/citation-ambiguous.md"),
    severity: Severity::Information,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    let mut quotes = Quotes::default();
    for (index, citation) in input.facts.citations.iter().enumerate() {
        if !is_open(citation)
            || of_another_house(input, citation)
            || quotes.hold(input, citation.paragraph, citation.range)
        {
            continue;
        }
        let written = judge.written(citation).1.unwrap_or(input.today);
        let candidates = candidates(input, citation, written);
        if (2..=MOST).contains(&candidates.len()) {
            out.push(finding(input, index, citation, &candidates));
        }
    }
}

/// Of more than these, none is likelier than any other, and most likely it is none of them.
const MOST: usize = 4;

/// Whether the words of a citation leave its body open.
fn is_open(citation: &Citation) -> bool {
    citation.side == Side::Amended
        && citation.id.is_none()
        && citation.flattened.is_none()
        && !citation.pinned
        && citation.wording == Wording::Full
        && citation.instrument != Instrument::Draft
        && (citation.named.is_empty() || citation.named.iter().any(|body| citation.candidates.contains(body)))
}

/// Whether a citation may well be of a body that is not known: the text is of another house than those that number so,
/// or the words beside the number name somebody.
fn of_another_house(input: &Input<'_>, citation: &Citation) -> bool {
    let Some(paragraph) = input.facts.document.paragraphs.get(citation.paragraph.index()) else { return true };
    let profile = input.profile(paragraph.resolution).map(|profile| profile.id.as_str());
    // A running number says nothing: every committee has its resolution 12.
    let plain = citation.number.bytes().all(|b| b.is_ascii_digit());
    let placed = citation.cited_version.as_ref().is_some_and(|version| version.place.is_some());
    if plain && !placed && profile != Some("itu") {
        return true;
    }
    let view = &paragraph.views[citation.side];
    let place = |offset| view.to_view(offset).map(usize::from);
    let (Some(start), Some(end)) = (place(citation.range.start()), place(citation.range.end())) else { return true };
    let (before, behind) = (view.text.get(..start), view.text.get(end..));
    named_before(before.unwrap_or_default()) || named_behind(behind.unwrap_or_default())
}

/// Whether words end with what may be a name: “the African Commission”, 专门委员会.
fn named_before(words: &str) -> bool {
    let words = words.trim_end();
    if let Some(last) = words.chars().next_back().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) {
        return matches!(last, '会' | '院' | '织' | '盟' | '署' | '局' | '团' | '社' | '厅');
    }
    let mut all = words.split_whitespace().rev();
    // The first word of a sentence has a capital letter in any case.
    let (last, first) = (all.next().unwrap_or_default(), all.next().is_none());
    !first && last.starts_with(char::is_uppercase)
}

/// Whether words begin with what may be a name: “of the African Commission”, “, adopted by the Committee”.
fn named_behind(words: &str) -> bool {
    let words = words.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    let connectives = || data().keywords.connectives.values().flatten().map(String::as_str);
    let mut rest = words.split_whitespace().peekable();
    let mut connected = false;
    for _ in 0..4 {
        let Some(word) = rest.peek() else { return false };
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if connectives().any(|connective| connective == word.to_lowercase()) {
            connected = true;
            rest.next();
        } else {
            // Arabic has no capital letters.
            let arabic = word.chars().any(|c| matches!(c, '\u{600}'..='\u{6ff}'));
            return connected && (word.starts_with(char::is_uppercase) || arabic);
        }
    }
    false
}

/// What may be meant: of the bodies that number so, those that are not known to have had no such resolution by then.
fn candidates(input: &Input<'_>, citation: &Citation, written: Date) -> Vec<ResolutionId> {
    let kind = match citation.instrument {
        Instrument::Resolution | Instrument::Draft => "",
        Instrument::Decision => " Decision",
        Instrument::Opinion => " Opinion",
        Instrument::Recommendation => " Recommendation",
    };
    let year = citation.cited_version.as_ref().map(|version| version.year);
    let bodies = citation.candidates.iter().filter(|body| citation.named.is_empty() || citation.named.contains(body));
    let ids = bodies.map(|body| ResolutionId::new(format!("{body}{kind}"), citation.number.as_str()));
    let ids = ids.filter(|id| {
        let existence = input.catalogue.existence(id, year, written);
        matches!(existence, Existence::Listed | Existence::Open)
            && counts_so_high(id)
            && fits_day(id, citation)
            && was_there(id, citation, written)
            && year.is_none_or(|year| had_version(input, id, year))
    });
    ids.collect()
}

/// Whether a body adopts as many resolutions in a session as the number says.
fn counts_so_high(id: &ResolutionId) -> bool {
    let most = body(base(id)).and_then(|facts| facts.most_in_session);
    let number = id.number.split('/').nth(1).and_then(|number| number.split(' ').next()?.parse::<u32>().ok());
    most.zip(number).is_none_or(|(most, number)| number <= most)
}

/// Whether the body had begun to meet on the day beside the number, or when the text was written.
fn was_there(id: &ResolutionId, citation: &Citation, written: Date) -> bool {
    let first = sessions_of(&id.body).iter().map(|session| i32::from(session.year)).min();
    let year = citation.date.map_or(written.year(), |CitedDate { date, .. }| date.year());
    first.is_none_or(|first| first <= i32::from(year))
}

/// Whether the day beside the number may be one of the session that the number names.
fn fits_day(id: &ResolutionId, citation: &Citation) -> bool {
    let Some((CitedDate { date, .. }, window)) = citation.date.zip(adoption_window(id)) else { return true };
    // A session may be resumed, but not in another year.
    (window.earliest.year()..=window.latest.year()).contains(&date.year())
}

/// Whether a resolution may have had a version of a year, as far as is known.
fn had_version(input: &Input<'_>, id: &ResolutionId, year: u16) -> bool {
    let Some(entry) = input.catalogue.get(id).filter(|entry| entry.versions_complete()) else { return true };
    let mut versions = entry.versions().into_iter().filter(|view| view.kind != VersionKind::Proposed);
    versions.any(|view| view.year == year)
}

fn finding(input: &Input<'_>, index: usize, citation: &Citation, candidates: &[ResolutionId]) -> Finding {
    let names: Vec<String> = candidates.iter().map(|id| body_in_words(base(id))).collect();
    let message = format!("This may be a text of {}. Say whose it is, or pin the citation.", list(&names));
    let mut finding = Finding::new(RULE.id, RULE.severity, citation.range, message);
    for (id, organ) in candidates.iter().zip(&names) {
        if input.catalogue.get(id).is_some() {
            finding = with_resolution(finding, id, None, format!("{} of {organ}", name(id)));
        }
        if let Some(edits) = named(input, index, id) {
            finding = finding.fix(sentence(&format!("name {organ}")), Remedy::Edits(edits));
        }
    }
    for id in candidates {
        if let Some(edits) = pin_to(input, citation.paragraph, citation.range, &id.to_string()) {
            finding = finding.fix(format!("Pin this citation to {id}"), Remedy::Edits(edits));
        }
    }
    finding
}

/// “a, b or c”
fn list(names: &[String]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        names => names.join(""),
    }
}
