//! Lists in which two texts were printed into one another: a word processor's plain text shows an old label and the new
//! one behind each other, and clauses of both texts in one row. `a) … g) hg) ih)` was a) to i) once and is a) to h) now:
//! the plain g) is of the old text alone.
//!
//! Which clause belongs to which text follows from the rows: in the old text and in the new one the labels count from
//! the first without a gap. Labels print the old number first; that is how word processors do it, and the rows alone
//! would fit the other way round as well. Where the rows leave more than one story open, the marks at the ends of the
//! clauses may tell: `;` between clauses and `,` or a full stop behind the last one, in each text.

use std::collections::BTreeMap;

use super::numeral::{Numeral, Run};

/// A clause of such a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Its number if the label is of one text or the same in both.
    pub plain: Option<u32>,
    /// Its numbers if two labels were printed into one, in the order of printing. Empty if the label cannot be two.
    pub pairs: Vec<(u32, u32)>,
    /// How its words end.
    pub ending: Ending,
    /// Whether something in its words shows that they are in both texts, as a citation does of which the year changes.
    pub in_both: bool,
}

/// How a clause ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ending {
    /// Without a mark that tells anything.
    #[default]
    Open,
    /// With one mark.
    One(Mark),
    /// With the marks of both texts, in the order of printing: `；，`.
    Two(Mark, Mark),
}

/// A mark at the end of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A semicolon: another clause follows.
    Between,
    /// A comma or a full stop: the last clause of its section.
    Last,
}

impl Ending {
    /// Reads the end of a clause's words.
    pub fn of(words: &str) -> Ending {
        const AND: &[&str] = &["and", "or", "et", "ou", "y", "e", "o", "и", "или", "以及", "和", "或", "و", "أو"];
        let words = words.trim_end();
        let bare = AND
            .iter()
            .filter_map(|and| words.strip_suffix(and))
            .map(str::trim_end)
            .find(|bare| bare.ends_with([';', '；', '؛', ',', '，', '،']));
        if let Some(bare) = bare {
            return if bare.ends_with([';', '；', '؛']) { Ending::One(Mark::Between) } else { Ending::Open };
        }
        let mut chars = words.chars().rev();
        let last = chars.next().and_then(mark);
        let before = chars.find(|c| !c.is_whitespace()).and_then(mark);
        match (before, last) {
            (Some(before), Some(last)) if before != last => Ending::Two(before, last),
            (_, Some(last)) => Ending::One(last),
            _ => Ending::Open,
        }
    }
}

fn mark(c: char) -> Option<Mark> {
    match c {
        ';' | '；' | '؛' => Some(Mark::Between),
        ',' | '，' | '،' | '.' | '。' | '．' => Some(Mark::Last),
        _ => None,
    }
}

/// In which order running text prints what was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The old words first.
    OldFirst,
    /// The new words first.
    NewFirst,
    /// Not known, or now one way and now the other.
    #[default]
    Unknown,
}

/// The numbers of a clause in the two texts; `None` where it is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// In the text as in force.
    pub old: Option<u32>,
    /// In the text as amended.
    pub new: Option<u32>,
}

/// What can be said of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Story {
    /// It counts without a gap as it is, and nothing shows that two texts were printed into one another.
    Plain,
    /// One story fits, or fits better than all others.
    One(Vec<Place>),
    /// Several fit equally well; the first few of them.
    Several(Vec<Vec<Place>>),
    /// None fits.
    None,
}

/// Longer lists are not looked at.
const LONGEST: usize = 300;
/// How many stories are told apart at each clause and pair of numbers.
const KEPT: usize = 4;

