//! Resolutions by words of their titles.

use std::collections::HashMap;

use super::format::{Entry, Title};
use super::store::Catalogue;
use crate::citation::{ResolutionId, Version};
use crate::syntax::{Language, fold};

/// How many words of a question count.
const MOST_WORDS: usize = 16;

/// A resolution whose title has the words that were looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TitleMatch<'a> {
    /// The resolution.
    pub id: &'a ResolutionId,
    /// The title.
    pub text: &'a str,
    /// Its language.
    pub language: Language,
    /// The version that has it, where that is known.
    pub version: Option<&'a Version>,
    /// How well it fits; more is better.
    pub score: u32,
}

/// A title as it is compared: folded, every word with a space in front of it and nothing else between them.
#[derive(Debug)]
pub(super) struct IndexedTitle {
    words: Box<str>,
    /// The entry of the file, and the title in it.
    entry: u32,
    title: u32,
}

/// The titles of a file.
pub(super) fn index(entries: &[Entry]) -> Vec<IndexedTitle> {
    let titles = (0..).zip(entries).flat_map(|(entry, own)| {
        let titles = (0..).zip(&own.titles);
        titles.map(move |(title, own)| IndexedTitle { words: in_words(&own.text).into(), entry, title })
    });
    titles.collect()
}

/// The folded words of a text, each with a space in front.
fn in_words(text: &str) -> String {
    let folded = fold(text);
    let mut words = String::with_capacity(folded.len() + 1);
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words.push(' ');
        words.push_str(word);
    }
    words
}

/// The words that are looked for.
struct Question {
    /// Each with a space in front, but for those in scripts without spaces, which may stand anywhere.
    words: Vec<String>,
    /// All of them, as they follow one another.
    phrase: String,
}

impl Question {
    fn new(text: &str) -> Question {
        let phrase = in_words(text);
        let words = phrase.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS);
        let spaced = |word: &str| !word.starts_with(|c: char| ('一'..='鿿').contains(&c));
        let words = words.map(|word| if spaced(word) { format!(" {word}") } else { word.to_owned() }).collect();
        Question { words, phrase }
    }

    /// How well a title has the words: all of them, each at the beginning of one of its words. `None` where one is not
    /// there.
    fn score(&self, title: &str) -> Option<u32> {
        let mut score = 0;
        let mut from = 0;
        for word in &self.words {
            // In the order in which they were asked for, or anywhere.
            match title.get(from..)?.find(word.as_str()) {
                Some(at) => {
                    score += if at == 0 { 4 } else { 2 };
                    from += at + word.len();
                    // To the end of the word that it begins.
                    from += title.get(from..)?.find(' ').unwrap_or(0);
                }
                None => {
                    title.find(word.as_str())?;
                }
            }
        }
        if title.contains(self.phrase.as_str()) || title.contains(self.phrase.trim_start()) {
            score += 8;
        }
        if title.starts_with(self.phrase.as_str()) {
            score += 8;
        }
        Some(score)
    }
}

impl Catalogue {
    /// The resolutions a title of which has all these words, in any case and with or without diacritics, each word or its
    /// beginning; the best first, at most `limit`. Titles in `language`; in any other only where none of it fits.
    pub fn by_title(&self, words: &str, language: Language, limit: usize) -> Vec<TitleMatch<'_>> {
        let question = Question::new(words);
        if question.words.is_empty() {
            return Vec::new();
        }
        let mut best: HashMap<&ResolutionId, TitleMatch<'_>> = HashMap::new();
        let mut take = |id, title: &'_ Title, text, version, score| {
            let found = TitleMatch { id, text, language: title.language, version, score };
            let rank = |found: &TitleMatch<'_>| (found.language == language, found.score, found.version.cloned());
            let known = best.entry(id).or_insert(found);
            if rank(&found) > rank(known) {
                *known = found;
            }
        };
        for file in self.all_files() {
            let entries = file.all_entries();
            for indexed in file.titles() {
                let Some(score) = question.score(&indexed.words) else { continue };
                let Some(entry) = entries.get(indexed.entry as usize) else { continue };
                let Some(title) = entry.titles.get(indexed.title as usize) else { continue };
                take(&entry.id, title, title.text.as_str(), title.version.as_ref(), score);
            }
        }
        for entry in self.own_entries() {
            for title in &entry.titles {
                let Some(score) = question.score(&in_words(&title.text)) else { continue };
                take(&entry.id, title, title.text.as_str(), title.version.as_ref(), score);
            }
        }
        let mut found: Vec<TitleMatch<'_>> = best.into_values().collect();
        if found.iter().any(|found| found.language == language) {
            found.retain(|found| found.language == language);
        }
        found.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.text.len().cmp(&b.text.len())).then(a.id.cmp(b.id)));
        found.truncate(limit);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str, language: Language) -> Vec<String> {
        let catalogue = Catalogue::bundled();
        catalogue.by_title(words, language, 20).iter().map(|found| found.id.to_string()).collect()
    }

    #[test]
    fn words_of_a_title_find_the_resolution() {
        assert!(found("outcomes world summit inform", Language::En).contains(&"PP-140".to_owned()));
        assert_eq!(found("信息社会世界", Language::Zh).first().map(|id| id.starts_with("PP-")), Some(true));
        assert!(found("teapots in conference rooms", Language::En).is_empty());
    }

    #[test]
    fn a_word_is_found_by_its_beginning_alone() {
        let question = Question::new("summ outc");
        assert!(question.score(&in_words("Outcomes of the Summit")).is_some());
        assert!(question.score(&in_words("Consummate outcry")).is_none());
    }

    #[test]
    fn words_in_their_order_are_better() {
        let score = |title: &str| Question::new("world summit").score(&in_words(title));
        assert!(score("The World Summit") > score("Summit of the world"));
        assert!(score("World summit on all things") > score("The World Summit"));
    }
}
