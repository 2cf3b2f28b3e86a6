//! Which resolution is this text?

use jiff::civil::Date;

use super::data::{BodyFacts, NumberShape, Session, data, session};
use super::date;
use super::dated;
use super::decide;
use super::form;
use super::id::{self, Body, ResolutionId, Version};
use super::met::met;
use super::number::{Numbered, number};
use super::parenthesis::parenthesis;
use super::recognise::{self, CitedVersion, Instrument};
use super::recognised::{MOST_IN_TITLE, Paragraphs, VersionPlace};
use super::shape::{self, Found};
use super::stranger;
use super::token::{BodySet, Kind, Number, word};
use super::words::Words;
use crate::syntax::{
    Document, Language, ParagraphIndex, ParagraphKind, Resolution, ResolutionIndex, Side, TextSize, View,
};

/// What a resolution of the file says of itself in metadata, title and enacting line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The resolution of the file.
    pub resolution: ResolutionIndex,
    /// Its id, as amended; `None` for a text without a title that says so.
    pub id: Option<ResolutionId>,
    /// Its version, as amended.
    pub version: Option<Version>,
    /// Its version as in force, where a tracked title changes it.
    pub version_in_force: Option<Version>,
    /// The acting organ.
    pub body: Option<Body>,
    /// The place of the session that adopts it, in English.
    pub place: Option<String>,
    /// When it was or will be adopted: the end of the session, or the date that the metadata gives.
    pub date: Option<Date>,
    /// Its language.
    pub language: Option<Language>,
    /// Its subject: the words of the `## ` lines, as amended.
    pub subject: Option<String>,
    /// The drafting profile: from the metadata or the acting organ.
    pub profile: Option<String>,
}

/// The identity of every resolution of a document.
pub(super) fn identities(paragraphs: &Paragraphs<'_>) -> Vec<Identity> {
    let resolutions = &paragraphs.document.resolutions;
    // What stands before the first title, as a session's name or an agenda item, is no resolution beside the others.
    let begun = |resolution: &&Resolution| resolution.title.is_some() || resolution.proposal.is_some();
    let titled = resolutions.iter().filter(begun).count();
    let only = |resolution: &Resolution| match titled {
        0 => resolutions.len() == 1,
        count => count == 1 && begun(&resolution),
    };
    let indexed = (0..).map(ResolutionIndex).zip(resolutions);
    indexed.map(|(index, resolution)| identity(paragraphs, index, only(resolution))).collect()
}

/// Whether a paragraph is a title that no mark makes one: nothing but `Resolution 189 (Rev. Dubai, 2018)`, and an
/// enacting line soon behind it.
pub(super) fn is_title(paragraphs: &Paragraphs<'_>, index: ParagraphIndex) -> bool {
    let document = paragraphs.document;
    let paragraph = document.paragraph(index);
    let headed = paragraph.section.is_some_and(|section| document.section(section).heading.is_some());
    if paragraph.kind != ParagraphKind::Text || headed || paragraph.body.len() > TextSize::new(MOST_IN_TITLE as u32) {
        return false;
    }
    let recognised = paragraphs.get(index);
    if !recognised.lone && !recognised.numbered {
        return false;
    }
    let behind = (index.0 + 1..=index.0 + 4).map(ParagraphIndex);
    let mut behind = behind.filter(|next| next.index() < document.paragraphs.len());
    behind.any(|next| read_enacting(paragraphs, next, true).is_some())
}

/// `14/5`, `16/1 Declaration on …`, `1541 (XV). Principles …`: a number that names its session, at the beginning of a
/// line without marks.
pub(super) fn numbered_title(words: &Words<'_>) -> Option<Numbered> {
    let numbered = number(words, 0)?;
    let session = match numbered.shape {
        Number::Session(_) | Number::Special | Number::Emergency | Number::YearFirst => true,
        Number::Plain(_) => numbered.text.contains('('),
        _ => false,
    };
    let behind = words.at(numbered.next);
    // “14/5 of the States” is no title.
    let title = behind.is_none_or(|token| {
        token.is_mark('.') || words.original(token.start, token.end).starts_with(|c: char| !c.is_lowercase())
    });
    (session && title).then_some(numbered)
}

