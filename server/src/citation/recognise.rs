//! Words to citations.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use jiff::civil::Date;

use super::data::{NumberShape, data};
use super::decide::{self, Context, Decision};
use super::history::{self, History};
use super::id::{Body, ResolutionId, Version};
use super::identity::{self, Identity};
use super::shape::{self, Found};
use super::short;
use super::stranger::{Stranger, stranger};
use super::token::{self, BodySet, Number};
use super::words::Words;
use crate::syntax::{Document, MarkKind, Paragraph, ParagraphIndex, ParagraphKind, Side, TextRange, TextSize, View};

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
    pub place: Option<String>,
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
    pub text: String,
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
    /// Its words in this reading.
    pub text: String,
    /// The number's place in the source.
    pub number_range: TextRange,
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
    /// The version in the text, if any.
    pub cited_version: Option<CitedVersion>,
    /// The version as an id writes it, if the text names one.
    pub version: Option<Version>,
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
    /// The bodies that the words beside it may name, whatever was decided: one for “Council Resolution 1332”, several
    /// where the name is shared, none where no body is named.
    pub named: Vec<Body>,
    /// Whether the text says that it is of the organ that acts: “of this conference”, 本届大会.
    pub of_this_organ: bool,
}

/// Which resolutions the text is, and what it cites.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Citations {
    /// One for each resolution of the document.
    pub identities: Vec<Identity>,
    /// In text order; those of the reading as amended before those that only the reading as in force has at the same
    /// place.
    pub citations: Vec<Citation>,
}

/// A citation as it was found, before its body is known.
struct Draft<'a> {
    paragraph: ParagraphIndex,
    side: Side,
    in_both: bool,
    view: &'a View,
    words: Rc<Words<'a>>,
    found: Found,
    /// The one before it in the same paragraph and reading.
    previous: Option<Found>,
    resolution: usize,
    historical: bool,
    /// Whether an organ that the data does not know is named beside it.
    stranger: Stranger,
    decision: Option<Decision>,
}

/// Reads a document: which resolutions it holds and what they cite. Looks at nothing but the document.
pub fn read(document: &Document) -> Citations {
    let identities = identity::identities(document);
    let mut contexts: Vec<Context> = identities
        .iter()
        .map(|identity| Context {
            acting: identity.body.as_deref().and_then(|body| BodySet::of(body).single()),
            year: identity.date.and_then(|date| u16::try_from(date.year()).ok()),
            named: BodySet::NONE,
        })
        .collect();
    let mut drafts = Vec::new();
    for (index, paragraph) in document.iter() {
        if paragraph.kind != ParagraphKind::Title && !identity::is_title(document, index) {
            read_paragraph(document, index, paragraph, &mut drafts);
        }
    }
    decide_all(&mut drafts, &mut contexts, &identities);
    let mut citations: Vec<Citation> = drafts.iter().filter_map(finish).collect();
    read_pins(document, &mut citations);
    short::read(document, &mut citations);
    citations.sort_by_key(|citation| {
        (citation.paragraph, citation.number_range.start(), citation.range.start(), std::cmp::Reverse(citation.side))
    });
    Citations { identities, citations }
}

fn read_paragraph<'a>(
    document: &'a Document,
    index: ParagraphIndex,
    paragraph: &'a Paragraph,
    drafts: &mut Vec<Draft<'a>>,
) {
    let first = drafts.len();
    // An untracked paragraph reads the same on both sides.
    let sides: &[Side] = if paragraph.is_tracked() { &[Side::Amended, Side::InForce] } else { &[Side::Amended] };
    for &side in sides {
        let view = &paragraph.views[side];
        if view.is_empty() || !view.text.chars().any(char::is_numeric) {
            continue;
        }
        let words = Rc::new(Words::new(&view.text));
        let found = shape::find(&words);
        // What ends as a clause does is one: “a) A/RES/70/125;”.
        let clause = view.text.trim_end().ends_with([',', ';', '，', '；', '،', '؛']);
        if !clause && is_running_head(&words, &found) {
            continue;
        }
        let recalls = !found.is_empty() && history::recalls(document, paragraph, side);
        let history = recalls.then(|| History::new(&words));
        let mut previous: Option<Found> = None;
        let before = drafts.len();
        // What is named behind a group is of all its members.
        let mut strangers: BTreeMap<usize, Stranger> = BTreeMap::new();
        for one in &found {
            let known = strangers.entry(one.group).or_default();
            *known = stranger(&words, one).max(*known);
        }
        for (at, one) in found.iter().enumerate() {
            let next = found.get(at..).and_then(|behind| behind.iter().find(|other| other.group != one.group));
            let historical = history.as_ref().is_some_and(|history| history.tells(one, next));
            let found = one.clone();
            // Earlier members of the same group are no context of their own.
            let draft = Draft {
                paragraph: index,
                side,
                in_both: sides.len() == 1,
                view,
                words: Rc::clone(&words),
                previous: previous.clone().filter(|previous| previous.group != found.group),
                resolution: paragraph.resolution.index(),
                historical,
                stranger: strangers.get(&found.group).copied().unwrap_or_default(),
                decision: None,
                found: found.clone(),
            };
            if drafts.len() > before && previous.as_ref().is_some_and(|previous| previous.group == found.group) {
                let inherited = drafts.last().and_then(|last| last.previous.clone());
                drafts.push(Draft { previous: inherited, ..draft });
            } else {
                drafts.push(draft);
            }
            previous = Some(found);
        }
    }
    if sides.len() == 2 {
        merge_sides(drafts, first);
    }
}

