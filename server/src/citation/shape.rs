//! Tokens to citations: the few shapes in which resolutions are cited.
//!
//! Two orders of words exist. Languages with spaces put the instrument first, `Resolutions 101, 102 and 133 (Rev.
//! Busan, 2014)`; Chinese puts it last, `第101和102号决议（2010年，瓜达拉哈拉，修订版）`. A symbol needs no instrument.

use super::data::data;
use super::flattened::{Flattened, flattened, met};
use super::recognise::Instrument;
use super::token::{BodySet, Kind, Number, Token, tokens, word};
use crate::syntax::Folded;

/// How many members a group may have: bounds the time spent on a list that turns out to be none.
const MOST_MEMBERS: usize = 64;
/// How many tokens a parenthesis that names a version may have.
const MOST_IN_PARENTHESIS: usize = 60;

/// A text with its tokens.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub source: &'a str,
    pub folded: Folded,
    pub tokens: Vec<Token>,
}

impl<'a> Words<'a> {
    pub fn new(source: &'a str) -> Words<'a> {
        let folded = Folded::new(source);
        let tokens = tokens(&folded, source);
        Words { source, folded, tokens }
    }

    /// The token at `index`, if there is one.
    pub fn at(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    /// The words between two byte offsets of the folded text, as the source has them.
    pub fn original(&self, start: u32, end: u32) -> &'a str {
        self.source.get(self.folded.origin(start as usize)..self.folded.origin(end as usize)).unwrap_or_default()
    }

    /// The folded words of a token.
    pub fn folded(&self, token: &Token) -> &str {
        self.folded.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    fn is(&self, index: usize, words: u32) -> bool {
        self.at(index).is_some_and(|token| token.is(words))
    }

    fn is_mark(&self, index: usize, mark: char) -> bool {
        self.at(index).is_some_and(|token| token.is_mark(mark))
    }

    fn bodies(&self, index: usize) -> BodySet {
        self.at(index).map_or(BodySet::NONE, Token::bodies)
    }
}

/// What a parenthesis behind a number says.
#[derive(Debug, Clone, Default)]
pub(super) struct Parenthesis {
    /// Its place in the folded text, brackets included.
    pub start: u32,
    pub end: u32,
    /// The year and where its digits stand.
    pub year: Option<(u16, u32, u32)>,
    /// The place, in `data().places`, and where its name stands.
    pub place: Option<(u16, u32, u32)>,
    /// Whether it says that the version is a revision.
    pub revised: bool,
    /// The body that a session's code names: `(WRC-15)`, `(C11)`, `（理事会2011年会议）`.
    pub bodies: BodySet,
    /// An old and a new version that run together.
    pub flattened: Option<Flattened>,
}

impl Parenthesis {
    /// Whether there is nothing but a year.
    pub fn is_bare_year(&self) -> bool {
        self.year.is_some()
            && self.place.is_none()
            && !self.revised
            && self.bodies.is_empty()
            && self.flattened.is_none()
    }
}

/// Names beside a citation.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Named {
    /// The bodies that the name may stand for.
    pub bodies: BodySet,
    /// Whether the name is one that bodies share.
    pub generic: bool,
}

impl Named {
    fn of(token: &Token) -> Named {
        Named { bodies: token.bodies(), generic: token.is_generic() }
    }

    /// A full name wins over a shared one.
    fn or(self, other: Named) -> Named {
        if self.bodies.is_empty() || (self.generic && !other.generic && !other.bodies.is_empty()) {
            other
        } else {
            self
        }
    }
}

/// One member of a group of citations, in offsets of the folded text.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub start: u32,
    pub end: u32,
    pub number_start: u32,
    pub number_end: u32,
    /// The number as it is cited: `140`, `70/125`, `2625 (XXV)`.
    pub number: String,
    pub shape: Number,
    pub instrument: Instrument,
    pub parenthesis: Option<Parenthesis>,
    /// The year of its date, “of 16 December 2015”, or of the year in a symbol, `S/RES/1325 (2000)`.
    pub date_year: Option<u16>,
    /// Members of one group have the same number here.
    pub group: usize,
    /// The first token of the group and the one behind its last.
    pub first: usize,
    pub last: usize,
    /// A body beside the number.
    pub named: Named,
    /// “of this conference”
    pub this_organ: bool,
    /// “its”
    pub own: bool,
    /// Whether the word for the instrument is in the plural.
    pub plural: bool,
    /// Whether only “and”, a comma and the like stand between this group and the next.
    pub joined: bool,
}

/// A number with what belongs to it.
struct Numbered {
    text: String,
    shape: Number,
    year: Option<u16>,
    start: u32,
    end: u32,
    next: usize,
}