/// The identity of a resolution; `only` is whether it is the only one of its file.
fn identity(paragraphs: &Paragraphs<'_>, index: ResolutionIndex, only: bool) -> Identity {
    let document = paragraphs.document;
    let resolution = document.resolution(index);
    let metadata = |key: &str| document.metadata(key).map(|entry| entry.value.trim()).filter(|value| !value.is_empty());
    // What the metadata says of one resolution it does not say of several.
    let own = |key: &str| metadata(key).filter(|_| only);
    let title = title_of(paragraphs, resolution);
    let view = |side: Side| title.map(|title| &document.paragraph(title).views[side]);
    let amended = view(Side::Amended).and_then(|view| read_title(&view.text));
    let in_force = match view(Side::Amended).map(|view| &view.text) == view(Side::InForce).map(|view| &view.text) {
        true => amended.clone(),
        false => view(Side::InForce).and_then(|view| read_title(&view.text)),
    };
    let enacting = enacting(paragraphs, index);
    let named_id = own("id").and_then(|id| id.split('#').next()).map(|id| match id.split_once('@') {
        Some((id, version)) => (id.parse::<ResolutionId>().ok(), Some(version.to_owned())),
        None => (id.parse::<ResolutionId>().ok(), None),
    });
    // Metadata wins: a body that is named there and not known is no other. A name that several share says less than the
    // enacting line may.
    let shared = |name: &str| {
        let words = Words::new(name);
        let own = |at: usize| !words.bodies(at).is_empty() && !stranger::is_of_another(&words, at);
        (0..words.tokens.len()).any(own)
    };
    let body = match metadata("body").map(|name| (body_named(name), name)) {
        Some((Some(body), _)) => Some(body),
        Some((None, name)) if !shared(name) => None,
        _ => acting(enacting.as_ref(), amended.as_ref().or(in_force.as_ref()), metadata("profile")),
    };
    let facts = body.and_then(|body| data().bodies.get(body));
    let id = named_id.clone().and_then(|(id, _)| id).or_else(|| {
        let title = amended.as_ref().or(in_force.as_ref())?;
        Some(title.id(facts?))
    });
    let runs = facts.is_some_and(|facts| facts.numbers.contains(&NumberShape::Plain));
    let enacted = enacting.as_ref().and_then(|enacting| enacting.year).filter(|_| runs);
    let versioned = |title: Option<&Title>| title.filter(|_| runs || facts.is_none()).and_then(|title| title.year);
    let in_title = versioned(amended.as_ref());
    let version = own("version")
        .map(str::to_owned)
        .or_else(|| named_id.and_then(|(_, version)| version))
        .or_else(|| in_title.or(enacted).map(|year| year.to_string()))
        .or_else(|| {
            let year = own("date").and_then(read_date)?.year();
            let session = session(&facts.filter(|_| runs)?.id, u16::try_from(year).ok()?)?;
            Some(session.year.to_string())
        });
    let version_in_force =
        versioned(in_force.as_ref()).map(|year| year.to_string()).filter(|old| Some(old) != version.as_ref());
    let place = amended
        .as_ref()
        .and_then(|title| title.place)
        .or_else(|| enacting.as_ref().and_then(|enacting| enacting.place))
        .and_then(|place| data().places.get(usize::from(place)));
    let adopted = || {
        let adopted = dated::adopted(paragraphs, index, title)?;
        // A line of another text says nothing of a session that is known.
        let year = version.as_deref().and_then(|version| version.get(..4)?.parse::<i16>().ok());
        Some(adopted).filter(|adopted| year.is_none_or(|year| year == adopted.year()))
    };
    let date = own("date").and_then(read_date).or_else(adopted).or_else(|| {
        let year = version.as_deref().and_then(|version| version.get(..4)?.parse::<u16>().ok());
        let session = facts.and_then(|facts| {
            let title = amended.as_ref().or(in_force.as_ref());
            let number = title.map_or("", |title| title.number.as_str());
            session_of(&facts.id, title.map(|title| title.shape), number, year)
        });
        let year =
            year.or_else(|| amended.as_ref().and_then(|title| title.year)).or(session.map(|session| session.year));
        session.and_then(|session| session.end).or_else(|| Date::new(i16::try_from(year?).ok()?, 12, 31).ok())
    });
    let subject =
        resolution.subject.map(|subject| document.paragraph(subject).views[Side::Amended].text.trim().to_owned());
    Identity {
        resolution: index,
        body: facts.map(|facts| facts.id.clone()),
        id,
        version,
        version_in_force,
        place: place.map(|place| place.id.clone()),
        date,
        language: metadata("language").and_then(Language::from_code).or_else(|| language(paragraphs, index)),
        subject: subject.filter(|subject| !subject.is_empty()),
        profile: metadata("profile").map(str::to_owned).or_else(|| facts.map(|facts| facts.profile.clone())),
    }
}

