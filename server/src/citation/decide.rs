//! Which body adopted what is cited. Every answer says why; where the text leaves it open, so does the answer.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::data::{BodyFacts, InstrumentName, NumberShape, Session, data};
use super::form;
use super::id;
use super::met::{last_session, met, met_in, session_of};
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
pub(super) type Decision = (usize, Reason);

/// Why it is this body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    Symbol,
    Form,
    Code,
    Beside,
    Own,
    Met,
    MetTwice,
    Year,
    Session,
    Group,
    Clause,
    NamedElsewhere,
    OwnOfPrevious,
    Elsewhere,
    OnlyOne,
    Acts,
}

impl Reason {
    /// The words for a drafter: “named beside it”, “PP met in Dubai in 2018”.
    pub fn words(self, body: usize, found: &Found) -> String {
        let name = data().bodies.get(body).map_or("", |body| body.id.as_str());
        let version = found.parenthesis.as_ref();
        let year = version.and_then(|version| version.year).map_or(0, |(year, ..)| year);
        match self {
            Reason::Symbol => "its symbol says so".to_owned(),
            Reason::Form => format!("only {name} writes its numbers like this"),
            Reason::Code => "the session in its parenthesis says so".to_owned(),
            Reason::Beside => "named beside it".to_owned(),
            Reason::Own => format!("the text calls it its own, and {name} acts"),
            Reason::Met => {
                let place = version.and_then(|version| version.place);
                let place = place.and_then(|(place, ..)| data().places.get(usize::from(place)));
                format!("{name} met in {} in {year}", place.map_or("", |place| place.id.as_str()))
            }
            Reason::MetTwice => {
                let flat = version.and_then(|version| version.flattened.as_ref());
                let (old, new) = flat.map_or((0, 0), |flat| (flat.old_year, flat.new_year));
                format!("{name} met there in {old} and {new}")
            }
            Reason::Year => format!("{name} adopted that number in {year}"),
            Reason::Session => {
                let session = if let Number::Session(session) = found.shape { session } else { 0 };
                format!("session {session} of {name} was in {}", found.date_year.unwrap_or_default())
            }
            Reason::Group => "like the other in its group".to_owned(),
            Reason::Clause => "named before it in the same clause".to_owned(),
            Reason::NamedElsewhere => "the text names it in full elsewhere".to_owned(),
            Reason::OwnOfPrevious => "the text calls it the own of the organ that is cited before it".to_owned(),
            Reason::Elsewhere => "the text cites the same number elsewhere and says whose it is".to_owned(),
            Reason::OnlyOne => format!("of the bodies known, only {name} has such a number"),
            Reason::Acts => format!("nothing else is said, and {name} acts"),
        }
    }
}

/// Which bodies a citation may be of, as far as its number, its version and its date say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Chances {
    /// The bodies that may have adopted something with this number.
    pub fitting: BodySet,
    /// Every body that may have adopted it in this version, named or not.
    pub open: BodySet,
}

impl Chances {
    pub fn of(found: &Found) -> Chances {
        let fitting = fitting(found);
        Chances { fitting, open: open(found, fitting) }
    }

    /// Whether a body may have adopted something with this number.
    pub fn fits(&self, body: usize) -> bool {
        self.fitting.has(body)
    }

    /// Whether it is open, or may at least have adopted something with this number.
    pub fn allows(&self, body: usize) -> bool {
        self.open.or(self.fitting).has(body)
    }
}

/// What is asked of all bodies for every citation.
struct Bodies {
    named_only: BodySet,
    /// Those that write numbers of a form of their own which is not recognised.
    named: BodySet,
    /// Those whose numbers run on through the years.
    running: BodySet,
    /// Those that adopt resolutions.
    resolutions: BodySet,
    yearly: BodySet,
    plain: BodySet,
    roman: BodySet,
    revised: BodySet,
    session: BodySet,
    with_year: BodySet,
    special: BodySet,
    emergency: BodySet,
    year_first: BodySet,
    wha: BodySet,
    eb: BodySet,
}

static BODIES: LazyLock<Bodies> = LazyLock::new(|| {
    let all = |holds: &dyn Fn(&BodyFacts) -> bool| {
        let bodies = data().bodies.iter().enumerate().filter(|(_, body)| holds(body));
        bodies.fold(BodySet::NONE, |set, (index, _)| set.or(BodySet::one(index)))
    };
    let shape = |shape: NumberShape| all(&|body| body.numbers.contains(&shape));
    Bodies {
        named_only: all(&|body| body.named_only),
        named: shape(NumberShape::Named),
        running: all(&|body| !body.first_of_year.is_empty()),
        resolutions: all(&|body| body.instruments.contains(&InstrumentName::Resolution)),
        yearly: shape(NumberShape::Yearly),
        plain: shape(NumberShape::Plain),
        roman: shape(NumberShape::Roman),
        revised: shape(NumberShape::Revised),
        session: shape(NumberShape::Session),
        with_year: shape(NumberShape::NumberYear),
        special: shape(NumberShape::Special),
        emergency: shape(NumberShape::Emergency),
        year_first: shape(NumberShape::YearNumber),
        wha: shape(NumberShape::Wha),
        eb: shape(NumberShape::Eb),
    }
});

