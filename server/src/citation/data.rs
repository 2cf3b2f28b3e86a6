//! The facts of `server/data`: bodies, places, sessions and the words of six languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::recognise::Instrument;
use crate::syntax::Language;

/// Words by language.
pub type Words = BTreeMap<Language, Vec<String>>;

/// How a body numbers what it adopts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NumberShape {
    /// `140`
    Plain,
    /// `61-2`: the number and how often it was revised.
    Revised,
    /// `70/125`: session and number, with a letter behind it where a resolution has parts.
    Session,
    /// `S-27/1`: special sessions.
    Special,
    /// `ES-11/1`: emergency special sessions.
    Emergency,
    /// `2625 (XXV)`: number and session.
    Roman,
    /// `1325 (2000)`: number and year.
    Yearly,
    /// `2023/3`: year and number.
    YearNumber,
    /// `WHA75.8`, `WHA75(8)`
    Wha,
    /// `EB150(3)`, `EB148.R7`
    Eb,
    /// `7/2021`: number and year.
    NumberYear,
    /// A form of its own, not recognised: the body is listed so that no other is taken for it.
    Named,
}

/// What a body may adopt, as the data files write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InstrumentName {
    /// Resolutions.
    Resolution,
    /// Decisions.
    Decision,
    /// Opinions.
    Opinion,
    /// Recommendations of a conference.
    Recommendation,
}

impl InstrumentName {
    /// The instrument of that name.
    pub fn instrument(self) -> Instrument {
        match self {
            InstrumentName::Resolution => Instrument::Resolution,
            InstrumentName::Decision => Instrument::Decision,
            InstrumentName::Opinion => Instrument::Opinion,
            InstrumentName::Recommendation => Instrument::Recommendation,
        }
    }
}

/// A form in which a body writes its numbers and no other shape covers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormFacts {
    /// `#` stands for one to four digits, `@` for a Roman numeral in capitals, a space for one that may be missing:
    /// `A.#(#)`. Case and accents do not matter.
    pub form: String,
    /// The number as an id has it, `$1` for the first numeral of the form; the form itself where it is left out.
    #[serde(default)]
    pub number: Option<String>,
    /// What is cited where no word says so.
    #[serde(default)]
    pub instrument: Option<InstrumentName>,
    /// Whether it needs no word such as “resolution” beside it.
    #[serde(default)]
    pub alone: bool,
    /// Whether the form alone names the body; otherwise the text has to.
    #[serde(default = "yes")]
    pub tells: bool,
}

/// A body that adopts resolutions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BodyFacts {
    /// Its id, as in `PP-140`.
    pub id: String,
    /// The drafting profile of its texts: `itu`, `unga`, `unsc`, `who`, `mun`.
    pub profile: String,
    /// What it adopts.
    pub instruments: Vec<InstrumentName>,
    /// How it numbers them.
    pub numbers: Vec<NumberShape>,
    /// What symbols of its texts begin with: `A/RES/`.
    #[serde(default)]
    pub symbols: Vec<String>,
    /// Forms of its own.
    #[serde(default)]
    pub forms: Vec<FormFacts>,
    /// First and last plain number of its resolutions; rounded up generously.
    #[serde(default)]
    pub range: Option<(u32, u32)>,
    /// First and last number of what is not a resolution; for numbers of the shape `2/105` of what stands behind the
    /// session.
    #[serde(default)]
    pub ranges: BTreeMap<InstrumentName, (u32, u32)>,
    /// First and last session that numbers of the shape `70/125` begin with.
    #[serde(default)]
    pub sessions: Option<(u32, u32)>,
    /// First and last session for which a number of the shape `2625 (XXV)` is taken for one of this body where the text
    /// does not name it: most often the General Assembly, whose last such session was the 30th, is meant.
    #[serde(default)]
    pub roman_sessions: Option<(u32, u32)>,
    /// For numbers of that shape that run on through the sessions: from some sessions on, a number that none is below;
    /// rounded down. 574 (XXVII) is not the General Assembly's, which had reached 2000 by its twentieth session.
    #[serde(default)]
    pub roman_least: Vec<(u32, u32)>,
    /// The highest number of a resolution of one session; rounded up generously.
    #[serde(default)]
    pub most_in_session: Option<u32>,
    /// For numbers that run on through the years: the first number of each year.
    #[serde(default)]
    pub first_of_year: Vec<(u16, u32)>,
    /// First and last of the numbers of a year, `2013/236`, that no other body reaches, so that such a number tells the
    /// body: the Economic and Social Council counts its decisions from 201 on, its commissions theirs from 101.
    #[serde(default)]
    pub telling_in_year: BTreeMap<InstrumentName, (u32, u32)>,
    /// Whether its sessions are cited by code, `(WRC-15)`, and never by place and year.
    #[serde(default)]
    pub coded: bool,
    /// The letter of its session codes inside a parenthesis: `C` in `(C11)`.
    #[serde(default)]
    pub session_letter: Option<char>,
    /// Whether a number that no other body could have given is taken for one of this body without its name. Not so
    /// for `5/1`: more organs than the data lists begin to count their sessions at 1.
    #[serde(default)]
    pub number_tells: bool,
    /// Whether its names are shared by several bodies that are not told apart: each treaty has its conference of
    /// parties.
    #[serde(default)]
    pub various: bool,
    /// Whether a number is taken for one of this body only where the text names the body.
    #[serde(default)]
    pub named_only: bool,
    /// Whether it counts anew each time it meets: Opinion 4 of one forum is no version of Opinion 4 of another.
    #[serde(default)]
    pub counts_anew: bool,
    /// Its full and short names, in the cases in which a language uses them. The first of each language is the one
    /// that a reader is shown.
    pub names: Words,
    /// Acronyms, in the case in which they are written.
    #[serde(default)]
    pub acronyms: Vec<String>,
    /// Names that it shares with others: “the Council”.
    #[serde(default)]
    pub generic: Words,
}

