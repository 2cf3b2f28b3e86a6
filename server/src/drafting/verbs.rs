//! Opening verbs: the one that a text begins with, the one that a slip was meant to be, and the form in which a verb
//! opens a clause once more (“recalling also”, “further requests”).

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::part::{Form, Part};
use crate::reference::{LanguageVerbs, Stand, verbs};
use crate::syntax::{Folded, Language, fold};

/// No opening verb with its adverbs is longer, in characters.
const WINDOW: usize = 120;
/// No opening has more adverbs on one side of its verb.
const MOST_ADVERBS: usize = 4;
/// How many words a slip is offered.
const MOST_SUGGESTIONS: usize = 3;

/// The opening of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// In bytes of the text, adverbs included.
    pub range: Range<usize>,
    /// The part in which the verb has this form.
    pub form: Form,
}

/// A word that is close to an opening verb and none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// In bytes of the text.
    pub range: Range<usize>,
    /// What it may have been meant to be, the likeliest first, in the case in which it is written.
    pub suggestions: Vec<String>,
}

/// How often an opening says that its verb stands there once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Again {
    /// “recalling”
    #[default]
    Plain,
    /// “recalling also”
    Also,
    /// “recalling further”
    Further,
}

struct Verb {
    /// Folded.
    key: String,
    written: &'static str,
    form: Form,
}

struct Lexicon {
    data: &'static LanguageVerbs,
    /// By first character, the longest first.
    verbs: HashMap<char, Vec<Verb>>,
    /// Folded, the longest first.
    adverbs: Vec<String>,
    endings: Vec<String>,
    others: Vec<String>,
    also: Vec<String>,
    further: Vec<String>,
    particles: Vec<String>,
}

#[derive(Deserialize)]
struct Layout {
    adverbs: BTreeMap<Language, Vec<String>>,
}

static LEXICA: LazyLock<BTreeMap<Language, Lexicon>> = LazyLock::new(|| {
    let layout: Layout = serde_json::from_str(include_str!("../../data/layout.json"))
        .expect("a test of the import reads the bundled layout.json");
    let lexicon = |(language, data): (&Language, &'static LanguageVerbs)| {
        let adverbs = layout.adverbs.get(language).map(Vec::as_slice).unwrap_or_default();
        (*language, Lexicon::new(data, adverbs))
    };
    verbs().languages.iter().map(lexicon).collect()
});

impl Lexicon {
    fn new(data: &'static LanguageVerbs, adverbs: &[String]) -> Lexicon {
        let folded = |words: &[String]| {
            let mut words: Vec<String> = words.iter().map(|word| fold(word)).collect();
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            words
        };
        let adverbs = folded(adverbs);
        let mut verbs: HashMap<char, Vec<Verb>> = HashMap::new();
        let both = [(&data.preamble, Form::Preamble), (&data.operative, Form::Operative)];
        for (written, form) in both.into_iter().flat_map(|(list, form)| list.iter().map(move |verb| (verb, form))) {
            let key = fold(written);
            // “وإذ” alone opens any Arabic preamble and is no verb.
            let no_verb = key == "واذ" || adverbs.contains(&key);
            let Some(first) = key.chars().next().filter(|_| !no_verb) else { continue };
            let list = verbs.entry(first).or_default();
            match list.iter_mut().find(|verb| verb.written == written) {
                Some(verb) => verb.form = Form::Either,
                None => list.push(Verb { key, written, form }),
            }
        }
        for list in verbs.values_mut() {
            list.sort_by_key(|verb| std::cmp::Reverse(verb.key.len()));
        }
        Lexicon {
            data,
            verbs,
            adverbs,
            endings: folded(&data.endings),
            others: folded(&data.others),
            also: folded(&data.repeats.also),
            further: folded(&data.repeats.further),
            particles: folded(&data.repeats.particles),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Verb> {
        self.verbs.values().flatten()
    }

    /// The longest verb that the folded `text` begins with.
    fn verb(&self, text: &str) -> Option<&Verb> {
        self.verbs.get(&text.chars().next()?)?.iter().find(|verb| begins(text, &verb.key))
    }

    /// The length of the adverb that the folded `text` begins with, and of the space behind it.
    fn adverb(&self, text: &str) -> Option<usize> {
        let len = self.adverbs.iter().find(|adverb| begins(text, adverb))?.len();
        Some(len + spaces(text.get(len..)?))
    }

    /// Where in the folded `text` the first word stands that is no adverb.
    fn behind_adverbs(&self, text: &str, mut at: usize) -> usize {
        for _ in 0..MOST_ADVERBS {
            match text.get(at..).and_then(|rest| self.adverb(rest)) {
                Some(len) => at += len,
                None => break,
            }
        }
        at
    }

    /// A word without the ending by which forms of one verb differ.
    fn stem<'a>(&self, word: &'a str) -> &'a str {
        let cut = self.endings.iter().find_map(|ending| {
            let stem = word.strip_suffix(ending.as_str())?;
            (stem.chars().count() >= 3).then_some(stem)
        });
        cut.unwrap_or(word)
    }
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}

