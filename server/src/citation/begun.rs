//! A citation that is being typed: what a text that ends at the cursor has begun to cite.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::beside::{Named, beside};
use super::data::{self, data};
use super::id::Body;
use super::recognise::Instrument;
use super::token::{BodySet, Kind, Token, word};
use super::words::Words;
use crate::syntax::{Language, fold};

/// How many bytes before the cursor are looked at: more than a list of citations takes.
const MOST: usize = 1200;
/// How many tokens may stand between the word “resolution” and the number.
const MOST_BETWEEN: usize = 64;
/// How many words of a title are looked at.
const MOST_WORDS: usize = 24;

/// A citation of which the text up to the cursor holds the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// What is cited.
    pub instrument: Instrument,
    /// Whether the word for it stands before the number; 第 and a symbol have none.
    pub has_keyword: bool,
    /// What belongs to the citation: the word for the instrument, 第 or the number, to the end of the text; in bytes of
    /// the text.
    pub start: usize,
    /// From the end of the word for the instrument, or of 第, to what is typed.
    pub between: Range<usize>,
    /// What is typed of the number or title, to the end of the text; may be empty.
    pub typed: Range<usize>,
    /// What is typed.
    pub what: Beginning,
    /// The bodies that a name beside it may stand for.
    pub named: Vec<Body>,
    /// Whether that name is one that bodies share: “the Council”.
    pub generic: bool,
    /// Whether it is said to be of the organ that acts: “its resolution”, 本届大会.
    pub own: bool,
    /// Whether other numbers stand before this one: “Resolutions 101 and ”.
    pub in_group: bool,
    /// The languages of the word for the instrument, as far as it tells; empty where there is none.
    pub languages: Vec<Language>,
    /// Whether a citation follows for certain. Otherwise these may be words like any others, “the resolution which …”,
    /// and nothing should be offered before a digit or a title has been typed.
    pub sure: bool,
}

/// What of a citation is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beginning {
    /// The first digits of a number.
    Number,
    /// A symbol of this body, of which so many bytes are its prefix: `A/RES/`.
    Symbol(Body, usize),
    /// Words of a title. `quoted` where a quotation mark stands before them.
    Title {
        /// A quotation mark stands before them.
        quoted: bool,
        /// “on”, 关于: the word that introduces them; `start` of the citation is this word where no word for the
        /// instrument stands before it.
        introduced: bool,
    },
}

/// `data/begun.json`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct BegunData {
    #[serde(rename = "$schema")]
    #[allow(dead_code)]
    schema: Option<String>,
    /// Words before “resolution” after which no number follows: “this resolution”.
    not_cited: data::Words,
}

fn not_cited() -> &'static HashSet<String> {
    static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let data: BegunData = serde_json::from_str(include_str!("../../data/begun.json"))
            .expect("the bundled data is read by the tests and cannot change afterwards");
        data.not_cited.values().flatten().map(|word| fold(word)).collect()
    });
    &WORDS
}

/// What a text that ends at the cursor has begun to cite; `None` where it cites nothing there. The text is one reading
/// of a paragraph, without markup.
pub fn begun(text: &str) -> Option<Begun> {
    let cut = (text.len().saturating_sub(MOST)..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let words = Words::new(text.get(cut..)?);
    let mut begun = symbol(&words).or_else(|| number(&words)).or_else(|| title(&words))?;
    begun.start += cut;
    begun.between = begun.between.start + cut..begun.between.end + cut;
    begun.typed = begun.typed.start + cut..begun.typed.end + cut;
    Some(begun)
}

fn is_han(c: char) -> bool {
    matches!(c, '一'..='鿿' | '㐀'..='䶿')
}

/// The run of letters, digits and signs of numbers that the folded text ends with: where it begins.
fn last_chunk(text: &str) -> usize {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '(' | ')');
    let start = text.char_indices().rev().take_while(|(_, c)| inside(*c)).last().map_or(text.len(), |(at, _)| at);
    // A parenthesis before it is no part of it.
    start + text[start..].find(|c: char| !matches!(c, '(' | ')' | '.' | '-' | '/')).unwrap_or(text.len() - start)
}