/// Everything cited in a text, in order.
pub(super) fn find(words: &Words<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    let mut group = 0;
    // The last plural without a number: “its resolutions on the matter, including 2178 (2014)”.
    let mut anchor = None;
    while let Some(token) = words.at(at) {
        let before = found.len();
        let next = if token.entry().is_some_and(|entry| entry.instrument.is_some()) {
            instrument_first(words, at, group, &mut found)
        } else if token.is(word::ORDINAL) || token.number().is_some() {
            number_first(words, at, group, &mut found).or_else(|| {
                found.truncate(before);
                symbol_alone(words, at, group, &mut found)
                    .or_else(|| continuation(words, at, group, anchor, &mut found))
            })
        } else {
            None
        };
        match next {
            Some(next) => {
                if before > 0 && found.len() > before && found[before].group == group {
                    let (first, last) = (found[before].first, found[before - 1].last);
                    found[before - 1].joined = (last..first).all(|index| is_separator(words, index));
                }
                group += 1;
                at = next.max(at + 1);
            }
            None => {
                found.truncate(before);
                if token.entry().is_some_and(|entry| entry.instrument.is_some()) && token.is(word::PLURAL) {
                    anchor = Some(at);
                }
                at += 1;
            }
        }
    }
    share_across_groups(&mut found);
    found
}

/// `第50、第52号决议和第58号决议（2016年，哈马马特，修订版）`: the version holds for all three. Only where the instrument
/// stands last: `Resolution 50 and Resolution 58 (Rev. Dubai, 2012)` gives the first no version.
fn share_across_groups(found: &mut [Found]) {
    for index in (1..found.len()).rev() {
        let (before, after) = found.split_at_mut(index);
        let (Some(one), Some(next)) = (before.last_mut(), after.first()) else { continue };
        let instrument_last = one.number_start < one.end && one.end > one.number_end;
        if !one.joined || !instrument_last || one.parenthesis.is_some() || one.instrument != next.instrument {
            continue;
        }
        let Some(version) = &next.parenthesis else { continue };
        let fits = version.place.zip(version.year).is_none_or(|((place, ..), (year, ..))| {
            let met = met(place, year);
            let named = one.named.bodies;
            (named.is_empty() || !named.and(met).is_empty()) && matches!(one.shape, Number::Plain(..300))
        });
        if fits {
            let group = one.group;
            let version = version.clone();
            for member in before.iter_mut().rev().take_while(|member| member.group == group) {
                member.parenthesis.get_or_insert_with(|| version.clone());
            }
        }
    }
}

fn is_separator(words: &Words<'_>, index: usize) -> bool {
    words.is(index, word::JOINER)
        || words.at(index).is_some_and(|token| matches!(token.kind, Kind::Mark(',' | '、' | 'و' | '/')))
}

/// `Resolution 140 (Rev. Dubai, 2018)`, `resolutions 64/292 of 28 July 2010 and 70/169 of 17 December 2015`.
/// Appends the members and returns the token behind them.
fn instrument_first(words: &Words<'_>, at: usize, group: usize, found: &mut Vec<Found>) -> Option<usize> {
    let token = words.at(at)?;
    let instrument = token.entry()?.instrument?;
    let han = words.folded(token).starts_with(|c: char| ('一'..='鿿').contains(&c));
    let plural = token.is(word::PLURAL);
    let first_member = found.len();
    let mut named = Named::default();
    // What may stand between the word and the number: “No.”, the body's name with its particles.
    let mut next = at + 1;
    let mut particles = false;
    for _ in 0..8 {
        let token = words.at(next)?;
        if number(words, next).is_some() {
            break;
        }
        if !token.bodies().is_empty() {
            named = named.or(Named::of(token));
            next += 1;
        } else if token.is(word::NUMBERED) {
            next += 1;
        } else if token.is(word::CONNECTIVE) {
            particles = true;
            next += 1;
        } else if token.is_mark('(') {
            next = names_in_parenthesis(words, next)?.1;
        } else {
            return None;
        }
    }
    if particles && named.bodies.is_empty() {
        return None;
    }
    let (before, own, mut this_organ, own_named) = beside(words, at, token.is(word::OWN));
    named = named.or(before);
    let draft = at > 0 && words.is(at - 1, word::DRAFT);
    let mut start = with_article(words, token);
    let mut closed = false;
    loop {
        let numbered = number(words, next)?;
        let mut member = Found {
            start,
            end: numbered.end,
            number_start: numbered.start,
            number_end: numbered.end,
            number: numbered.text,
            shape: numbered.shape,
            instrument: instrument_of(numbered.shape, instrument),
            parenthesis: None,
            date_year: numbered.year,
            group,
            first: at,
            last: numbered.next,
            named: Named::default(),
            this_organ: false,
            own: false,
            plural: false,
            joined: false,
        };
        found.push(member.clone());
        let parts = further_parts(words, numbered.next, found);
        if let Some(last) = found.pop() {
            member = last;
        }
        let tail = tail(words, parts, &mut member, !han);
        next = tail.next;
        this_organ |= tail.this_organ;
        named = named.or(tail.named);
        member.last = next;
        found.push(member);
        if found.len() - first_member >= MOST_MEMBERS {
            break;
        }
        // Another member?
        let mut following = next;
        while following < next + 3 && is_separator(words, following) {
            following += 1;
        }
        if following == next {
            break;
        }
        let last_of_list = !words.is_mark(following - 1, ',') && !words.is_mark(following - 1, '、');
        // `Resolutions ITU-R 1 and ITU-R 2`
        if !words.bodies(following).is_empty() && words.at(following).is_some_and(|token| !token.is_generic()) {
            let of_number = number(words, following + 1).is_some();
            if of_number && words.bodies(following) == named.bodies {
                start = words.at(following)?.start;
                following += 1;
            } else {
                break;
            }
        } else {
            start = match words.at(following) {
                Some(token) => token.start,
                None => break,
            };
        }
        let Some(another) = number(words, following) else { break };
        let previous = found.last()?;
        let same = std::mem::discriminant(&another.shape) == std::mem::discriminant(&previous.shape);
        // A plain number may count anything; it is a member when the plural or its own version says so.
        let sure = match another.shape {
            Number::Plain(_) => {
                let version = version_at(words, another.next);
                let noun = !last_of_list && words.at(another.next).is_some_and(|token| token.kind == Kind::Word);
                // Two organs may share a list: “resolutions 60/180 and 1645 (2005)”.
                (same && plural && !closed && !noun) || (version && (same || yearly_at(words, &another)))
            }
            _ => true,
        };
        if !sure {
            break;
        }
        // Behind “and” a list is at its end: “Resolutions 1 and 2, and 12 countries”.
        closed |= last_of_list && !words.is_mark(following - 1, 'و');
        next = following;
    }
    let members = &mut found[first_member..];
    for member in members.iter_mut() {
        member.named = member.named.or(named);
        member.this_organ |= this_organ;
        member.own = own && !own_named;
        member.plural = plural;
        member.first = at;
    }
    let last = members.last().map_or(next, |member| member.last);
    for member in members.iter_mut() {
        member.last = last;
    }
    share(members);
    let plain = members.iter().all(|member| matches!(member.shape, Number::Plain(_)));
    if plain {
        let sure = members.iter().any(|member| member.parenthesis.is_some()) || this_organ || !named.bodies.is_empty();
        // “opinion 2”, “draft resolution 3”, 决议2: too many other things are counted like this.
        if (instrument != Instrument::Resolution || draft) && !sure {
            return None;
        }
        if han && !members.iter().any(|member| member.parenthesis.is_some()) {
            return None;
        }
        if members.iter().any(|member| matches!(member.shape, Number::Plain(0 | 9999..))) {
            return None;
        }
    }
    Some(last)
}

