//! `citation/form`: a citation that can be read, but is not written as its house writes it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use super::citation_common::{base, sentence};
use super::citation_fix::{Writer, language_of};
use super::citation_quotes::Quotes;
use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::citation::{
    Citation, CitedVersion, Instrument, ResolutionId, Wording, WrittenVersion, body, data, place_name, roman_session,
    written_version,
};
use crate::syntax::{Language, Side, TextRange, TextSize, fold};

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/form",
    page: include_str!("../../../docs/rules/citation-form.md"),
    severity: Severity::Information,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let mut quotes = Quotes::default();
    // Several citations may share a parenthesis; it has its slip once.
    let mut told = BTreeSet::new();
    // Many citations are written like another one that is in order.
    let mut in_order: HashSet<Written<'_>, RandomState> = HashSet::default();
    for citation in &input.facts.citations {
        if citation.side != Side::Amended || citation.pinned || matches!(citation.wording, Wording::Between) {
            continue;
        }
        let written = Written::of(input, citation);
        if written.as_ref().is_some_and(|written| in_order.contains(written)) {
            continue;
        }
        let Some(slip) = slip(input, citation) else {
            in_order.extend(written);
            continue;
        };
        if !quotes.hold(input, citation.paragraph, citation.range) && told.insert(slip.range.start()) {
            out.extend(finding(input, citation, slip));
        }
    }
}

/// All that says whether a citation is written as its house writes it, but for the place where it stands.
#[derive(PartialEq, Eq, Hash)]
struct Written<'a> {
    /// What was read, …
    text: &'a str,
    number: &'a str,
    id: Option<&'a ResolutionId>,
    instrument: Instrument,
    /// … and as it stands in the source, from where the citation begins.
    words: &'a str,
    number_at: (i64, TextSize),
    version: Option<WrittenAt<'a>>,
}

/// The version of a citation.
#[derive(PartialEq, Eq, Hash)]
struct WrittenAt<'a> {
    year: u16,
    place: Option<&'a str>,
    revised: bool,
    words: &'a str,
    at: (i64, TextSize),
    year_at: (i64, TextSize),
    place_at: Option<(i64, &'a str)>,
}

impl<'a> Written<'a> {
    /// `None` where what stands around a citation, or a change in it, has to be looked at.
    fn of(input: &Input<'a>, citation: &'a Citation) -> Option<Written<'a>> {
        let paragraph = input.facts.document.paragraphs.get(citation.paragraph.index())?;
        let source = Source { text: input.text };
        let words = source.of(citation.range);
        let lettered = citation.id.as_ref().is_some_and(|id| matches!(base(id), "WHA" | "EB"));
        if !paragraph.changes.is_empty() || lettered || words.starts_with(['R', 'r']) && words.contains("s.") {
            return None;
        }
        let from = |range: TextRange| {
            (i64::from(u32::from(range.start())) - i64::from(u32::from(citation.range.start())), range.len())
        };
        let version = citation.cited_version.as_ref().map(|version| WrittenAt {
            year: version.year,
            place: version.place,
            revised: version.revised,
            words: source.of(version.range),
            at: from(version.range),
            year_at: from(version.year_range),
            place_at: version.place_range.map(|range| (from(range).0, source.of(range))),
        });
        Some(Written {
            text: &citation.text,
            number: &citation.number,
            id: citation.id.as_ref(),
            instrument: citation.instrument,
            words,
            number_at: from(citation.number_range),
            version,
        })
    }
}

/// What is written otherwise than the house writes it.
struct Slip {
    /// What is underlined.
    range: TextRange,
    /// The part of it that is replaced, …
    replaced: TextRange,
    /// … and by what.
    new: String,
    /// What is wrong, behind “Write …: ”.
    why: String,
    /// How the whole is written, for the message.
    whole: String,
}

