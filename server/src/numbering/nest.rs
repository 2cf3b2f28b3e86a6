//! Which clause stands below which, in a text that sets all of them flush left.
//!
//! Decided by which label can follow which: `b)` goes on behind `a)`, however many `i)` and `–` stand between them;
//! `i)` behind `e)` opens a list below it, behind `h)` it is the ninth letter unless `ii)` follows.

use super::flattened;
use super::label::{Label, core, is_bullet};
use super::numeral::{Numeral, Run};

/// What the labels of one list have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Family {
    /// How they count; `None` for bullets.
    pub numeral: Option<Numeral>,
    /// The steps before the last in a decimal number.
    pub path: String,
    /// The brackets and stops around the number; for bullets the bullet.
    pub mark: String,
}

/// A paragraph of a section.
#[derive(Debug, Clone, Default)]
pub struct Item {
    /// Whether it has a label.
    pub labelled: bool,
    /// What its label can be read as, the likeliest first.
    pub readings: Vec<(Family, u32)>,
    /// Whether the number has a `bis` or `ter` behind it: it follows its own number.
    pub between: bool,
    /// What it can be read as when two labels were printed into one.
    pub pairs: Vec<(Family, u32, u32)>,
    /// Columns of indentation in the source.
    pub indent: usize,
    /// Whether it begins with a verb of its own, as each clause of a section does where the United Nations' style is
    /// kept: it stands in no other clause.
    pub opens: bool,
    /// Whether a list is to follow: its words end with a colon.
    pub announces: bool,
    /// Whether, having no label, it looks like a heading between clauses, which does not belong to the one before it.
    pub apart: bool,
    /// Whether, having a label, its words look like a heading: they have no stop.
    pub headed: bool,
}

impl Item {
    /// Whether it can be the heading of a chapter by its label: `I.`, `A.`, 一、.
    fn may_be_chapter(&self) -> bool {
        self.headed
            && !self.readings.is_empty()
            && self.readings.iter().all(|(family, _)| {
                family.path.is_empty()
                    && match family.numeral {
                        Some(Numeral::Letters { upper, .. } | Numeral::Roman { upper }) => upper && family.mark == ".",
                        Some(Numeral::Chinese) => family.mark == "、",
                        _ => false,
                    }
            })
    }

    /// A clause with this label, delimiters included.
    pub fn labelled(label: &str) -> Item {
        let mut item = Item { labelled: true, ..Item::default() };
        let label = label.trim();
        if is_bullet(label) {
            item.readings.push((Family { numeral: None, path: String::new(), mark: label.to_owned() }, 1));
            return item;
        }
        let readings = Label::parse(label);
        // `cbis)` is c and bis; with nothing behind the number a label is more likely without a suffix.
        item.between = !readings.is_empty() && readings.iter().all(|reading| reading.suffix > 0);
        for reading in readings.into_iter().filter(|reading| item.between || reading.suffix == 0) {
            let mark = format!("{}{}", reading.style.open, reading.style.close);
            let numeral = reading.style.numeral.with_run(Run::Doubled);
            let family = Family { numeral: Some(numeral), path: reading.path, mark };
            if !item.readings.contains(&(family.clone(), reading.value)) {
                item.readings.push((family, reading.value));
            }
        }
        if let Some(core) = core(label).filter(|_| !item.between) {
            let mark = format!("{}{}", &label[..core.start], &label[core.end..]);
            for (numeral, old, new) in flattened::pairs(&label[core]) {
                let family = Family { numeral: Some(numeral), path: String::new(), mark: mark.clone() };
                item.pairs.push((family, old, new));
            }
        }
        item
    }
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// How deep it is nested.
    pub level: usize,
    /// The list that it counts in, numbered within the section; of no meaning for what has no label.
    pub list: usize,
}

/// A list that can still go on.
struct Open {
    /// What its labels have in common. A first label that can be read in several ways leaves several.
    families: Vec<Family>,
    /// The numbers that its last label may have.
    last: Vec<u32>,
    list: usize,
    indent: usize,
}

impl Open {
    /// Whether a label is the next of this list; one that counts, for bullets follow each other anywhere.
    fn is_followed_by(&self, family: &Family, value: u32) -> bool {
        family.numeral.is_some() && self.families.contains(family) && follows(family, value, &self.last)
    }
}

