//! Words to citations.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::sync::Arc;

use jiff::civil::Date;

use super::data::{NumberShape, data};
use super::decide::{self, Context, Decision, Reason};
use super::id::{Body, ResolutionId, Version};
use super::identity::{self, Identity};
use super::provision::{self, Provision};
use super::recognised::{Draft, Outcome, Paragraphs, Recognised};
use super::short;
use super::stranger::Stranger;
use super::token::{BodySet, Number};
use crate::syntax::{Document, MarkKind, Paragraph, ParagraphIndex, ParagraphKind, Remembered, Side, TextRange};

/// What is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Instrument {
    /// A resolution.
    Resolution,
    /// A decision.
    Decision,
    /// An opinion.
    Opinion,
    /// A recommendation of a conference (`Recommendation 7 (Rev. Dubai, 2018)`), not of a sector's series.
    Recommendation,
    /// A draft by its symbol, `A/78/L.49`.
    Draft,
}

/// The version that a citation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedVersion {
    /// The place, as `data/places.json` names it in English; `None` where the text gives only a year.
    pub place: Option<&'static str>,
    /// The year.
    pub year: u16,
    /// Whether the text says that it is a revision (`Rev.`, 修订版).
    pub revised: bool,
    /// The parenthesis in the source that says so, its brackets included.
    pub range: TextRange,
    /// Where in the source the place's name is written, if it is.
    pub place_range: Option<TextRange>,
    /// Where in the source the year is written: four digits, or the two of a session's code, `(WRC-15)`.
    pub year_range: TextRange,
}

/// How a citation is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wording {
    /// With its own number.
    #[default]
    Full,
    /// Not written itself: it lies between the two ends of a range, “resolutions 68/261 to 68/263”. Its `number_range`
    /// is the range from the first number to the last.
    Between,
    /// In short, for one that was cited in full before: “that resolution”, “the said Resolution 140”. What is cited in
    /// full stands at this range of the source; that citation is judged, the short one is only followed.
    Short(TextRange),
}

/// The title that stands beside a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedTitle {
    /// Its words in this reading, without quotation marks.
    pub text: Arc<str>,
    /// Its place in the source, without quotation marks.
    pub range: TextRange,
    /// Whether it is quoted or introduced as a title (“…”, entitled …, 题为…的); otherwise the words only say what the
    /// resolution is about.
    pub quoted: bool,
}

/// The day of adoption that stands beside a citation: `70/125 of 16 December 2015`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CitedDate {
    /// The day.
    pub date: Date,
    /// Its place in the source.
    pub range: TextRange,
}

/// One resolution cited once. A group (`Resolutions 101 and 102 (Rev. Busan, 2014)`) is one citation for each member,
/// the version shared.
///
/// Where it stands is its own; what it cites, [`Cited`], is shared with the same words read before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The paragraph that it stands in.
    pub paragraph: ParagraphIndex,
    /// The reading in which it was read. A citation that is the same in both readings is listed once, as
    /// [`Side::Amended`], with `in_both` set.
    pub side: Side,
    /// Whether the other reading has the very same citation at the same place.
    pub in_both: bool,
    /// From the first word that belongs to it to the last, in the source: `第140号决议（2018年，迪拜，修订版）`,
    /// `Resolution 140 (Rev. Dubai, 2018)`, `70/125 of 16 December 2015`. For the members of a group behind the
    /// first, from their number on.
    pub range: TextRange,
    /// The number's place in the source.
    pub number_range: TextRange,
    /// What is cited.
    pub cited: Arc<Cited>,
    /// The version in the text, if any.
    pub cited_version: Option<CitedVersion>,
    /// The parenthesis in the source in which an old and a new version run together because tracked changes were
    /// lost. Then there is no `cited_version`; [`super::flattened`] takes the parenthesis apart.
    pub flattened: Option<TextRange>,
    /// Whether the drafter pinned it, `[…](=)`: this version is meant, old or not. With a full id between the
    /// parentheses, `id` and `version` come from there.
    pub pinned: bool,
    /// Whether it is named as history (“recalling that Resolution 169 (Rev. Busan, 2014) confirmed …”).
    pub historical: bool,
    /// How it is worded.
    pub wording: Wording,
    /// The title beside it, if there is one.
    pub title: Option<CitedTitle>,
    /// The day of adoption beside it, if it is given in full.
    pub date: Option<CitedDate>,
}