/// The two numbers that a label may hold and how they count, for each place where it can be cut: `hg` is 8 and 7.
/// `core` is the label without its brackets and stops.
pub fn pairs(core: &str) -> Vec<(Numeral, u32, u32)> {
    let mut pairs = Vec::new();
    if core.chars().count() > 8 || !core.chars().all(char::is_alphanumeric) {
        return pairs;
    }
    for (at, _) in core.char_indices().skip(1) {
        let (first, second) = core.split_at(at);
        for (numeral, old) in Numeral::read(first) {
            for (other, new) in Numeral::read(second) {
                let pair = (numeral.with_run(Run::Doubled), old, new);
                if numeral.same_kind(other) && old != new && old > 0 && new > 0 && !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
    }
    pairs
}

/// The two labels in `core` that have these numbers, as printed.
pub fn cut(core: &str, numeral: Numeral, old: u32, new: u32) -> Option<(&str, &str)> {
    let is = |text: &str, value: u32| {
        Numeral::read(text).into_iter().any(|(other, number)| other.same_kind(numeral) && number == value)
    };
    let mut cuts = core.char_indices().skip(1).map(|(at, _)| core.split_at(at));
    cuts.find(|(first, second)| is(first, old) && is(second, new))
}

/// A clause of a story, with the way back through the clauses behind it.
struct Node {
    place: Place,
    behind: Option<usize>,
}

/// The numbers of the nearest clause behind in each text; `None` when there is none.
type State = (Option<u32>, Option<u32>);

/// Finds which clause belongs to which text. `order` is how the running text prints changes.
pub fn solve(entries: &[Entry], order: Order) -> Story {
    if entries.is_empty() || entries.len() > LONGEST {
        return Story::None;
    }
    let counts = entries.iter().enumerate().all(|(index, entry)| entry.plain == u32::try_from(index + 1).ok());
    let doubled = entries.iter().any(|entry| matches!(entry.ending, Ending::Two(..)));
    if counts && !(doubled && order != Order::Unknown) {
        return Story::Plain;
    }
    // From the last clause to the first, so that it is known which one is the last of its text.
    let mut nodes: Vec<Node> = Vec::new();
    let mut states: BTreeMap<State, Vec<(u32, Option<usize>)>> = BTreeMap::from([((None, None), vec![(0, None)])]);
    for entry in entries.iter().rev() {
        let mut next: BTreeMap<State, Vec<(u32, Option<usize>)>> = BTreeMap::new();
        for ((old, new), stories) in states {
            for place in places(entry) {
                let fits = |value: Option<u32>, behind: Option<u32>| match (value, behind) {
                    (Some(value), Some(behind)) => value + 1 == behind,
                    (Some(value), None) => value > 0,
                    (None, _) => true,
                };
                if !fits(place.old, old) || !fits(place.new, new) {
                    continue;
                }
                let cost = cost(entry, place, old.is_none(), new.is_none(), order);
                let state = (place.old.or(old), place.new.or(new));
                let kept = next.entry(state).or_default();
                for (before, node) in &stories {
                    nodes.push(Node { place, behind: *node });
                    kept.push((before + cost, Some(nodes.len() - 1)));
                }
            }
        }
        for stories in next.values_mut() {
            stories.sort_unstable();
            stories.truncate(KEPT);
        }
        states = next;
    }
    let mut found: Vec<(u32, Vec<Place>)> = Vec::new();
    for ((old, new), stories) in states {
        if old.is_some_and(|old| old != 1) || new.is_some_and(|new| new != 1) {
            continue;
        }
        for (cost, node) in stories {
            let mut places = Vec::with_capacity(entries.len());
            let mut at = node;
            while let Some(node) = at.and_then(|index| nodes.get(index)) {
                places.push(node.place);
                at = node.behind;
            }
            found.push((cost, places));
        }
    }
    // The fewest changes first, and always in the same order.
    let changed = |places: &[Place]| places.iter().filter(|place| place.old != place.new).count();
    found.sort_by(|(a, left), (b, right)| (a, changed(left), left).cmp(&(b, changed(right), right)));
    let Some(best) = found.first().map(|(cost, _)| *cost) else { return Story::None };
    found.retain(|(cost, _)| *cost == best);
    if counts && found.iter().any(|(_, places)| places.iter().all(|place| place.old == place.new)) {
        return Story::Plain;
    }
    match found.len() {
        1 => Story::One(found.remove(0).1),
        _ => Story::Several(found.into_iter().take(KEPT).map(|(_, places)| places).collect()),
    }
}

/// The places that a label allows.
fn places(entry: &Entry) -> Vec<Place> {
    let mut places = Vec::new();
    if let Some(value) = entry.plain {
        places.push(Place { old: Some(value), new: Some(value) });
        places.push(Place { old: Some(value), new: None });
        places.push(Place { old: None, new: Some(value) });
    }
    places.extend(entry.pairs.iter().map(|(old, new)| Place { old: Some(*old), new: Some(*new) }));
    places
}

/// How many signs speak against a clause being there: marks that do not fit its place, changed words in a clause that is
/// of one text only.
fn cost(entry: &Entry, place: Place, last_old: bool, last_new: bool, order: Order) -> u32 {
    let wrong = |mark: Mark, last: bool| u32::from((mark == Mark::Last) != last);
    let both = place.old.is_some() && place.new.is_some();
    let marks = match entry.ending {
        Ending::Open => 0,
        Ending::One(mark) => {
            let old = place.old.map_or(0, |_| wrong(mark, last_old));
            old + place.new.map_or(0, |_| wrong(mark, last_new))
        }
        Ending::Two(first, second) if both => {
            let old_first = wrong(first, last_old) + wrong(second, last_new);
            let new_first = wrong(second, last_old) + wrong(first, last_new);
            match order {
                Order::OldFirst => old_first,
                Order::NewFirst => new_first,
                Order::Unknown => old_first.min(new_first),
            }
        }
        Ending::Two(..) => 1,
    };
    marks + u32::from(entry.in_both && !both)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::numbering::Label;

    /// A list as printed, `a; b; hg,`, each label with the marks behind it.
    fn entries(list: &str) -> Vec<Entry> {
        list.split_whitespace()
            .map(|item| {
                let core = item.trim_end_matches([';', ',', '.']);
                let digits = core.starts_with(|c: char| c.is_ascii_digit());
                let label = Label::parse(if digits { "1" } else { "b" }).remove(0);
                let plain = Numeral::read(core)
                    .into_iter()
                    .find(|(numeral, _)| numeral.same_kind(label.style.numeral))
                    .map(|(_, value)| value);
                let pairs = pairs(core)
                    .into_iter()
                    .filter(|(numeral, ..)| numeral.same_kind(label.style.numeral))
                    .map(|(_, old, new)| (old, new))
                    .collect();
                Entry { plain, pairs, ending: Ending::of(item), in_both: false }
            })
            .collect()
    }

    /// The story: `-g` is old only, `+g` new only, `h>g` both.
    fn told(list: &str, order: Order) -> String {
        let show = |places: &[Place]| {
            let items: Vec<String> = places
                .iter()
                .map(|place| match (place.old, place.new) {
                    (Some(old), Some(new)) if old == new => old.to_string(),
                    (Some(old), Some(new)) => format!("{old}>{new}"),
                    (Some(old), None) => format!("-{old}"),
                    (None, Some(new)) => format!("+{new}"),
                    (None, None) => "?".to_owned(),
                })
                .collect();
            items.join(" ")
        };
        match solve(&entries(list), order) {
            Story::Plain => "plain".to_owned(),
            Story::One(places) => show(&places),
            Story::Several(stories) => stories.iter().map(|places| show(places)).collect::<Vec<_>>().join(" | "),
            Story::None => "none".to_owned(),
        }
    }

    #[test]
    fn a_deleted_clause_and_those_behind_it() {
        assert_eq!(told("a b c dc ed", Order::Unknown), "1 2 -3 4>3 5>4");
        assert_eq!(told("a ba cb", Order::Unknown), "-1 2>1 3>2");
    }

    #[test]
    fn an_inserted_clause_and_those_behind_it() {
        assert_eq!(told("1 2 3 4 35 6 47", Order::Unknown), "1 2 +3 +4 3>5 +6 4>7");
        assert_eq!(told("a b ac bd", Order::Unknown), "+1 +2 1>3 2>4");
        assert_eq!(told("1 2 3 4 5 6 7 8 9 10 911 1012", Order::Unknown), "1 2 3 4 5 6 7 8 +9 +10 9>11 10>12");
    }

    #[test]
    fn clauses_out_and_others_in() {
        assert_eq!(told("a b c d de e f g h hi ij", Order::Unknown), "1 2 3 +4 4>5 -5 6 7 +8 8>9 9>10");
    }

    #[test]
    fn the_marks_decide_where_the_rows_do_not() {
        assert_eq!(told("a ba cb dc e f", Order::Unknown), "-1 2>1 3>2 4>3 -5 -6");
        assert_eq!(told("a; ba; cb; c; d,", Order::Unknown), "-1 2>1 3>2 +3 4");
        assert!(told("a ba cb c d", Order::Unknown).contains('|'));
    }

    #[test]
    fn two_marks_at_the_end_of_a_clause_tell_only_with_an_order() {
        assert_eq!(told("a; b;, c,", Order::OldFirst), "1 2 -3");
        assert_eq!(told("a; b;, c,", Order::NewFirst), "1 2 +3");
        assert_eq!(told("a; b;, c,", Order::Unknown), "plain");
    }

    #[test]
    fn a_list_that_counts_is_left_alone() {
        assert_eq!(told("a; b; c,", Order::OldFirst), "plain");
        assert_eq!(told("1 2 3 4 5 6 7 8 9 10 11 12 13", Order::OldFirst), "plain");
        assert_eq!(told("a b d", Order::Unknown), "none");
    }

    proptest! {
        /// Prints two texts into one another and takes them apart again: what is told is a story that prints the same.
        #[test]
        fn what_was_printed_together_comes_apart(kinds in prop::collection::vec(0u8..6, 1..20)) {
            let (mut old, mut new) = (0, 0);
            let mut printed = Vec::new();
            let mut told = Vec::new();
            for kind in kinds {
                let place = match kind {
                    0 => { old += 1; Place { old: Some(old), new: None } }
                    1 => { new += 1; Place { old: None, new: Some(new) } }
                    _ => { old += 1; new += 1; Place { old: Some(old), new: Some(new) } }
                };
                printed.push(match (place.old, place.new) {
                    (Some(old), Some(new)) if old != new => format!("{old}{new}"),
                    (Some(value), _) | (_, Some(value)) => value.to_string(),
                    (None, None) => String::new(),
                });
                told.push(place);
            }
            let entries = entries(&printed.join(" "));
            match solve(&entries, Order::Unknown) {
                Story::Plain => {}
                Story::One(places) => prop_assert_eq!(places, told),
                Story::Several(_) => {}
                Story::None => prop_assert!(false, "{:?} has a story", printed),
            }
        }

        #[test]
        fn no_list_makes_it_stumble(list in prop::collection::vec("[a-z1-9]{1,4}[;,]{0,2}", 0..40)) {
            let _ = solve(&entries(&list.join(" ")), Order::Unknown);
        }
    }

    #[test]
    fn endings() {
        assert_eq!(Ending::of("text；，"), Ending::Two(Mark::Between, Mark::Last));
        assert_eq!(Ending::of("text; and"), Ending::One(Mark::Between));
        assert_eq!(Ending::of("text."), Ending::One(Mark::Last));
        assert_eq!(Ending::of("text:"), Ending::Open);
    }
}