/// Where an instrument's word begins, an Arabic article included.
fn with_article(words: &Words<'_>, token: &Token) -> u32 {
    let before = words.folded.text.get(..token.start as usize).unwrap_or_default();
    if before.ends_with("ال") { token.start - "ال".len() as u32 } else { token.start }
}

/// `WHA75.8` is a resolution and `WHA75(8)` a decision, whatever word stands before a group.
fn instrument_of(shape: Number, named: Instrument) -> Instrument {
    match shape {
        Number::Draft { .. } => Instrument::Draft,
        Number::Wha | Number::Eb => Instrument::Resolution,
        Number::WhaSession | Number::EbSession => Instrument::Decision,
        _ => named,
    }
}

/// Members without a version of their own have that of the member behind them.
fn share(members: &mut [Found]) {
    let mut version: Option<Parenthesis> = None;
    for member in members.iter_mut().rev() {
        match &member.parenthesis {
            // A year alone belongs to its number: “resolutions 1325 and 1820 (2008)”.
            Some(own) => version = Some(own.clone()).filter(|own| !own.is_bare_year()),
            None if matches!(member.shape, Number::Plain(_) | Number::Revised) && member.date_year.is_none() => {
                member.parenthesis = version.clone();
            }
            None => {}
        }
    }
}