/// What a citation cites, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Its words in this reading.
    pub text: String,
    /// What is cited.
    pub instrument: Instrument,
    /// The number as written, normalised: `140`, `70/125`, `1325 (2000)`, `61-2`.
    pub number: String,
    /// The body; `None` where the text leaves it open.
    pub body: Option<Body>,
    /// Why it is this body, for the drafter to read: “named beside it”, “PP met in Dubai in 2018”.
    pub body_reason: Option<String>,
    /// Which bodies it may be where that is open.
    pub candidates: Vec<Body>,
    /// The resolution, where the body is known. The number is without a version suffix (`ITU-R 61-2` is `ITU-R-61`).
    pub id: Option<ResolutionId>,
    /// The version as an id writes it, if the text names one.
    pub version: Option<Version>,
    /// The bodies that the words beside it may name, whatever was decided: one for “Council Resolution 1332”, several
    /// where the name is shared, none where no body is named.
    pub named: Vec<Body>,
    /// Whether the text says that it is of the organ that acts: “of this conference”, 本届大会.
    pub of_this_organ: bool,
}

impl Deref for Citation {
    type Target = Cited;

    fn deref(&self) -> &Cited {
        &self.cited
    }
}

/// Which resolutions the text is, and what it cites.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Citations {
    /// One for each resolution of the document.
    pub identities: Vec<Identity>,
    /// In text order; those of the reading as amended before those that only the reading as in force has at the same
    /// place.
    pub citations: Vec<Citation>,
    /// The articles, numbers and paragraphs of treaties and outcome documents that it names, in text order.
    pub provisions: Vec<Provision>,
}

/// Which resolutions a text is, and nothing of what it cites: [`Citations::identities`].
pub fn identities(document: &Document) -> Vec<Identity> {
    identity::identities(&Paragraphs::all(document))
}

/// A citation of which the body is being decided.
struct Open<'a> {
    paragraph: ParagraphIndex,
    resolution: usize,
    recognised: &'a Recognised,
    draft: &'a Draft,
    stranger: Stranger,
    decision: Option<Decision>,
}

/// Reads a document: which resolutions it holds and what they cite. Looks at nothing but the document.
///
/// What the words of each paragraph say is asked of the paragraph, which remembers it; only what the document decides is
/// worked out anew.
pub fn read(document: &Document) -> Citations {
    let paragraphs = Paragraphs::all(document);
    let identities = identity::identities(&paragraphs);
    let mut contexts: Vec<Context> = identities
        .iter()
        .map(|identity| Context {
            acting: identity.body.as_deref().and_then(|body| BodySet::of(body).single()),
            year: identity.date.and_then(|date| u16::try_from(date.year()).ok()),
            named: BodySet::NONE,
        })
        .collect();
    let mut recognised = Vec::with_capacity(document.paragraphs.len());
    for (index, paragraph) in document.iter() {
        recognised.push((index, paragraph, paragraphs.get(index)));
    }
    let mut open = Vec::new();
    for (index, paragraph, recognised) in &recognised {
        let cites = !recognised.drafts.is_empty()
            && paragraph.kind != ParagraphKind::Title
            && !identity::is_title(&paragraphs, *index);
        for draft in recognised.drafts.iter().filter(|_| cites) {
            open.push(Open {
                paragraph: *index,
                resolution: paragraph.resolution.index(),
                recognised,
                draft,
                stranger: draft.stranger,
                decision: None,
            });
        }
    }
    decide_all(&mut open, &mut contexts, &identities);
    let citations = open.iter().filter_map(|open| {
        let paragraph = document.paragraphs.get(open.paragraph.index())?;
        finish(open, paragraph, &paragraphs)
    });
    let mut citations: Vec<(Citation, bool)> = citations.collect();
    read_pins(&recognised, &mut citations);
    short::read(document, &recognised, &mut citations);
    let mut citations: Vec<Citation> = citations.into_iter().map(|(citation, _)| citation).collect();
    citations.sort_by_key(|citation| {
        (citation.paragraph, citation.number_range.start(), citation.range.start(), std::cmp::Reverse(citation.side))
    });
    let provisions = provision::read(&recognised, &identities);
    Citations { identities, citations, provisions }
}

