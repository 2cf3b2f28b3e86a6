//! Which body adopted what is cited. Every answer says why; where the text leaves it open, so does the answer.

use jiff::civil::Date;

use super::data::{BodyFacts, NumberShape, Session, data};
use super::flattened::met;
use super::form;
use super::id;
use super::recognise::Instrument;
use super::shape::Found;
use super::stranger::Stranger;
use super::token::{BodySet, Kind, Number, word};
use super::words::Words;

/// What the document says of itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    /// The organ that acts.
    pub acting: Option<usize>,
    /// The year of the text, if it says.
    pub year: Option<u16>,
    /// The bodies that citations of the resolution name beside them.
    pub named: BodySet,
}

/// The body and the reason.
pub(super) type Decision = (usize, String);

/// Every body that may have adopted something with this number, in this version, named or not.
pub(super) fn candidates(found: &Found) -> BodySet {
    let all = (0..data().bodies.len()).filter(|&body| !data().bodies[body].named_only);
    let set = all.filter(|&body| fits(found, body)).fold(BodySet::NONE, |set, body| set.or(BodySet::one(body)));
    if let (Number::Session(session), Some(year)) = (found.shape, found.date_year) {
        let sat = set.iter().filter(|&body| sat_then(found, body, session, year).unwrap_or(true));
        return sat.fold(BodySet::NONE, |set, body| set.or(BodySet::one(body)));
    }
    // What only one body writes like this may be its own, whether it is named or not.
    if let Number::Form(form) = found.shape
        && let Some(form) = form::form(form).filter(|form| form.tells)
    {
        return form.bodies;
    }
    let Some(version) = &found.parenthesis else { return set };
    if !matches!(found.shape, Number::Plain(_) | Number::Revised) {
        return set;
    }

    match (version.place, version.year) {
        (Some((place, ..)), Some((year, ..))) => set.and(met(place, year)),
        (None, Some((year, ..))) if version.bodies.is_empty() => {
            let sessions = data().sessions.iter().filter(|session| session.year == year);
            let bodies = sessions.fold(BodySet::NONE, |set, session| set.or(BodySet::of(&session.body)));
            // Some bodies have no sessions; their numbers run on through the years.
            let running = all_with_years();
            set.and(bodies.or(running))
        }
        _ => set,
    }
}

/// The bodies that a reader is told of where the answer is open: the candidates, and a body whose numbers run on where the
/// words beside may name it: “UN resolution 1325” is the Security Council's, or of a body that is not meant by “UN”.
pub(super) fn possible(found: &Found) -> BodySet {
    let named = found.named.bodies;
    let open = candidates(found);
    let yearless = named.iter().filter(|&body| yearless(found, body));
    let possible = yearless.fold(open, |set, body| set.or(BodySet::one(body)));
    // What is named narrows it down, where it leaves anything.
    let narrowed = possible.and(named);
    if narrowed.is_empty() { possible } else { narrowed }
}

fn all_with_years() -> BodySet {
    let bodies = data().bodies.iter().enumerate().filter(|(_, body)| !body.first_of_year.is_empty());
    bodies.fold(BodySet::NONE, |set, (index, _)| set.or(BodySet::one(index)))
}