/// `A/RES/70/1`, `WHA75.`: the prefix of a symbol and at least its slash, or a digit.
fn symbol(words: &Words<'_>) -> Option<Begun> {
    let text = words.folded.text.as_str();
    let start = last_chunk(text);
    let chunk = text.get(start..)?;
    let prefixes = data().bodies.iter().flat_map(|body| body.symbols.iter().map(move |symbol| (body, symbol)));
    let (body, prefix) = prefixes
        .filter(|(_, symbol)| {
            let head = chunk.get(..symbol.len()).is_some_and(|head| head.eq_ignore_ascii_case(symbol));
            // `A/` begins many things; `WHA` is a name until a digit follows.
            let digit = chunk.as_bytes().get(symbol.len()).is_some_and(u8::is_ascii_digit);
            head && symbol.len() > 2 && (symbol.ends_with('/') || digit)
        })
        .max_by_key(|(_, symbol)| symbol.len())?;
    let decision = prefix.contains("DEC") || chunk.get(prefix.len()..).is_some_and(|rest| rest.contains('('));
    let from = words.folded.origin(start);
    Some(Begun {
        instrument: if decision { Instrument::Decision } else { Instrument::Resolution },
        has_keyword: false,
        start: from,
        between: from..from,
        typed: from..words.source.len(),
        what: Beginning::Symbol(body.id.clone(), prefix.len()),
        named: vec![body.id.clone()],
        generic: false,
        own: false,
        in_group: false,
        languages: Vec::new(),
        sure: true,
    })
}

/// The word for an instrument that begins a citation.
fn instrument(token: &Token) -> Option<Instrument> {
    token.entry().filter(|_| !token.is(word::NOT_INSTRUMENT))?.instrument
}

/// `Resolution 14`, “resolutions 64/292 and 70/”, 第101和10: a number, or nothing yet, behind the word for the instrument
/// or 第.
fn number(words: &Words<'_>) -> Option<Begun> {
    let text = words.folded.text.as_str();
    let mut typed = last_chunk(text);
    let chunk = text.get(typed..)?;
    if !chunk.is_empty() && !chunk.starts_with(|c: char| c.is_ascii_digit()) {
        let special = ["s-", "es-"].iter().any(|head| chunk.starts_with(head) || (head.starts_with(chunk)));
        if !special {
            // Letters: the number has not begun, or these are other words.
            typed = text.len();
        }
    }
    let typed_digit = text.get(typed..)?.starts_with(|c: char| c.is_ascii_digit());
    let mut named = Named::default();
    let mut particles = false;
    let mut in_group = false;
    let mut comma = false;
    let mut at = words.tokens.iter().rposition(|token| (token.end as usize) <= typed)?;
    let spaced = text.get(..typed)?.ends_with(' ');
    let mut ordinal = None;
    for _ in 0..MOST_BETWEEN {
        let token = words.at(at)?;
        if token.is(word::ORDINAL) {
            ordinal.get_or_insert(at);
            match at.checked_sub(1).filter(|before| words.at(*before).is_some_and(is_separator)) {
                Some(separator) => {
                    at = group_member_before(words, separator)?;
                    in_group = true;
                    continue;
                }
                None => break,
            }
        } else if let Some(instrument) = instrument(token) {
            let han = words.folded(token).starts_with(is_han);
            if han {
                // 第…号决议: in Chinese the number stands before the word.
                return None;
            }
            if (particles && named.bodies.is_empty()) || (comma && !token.is(word::PLURAL)) {
                return None;
            }
            if !spaced && !typed_digit {
                return None;
            }
            return with_keyword(words, at, instrument, typed, named, in_group, typed_digit);
        } else if !in_group && !token.bodies().is_empty() {
            named = named.or(Named::of(token));
        } else if !in_group && token.is(word::NUMBERED) {
        } else if is_separator(token) {
            comma |= token.is_mark(',');
            at = group_member_before(words, at)?;
            in_group = true;
            continue;
        } else if !in_group && token.is(word::CONNECTIVE) {
            particles = true;
        } else if in_group && (token.is(word::NUMBERED) || !token.bodies().is_empty()) {
        } else if ordinal.is_some() {
            break;
        } else {
            return None;
        }
        match at.checked_sub(1) {
            Some(before) => at = before,
            None => break,
        }
    }
    // 第
    let first = ordinal?;
    let token = words.at(first)?;
    if token.end as usize != typed && !in_group {
        return None;
    }
    let (beside_named, own, this_organ, own_named) = beside(words, at, false);
    let named = named.or(beside_named);
    let source_end = words.folded.origin(token.end as usize);
    let from = words.folded.origin(typed);
    let sure = !named.bodies.is_empty() || own || this_organ;
    Some(Begun {
        instrument: Instrument::Resolution,
        has_keyword: false,
        start: if in_group { from } else { words.folded.origin(token.start as usize) },
        between: source_end.min(from)..from,
        typed: from..words.source.len(),
        what: Beginning::Number,
        named: ids(named.bodies),
        generic: named.generic,
        own: (own && !own_named) || this_organ,
        in_group,
        languages: vec![Language::Zh],
        sure: sure || at_start(words, first),
    })
}