/// Whether the folded `text` begins with whole words; in Chinese any character may follow.
fn begins(text: &str, words: &str) -> bool {
    let Some(rest) = text.strip_prefix(words) else { return false };
    words.ends_with(is_han) || words.ends_with('\'') || !rest.starts_with(char::is_alphanumeric)
}

fn is_han(c: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&c)
}

/// The beginning of a text, folded, and where its first word stands there.
fn beginning(text: &str) -> (Folded, usize) {
    let end = text.char_indices().nth(WINDOW).map_or(text.len(), |(at, _)| at);
    let folded = Folded::new(text.get(..end).unwrap_or(text));
    let lead = |c: char| c.is_whitespace() || matches!(c, '[' | '"' | '“' | '«' | '‘');
    let mut at = folded.text.len() - folded.text.trim_start_matches(lead).len();
    // “وإذ”: “and” is written together with the word behind it.
    if folded.text.get(at..).is_some_and(|text| text.starts_with("واذ ")) {
        at += 'و'.len_utf8();
    }
    (folded, at)
}

/// The opening of `text` in a language, if the verb is known.
pub fn opening(text: &str, language: Language) -> Option<Opening> {
    let lexicon = LEXICA.get(&language)?;
    let (folded, start) = beginning(text);
    let (verb, at) = find(lexicon, &folded.text, start)?;
    let mut end = at + verb.key.len();
    for _ in 0..MOST_ADVERBS {
        let Some(rest) = folded.text.get(end..) else { break };
        let gap = spaces(rest);
        match rest.get(gap..).and_then(|rest| lexicon.adverbs.iter().find(|adverb| begins(rest, adverb))) {
            Some(adverb) if gap > 0 => end += gap + adverb.len(),
            _ => break,
        }
    }
    Some(Opening { range: folded.origin(start)..folded.origin(end), form: verb.form })
}

/// The verb that the folded `text` has at `start`, adverbs before it or not, and where it stands.
fn find<'a>(lexicon: &'a Lexicon, text: &str, start: usize) -> Option<(&'a Verb, usize)> {
    let mut at = start;
    for _ in 0..=MOST_ADVERBS {
        let rest = text.get(at..)?;
        // The verb and its adverb may be listed as one: “strongly condemns”, “вновь подтверждая”.
        if let Some(verb) = lexicon.verb(rest) {
            return Some((verb, at));
        }
        at += lexicon.adverb(rest)?;
    }
    None
}

/// What `text` was meant to begin with, where it begins with a word that is close to an opening verb of the language and
/// is none of any language. A form of a known verb is no slip.
pub fn slip(text: &str, language: Language) -> Option<Slip> {
    let lexicon = LEXICA.get(&language)?;
    if opening(text, language).is_some() {
        return unaccented(text, lexicon);
    }
    if Language::ALL.into_iter().any(|other| opening(text, other).is_some()) {
        return None;
    }
    let (folded, start) = beginning(text);
    if language == Language::Zh {
        return mistyped(text, &folded, start, lexicon);
    }
    let at = lexicon.behind_adverbs(&folded.text, start);
    if let Some(slip) = mistyped_adverb(text, &folded, at, lexicon) {
        return Some(slip);
    }
    let rest = folded.text.get(at..)?;
    // An Arabic preamble opens with “إذ” and the verb; the verb is what is judged.
    let (at, rest, prefix) = match rest.strip_prefix("اذ ") {
        Some(rest) => (at + "اذ ".len(), rest, "اذ "),
        None => (at, rest, ""),
    };
    let words: Vec<Range<usize>> = words(rest).take(4).collect();
    let first = rest.get(words.first()?.clone())?;
    if lexicon.others.iter().any(|other| other == first) {
        return None;
    }
    let mut best: Vec<(usize, &Verb, usize)> = Vec::new();
    let mut form_of = false;
    for verb in lexicon.all() {
        let Some(key) = verb.key.strip_prefix(prefix) else { continue };
        if prefix.is_empty() && key.starts_with("اذ ") {
            continue;
        }
        let Some(distance) = distance_in_words(rest, &words, key) else {
            form_of |= key.split(' ').next().is_some_and(|word| is_form_of(lexicon, first, word, language));
            continue;
        };
        let count = key.split(' ').count();
        form_of |= count == 1 && is_form_of(lexicon, first, key, language);
        best.push((distance, verb, words.get(count - 1)?.end));
    }
    // Another form of a known verb is no slip: decide, decided. But “encourags” is nearer to the one that ends alike.
    let ends_alike = |(_, verb, _): &(usize, &Verb, usize)| {
        let known = verb.key.split(' ').next().and_then(|word| word.chars().next_back());
        known.is_some() && known == first.chars().next_back()
    };
    if form_of && !(language == Language::En && best.iter().any(ends_alike)) {
        return None;
    }
    let least = best.iter().map(|(distance, ..)| *distance).min()?;
    best.retain(|(distance, ..)| *distance == least);
    // Of phrases that begin alike the shortest: what stands behind the verb is not at stake.
    best.sort_by_key(|(_, verb, _)| (verb.key.len(), verb.key.clone()));
    let end = best.first()?.2;
    let range = folded.origin(at)..folded.origin(at + end);
    let written = text.get(range.clone())?;
    let mut suggestions: Vec<String> = Vec::new();
    for (_, verb, _) in best.iter().filter(|(.., own)| *own == end) {
        let word = match verb.written.split_once(' ') {
            Some((_, rest)) if !prefix.is_empty() => rest,
            _ => verb.written,
        };
        let word = cased_like(written, word);
        if !suggestions.contains(&word) && suggestions.len() < MOST_SUGGESTIONS {
            suggestions.push(word);
        }
    }
    Some(Slip { range, suggestions })
}