/// Lists what both readings have at the same place once. `drafts` from `first` on hold the reading as amended, then
/// the one as in force.
fn merge_sides(drafts: &mut Vec<Draft<'_>>, first: usize) {
    let Some(split) = drafts[first..].iter().position(|draft| draft.side == Side::InForce) else { return };
    let place = |draft: &Draft<'_>| draft.source(draft.found.number_start, draft.found.number_end);
    let (amended, in_force) = drafts[first..].split_at_mut(split);
    let mut by_place: HashMap<Option<TextRange>, Vec<&mut Draft<'_>>> = HashMap::new();
    for draft in amended {
        by_place.entry(place(draft)).or_default().push(draft);
    }
    for draft in in_force {
        let others = by_place.get_mut(&place(draft)).into_iter().flatten();
        if let Some(same) = others.into_iter().find(|other| other.key() == draft.key()) {
            same.in_both = true;
            draft.in_both = true;
        }
    }
    let mut index = 0;
    drafts.retain(|draft| {
        index += 1;
        index <= first || draft.side == Side::Amended || !draft.in_both
    });
}

impl Draft<'_> {
    fn source(&self, start: u32, end: u32) -> Option<TextRange> {
        let folded = &self.words.folded;
        let at = |offset: u32| TextSize::new(folded.origin(offset as usize) as u32);
        self.view.to_source(TextRange::new(at(start), at(end)))
    }

    /// Whether nothing has been decided and what else the document says may still decide it.
    fn is_open(&self) -> bool {
        self.decision.is_none() && self.stranger == Stranger::No
    }

    /// Equal where two readings have the very same citation.
    fn key(&self) -> (Option<TextRange>, Option<TextRange>, &str, Option<TextRange>, &str) {
        let found = &self.found;
        let version = found.parenthesis.as_ref();
        (
            self.source(found.start, found.end),
            self.source(found.number_start, found.number_end),
            &found.number,
            version.and_then(|version| self.source(version.start, version.end)),
            self.words.original(found.start, version.map_or(found.end, |version| version.end.max(found.end))),
        )
    }
}

/// A page's running head: a symbol, a page number and nothing else.
fn is_running_head(words: &Words<'_>, found: &[Found]) -> bool {
    let [only] = found else { return false };
    matches!(only.shape, Number::Symbol { .. } | Number::Draft { .. })
        && only.last - only.first == 1
        && words.tokens.len() <= 4
        && words
            .tokens
            .iter()
            .filter(|token| token.number().is_none())
            .all(|token| matches!(token.kind, token::Kind::Mark(_)))
}

