//! Citations by number: `Resolution 14`, 第14, “resolution 70/”, `A/RES/70/1`.

use std::collections::HashSet;
use std::ops::Range;

use super::candidates::{Candidate, acting, base, bodies, cited, current, kind_suffix, order, to_write};
use super::title;
use super::typed::Typed;
use super::{About, Completion, Item, ItemKind, MOST_ITEMS};
use crate::citation::{Beginning, Begun, ResolutionId, begun, body_name, data, written};
use crate::ide::page::capital;
use crate::syntax::{Language, fold};

/// How many resolutions are looked at for a list.
const MOST_CANDIDATES: usize = 3 * MOST_ITEMS;

pub(super) fn complete(typed: Typed<'_>) -> Option<Completion> {
    let begun = begun(&typed.before)?;
    let typed = &typed.in_language_of(&begun.languages);
    match &begun.what {
        Beginning::Title { .. } => title::complete(typed, &begun),
        Beginning::Number | Beginning::Symbol(..) => by_number(typed, &begun),
    }
}

fn by_number(typed: &Typed<'_>, begun: &Begun) -> Option<Completion> {
    let written = typed.before.get(begun.typed.clone())?;
    let prefix = match &begun.what {
        Beginning::Symbol(_, prefix) if !written.get(..*prefix)?.ends_with('/') => fold(written).to_uppercase(),
        Beginning::Symbol(_, prefix) => fold(written.get(*prefix..)?).to_uppercase(),
        _ => fold(written).to_uppercase(),
    };
    let digits = prefix.contains(|c: char| c.is_ascii_digit());
    let group = matches!(begun.what, Beginning::Number) && begun.in_group;
    if !begun.sure && !digits {
        return None;
    }
    // In Chinese 第2段 and 第3条 are as likely.
    let single = typed.language == Language::Zh && !begun.has_keyword && prefix.chars().count() < 2;
    if !begun.sure && single {
        return None;
    }
    let cited = cited(typed);
    let catalogue = typed.snapshot.catalogue();
    let mut ids: Vec<ResolutionId> = Vec::new();
    let mut seen = HashSet::new();
    let suffix = kind_suffix(begun.instrument);
    let all = bodies(typed, begun, digits);
    // What the text cites already is cited again more often than anything else.
    let again = cited.keys().filter(|id| {
        let fits = all.iter().any(|body| id.body.strip_prefix(body) == Some(suffix));
        fits && id.number.starts_with(&prefix)
    });
    let mut again: Vec<ResolutionId> = again.map(|id| (*id).clone()).collect();
    again.sort_by_key(|id| (std::cmp::Reverse(cited.get(id).copied()), order(id)));
    let exact = |ids: &[ResolutionId]| ids.iter().filter(|id| id.number == prefix).cloned().collect::<Vec<_>>();
    let mut listed = Vec::new();
    for body in &all {
        let known = catalogue.search(&format!("{body}{suffix}-{prefix}"), usize::MAX);
        let mut known: Vec<ResolutionId> = known.into_iter().filter(|id| id.number.starts_with(&prefix)).collect();
        known.sort_by_cached_key(order);
        listed.extend(known);
        if listed.len() >= MOST_CANDIDATES {
            break;
        }
    }
    let first = if digits { exact(&listed) } else { Vec::new() };
    ids.extend(first.into_iter().chain(again).chain(listed).filter(|id| seen.insert(id.clone())));
    ids.truncate(MOST_CANDIDATES);

    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    let mut older = Vec::new();
    for id in &ids {
        let Some(candidate) = current(typed, id) else { continue };
        if digits && id.number == prefix {
            // With its number in full, the versions before the one in force are within reach.
            let now = candidate.version.as_ref().map(|view| view.version.clone());
            let versions = catalogue.versions(id).into_iter().rev();
            let before = versions.filter(|view| now.as_ref().is_some_and(|now| view.version < now));
            older.extend(before.map(|view| Candidate { id: id.clone(), version: Some(view), outdated: true }));
        }
        candidates.push(candidate);
    }
    candidates.extend(older);
    // Stable: what is in force first, each part in the order of likelihood.
    candidates.sort_by_key(|candidate| candidate.outdated);
    let items = candidates.iter().filter_map(|candidate| item(typed, begun, candidate));
    let items: Vec<Item> = dedup(items.take(MOST_ITEMS).collect());
    // A number typed whole is no question any more, unless its version can be added.
    let only_itself = items.iter().all(|item| item.text == written) && digits && !group;
    // With its last digit a number brings its older versions as well, so every key is a new question.
    (!only_itself).then_some(Completion { items, incomplete: true })
}