/// `第101和102号决议（…）`, `68/302号决议`, `第A/RES/70/125、A/RES/70/1号决议`. Appends the members and returns the token
/// behind them.
fn number_first(words: &Words<'_>, at: usize, group: usize, found: &mut Vec<Found>) -> Option<usize> {
    let first_member = found.len();
    let mut next = at;
    let mut ordinal = false;
    let mut marked = false;
    let (instrument, closing) = loop {
        if let Some(behind) = chinese_date(words, next) {
            next = behind;
        }
        let mut start = words.at(next)?.start;
        if next > at && words.at(next).is_some_and(|token| !token.bodies().is_empty() && !token.is_generic()) {
            // 第1号、ITU-R第2号决议 would be another body's; the group ends without an instrument.
            return None;
        }
        if words.is(next, word::ORDINAL) {
            ordinal = true;
            start = words.at(next)?.start;
            next += 1;
        }
        let numbered = number(words, next)?;
        next = numbered.next;
        let mut member = Found {
            start,
            end: numbered.end,
            number_start: numbered.start,
            number_end: numbered.end,
            number: numbered.text,
            shape: numbered.shape,
            instrument: Instrument::Resolution,
            parenthesis: None,
            date_year: numbered.year,
            group,
            first: at,
            last: next,
            named: Named::default(),
            this_organ: false,
            own: false,
            plural: false,
            joined: false,
        };
        // `第1325（2000）号决议`
        if let Some((version, behind)) = parenthesis(words, next).filter(|(_, behind)| words.is(*behind, word::MARK)) {
            member.end = version.end;
            member.parenthesis = Some(version);
            next = behind;
        }
        if words.is(next, word::MARK) {
            marked = true;
            member.end = words.at(next)?.end;
            next += 1;
        }
        if let Some((version, behind)) = parenthesis(words, next).filter(|_| member.parenthesis.is_none()) {
            member.end = version.end;
            member.parenthesis = Some(version);
            next = behind;
        }
        found.push(member);
        let token = words.at(next)?;
        if let Some(instrument) = token.entry().and_then(|entry| entry.instrument) {
            break (instrument, token);
        }
        if token.is(word::DRAFT) && matches!(numbered.shape, Number::Draft { .. }) {
            break (Instrument::Draft, token);
        }
        let mut following = next;
        while following < next + 3 && is_separator(words, following) {
            following += 1;
        }
        if following == next || found.len() - first_member >= MOST_MEMBERS {
            return None;
        }
        next = following;
    };
    if !words.folded(closing).starts_with(|c: char| ('一'..='鿿').contains(&c)) {
        return None;
    }
    let members = &mut found[first_member..];
    // `ITU-R第61-2号决议`: the sector is part of the number.
    if let (Some(first), Some(before)) = (members.first_mut(), at.checked_sub(1).and_then(|index| words.at(index)))
        && first.shape == Number::Revised
        && before.end == first.start
        && !before.bodies().is_empty()
    {
        first.start = before.start;
    }
    if members.iter().any(|member| matches!(member.shape, Number::Plain(_))) && !(ordinal || marked) {
        return None;
    }
    next += 1;
    let (named, own, this_organ, own_named) = beside(words, at, false);
    let last = members.last_mut()?;
    last.end = closing.end;
    if last.parenthesis.is_none()
        && let Some((version, behind)) = parenthesis(words, next)
    {
        last.end = version.end;
        last.parenthesis = Some(version);
        next = behind;
    }
    for member in members.iter_mut() {
        member.instrument = instrument_of(member.shape, instrument);
        member.named = named;
        member.own = own && !own_named;
        member.this_organ = this_organ;
        member.last = next;
    }
    share(members);
    let sure = members.iter().any(|member| member.parenthesis.is_some()) || this_organ || !named.bodies.is_empty();
    let plain = members.iter().all(|member| matches!(member.shape, Number::Plain(_)));
    if plain && instrument != Instrument::Resolution && !sure {
        return None;
    }
    Some(next)
}

/// `A/RES/70/1`, `WHA75.8`, `ITU-R 61-2`, `A/78/L.49`, without a word for what it is.
fn symbol_alone(words: &Words<'_>, at: usize, group: usize, found: &mut Vec<Found>) -> Option<usize> {
    let numbered = number(words, at)?;
    let mut start = numbered.start;
    let mut first = at;
    let mut named = Named::default();
    let mut instrument = Instrument::Resolution;
    match numbered.shape {
        Number::Symbol { resolution: true, .. } => {
            let symbol = words.folded(words.at(at)?);
            start = words.at(at)?.start;
            if symbol.contains("/dec/") {
                instrument = Instrument::Decision;
            }
        }
        Number::Wha | Number::Eb => {}
        // Without the item, `WHA75` is the session.
        Number::WhaSession | Number::EbSession if numbered.next > at + 1 => instrument = Instrument::Decision,
        Number::Draft { .. } => instrument = Instrument::Draft,
        Number::Revised => {
            let before = words.at(at.checked_sub(1)?)?;
            let revised =
                data().bodies.get(before.bodies().single()?)?.numbers.contains(&super::data::NumberShape::Revised);
            if !revised {
                return None;
            }
            named = Named::of(before);
            start = before.start;
            first = at - 1;
        }
        _ => return None,
    }
    let mut member = Found {
        start,
        end: numbered.end,
        number_start: numbered.start,
        number_end: numbered.end,
        number: numbered.text,
        shape: numbered.shape,
        instrument,
        parenthesis: None,
        date_year: numbered.year,
        group,
        first,
        last: numbered.next,
        named,
        this_organ: false,
        own: false,
        plural: false,
        joined: false,
    };
    let tail = tail(words, numbered.next, &mut member, true);
    member.last = tail.next;
    found.push(member);
    Some(tail.next)
}

/// How far behind a group a further member may stand: “resolutions 5/1, on institution-building, and 5/2, on the code”.
const REACH: usize = 120;

/// A plural that no number follows, as the list that a number goes on with.
fn unnumbered(words: &Words<'_>, at: usize, group: usize) -> Option<Found> {
    let token = words.at(at)?;
    let (named, own, this_organ, own_named) = beside(words, at, token.is(word::OWN));
    Some(Found {
        start: token.start,
        end: token.end,
        number_start: token.end,
        number_end: token.end,
        number: String::new(),
        shape: Number::Plain(0),
        instrument: token.entry()?.instrument?,
        parenthesis: None,
        date_year: None,
        group,
        first: at,
        last: at + 1,
        named,
        this_organ,
        own: own && !own_named,
        plural: true,
        joined: false,
    })
}