/// The language of a resolution's first words. Its first paragraph remembers it.
fn language(paragraphs: &Paragraphs<'_>, index: ResolutionIndex) -> Option<Language> {
    let sample = sample(paragraphs.document, index);
    let first = paragraphs.document.resolution(index).paragraphs.start;
    paragraphs.get(ParagraphIndex(first as u32)).language(sample)
}

/// The first words of a resolution, enough to tell its language.
fn sample(document: &Document, index: ResolutionIndex) -> String {
    let mut sample = String::new();
    for paragraph in document.paragraphs.get(document.resolution(index).paragraphs.clone()).unwrap_or_default() {
        sample.push_str(&paragraph.views[Side::Amended].text);
        sample.push('\n');
        if sample.len() > 4000 {
            break;
        }
    }
    sample
}

/// A title taken apart.
#[derive(Clone)]
struct Title {
    instrument: Instrument,
    shape: Number,
    number: String,
    year: Option<u16>,
    place: Option<u16>,
    bodies: BodySet,
    found: Option<Found>,
    /// A number without a word for it: alone it names no body, but it tells apart those that share a name.
    bare: Option<Found>,
}

impl Title {
    fn id(&self, body: &BodyFacts) -> ResolutionId {
        let mut number = self.number.clone();
        if body.numbers.contains(&NumberShape::Yearly)
            && !number.contains('(')
            && let Some(year) = self.year
        {
            number = format!("{number} ({year})");
        }
        recognise::id_of(&body.id, self.instrument, self.shape, &number)
    }
}

fn read_title(text: &str) -> Option<Title> {
    let words = Words::new(text);
    if let Some(found) = shape::find(&words).into_iter().next() {
        let version = found.parenthesis.as_ref().filter(|version| version.flattened.is_none());
        let named = found.named.bodies.or(version.map_or(BodySet::NONE, |version| version.bodies));
        let symbol = match found.shape {
            Number::Symbol { body, .. } | Number::Draft { body } => BodySet::one(usize::from(body)),
            _ => named,
        };
        return Some(Title {
            instrument: found.instrument,
            shape: found.shape,
            number: found.number.clone(),
            year: version.and_then(|version| version.year).map(|(year, ..)| year),
            place: version.and_then(|version| version.place).map(|(place, ..)| place),
            bodies: symbol,
            found: Some(found),
            bare: None,
        });
    }
    // `# 70/125`, `# 50 (1948).`
    let at = words.tokens.iter().position(|token| token.number().is_some())?;
    let numbered = number(&words, at)?;
    let version = parenthesis(&words, numbered.next).map(|(version, _)| version);
    let bare = Found::new(numbered.start, &numbered, Instrument::Resolution, 0, at);
    Some(Title {
        bare: Some(bare),
        instrument: Instrument::Resolution,
        shape: numbered.shape,
        number: numbered.text,
        year: version.and_then(|version| version.year).map(|(year, ..)| year),
        place: None,
        bodies: match numbered.shape {
            Number::Form(form) => form::form(form).filter(|form| form.tells).map_or(BodySet::NONE, |form| form.bodies),
            _ => BodySet::NONE,
        },
        found: None,
    })
}

/// The enacting line: the organ, its place and year.
struct Enacting {
    bodies: BodySet,
    place: Option<u16>,
    year: Option<u16>,
}