/// Clauses nested deeper than this are set at this depth.
const DEEPEST: usize = 12;

/// How a label attaches to the lists that are open.
enum Move {
    /// Goes on in the list at this depth with these families and numbers.
    Goes(usize, Vec<Family>, Vec<u32>),
    /// Begins a list at this depth.
    Begins(usize),
}

/// Finds the place of every paragraph of a section.
pub fn nest(items: &[Item]) -> Vec<Place> {
    let mut places = vec![Place::default(); items.len()];
    // The labelled item behind each one.
    let mut following: Vec<Option<usize>> = vec![None; items.len()];
    let mut next = None;
    for index in (0..items.len()).rev() {
        following[index] = next;
        if items[index].labelled {
            next = Some(index);
        }
    }
    let chapters = chapters(items);
    let mut open: Vec<Open> = Vec::new();
    // The last number in digits that stood at the top, in a list that may be closed by now.
    let mut top: Option<(Family, u32)> = None;
    let mut lists = 0;
    // For each labelled item whether it begins a list.
    let mut begins = vec![false; items.len()];
    for index in 0..items.len() {
        let item = &items[index];
        if chapters[index] {
            // A running head looks the same: the list of a clause goes on behind it.
            let runs_on = following[index].and_then(|next| items.get(next)).is_some_and(|next| {
                let inner = open.get(1..).unwrap_or_default();
                inner.iter().any(|list| next.readings.iter().any(|(family, value)| list.is_followed_by(family, *value)))
            });
            // What is numbered in a chapter goes on from the one before, or begins again; it stands below no heading.
            if !runs_on {
                open.clear();
                begins[index] = true;
            }
            continue;
        }
        if !item.labelled {
            if matches!(open.as_slice(), [announced] if announced.families.is_empty()) {
                // It stands between the clause and the list that it announced: what follows is no list of that clause.
                open.clear();
            }
            if item.opens {
                open.clear();
                if item.announces {
                    // The list behind it stands below it, as below a clause with a label.
                    open.push(Open { families: Vec::new(), last: Vec::new(), list: lists, indent: item.indent });
                    lists += 1;
                }
            }
            continue;
        }
        let next = following[index].and_then(|next| items.get(next));
        let followed = |(family, value): &(Family, u32)| open.iter().any(|list| list.is_followed_by(family, *value));
        let goes_on = top.as_ref().is_some_and(|(top, last)| {
            item.readings.iter().any(|(family, value)| family == top && *value == last.saturating_add(1))
        });
        // Clauses in digits are counted through, whatever stood between them.
        let next_move = match goes_on && !item.readings.iter().any(followed) {
            true => Move::Begins(0),
            false => place(item, next, &open),
        };
        match next_move {
            Move::Goes(depth, families, last) => {
                open.truncate(depth + 1);
                if let Some(list) = open.last_mut() {
                    list.families = families;
                    list.last = last;
                    list.indent = list.indent.max(item.indent.min(list.indent + 1));
                    places[index] = Place { level: depth, list: list.list };
                }
            }
            Move::Begins(depth) => {
                let depth = depth.min(DEEPEST);
                open.truncate(depth);
                let mut families: Vec<Family> = Vec::new();
                let mut last = Vec::new();
                // Where the label can be the first of a list it is; `i)` begins a roman list, and no row of letters.
                let first = item.readings.iter().any(|(_, value)| *value == 1);
                for (family, value) in &item.readings {
                    if !first || *value == 1 {
                        families.push(family.clone());
                        last.push(*value);
                    }
                }
                if families.is_empty() {
                    for (family, old, new) in &item.pairs {
                        families.push(family.clone());
                        last.extend([*old, *new]);
                    }
                }
                open.push(Open { families, last, list: lists, indent: item.indent });
                places[index] = Place { level: depth, list: lists };
                begins[index] = true;
                lists += 1;
            }
        }
        if places[index].level == 0 {
            let digits = |(family, _): &&(Family, u32)| {
                matches!(family.numeral, Some(Numeral::Digits { .. })) && family.path.is_empty()
            };
            top = item.readings.iter().find(digits).cloned().or(top);
        }
    }
    paragraphs(items, &following, &begins, &chapters, &mut places);
    places
}