/// Whether a number and the year behind it agree with a body whose numbers run on through the years.
fn yearly_at(words: &Words<'_>, numbered: &Numbered) -> bool {
    let Number::Plain(value) = numbered.shape else { return false };
    let year = parenthesis(words, numbered.next).and_then(|(version, _)| version.year);
    year.is_some_and(|(year, ..)| {
        data().bodies.iter().any(|body| super::decide::in_year(&body.first_of_year, value, year))
    })
}

/// Whether a number and its year agree with a body whose numbers run on through the years.
fn yearly_number(member: &Found) -> bool {
    let Number::Plain(value) = member.shape else { return false };
    let Some((year, ..)) = member.parenthesis.as_ref().and_then(|version| version.year) else { return false };
    data().bodies.iter().any(|body| super::decide::in_year(&body.first_of_year, value, year))
}

/// A number that goes on with the list before it, behind words on what the last one was about. Its date says that it
/// is a resolution, or the plural of the list.
fn continuation(
    words: &Words<'_>,
    at: usize,
    group: usize,
    anchor: Option<usize>,
    found: &mut Vec<Found>,
) -> Option<usize> {
    let last = found.last();
    let list = match anchor.filter(|&anchor| last.is_none_or(|last| last.last <= anchor)) {
        Some(anchor) => unnumbered(words, anchor, group)?,
        None => last?.clone(),
    };
    let before = at.checked_sub(1)?;
    let goes_on = is_separator(words, before) || words.is(before, word::INCLUDING) || words.is_mark(before, '(');
    if at.checked_sub(list.last)? > REACH || !goes_on {
        return None;
    }
    let between = words.tokens.get(list.last..at)?;
    if between.iter().any(|token| matches!(token.kind, Kind::Mark(';' | '。'))) {
        return None;
    }
    let numbered = number(words, at)?;
    let running = matches!(numbered.shape, Number::Plain(_)) && !numbered.text.contains('(');
    match numbered.shape {
        Number::Session(_) | Number::Special | Number::Emergency | Number::YearFirst => {}
        Number::Plain(_) => {}
        _ => return None,
    }
    let mut member = Found {
        start: numbered.start,
        end: numbered.end,
        number_start: numbered.start,
        number_end: numbered.end,
        number: numbered.text,
        shape: numbered.shape,
        parenthesis: None,
        date_year: None,
        first: at,
        last: numbered.next,
        joined: false,
        ..list.clone()
    };
    let length = found.len();
    found.push(member.clone());
    let parts = further_parts(words, numbered.next, found);
    if let Some(last) = found.pop() {
        member = last;
    }
    let tail = tail(words, parts, &mut member, true);
    let dated = member.date_year.is_some();
    let same = std::mem::discriminant(&member.shape) == std::mem::discriminant(&list.shape);
    let version = member.parenthesis.as_ref();
    let sure = if running {
        // `1820 (2008)` among numbers of the same kind; `69 (Rev. Dubai, 2014)`.
        let yearly = list.number.is_empty() || list.parenthesis.as_ref().is_some_and(Parenthesis::is_bare_year);
        let bare = version.is_some_and(Parenthesis::is_bare_year);
        let named = !list.number.is_empty() || (bare && yearly_number(&member));
        let same = same || yearly_number(&member);
        same && named && version.is_some() && (!bare || ((yearly || yearly_number(&member)) && (list.plural || dated)))
    } else {
        let same = same && !list.number.is_empty();
        let ends = words.at(tail.next).is_none_or(|token| {
            matches!(token.kind, Kind::Mark(',' | ';' | '.' | ')')) || token.is(word::OBJECT_OF | word::JOINER)
        });
        dated || (list.plural && same && ends)
    };
    if !sure {
        found.truncate(length);
        return None;
    }
    if !tail.named.bodies.is_empty() {
        member.named = tail.named;
        member.own = false;
    }
    member.this_organ = tail.this_organ || (member.this_organ && tail.named.bodies.is_empty());
    member.last = tail.next;
    found.push(member);
    Some(tail.next)
}

/// The further parts of a resolution, “75/101 A and B”: appends a member for each and returns the token behind them.
fn further_parts(words: &Words<'_>, mut at: usize, found: &mut Vec<Found>) -> usize {
    while let Some(last) = found.last().filter(|last| last.number_end == last.end) {
        let Some((base, part)) = last.number.split_once(' ') else { break };
        if part.len() != 1 || !(is_separator(words, at) || words.is_mark(at, '-')) {
            break;
        }
        let (Some(letter), Some(token)) = (letter(words, at + 1), words.at(at + 1)) else { break };
        let after = words.at(at + 2);
        if after.is_some_and(|token| token.kind == Kind::Word || token.number().is_some()) {
            break;
        }
        let part = Found {
            number: format!("{base} {letter}"),
            start: token.start,
            end: token.end,
            number_start: token.start,
            number_end: token.end,
            last: at + 2,
            ..last.clone()
        };
        found.push(part);
        at += 2;
    }
    at
}

