//! The words of references and the opening verbs, from `server/data`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::PartName;
use super::find::Finder;
use crate::syntax::{Language, fold};

/// `data/verbs.json`: the words that open clauses and sections.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Verbs {
    /// Where the usage is documented.
    pub source: String,
    /// By language.
    pub languages: BTreeMap<Language, LanguageVerbs>,
}

/// The opening verbs of one language, in lower case.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct LanguageVerbs {
    /// Of the preamble: recalling, considérant.
    pub preamble: Vec<String>,
    /// Of the operative part: resolves, décide.
    pub operative: Vec<String>,
    /// How a verb says that it opens a clause once more.
    pub repeats: Repeats,
    /// Verbs that speak to someone: requests, prie. They are repeated only where they speak to the same one.
    pub addressed: Vec<String>,
    /// Verbs whose object belongs to them: expressing (its concern, its gratitude).
    pub open: Vec<String>,
    /// Endings by which the forms of one verb differ.
    pub endings: Vec<String>,
    /// Words that look like an opening verb and are another word.
    pub others: Vec<String>,
    /// Characters that are typed for one another: a character of the verbs and those that are mistaken for it.
    #[serde(default)]
    pub confusable: Vec<String>,
}

/// How a verb says that it opens a clause once more: “recalling also”, “further requests”.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Repeats {
    /// “also”: the one to write, then others that say the same.
    pub also: Vec<String>,
    /// “further”: the one to write, then others that say the same.
    pub further: Vec<String>,
    /// Where they stand in the preamble.
    pub preamble: Stand,
    /// Where they stand in the operative part.
    pub operative: Stand,
    /// What a section heading gets, the first one first: *recognizing further*.
    pub sections: Vec<String>,
    /// Verbs of section headings that they stand behind, wherever else they stand before: *resolves further*.
    pub behind: Vec<String>,
    /// Whether “behind” means behind the verb itself, “exprimant *également* sa préoccupation”, or behind what belongs to
    /// it, “noting with concern *also*”.
    pub within: bool,
    /// Words that follow a verb and that they stand before: taking note *also of*.
    pub particles: Vec<String>,
    /// Words that qualify the verb they follow: noting *with* concern.
    pub qualifiers: Vec<String>,
    /// Words that end the name of the one who is spoken to: requests the Secretary-General *to*.
    pub until: Vec<String>,
    /// How many words, in Chinese characters, of that name are compared where nothing ends it.
    pub words: usize,
}

/// Before or behind a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stand {
    /// “also requests”
    Before,
    /// “recalling also”
    Behind,
}

/// The opening verbs of resolutions in six languages.
pub fn verbs() -> &'static Verbs {
    static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../data/verbs.json")).expect("a test reads the bundled verbs.json")
    });
    &VERBS
}

/// `data/reference-words.json`: the words by which one clause refers to another.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "Words of references inside a resolution")]
struct File {
    #[serde(rename = "$schema")]
    #[expect(dead_code, reason = "it is for editors")]
    schema: Option<String>,
    /// Where the usage is documented.
    #[expect(dead_code, reason = "it is for who reads the data")]
    source: String,
    /// By ISO 639-1 code.
    languages: BTreeMap<Language, LanguageWords>,
}

/// The words of one language, in any case and with or without diacritics; both are ignored.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LanguageWords {
    /// What says, behind a reference, that the clause stands before this place.
    above: Vec<String>,
    /// What says that it stands behind.
    below: Vec<String>,
    /// What says before a reference that the clause stands before this place: “above-mentioned”.
    above_before: Vec<String>,
    /// What says before a reference that it stands behind.
    below_before: Vec<String>,
    /// Words for above, each with the one that puts below in its place.
    opposites: Vec<[String; 2]>,
    /// Between the members of a list.
    and: Vec<String>,
    /// Between the ends of a range.
    to: Vec<String>,
    /// Names a clause by its kind; in Chinese it stands behind the number.
    paragraph: Vec<String>,
    /// Those of them that make a reference with a number alone, if there is such a clause.
    bare: Vec<String>,
    /// Names a sub-clause of the clause at hand.
    subparagraph: Vec<String>,
    /// “First”, “second” and so on as they stand with the word for a paragraph; the forms of one number together, in
    /// the same order for every number.
    ordinals: Vec<Vec<String>>,
    /// Says that a paragraph is one of the preamble.
    preamble: Vec<String>,
    /// Says that a paragraph is one of the operative part.
    operative: Vec<String>,
    /// What negotiators write for a paragraph of the preamble: “PP3”.
    preamble_code: Vec<String>,
    /// What they write for an operative paragraph: “OP5”.
    operative_code: Vec<String>,
    /// Names a section; in Chinese it stands behind the section's name.
    section: Vec<String>,
    /// Names an annex.
    division: Vec<String>,
    /// Between an annex and the text that it belongs to.
    attached: Vec<String>,
    /// Between a clause and what it belongs to.
    of: Vec<String>,
    /// Names the resolution at hand.
    this: Vec<String>,
    /// Names the clause at hand.
    here: Vec<String>,
    /// Names the section or article at hand.
    local: Vec<String>,
    /// Names a part of another text, whose paragraphs a bare number may mean: “rule 48, paragraph 1”.
    provision: Vec<String>,
    /// Says that a clause is of a text that was named just before.
    thereof: Vec<String>,
    /// Names another text, to which a clause may belong.
    instrument: Vec<String>,
    /// Words that may follow a reference without above or below, and hardly a number that counts things.
    behind: Vec<String>,
    /// Articles, which may stand before the name of a section.
    article: Vec<String>,
}