/// What a line says that may be an enacting line, in one reading.
#[derive(Debug)]
pub(super) struct EnactingWords {
    bodies: BodySet,
    generic: bool,
    place: Option<u16>,
    year: Option<u16>,
    revised: bool,
    /// Where its last parenthesis stands.
    version: Option<VersionPlace>,
    /// Whether a comma or a colon ends it.
    ends: bool,
}

/// The enacting line of a resolution, as one reading has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnactingLine {
    /// Where it stands.
    pub paragraph: ParagraphIndex,
    /// The organs that it may name.
    pub bodies: Vec<Body>,
    /// Whether it names the organ by a word that several share: “the Council”.
    pub generic: bool,
    /// Place and year.
    pub session: Option<CitedVersion>,
}

/// The enacting line of a resolution in one reading. `None` where there is none that names a known organ.
pub fn enacting_line(document: &Document, index: ResolutionIndex, side: Side) -> Option<EnactingLine> {
    let resolution = document.resolutions.get(index.index())?;
    let paragraphs = Paragraphs::few(document);
    let read = |index: ParagraphIndex, comma: bool| {
        let paragraph = document.paragraphs.get(index.index())?;
        let view = &paragraph.views[side];
        let recognised = may_enact(view, comma).then(|| paragraphs.get(index))?;
        let found = recognised.enacting(paragraph, side)?;
        if !found.enacts(comma) {
            return None;
        }
        let bodies = found.bodies.iter().filter_map(|body| Some(data().bodies.get(body)?.id.clone())).collect();
        let session = found
            .year
            .zip(found.version)
            .and_then(|(year, version)| version_in(view, year, found.place, found.revised, version));
        Some(EnactingLine { paragraph: index, bodies, generic: found.generic, session })
    };
    resolution
        .enacting
        .and_then(|index| read(index, false))
        .or_else(|| enacting_candidates(document, index).find_map(|index| read(index, true)))
}

/// Place and year of the session in a resolution's title, in one reading, and where the title stands. `None` where the
/// title has none, and for bodies whose numbers hold a year that is no session's, as in `1325 (2000)`.
pub fn session_in_title(
    document: &Document,
    index: ResolutionIndex,
    side: Side,
) -> Option<(ParagraphIndex, CitedVersion)> {
    let title = title_of(&Paragraphs::few(document), document.resolutions.get(index.index())?)?;
    let view = &document.paragraphs.get(title.index())?.views[side];
    let words = Words::new(&view.text);
    let found = shape::find(&words).into_iter().next()?;
    let versioned = matches!(found.shape, Number::Plain(_) | Number::Revised);
    let parenthesis = found.parenthesis.filter(|version| versioned && version.flattened.is_none())?;
    let (year, ..) = parenthesis.year?;
    let place = parenthesis.place.map(|(place, ..)| place);
    let version = VersionPlace::of(&words, &parenthesis);
    Some((title, version_in(view, year, place, parenthesis.revised, version)?))
}

/// The title of a resolution: the `# ` line, or a paragraph that can be nothing else.
fn title_of(paragraphs: &Paragraphs<'_>, resolution: &Resolution) -> Option<ParagraphIndex> {
    resolution.title.or_else(|| {
        let mut indices = resolution.paragraphs.clone().map(|index| ParagraphIndex(index as u32));
        let title = indices.find(|&index| is_title(paragraphs, index))?;
        // A page out of a book has the end of one and the beginning of the next; which is meant is not said.
        let numbered = |index: ParagraphIndex| paragraphs.get(index).numbered;
        (!numbered(title) || !indices.any(numbered)).then_some(title)
    })
}

/// A parenthesis with place and year, and where its words stand in the source.
fn version_in(
    view: &View,
    year: u16,
    place: Option<u16>,
    revised: bool,
    version: VersionPlace,
) -> Option<CitedVersion> {
    let place = place.and_then(|place| data().places.get(usize::from(place)));
    Some(CitedVersion {
        place: place.map(|place| place.id.as_str()),
        year,
        revised,
        range: view.to_source(version.range)?,
        place_range: version.place.and_then(|range| view.to_source(range)),
        year_range: view.to_source(version.year?)?,
    })
}

/// How many paragraphs of a text without marks may stand before its enacting line.
const MOST_BEFORE_ENACTING: usize = 40;