/// The words of a folded text.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split(' ').filter_map(move |part| {
        let start = at;
        at += part.len() + 1;
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        (!word.is_empty()).then_some(start..start + word.len())
    })
}

/// Whether `word` is another form of the verb `known`: decide, decided of “decides”.
fn is_form_of(lexicon: &Lexicon, word: &str, known: &str, language: Language) -> bool {
    if language == Language::Ar {
        // Person and gender stand in front.
        let bare = |word: &str| {
            let mut chars = word.chars();
            matches!(chars.next(), Some('ت' | 'ي' | 'ن' | 'ا')).then(|| chars.as_str().to_owned())
        };
        return word != known && bare(word).is_some() && bare(word) == bare(known);
    }
    // Two that end alike are one form: “encourags” is no other form of “encourages”.
    let alike = language == Language::En && word.chars().next_back() == known.chars().next_back();
    word != known && !alike && lexicon.stem(word) == lexicon.stem(known)
}

/// A mistyped adverb in front of a verb: *Furtheer requests*.
fn mistyped_adverb(text: &str, folded: &Folded, start: usize, lexicon: &Lexicon) -> Option<Slip> {
    let rest = folded.text.get(start..)?;
    let word = words(rest).next()?;
    let verb = start + word.end + spaces(rest.get(word.end..)?);
    find(lexicon, &folded.text, verb)?;
    let written = rest.get(word.clone())?;
    let adverbs = lexicon.adverbs.iter().filter(|adverb| !adverb.contains(' ') && adverb.len() > 3);
    let close = adverbs.filter(|adverb| adverb.starts_with(written.chars().next().unwrap_or(' ')));
    let adverb = close.filter(|adverb| distance(adverb, written, 1) == Some(1)).min()?;
    let range = folded.origin(start)..folded.origin(start + word.end);
    let suggestion = cased_like(text.get(range.clone())?, adverb);
    Some(Slip { range, suggestions: vec![suggestion] })
}

/// By how much the first words of `text` differ from those of `key`; `None` where that is too much for a slip.
fn distance_in_words(text: &str, words: &[Range<usize>], key: &str) -> Option<usize> {
    let mut sum = 0;
    for (index, known) in key.split(' ').enumerate() {
        let word = text.get(words.get(index)?.clone())?;
        let length = known.chars().count();
        // The shorter the word, the more words there are beside it.
        let most = match (index, length) {
            (0, 0..=3) => 0,
            (0, 4..=9) => 1,
            (0, _) => 2,
            (_, 0..=5) => 0,
            _ => 1,
        };
        if known == word {
            continue;
        }
        if most == 0 || known.chars().next() != word.chars().next() {
            return None;
        }
        sum += distance(known, word, most)?;
    }
    (1..=2).contains(&sum).then_some(sum)
}

/// How many letters have to be changed, added, left out or exchanged with the next; `None` for more than `most`.
fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y && x != y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|cost| *cost <= most)
}