/// The bodies that may have adopted something with this number: those that [`fits`] holds for, asked only where the
/// shape of the number allows it.
fn fitting(found: &Found) -> BodySet {
    let bodies = &*BODIES;
    let shaped = match found.shape {
        Number::Plain(_) if found.number.contains('(') => bodies.roman,
        Number::Plain(_) => bodies.plain.or(bodies.yearly),
        Number::Revised => bodies.revised,
        Number::Session(_) => bodies.session,
        Number::WithYear => bodies.with_year,
        Number::Form(index) => form::form(index).map_or(BodySet::NONE, |form| form.bodies),
        Number::Special => bodies.special,
        Number::Emergency => bodies.emergency,
        Number::YearFirst => bodies.year_first,
        Number::Wha | Number::WhaSession => bodies.wha,
        Number::Eb | Number::EbSession => bodies.eb,
        Number::Symbol { body, .. } | Number::Draft { body } => BodySet::one(usize::from(body)),
    };
    // The organs that adopt such texts at all, and that the version may be of.
    let adopting = match found.instrument {
        Instrument::Resolution => shaped.and(bodies.resolutions),
        _ => shaped,
    };
    let version = found.parenthesis.as_ref().map(|version| version.bodies).filter(|set| !set.is_empty());
    version.map_or(adopting, |set| adopting.and(set)).only(|body| fits(found, body))
}

/// Every body that may have adopted something with this number, in this version, named or not.
pub(super) fn candidates(found: &Found) -> BodySet {
    open(found, fitting(found))
}

fn open(found: &Found, fitting: BodySet) -> BodySet {
    let set = fitting.without(BODIES.named_only);
    if let (Number::Session(session), Some(year)) = (found.shape, found.date_year) {
        return set.only(|body| sat_then(found, body, session, year).unwrap_or(true));
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
        // Some bodies have no sessions; their numbers run on through the years.
        (None, Some((year, ..))) if version.bodies.is_empty() => set.and(met_in(year).or(BODIES.running)),
        _ => set,
    }
}

/// The bodies that a reader is told of where the answer is open: the candidates, and a body whose numbers run on where the
/// words beside may name it: “UN resolution 1325” is the Security Council's, or of a body that is not meant by “UN”.
pub(super) fn possible(found: &Found, chances: &Chances) -> BodySet {
    let named = found.named.bodies;
    let possible = chances.open.or(named.only(|body| yearless(found, body)));
    // What is named narrows it down, where it leaves anything.
    let narrowed = possible.and(named);
    if narrowed.is_empty() { possible } else { narrowed }
}