fn enacting(paragraphs: &Paragraphs<'_>, index: ResolutionIndex) -> Option<Enacting> {
    let document = paragraphs.document;
    let resolution = document.resolution(index);
    if let Some(found) = resolution.enacting.and_then(|index| read_enacting(paragraphs, index, false)) {
        return Some(found);
    }
    let found = enacting_candidates(document, index).find_map(|index| read_enacting(paragraphs, index, true));
    found.or_else(|| run_in(document, title_of(paragraphs, resolution)?))
}

/// How many characters of a paragraph that may begin with a date and an organ are looked at.
const MOST_RUN_IN: usize = 400;

/// “of 21 December 1971 The Security Council, Having discussed …”: an old print in which date, enacting line and text run
/// on below the title.
fn run_in(document: &Document, title: ParagraphIndex) -> Option<Enacting> {
    let paragraph = document.paragraphs.get(title.index() + 1)?;
    // The day stands at the very beginning.
    let text = paragraph.views[Side::Amended].text.as_str();
    let near = text.char_indices().nth(MOST_RUN_IN).map_or(text.len(), |(at, _)| at);
    let words = Words::new(text.get(..near)?);
    let day = date::date(&words, 0)?;
    let organ = (day.next..day.next + 3).find(|&at| !words.bodies(at).is_empty())?;
    let token = words.at(organ)?;
    let ends = words.is_mark(organ + 1, ',') && !token.is_generic();
    ends.then(|| Enacting { bodies: token.bodies(), place: None, year: None })
}

/// The paragraphs among which the enacting line of a text without marks is looked for.
fn enacting_candidates(document: &Document, index: ResolutionIndex) -> impl Iterator<Item = ParagraphIndex> {
    use ParagraphKind::{Clause, SectionHeading, Text};
    let paragraphs = document.resolution(index).paragraphs.clone().take(MOST_BEFORE_ENACTING);
    let candidates = paragraphs.map(|index| ParagraphIndex(index as u32));
    candidates.filter(|&index| matches!(document.paragraph(index).kind, Text | Clause | SectionHeading))
}

/// “The Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),”: names of a body and a
/// parenthesis, and nothing more. With `comma`, only where a comma or place and year end it.
fn read_enacting(paragraphs: &Paragraphs<'_>, index: ParagraphIndex, comma: bool) -> Option<Enacting> {
    let paragraph = paragraphs.document.paragraph(index);
    let side = [Side::Amended, Side::InForce].into_iter().find(|&side| !paragraph.views[side].is_empty())?;
    let recognised = may_enact(&paragraph.views[side], comma).then(|| paragraphs.get(index))?;
    let EnactingWords { bodies, place, year, .. } =
        *recognised.enacting(paragraph, side).filter(|words| words.enacts(comma))?;
    Some(Enacting { bodies, place, year })
}

/// How many words that name no organ an enacting line may have.
const MOST_OTHER: usize = 6;
/// How long an enacting line may be, in bytes.
const MOST_IN_ENACTING: usize = 400;

/// Whether a line may be an enacting line as far as its length and its end say.
fn may_enact(view: &View, comma: bool) -> bool {
    view.text.len() <= MOST_IN_ENACTING && (!comma || ends(view) || view.text.trim_end().ends_with([')', '）']))
}

/// Whether a line ends as an enacting line does.
fn ends(view: &View) -> bool {
    view.text.trim_end().ends_with([',', '，', '،', ':', '：'])
}

impl EnactingWords {
    /// Whether it is one; with `comma`, only where a comma or place and year end it.
    fn enacts(&self, comma: bool) -> bool {
        self.ends || !comma || self.year.is_some()
    }
}