/// A known verb without its accents: *considerant*. Capitals may do without.
fn unaccented(text: &str, lexicon: &Lexicon) -> Option<Slip> {
    let (folded, start) = beginning(text);
    let (found, at) = find(lexicon, &folded.text, start)?;
    let range = folded.origin(at)..folded.origin(at + found.key.len());
    let written = text.get(range.clone())?;
    let plain = |c: char| if c == '’' { '\'' } else { c };
    let lacks = |verb: &&Verb| {
        let mut lacking = false;
        let mut letters = written.chars();
        let length = verb.written.chars().count();
        for (at, due) in verb.written.chars().enumerate() {
            let c = letters.next().map(plain)?;
            if c.is_uppercase() || c == due {
                continue;
            }
            if !c.is_ascii_lowercase() || due.is_ascii() {
                return None;
            }
            // At its end an accent tells one form from another: “détermine”, “déterminé”, “déterminée”.
            lacking |= at + 2 < length;
        }
        letters.next().is_none().then_some(lacking)
    };
    let same: Vec<&Verb> = lexicon.all().filter(|verb| verb.key == found.key).collect();
    if same.iter().any(|verb| lacks(verb) == Some(false)) {
        return None;
    }
    let verb = same.iter().find(|verb| lacks(verb) == Some(true))?;
    // Only letters of languages that have accents: a Latin verb.
    verb.written
        .starts_with(|c: char| c <= '\u{24f}')
        .then(|| Slip { range, suggestions: vec![cased_like(written, verb.written)] })
}

/// A Chinese verb with one character of the same sound or shape: 忆极 for 忆及.
fn mistyped(text: &str, folded: &Folded, start: usize, lexicon: &Lexicon) -> Option<Slip> {
    let confused = |due: char, typed: char| {
        lexicon.data.confusable.iter().any(|group| group.starts_with(due) && group.chars().skip(1).any(|c| c == typed))
    };
    let mut at = start;
    for _ in 0..=MOST_ADVERBS {
        let rest = folded.text.get(at..)?;
        let length = |key: &str| {
            let mut typed = rest.chars();
            let mut wrong = 0;
            let mut length = 0;
            for due in key.chars() {
                let c = typed.next()?;
                length += c.len_utf8();
                if c != due {
                    wrong += 1;
                    if !confused(due, c) {
                        return None;
                    }
                }
            }
            (wrong == 1 && key.chars().count() > 1).then_some(length)
        };
        let known = lexicon.all().map(|verb| (verb.key.as_str(), verb.written));
        let adverbs = lexicon.adverbs.iter().map(|adverb| (adverb.as_str(), adverb.as_str()));
        let found = known.chain(adverbs).filter_map(|(key, written)| Some((length(key)?, written)));
        if let Some((length, written)) = found.max_by_key(|(length, written)| (*length, *written)) {
            let range = folded.origin(at)..folded.origin(at + length);
            text.get(range.clone())?;
            return Some(Slip { range, suggestions: vec![written.to_owned()] });
        }
        at += lexicon.adverb(rest)?;
    }
    None
}

/// `word` in the case of `model`: all capitals, a capital first letter, or neither.
fn cased_like(model: &str, word: &str) -> String {
    let mut letters = model.chars().filter(|c| c.is_alphabetic());
    let capital = letters.next().is_some_and(char::is_uppercase);
    if capital && model.chars().filter(|c| c.is_alphabetic()).count() > 1 && letters.all(char::is_uppercase) {
        return word.to_uppercase();
    }
    if capital { capitalized(word) } else { word.to_owned() }
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn uncapitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// The verb of an opening in the form that the other part has: “recalling” for “recalls”. `None` where no such verb is
/// listed.
pub fn in_form(opening: &str, form: Form, language: Language) -> Option<String> {
    let lexicon = LEXICA.get(&language)?;
    let (folded, start) = beginning(opening);
    let at = lexicon.behind_adverbs(&folded.text, start);
    let text = folded.text.get(at..)?.trim_end();
    let (first, rest) = text.split_once(' ').map_or((text, ""), |(first, rest)| (first, rest));
    let alike = |verb: &&Verb| match language {
        Language::Zh => false,
        Language::Ar => match form {
            Form::Preamble => verb.key.strip_prefix("اذ ").is_some_and(|key| key == text),
            _ => text.strip_prefix("اذ ").is_some_and(|key| key == verb.key),
        },
        _ => {
            let (own, own_rest) = verb.key.split_once(' ').unwrap_or((verb.key.as_str(), ""));
            // “Resolved” is another verb than “resolves”: an adjective.
            let adjective = language == Language::En && own.ends_with("ed");
            !adjective
                && own_rest.split_whitespace().eq(rest.split_whitespace().take(own_rest.split_whitespace().count()))
                && own != first
                && lexicon.stem(own) == lexicon.stem(first)
        }
    };
    let verb = lexicon.all().filter(|verb| verb.form == form).filter(alike).max_by_key(|verb| verb.key.len())?;
    let count = if language == Language::Ar { text.split(' ').count() } else { verb.key.split(' ').count() };
    let end = words(text).nth(count - 1)?.end;
    let range = folded.origin(at)..folded.origin(at + end);
    let mut written = opening.to_owned();
    written.replace_range(range.clone(), &cased_like(opening.get(range)?, verb.written));
    Some(written)
}

/// Where in the folded words of an opening a word stands that says “also” or “further”.
fn again_at(lexicon: &Lexicon, text: &str) -> Option<(Again, Range<usize>)> {
    let both = [(&lexicon.also, Again::Also), (&lexicon.further, Again::Further)];
    let all = both.into_iter().flat_map(|(list, again)| list.iter().map(move |word| (word, again)));
    let starts = std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1));
    let starts: Vec<usize> = starts.collect();
    for (word, again) in all {
        let chinese = word.ends_with(is_han);
        let places = if chinese { &starts[..1] } else { &starts[..] };
        for &at in places {
            if text
                .get(at..)
                .is_some_and(|rest| begins(rest, word) && rest.len() > if chinese { word.len() } else { 0 })
            {
                return Some((again, at..at + word.len()));
            }
        }
    }
    None
}