/// The number that begins at a token, with what belongs to it: a letter, a session in Roman numerals, a year.
fn number(words: &Words<'_>, at: usize) -> Option<Numbered> {
    let token = words.at(at)?;
    let shape = token.number()?;
    let mut start = token.start;
    let mut end = token.end;
    let mut next = at + 1;
    let mut year = None;
    let mut text;
    if let Number::Symbol { skip, .. } = shape {
        start += u32::from(skip);
    }
    text = words.original(start, end).trim().to_ascii_uppercase();
    // Arabic-Indic and full-width digits.
    if !text.is_ascii() {
        text = words.folded.text.get(start as usize..end as usize)?.to_ascii_uppercase();
    }
    match shape {
        Number::Draft { .. } => {
            text = words.folded(token).to_ascii_uppercase();
        }
        Number::Symbol { .. }
            // A yearly or Roman number under a symbol.
            if !text.contains('/') => {
                let letter = letter(words, next);
                let behind = if letter.is_some() { next + 1 } else { next };
                if let Some((inner, inner_end, after)) = short_parenthesis(words, behind) {
                    let roman = is_roman(inner);
                    let inner_year = inner.trim().parse::<u16>().ok().filter(|year| (1946..2100).contains(year));
                    if roman || inner_year.is_some() {
                        if let Some(letter) = letter {
                            text = format!("{text} {letter}");
                        }
                        text = format!("{text} ({})", inner.trim());
                        year = inner_year;
                        end = inner_end;
                        next = after;
                    }
                }
            }
        Number::WhaSession | Number::EbSession => {
            if let Some((inner, inner_end, after)) = short_parenthesis(words, next)
                && words.at(next)?.start == end && inner.chars().all(|c| c.is_ascii_digit()) && !inner.is_empty() {
                    text = format!("{text}({inner})");
                    end = inner_end;
                    next = after;
                }
        }
        Number::Plain(_) => {
            let letter = letter(words, next);
            let behind = if letter.is_some() { next + 1 } else { next };
            if let Some((inner, inner_end, after)) = short_parenthesis(words, behind)
                && is_roman(inner) {
                    text = match letter {
                        Some(letter) => format!("{text} {letter} ({})", inner.trim()),
                        None => format!("{text} ({})", inner.trim()),
                    };
                    end = inner_end;
                    next = after;
                }
        }
        Number::Session(_) | Number::Special | Number::Emergency | Number::YearFirst => {
            // `67/244B`
            if text.ends_with(|c: char| c.is_ascii_alphabetic()) {
                let letter = text.pop().unwrap_or_default();
                text = format!("{text} {letter}");
            } else if let Some(letter) = letter(words, next) {
                let after = words.at(next + 1);
                let ends = after.is_none_or(|token| token.kind != Kind::Word && token.number().is_none());
                if ends {
                    text = format!("{text} {letter}");
                    end = words.at(next)?.end;
                    next += 1;
                }
            }
        }
        _ => {}
    }
    Some(Numbered { text, shape, year, start, end, next })
}

/// A single capital letter: part A of a resolution.
fn letter(words: &Words<'_>, at: usize) -> Option<char> {
    let token = words.at(at)?;
    let text = words.original(token.start, token.end);
    let c = text.chars().next()?;
    (text.len() == 1 && c.is_ascii_uppercase()).then_some(c)
}

/// `XXV`, `S-VI`, `ES-II`.
fn is_roman(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_prefix("ES-").or_else(|| text.strip_prefix("S-")).unwrap_or(text);
    !text.is_empty() && text.len() < 8 && text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// A parenthesis of a few tokens: its words, where it ends and the token behind it.
fn short_parenthesis<'w>(words: &Words<'w>, at: usize) -> Option<(&'w str, u32, usize)> {
    if !words.is_mark(at, '(') {
        return None;
    }
    let close = (at + 1..at + 5).find(|&index| words.is_mark(index, ')'))?;
    let (open, close_token) = (words.at(at)?, words.at(close)?);
    Some((words.original(open.end, close_token.start), close_token.end, close + 1))
}

/// Whether a parenthesis with a version begins at a token.
fn version_at(words: &Words<'_>, at: usize) -> bool {
    parenthesis(words, at).is_some()
}