/// Whether a body may have adopted something with this number.
pub(super) fn fits(found: &Found, body: usize) -> bool {
    let Some(facts) = data().bodies.get(body) else { return false };
    if found.instrument != Instrument::Draft
        && !facts.instruments.iter().any(|instrument| instrument.instrument() == found.instrument)
    {
        return false;
    }
    let shape = |shape: NumberShape| facts.numbers.contains(&shape);
    let version = found.parenthesis.as_ref();
    if version.is_some_and(|version| !version.bodies.is_empty() && version.bodies.and(BodySet::one(body)).is_empty()) {
        return false;
    }
    match found.shape {
        Number::Plain(_) if found.number.contains('(') => {
            let session = id::roman_session(&found.number);
            let sat = |(first, last)| session.is_none_or(|session| (first..=last).contains(&session));
            let least = session.and_then(|session| facts.roman_least.iter().rfind(|(from, _)| *from <= session));
            let reached = least.is_none_or(|(_, least)| matches!(found.shape, Number::Plain(value) if value >= *least));
            shape(NumberShape::Roman) && facts.roman_sessions.is_none_or(sat) && reached
        }
        Number::Plain(value) => {
            if shape(NumberShape::Yearly) {
                let Some(version) = version.filter(|version| version.is_bare_year()) else { return false };
                return version.year.is_some_and(|(year, ..)| in_year(&facts.first_of_year, value, year));
            }
            // A text that gives a place is not of a body that is cited by code.
            if !shape(NumberShape::Plain) || (facts.coded && version.is_some_and(|version| version.place.is_some())) {
                return false;
            }
            let name = facts.ranges.iter().find(|(name, _)| name.instrument() == found.instrument);
            let range = name.map(|(_, range)| *range).or(facts.range);
            range.is_none_or(|(first, last)| (first..=last).contains(&value))
        }
        Number::Revised => shape(NumberShape::Revised),
        Number::Session(session) => {
            shape(NumberShape::Session)
                && facts.sessions.is_none_or(|(first, last)| (first..=last).contains(&session))
                && in_session(facts, found)
        }
        Number::WithYear => shape(NumberShape::NumberYear),
        Number::Form(form) => form::form(form).is_some_and(|form| !form.bodies.and(BodySet::one(body)).is_empty()),
        Number::Special => shape(NumberShape::Special),
        Number::Emergency => shape(NumberShape::Emergency),
        Number::YearFirst => shape(NumberShape::YearNumber) && in_session(facts, found),
        Number::Wha | Number::WhaSession => shape(NumberShape::Wha),
        Number::Eb | Number::EbSession => shape(NumberShape::Eb),
        Number::Symbol { body: own, .. } | Number::Draft { body: own } => usize::from(own) == body,
    }
}

/// Whether the number behind the session is one that the body may have given. What is not a resolution may count apart: the
/// decisions of the Human Rights Council begin at 101 in each session.
fn in_session(facts: &BodyFacts, found: &Found) -> bool {
    let range = facts.ranges.iter().find(|(name, _)| name.instrument() == found.instrument).map(|(_, range)| *range);
    let range = range.or(facts.most_in_session.map(|most| (1, most)));
    let item = item(&found.number);
    range.zip(item).is_none_or(|((first, last), item)| (first..=last).contains(&item))
}

