//! Tokens to citations: the few shapes in which resolutions are cited.
//!
//! Two orders of words exist. Languages with spaces put the instrument first, `Resolutions 101, 102 and 133 (Rev.
//! Busan, 2014)`; Chinese puts it last, `第101和102号决议（2010年，瓜达拉哈拉，修订版）`. A symbol needs no instrument.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::beside::{Named, beside, names_in_parenthesis, tail};
use super::data::{NumberShape, data};
use super::date::{Day, chinese_date, chinese_date_before, in_parenthesis};
use super::form::form;
use super::met::met;
use super::number::{Numbered, letter, number};
use super::parenthesis::{Parenthesis, parenthesis, short_parenthesis, version_at};
use super::range;
use super::recognise::Instrument;
use super::title::{self, Titled};
use super::token::{Kind, Number, Token, word};
use super::words::Words;
use crate::syntax::fold;

/// How many members a group may have: bounds the time spent on a list that turns out to be none.
const MOST_MEMBERS: usize = 64;

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
    /// Its date.
    pub date: Option<Day>,
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
    /// Whether it ends a range that the one before it begins.
    pub through: bool,
    /// Whether it is not written itself but lies between the ends of a range.
    pub between: bool,
    /// The title beside it.
    pub title: Option<Titled>,
}

impl Found {
    /// A member of which nothing but its number is known. `start` is where its words begin, `first` the first token of
    /// its group.
    pub fn new(start: u32, numbered: &Numbered, instrument: Instrument, group: usize, first: usize) -> Found {
        Found {
            start,
            end: numbered.end,
            number_start: numbered.start,
            number_end: numbered.end,
            number: numbered.text.clone(),
            shape: numbered.shape,
            instrument,
            parenthesis: None,
            date_year: numbered.year,
            date: None,
            group,
            first,
            last: numbered.next,
            named: Named::default(),
            this_organ: false,
            own: false,
            plural: false,
            joined: false,
            through: false,
            between: false,
            title: None,
        }
    }
}