/// What puts the same words in the same place is offered once.
pub(super) fn dedup(mut items: Vec<Item>) -> Vec<Item> {
    let mut seen = HashSet::new();
    items.retain(|item| seen.insert((item.label.clone(), item.text.clone())));
    items
}

/// The number as a text of that language has it.
fn number_in(id: &ResolutionId, language: Language) -> String {
    match language {
        Language::Zh => id.number.replace(" (", "（").replace('(', "（").replace(')', "）"),
        _ => id.number.clone(),
    }
}

/// The parts of a citation in full.
pub(super) struct Parts {
    /// “General Assembly resolution ”
    pub head: String,
    pub number: String,
    /// “ de l’Assemblée générale”, 号决议
    pub tail: String,
    /// “ (Rev. Bucharest, 2022)”
    pub version: String,
}

pub(super) fn parts(typed: &Typed<'_>, candidate: &Candidate<'_>) -> Option<Parts> {
    let id = &candidate.id;
    let full = written(id, None, typed.language);
    let version = candidate.version.as_ref().map(|view| to_write(typed.snapshot, id, view));
    let with_version = written(id, version, typed.language);
    let version = with_version.strip_prefix(full.as_str())?.to_owned();
    let number = number_in(id, typed.language);
    let at = full.rfind(&number)?;
    let (head, rest) = full.split_at(at);
    let tail = rest.get(number.len()..)?.to_owned();
    Some(Parts { head: head.to_owned(), number, tail, version })
}

/// The label, title and body of a candidate, to be put at `range`.
pub(super) fn shown(typed: &Typed<'_>, candidate: &Candidate<'_>, parts: &Parts) -> Item {
    let Parts { head, number, tail, version } = parts;
    let id = &candidate.id;
    let catalogue = typed.snapshot.catalogue();
    let own = candidate.version.as_ref().map(|view| view.version.as_str());
    let title = catalogue.title(id, own, typed.language).map(|title| match title.language {
        // Of another language than the text: better than none, but the drafter is told.
        other if other != typed.language && other != Language::En => format!("({}) {}", other.code(), title.text),
        _ => title.text.to_owned(),
    });
    let title = title.unwrap_or_default();
    let body = body_name(base(&id.body), typed.language).unwrap_or(base(&id.body));
    let label = capital(&format!("{head}{number}{tail}{version}"));
    let detail = if title.is_empty() { body.to_owned() } else { format!("{title} · {body}") };
    Item {
        label,
        description: title,
        detail,
        kind: ItemKind::Citation,
        range: Default::default(),
        text: String::new(),
        filter: String::new(),
        outdated: candidate.outdated,
        sample: None,
        about: Some(About {
            id: id.clone(),
            version: candidate.version.as_ref().map(|view| view.version.clone()),
            language: typed.language,
        }),
    }
}

fn item(typed: &Typed<'_>, begun: &Begun, candidate: &Candidate<'_>) -> Option<Item> {
    let parts = parts(typed, candidate)?;
    let mut item = shown(typed, candidate, &parts);
    let Parts { number, tail, version, .. } = &parts;
    let before = |range: Range<usize>| typed.before.get(range).unwrap_or_default();
    let written = before(begun.typed.clone());
    if let Beginning::Symbol(_, prefix) = begun.what {
        let prefix = written.get(..prefix)?;
        let prefix = if prefix.ends_with('/') { prefix } else { "" };
        item.text = format!("{prefix}{}", candidate.id.number);
        item.label = item.text.clone();
        item.filter = item.text.clone();
        item.range = typed.range(begun.typed.start, rest_of_number(typed.behind))?;
        return Some(item);
    }
    let behind = Behind::read(typed, candidate);
    let chinese = typed.language == Language::Zh;
    let known = body_is_known(typed, begun, &candidate.id);
    let body_words = if known { None } else { body_words(&parts, begun, typed) };
    let version = if behind.keeps_version { "" } else { version.as_str() };
    let keeps_tail = (chinese && !begun.has_keyword) || body_words.is_some() || (!known && !chinese);
    let tail = if keeps_tail { tail.as_str() } else { "" };
    let end = behind.len;
    match body_words {
        Some(head) if typed.source(begun.start).is_some() => {
            item.range = typed.range(begun.start, end)?;
            item.text = format!("{head}{number}{tail}{version}");
            item.filter = format!("{}{number}", before(begun.start..begun.typed.start));
        }
        _ => {
            item.range = typed.range(begun.typed.start, end)?;
            item.text = format!("{number}{tail}{version}");
            item.filter = number.clone();
        }
    }
    if chinese && !item.filter.starts_with(written) {
        // Full-width and half-width digits and brackets are the same.
        item.filter = format!("{}{}", before(begun.start..begun.typed.start), candidate.id.number);
    }
    Some(item)
}