fn is_separator(token: &Token) -> bool {
    token.is(word::JOINER) || matches!(token.kind, Kind::Mark(',' | '、' | 'و'))
}

/// From a separator inside a list of citations to the token before the number that stands before it.
fn group_member_before(words: &Words<'_>, separator: usize) -> Option<usize> {
    let mut at = separator.checked_sub(1)?;
    if is_separator(words.at(at)?) {
        // “, and”
        at = at.checked_sub(1)?;
    }
    if words.is_mark(at, ')') {
        let mut open = at;
        while !words.is_mark(open, '(') {
            open = open.checked_sub(1).filter(|open| at - open < 24)?;
        }
        at = open.checked_sub(1)?;
    }
    // “64/292 of 28 July 2010”
    let year = words.at(at)?.plain().is_some_and(|year| (1900..2100).contains(&year));
    let month = |at: usize| words.at(at).and_then(Token::entry).is_some_and(|entry| entry.month.is_some());
    if year && at.checked_sub(1).is_some_and(month) && words.at(at.checked_sub(2)?)?.plain().is_some() {
        at = at.checked_sub(3)?;
        if words.is(at, word::CONNECTIVE | word::DATE_LEAD) {
            at = at.checked_sub(1)?;
        }
    }
    if instrument(words.at(at)?).is_some() {
        at = at.checked_sub(1)?;
    }
    if words.is(at, word::MARK) {
        at = at.checked_sub(1)?;
    }
    words.at(at)?.number()?;
    at.checked_sub(1)
}

fn with_keyword(
    words: &Words<'_>,
    at: usize,
    instrument: Instrument,
    typed: usize,
    named: Named,
    in_group: bool,
    typed_digit: bool,
) -> Option<Begun> {
    let token = words.at(at)?;
    let (before, own, this_organ, own_named) = beside(words, at, token.is(word::OWN));
    let named = named.or(before);
    let mut start = token.start as usize;
    let text = words.folded.text.as_str();
    let article = text.get(..start)?.ends_with("ال");
    if article {
        start -= "ال".len();
    }
    let origin = words.folded.origin(start);
    let upper = words.source.get(origin..)?.starts_with(char::is_uppercase);
    let refused = demonstrative(words, at, start);
    if refused && !typed_digit {
        return None;
    }
    let said = own || this_organ || upper || article || !named.bodies.is_empty();
    // “resolutions 64/292 and the report”: behind “and” anything may follow.
    let sure = !refused && said && !in_group;
    let from = words.folded.origin(typed);
    Some(Begun {
        instrument,
        has_keyword: true,
        start: if in_group { from } else { origin },
        between: words.folded.origin(token.end as usize).min(from)..from,
        typed: from..words.source.len(),
        what: Beginning::Number,
        named: ids(named.bodies),
        generic: named.generic,
        own: (own && !own_named) || this_organ,
        in_group,
        languages: languages(words, token),
        sure,
    })
}

/// Whether the words before “resolution” say that no number follows: “this resolution”, “a draft resolution”.
fn demonstrative(words: &Words<'_>, at: usize, start: usize) -> bool {
    if at.checked_sub(1).is_some_and(|before| words.is(before, word::DRAFT)) {
        return true;
    }
    let before = words.folded.text.get(..start).unwrap_or_default().trim_end();
    if before.ends_with(is_han) {
        return not_cited().iter().any(|word| word.starts_with(is_han) && before.ends_with(word.as_str()));
    }
    let last = before.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
    not_cited().contains(last)
}

/// The languages that have a word for an instrument: of those with diacritics only those that write it like this.
fn languages(words: &Words<'_>, token: &Token) -> Vec<Language> {
    let written = words.original(token.start, token.end).to_lowercase();
    let all = || data().keywords.instruments.values().chain(data().keywords.own_instruments.values());
    let with = |same: &dyn Fn(&str) -> bool| {
        let lists = all().flat_map(|list| list.iter());
        let mut found: Vec<Language> =
            lists.filter(|(_, list)| list.iter().any(|word| same(word))).map(|(language, _)| *language).collect();
        found.sort();
        found.dedup();
        found
    };
    let exact = with(&|word| word == written);
    if exact.is_empty() { with(&|word| fold(word) == words.folded(token)) } else { exact }
}

/// Whether nothing but white space, or a quotation mark, stands before a token.
fn at_start(words: &Words<'_>, index: usize) -> bool {
    let start = words.at(index).map_or(0, |token| token.start as usize);
    words.folded.text.get(..start).is_some_and(|before| before.trim().is_empty())
}