fn finding(input: &Input<'_>, citation: &Citation, slip: Slip) -> Option<Finding> {
    let Slip { range, replaced, new, why, whole } = slip;
    let message = format!("Write {whole}: {why}.");
    let finding = Finding::new(RULE.id, RULE.severity, range, message);
    // What runs through a change is being worked on.
    let edit = Writer::new(input, citation.paragraph)?.replace(replaced, &new)?;
    Some(finding.sure_fix(format!("Write {whole}"), Remedy::Edits(vec![edit])))
}

/// The first slip of a citation; each has one right form.
fn slip(input: &Input<'_>, citation: &Citation) -> Option<Slip> {
    let language = language_of(input, citation)?;
    let paragraph = input.facts.document.paragraphs.get(citation.paragraph.index())?;
    if paragraph.changes.iter().any(|change| {
        change.range.intersect(citation.range).is_some_and(|common| !common.is_empty())
            && !change.new.is_some_and(|new| new.contains_range(citation.range))
    }) {
        return None;
    }
    let source = Source { text: input.text };
    health_assembly(&source, citation)
        .or_else(|| abbreviated(&source, citation, language))
        .or_else(|| space(&source, citation, language))
        .or_else(|| chinese_mark(&source, citation, language))
        .or_else(|| version(&source, citation, citation.cited_version.as_ref()?, language))
}

/// The words of the source.
struct Source<'a> {
    text: &'a str,
}

impl<'a> Source<'a> {
    fn at(&self, start: TextSize, end: TextSize) -> &'a str {
        self.text.get(usize::from(start)..usize::from(end)).unwrap_or_default()
    }

    fn of(&self, range: TextRange) -> &'a str {
        self.at(range.start(), range.end())
    }
}

/// `WHA 75.8`, `75/8` for `WHA75.8`: the letters and the number are one symbol. Without the letters, “World Health Assembly
/// resolution 75.8” is how the United Nations cites it.
fn health_assembly(source: &Source<'_>, citation: &Citation) -> Option<Slip> {
    let letters = match base(citation.id.as_ref()?) {
        "WHA" => "WHA",
        "EB" => "EB",
        _ => return None,
    };
    let written = source.of(citation.number_range);
    let whole = citation.number.clone();
    whole.starts_with(letters).then_some(())?;
    if written.starts_with(|c: char| c.is_ascii_digit()) && written.contains('/') {
        let range = citation.number_range;
        let why = "a full stop stands between the assembly and the number".to_owned();
        return Some(Slip { range, replaced: range, new: whole.clone(), why, whole });
    }
    let range = if written.strip_prefix(letters).is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
        citation.number_range
    } else if written.starts_with(|c: char| c.is_ascii_digit()) {
        // The letters stand in front of what was read as the number.
        let before = source.at(TextSize::new(0), citation.number_range.start());
        let stem = before.strip_suffix(char::is_whitespace)?.trim_end().strip_suffix(letters)?;
        TextRange::new(TextSize::of(stem), citation.number_range.end())
    } else {
        return None;
    };
    Some(Slip { range, replaced: range, new: whole.clone(), why: APART.to_owned(), whole })
}

const APART: &str = "the letters and the number are one symbol";

/// “Res. 140”, “Rés. 140”: in a text the word is written out.
fn abbreviated(source: &Source<'_>, citation: &Citation, language: Language) -> Option<Slip> {
    let written = source.of(citation.range);
    let (short, word) = match language {
        Language::En if written.starts_with("Res.") => ("Res.", "resolution"),
        Language::Fr if written.starts_with("Rés.") => ("Rés.", "résolution"),
        Language::Fr if written.starts_with("Res.") => ("Res.", "résolution"),
        Language::Es if written.starts_with("Res.") => ("Res.", "resolución"),
        _ => return None,
    };
    let number = source.of(citation.number_range);
    // Of a list it would be the plural.
    let behind = source.at(citation.range.end(), TextSize::of(source.text));
    let behind: String = behind.chars().take(12).collect();
    let list = behind.trim_start_matches([',', ' ']).trim_start_matches(char::is_alphabetic).trim_start();
    if list.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let itu = citation.id.as_ref().and_then(|id| body(base(id))).is_some_and(|facts| facts.profile == "itu");
    let word = if itu { sentence(word) } else { word.to_owned() };
    let range = TextRange::at(citation.range.start(), TextSize::of(short));
    Some(Slip {
        range: TextRange::new(range.start(), citation.number_range.end()),
        replaced: range,
        whole: format!("{word} {number}"),
        new: word,
        why: "the word is written out".to_owned(),
    })
}

