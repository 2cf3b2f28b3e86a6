//! Room for a clause among others: which label a new one gets and which clauses move on, or move up where one goes.
//!
//! Unlike [`renumber`](super::renumber), which puts in order what is not, this keeps in order what is: the clauses in
//! question are known, so nothing has to be guessed from their labels. Counted is the text as amended.

use std::collections::HashMap;

use super::align::{Rank, follower};
use super::label::Label;
use super::renumber::LabelChange;
use super::sequence::{Item, List};
use crate::syntax::ParagraphIndex;

/// Room for a new clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// The new clause's label.
    pub label: Label,
    /// The clauses behind it whose numbers go up by one, in text order: those that follow in one row. A number that is
    /// left out behind it ends the row, and so does any that is out of order.
    pub moved: Vec<LabelChange>,
}

/// Room right behind `clause`. `lists` are those of the text as amended; `None` if the clause is not counted in any.
///
/// Its label looks like that of the clause: `c)` behind `b)`. Between `2` and `2bis` it is the `2bis`, and between
/// `2bis` and `3` the `2ter`; behind a `2bis` that is the last of its list it is `3`.
pub fn room_behind(lists: &[List], clause: ParagraphIndex) -> Option<Room> {
    let (list, at) = find(lists, clause)?;
    let own = &lists.get(list)?.items.get(at)?.label;
    let label = match next(lists, list, at).map(|item| &item.label) {
        Some(next) if next.rank() == (own.value, own.suffix.saturating_add(1)) => {
            Label { suffix_form: next.suffix_form, ..own.next_suffix() }
        }
        Some(_) if own.suffix > 0 => own.next_suffix(),
        _ => own.successor(),
    };
    let moved = shift(lists, (list, at + 1), own.rank(), label.rank());
    Some(Room { label, moved })
}

/// Room in front of the first clause of the list below `parent`; `None` if there is no list.
pub fn room_below(lists: &[List], parent: ParagraphIndex) -> Option<Room> {
    let list = lists.iter().position(|list| list.parent == Some(parent))?;
    let label = lists.get(list)?.items.first()?.label.with(1, 0);
    let moved = shift(lists, (list, 0), (0, 0), label.rank());
    Some(Room { label, moved })
}

/// The clauses whose numbers go down by one when `clause` goes, in text order; none if it did not stand in the row.
pub fn closed_up(lists: &[List], clause: ParagraphIndex) -> Vec<LabelChange> {
    let Some((list, at)) = find(lists, clause) else { return Vec::new() };
    let Some(own) = lists.get(list).and_then(|list| list.items.get(at)) else { return Vec::new() };
    let before = previous(lists, list, at).map_or((0, 0), |item| item.label.rank());
    let rank = own.label.rank();
    if rank != follower(before, rank) {
        return Vec::new();
    }
    shift(lists, (list, at + 1), rank, before)
}

/// The place of a clause: its list, and which of its items it is.
fn find(lists: &[List], clause: ParagraphIndex) -> Option<(usize, usize)> {
    lists
        .iter()
        .enumerate()
        .find_map(|(index, list)| Some((index, list.items.iter().position(|item| item.paragraph == clause)?)))
}

/// The item behind a place, be it in a list that goes on from this one.
fn next(lists: &[List], list: usize, at: usize) -> Option<&Item> {
    lists.get(list)?.items.get(at + 1).or_else(|| lists.iter().find(|l| l.continues == Some(list))?.items.first())
}

/// The item before a place, be it in the list that this one goes on from.
fn previous(lists: &[List], list: usize, at: usize) -> Option<&Item> {
    let list = lists.get(list)?;
    match at.checked_sub(1) {
        Some(before) => list.items.get(before),
        None => lists.get(list.continues?)?.items.last(),
    }
}

