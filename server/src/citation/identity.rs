//! Which resolution is this text?

use jiff::civil::Date;

use super::data::{BodyFacts, NumberShape, Session, data, session};
use super::date;
use super::dated;
use super::decide;
use super::flattened::met;
use super::form;
use super::id::{self, Body, ResolutionId, Version};
use super::number::{Numbered, number};
use super::parenthesis::{Parenthesis, parenthesis};
use super::recognise::{self, CitedVersion, Instrument};
use super::shape::{self, Found};
use super::stranger;
use super::token::{BodySet, Kind, Number, word};
use super::words::Words;
use crate::syntax::{
    Document, Language, ParagraphIndex, ParagraphKind, Resolution, ResolutionIndex, Side, TextRange, TextSize, View,
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
pub(super) fn identities(document: &Document) -> Vec<Identity> {
    (0..document.resolutions.len()).map(|index| identity(document, ResolutionIndex(index as u32))).collect()
}

/// How long a title that no mark makes one may be, in bytes.
const MOST_IN_TITLE: usize = 200;

/// Whether a paragraph is a title that no mark makes one: nothing but `Resolution 189 (Rev. Dubai, 2018)`, and an
/// enacting line soon behind it.
pub(super) fn is_title(document: &Document, index: ParagraphIndex) -> bool {
    let paragraph = document.paragraph(index);
    let headed = paragraph.section.is_some_and(|section| document.section(section).heading.is_some());
    if paragraph.kind != ParagraphKind::Text || headed || paragraph.body.len() > TextSize::new(MOST_IN_TITLE as u32) {
        return false;
    }
    let text = paragraph.views[Side::Amended].text.as_str();
    if !text.chars().any(char::is_numeric) {
        return false;
    }
    let words = Words::new(text);
    let enacted = || {
        let behind = (index.0 + 1..=index.0 + 4).map(ParagraphIndex);
        let mut behind = behind.filter(|next| next.index() < document.paragraphs.len());
        behind.any(|next| read_enacting(document, next, true).is_some())
    };
    let found = shape::find(&words);
    if let [only] = &found[..]
        && only.first == 0
        && words.tokens.last().is_some_and(|last| last.end == only.end)
    {
        return enacted();
    }
    numbered_title(&words).is_some() && enacted()
}

/// `14/5`, `16/1 Declaration on …`, `1541 (XV). Principles …`: a number that names its session, at the beginning of a
/// line without marks.
fn numbered_title(words: &Words<'_>) -> Option<Numbered> {
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

fn identity(document: &Document, index: ResolutionIndex) -> Identity {
    let resolution = document.resolution(index);
    // What stands before the first title, as a session's name or an agenda item, is no resolution beside the others.
    let begun = |resolution: &Resolution| resolution.title.is_some() || resolution.proposal.is_some();
    let only = match document.resolutions.iter().filter(|resolution| begun(resolution)).count() {
        0 => document.resolutions.len() == 1,
        count => count == 1 && begun(resolution),
    };
    let metadata = |key: &str| document.metadata(key).map(|entry| entry.value.trim()).filter(|value| !value.is_empty());
    // What the metadata says of one resolution it does not say of several.
    let own = |key: &str| metadata(key).filter(|_| only);
    let title = title_of(document, resolution);
    let amended = title.and_then(|title| read_title(&document.paragraph(title).views[Side::Amended].text));
    let in_force = title.and_then(|title| read_title(&document.paragraph(title).views[Side::InForce].text));
    let enacting = enacting(document, index);
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
        let adopted = dated::adopted(document, index, title)?;
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
        language: metadata("language")
            .and_then(Language::from_code)
            .or_else(|| Language::guess(&sample(document, index))),
        subject: subject.filter(|subject| !subject.is_empty()),
        profile: metadata("profile").map(str::to_owned).or_else(|| facts.map(|facts| facts.profile.clone())),
    }
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
    generic: bool,
    place: Option<u16>,
    year: Option<u16>,
    session: Option<CitedVersion>,
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
    let read = |index: ParagraphIndex, comma: bool| {
        let found = read_enacting_view(&document.paragraphs.get(index.index())?.views[side], comma)?;
        let bodies = found.bodies.iter().filter_map(|body| Some(data().bodies.get(body)?.id.clone())).collect();
        Some(EnactingLine { paragraph: index, bodies, generic: found.generic, session: found.session })
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
    let title = title_of(document, document.resolutions.get(index.index())?)?;
    let view = &document.paragraphs.get(title.index())?.views[side];
    let words = Words::new(&view.text);
    let found = shape::find(&words).into_iter().next()?;
    let versioned = matches!(found.shape, Number::Plain(_) | Number::Revised);
    let parenthesis = found.parenthesis.filter(|version| versioned && version.flattened.is_none())?;
    Some((title, version_in(view, &words, &parenthesis)?))
}

/// The title of a resolution: the `# ` line, or a paragraph that can be nothing else.
fn title_of(document: &Document, resolution: &Resolution) -> Option<ParagraphIndex> {
    resolution.title.or_else(|| {
        let mut paragraphs = resolution.paragraphs.clone().map(|index| ParagraphIndex(index as u32));
        let title = paragraphs.find(|&index| is_title(document, index))?;
        // A page out of a book has the end of one and the beginning of the next; which is meant is not said.
        let numbered = |index: ParagraphIndex| {
            let paragraph = document.paragraphs.get(index.index())?;
            let text = paragraph.views[Side::Amended].text.as_str();
            let line = paragraph.kind == ParagraphKind::Text && text.len() <= MOST_IN_TITLE;
            numbered_title(&line.then(|| Words::new(text))?)
        };
        (numbered(title).is_none() || !paragraphs.any(|index| numbered(index).is_some())).then_some(title)
    })
}

/// A parenthesis with place and year, and where its words stand in the source.
fn version_in(view: &View, words: &Words<'_>, parenthesis: &Parenthesis) -> Option<CitedVersion> {
    let source = |start: u32, end: u32| {
        let at = |offset: u32| TextSize::new(words.folded.origin(offset as usize) as u32);
        view.to_source(TextRange::new(at(start), at(end)))
    };
    let (year, start, end) = parenthesis.year?;
    let place = parenthesis.place.and_then(|(place, ..)| data().places.get(usize::from(place)));
    Some(CitedVersion {
        place: place.map(|place| place.id.clone()),
        year,
        revised: parenthesis.revised,
        range: source(parenthesis.start, parenthesis.end)?,
        place_range: parenthesis.place.and_then(|(_, start, end)| source(start, end)),
        year_range: source(start, end)?,
    })
}

/// How many paragraphs of a text without marks may stand before its enacting line.
const MOST_BEFORE_ENACTING: usize = 40;

fn enacting(document: &Document, index: ResolutionIndex) -> Option<Enacting> {
    let resolution = document.resolution(index);
    if let Some(found) = resolution.enacting.and_then(|index| read_enacting(document, index, false)) {
        return Some(found);
    }
    let found = enacting_candidates(document, index).find_map(|index| read_enacting(document, index, true));
    found.or_else(|| run_in(document, title_of(document, resolution)?))
}

/// “of 21 December 1971 The Security Council, Having discussed …”: an old print in which date, enacting line and text run
/// on below the title.
fn run_in(document: &Document, title: ParagraphIndex) -> Option<Enacting> {
    let paragraph = document.paragraphs.get(title.index() + 1)?;
    let words = Words::new(&paragraph.views[Side::Amended].text);
    let day = date::date(&words, 0)?;
    let organ = (day.next..day.next + 3).find(|&at| !words.bodies(at).is_empty())?;
    let token = words.at(organ)?;
    let ends = words.is_mark(organ + 1, ',') && !token.is_generic();
    ends.then(|| Enacting { bodies: token.bodies(), generic: false, place: None, year: None, session: None })
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
fn read_enacting(document: &Document, index: ParagraphIndex, comma: bool) -> Option<Enacting> {
    let paragraph = document.paragraph(index);
    let views = [Side::Amended, Side::InForce].map(|side| &paragraph.views[side]);
    read_enacting_view(views.into_iter().find(|view| !view.is_empty())?, comma)
}

/// How many words that name no organ an enacting line may have.
const MOST_OTHER: usize = 6;

fn read_enacting_view(view: &View, comma: bool) -> Option<Enacting> {
    let text = view.text.trim_end();
    let ends = text.ends_with([',', '，', '،', ':', '：']);
    if view.text.len() > 400 || (comma && !ends && !text.ends_with([')', '）'])) {
        return None;
    }
    let words = Words::new(&view.text);
    let mut enacting = Enacting { bodies: BodySet::NONE, generic: true, place: None, year: None, session: None };
    let mut at = 0;
    let mut other = 0;
    while let Some(token) = words.at(at) {
        if let Some((version, next)) = parenthesis(&words, at) {
            let version = Some(version).filter(|version| version.flattened.is_none());
            enacting.place = version.as_ref().and_then(|version| version.place).map(|(place, ..)| place);
            enacting.year = version.as_ref().and_then(|version| version.year).map(|(year, ..)| year);
            enacting.session = version.as_ref().and_then(|version| version_in(view, &words, version));
            at = next;
            continue;
        }
        // “The National Assembly”, “The Council of the Model Union”
        let stranger = token.is(word::OTHER_ORGAN) || (token.is_generic() && stranger::is_of_another(&words, at));
        if stranger {
            other += if enacting.generic { MOST_OTHER + 1 } else { 0 };
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
    // “The … of the International Telecommunication Union”, “The Sixty-eighth World Health Assembly”.
    (!enacting.bodies.is_empty() && other <= MOST_OTHER && (ends || !comma || enacting.year.is_some()))
        .then_some(enacting)
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