/// A place where a body met.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceFacts {
    /// Its English name.
    pub id: String,
    /// Its names.
    pub names: Words,
}

/// A session of a body.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// The body's id.
    pub body: String,
    /// Its number, where the body counts its sessions.
    #[serde(default)]
    pub number: Option<String>,
    /// Where it met, by the place's English name.
    #[serde(default)]
    pub place: Option<String>,
    /// The year that its resolutions are cited with.
    pub year: u16,
    /// Its first day.
    #[serde(default, deserialize_with = "date")]
    #[schemars(with = "Option<String>")]
    pub start: Option<Date>,
    /// Its last day.
    #[serde(default, deserialize_with = "date")]
    #[schemars(with = "Option<String>")]
    pub end: Option<Date>,
    /// Whether the source gives it so; otherwise it was worked out from a rule that the source names.
    #[serde(default = "yes")]
    pub certain: bool,
    /// Who says so.
    pub source: String,
}

fn date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

fn yes() -> bool {
    true
}

/// `data/bodies.json`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bodies {
    #[serde(rename = "$schema")]
    #[allow(dead_code)]
    schema: Option<String>,
    /// The bodies.
    pub bodies: Vec<BodyFacts>,
    /// Names of organs that are none of the bodies, or that the bodies are taken for: parliaments, the councils of
    /// other organizations. What such an organ adopted is of no body of the list.
    pub others: Words,
}

/// `data/places.json`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Places {
    #[serde(rename = "$schema")]
    #[allow(dead_code)]
    schema: Option<String>,
    /// The places.
    pub places: Vec<PlaceFacts>,
}

/// `data/sessions.json`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    #[serde(rename = "$schema")]
    #[allow(dead_code)]
    schema: Option<String>,
    /// The sessions.
    pub sessions: Vec<Session>,
}

/// `data/keywords.json`: the words around a citation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Keywords {
    #[serde(rename = "$schema")]
    #[allow(dead_code)]
    schema: Option<String>,
    /// “resolution” and the like, in every case and number.
    pub instruments: BTreeMap<InstrumentName, Words>,
    /// One word for “its resolution”: قرارها.
    pub own_instruments: BTreeMap<InstrumentName, Words>,
    /// Words that hold an instrument's name and are none: 做出决议 is a section's verb.
    pub not_instruments: Words,
    /// What is counted or measured: “the resolution 10 years ago”, “a resolution 300 dpi” name no number.
    pub measures: Words,
    /// Plural forms among the instruments, where one number behind another needs no word of its own.
    pub plurals: Words,
    /// “its”
    pub own: Words,
    /// “in its”: the organ named before it is meant.
    pub own_of_named: Words,
    /// “of this conference”
    pub this_organ: Words,
    /// “Rev.”
    pub revised: Words,
    /// “and”, “to”
    pub joiners: Words,
    /// “to”, between the ends of a range.
    pub through: Words,
    /// “from”, before a range: с 68/261 по 68/263.
    pub range_lead: Words,
    /// Words that may stand between a number and the name of its body.
    pub connectives: Words,
    /// “No.”
    pub numbered: Words,
    /// “draft”
    pub draft: Words,
    /// “the said”: what stands behind it, with or without a number, has been cited before.
    pub said_before: Words,
    /// “that”: the same, but only before an instrument without a number; “recalling that Resolution 140 …” is none. Of
    /// several words the last belongs to the short form.
    pub said_alone: Words,
    /// “mentioned above”, behind the instrument or its number.
    pub said_behind: Words,
    /// “session”, 会议
    pub session_words: Words,
    /// “on”, 关于: what follows says what a resolution is about.
    pub object_of: Words,
    /// “entitled”: the title follows.
    pub titled: Words,
    /// “including”: what follows are examples of what stands before.
    pub including: Words,
    /// 年, г.
    pub year_words: Words,
    /// What stands for the letters A to Z of a resolution's parts where the script has none of them: 217 ألف (د-3).
    pub part_letters: Words,
    /// The months, January first.
    pub months: Words,
    /// Other names of the months, January first; empty where there is none.
    pub months_more: Words,
    /// What stands before a date of adoption.
    pub date_lead: Words,
    /// Opening verbs that recall.
    pub recalling: Words,
    /// “that”
    pub that: Words,
    /// Verbs that tell what a resolution did.
    pub past: Words,
}