fn decide_all(all: &mut [Open<'_>], contexts: &mut [Context], identities: &[Identity]) {
    // What stands beside each citation.
    for open in all.iter_mut() {
        let context = contexts.get(open.resolution).copied().unwrap_or_default();
        let (found, chances) = (&open.draft.found, &open.draft.chances);
        open.decision = decide::strong(found, chances, context, open.stranger);
        if let (Some((body, _)), Some(context)) = (&open.decision, contexts.get_mut(open.resolution)) {
            context.named = context.named.or(BodySet::one(*body));
        }
        // In its own texts such a name may be that of the organ that acts.
        let own = context.acting.and_then(|acting| data().bodies.get(acting)).is_some_and(|facts| facts.named_only);
        if open.decision.is_none() && !own && decide::is_shared(found) {
            open.stranger = Stranger::Named;
        }
    }
    // A name that bodies share, of which the document names one in full.
    let decided = all.iter().filter_map(|open| open.decision.as_ref());
    let acting = contexts.iter().filter_map(|context| context.acting);
    let cited =
        decided.map(|(body, _)| *body).chain(acting).fold(BodySet::NONE, |set, body| set.or(BodySet::one(body)));
    for open in all.iter_mut().filter(|open| open.decision.is_none() && decide::is_shared(&open.draft.found)) {
        open.decision = decide::shared(&open.draft.found, &open.draft.chances, cited);
    }
    // A member of a group whose neighbour is known.
    for index in 0..all.len() {
        if !all[index].is_open() {
            continue;
        }
        let near = index.saturating_sub(1)..(index + 2).min(all.len());
        let group = |other: usize| {
            let (one, other) = (&all[index], &all[other]);
            one.is_beside(other) && one.draft.found.group == other.draft.found.group
        };
        let neighbour = near.filter(|&other| other != index && group(other)).find_map(|other| all[other].decision);
        all[index].decision =
            neighbour.filter(|(body, _)| all[index].draft.chances.allows(*body)).map(|(body, _)| (body, Reason::Group));
    }
    // The words before it in its clause.
    for index in 0..all.len() {
        let open = &all[index];
        if !open.is_open() {
            continue;
        }
        let context = contexts.get(open.resolution).copied().unwrap_or_default();
        let (found, chances) = (&open.draft.found, &open.draft.chances);
        let decision = decide::clause(&open.draft.before, found, chances, context).or_else(|| {
            let before = all.get(index.checked_sub(1)?)?;
            let parted = || open.recognised.is_parted(open.draft.side, before.draft.found.last, open.draft.found.first);
            let near = before.is_beside(open) && !parted()?;
            decide::own_of_previous(found, chances, before.decision.filter(|_| near)?, context)
        });
        all[index].decision = decision;
    }
    decide_elsewhere(all, contexts, identities);
}

/// Decides what is still open from the same number elsewhere in the document and, where that says nothing, from the
/// document itself.
fn decide_elsewhere(all: &mut [Open<'_>], contexts: &[Context], identities: &[Identity]) {
    let asked: HashSet<(Instrument, &str)> =
        all.iter().filter(|open| open.is_open()).map(|open| open.draft.numbered()).collect();
    if asked.is_empty() {
        return;
    }
    // In the same resolution; what stands before the first one, as an explanation does, looks at the whole file.
    let mut elsewhere: HashMap<(Option<usize>, Instrument, &str), BodySet> = HashMap::new();
    for id in identities.iter().filter_map(|identity| identity.id.as_ref()) {
        let set = elsewhere.entry((None, instrument_of_id(id), &id.number)).or_default();
        *set = set.or(BodySet::of(&body_of_id(id)));
    }
    for open in all.iter() {
        let (instrument, number) = open.draft.numbered();
        let Some((body, _)) = open.decision.filter(|_| asked.contains(&(instrument, number))) else { continue };
        for scope in [Some(open.resolution), None] {
            let set = elsewhere.entry((scope, instrument, number)).or_default();
            *set = set.or(BodySet::one(body));
        }
    }
    for open in all.iter_mut().filter(|open| open.is_open()) {
        let context = contexts.get(open.resolution).copied().unwrap_or_default();
        let scope = Some(open.resolution).filter(|_| context.acting.is_some());
        let (instrument, number) = open.draft.numbered();
        let same = elsewhere.get(&(scope, instrument, number)).copied().unwrap_or_default();
        let (found, chances) = (&open.draft.found, &open.draft.chances);
        open.decision = same
            .single()
            .filter(|&body| chances.allows(body))
            .map(|body| (body, Reason::Elsewhere))
            .or_else(|| decide::document(found, chances, context));
    }
}

impl Open<'_> {
    /// Whether nothing has been decided and what else the document says may still decide it.
    fn is_open(&self) -> bool {
        self.decision.is_none() && self.stranger == Stranger::No
    }

    /// Whether both stand in one reading of one paragraph.
    fn is_beside(&self, other: &Open<'_>) -> bool {
        (self.paragraph, self.draft.side) == (other.paragraph, other.draft.side)
    }
}

impl Draft {
    /// What tells it from others, whatever its version.
    fn numbered(&self) -> (Instrument, &str) {
        (self.found.instrument, &self.found.number)
    }
}

/// A citation, and whether it is said to have been cited before.
fn finish(open: &Open<'_>, paragraph: &Paragraph, paragraphs: &Paragraphs<'_>) -> Option<(Citation, bool)> {
    let Open { draft, decision, .. } = open;
    let found = &draft.found;
    let view = &paragraph.views[draft.side];
    let outcome = Outcome { decision: *decision, strange: open.stranger == Stranger::Named };
    let cited = draft.cited(outcome, || cited(draft, outcome));
    let version = found.parenthesis.as_ref().zip(draft.version);
    let flattened = version.filter(|(version, _)| version.flattened.is_some());
    let versioned = version.filter(|(version, _)| version.flattened.is_none() && is_versioned(draft, *decision));
    let cited_version = versioned.and_then(|(version, place)| {
        let (year, ..) = version.year?;
        Some(CitedVersion {
            place: version
                .place
                .and_then(|(place, ..)| data().places.get(usize::from(place)))
                .map(|place| place.id.as_str()),
            year,
            revised: version.revised,
            range: view.to_source(place.range)?,
            place_range: place.place.and_then(|range| view.to_source(range)),
            year_range: view.to_source(place.year?)?,
        })
    });
    let recognised = open.recognised;
    let historical = paragraphs.recalls(paragraph, recognised, draft.side) && recognised.tells(paragraph, draft);
    let citation = Citation {
        paragraph: open.paragraph,
        side: draft.side,
        in_both: draft.in_both,
        range: view.to_source(draft.place)?,
        number_range: view.to_source(draft.number)?,
        cited,
        cited_version,
        flattened: flattened.and_then(|(_, place)| view.to_source(place.range)),
        pinned: false,
        historical,
        wording: if found.between { Wording::Between } else { Wording::Full },
        title: found.title.zip(draft.title.as_ref()).and_then(|(title, (text, range))| {
            Some(CitedTitle { text: Arc::clone(text), range: view.to_source(*range)?, quoted: title.quoted })
        }),
        date: found
            .date
            .zip(draft.date)
            .and_then(|(day, range)| Some(CitedDate { date: day.date?, range: view.to_source(range)? })),
    };
    Some((citation, draft.said))
}

/// Whether what a parenthesis says is a version: the year of a number that runs on through the years belongs to it.
fn is_versioned(draft: &Draft, decision: Option<Decision>) -> bool {
    let yearly = facts_of(decision).is_some_and(|facts| facts.numbers.contains(&NumberShape::Yearly));
    !yearly && matches!(draft.found.shape, Number::Plain(_) | Number::Revised)
}

/// The facts of the body that was decided on. A name that several bodies share does not say which.
fn facts_of(decision: Option<Decision>) -> Option<&'static super::data::BodyFacts> {
    decision.and_then(|(body, _)| data().bodies.get(body)).filter(|facts| !facts.various)
}