fn ids(bodies: BodySet) -> Vec<Body> {
    bodies.iter().filter_map(|index| Some(data().bodies.get(index)?.id.clone())).collect()
}

/// “Resolution on the summit outc”, “resolution entitled “Transforming”, 关于信息社会: words of a title.
fn title(words: &Words<'_>) -> Option<Begun> {
    let mut introduced = None;
    let mut seen = 0;
    for at in (0..words.tokens.len()).rev() {
        let token = words.at(at)?;
        if matches!(token.kind, Kind::Mark(';' | '。' | '(' | ')' | ':'))
            || (token.is_mark('.') && at + 1 == words.tokens.len())
        {
            return None;
        }
        if let Some(instrument) = instrument(token) {
            return title_behind(words, at, instrument, introduced);
        }
        if token.is(word::OBJECT_OF) {
            introduced = Some(at);
            if words.folded(token).starts_with(is_han) {
                return chinese_title(words, at);
            }
        }
        seen += 1;
        if seen > MOST_WORDS {
            return None;
        }
    }
    None
}

const QUOTES: [char; 7] = ['"', '“', '«', '《', '”', '„', '\''];

fn title_behind(words: &Words<'_>, at: usize, instrument: Instrument, introduced: Option<usize>) -> Option<Begun> {
    let token = words.at(at)?;
    let text = words.folded.text.as_str();
    // “on” has to follow at once: “Resolution adopted on the report” cites nothing by its title.
    let introduced = introduced.filter(|index| *index == at + 1);
    let behind = introduced.and_then(|index| words.at(index)).map_or(token.end, |token| token.end) as usize;
    let rest = text.get(behind..)?;
    let lead = rest.len() - rest.trim_start().len();
    let unquoted = rest.trim_start().trim_start_matches(QUOTES);
    let quoted = unquoted.len() < rest.trim_start().len();
    let typed = text.len() - unquoted.len();
    if unquoted.is_empty() || unquoted.contains(QUOTES) {
        return None;
    }
    // “Resolution adopted by the Assembly”, “Resolution of the Council”: no title begins like this.
    let next = words.at(introduced.unwrap_or(at) + 1);
    if !quoted && introduced.is_none() && next.is_some_and(|next| next.is(word::CONNECTIVE | word::PAST | word::JOINER))
    {
        return None;
    }
    let han = words.folded(token).starts_with(is_han);
    if !han && lead == 0 && !quoted {
        return None;
    }
    let (named, own, this_organ, own_named) = beside(words, at, token.is(word::OWN));
    let mut start = token.start as usize;
    if text.get(..start)?.ends_with("ال") {
        start -= "ال".len();
    }
    if demonstrative(words, at, start) {
        return None;
    }
    let origin = words.folded.origin(start);
    let upper = words.source.get(origin..)?.starts_with(char::is_uppercase);
    let article = start < token.start as usize;
    let from = words.folded.origin(typed);
    if !(quoted || introduced.is_some() || upper || article || own) {
        return None;
    }
    Some(Begun {
        instrument,
        has_keyword: true,
        start: origin,
        between: words.folded.origin(token.end as usize)..from,
        typed: from..words.source.len(),
        what: Beginning::Title { quoted, introduced: introduced.is_some() },
        named: ids(named.bodies),
        generic: named.generic,
        own: (own && !own_named) || this_organ,
        in_group: false,
        languages: languages(words, token),
        sure: true,
    })
}