/// Whether the text says whose resolution it is, without the name of the body in the citation.
pub(super) fn body_is_known(typed: &Typed<'_>, begun: &Begun, id: &ResolutionId) -> bool {
    let base = base(&id.body);
    let acts = acting(typed).map(String::as_str) == Some(base);
    begun.own || begun.in_group || acts || begun.named.iter().any(|named| named == base)
}

/// What stands before the number with the name of the body, where the body is to be named before it: the drafter's own
/// word for the instrument, with what the full form has around it. `None` where nothing is to be added.
fn body_words(parts: &Parts, begun: &Begun, typed: &Typed<'_>) -> Option<String> {
    if !begun.has_keyword {
        // 第, or 理事会第
        let typed_head = typed.before.get(begun.start..begun.typed.start)?;
        return (parts.head != typed_head && parts.head.ends_with(typed_head)).then(|| parts.head.clone());
    }
    let keyword = typed.before.get(begun.start..begun.between.start)?;
    let folded = fold(&parts.head);
    let words = data().keywords.instruments.values().flat_map(|words| words.values().flatten());
    let (at, word) = words
        .filter_map(|word| {
            let word = fold(word);
            Some((folded.find(&word)?, word))
        })
        .max_by_key(|(_, word)| word.len())?;
    // Folding keeps what stands before the word at its length, but for letters with marks; the original has the same
    // count of characters.
    let chars = folded.get(..at)?.chars().count();
    let word_chars = word.chars().count();
    let before: String = parts.head.chars().take(chars).collect();
    let behind: String = parts.head.chars().skip(chars + word_chars).collect();
    let article = before == "ال";
    if (before.is_empty() || article) && behind.trim().is_empty() {
        return None;
    }
    if typed.language == Language::Ar {
        // “the resolution” and “resolution of the Assembly” differ: the article goes.
        return Some(parts.head.clone());
    }
    Some(format!("{before}{keyword}{behind}"))
}

/// What follows the cursor and belongs to the citation that is being typed over.
struct Behind {
    /// Its length in bytes.
    len: usize,
    /// Whether a version stays that cannot be replaced.
    keeps_version: bool,
}

impl Behind {
    fn read(typed: &Typed<'_>, candidate: &Candidate<'_>) -> Behind {
        let behind = typed.behind;
        let mut len = rest_of_number(behind);
        let rest = |len: usize| behind.get(len..).unwrap_or_default();
        if typed.language == Language::Zh {
            for word in ["号", "决议", "决定", "建议", "意见"] {
                if rest(len).starts_with(word) {
                    len += word.len();
                }
            }
        }
        let gap = rest(len).len() - rest(len).trim_start_matches(' ').len();
        let parenthesis = rest(len + gap);
        let has_version = parenthesis.starts_with(['(', '（'])
            && parenthesis.find([')', '）']).is_some_and(|end| {
                let inside = &parenthesis[..end];
                fold(inside).as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
            });
        if !has_version || len == 0 && gap > 1 {
            return Behind { len, keeps_version: false };
        }
        let end =
            parenthesis.char_indices().find(|(_, c)| matches!(c, ')' | '）')).map_or(0, |(at, c)| at + c.len_utf8());
        match candidate.version {
            Some(_) => Behind { len: len + gap + end, keeps_version: false },
            None => Behind { len, keeps_version: true },
        }
    }
}

/// How many bytes behind the cursor belong to the number in which it stands.
fn rest_of_number(behind: &str) -> usize {
    let end = behind.find(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '-')).unwrap_or(behind.len());
    behind.get(..end).unwrap_or_default().trim_end_matches(['/', '-']).len()
}