/// Whether a body may have adopted something with this number.
fn fits(found: &Found, body: usize) -> bool {
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
            let own = facts.ranges.iter().find(|(name, _)| name.instrument() == found.instrument);
            let range = own.map(|(_, range)| *range).or(facts.range);
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
pub(super) fn strong(found: &Found, chances: &Chances, context: Context, stranger: Stranger) -> Option<Decision> {
    if let Number::Symbol { body, .. } | Number::Draft { body } = found.shape {
        return Some((usize::from(body), Reason::Symbol));
    }
    let open = chances.open;
    let fits = |body: usize| chances.fits(body);
    if let Number::Form(form) = found.shape
        && form::form(form).is_some_and(|form| form.tells)
    {
        return Some((open.single()?, Reason::Form));
    }
    if matches!(found.shape, Number::Wha | Number::WhaSession | Number::Eb | Number::EbSession) {
        return Some((open.single()?, Reason::Symbol));
    }
    if let Some(version) = &found.parenthesis {
        let coded = version.bodies.single().or_else(|| version.bodies.and(open).single());
        if let Some(body) = coded.filter(|&body| fits(body)) {
            return Some((body, Reason::Code));
        }
    }
    let named = found.named.bodies;
    let beside = |body: usize| Some((body, Reason::Beside));
    if !named.is_empty()
        && !found.named.generic
        && let Some(body) = named.and(open).single().or(named.single().filter(|&body| numbers_like(found, body)))
    {
        return beside(body);
    }
    if found.this_organ
        && let Some(acting) = context.acting
    {
        return Some((acting, Reason::Own));
    }
    // An organ that is named and not known is overruled by nothing that follows.
    if stranger == Stranger::Named {
        return None;
    }
    if found.named.generic && !named.is_empty() {
        // “Security Council resolution 1325” needs no year, nor does “the Council's”. In its own texts “the Assembly”
        // is the organ that acts; elsewhere some bodies are meant only by their full names.
        let full = context.acting.map_or(BODIES.named_only, |acting| BODIES.named_only.without(BodySet::one(acting)));
        let fitting = named.and(chances.fitting).without(full);
        let placed = fitting.and(open);
        let fitting = if placed.is_empty() { fitting } else { placed };
        let acting = context.acting.filter(|&acting| fitting.has(acting));
        if let Some(body) = fitting.single().or(acting) {
            return beside(body);
        }
        if fitting.is_empty() && named.single().is_some_and(|body| numbers_like(found, body)) {
            return named.single().and_then(beside);
        }
    }
    // “the General Assembly …, in particular its resolutions 65/123”: “its” need not mean the organ that acts.
    if found.own
        && let Some(acting) = context.acting.filter(|&acting| fits(acting) || yearless(found, acting))
        && !contradicted(found, acting, context.year)
    {
        return Some((acting, Reason::Own));
    }
    if let Some(version) = &found.parenthesis {
        if version.place.is_some() && version.year.is_some() && version.flattened.is_none() {
            return Some((open.single()?, Reason::Met));
        }
        if let Some(flat) = &version.flattened {
            let bodies = flat.bodies.iter().fold(BodySet::NONE, |set, body| set.or(BodySet::of(body)));
            if let Some(body) = bodies.only(|body| fits_number(found, body)).single() {
                return Some((body, Reason::MetTwice));
            }
        }
        if version.is_bare_year()
            && let Some(body) = open.and(BODIES.running).single()
        {
            return Some((body, Reason::Year));
        }
    }
    if let (Number::Session(session), Some(year)) = (found.shape, found.date_year) {
        let met = open.only(|body| sat_then(found, body, session, year) == Some(true));
        if let Some(body) = met.single() {
            return Some((body, Reason::Session));
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
    last_session(body).zip(year).is_some_and(|((number, last), year)| session > number && year <= last)
}

/// The names of bodies before a citation in the same clause, as far as they may decide: of equal ones the last, and none
/// before an organ that the data does not know. `floor` is the token behind the citation before it.
pub(super) fn named_in_clause(words: &Words<'_>, first: usize, floor: usize) -> Vec<BodySet> {
    let between = words.tokens.get(floor.min(first)..first).unwrap_or_default();
    let segment = between.iter().rposition(|token| matches!(token.kind, Kind::Mark(';' | '。'))).map_or(0, |at| at + 1);
    // A body behind “on” or 关于 is what the resolution is about, until the phrase ends.
    let mut about = false;
    let mut named: Vec<BodySet> = Vec::new();
    for token in between.get(segment..).unwrap_or_default() {
        match token.kind {
            Kind::Mark(',' | '、') => about = false,
            Kind::Known(_) | Kind::Code { .. } => {
                let bodies = token.bodies();
                if token.is(word::OBJECT_OF) {
                    about = true;
                } else if token.is(word::OTHER_ORGAN) {
                    named.clear();
                } else if !about && !bodies.is_empty() && !token.is_generic() {
                    named.retain(|other| *other != bodies);
                    named.push(bodies);
                }
            }
            _ => {}
        }
    }
    named
}

/// Decides from the words before the citation in the same clause: 全权代表大会有关……的第130号决议. `named` is from
/// [`named_in_clause`].
pub(super) fn clause(named: &[BodySet], found: &Found, chances: &Chances, context: Context) -> Option<Decision> {
    // Bodies that count only where they are named do so here; “by the Economic Commission for Latin America and the
    // Caribbean of its resolution 574 (XXVII)”.
    let own_form = if found.own { BODIES.named } else { BodySet::NONE };
    let may = chances.open.or(BODIES.named_only.and(chances.fitting)).or(own_form);
    let named = named.iter().rev().map(|bodies| bodies.and(may)).find(|fitting| !fitting.is_empty())?;
    // What a later session adopts is not cited yet.
    let body = named.single().filter(|&body| !contradicted(found, body, context.year))?;
    Some((body, Reason::Clause))
}

/// Whether beside a citation there stands a name that bodies share and that means one of them only where the text says
/// which: “Governing Council”.
pub(super) fn is_shared(found: &Found) -> bool {
    let named = found.named.bodies;
    let full = |body: usize| data().bodies.get(body).is_some_and(|facts| facts.named_only);
    found.named.generic && !named.is_empty() && named.iter().all(full)
}

/// Decides such a name from the bodies that the document names in full.
pub(super) fn shared(found: &Found, chances: &Chances, cited: BodySet) -> Option<Decision> {
    let body = found.named.bodies.and(cited).single().filter(|&body| chances.fits(body))?;
    Some((body, Reason::NamedElsewhere))
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
pub(super) fn own_of_previous(
    found: &Found,
    chances: &Chances,
    before: Decision,
    context: Context,
) -> Option<Decision> {
    let acting = context.acting?;
    let other = found.own && !chances.fits(acting) && !yearless(found, acting) && chances.fits(before.0);
    other.then_some((before.0, Reason::OwnOfPrevious))
}

/// Decides from the document: the organ that acts, the only body that numbers so.
pub(super) fn document(found: &Found, chances: &Chances, context: Context) -> Option<Decision> {
    let open = chances.open;
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
        return Some((body, Reason::OnlyOne));
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
    let own = BODIES.named_only.has(acting) && chances.fits(acting);
    let fitting = own || open.has(acting) || yearless(found, acting);
    (known_place && fitting).then_some((acting, Reason::Acts))
}