/// Words, longer ones first.
#[derive(Debug, Default)]
pub(super) struct WordList {
    words: Vec<String>,
    /// The words in the order of their first byte, and where those of each begin in it.
    by_first: (Vec<u16>, Vec<u16>),
}

impl WordList {
    fn new(words: Vec<String>) -> WordList {
        let first = |index: &u16| words.get(usize::from(*index)).and_then(|word| word.bytes().next()).unwrap_or(0);
        let mut order: Vec<u16> = (0..words.len() as u16).collect();
        order.sort_by_key(first);
        let begins = (0..=256).map(|byte: u16| order.partition_point(|index| u16::from(first(index)) < byte) as u16);
        let begins = begins.collect();
        WordList { words, by_first: (order, begins) }
    }

    /// Those that begin with the first byte of a text, longer ones first.
    pub fn like(&self, text: &str) -> impl Iterator<Item = &String> {
        let (order, begins) = &self.by_first;
        let byte = usize::from(text.bytes().next().unwrap_or(0));
        let place = |byte: usize| begins.get(byte).map_or(0, |at| usize::from(*at));
        let alike = order.get(place(byte)..place(byte + 1)).unwrap_or_default();
        alike.iter().filter_map(|index| self.words.get(usize::from(*index)))
    }
}

impl std::ops::Deref for WordList {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.words
    }
}

/// What [`Words::finder`] finds.
pub(super) const PARAGRAPH: usize = 0;
pub(super) const CODE: usize = 1;
pub(super) const DIVISION: usize = 2;
pub(super) const VERB: usize = 3;

/// The words of all languages together, folded, longer ones first. Languages are not told apart: a French word between
/// Chinese ones is the same word, and quotations keep their language.
pub(super) struct Words {
    pub above: WordList,
    pub below: WordList,
    pub above_before: WordList,
    pub below_before: WordList,
    pub and: WordList,
    pub to: WordList,
    pub paragraph: WordList,
    pub bare: WordList,
    pub subparagraph: WordList,
    preamble: WordList,
    operative: WordList,
    /// “OP” and “PP”, in the order of the finder.
    pub codes: Vec<(String, PartName)>,
    pub section: WordList,
    pub division: WordList,
    pub attached: WordList,
    pub of: WordList,
    pub this: WordList,
    pub here: WordList,
    pub local: WordList,
    pub provision: WordList,
    pub thereof: WordList,
    pub instrument: WordList,
    pub behind: WordList,
    pub article: WordList,
    /// Ordinals with their numbers by the byte that they begin with, longer ones first.
    pub ordinals: ByByte,
    /// The same by the byte that they end with.
    pub ordinals_by_end: ByByte,
    /// The forms of each ordinal as written, by language.
    ordinal_forms: Vec<Vec<Vec<String>>>,
    /// Words for above and below as written.
    opposites: Vec<[String; 2]>,
    /// Finds `paragraph` and `subparagraph` words and 第, `codes`, and words for an annex.
    pub finder: Finder,
    /// Finds opening verbs, too.
    pub verb_finder: Finder,
}

/// Words with their numbers by one of their bytes, longer ones first.
pub(super) type ByByte = Vec<Vec<(String, u32)>>;

fn by_byte(words: &[(String, u32)], byte: fn(&str) -> Option<u8>) -> ByByte {
    let mut all: ByByte = vec![Vec::new(); 256];
    for (word, value) in words {
        if let Some(alike) = byte(word).and_then(|byte| all.get_mut(usize::from(byte))) {
            alike.push((word.clone(), *value));
        }
    }
    all
}

impl Words {
    /// What says that a paragraph is of a part.
    pub fn part(&self, part: PartName) -> &WordList {
        match part {
            PartName::Preamble => &self.preamble,
            PartName::Operative => &self.operative,
        }
    }
}

/// The word that says the opposite direction, in the same language: “below” for “above”, 下述 for 上述. `None` for a word
/// that has no such partner.
pub fn opposite(word: &str) -> Option<&'static str> {
    let folded = fold(word);
    words().opposites.iter().find_map(|[above, below]| match () {
        _ if fold(above) == folded => Some(below.as_str()),
        _ if fold(below) == folded => Some(above.as_str()),
        _ => None,
    })
}

/// The ordinal of another number in the form of this one: “fourth” for “third”, « quatrième » for « troisième ».
pub fn ordinal_like(word: &str, value: u32) -> Option<&'static str> {
    let folded = fold(word);
    let value = usize::try_from(value).ok()?.checked_sub(1)?;
    words().ordinal_forms.iter().find_map(|language| {
        let form = language.iter().find_map(|forms| forms.iter().position(|form| fold(form) == folded))?;
        Some(language.get(value)?.get(form)?.as_str())
    })
}

pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let file: File = serde_json::from_str(include_str!("../../data/reference-words.json"))
            .expect("a test reads the bundled reference-words.json");
        let all = |pick: fn(&LanguageWords) -> &Vec<String>| {
            let mut words: Vec<String> = file.languages.values().flat_map(pick).map(|word| fold(word)).collect();
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            words.dedup();
            WordList::new(words)
        };
        // In Chinese the word stands behind the number.
        let alphabetic = || file.languages.iter().filter(|(language, _)| **language != Language::Zh);
        let clauses = alphabetic().flat_map(|(_, words)| words.paragraph.iter().chain(&words.subparagraph));
        let mut finders: Vec<String> = clauses.map(|word| fold(word)).collect();
        finders.push("第".to_owned());
        let verbs =
            verbs().languages.values().flat_map(|v| v.preamble.iter().chain(&v.operative)).map(|verb| fold(verb));
        let mut codes: Vec<(String, PartName)> = Vec::new();
        for words in file.languages.values() {
            codes.extend(words.preamble_code.iter().map(|code| (fold(code), PartName::Preamble)));
            codes.extend(words.operative_code.iter().map(|code| (fold(code), PartName::Operative)));
        }
        codes.sort_by_key(|(code, _)| code.clone());
        codes.dedup();
        let by_number = |words: &LanguageWords| -> Vec<(String, u32)> {
            let numbered = words.ordinals.iter().zip(1u32..);
            numbered.flat_map(|(forms, value)| forms.iter().map(move |form| (fold(form), value))).collect()
        };
        let mut ordinals: Vec<(String, u32)> = file.languages.values().flat_map(by_number).collect();
        ordinals.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let division = all(|w| &w.division);
        let code_words: Vec<String> = codes.iter().map(|(code, _)| code.clone()).collect();
        let kinds = vec![finders, code_words, division.to_vec()];
        let with_verbs = kinds.iter().cloned().chain([verbs.collect()]).collect();
        Words {
            above: all(|w| &w.above),
            below: all(|w| &w.below),
            above_before: all(|w| &w.above_before),
            below_before: all(|w| &w.below_before),
            and: all(|w| &w.and),
            to: all(|w| &w.to),
            paragraph: all(|w| &w.paragraph),
            bare: all(|w| &w.bare),
            subparagraph: all(|w| &w.subparagraph),
            preamble: all(|w| &w.preamble),
            operative: all(|w| &w.operative),
            section: all(|w| &w.section),
            attached: all(|w| &w.attached),
            of: all(|w| &w.of),
            this: all(|w| &w.this),
            here: all(|w| &w.here),
            local: all(|w| &w.local),
            provision: all(|w| &w.provision),
            thereof: all(|w| &w.thereof),
            instrument: all(|w| &w.instrument),
            behind: all(|w| &w.behind),
            article: all(|w| &w.article),
            ordinals_by_end: by_byte(&ordinals, |word| word.bytes().last()),
            ordinals: by_byte(&ordinals, |word| word.bytes().next()),
            ordinal_forms: file.languages.values().map(|words| words.ordinals.clone()).collect(),
            opposites: file.languages.values().flat_map(|words| words.opposites.clone()).collect(),
            finder: Finder::new(kinds),
            verb_finder: Finder::new(with_verbs),
            division,
            codes,
        }
    });
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_words_read_as_their_types_say() {
        assert_eq!(verbs().languages.len(), 6);
        assert!(words().above.contains(&"ci-dessus".to_owned()));
    }

    #[test]
    fn every_direction_word_that_can_be_exchanged_is_one() {
        for [above, below] in &words().opposites {
            let known = |words: &[&WordList], word: &str| words.iter().any(|words| words.contains(&fold(word)));
            assert!(known(&[&words().above, &words().above_before], above), "{above}");
            assert!(known(&[&words().below, &words().below_before], below), "{below}");
        }
        assert_eq!(opposite("Above"), Some("below"));
        assert_eq!(opposite("下述"), Some("上述"));
        assert_eq!(opposite("précité"), None);
    }

    #[test]
    fn ordinals_keep_their_form() {
        assert_eq!(ordinal_like("third", 4), Some("fourth"));
        assert_eq!(ordinal_like("première", 2), Some("deuxième"));
        assert_eq!(ordinal_like("третьем", 5), Some("пятом"));
        assert_eq!(ordinal_like("الثالثة", 4), Some("الرابعة"));
        assert_eq!(ordinal_like("third", 90), None);
        for language in &words().ordinal_forms {
            assert!(language.iter().all(|forms| forms.len() == language[0].len()), "{language:?}");
        }
    }

    #[test]
    fn the_schema_is_up_to_date() {
        let mut schema = serde_json::to_string_pretty(&schemars::schema_for!(File)).expect("a schema is JSON");
        schema.push('\n');
        let path = format!("{}/data/schema/reference-words.schema.json", env!("CARGO_MANIFEST_DIR"));
        expect_test::ExpectFile { path: path.clone().into(), position: path.leak() }.assert_eq(&schema);
    }
}