/// All of it.
#[derive(Debug)]
pub struct Data {
    /// The bodies.
    pub bodies: Vec<BodyFacts>,
    /// Names of other organs.
    pub others: Words,
    /// The places.
    pub places: Vec<PlaceFacts>,
    /// The sessions.
    pub sessions: Vec<Session>,
    /// The words.
    pub keywords: Keywords,
}

/// The bundled data, read when first asked for.
pub fn data() -> &'static Data {
    static DATA: LazyLock<Data> = LazyLock::new(|| {
        let Bodies { bodies, others, .. } = read(include_str!("../../data/bodies.json"));
        Data {
            bodies,
            others,
            places: read::<Places>(include_str!("../../data/places.json")).places,
            sessions: read::<Sessions>(include_str!("../../data/sessions.json")).sessions,
            keywords: read(include_str!("../../data/keywords.json")),
        }
    });
    &DATA
}

fn read<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    serde_json::from_str(text).expect("the bundled data is read by the tests and cannot change afterwards")
}

/// The facts about a body, by its id.
pub fn body(id: &str) -> Option<&'static BodyFacts> {
    data().bodies.iter().find(|body| body.id == id)
}

/// The name of a body in a language, in English where the data has none, to be shown to a reader.
pub fn body_name(id: &str, language: Language) -> Option<&'static str> {
    let names = &body(id)?.names;
    names.get(&language).or_else(|| names.get(&Language::En))?.first().map(String::as_str)
}

/// The name of a place in a language, in English where the data has none.
pub fn place_name(id: &str, language: Language) -> Option<&'static str> {
    let place = data().places.iter().find(|place| place.id == id)?;
    place.names.get(&language).or_else(|| place.names.get(&Language::En))?.first().map(String::as_str)
}

/// The session of a body in a year; the first where it met more than once.
pub fn session(body: &str, year: u16) -> Option<&'static Session> {
    data().sessions.iter().find(|session| session.body == body && session.year == year)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_data_agrees_with_itself() {
        let data = data();
        let bodies: BTreeSet<&str> = data.bodies.iter().map(|body| body.id.as_str()).collect();
        assert_eq!(bodies.len(), data.bodies.len(), "two bodies have one id");
        // Sets of bodies are bits of one number.
        assert!(data.bodies.len() <= 128);
        let places: BTreeSet<&str> = data.places.iter().map(|place| place.id.as_str()).collect();
        for session in &data.sessions {
            assert!(bodies.contains(session.body.as_str()), "{session:?}");
            assert!(session.place.as_deref().is_none_or(|place| places.contains(place)), "{session:?}");
            assert!(session.start.is_none() || session.start <= session.end, "{session:?}");
            assert!(session.start.is_none_or(|start| start.year() as u16 == session.year), "{session:?}");
        }
        assert!(data.keywords.part_letters.values().all(|letters| letters.len() == 26));
        for months in [&data.keywords.months, &data.keywords.months_more] {
            assert!(months.values().all(|months| months.len() == 12));
        }
    }

    #[test]
    fn places_have_a_name_in_every_language() {
        for place in &data().places {
            for language in Language::ALL {
                assert!(place_name(&place.id, language).is_some_and(|name| !name.is_empty()), "{}", place.id);
                assert!(place.names.contains_key(&language), "{} {language:?}", place.id);
            }
        }
    }

    #[test]
    fn a_reader_is_shown_the_name_in_their_language() {
        assert_eq!(body_name("PP", Language::Zh), Some("国际电信联盟全权代表大会"));
        assert_eq!(place_name("Bucharest", Language::Ru), Some("Бухарест"));
        assert_eq!(session("WTSA", 2022).and_then(|session| session.place.as_deref()), Some("Geneva"));
    }

    #[test]
    fn the_schemas_are_up_to_date() {
        fn check<T: JsonSchema>(name: &str) {
            let mut schema = serde_json::to_string_pretty(&schemars::schema_for!(T)).unwrap_or_default();
            schema.push('\n');
            let path = format!("{}/data/schema/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
            expect_test::ExpectFile { path: path.clone().into(), position: path.leak() }.assert_eq(&schema);
        }
        check::<Bodies>("bodies");
        check::<Places>("places");
        check::<Sessions>("sessions");
        check::<Keywords>("keywords");
    }
}