/// Which items are headings of chapters: lines with a capital letter or number, between which other things are counted.
/// Where one follows upon the other they are a list.
fn chapters(items: &[Item]) -> Vec<bool> {
    let mut chapters: Vec<bool> = items.iter().map(Item::may_be_chapter).collect();
    // A list that is announced is no row of chapters.
    let mut announced = false;
    for index in 0..items.len() {
        if !chapters[index] {
            announced = items[index].announces && (items[index].labelled || items[index].opens);
            continue;
        }
        let alike = |other: Option<usize>| {
            other.and_then(|other| items.get(other)).is_some_and(|other| {
                other.may_be_chapter()
                    && other.readings.iter().any(|(family, value)| {
                        items[index].readings.iter().any(|(own, number)| own == family && value.abs_diff(*number) == 1)
                    })
            })
        };
        let row = alike(index.checked_sub(1)) || alike(Some(index + 1));
        chapters[index] = !announced && !row && index + 1 < items.len();
        announced = announced && !chapters[index];
    }
    chapters
}

/// Where a label goes. `next` is the labelled item behind it.
fn place(item: &Item, next: Option<&Item>, open: &[Open]) -> Move {
    // It follows the last label of a list that is open: the deepest one.
    let goes_on = (0..open.len()).rev().find_map(|depth| {
        let list = &open[depth];
        let (families, last): (Vec<Family>, Vec<u32>) = item
            .readings
            .iter()
            .filter(|(family, value)| {
                list.families.contains(family)
                    && (follows(family, *value, &list.last) || (item.between && list.last.contains(value)))
            })
            .cloned()
            .unzip();
        (!families.is_empty()).then_some(Move::Goes(depth, families, last))
    });
    let first: Vec<&Family> = item.readings.iter().filter(|(_, value)| *value == 1).map(|(family, _)| family).collect();
    let second_follows =
        next.is_some_and(|next| next.readings.iter().any(|(family, value)| *value == 2 && first.contains(&family)));
    // `i)` behind `h)`, with `ii)` behind it.
    let ambiguous = item.readings.len() > 1
        && second_follows
        && !matches!(&goes_on, Some(Move::Goes(_, families, _)) if families.iter().any(|family| first.contains(&family)));
    // Set in further than the list that it could go on in, in a text that sets clauses in.
    let set_in = |depth: usize| open.get(depth).is_some_and(|list| item.indent >= list.indent + 2);
    match goes_on {
        Some(Move::Goes(depth, families, last)) if !ambiguous && (first.is_empty() || !set_in(depth)) => {
            return Move::Goes(depth, families, last);
        }
        _ => {}
    }
    if !first.is_empty() && item.opens {
        return Move::Begins(0);
    }
    if !first.is_empty() {
        // A list of this kind that is open begins again there, unless the text sets this one in.
        let again =
            (0..open.len()).rev().find(|depth| open[*depth].families.iter().any(|family| first.contains(&family)));
        return match again {
            Some(depth) if !set_in(depth) => Move::Begins(depth),
            _ => Move::Begins(below(item, open)),
        };
    }
    // Two labels in one, of which at least one follows.
    let pair = (0..open.len()).rev().find_map(|depth| {
        let list = &open[depth];
        let near: Vec<&(Family, u32, u32)> = item
            .pairs
            .iter()
            .filter(|(family, ..)| list.families.contains(family))
            .filter(|(_, old, new)| list.last.iter().any(|last| *old == last + 1 || *new == last + 1))
            .collect();
        let families = near.iter().map(|(family, ..)| family.clone()).collect();
        let last = near.iter().flat_map(|(_, old, new)| [*old, *new]).collect();
        (!near.is_empty()).then_some(Move::Goes(depth, families, last))
    });
    if let Some(pair) = pair {
        return pair;
    }
    // A label out of its row: in the deepest list that counts like it, the nearest number before it first.
    let mut alike: Option<(u32, usize, Vec<Family>, Vec<u32>)> = None;
    for depth in (0..open.len()).rev() {
        for (family, value) in &item.readings {
            if !open[depth].families.contains(family) {
                continue;
            }
            let distance = open[depth].last.iter().map(|last| last.abs_diff(*value)).min().unwrap_or(u32::MAX);
            if alike.as_ref().is_none_or(|(best, ..)| distance < *best) {
                alike = Some((distance, depth, vec![family.clone()], vec![*value]));
            }
        }
    }
    if let Some((_, depth, families, last)) = alike {
        return Move::Goes(depth, families, last);
    }
    // Another way of writing the label, but the number that is wanted: `(b)` behind `a)`.
    for depth in (0..open.len()).rev() {
        let list = &open[depth];
        let found = item.readings.iter().find(|(family, value)| {
            list.families.iter().any(|other| other.numeral == family.numeral && other.path == family.path)
                && list.last.contains(&value.saturating_sub(1))
        });
        if let Some((_, value)) = found {
            return Move::Goes(depth, list.families.clone(), vec![*value]);
        }
    }
    Move::Begins(below(item, open))
}