/// The number behind the session: 125 of `70/125`, 270 of `57/270 B`.
fn item(number: &str) -> Option<u32> {
    let item = number.split_once('/')?.1;
    item.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Whether a running number was given in a year. Before the first year that the data knows, anything smaller was.
pub(super) fn in_year(first_of_year: &[(u16, u32)], number: u32, year: u16) -> bool {
    let after = first_of_year.iter().find(|(other, _)| *other > year);
    let at = first_of_year.iter().rfind(|(other, _)| *other <= year);
    let late_enough = at.is_none_or(|(_, first)| number >= *first);
    // The year behind the last one of the data is open at its end.
    let early_enough = after.is_none_or(|(_, first)| number < *first);
    late_enough && early_enough
}

/// Decides from what stands beside the citation, in its parenthesis and in its number.
pub(super) fn strong(found: &Found, context: Context, stranger: Stranger) -> Option<Decision> {
    let name = |body: usize| data().bodies.get(body).map_or("", |body| body.id.as_str());
    if let Number::Symbol { body, .. } | Number::Draft { body } = found.shape {
        return Some((usize::from(body), "its symbol says so".to_owned()));
    }
    let open = candidates(found);
    if let Number::Form(form) = found.shape
        && form::form(form).is_some_and(|form| form.tells)
    {
        let body = open.single()?;
        return Some((body, format!("only {} writes its numbers like this", name(body))));
    }
    if matches!(found.shape, Number::Wha | Number::WhaSession | Number::Eb | Number::EbSession) {
        return Some((open.single()?, "its symbol says so".to_owned()));
    }
    if let Some(version) = &found.parenthesis {
        let coded = version.bodies.single().or_else(|| version.bodies.and(open).single());
        if let Some(body) = coded.filter(|&body| fits(found, body)) {
            return Some((body, "the session in its parenthesis says so".to_owned()));
        }
    }
    let named = found.named.bodies;
    let beside = |body: usize| Some((body, "named beside it".to_owned()));
    if !named.is_empty()
        && !found.named.generic
        && let Some(body) = named.and(open).single().or(named.single().filter(|&body| numbers_like(found, body)))
    {
        return beside(body);
    }
    if found.this_organ
        && let Some(acting) = context.acting
    {
        return Some((acting, format!("the text calls it its own, and {} acts", name(acting))));
    }
    // An organ that is named and not known is overruled by nothing that follows.
    if stranger == Stranger::Named {
        return None;
    }
    if found.named.generic && !named.is_empty() {
        // “Security Council resolution 1325” needs no year, nor does “the Council's”. In its own texts “the Assembly”
        // is the organ that acts; elsewhere some bodies are meant only by their full names.
        let meant = |body: &usize| {
            let full = data().bodies.get(*body).is_some_and(|facts| facts.named_only);
            fits(found, *body) && (!full || context.acting == Some(*body))
        };
        let fitting = named.iter().filter(meant).fold(BodySet::NONE, |set, body| set.or(BodySet::one(body)));
        let placed = fitting.and(open);
        let fitting = if placed.is_empty() { fitting } else { placed };
        let acting = context.acting.filter(|&acting| !fitting.and(BodySet::one(acting)).is_empty());
        if let Some(body) = fitting.single().or(acting) {
            return beside(body);
        }
        if fitting.is_empty() && named.single().is_some_and(|body| numbers_like(found, body)) {
            return named.single().and_then(beside);
        }
    }
    // “the General Assembly …, in particular its resolutions 65/123”: “its” need not mean the organ that acts.
    if found.own
        && let Some(acting) = context.acting.filter(|&acting| fits(found, acting) || yearless(found, acting))
        && !contradicted(found, acting, context.year)
    {
        return Some((acting, format!("the text calls it its own, and {} acts", name(acting))));
    }
    if let Some(version) = &found.parenthesis {
        if let (Some((place, ..)), Some((year, ..))) = (version.place, version.year)
            && version.flattened.is_none()
        {
            let body = open.single()?;
            let place = data().places.get(usize::from(place)).map_or("", |place| place.id.as_str());
            return Some((body, format!("{} met in {place} in {year}", name(body))));
        }
        if let Some(flat) = &version.flattened {
            let bodies = flat.bodies.iter().fold(BodySet::NONE, |set, body| set.or(BodySet::of(body)));
            let fitting = bodies.iter().filter(|&body| fits_number(found, body));
            let fitting = fitting.fold(BodySet::NONE, |set, body| set.or(BodySet::one(body)));
            if let Some(body) = fitting.single() {
                return Some((body, format!("{} met there in {} and {}", name(body), flat.old_year, flat.new_year)));
            }
        }
        if version.is_bare_year() {
            let yearly = open.and(all_with_years());
            if let (Some(body), Some((year, ..))) = (yearly.single(), version.year) {
                return Some((body, format!("{} adopted that number in {year}", name(body))));
            }
        }
    }
    if let (Number::Session(session), Some(year)) = (found.shape, found.date_year) {
        let met = open.iter().filter(|&body| sat_then(found, body, session, year) == Some(true));
        let met = met.fold(BodySet::NONE, |set, body| set.or(BodySet::one(body)));
        if let Some(body) = met.single() {
            return Some((body, format!("session {session} of {} was in {year}", name(body))));
        }
    }
    None
}

/// Whether a body numbers in this way at all, however high it counts: what is named wins over what is known.
fn numbers_like(found: &Found, body: usize) -> bool {
    let Some(facts) = data().bodies.get(body) else { return false };
    let any = |shapes: &[NumberShape]| facts.numbers.iter().any(|shape| shapes.contains(shape));
    match found.shape {
        _ if any(&[NumberShape::Named]) => true,
        Number::Plain(_) => any(&[NumberShape::Plain, NumberShape::Revised, NumberShape::Yearly, NumberShape::Roman]),
        Number::Revised => any(&[NumberShape::Revised]),
        Number::Session(_) => any(&[NumberShape::Session]),
        Number::Special | Number::Emergency => any(&[NumberShape::Special, NumberShape::Emergency]),
        Number::YearFirst => any(&[NumberShape::YearNumber]),
        Number::WithYear => any(&[NumberShape::NumberYear]),
        Number::Form(_) => fits(found, body),
        _ => false,
    }
}

/// Whether a body's number fits, whatever its version.
fn fits_number(found: &Found, body: usize) -> bool {
    let mut bare = found.clone();
    bare.parenthesis = None;
    fits(&bare, body)
}

/// Whether a number without its year, or with a wrong one, may be one of a body whose numbers run on: resolution 1325 of the Security
/// Council.
fn yearless(found: &Found, body: usize) -> bool {
    found.parenthesis.as_ref().is_none_or(|version| version.is_bare_year())
        && matches!(found.shape, Number::Plain(_))
        && data().bodies.get(body).is_some_and(|body| body.numbers.contains(&NumberShape::Yearly))
}

/// A session of a body by its number.
fn session_of(body: usize, session: u32) -> Option<&'static Session> {
    let body = data().bodies.get(body)?;
    let number = session.to_string();
    data().sessions.iter().find(|s| s.body == body.id && s.number.as_deref() == Some(&number))
}