/// Reads a parenthesis that says which version is meant; `None` for any other. Returns the token behind it as well.
pub(super) fn parenthesis(words: &Words<'_>, at: usize) -> Option<(Parenthesis, usize)> {
    if !words.is_mark(at, '(') {
        return None;
    }
    let mut depth = 0;
    let close = (at..at + MOST_IN_PARENTHESIS).find(|&index| {
        depth += i32::from(words.is_mark(index, '('));
        depth -= i32::from(words.is_mark(index, ')'));
        depth == 0
    })?;
    let (open, end) = (words.at(at)?.start, words.at(close)?.end);
    let mut parenthesis = Parenthesis { start: open, end, ..Parenthesis::default() };
    let mut other = 0;
    for token in words.tokens.get(at + 1..close)? {
        if let Some(value) = token.plain() {
            match u16::try_from(value).ok().filter(|year| (1900..2100).contains(year)) {
                Some(year) => parenthesis.year = Some((year, token.start, token.end)),
                None => other += 1,
            }
        } else if let Kind::Code { body, year } = token.kind {
            let digits = if words.folded(token).len() > 4
                && words.folded(token).as_bytes().iter().rev().take(4).all(u8::is_ascii_digit)
            {
                4
            } else {
                2
            };
            parenthesis.year = Some((year, token.end - digits, token.end));
            parenthesis.bodies = BodySet::one(usize::from(body));
        } else if let Some(entry) = token.entry() {
            if let Some(place) = entry.place {
                parenthesis.place = Some((place, token.start, token.end));
            } else if entry.words & word::REVISED != 0 {
                parenthesis.revised = true;
            } else if !entry.bodies.is_empty() {
                parenthesis.bodies = parenthesis.bodies.or(entry.bodies);
            } else if entry.words & (word::CONNECTIVE | word::YEAR | word::SESSION | word::DATE_LEAD | word::JOINER)
                == 0
            {
                other += 1;
            }
        } else if let Some((body, year)) = session_letter(words.folded(token)) {
            parenthesis.year = Some((year, token.start + 1, token.end));
            parenthesis.bodies = BodySet::one(body);
        } else if !matches!(token.kind, Kind::Mark(',' | '.' | '-' | '\'' | ';')) {
            other += 1;
        }
    }
    parenthesis.flattened = flattened(words.original(open, end));
    if parenthesis.flattened.is_some() {
        return Some((parenthesis, close + 1));
    }
    (other == 0 && parenthesis.year.is_some()).then_some((parenthesis, close + 1))
}

/// `C11`: a body's session by letter and year.
fn session_letter(text: &str) -> Option<(usize, u16)> {
    let mut chars = text.chars();
    let letter = chars.next()?;
    let digits = chars.as_str();
    let value: u16 = digits.parse().ok()?;
    let year = match digits.len() {
        2 if value < 40 => 2000 + value,
        2 => 1900 + value,
        4 if (1900..2100).contains(&value) => value,
        _ => return None,
    };
    let body = data()
        .bodies
        .iter()
        .position(|body| body.session_letter.is_some_and(|own| own.to_lowercase().eq(letter.to_lowercase())))?;
    Some((body, year))
}

struct Tail {
    next: usize,
    named: Named,
    this_organ: bool,
}

/// What follows a number: a version, a date, the body that adopted it, in any order.
fn tail(words: &Words<'_>, at: usize, member: &mut Found, named_behind: bool) -> Tail {
    let mut tail = Tail { next: at, named: Named::default(), this_organ: false };
    let mut dated = false;
    for _ in 0..4 {
        if words.is_mark(tail.next, '(') {
            if let (None, Some((version, next))) = (&member.parenthesis, parenthesis(words, tail.next)) {
                member.end = version.end;
                member.parenthesis = Some(version);
                tail.next = next;
                continue;
            }
            return tail;
        }
        if !dated && let Some((year, end, next)) = date(words, tail.next) {
            dated = true;
            member.date_year = member.date_year.or(Some(year));
            if tail.named.bodies.is_empty() {
                member.end = end;
            }
            tail.next = next;
            continue;
        }
        if named_behind
            && tail.named.bodies.is_empty()
            && !tail.this_organ
            && let Some((named, this_organ, next)) = named_after(words, tail.next)
        {
            tail.named = named;
            tail.this_organ = this_organ;
            tail.next = next;
            continue;
        }
        return tail;
    }
    tail
}

/// “of the United Nations General Assembly”, “of this conference”, “, adopted by the Council”.
fn named_after(words: &Words<'_>, at: usize) -> Option<(Named, bool, usize)> {
    let mut next = at;
    if words.is_mark(next, ',') {
        next += 1;
    }
    let comma = next > at;
    let mut connectives = 0;
    for _ in 0..6 {
        let token = words.at(next)?;
        if token.is(word::THIS_ORGAN) {
            return Some((Named::default(), true, next + 1));
        }
        if !token.bodies().is_empty() {
            // “…, General Assembly resolution 70/1”: a name behind a comma begins what follows.
            if comma && connectives == 0 {
                return None;
            }
            let followed = words.at(next + 1).is_some_and(|token| {
                token.entry().is_some_and(|entry| entry.instrument.is_some()) || token.number().is_some()
            });
            if followed && connectives == 0 {
                return None;
            }
            return Some((Named::of(token), false, next + 1));
        }
        if token.is(word::CONNECTIVE) || (connectives > 0 && token.is_mark('\'')) {
            connectives += 1;
            next += 1;
        } else {
            return None;
        }
    }
    None
}