/// Whether a number can stand behind one of `last`. Bullets always can.
fn follows(family: &Family, value: u32, last: &[u32]) -> bool {
    family.numeral.is_none() || last.iter().any(|last| last.saturating_add(1) == value)
}

/// The depth of a list that begins: below the last clause, or where the indentation says in a text that has some.
fn below(item: &Item, open: &[Open]) -> usize {
    let numbered =
        |(family, _): &(Family, u32)| matches!(family.numeral, Some(Numeral::Digits { .. })) && family.mark == ".";
    let bullets =
        |list: &Open| !list.families.is_empty() && list.families.iter().all(|family| family.numeral.is_none());
    if item.indent == 0 && item.readings.iter().any(numbered) && matches!(open, [only] if bullets(only)) {
        // Numbered clauses do not stand below a note or remark with a dash.
        return 0;
    }
    let decimal = item.readings.iter().find(|(family, _)| !family.path.is_empty());
    if let Some((family, _)) = decimal {
        // `4.1` stands below `4`, and beside nothing else.
        let steps = family.path.matches(['.', '．']).count();
        let parent = open.iter().position(|list| {
            list.families.iter().any(|other| {
                other.numeral.is_some_and(|numeral| matches!(numeral, Numeral::Digits { .. }))
                    && other.path.matches(['.', '．']).count() + 1 == steps
            })
        });
        return parent.map_or(open.len().min(1), |depth| depth + 1);
    }
    if open.iter().any(|list| list.indent > 0) || item.indent > 0 {
        let outer = open.iter().rposition(|list| list.indent + 2 <= item.indent);
        if let Some(outer) = outer {
            return outer + 1;
        }
        // Flush with a list that is open: below it only where nothing was set in.
        if open.iter().any(|list| list.indent > item.indent) {
            return open.iter().position(|list| list.indent >= item.indent).unwrap_or(open.len());
        }
    }
    open.len()
}