/// The labels from a place (a list, and one of its items) on, when what stood at `old` before them now stands at `new`.
/// Only those change that followed in one row; what stands below them goes along where it shows their number.
fn shift(lists: &[List], from: (usize, usize), old: Rank, new: Rank) -> Vec<LabelChange> {
    let mut changes: Vec<LabelChange> = Vec::new();
    // The old and new labels of what moved.
    let mut moved: HashMap<ParagraphIndex, (Label, Label)> = HashMap::new();
    // Where the row stands at the end of each list in which it is not broken: its old and new number.
    let mut rows: HashMap<usize, (Rank, Rank)> = HashMap::new();
    for (index, list) in lists.iter().enumerate().skip(from.0) {
        let (row, first) = match list.continues.and_then(|earlier| rows.get(&earlier)) {
            _ if index == from.0 => (Some((old, new)), from.1),
            row => (row.copied(), 0),
        };
        let mut row = row;
        for item in list.items.iter().skip(first) {
            let label = &item.label;
            let mut renewed = label.clone();
            row = row.and_then(|(was, is)| {
                let rank = label.rank();
                let now = follower(is, rank);
                (rank == follower(was, rank) && now != rank).then_some((rank, now))
            });
            if let Some((_, now)) = row {
                renewed = label.with(now.0, now.1);
            }
            // `2.1` below `2.`
            if let Some((was, is)) = list.parent.and_then(|parent| moved.get(&parent))
                && label.path.strip_suffix(['.', '．']) == Some(&was.core())
            {
                renewed.path = format!("{}.", is.core());
            }
            if renewed != *label {
                moved.insert(item.paragraph, (label.clone(), renewed.clone()));
                changes.push(LabelChange { paragraph: item.paragraph, old: label.clone(), new: renewed });
            }
        }
        rows.extend(row.map(|row| (index, row)));
    }
    changes.sort_by_key(|change| change.paragraph);
    changes
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::fixture::Fixture;
    use crate::numbering::lists;
    use crate::syntax::{Document, Side, TextSize, lower, parse};

    fn at_cursor(fixture: &str) -> (Document, ParagraphIndex) {
        let fixture = Fixture::parse(fixture);
        let document = lower(&fixture.text, &parse(&fixture.text));
        let clause = document.paragraph_at(fixture.cursor.unwrap_or(TextSize::new(0))).expect("a clause at the cursor");
        (document, clause)
    }

    fn shown(changes: &[LabelChange]) -> String {
        changes.iter().map(|change| format!(", {} → {}", change.old, change.new)).collect()
    }

    fn behind(fixture: &str, expected: Expect) {
        let (document, clause) = at_cursor(fixture);
        let room = room_behind(&lists(&document, Side::Amended), clause);
        expected.assert_eq(&room.map_or("no room".to_owned(), |room| format!("{}{}", room.label, shown(&room.moved))));
    }

    #[test]
    fn a_new_clause_looks_like_the_one_before_it() {
        behind("*a*\na) x;\n$0b) y;\n", expect!["c)"]);
        behind("*a*\n$01\tx\n", expect!["2"]);
        behind("*a*\n一、甲；\n$0二、乙；\n", expect!["三、"]);
        behind("*a*\n$0（一）甲；\n", expect!["（二）"]);
        behind("*a*\n$0أ) x؛\n", expect!["ب)"]);
        behind("*a*\n$0١. x؛\n", expect!["٢."]);
        behind("*a*\n1. x:\n   $0i) y;\n", expect!["ii)"]);
        behind("*a*\nh) x;\n$0i) y;\n", expect!["j)"]);
    }

    #[test]
    fn what_follows_in_the_row_moves_on() {
        behind("*a*\n1. x;\n$02. y;\n3. z;\n4. v;\n", expect!["3., 3. → 4., 4. → 5."]);
        behind("*a*\n1. x;\n$02. y;\n4. v;\n", expect!["3."]);
        behind("*a*\n1. x;\n$02. y;\n3. z;\n5. v;\n", expect!["3., 3. → 4."]);
        behind("*a*\n1. x;\n$02. y;\n2. z;\n3. v;\n", expect!["3."]);
        behind("1. x\n1.1 y\n$02. z\n3. v\n3.1 w\n3.2 w\n", expect!["3., 3. → 4., 3.1 → 4.1, 3.2 → 4.2"]);
    }

    #[test]
    fn what_goes_on_in_another_section_moves_on() {
        behind("*a*\n1. x;\n$02. y,\n*b*\n3. z;\n*c*\n4. v;\n", expect!["3., 3. → 4., 4. → 5."]);
        behind("*a*\n1. x;\n$02. y,\n*b*\n1. z;\n2. v;\n", expect!["3."]);
    }

    #[test]
    fn clauses_in_between() {
        behind("*a*\n1. x;\n$02. y;\n2bis. z;\n3. v;\n", expect!["2bis., 2bis. → 2ter."]);
        behind("*a*\n1. x;\n$02bis. y;\n3. v;\n", expect!["2ter."]);
        behind("*a*\n1. x;\n2. x;\n$02bis. y;\n", expect!["3."]);
        behind("*a*\n$01. x;\n2. x;\n2bis. y;\n", expect!["2., 2. → 3., 2bis. → 3bis."]);
    }

    #[test]
    fn the_first_of_those_below() {
        let (document, clause) = at_cursor("*a*\n$01. x:\n   a) y;\n   b) z;\n2. v;\n");
        let room = room_below(&lists(&document, Side::Amended), clause).expect("there is a list");
        expect!["a), a) → b), b) → c)"].assert_eq(&format!("{}{}", room.label, shown(&room.moved)));
    }

    #[test]
    fn what_a_clause_leaves_is_closed() {
        let closed = |fixture: &str| {
            let (document, clause) = at_cursor(fixture);
            shown(&closed_up(&lists(&document, Side::Amended), clause))
        };
        expect![", 3. → 2., 4. → 3."].assert_eq(&closed("*a*\n1. x;\n$02.\n3. y;\n4. z;\n"));
        expect![", 2. → 1."].assert_eq(&closed("*a*\n$01.\n2. y;\n"));
        expect![", 3. → 2."].assert_eq(&closed("*a*\n1. x,\n*b*\n$02.\n3. y;\n"));
        expect![""].assert_eq(&closed("*a*\n1. x;\n$02.\n2. y;\n3. z;\n"));
        expect![", 2ter. → 2bis."].assert_eq(&closed("*a*\n1. x;\n2. y;\n$02bis. y\n2ter. z;\n3. v;\n"));
    }

    #[test]
    fn what_a_proposal_deletes_is_not_counted() {
        behind("*a*\na) x;\n{--$0b) y;--}\nc) z;\n", expect!["no room"]);
        behind("*a*\n$0a) x;\n{--b) y;--}\n{~~c~>b~~}) z;\n", expect!["b), b) → c)"]);
    }
}