/// What a line of at most [`MOST_IN_ENACTING`] bytes says that may be an enacting line; `None` for one that is none.
pub(super) fn enacting_words(view: &View) -> Option<EnactingWords> {
    if view.text.len() > MOST_IN_ENACTING {
        return None;
    }
    let words = Words::new(&view.text);
    let mut enacting = EnactingWords {
        bodies: BodySet::NONE,
        generic: true,
        place: None,
        year: None,
        revised: false,
        version: None,
        ends: ends(view),
    };
    let mut at = 0;
    let mut other = 0;
    let mut strange = false;
    while let Some(token) = words.at(at) {
        if let Some((version, next)) = parenthesis(&words, at) {
            let version = Some(version).filter(|version| version.flattened.is_none());
            let version = version.as_ref();
            enacting.place = version.and_then(|version| version.place).map(|(place, ..)| place);
            enacting.year = version.and_then(|version| version.year).map(|(year, ..)| year);
            enacting.revised = version.is_some_and(|version| version.revised);
            enacting.version = version.map(|version| VersionPlace::of(&words, version));
            at = next;
            continue;
        }
        // “The National Assembly”, “The Council of the Model Union”
        let stranger = token.is(word::OTHER_ORGAN) || (token.is_generic() && stranger::is_of_another(&words, at));
        if stranger {
            strange = true;
        } else if !token.bodies().is_empty() {
            if enacting.bodies.is_empty() || (enacting.generic && !token.is_generic()) {
                enacting.bodies = token.bodies();
                enacting.generic = token.is_generic();
            }
        } else if token.number().is_some() {
            return None;
        } else if token.kind == Kind::Word {
            other += 1;
        }
        at += 1;
    }
    // An organ that is not known acts, and none that shares its name.
    if strange && enacting.generic {
        enacting.bodies = BodySet::NONE;
    }
    // “The … of the International Telecommunication Union”, “The Sixty-eighth World Health Assembly”.
    ((strange || !enacting.bodies.is_empty()) && other <= MOST_OTHER).then_some(enacting)
}

/// The organ that acts: from the enacting line, with the help of the title where bodies share a name.
fn acting(enacting: Option<&Enacting>, title: Option<&Title>, profile: Option<&str>) -> Option<usize> {
    let of_title = title.and_then(|title| {
        title.bodies.single().or_else(|| title.found.as_ref().and_then(|found| decide::candidates(found).single()))
    });
    let Some(enacting) = enacting else { return of_title };
    if let Some(body) = enacting.bodies.single() {
        return Some(body);
    }
    let by_profile = |body: &usize| profile.is_none_or(|profile| data().bodies[*body].profile == profile);
    let narrowed = |set: BodySet| {
        let kept = set.iter().filter(by_profile).fold(BodySet::NONE, |set, body| set.or(BodySet::one(body)));
        kept.single()
    };
    let open = title.and_then(|title| title.found.as_ref().or(title.bare.as_ref())).map(decide::candidates);
    let both = open.map(|open| open.and(enacting.bodies)).filter(|both| !both.is_empty());
    of_title
        .filter(|&body| !enacting.bodies.and(BodySet::one(body)).is_empty())
        .or_else(|| narrowed(both.unwrap_or(enacting.bodies)))
        .or_else(|| {
            let (place, year) = enacting.place.zip(enacting.year)?;
            narrowed(enacting.bodies.and(met(place, year)))
        })
}

/// A body by its id, or by a name or acronym in any language.
fn body_named(name: &str) -> Option<usize> {
    let by_id = data().bodies.iter().position(|body| body.id.eq_ignore_ascii_case(name));
    by_id.or_else(|| {
        let words = Words::new(name);
        words.tokens.iter().find_map(|token| token.bodies().single())
    })
}

/// The session that adopted: by year, or by the session's number where the title's number begins with it.
fn session_of(body: &str, shape: Option<Number>, number: &str, year: Option<u16>) -> Option<&'static Session> {
    if let Some(year) = year {
        return session(body, year);
    }
    let number = match shape? {
        Number::Session(number) => number.to_string(),
        // `1541 (XV)`
        Number::Plain(_) => id::roman_session(number)?.to_string(),
        // `WHA75.8`
        Number::Wha | Number::Eb => {
            let digits = number.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            digits.split('.').next()?.to_owned()
        }
        _ => return None,
    };
    data().sessions.iter().find(|session| session.body == body && session.number.as_deref() == Some(&number))
}

/// `2018-11-16`, or a year: its last day.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    text.parse().ok().or_else(|| Date::new(text.parse().ok()?, 12, 31).ok())
}