/// The first and last year of a session of a body, by its number.
fn years(body: usize, session: u32) -> Option<(u16, u16)> {
    session_of(body, session).map(years_of)
}

fn years_of(session: &Session) -> (u16, u16) {
    (session.year, session.end.map_or(session.year, |end| end.year() as u16))
}

/// Whether a session of a body was held in the year, and about the day, that a citation gives; `None` where the data
/// does not know the session. A session that met in another season of that year is another organ's.
fn sat_then(found: &Found, body: usize, session: u32, year: u16) -> Option<bool> {
    /// Days of sessions are not all exact, and texts are adopted after the last one too.
    const ABOUT: i64 = 60;
    let own = session_of(body, session)?;
    let (first, last) = years_of(own);
    let off = |from: Date, to: Date| from.until(to).map_or(0, |span| i64::from(span.get_days()));
    let near = |day: Date| {
        let early = own.start.is_none_or(|start| off(day, start) <= ABOUT);
        early && own.end.is_none_or(|end| off(end, day) <= ABOUT)
    };
    Some((first..=last).contains(&year) && found.date.and_then(|day| day.date).is_none_or(near))
}

/// Whether the session of a number was not in the year that the text gives, or begins after the text was written.
fn contradicted(found: &Found, body: usize, written: Option<u16>) -> bool {
    let Number::Session(session) = found.shape else { return false };
    let Some((first, last)) = years(body, session) else {
        return is_beyond(body, session, found.date_year.or(written));
    };
    match found.date_year {
        Some(year) => !(first..=last).contains(&year),
        None => written.is_some_and(|written| written < first),
    }
}

/// Whether a session comes behind the last one that the data knows, and a year does not.
fn is_beyond(body: usize, session: u32, year: Option<u16>) -> bool {
    let Some(body) = data().bodies.get(body) else { return false };
    let sessions = data().sessions.iter().filter(|other| other.body == body.id);
    let numbered = sessions.filter_map(|other| Some((other.number.as_ref()?.parse::<u32>().ok()?, other.year)));
    let last = numbered.max();
    last.zip(year).is_some_and(|((number, last), year)| session > number && year <= last)
}

/// Decides from the words before the citation in the same clause: 全权代表大会有关……的第130号决议.
pub(super) fn clause(words: &Words<'_>, found: &Found, previous: Option<&Found>, context: Context) -> Option<Decision> {
    let open = candidates(found);
    let floor = previous.map_or(0, |previous| previous.last);
    let mut segment = found.first;
    while segment > floor {
        let ends = words.at(segment - 1).is_some_and(|token| matches!(token.kind, Kind::Mark(';' | '。')));
        if ends {
            break;
        }
        segment -= 1;
    }
    // A body behind “on” or 关于 is what the resolution is about, until the phrase ends.
    let mut about = false;
    let mut named = BodySet::NONE;
    for index in segment..found.first {
        let token = words.at(index)?;
        if token.is(word::OBJECT_OF) {
            about = true;
        } else if matches!(token.kind, Kind::Mark(',' | '、')) {
            about = false;
        } else if token.is(word::OTHER_ORGAN) {
            named = BodySet::NONE;
        } else if !token.bodies().is_empty() && !token.is_generic() {
            // Bodies that count only where they are named do so here.
            let named_only = |body: usize| data().bodies[body].named_only && fits(found, body);
            // “by the Economic Commission for Latin America and the Caribbean of its resolution 574 (XXVII)”
            let own_form = |body: usize| found.own && data().bodies[body].numbers.contains(&NumberShape::Named);
            let named_only = |body: usize| named_only(body) || own_form(body);
            let fitting =
                token.bodies().iter().filter(|&body| !open.and(BodySet::one(body)).is_empty() || named_only(body));
            let fitting = fitting.fold(BodySet::NONE, |set, body| set.or(BodySet::one(body)));
            if !about && !fitting.is_empty() {
                named = fitting;
            }
        }
    }
    // What a later session adopts is not cited yet.
    let body = named.single().filter(|&body| !contradicted(found, body, context.year))?;
    Some((body, "named before it in the same clause".to_owned()))
}