fn cited(draft: &Draft, outcome: Outcome) -> Cited {
    let found = &draft.found;
    let decided = outcome.decision.and_then(|(body, _)| data().bodies.get(body));
    let various = decided.is_some_and(|facts| facts.various);
    let facts = facts_of(outcome.decision);
    let parenthesis = found.parenthesis.as_ref();
    let mut number = found.number.clone();
    // The year belongs to a number that runs on through the years and is no version.
    let yearly = facts.is_some_and(|facts| facts.numbers.contains(&NumberShape::Yearly));
    if let (true, Number::Plain(value)) = (yearly, found.shape) {
        let year = parenthesis.and_then(|version| version.year).map(|(year, ..)| year);
        let year = year.or_else(|| facts.and_then(|facts| year_of(&facts.first_of_year, value)));
        if let Some(year) = year {
            number = format!("{value} ({year})");
        }
    }
    let version = parenthesis.filter(|version| version.flattened.is_none() && is_versioned(draft, outcome.decision));
    let body = facts.map(|facts| facts.id.clone());
    let id = facts.map(|facts| id_of(facts.id.as_str(), found.instrument, found.shape, &number));
    Cited {
        text: draft.text.clone(),
        instrument: found.instrument,
        number,
        body_reason: match outcome.decision {
            Some(_) if various => Some("the body named beside it exists for many treaties".to_owned()),
            None if outcome.strange => {
                Some("the words beside it name an organ that is not in the list of bodies".to_owned())
            }
            decision => decision.map(|(body, reason)| reason.words(body, found)),
        },
        candidates: match body {
            Some(_) => Vec::new(),
            None if various || outcome.strange => Vec::new(),
            None => {
                let possible = decide::possible(found, &draft.chances);
                possible.iter().map(|index| data().bodies[index].id.clone()).collect()
            }
        },
        body,
        id,
        version: version.and_then(|version| version.year).map(|(year, ..)| year.to_string()),
        named: named_beside(draft, outcome.decision).iter().map(|index| data().bodies[index].id.clone()).collect(),
        of_this_organ: found.this_organ,
    }
}