fn decide_all(drafts: &mut [Draft<'_>], contexts: &mut [Context], identities: &[Identity]) {
    // What stands beside each citation.
    for draft in drafts.iter_mut() {
        let context = contexts.get(draft.resolution).copied().unwrap_or_default();
        draft.decision = decide::strong(&draft.found, context, draft.stranger);
        if let (Some((body, _)), Some(context)) = (&draft.decision, contexts.get_mut(draft.resolution)) {
            context.named = context.named.or(BodySet::one(*body));
        }
        // In its own texts such a name may be that of the organ that acts.
        let own = context.acting.and_then(|acting| data().bodies.get(acting)).is_some_and(|facts| facts.named_only);
        if draft.decision.is_none() && !own && decide::is_shared(&draft.found) {
            draft.stranger = Stranger::Named;
        }
    }
    // A name that bodies share, of which the document names one in full.
    let decided = drafts.iter().filter_map(|draft| draft.decision.as_ref());
    let acting = contexts.iter().filter_map(|context| context.acting);
    let cited =
        decided.map(|(body, _)| *body).chain(acting).fold(BodySet::NONE, |set, body| set.or(BodySet::one(body)));
    for draft in drafts.iter_mut().filter(|draft| draft.decision.is_none() && decide::is_shared(&draft.found)) {
        draft.decision = decide::shared(&draft.found, cited);
    }
    // A member of a group whose neighbour is known.
    for index in 0..drafts.len() {
        if drafts[index].decision.is_some() || drafts[index].stranger != Stranger::No {
            continue;
        }
        let near = index.saturating_sub(1)..(index + 2).min(drafts.len());
        let group = |other: usize| {
            let (one, other) = (&drafts[index], &drafts[other]);
            (one.paragraph, one.side, one.found.group) == (other.paragraph, other.side, other.found.group)
        };
        let neighbour =
            near.filter(|&other| other != index && group(other)).find_map(|other| drafts[other].decision.clone());
        let open = decide::candidates(&drafts[index].found);
        drafts[index].decision = neighbour
            .filter(|(body, _)| !open.and(BodySet::one(*body)).is_empty() || decide::fits(&drafts[index].found, *body))
            .map(|(body, _)| (body, "like the other in its group".to_owned()));
    }
    // The words before it in its clause.
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        if !draft.is_open() {
            continue;
        }
        let context = contexts.get(draft.resolution).copied().unwrap_or_default();
        let decision = decide::clause(&draft.words, &draft.found, draft.previous.as_ref(), context).or_else(|| {
            let before = drafts.get(index.checked_sub(1)?)?;
            let near = (before.paragraph, before.side) == (draft.paragraph, draft.side)
                && !draft
                    .words
                    .tokens
                    .get(before.found.last..draft.found.first)?
                    .iter()
                    .any(|token| token.is_mark(';'));
            decide::own_of_previous(&draft.found, before.decision.as_ref().filter(|_| near)?, context)
        });
        drafts[index].decision = decision;
    }
    // The same number elsewhere in the document.
    // In the same resolution; what stands before the first one, as an explanation does, looks at the whole file.
    let mut elsewhere: BTreeMap<(Option<usize>, Instrument, String), BodySet> = BTreeMap::new();
    for id in identities.iter().filter_map(|identity| identity.id.as_ref()) {
        let set = elsewhere.entry((None, instrument_of_id(id), id.number.clone())).or_default();
        *set = set.or(BodySet::of(&body_of_id(id)));
    }
    for draft in drafts.iter() {
        if let Some((body, _)) = &draft.decision {
            for scope in [Some(draft.resolution), None] {
                let key = (scope, draft.found.instrument, draft.found.number.clone());
                let set = elsewhere.entry(key).or_default();
                *set = set.or(BodySet::one(*body));
            }
        }
    }
    for draft in drafts.iter_mut().filter(|draft| draft.is_open()) {
        let open = decide::candidates(&draft.found);
        let acts = contexts.get(draft.resolution).is_some_and(|context| context.acting.is_some());
        let scope = Some(draft.resolution).filter(|_| acts);
        let key = (scope, draft.found.instrument, draft.found.number.clone());
        let same = elsewhere.get(&key).copied().unwrap_or_default();
        draft.decision = same
            .single()
            .filter(|&body| !open.and(BodySet::one(body)).is_empty() || decide::fits(&draft.found, body))
            .map(|body| (body, "the text cites the same number elsewhere and says whose it is".to_owned()))
            .or_else(|| decide::document(&draft.found, contexts.get(draft.resolution).copied().unwrap_or_default()));
    }
}

