//! The six official languages of the United Nations, in which resolutions are drafted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language of a resolution. Written as its ISO 639-1 code in metadata, data files and settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, `en`.
    En,
    /// French, `fr`.
    Fr,
    /// Spanish, `es`.
    Es,
    /// Russian, `ru`.
    Ru,
    /// Chinese, `zh`.
    Zh,
    /// Arabic, `ar`.
    Ar,
}

impl Language {
    /// All six, English first.
    pub const ALL: [Language; 6] = [Language::En, Language::Fr, Language::Es, Language::Ru, Language::Zh, Language::Ar];

    /// The language of an ISO 639-1 code, in either case; a region behind it (`fr-CH`) is ignored.
    pub fn from_code(code: &str) -> Option<Language> {
        let code = code.split(['-', '_']).next()?.trim();
        Language::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fr => "fr",
            Language::Es => "es",
            Language::Ru => "ru",
            Language::Zh => "zh",
            Language::Ar => "ar",
        }
    }

    /// The language of a running text, from its script and, where several languages share one, from its commonest
    /// words. `None` for a text without letters.
    pub fn guess(text: &str) -> Option<Language> {
        let (mut latin, mut cyrillic, mut arabic, mut han) = (0u32, 0u32, 0u32, 0u32);
        for c in text.chars().take(4000) {
            match c {
                'a'..='z' | 'A'..='Z' | 'À'..='ɏ' => latin += 1,
                'Ѐ'..='ӿ' => cyrillic += 1,
                '؀'..='ۿ' => arabic += 1,
                '一'..='鿿' | '㐀'..='䶿' => han += 1,
                _ => {}
            }
        }
        // One Chinese character stands for about three letters.
        let (_, language) = [
            (han * 3, Some(Language::Zh)),
            (cyrillic, Some(Language::Ru)),
            (arabic, Some(Language::Ar)),
            (latin, None),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .max_by_key(|(count, _)| *count)?;
        Some(language.unwrap_or_else(|| guess_latin(text)))
    }

    /// Whether two texts are certainly of different languages: by their script or, where that is the same, because each
    /// has common words of its own language and none of the other's. A short text often has none of either.
    pub(crate) fn differ(one: &str, other: &str) -> bool {
        let languages = (Language::guess(one), Language::guess(other));
        match languages {
            (Some(Language::En | Language::Fr | Language::Es), Some(Language::En | Language::Fr | Language::Es)) => {
                let foreign = |language: Option<Language>, text| language.is_some_and(|it| it.is_foreign_to(text));
                foreign(languages.0, other) && foreign(languages.1, one)
            }
            (one, other) => one != other,
        }
    }

    /// Whether the commonest words of `text` are those of another language in the same script and none is of this one:
    /// “note” opens a clause in French, but not in “note by the secretariat”.
    pub(crate) fn is_foreign_to(self, text: &str) -> bool {
        let counts = common_words(text);
        let of = |language: Language| {
            [Language::En, Language::Fr, Language::Es].iter().position(|l| *l == language).map_or(0, |at| counts[at])
        };
        matches!(self, Language::En | Language::Fr | Language::Es)
            && of(self) == 0
            && counts.iter().any(|count| *count > 0)
    }
}

/// The bytes of the longest word that tells a language, “résolution”, and some more for what gets shorter in lower case.
const LONGEST: usize = 16;

/// How many words of a text are articles, prepositions or the word “resolution” that only English, only French or only
/// Spanish has.
fn common_words(text: &str) -> [u32; 3] {
    let (mut en, mut fr, mut es) = (0, 0, 0);
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphabetic()).take(1000) {
        // Nothing below is longer.
        if word.len() > LONGEST {
            continue;
        }
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        match lower.as_str() {
            "the" | "of" | "and" | "to" | "that" | "by" => en += 1,
            "le" | "les" | "des" | "du" | "et" | "aux" | "dans" | "une" | "pour" | "sur" | "au" | "qu" | "cette"
            | "résolution" => fr += 1,
            "el" | "los" | "las" | "del" | "y" | "por" | "una" | "para" | "con" | "al" | "resolución" => es += 1,
            _ => {}
        }
    }
    [en, fr, es]
}

fn guess_latin(text: &str) -> Language {
    let [en, fr, es] = common_words(text);
    if fr > en && fr >= es {
        Language::Fr
    } else if es > en {
        Language::Es
    } else {
        Language::En
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_carry_a_region() {
        assert_eq!(Language::from_code("fr-CH"), Some(Language::Fr));
        assert_eq!(Language::from_code("tlh"), None);
    }

    #[test]
    fn the_language_shows_in_script_and_common_words() {
        assert_eq!(Language::guess("注意到ITU-T的工作"), Some(Language::Zh));
        assert_eq!(Language::guess("принимая во внимание"), Some(Language::Ru));
        assert_eq!(Language::guess("إذ يذكّر"), Some(Language::Ar));
        assert_eq!(Language::guess("la nécessité pour les États et dans le monde"), Some(Language::Fr));
        assert_eq!(Language::guess("la necesidad de los Estados y del mundo"), Some(Language::Es));
        assert_eq!(Language::guess("the need of States"), Some(Language::En));
        // “en” is a word of both.
        assert_eq!(Language::guess("mettre en œuvre la résolution et en rendre compte"), Some(Language::Fr));
        assert_eq!(Language::guess("12 – 13"), None);
    }

    #[test]
    fn common_words_tell_that_a_word_is_of_another_language() {
        assert!(Language::Fr.is_foreign_to("Note by the Secretariat"));
        assert!(!Language::Fr.is_foreign_to("Note les progrès"));
        assert!(!Language::Fr.is_foreign_to("Note"));
        assert!(!Language::Ru.is_foreign_to("the note"));
    }

    #[test]
    fn two_texts_differ_where_both_show_their_language() {
        assert!(Language::differ("the length of the meeting", "la durée des réunions"));
        assert!(Language::differ("the length of the meeting", "会议的时间"));
        assert!(!Language::differ("nulle réunion ne durera", "la durée des réunions"));
    }
}