/// `2625(XXV)`, `1325(2000)`, `140(Rev. Dubai, 2018)`: where words are spaced, a space stands before a parenthesis. Not
/// in symbols, which are written without.
fn space(source: &Source<'_>, citation: &Citation, language: Language) -> Option<Slip> {
    let words = source.of(citation.range);
    if language == Language::Zh || words.contains("/RES/") || citation.instrument == Instrument::Draft {
        return None;
    }
    let own = citation.number_range.start().max(citation.range.start());
    let tail = source.at(own, citation.range.end());
    let digits = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = tail.get(digits..)?.strip_prefix('(').filter(|_| digits > 0)?;
    let inner = rest.split(')').next()?.trim();
    let at = own + TextSize::try_from(digits).ok()?;
    let year = inner.len() == 4 && inner.bytes().all(|b| b.is_ascii_digit());
    let version = citation.cited_version.as_ref().is_some_and(|version| version.range.start() == at);
    let session = roman_session(&format!("1 ({inner})")).is_some();
    if !(year || version || session) {
        return None;
    }
    let close = TextSize::of(rest.split(')').next()?) + TextSize::of("()");
    let digits = tail.get(..digits)?;
    Some(Slip {
        range: TextRange::new(own, at + close),
        replaced: TextRange::empty(at),
        new: " ".to_owned(),
        why: "a space stands before the parenthesis".to_owned(),
        whole: format!("{digits} ({inner})"),
    })
}

/// 第140决议 for 第140号决议
fn chinese_mark(source: &Source<'_>, citation: &Citation, language: Language) -> Option<Slip> {
    if language != Language::Zh {
        return None;
    }
    let behind = source.at(citation.number_range.end(), citation.range.end());
    let before = source.at(citation.range.start(), citation.number_range.start());
    let names = data().keywords.instruments.values().filter_map(|names| names.get(&Language::Zh)).flatten();
    let name = names.into_iter().find(|name| behind.starts_with(name.as_str()))?;
    before.ends_with('第').then_some(())?;
    let number = source.of(citation.number_range);
    let end = citation.number_range.end() + TextSize::of(name.as_str());
    Some(Slip {
        range: TextRange::new(citation.number_range.start() - TextSize::of('第'), end),
        replaced: TextRange::empty(citation.number_range.end()),
        new: "号".to_owned(),
        why: "the number is followed by 号".to_owned(),
        whole: format!("第{number}号{name}"),
    })
}