/// Everything cited in a text, in order.
pub(super) fn find(words: &Words<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    if !may_cite(words) {
        return found;
    }
    // Where nothing closes a group any more, none is looked for from each of its numbers.
    let last_closing = words.tokens.iter().rposition(|token| closes(words, token));
    let mut at = 0;
    let mut group = 0;
    // The last plural without a number: “its resolutions on the matter, including 2178 (2014)”.
    let mut anchor = None;
    while let Some(token) = words.at(at) {
        let before = found.len();
        let next = if token.entry().is_some_and(|entry| entry.instrument.is_some()) {
            instrument_first(words, at, group, &mut found)
        } else if token.is(word::ORDINAL) || token.number().is_some() || matches!(token.kind, Kind::Range(_)) {
            let closed = last_closing.is_some_and(|last| at < last);
            closed.then(|| number_first(words, at, group, &mut found)).flatten().or_else(|| {
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
                    found[before].through =
                        first == last + 1 && range::through(words, last) && goes_through(words, &found[before]);
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
    range::fill(&mut found);
    title::read(words, &mut found);
    found
}

/// Whether there is a word for an instrument, or a number that needs none: one with letters or signs in it.
fn may_cite(words: &Words<'_>) -> bool {
    words.tokens.iter().any(|token| match token.kind {
        Kind::Known(_) => token.entry().is_some_and(|entry| entry.instrument.is_some()),
        Kind::Number(number) => !matches!(
            number,
            Number::Plain(_)
                | Number::Session(_)
                | Number::Special
                | Number::Emergency
                | Number::YearFirst
                | Number::WithYear
        ),
        _ => false,
    })
}

/// Whether a token ends a group in which the numbers stand first: 决议, 草案.
fn closes(words: &Words<'_>, token: &Token) -> bool {
    let instrument = token.entry().is_some_and(|entry| entry.instrument.is_some());
    (instrument || token.is(word::DRAFT)) && words.folded(token).starts_with(|c: char| ('一'..='鿿').contains(&c))
}

/// Whether a group of its own may end a range, `A/RES/68/261 to A/RES/68/263`, 第50号决议至第52号决议. Not so “change
/// Resolution 50 to Resolution 52”.
fn goes_through(words: &Words<'_>, member: &Found) -> bool {
    let Some(first) = words.at(member.first) else { return false };
    let instrument = first.entry().is_some_and(|entry| entry.instrument.is_some());
    !instrument && !matches!(member.shape, Number::Draft { .. })
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
    if is_inside_symbol(words, at) {
        return None;
    }
    let han = words.folded(token).starts_with(|c: char| ('一'..='鿿').contains(&c));
    let plural = token.is(word::PLURAL);
    let first_member = found.len();
    // “UNSCR” names the body as well.
    let mut named = Named::of(token);
    let (before, own, mut this_organ, own_named) = beside(words, at, token.is(word::OWN));
    // What may stand between the word and the number: “No.”, the body's name with its particles.
    let mut next = at + 1;
    let mut particles = false;
    let mut other = false;
    let mut ranged = false;
    for _ in 0..8 {
        let token = words.at(next)?;
        if is_number(words, next, named.or(before)) {
            break;
        }
        // с 68/261 по 68/263
        if token.is(word::RANGE_LEAD) && is_number(words, next + 1, named.or(before)) {
            ranged = true;
            next += 1;
            break;
        }
        if !token.bodies().is_empty() {
            named = named.or(Named::of(token));
            next += 1;
        } else if token.is(word::NUMBERED) {
            next += 1;
        } else if token.is(word::OTHER_ORGAN) {
            other = true;
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
    if particles && named.bodies.is_empty() && !other {
        return None;
    }
    named = named.or(before);
    let draft = at > 0 && words.is(at - 1, word::DRAFT);
    let mut start = with_article(words, token);
    let mut closed = false;
    // Whether “to” stands before the member.
    let mut through = false;
    loop {
        let (mut numbered, end) = numbers(words, next, plural, named)?;
        if let Some(full) = found.last().filter(|_| through).and_then(|first| range::completed(words, first, &numbered))
        {
            numbered = full;
        }
        let member_of = |start: u32, numbered: &Numbered| {
            Found::new(start, numbered, instrument_of(numbered.shape, instrument), group, at)
        };
        if let Some(end) = end {
            found.push(Found { through, ..member_of(start, &numbered) });
            through = true;
            start = end.start;
            numbered = end;
        }
        let mut member = Found { through, ..member_of(start, &numbered) };
        let parts = further_parts(words, numbered.next, &mut member, found);
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
        let dash = following == next && range::is_dash(words, next);
        following += usize::from(dash);
        if following == next && !comma_lost(words, found.last()?, next) {
            break;
        }
        through = following == next + 1 && range::through(words, next);
        let last_of_list =
            following > next && !words.is_mark(following - 1, ',') && !words.is_mark(following - 1, '、');
        // `Resolutions ITU-R 1 and ITU-R 2`
        let mut repeated = false;
        if !words.bodies(following).is_empty() && words.at(following).is_some_and(|token| !token.is_generic()) {
            let of_number = number(words, following + 1).is_some();
            if of_number && words.bodies(following) == named.bodies {
                start = words.at(following)?.start;
                following += 1;
                repeated = true;
            } else {
                break;
            }
        } else {
            start = match words.at(following) {
                Some(token) => token.start,
                None => break,
            };
        }
        let Some((another, _)) = numbers(words, following, plural, named) else { break };
        let previous = found.last()?;
        let same = std::mem::discriminant(&another.shape) == std::mem::discriminant(&previous.shape);
        // A plain number may count anything; it is a member when the plural or its own version says so.
        let sure = match another.shape {
            _ if dash && !range::ascends(previous, &another) => false,
            _ if repeated => true,
            Number::Plain(_) if another.text.contains('(') => true,
            Number::Plain(_) if through && plural && range::completed(words, previous, &another).is_some() => true,
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
        closed |= last_of_list && !through && !words.is_mark(following - 1, 'و');
        next = following;
    }
    let members = &mut found[first_member..];
    if ranged && !members.iter().any(|member| member.through) {
        return None;
    }
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
    // Opinions and recommendations are not counted by session: “Recommendation 12/3” stands in a report.
    let by_session = |member: &Found| matches!(member.shape, Number::Session(_) | Number::YearFirst | Number::WithYear);
    let other = matches!(instrument, Instrument::Opinion | Instrument::Recommendation);
    if other && named.bodies.is_empty() && members.iter().all(by_session) {
        return None;
    }
    share(members);
    share_date(members);
    if let [only] = members
        && named.bodies.is_empty()
        && is_measured(words, only)
    {
        return None;
    }
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
        // The resolution of an image: 1920 × 1080.
        let times = words.at(last).is_some_and(|token| token.is_mark('×') || words.folded(token) == "x");
        if times && words.at(last + 1).is_some_and(|token| token.plain().is_some()) {
            return None;
        }
    }
    Some(last)
}

/// Whether another member follows without a comma, which was lost: both have their year or day behind them, `1904 (2009)
/// 1989 (2011)`, `73/38 of 5 December 2018 75/42 of 7 December 2020`.
fn comma_lost(words: &Words<'_>, member: &Found, next: usize) -> bool {
    let Some(another) = number(words, next) else { return false };
    let same = std::mem::discriminant(&another.shape) == std::mem::discriminant(&member.shape);
    match another.shape {
        Number::Plain(_) => yearly_number(member) && yearly_at(words, &another),
        Number::Session(_) | Number::YearFirst => {
            same && member.date_year.is_some() && super::date::date(words, another.next).is_some()
        }
        _ => false,
    }
}

/// The number at a token. Beside the name of the World Health Assembly `58.16` is WHA58.16 and `73(12)` WHA73(12), as others
/// cite them. The first of a date is none: “a decision of the Council by 1 June 2009”.
fn number_of(words: &Words<'_>, at: usize, named: Named) -> Option<Numbered> {
    let health = |body: usize| data().bodies.get(body).is_some_and(|body| body.numbers.contains(&NumberShape::Wha));
    if named.bodies.single().is_some_and(health)
        && let Some(found) = health_assembly(words, at)
    {
        return Some(found);
    }
    number(words, at).filter(|found| !matches!(found.shape, Number::Plain(_)) || super::date::date(words, at).is_none())
}

/// `58.16`, `73(12)`
fn health_assembly(words: &Words<'_>, at: usize) -> Option<Numbered> {
    let token = words.at(at)?;
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let (text, shape, end, next) = match words.folded(token).split_once('.') {
        Some((session, item)) if digits(session, 2) && digits(item, 3) => {
            (format!("WHA{session}.{item}"), Number::Wha, token.end, at + 1)
        }
        Some(_) => return None,
        None => {
            let session = words.folded(token);
            let (inner, end, next) = short_parenthesis(words, at + 1)?;
            let close = words.at(at + 1)?.start == token.end && digits(session, 2) && digits(inner, 2);
            close.then(|| (format!("WHA{session}({inner})"), Number::WhaSession, end, next))?
        }
    };
    Some(Numbered { text, shape, year: None, start: token.start, end, next })
}

/// Whether the word for an instrument is a piece of a symbol: `H.Res. 123`, `S. Res. 45`, `ACHPR/Res.473`.
fn is_inside_symbol(words: &Words<'_>, at: usize) -> bool {
    let Some(token) = words.at(at).filter(|token| words.folded(token).ends_with('.')) else { return false };
    let initial = |index: usize| {
        words.at(index).is_some_and(|token| words.folded(token).chars().count() == 1 && token.kind == Kind::Word)
    };
    let before = words.folded.text.get(..token.start as usize).unwrap_or_default();
    before.ends_with(['/', '.']) || (at > 1 && words.is_mark(at - 1, '.') && initial(at - 2))
}

/// Whether the words behind a number say that something is counted or measured: “the resolution 10 years ago”.
fn is_measured(words: &Words<'_>, member: &Found) -> bool {
    static MEASURES: LazyLock<HashSet<String>> =
        LazyLock::new(|| data().keywords.measures.values().flatten().map(|word| fold(word)).collect());
    let bare = member.parenthesis.is_none() && member.date.is_none();
    bare && words.at(member.last).is_some_and(|token| MEASURES.contains(words.folded(token)))
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
        // “ILO Recommendation No. 202, GC(66)/RES/10”
        Number::Form(index) if !matches!(named, Instrument::Resolution | Instrument::Decision) => {
            form(index).and_then(|form| form.instrument).unwrap_or(named)
        }
        _ => named,
    }
}

/// “resolutions 68/261 and 68/262 of 27 January 2014”: a date holds for those of the same session before it.
fn share_date(members: &mut [Found]) {
    for index in (1..members.len()).rev() {
        let (before, after) = members.split_at_mut(index);
        if let (Some(member), Some(next)) = (before.last_mut(), after.first())
            && let (Number::Session(one), Number::Session(other)) = (member.shape, next.shape)
            && one == other
            && member.date.is_none()
            && member.date_year.is_none()
        {
            member.date = next.date;
        }
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
    let (named, own, this_organ, own_named) = beside(words, at, false);
    let mut through = false;
    let (instrument, closing) = loop {
        let mut day = chinese_date(words, next);
        if let Some(day) = day {
            next = day.next;
        } else if next == at {
            day = chinese_date_before(words, at);
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
        let (mut numbered, end) = numbers(words, next, true, named)?;
        if let Some(full) = found.last().filter(|_| through).and_then(|first| range::completed(words, first, &numbered))
        {
            numbered = full;
        }
        next = numbered.next;
        if let Some(end) = end {
            let first = Found::new(start, &numbered, Instrument::Resolution, group, at);
            found.push(Found { through, date: day, ..first });
            (start, numbered, through) = (end.start, end, true);
        }
        let mut member = Found::new(start, &numbered, Instrument::Resolution, group, at);
        member.date_year = numbered.year.or(day.map(|day| day.year));
        member.date = day;
        member.through = through;
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
        // `第71/101 A和B号决议`
        let parts = further_parts(words, next, &mut member, found);
        found.push(member);
        if parts > next {
            let mark = usize::from(words.is(parts, word::MARK));
            marked |= mark > 0;
            next = parts + mark;
        }
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
        let dash = following == next && range::is_dash(words, next);
        following += usize::from(dash);
        if following == next || found.len() - first_member >= MOST_MEMBERS {
            return None;
        }
        through = following == next + 1 && range::through(words, next);
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
    let last = members.last_mut()?;
    last.end = closing.end;
    if last.parenthesis.is_none()
        && let Some((version, behind)) = parenthesis(words, next)
    {
        last.end = version.end;
        last.parenthesis = Some(version);
        next = behind;
    }
    if let Some(day) = in_parenthesis(words, next).filter(|_| last.date.is_none()) {
        (last.date, last.date_year) = (Some(day), last.date_year.or(Some(day.year)));
        next = day.next;
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
        Number::Form(index) => {
            let form = form(index).filter(|form| form.alone)?;
            instrument = form.instrument.unwrap_or(instrument);
        }
        Number::Revised => {
            let before = words.at(at.checked_sub(1)?)?;
            let revised = data().bodies.get(before.bodies().single()?)?.numbers.contains(&NumberShape::Revised);
            if !revised {
                return None;
            }
            named = Named::of(before);
            start = before.start;
            first = at - 1;
        }
        _ => return None,
    }
    let mut member = Found { named, ..Found::new(start, &numbered, instrument, group, first) };
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
    let none = Numbered {
        text: String::new(),
        shape: Number::Plain(0),
        year: None,
        start: token.end,
        end: token.end,
        next: at + 1,
    };
    let list = Found::new(token.start, &none, token.entry()?.instrument?, group, at);
    Some(Found { named, this_organ, own: own && !own_named, plural: true, ..list })
}

/// Whether a number, or a range in one token, begins at a token.
fn is_number(words: &Words<'_>, at: usize, named: Named) -> bool {
    number_of(words, at, named).is_some() || words.at(at).is_some_and(|token| matches!(token.kind, Kind::Range(_)))
}

/// The number that begins at a token, or the two ends of a range.
fn numbers(words: &Words<'_>, at: usize, plural: bool, named: Named) -> Option<(Numbered, Option<Numbered>)> {
    match range::ends(words, at, plural, named) {
        Some((first, last)) => Some((first, Some(last))),
        None => Some((number_of(words, at, named)?, None)),
    }
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
        date: None,
        first: at,
        last: numbered.next,
        joined: false,
        through: false,
        ..list.clone()
    };
    let length = found.len();
    let parts = further_parts(words, numbered.next, &mut member, found);
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

/// The further parts of a resolution, “75/101 A and B”: makes a member for each, of which the last is left in `member`
/// and those before it are appended, and returns the token behind them.
fn further_parts(words: &Words<'_>, mut at: usize, member: &mut Found, found: &mut Vec<Found>) -> usize {
    while member.number_end == member.end {
        let Some((base, part)) = member.number.split_once(' ') else { break };
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
            through: range::through(words, at),
            ..member.clone()
        };
        found.push(std::mem::replace(member, part));
        at += 2;
    }
    at
}

#[cfg(test)]
mod tests {
    use crate::citation::tests::worded;

    #[track_caller]
    fn nothing(text: &str) {
        assert_eq!(worded(text), "", "{text}");
    }

    #[test]
    fn a_sector_named_before_each_number() {
        let cited = worded("Resolutions ITU-R 61-2 and ITU-R 66; les Résolutions UIT-R 61-2 et UIT-R 66;");
        assert_eq!(cited.matches("ITU-R-66").count(), 2, "{cited}");
    }

    #[test]
    fn lists_of_decisions() {
        for text in [
            "los Acuerdos 562 y 584 del Consejo",
            "Решения 562 и 584 Совета",
            "المقرران 562 و584 الصادران عن المجلس",
            "Council Decisions 562 and 584",
        ] {
            assert_eq!(worded(text).matches("Council Decision-5").count(), 2, "{}", worded(text));
        }
    }

    #[test]
    fn questions_and_other_numbers_with_a_stroke() {
        nothing("Question 3/2, Questions 3/2 and 5/1, agenda item 5/2, Report 12/3, document 24/3, 120/3, 24/7, 9/11");
        nothing("dates 12/10/2022 and 2022/10/12, three quarters (3/4), seasons 2019/20 and 2020/2021, page 12/30");
        nothing("Case 12/10, Law 12/2020, Regulation (EU) 2016/679, Directive 95/46/EC, notes 12/5 and 13/5");
        nothing("第3/2号课题、第5/2号议程项目、第12/3号报告、第2020/12号法令、2022/10/12、120票对3票；");
        nothing("la Question 3/2, le point 5/2 de l’ordre du jour, la loi 12/2020; la Cuestión 3/2, la ley 12/2020;");
        nothing("вопрос 3/2, пункт 5/2 повестки дня, закон 12/2020; المسألة 3/2 والبند 5/2 من جدول الأعمال؛");
    }

    #[test]
    fn standards_and_documents() {
        nothing(
            "ITU-T Y.1564, ISO 9001:2015, Recommendation ITU-T E.164, Recommendation ITU-R M.1036-6, ITU-T建议书E.164",
        );
        nothing("C22/35, WTDC-22/24, A/78/123, A/78/123/Add.1, E/CN.4/2005/3, S/2023/1, A/HRC/52/12, UNEP/EA.4/17");
        nothing("EB148/7, A75/10 Rev.1, CEDAW/C/GC/35, TD/B/50/14, INFCIRC/153, ST/SGB/2008/5, FCCC/CP/2015/10/Add.1");
        nothing("H.Res. 123, S. Res. 45, ACHPR/Res.473");
    }

    #[test]
    fn resolutions_that_are_none() {
        nothing("the resolution 10 years ago, a resolution 300 dpi fine, adopted by resolution 5 times, 4/3 times");
        nothing("Recommendation 12/3 of the report, opinion 3/2 of the Working Group, resolution of 12/10/2022");
        nothing("la résolution 10 ans après, una resolución 300 ppp, резолюция 10 лет назад");
    }
}