fn finish(draft: &Draft<'_>) -> Option<Citation> {
    let found = &draft.found;
    let range = draft.source(found.start, found.end)?;
    let number_range = draft.source(found.number_start, found.number_end)?;
    let facts = draft.decision.as_ref().and_then(|(body, _)| data().bodies.get(*body));
    // A name that several bodies share does not say which.
    let various = facts.is_some_and(|facts| facts.various);
    let facts = facts.filter(|_| !various);
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
    let versioned = !yearly && matches!(found.shape, Number::Plain(_) | Number::Revised);
    let version = parenthesis.filter(|version| versioned && version.flattened.is_none());
    let cited_version = version.and_then(|version| {
        let (year, start, end) = version.year?;
        Some(CitedVersion {
            place: version
                .place
                .and_then(|(place, ..)| data().places.get(usize::from(place)))
                .map(|place| place.id.clone()),
            year,
            revised: version.revised,
            range: draft.source(version.start, version.end)?,
            place_range: version.place.and_then(|(_, start, end)| draft.source(start, end)),
            year_range: draft.source(start, end)?,
        })
    });
    let body = facts.map(|facts| facts.id.clone());
    let id = facts.map(|facts| id_of(facts.id.as_str(), found.instrument, found.shape, &number));
    Some(Citation {
        paragraph: draft.paragraph,
        side: draft.side,
        in_both: draft.in_both,
        range,
        text: draft.words.original(found.start, found.end).to_owned(),
        number_range,
        instrument: found.instrument,
        number,
        body_reason: match &draft.decision {
            Some(_) if various => Some("the body named beside it exists for many treaties".to_owned()),
            None if draft.stranger == Stranger::Named => {
                Some("the words beside it name an organ that is not in the list of bodies".to_owned())
            }
            decision => decision.as_ref().map(|(_, reason)| reason.clone()),
        },
        candidates: match body {
            Some(_) => Vec::new(),
            None if various || draft.stranger == Stranger::Named => Vec::new(),
            None => decide::possible(found).iter().map(|index| data().bodies[index].id.clone()).collect(),
        },
        body,
        id,
        version: cited_version.as_ref().map(|version| version.year.to_string()),
        cited_version,
        flattened: parenthesis
            .filter(|version| version.flattened.is_some())
            .and_then(|version| draft.source(version.start, version.end)),
        pinned: false,
        historical: draft.historical,
        wording: if found.between { Wording::Between } else { Wording::Full },
        title: found.title.and_then(|title| {
            let text = draft.words.original(title.start, title.end);
            let range = draft.source(title.start, title.end)?;
            Some(CitedTitle { text: text.to_owned(), range, quoted: title.quoted })
        }),
        date: found.date.and_then(|day| Some(CitedDate { date: day.date?, range: draft.source(day.start, day.end)? })),
        named: named_beside(draft).iter().map(|index| data().bodies[index].id.clone()).collect(),
        of_this_organ: found.this_organ,
    })
}

/// The bodies that the words beside a citation may name. A list may end with numbers of other organs, “UNEA resolution
/// 5/14, EUR/RC72/R1”: what is written as only its own body writes it is not of the one named in front.
fn named_beside(draft: &Draft<'_>) -> BodySet {
    let named = draft.found.named.bodies;
    match (draft.found.shape, &draft.decision) {
        (Number::Form(_), Some((body, _))) if named.and(BodySet::one(*body)).is_empty() => BodySet::NONE,
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

/// Applies `[…](=)` and `[…](PP-140@2018)`. `citations` are in the order of their paragraphs.
fn read_pins(document: &Document, citations: &mut Vec<Citation>) {
    let mut added = Vec::new();
    for (index, paragraph) in document.iter() {
        let mut pins = pins(paragraph);
        if pins.is_empty() {
            continue;
        }
        let first = citations.partition_point(|citation| citation.paragraph < index);
        let here = citations[first..].iter_mut().take_while(|citation| citation.paragraph == index);
        for citation in here {
            // A pin stands in one reading or in both at the same place.
            let after = pins.partition_point(|pin| pin.range.start() <= citation.number_range.start());
            for pin in pins[..after].iter_mut().rev().take(2) {
                if !pin.range.contains_range(citation.number_range) {
                    continue;
                }
                pin.used = true;
                citation.pinned = true;
                if let Some((id, version)) = &pin.target {
                    citation.body_reason = Some("named by the pin".to_owned());
                    citation.candidates.clear();
                    citation.body = Some(body_of_id(id));
                    citation.id = Some(id.clone());
                    citation.version = version.clone().or(citation.version.take());
                }
            }
        }
        let mut last = None;
        for pin in pins.into_iter().filter(|pin| !pin.used) {
            let Some((id, version)) = pin.target else { continue };
            // The other reading's pin at the same place.
            if last.replace(pin.range) == Some(pin.range) {
                if let Some(Citation { in_both, .. }) = added.last_mut() {
                    *in_both = true;
                }
                continue;
            }
            // “this decision”, with its target named: a citation without a number of its own.
            added.push(Citation {
                paragraph: index,
                side: pin.side,
                in_both: !paragraph.is_tracked(),
                range: pin.range,
                text: pin.words.to_owned(),
                number_range: pin.range,
                instrument: instrument_of_id(&id),
                number: id.number.clone(),
                body: Some(body_of_id(&id)),
                body_reason: Some("named by the pin".to_owned()),
                candidates: Vec::new(),
                id: Some(id),
                cited_version: None,
                version,
                flattened: None,
                pinned: true,
                historical: false,
                wording: Wording::Full,
                title: None,
                date: None,
                named: Vec::new(),
                of_this_organ: false,
            });
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