/// `(Rev. Dubai 2018)`, `(Rev Dubai, 2018)`, `(Rev. 2018, Dubai)`, （迪拜，2018年，修订版）.
fn version(source: &Source<'_>, citation: &Citation, version: &CitedVersion, language: Language) -> Option<Slip> {
    let (place_range, place) = (version.place_range?, version.place?);
    let id = citation.id.clone().unwrap_or_else(|| ResolutionId::new("PP", citation.number.as_str()));
    if body(base(&id)).is_none_or(|facts| facts.profile != "itu" || facts.coded || facts.session_letter.is_some()) {
        return None;
    }
    let (place_words, year_words) = (source.of(place_range), source.of(version.year_range));
    let year_first = version.year_range.start() < place_range.start();
    let (first, second) = match year_first {
        true => (version.year_range, place_range),
        false => (place_range, version.year_range),
    };
    let inner = |words: &'static [char], text: &str| text.trim_matches(words).trim().to_owned();
    const BRACKETS: &[char] = &['(', ')', '（', '）'];
    let opening = inner(BRACKETS, source.at(version.range.start(), first.start()));
    let between = source.at(first.end(), second.start()).to_owned();
    let closing = inner(BRACKETS, source.at(second.end(), version.range.end()));
    if !are_known(&[&opening, &between, &closing], language) {
        return None;
    }
    let comma = |words: &str| words.contains([',', '，', '،', '、']);
    let revised = |words: &str| is_revised(words, language);
    let mut why: Vec<&str> = Vec::new();
    if language == Language::Zh {
        let year = if year_first { between.as_str() } else { closing.as_str() };
        if !year_first {
            why.push("the year stands before the place");
        }
        if !year.starts_with('年') {
            why.push("年 follows the year");
        }
        if !comma(&between) {
            why.push("a comma stands between year and place");
        }
        if revised(&opening) {
            why.push("修订版 stands last");
        } else if year_first && revised(&closing) && !comma(&closing) {
            why.push("a comma stands before 修订版");
        }
    } else {
        if year_first {
            why.push("the place stands before the year");
        } else if !comma(&between) && between.trim().is_empty() {
            why.push("a comma stands between place and year");
        }
        if revised(&closing) || revised(&between) {
            why.push("the word for a revision stands first");
        }
        let abbreviated = matches!(opening.as_str(), "Rev" | "Rév" | "Пересм");
        if abbreviated {
            why.push("the abbreviation has a full stop");
        }
    }
    let why = why.join(", and ");
    let written = WrittenVersion { place: Some(place), year: version.year, revised: version.revised };
    let whole = written_version(&id, written, language)?;
    // The words stay as they are written.
    let whole = whole.replace(place_name(place, language)?, place_words).replace(&version.year.to_string(), year_words);
    (!why.is_empty() && whole != source.of(version.range)).then_some(())?;
    Some(Slip { range: version.range, replaced: version.range, new: whole.clone(), why, whole })
}

/// What stands around place and year in one language, folded.
struct VersionWords {
    /// The words for a revision and for a year, the longest first.
    known: Vec<String>,
    /// Those for a revision.
    revised: Vec<String>,
}

impl VersionWords {
    fn of(language: Language) -> Option<&'static VersionWords> {
        static ALL: LazyLock<HashMap<Language, VersionWords>> = LazyLock::new(|| {
            let keywords = &data().keywords;
            let words = |language: Language| {
                let of = |words: &'static BTreeMap<Language, Vec<String>>| words.get(&language).into_iter().flatten();
                let mut known: Vec<&str> =
                    of(&keywords.revised).chain(of(&keywords.year_words)).map(String::as_str).collect();
                known.sort_by_key(|word| std::cmp::Reverse(word.len()));
                known.extend(["в", "في"]);
                VersionWords {
                    known: known.into_iter().map(fold).collect(),
                    revised: of(&keywords.revised).map(|word| fold(word)).collect(),
                }
            };
            Language::ALL.iter().map(|language| (*language, words(*language))).collect()
        });
        ALL.get(&language)
    }
}

/// Whether words hold nothing but the words for a revision and for a year, and punctuation.
fn are_known(parts: &[&str], language: Language) -> bool {
    let says_more = |rest: &str| rest.chars().any(char::is_alphanumeric);
    parts.iter().all(|part| {
        let mut rest = fold(part);
        for word in VersionWords::of(language).into_iter().flat_map(|words| &words.known) {
            if !says_more(&rest) {
                break;
            }
            if rest.contains(word.as_str()) {
                rest = rest.replace(word.as_str(), " ");
            }
        }
        !says_more(&rest)
    })
}

