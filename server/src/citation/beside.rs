//! What stands beside a number: the name of the body before or behind it, “its”, “of this conference”, a date.

use super::date::{date, in_parenthesis};
use super::parenthesis::parenthesis;
use super::shape::Found;
use super::token::{BodySet, Token, word};
use super::words::Words;

/// Names beside a citation.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Named {
    /// The bodies that the name may stand for.
    pub bodies: BodySet,
    /// Whether the name is one that bodies share.
    pub generic: bool,
}

impl Named {
    pub fn of(token: &Token) -> Named {
        Named { bodies: token.bodies(), generic: token.is_generic() }
    }

    /// A full name wins over a shared one.
    pub fn or(self, other: Named) -> Named {
        if self.bodies.is_empty() || (self.generic && !other.generic && !other.bodies.is_empty()) {
            other
        } else {
            self
        }
    }
}

/// What was read behind a number.
pub(super) struct Tail {
    /// The token behind it.
    pub next: usize,
    /// The body named there.
    pub named: Named,
    /// “of this conference”
    pub this_organ: bool,
}

/// What follows a number: a version, a date, the body that adopted it, in any order.
pub(super) fn tail(words: &Words<'_>, at: usize, member: &mut Found, named_behind: bool) -> Tail {
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
            if let Some(day) = in_parenthesis(words, tail.next).filter(|_| !dated) {
                dated = true;
                member.date_year = member.date_year.or(Some(day.year));
                member.date = Some(day);
                tail.next = day.next;
                continue;
            }
            break;
        }
        if !dated && let Some(day) = date(words, tail.next) {
            dated = true;
            member.date_year = member.date_year.or(Some(day.year));
            member.date = Some(day);
            if tail.named.bodies.is_empty() {
                member.end = day.end;
            }
            tail.next = day.next;
            continue;
        }
        // “adopted by the General Assembly on 28 July 2010”
        if !dated
            && words.is(tail.next, word::OBJECT_OF)
            && let Some(day) = date(words, tail.next + 1)
        {
            dated = true;
            member.date_year = member.date_year.or(Some(day.year));
            member.date = Some(day);
            tail.next = day.next;
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
        break;
    }
    // “…, adopted on 28 July 2010”, “de l’Assemblée générale, en date du 16 décembre 2015”
    if !dated
        && words.is_mark(tail.next, ',')
        && words.is(tail.next + 1, word::DATE_LEAD)
        && let Some(day) = date(words, tail.next + 1)
    {
        member.date_year = member.date_year.or(Some(day.year));
        member.date = Some(day);
        tail.next = day.next;
    }
    tail
}

/// “of the United Nations General Assembly”, “of this conference”, “, adopted by the Council”.
pub(super) fn named_after(words: &Words<'_>, at: usize) -> Option<(Named, bool, usize)> {
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

/// What stands right before a group: a body's name, “its”, “of this conference” (本届大会), and whether the body named
/// is the owner of “its”.
pub(super) fn beside(words: &Words<'_>, at: usize, mut own: bool) -> (Named, bool, bool, bool) {
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
pub(super) fn is_part_of_date(words: &Words<'_>, token: &Token) -> bool {
    let text = words.folded(token);
    matches!(text, "月" | "日")
        || token.plain().is_some_and(|value| (1..32).contains(&value) || (1900..2100).contains(&value))
}

/// A parenthesis that ends at `close` and holds names of bodies alone: them and its opening token.
pub(super) fn names_before(words: &Words<'_>, close: usize) -> Option<(Named, usize)> {
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
pub(super) fn names_in_parenthesis(words: &Words<'_>, open: usize) -> Option<(Named, usize)> {
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