/// An opening taken apart: what tells it from others, folded and without “also” and “further”, and which of them it has.
pub fn again(opening: &str, language: Language) -> Option<(String, Again)> {
    let lexicon = LEXICA.get(&language)?;
    let folded = fold(opening.trim());
    let text = folded.trim_end_matches([',', ':', ';', ' ']);
    // “إذ” and “وإذ” open the first clause and those behind it.
    let text = text.strip_prefix('و').filter(|rest| rest.starts_with("اذ ")).unwrap_or(text);
    let (again, rest) = match again_at(lexicon, text) {
        Some((again, range)) => (again, format!("{} {}", text.get(..range.start)?, text.get(range.end..)?)),
        None => (Again::Plain, text.to_owned()),
    };
    Some((rest.split_whitespace().collect::<Vec<_>>().join(" "), again))
}

/// An opening as it stands when its verb opens a clause, or heads a section, once more.
pub fn said_again(opening: &str, language: Language, part: Part, to: Again, heading: bool) -> Option<String> {
    let lexicon = LEXICA.get(&language)?;
    let repeats = &lexicon.data.repeats;
    let plain = without_again(opening, lexicon)?;
    let word = match to {
        Again::Plain => return Some(plain),
        Again::Also if heading => repeats.sections.get(1)?,
        Again::Further if heading => repeats.sections.first()?,
        Again::Also => repeats.also.first()?,
        Again::Further => repeats.further.first()?,
    };
    let (folded, start) = beginning(&plain);
    let text = folded.text.get(start..)?;
    // The shortest of the verbs that it begins with: the longest may hold who is spoken to.
    let list = lexicon.verbs.get(&text.chars().next()?);
    let verb = list.and_then(|list| list.iter().rev().find(|verb| begins(text, &verb.key)));
    let verb_end = verb.map(|verb| start + verb.key.len());
    let stands_behind = |key: &str| repeats.behind.iter().any(|verb| fold(verb) == key);
    let stand = match (part, verb.map(|verb| verb.key.as_str())) {
        (Part::Operative, Some(verb)) if heading && stands_behind(verb) => Stand::Behind,
        (Part::Operative, _) => repeats.operative,
        _ => repeats.preamble,
    };
    let loud = plain.chars().filter(|c| c.is_alphabetic()).count() > 1 && plain == plain.to_uppercase();
    let word = if loud { word.to_uppercase() } else { word.clone() };
    if stand == Stand::Before {
        if language == Language::Zh {
            return Some(format!("{word}{plain}"));
        }
        let capital = plain.starts_with(char::is_uppercase);
        return Some(match (loud, capital) {
            (false, true) => format!("{} {}", capitalized(&word), uncapitalized(&plain)),
            _ => format!("{word} {plain}"),
        });
    }
    let particle = folded.text.match_indices(' ').map(|(at, _)| at).find(|at| {
        folded.text.get(at + 1..).is_some_and(|rest| lexicon.particles.iter().any(|particle| begins(rest, particle)))
    });
    let end = folded.text.trim_end().len();
    let at = [particle, verb_end.filter(|_| repeats.within || heading)].into_iter().flatten().min().unwrap_or(end);
    // Of a heading that is longer than any opening only its beginning was read.
    let whole = folded.origin(folded.text.len()) == plain.len();
    let at = (whole || at < end).then(|| folded.origin(at.min(end)))?;
    Some(format!("{} {word}{}", plain.get(..at)?, plain.get(at..)?))
}