/// Whether words say that a version is a revision.
fn is_revised(words: &str, language: Language) -> bool {
    let words = fold(words);
    let own = VersionWords::of(language).into_iter().flat_map(|words| &words.revised);
    own.into_iter().any(|revised| words.contains(revised.as_str()))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::rules::testing::fixed_lines;

    fn assert(text: &str, expected: Expect) {
        expected.assert_eq(&fixed_lines(super::RULE.id, text));
    }

    #[test]
    fn the_version_of_a_resolution() {
        let texts = [
            "Resolution 140 (Rev. Dubai 2018) of the Plenipotentiary Conference\n",
            "Resolution 140 (Rev Dubai, 2018) of the Plenipotentiary Conference\n",
            "Resolution 140 (Rev. 2018, Dubai) of the Plenipotentiary Conference\n",
            "Resolution 140 (Dubai 2018, Rev.) of the Plenipotentiary Conference\n",
            "Resolutions 101 and 102 (Rev Dubai 2018) of the Plenipotentiary Conference\n",
            "la Résolution 140 (Rév Dubaï 2018) de la Conférence de plénipotentiaires\n",
            "la Resolución 140 (Rev. Dubái 2018) de la Conferencia de Plenipotenciarios\n",
            "Резолюция 140 (Пересм. Дубай 2018 г.) Полномочной конференции\n",
            "القرار 140 (المراجَع في دبي 2018) لمؤتمر المندوبين المفوضين\n",
            "全权代表大会第140号决议（迪拜，2018年，修订版）\n",
            "全权代表大会第140号决议（2018，迪拜，修订版）\n",
            "全权代表大会第140号决议（修订版，2018年，迪拜）\n",
            "全权代表大会第140号决议（2018年迪拜修订版）\n",
        ];
        let found: String = texts.iter().map(|text| fixed_lines(super::RULE.id, text)).collect();
        expect![[r#"
            (Rev. Dubai 2018): Write (Rev. Dubai, 2018): a comma stands between place and year.
              Write (Rev. Dubai, 2018): Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference
            (Rev Dubai, 2018): Write (Rev. Dubai, 2018): the abbreviation has a full stop.
              Write (Rev. Dubai, 2018): Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference
            (Rev. 2018, Dubai): Write (Rev. Dubai, 2018): the place stands before the year.
              Write (Rev. Dubai, 2018): Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference
            (Dubai 2018, Rev.): Write (Rev. Dubai, 2018): a comma stands between place and year, and the word for a revision stands first.
              Write (Rev. Dubai, 2018): Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference
            (Rev Dubai 2018): Write (Rev. Dubai, 2018): a comma stands between place and year, and the abbreviation has a full stop.
              Write (Rev. Dubai, 2018): Resolutions 101 and 102 (Rev. Dubai, 2018) of the Plenipotentiary Conference
            (Rév Dubaï 2018): Write (Rév. Dubaï, 2018): a comma stands between place and year, and the abbreviation has a full stop.
              Write (Rév. Dubaï, 2018): la Résolution 140 (Rév. Dubaï, 2018) de la Conférence de plénipotentiaires
            (Rev. Dubái 2018): Write (Rev. Dubái, 2018): a comma stands between place and year.
              Write (Rev. Dubái, 2018): la Resolución 140 (Rev. Dubái, 2018) de la Conferencia de Plenipotenciarios
            (Пересм. Дубай 2018 г.): Write (Пересм. Дубай, 2018 г.): a comma stands between place and year.
              Write (Пересм. Дубай, 2018 г.): Резолюция 140 (Пересм. Дубай, 2018 г.) Полномочной конференции
            (المراجَع في دبي 2018): Write (المراجَع في دبي، 2018): a comma stands between place and year.
              Write (المراجَع في دبي، 2018): القرار 140 (المراجَع في دبي، 2018) لمؤتمر المندوبين المفوضين
            （迪拜，2018年，修订版）: Write （2018年，迪拜，修订版）: the year stands before the place.
              Write （2018年，迪拜，修订版）: 全权代表大会第140号决议（2018年，迪拜，修订版）
            （2018，迪拜，修订版）: Write （2018年，迪拜，修订版）: 年 follows the year.
              Write （2018年，迪拜，修订版）: 全权代表大会第140号决议（2018年，迪拜，修订版）
            （修订版，2018年，迪拜）: Write （2018年，迪拜，修订版）: 修订版 stands last.
              Write （2018年，迪拜，修订版）: 全权代表大会第140号决议（2018年，迪拜，修订版）
            （2018年迪拜修订版）: Write （2018年，迪拜，修订版）: a comma stands between year and place, and a comma stands before 修订版.
              Write （2018年，迪拜，修订版）: 全权代表大会第140号决议（2018年，迪拜，修订版）
        "#]].assert_eq(&found);
    }

    #[test]
    fn spaces_and_letters_of_numbers() {
        let texts = [
            "General Assembly resolution 2625(XXV) of 24 October 1970\n",
            "Security Council resolution 1325(2000)\n",
            "résolution 1325(2000) du Conseil de sécurité\n",
            "Resolution 140(Rev. Dubai, 2018) of the Plenipotentiary Conference\n",
            "World Health Assembly resolution WHA 75.8\n",
            "World Health Assembly resolution 75/8\n",
            "Res. 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference\n",
            "la Rés. 140 (Rév. Dubaï, 2018) de la Conférence de plénipotentiaires\n",
            "Res. 101 and 102 (Rev. Dubai, 2018) of the Plenipotentiary Conference\n",
            "全权代表大会第140决议（2018年，迪拜，修订版）\n",
        ];
        let found: String = texts.iter().map(|text| fixed_lines(super::RULE.id, text)).collect();
        expect![[r#"
            2625(XXV): Write 2625 (XXV): a space stands before the parenthesis.
              Write 2625 (XXV): General Assembly resolution 2625 (XXV) of 24 October 1970
            1325(2000): Write 1325 (2000): a space stands before the parenthesis.
              Write 1325 (2000): Security Council resolution 1325 (2000)
            1325(2000): Write 1325 (2000): a space stands before the parenthesis.
              Write 1325 (2000): résolution 1325 (2000) du Conseil de sécurité
            140(Rev. Dubai, 2018): Write 140 (Rev. Dubai, 2018): a space stands before the parenthesis.
              Write 140 (Rev. Dubai, 2018): Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference
            WHA 75.8: Write WHA75.8: the letters and the number are one symbol.
              Write WHA75.8: World Health Assembly resolution WHA75.8
            Res. 140: Write Resolution 140: the word is written out.
              Write Resolution 140: Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference
            Rés. 140: Write Résolution 140: the word is written out.
              Write Résolution 140: la Résolution 140 (Rév. Dubaï, 2018) de la Conférence de plénipotentiaires
            第140决议: Write 第140号决议: the number is followed by 号.
              Write 第140号决议: 全权代表大会第140号决议（2018年，迪拜，修订版）
        "#]]
        .assert_eq(&found);
    }

    #[test]
    fn silent_where_the_form_is_right_or_varies() {
        for text in [
            "Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference\n",
            "Resolution 140 (Antalya, 2006) of the Plenipotentiary Conference\n",
            "Resolution 27 (Rev.WRC-19) and Resolution 425 (Rev. WRC-15)\n",
            "Council Resolution 1332 (Rev. 2016), Council Resolution 1332 (C11, last amended C19)\n",
            "la Résolution 140 (Rév. Dubaï, 2018) de la Conférence de plénipotentiaires\n",
            "Резолюция 140 (Пересм. Дубай, 2018 г.) Полномочной конференции\n",
            "القرار 140 (المراجَع في دبي، 2018) لمؤتمر المندوبين المفوضين\n",
            "全权代表大会第140号决议（2018年，迪拜，修订版），大会第2625(XXV)号决议\n",
            "General Assembly resolution 2625 (XXV), A/RES/2625(XXV), A/RES/70/1, resolution 67/244 B\n",
            "World Health Assembly resolution WHA75.8 and decision WHA75(8)\n",
            "World Health Assembly resolution 75.8\n",
            "the report “Resolution 140 (Rev. Dubai 2018) of the Plenipotentiary Conference”\n",
            "Resolution 140 (Rev. {~~Busan~>Dubai~~} 2018) of the Plenipotentiary Conference\n",
        ] {
            assert(text, expect![""]);
        }
    }
}