/// “of 16 December 2015”, “du 16 décembre 2015”, “от 16 декабря 2015 года”: its year, where it ends and the token
/// behind it.
fn date(words: &Words<'_>, at: usize) -> Option<(u16, u32, usize)> {
    let mut next = at;
    while words.is(next, word::DATE_LEAD | word::CONNECTIVE) && next < at + 3 {
        next += 1;
    }
    let month_at = |index: usize| words.at(index).and_then(Token::entry).and_then(|entry| entry.month);
    let day_at = |index: usize| words.at(index).and_then(Token::plain).filter(|day| (1..=31).contains(day));
    if month_at(next).is_some() && day_at(next + 1).is_some() {
        next += 2;
        if words.is_mark(next, ',') {
            next += 1;
        }
    } else {
        day_at(next)?;
        next += 1;
        // `1er`, `1º`
        if words.at(next).is_some_and(|token| matches!(words.folded(token), "er" | "°")) {
            next += 1;
        }
        if words.is(next, word::DATE_LEAD | word::CONNECTIVE) {
            next += 1;
        }
        month_at(next)?;
        next += 1;
        if words.is(next, word::DATE_LEAD | word::CONNECTIVE) {
            next += 1;
        }
    }
    let token = words.at(next)?;
    let year = u16::try_from(token.plain()?).ok().filter(|year| (1900..2100).contains(year))?;
    let mut end = token.end;
    next += 1;
    if words.is(next, word::YEAR) {
        end = words.at(next)?.end;
        next += 1;
    }
    Some((year, end, next))
}

/// `2015年12月16日`: the token behind it.
fn chinese_date(words: &Words<'_>, at: usize) -> Option<usize> {
    let is = |index: usize, text: &str| words.at(index).is_some_and(|token| words.folded(token) == text);
    words.at(at)?.plain().filter(|year| (1900..2100).contains(year))?;
    let day = is(at + 1, "年") && is(at + 3, "月") && is(at + 5, "日");
    (day && words.at(at + 2)?.plain().is_some() && words.at(at + 4)?.plain().is_some()).then_some(at + 6)
}

/// What stands right before a group: a body's name, “its”, “of this conference” (本届大会), and whether the body named
/// is the owner of “its”.
fn beside(words: &Words<'_>, at: usize, mut own: bool) -> (Named, bool, bool, bool) {
    let mut index = at;
    let mut own_named = false;
    let mut passed = 0;
    while let Some(before) = index.checked_sub(1) {
        let Some(token) = words.at(before) else { break };
        if token.is(word::THIS_ORGAN) {
            return (Named::default(), own, true, false);
        }
        if !token.bodies().is_empty() {
            let mut named = Named::of(token);
            // “General Assembly and Security Council resolutions”
            if let Some(other) = before.checked_sub(2).and_then(|index| words.at(index)) {
                let joined = words.is(before - 1, word::JOINER) && before + 1 == at;
                if joined && !named.generic && !other.is_generic() {
                    named.bodies = named.bodies.or(other.bodies());
                }
            }
            return (named, own, false, own);
        }
        if token.is(word::OWN_OF_NAMED) {
            own = true;
            own_named = true;
        } else if token.is(word::OWN) && words.folded(token) != "su" {
            own = true;
        } else if token.is_mark(')') {
            // “World Telecommunication Development Conference (WTDC) Resolution 45”
            let Some((named, open)) = names_before(words, before) else { break };
            let outer = open.checked_sub(1).and_then(|index| words.at(index));
            let outer = outer.filter(|token| !token.bodies().is_empty()).map(Named::of).unwrap_or_default();
            return (outer.or(named), own, false, own);
        } else if token.is(word::DRAFT) {
            // “draft General Assembly resolution” and “General Assembly draft resolution”.
        } else if own_named && token.is_mark(',') {
            // “the General Assembly, in its resolution”
        } else if !token.is(word::CONNECTIVE | word::SESSION | word::YEAR)
            && !is_part_of_date(words, token)
            && !matches!(words.folded(token), "上" | "'" | "s")
        {
            break;
        }
        passed += 1;
        if passed > 8 {
            break;
        }
        index = before;
    }
    // “in its resolution” is somebody's whose name stands further away.
    (Named::default(), own && !own_named, false, false)
}

/// Digits of a year or day, and the characters behind them.
fn is_part_of_date(words: &Words<'_>, token: &Token) -> bool {
    let text = words.folded(token);
    matches!(text, "月" | "日")
        || token.plain().is_some_and(|value| (1..32).contains(&value) || (1900..2100).contains(&value))
}

/// A parenthesis that ends at `close` and holds names of bodies alone: them and its opening token.
fn names_before(words: &Words<'_>, close: usize) -> Option<(Named, usize)> {
    let mut named = Named::default();
    for index in (close.saturating_sub(8)..close).rev() {
        let token = words.at(index)?;
        if token.is_mark('(') {
            return (!named.bodies.is_empty()).then_some((named, index));
        }
        if !token.bodies().is_empty() {
            named = named.or(Named::of(token));
        } else if !token.is_mark(',') {
            return None;
        }
    }
    None
}

/// A parenthesis that begins at `open` and holds names of bodies alone: them and the token behind it.
fn names_in_parenthesis(words: &Words<'_>, open: usize) -> Option<(Named, usize)> {
    let mut named = Named::default();
    for index in open + 1..open + 8 {
        let token = words.at(index)?;
        if token.is_mark(')') {
            return (!named.bodies.is_empty()).then_some((named, index + 1));
        }
        if !token.bodies().is_empty() {
            named = named.or(Named::of(token));
        } else if !token.is_mark(',') {
            return None;
        }
    }
    None
}