/// An opening without “also” or “further”.
fn without_again(opening: &str, lexicon: &Lexicon) -> Option<String> {
    let opening = opening.trim();
    let folded = Folded::new(opening);
    let Some((_, range)) = again_at(lexicon, &folded.text) else { return Some(opening.to_owned()) };
    let (before, behind) = (opening.get(..folded.origin(range.start))?, opening.get(folded.origin(range.end)..)?);
    let capital = opening.starts_with(char::is_uppercase);
    Some(match (before.trim_end(), behind.trim_start()) {
        ("", rest) if capital => capitalized(rest),
        ("", rest) => rest.to_owned(),
        (before, "") => before.to_owned(),
        (before, rest) => format!("{before} {rest}"),
    })
}

/// Whether an opening's verb, folded as [`again`] gives it, speaks to someone: requests, prie.
pub fn is_addressed(base: &str, language: Language) -> bool {
    listed(base, language, |data| &data.addressed)
}

/// Whether an opening's verb, folded as [`again`] gives it, is nothing without its object: expressing.
pub fn is_open(base: &str, language: Language) -> bool {
    listed(base, language, |data| &data.open)
}

fn listed(base: &str, language: Language, list: fn(&LanguageVerbs) -> &Vec<String>) -> bool {
    let Some(lexicon) = LEXICA.get(&language) else { return false };
    let at = lexicon.behind_adverbs(base, 0);
    let has = |text: &str| list(lexicon.data).iter().any(|verb| begins(text, &fold(verb)));
    has(base) || base.get(at..).is_some_and(has)
}

/// Whether what stands behind an opening qualifies its verb: noting *with concern*, calls upon*, in this regard,*.
pub fn is_qualified(rest: &str, language: Language) -> bool {
    let Some(lexicon) = LEXICA.get(&language) else { return false };
    let rest = rest.trim_start();
    rest.starts_with(',') || lexicon.data.repeats.qualifiers.iter().any(|word| begins(rest, &fold(word)))
}

/// Whether what stands behind an opening has a verb of the operative part of its own: “recalling its request, *decides*…”.
pub fn acts_later(rest: &str, language: Language) -> bool {
    /// What is looked through of one clause, in pieces between commas.
    const MOST: usize = 60;
    rest.split([',', '，', '،', ':', '：']).skip(1).take(MOST).any(|piece| {
        let piece = piece.trim_start();
        let piece = ["and ", "et ", "y ", "и "].iter().find_map(|and| piece.strip_prefix(and)).unwrap_or(piece);
        opening(piece, language).is_some_and(|opening| opening.form != Form::Preamble)
    })
}

/// Who is spoken to by what stands behind an opening, folded. Two that are the same have the same words here; where it is
/// not known how far the name goes, its first words.
pub fn addressee(rest: &str, language: Language) -> Option<String> {
    let data = &LEXICA.get(&language)?.data.repeats;
    let rest = rest.trim_start();
    if language == Language::Zh {
        return Some(rest.chars().take(data.words).collect());
    }
    /// No name of someone who is spoken to is longer, in words.
    const LONGEST: usize = 20;
    let words: Vec<&str> = rest.split_whitespace().take(LONGEST).collect();
    // “Requests the Secretary-General:” ends with the colon, what is requested follows in sub-clauses.
    let announced = words.iter().position(|word| word.ends_with([':', '：'])).map(|at| at + 1);
    let until = words.iter().position(|word| data.until.iter().any(|end| end == word));
    let until = until.into_iter().chain(announced).min();
    let count = if data.until.is_empty() { data.words } else { until.unwrap_or(data.words) };
    let named = words.iter().take(count).map(|word| word.trim_end_matches([':', '：']));
    Some(named.collect::<Vec<_>>().join(" "))
}