/// The bodies that the words beside a citation may name. A list may end with numbers of other organs, “UNEA resolution
/// 5/14, EUR/RC72/R1”: what is written as only its own body writes it is not of the one named in front.
fn named_beside(draft: &Draft, decision: Option<Decision>) -> BodySet {
    let named = draft.found.named.bodies;
    match (draft.found.shape, decision) {
        (Number::Form(_), Some((body, _))) if !named.has(body) => BodySet::NONE,
        _ => named,
    }
}

/// The year in which a running number was given, where the data knows.
fn year_of(first_of_year: &[(u16, u32)], number: u32) -> Option<u16> {
    let index = first_of_year.iter().rposition(|(_, first)| *first <= number)?;
    // Behind the last known year lies an open end.
    (index + 1 < first_of_year.len()).then(|| first_of_year[index].0)
}

/// The id of what is cited: the body with the instrument's kind, the number without a version.
pub(super) fn id_of(body: &str, instrument: Instrument, shape: Number, number: &str) -> ResolutionId {
    let kind = match instrument {
        Instrument::Resolution | Instrument::Draft => "",
        Instrument::Decision => " Decision",
        Instrument::Opinion => " Opinion",
        Instrument::Recommendation => " Recommendation",
    };
    let number = match shape {
        Number::Revised => number.split('-').next().unwrap_or(number),
        _ => number,
    };
    ResolutionId::new(format!("{body}{kind}"), number)
}

/// A pin of one reading.
struct Pin<'a> {
    range: TextRange,
    side: Side,
    /// The words between the square brackets.
    words: &'a str,
    /// What the parentheses name; `None` for `=`.
    target: Option<(ResolutionId, Option<Version>)>,
    /// Whether a citation stands in it.
    used: bool,
}