/// 关于信息社会: in Chinese the title stands before the number.
fn chinese_title(words: &Words<'_>, at: usize) -> Option<Begun> {
    let token = words.at(at)?;
    let rest = words.folded.text.get(token.end as usize..)?;
    let unquoted = rest.trim_start_matches(QUOTES);
    let quoted = unquoted.len() < rest.len();
    if unquoted.is_empty() || unquoted.contains(['，', ',', '的']) || unquoted.contains(QUOTES) {
        return None;
    }
    let (named, own, this_organ, own_named) = beside(words, at, false);
    let origin = words.folded.origin(token.start as usize);
    let from = words.folded.origin(words.folded.text.len() - unquoted.len());
    Some(Begun {
        instrument: Instrument::Resolution,
        has_keyword: false,
        start: origin,
        between: words.folded.origin(token.end as usize)..from,
        typed: from..words.source.len(),
        what: Beginning::Title { quoted, introduced: true },
        named: ids(named.bodies),
        generic: named.generic,
        own: (own && !own_named) || this_organ,
        in_group: false,
        languages: vec![Language::Zh],
        sure: quoted || own || !named.bodies.is_empty(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let Some(begun) = begun(text) else { return "nothing".to_owned() };
        let what = match &begun.what {
            Beginning::Number => "number".to_owned(),
            Beginning::Symbol(body, _) => format!("symbol of {body}"),
            Beginning::Title { .. } => "title".to_owned(),
        };
        let mut shown = format!("{:?} {what} “{}”", begun.instrument, &text[begun.typed.clone()]);
        if !begun.named.is_empty() && begun.named.len() < 4 && !matches!(begun.what, Beginning::Symbol(..)) {
            shown += &format!(" of {}", begun.named.join("/"));
        }
        for (is, word) in [(begun.own, "own"), (begun.in_group, "in a group"), (!begun.sure, "not sure")] {
            if is {
                shown += ", ";
                shown += word;
            }
        }
        shown
    }

    #[test]
    fn numbers_are_begun_in_six_languages() {
        for (text, expected) in [
            ("Resolution ", "Resolution number “”"),
            ("recalling Resolution 14", "Resolution number “14”"),
            ("its resolution 70/", "Resolution number “70/”, own"),
            ("General Assembly resolution 70/1", "Resolution number “70/1” of UNGA"),
            ("resolution 70/1", "Resolution number “70/1”, not sure"),
            ("Human Rights Council decision 5", "Decision number “5” of HRC"),
            ("Recommendation ", "Recommendation number “”"),
            ("Resolutions 101 (Rev. Busan, 2014), 102 and 1", "Resolution number “1”, in a group, not sure"),
            (
                "its resolutions 64/292 of 28 July 2010, 68/157 of 18 December 2013 and 70/16",
                "Resolution number “70/16”, own, in a group, not sure",
            ),
            ("la Résolution 14", "Resolution number “14”"),
            ("résolution de l’Assemblée générale 70/", "Resolution number “70/” of UNGA"),
            ("la resolución 70/", "Resolution number “70/”, not sure"),
            ("в Резолюции 14", "Resolution number “14”"),
            ("резолюцию № 14", "Resolution number “14”, not sure"),
            ("第14", "Resolution number “14”"),
            ("全权代表大会第", "Resolution number “”"),
            ("忆及其第70/", "Resolution number “70/”, own"),
            ("的第101和第10", "Resolution number “10”, in a group, not sure"),
            ("وبالقرار 14", "Resolution number “14”"),
            ("القرار ", "Resolution number “”"),
        ] {
            assert_eq!(show(text).replace(" of PP", ""), expected, "{text}");
        }
    }

    #[test]
    fn symbols_are_begun() {
        assert_eq!(show("recalling A/RES/70/1"), "Resolution symbol of UNGA “A/RES/70/1”");
        assert_eq!(show("recalling A/RES/"), "Resolution symbol of UNGA “A/RES/”");
        assert_eq!(show("resolution WHA75."), "Resolution symbol of WHA “WHA75.”");
        assert_eq!(show("the WHA"), "nothing");
        assert_eq!(show("A/"), "nothing");
    }

    #[test]
    fn titles_are_begun() {
        assert_eq!(show("Resolution summit outc"), "Resolution title “summit outc”");
        assert_eq!(show("its resolution on the right to dev"), "Resolution title “the right to dev”, own");
        assert_eq!(show("resolution entitled “Transforming our"), "Resolution title “Transforming our”");
        assert_eq!(show("忆及关于信息社会"), "Resolution title “信息社会”, not sure");
    }

    #[test]
    fn other_words_begin_nothing() {
        for text in [
            "this resolution ",
            "the present resolution ",
            "a draft resolution ",
            "of resolution",
            "the implementation of ",
            "in 2022, 14",
            "本决议",
            "做出决议",
            "第三",
            "هذا القرار ",
            "la présente résolution ",
            "resolution of the ",
            "Resolution adopted by the General Assembly o",
        ] {
            assert_eq!(show(text), "nothing", "{text}");
        }
    }

    #[test]
    fn the_schema_is_up_to_date() {
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(BegunData)).expect("a schema is JSON") + "\n";
        expect_test::expect_file!["../../data/schema/begun.schema.json"].assert_eq(&schema);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[ A-Za-z0-9/().,“”第号决议关于和、的القرار-]{0,60}") {
            if let Some(begun) = begun(&text) {
                proptest::prop_assert!(begun.start <= begun.typed.start && begun.typed.end == text.len());
                proptest::prop_assert!(text.get(begun.start..).is_some() && text.get(begun.typed.clone()).is_some());
                proptest::prop_assert!(text.get(begun.between.clone()).is_some());
            }
        }
    }
}