/// Whether beside a citation there stands a name that bodies share and that means one of them only where the text says
/// which: “Governing Council”.
pub(super) fn is_shared(found: &Found) -> bool {
    let named = found.named.bodies;
    let full = |body: usize| data().bodies.get(body).is_some_and(|facts| facts.named_only);
    found.named.generic && !named.is_empty() && named.iter().all(full)
}

/// Decides such a name from the bodies that the document names in full.
pub(super) fn shared(found: &Found, cited: BodySet) -> Option<Decision> {
    let body = found.named.bodies.and(cited).single().filter(|&body| fits(found, body))?;
    Some((body, "the text names it in full elsewhere".to_owned()))
}

/// Whether a number counted by the year is one that only this body reaches: decision 1995/236.
fn tells_in_year(found: &Found, body: usize) -> bool {
    let Number::YearFirst = found.shape else { return false };
    let number = item(&found.number);
    let ranges = data().bodies.get(body).into_iter().flat_map(|facts| &facts.telling_in_year);
    let mut own = ranges.filter(|(name, _)| name.instrument() == found.instrument);
    own.any(|(_, (first, last))| number.is_some_and(|number| (first..=last).contains(&&number)))
}

/// “resolution 2009/1 of the Commission and its resolution 2013/1”: “its” is of the organ whose number stands before it
/// in the same clause, where the organ that acts numbers in another way.
pub(super) fn own_of_previous(found: &Found, before: &Decision, context: Context) -> Option<Decision> {
    let acting = context.acting?;
    let other = found.own && !fits(found, acting) && !yearless(found, acting) && fits(found, before.0);
    other.then(|| (before.0, "the text calls it the own of the organ that is cited before it".to_owned()))
}

/// Decides from the document: the organ that acts, the only body that numbers so.
pub(super) fn document(found: &Found, context: Context) -> Option<Decision> {
    let name = |body: usize| data().bodies.get(body).map_or("", |body| body.id.as_str());
    let open = candidates(found);
    // A number in a text that says nothing of itself names no body, and a plain number no body of another house:
    // “Resolution 1325” is the Council's of the telecommunication union only in its own texts.
    let tells = |body: usize| {
        if tells_in_year(found, body) {
            return true;
        }
        let Some(facts) = data().bodies.get(body).filter(|facts| facts.number_tells) else { return false };
        let house = |set: BodySet| set.iter().any(|other| data().bodies[other].profile == facts.profile);
        let acting = context.acting.map_or(BodySet::NONE, BodySet::one);
        let version = found.parenthesis.as_ref();
        match found.shape {
            Number::Plain(_) => {
                let session = version.is_some_and(|version| !version.is_bare_year());
                session || house(acting) || (acting.is_empty() && house(context.named))
            }
            _ => !acting.is_empty() || house(context.named) || version.is_some(),
        }
    };
    // “Council Resolution 25” in a text of another organ is none of that organ, however few the Council's fit.
    let named = found.named.bodies;
    let meant = |body: usize| named.is_empty() || !named.and(BodySet::one(body)).is_empty();
    if let Some(body) = open.single().filter(|&body| tells(body) && meant(body)) {
        return Some((body, format!("of the bodies known, only {} has such a number", name(body))));
    }
    let acting = context.acting.filter(|&acting| meant(acting))?;
    let known_place = found.parenthesis.as_ref().is_none_or(|version| {
        version.flattened.is_none()
            && version
                .place
                .zip(version.year)
                .is_none_or(|((place, ..), (year, ..))| !met(place, year).and(BodySet::one(acting)).is_empty())
    });
    // What a later session adopts is not cited yet.
    if let (Number::Session(session), Some(year)) = (found.shape, context.year)
        && years(acting, session).is_some_and(|(first, _)| first > year)
    {
        return None;
    }
    let own = data().bodies.get(acting).is_some_and(|facts| facts.named_only) && fits(found, acting);
    let fitting = own || !open.and(BodySet::one(acting)).is_empty() || yearless(found, acting);
    (known_place && fitting).then(|| (acting, format!("nothing else is said, and {} acts", name(acting))))
}