/// Applies `[…](=)` and `[…](PP-140@2018)`. `citations` are in the order of their paragraphs, those added stand
/// behind them; beside each stands whether it is said to have been cited before.
fn read_pins(
    paragraphs: &[(ParagraphIndex, &Paragraph, Remembered<'_, Recognised>)],
    citations: &mut Vec<(Citation, bool)>,
) {
    let mut added = Vec::new();
    for (index, paragraph, _) in paragraphs.iter().filter(|(.., recognised)| recognised.pinned) {
        let index = *index;
        let mut pins = pins(paragraph);
        let first = citations.partition_point(|(citation, _)| citation.paragraph < index);
        let here = citations[first..].iter_mut().take_while(|(citation, _)| citation.paragraph == index);
        for (citation, _) in here {
            // A pin stands in one reading or in both at the same place.
            let after = pins.partition_point(|pin| pin.range.start() <= citation.number_range.start());
            for pin in pins[..after].iter_mut().rev().take(2) {
                if !pin.range.contains_range(citation.number_range) {
                    continue;
                }
                pin.used = true;
                citation.pinned = true;
                if let Some((id, version)) = &pin.target {
                    let cited = Arc::make_mut(&mut citation.cited);
                    cited.body_reason = Some("named by the pin".to_owned());
                    cited.candidates.clear();
                    cited.body = Some(body_of_id(id));
                    cited.id = Some(id.clone());
                    cited.version = version.clone().or(cited.version.take());
                }
            }
        }
        let mut last = None;
        for pin in pins.into_iter().filter(|pin| !pin.used) {
            let Some((id, version)) = pin.target else { continue };
            // The other reading's pin at the same place.
            if last.replace(pin.range) == Some(pin.range) {
                if let Some((Citation { in_both, .. }, _)) = added.last_mut() {
                    *in_both = true;
                }
                continue;
            }
            // “this decision”, with its target named: a citation without a number of its own.
            let said = short::is_said_at(paragraph, pin.side, pin.range);
            let cited = Cited {
                text: pin.words.to_owned(),
                instrument: instrument_of_id(&id),
                number: id.number.clone(),
                body: Some(body_of_id(&id)),
                body_reason: Some("named by the pin".to_owned()),
                candidates: Vec::new(),
                id: Some(id),
                version,
                named: Vec::new(),
                of_this_organ: false,
            };
            let citation = Citation {
                paragraph: index,
                side: pin.side,
                in_both: !paragraph.is_tracked(),
                range: pin.range,
                number_range: pin.range,
                cited: Arc::new(cited),
                cited_version: None,
                flattened: None,
                pinned: true,
                historical: false,
                wording: Wording::Full,
                title: None,
                date: None,
            };
            added.push((citation, said));
        }
    }
    citations.append(&mut added);
}

/// The pins of a paragraph in text order, those of the reading as amended first; of an untracked paragraph those of
/// one reading.
fn pins(paragraph: &Paragraph) -> Vec<Pin<'_>> {
    let sides: &[Side] = if paragraph.is_tracked() { &[Side::Amended, Side::InForce] } else { &[Side::Amended] };
    let mut pins = Vec::new();
    for &side in sides {
        let view = &paragraph.views[side];
        for mark in view.marks_of(MarkKind::Pinned) {
            let Some(range) = view.to_source(mark.range) else { continue };
            let words = view.text.get(std::ops::Range::from(mark.range)).unwrap_or_default();
            pins.push(Pin { range, side, words, target: pin_target(&mark.target), used: false });
        }
    }
    // Stable: at one place the reading as amended stays first.
    pins.sort_by_key(|pin| pin.range.start());
    pins
}

/// `PP-140@2018#resolves-3` as id and version; `None` for `=` and for what is no id.
fn pin_target(target: &str) -> Option<(ResolutionId, Option<Version>)> {
    let target = target.split('#').next()?.trim();
    let (id, version) = match target.split_once('@') {
        Some((id, version)) => (id, Some(version.trim().to_owned()).filter(|version| !version.is_empty())),
        None => (target, None),
    };
    Some((id.parse().ok()?, version))
}

const KINDS: [(&str, Instrument); 3] = [
    (" Decision", Instrument::Decision),
    (" Opinion", Instrument::Opinion),
    (" Recommendation", Instrument::Recommendation),
];

fn body_of_id(id: &ResolutionId) -> Body {
    let kind = KINDS.iter().find_map(|(kind, _)| id.body.strip_suffix(kind));
    kind.unwrap_or(&id.body).to_owned()
}

fn instrument_of_id(id: &ResolutionId) -> Instrument {
    let kind = KINDS.iter().find(|(kind, _)| id.body.ends_with(kind));
    kind.map_or(Instrument::Resolution, |(_, instrument)| *instrument)
}