/// Whether “also” or “further” stands among the first words of a folded text.
pub fn says_again(text: &str, language: Language) -> bool {
    let Some(lexicon) = LEXICA.get(&language) else { return false };
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(10);
    let pairs: String = text.chars().take(80).collect();
    let one = |list: &[String], word: &str| list.iter().any(|known| known == word);
    words.any(|word| one(&lexicon.also, word) || one(&lexicon.further, word))
        || lexicon.further.iter().filter(|word| word.contains(' ')).any(|word| pairs.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip_of(text: &str, language: Language) -> String {
        match slip(text, language) {
            Some(slip) => format!("{} → {}", &text[slip.range], slip.suggestions.join(" | ")),
            None => "-".to_owned(),
        }
    }

    #[test]
    fn the_verb_with_its_adverbs() {
        use Language::{Ar, En, Es, Fr, Ru, Zh};
        for (text, language, words, form) in [
            ("Recalling also its resolution", En, "Recalling also", Form::Preamble),
            ("strongly urges Member States", En, "strongly urges", Form::Operative),
            ("Prie également le Secrétaire", Fr, "Prie également", Form::Operative),
            ("Recordando además la", Es, "Recordando además", Form::Preamble),
            ("вновь подтверждая", Ru, "вновь подтверждая", Form::Preamble),
            ("进一步责成秘书长", Zh, "进一步责成", Form::Operative),
            ("وإذ تشير أيضا إلى", Ar, "إذ تشير أيضا", Form::Preamble),
        ] {
            let found = opening(text, language).map(|opening| (&text[opening.range], opening.form));
            assert_eq!(found, Some((words, form)), "{text}");
        }
        assert_eq!(opening("Of the Union", En), None);
    }

    #[test]
    fn slips_in_six_languages() {
        use Language::{Ar, En, Es, Fr, Ru, Zh};
        for (text, language, expected) in [
            ("Recaling also its resolution", En, "Recaling → Recalling"),
            ("decidess", En, "decidess → decides"),
            ("resovles to instruct the Secretary-Genral", En, "resovles → resolves"),
            ("REQESTS the Director-General", En, "REQESTS → REQUESTS"),
            ("Encourags", En, "Encourags → Encourages"),
            ("Stresss", En, "Stresss → Stresses"),
            ("Furtheer requests", En, "Furtheer → Further"),
            ("considerant", Fr, "considerant → considérant"),
            ("Rapellant", Fr, "-"),
            ("reconaissant", Fr, "reconaissant → reconnaissant"),
            ("Considrando", Es, "Considrando → Considerando"),
            ("senalando", Es, "senalando → señalando"),
            ("сылаясь на", Ru, "сылаясь → ссылаясь"),
            ("ссылясь", Ru, "ссылясь → ссылаясь"),
            ("постоновляет", Ru, "постоновляет → постановляет"),
            ("忆极", Zh, "忆极 → 忆及"),
            ("进一步注意道", Zh, "进一步注意道 → 进一步注意到"),
            ("近一步责成秘书长", Zh, "近一步责成 → 进一步责成"),
            ("وإذ تلاحض", Ar, "تلاحض → تلاحظ"),
        ] {
            assert_eq!(slip_of(text, language), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_slip() {
        use Language::{Ar, En, Es, Fr, Ru, Zh};
        for (text, language) in [
            ("Recalling", En),
            ("Encourage", En),
            ("Decided", En),
            ("Radio Regulations", En),
            ("Nothing", En),
            ("inter alia", En),
            ("considérant", En),
            ("CONSIDERANT", Fr),
            ("détermine", Fr),
            ("Maintien", Fr),
            ("Committee", En),
            ("Действия", Ru),
            ("تقرير", Ar),
            ("considera", Es),
            ("Considérant", Fr),
            ("résolues", Fr),
            ("Recordamos", Es),
            ("постановляют", Ru),
            ("要点", Zh),
            ("目的", Zh),
            ("يلاحظ", Ar),
            ("نلاحظ", Ar),
            ("", En),
        ] {
            assert_eq!(slip_of(text, language), "-", "{text}");
        }
    }

    #[test]
    fn said_once_more_in_six_languages() {
        use Language::{Ar, En, Es, Fr, Ru, Zh};
        use Part::{Operative, Preamble};
        for (text, language, part, also, further) in [
            ("Recalling", En, Preamble, "Recalling also", "Recalling further"),
            ("Taking note of", En, Preamble, "Taking note also of", "Taking note further of"),
            ("Noting with concern", En, Preamble, "Noting with concern also", "Noting with concern further"),
            ("Requests", En, Operative, "Also requests", "Further requests"),
            ("REQUESTS", En, Operative, "ALSO REQUESTS", "FURTHER REQUESTS"),
            ("Rappelant", Fr, Preamble, "Rappelant également", "Rappelant en outre"),
            ("Prie instamment", Fr, Operative, "Prie également instamment", "Prie en outre instamment"),
            ("Recordando", Es, Preamble, "Recordando también", "Recordando además"),
            (
                "Acoge con satisfacción",
                Es,
                Operative,
                "Acoge también con satisfacción",
                "Acoge además con satisfacción",
            ),
            ("ссылаясь", Ru, Preamble, "ссылаясь также", "ссылаясь далее"),
            ("принимая к сведению", Ru, Preamble, "принимая также к сведению", "принимая далее к сведению"),
            ("回顾", Zh, Preamble, "又回顾", "还回顾"),
            ("请", Zh, Operative, "又请", "还请"),
            ("وإذ تشير", Ar, Preamble, "وإذ تشير أيضا", "وإذ تشير كذلك"),
            ("تطلب إلى", Ar, Operative, "تطلب أيضا إلى", "تطلب كذلك إلى"),
        ] {
            let form = |to| said_again(text, language, part, to, false).unwrap_or_default();
            assert_eq!((form(Again::Also).as_str(), form(Again::Further).as_str()), (also, further), "{text}");
            // And back: what was written is known for what it is.
            let plain = again(text, language).map(|(base, _)| base);
            for (words, to) in [(also, Again::Also), (further, Again::Further)] {
                let (base, found) = again(words, language).unwrap_or_default();
                assert_eq!((Some(base), found), (plain.clone(), to), "{words}");
                assert_eq!(said_again(words, language, part, Again::Plain, false).as_deref(), Some(text), "{words}");
            }
        }
    }

    #[test]
    fn headings_once_more() {
        use Language::{Ar, En, Es, Fr, Ru, Zh};
        use Part::{Operative, Preamble};
        for (text, language, part, further) in [
            ("recognizing", En, Preamble, "recognizing further"),
            ("resolves", En, Operative, "resolves further"),
            ("instructs the Secretary-General", En, Operative, "further instructs the Secretary-General"),
            ("charge le Secrétaire général", Fr, Operative, "charge en outre le Secrétaire général"),
            ("encarga al Secretario General", Es, Operative, "encarga además al Secretario General"),
            ("поручает Генеральному секретарю", Ru, Operative, "поручает далее Генеральному секретарю"),
            ("责成秘书长", Zh, Operative, "进一步责成秘书长"),
            ("يكلف الأمين العام", Ar, Operative, "يكلف كذلك الأمين العام"),
        ] {
            assert_eq!(said_again(text, language, part, Again::Further, true).as_deref(), Some(further), "{text}");
        }
    }

    #[test]
    fn the_form_of_the_other_part() {
        use Language::{Ar, En, Es, Ru};
        for (text, form, language, expected) in [
            ("Recalls", Form::Preamble, En, Some("Recalling")),
            ("Takes note of", Form::Preamble, En, Some("Taking note of")),
            ("Deciding", Form::Operative, En, Some("Decides")),
            ("Also requesting", Form::Operative, En, Some("Also requests")),
            ("pidiendo", Form::Operative, Es, Some("pide")),
            ("отмечает", Form::Preamble, Ru, Some("отмечая")),
            ("تلاحظ", Form::Preamble, Ar, Some("إذ تلاحظ")),
            ("Sitting", Form::Operative, En, None),
            ("resolves", Form::Preamble, En, None),
        ] {
            assert_eq!(in_form(text, form, language).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for (language, data) in &verbs().languages {
            for (verb, part) in data
                .preamble
                .iter()
                .map(|verb| (verb, Part::Preamble))
                .chain(data.operative.iter().map(|verb| (verb, Part::Operative)))
            {
                let (base, own) = again(verb, *language).unwrap_or_default();
                // Listed with an adverb of its own, “noting also”, or no verb.
                if own != Again::Plain || verb == "وإذ" {
                    continue;
                }
                assert!(opening(verb, *language).is_some() || LEXICA[language].adverbs.contains(&fold(verb)), "{verb}");
                assert_eq!(slip(verb, *language), None, "{verb}");
                for to in [Again::Also, Again::Further] {
                    let written = said_again(verb, *language, part, to, false).unwrap_or_default();
                    let read = again(&written, *language).unwrap_or_default();
                    assert_eq!(read, (base.clone(), to), "{verb}: {written}");
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_asked(text in "\\PC{0,60}|[a-zа-я إذتشير忆及进一步*,' ]{0,60}") {
            for language in Language::ALL {
                if let Some(slip) = slip(&text, language) {
                    proptest::prop_assert!(text.get(slip.range).is_some_and(|words| !words.is_empty()));
                    proptest::prop_assert!(!slip.suggestions.is_empty());
                }
                if let Some(opening) = opening(&text, language) {
                    proptest::prop_assert!(text.get(opening.range).is_some_and(|words| !words.is_empty()));
                }
                again(&text, language);
                in_form(&text, Form::Preamble, language);
                in_form(&text, Form::Operative, language);
                addressee(&text, language);
                acts_later(&text, language);
                for again in [Again::Plain, Again::Also, Again::Further] {
                    said_again(&text, language, Part::Preamble, again, false);
                    said_again(&text, language, Part::Operative, again, true);
                }
            }
        }
    }
}