/// Finds the places of paragraphs without a label: in the clause before them if its list goes on behind them.
fn paragraphs(items: &[Item], following: &[Option<usize>], begins: &[bool], chapters: &[bool], places: &mut [Place]) {
    let mut before: Option<usize> = None;
    for index in 0..items.len() {
        if chapters[index] {
            before = None;
            continue;
        }
        if items[index].labelled {
            before = Some(index);
            continue;
        }
        if items[index].opens {
            // What stands behind it does not go on a clause before it.
            before = None;
            continue;
        }
        let (Some(before), Some(next)) = (before, following[index]) else { continue };
        let (above, below) = (places[before].level, places[next].level);
        places[index].level = if begins[next] {
            // It introduces the list behind it, and stands beside it.
            below
        } else if items[index].apart && below == 0 {
            0
        } else {
            // The list goes on: it belongs to the clause of that list.
            (below + 1).min(above + 1)
        };
        // Behind a paragraph that ended the clause nothing stands in it.
        if let Some(previous) = index.checked_sub(1).filter(|previous| !items[*previous].labelled) {
            places[index].level = places[index].level.min(places[previous].level);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line set in by its level.
    fn shown(text: &str) -> String {
        let lines: Vec<&str> = text.split_whitespace().collect();
        let items: Vec<Item> = lines
            .iter()
            .map(|line| {
                let digits = line.starts_with(|c: char| c.is_ascii_digit()) && !line.contains('.');
                match *line {
                    "text" | "text:" => Item::default(),
                    chapter if chapter.ends_with('#') => {
                        Item { headed: true, ..Item::labelled(chapter.trim_end_matches('#')) }
                    }
                    _ if digits && !line.ends_with(')') => Item::labelled(&format!("{line}.")),
                    _ => Item::labelled(line),
                }
            })
            .collect();
        let places = nest(&items);
        lines
            .iter()
            .zip(places)
            .map(|(line, place)| format!("{}{line}", ">".repeat(place.level)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn sub_clauses_go_below_the_clause_before_them() {
        assert_eq!(shown("1 2 a) b) 3 a) i) ii) b) 4"), "1 2 >a) >b) 3 >a) >>i) >>ii) >b) 4");
        assert_eq!(shown("a) – – b) • c)"), "a) >– >– b) >• c)");
        assert_eq!(shown("4 4.1 4.2 4.2.1 5"), "4 >4.1 >4.2 >>4.2.1 5");
        assert_eq!(shown("1 1bis 2 a) abis) b) 3"), "1 1bis 2 >a) >abis) >b) 3");
    }

    #[test]
    fn a_letter_is_told_from_a_roman_number_by_the_row() {
        assert_eq!(shown("a) b) c) d) e) f) g) h) i) j)"), "a) b) c) d) e) f) g) h) i) j)");
        assert_eq!(shown("a) b) c) d) e) f) g) h) i) ii) i)"), "a) b) c) d) e) f) g) h) >i) >ii) i)");
        assert_eq!(shown("a) i) ii) iii) iv) v) vi) b)"), "a) >i) >ii) >iii) >iv) >v) >vi) b)");
        assert_eq!(shown("i) ii) iii)"), "i) ii) iii)");
    }

    #[test]
    fn a_paragraph_stands_in_the_clause_whose_list_goes_on() {
        assert_eq!(shown("e) i) ii) text: i) ii) – – text: f)"), "e) >i) >ii) >text: >i) >ii) >>– >>– >text: f)");
        assert_eq!(shown("text 1 2 text"), "text 1 2 text");
        assert_eq!(shown("a) text b)"), "a) >text b)");
    }

    #[test]
    fn two_labels_in_one_stand_in_their_list() {
        assert_eq!(shown("a) g) hg) ih) ji)"), "a) g) hg) ih) ji)");
        assert_eq!(shown("1 2 3 4 35 6 47"), "1 2 3 4 35 6 47");
        assert_eq!(shown("a) h) hi) ij) i) ii)"), "a) h) hi) ij) >i) >ii)");
    }

    #[test]
    fn chapters_are_no_clauses() {
        assert_eq!(shown("I.# 1 a) II.# A.# 2 3 text B.# 4"), "I.# 1 >a) II.# A.# 2 3 text B.# 4");
        assert_eq!(shown("一、# 1 2 二、# 3"), "一、# 1 2 二、# 3");
        assert_eq!(shown("1 A.# B.# C.# 2"), "1 >A.# >B.# >C.# 2");
        assert_eq!(shown("1 A. a) b) B. 2"), "1 >A. >>a) >>b) >B. 2");
        // A running head.
        assert_eq!(shown("1 2 a) V.# b) 3"), "1 2 >a) V.# >b) 3");
    }

    #[test]
    fn numbered_clauses_are_counted_through() {
        assert_eq!(shown("1 2 I.# – 3 a) b) 4"), "1 2 I.# – 3 >a) >b) 4");
        assert_eq!(shown("– 1 2"), "– 1 2");
        assert_eq!(shown("1 2 a) 1) 2) 3) b) 3"), "1 2 >a) >>1) >>2) >>3) >b) 3");
    }

    #[test]
    fn a_gap_is_no_reason_to_nest() {
        assert_eq!(shown("a) b) d) e)"), "a) b) d) e)");
        assert_eq!(shown("1 3 2"), "1 3 2");
    }
}
