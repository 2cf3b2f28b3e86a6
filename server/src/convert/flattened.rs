//! Tracked changes that were printed into the text: made tracked changes again where one reading fits.

use std::collections::HashMap;

use super::inline::{EMPHASIS, EMPHASIS_END, FOOTNOTE, RAW, RAW_END};
use super::label::Family;
use super::outline::{Block, Kind, Presence};
use super::{Imported, Note};
use crate::citation::{self, Flattened, Reading};
use crate::numbering::Numeral;
use crate::numbering::flattened::{Ending, Entry, Order, Place, Story, solve};

/// Finds tracked changes in labels, clauses and the versions of citations. What can be read in two ways stays as it is.
pub(super) fn track(blocks: &mut [Block], report: &mut Imported) {
    let citations: Vec<Vec<Flattened>> = blocks.iter().map(|block| citation::flattened_in(&block.text)).collect();
    let order = order(&citations);
    let mut lists: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, block) in blocks.iter().enumerate() {
        if block.kind == Kind::Paragraph && block.label.is_some() {
            lists.entry(block.list).or_default().push(index);
        }
    }
    let mut lists: Vec<Vec<usize>> = lists.into_values().collect();
    lists.sort_unstable();
    for list in lists {
        let Some(family) = family(blocks, &list) else { continue };
        let entries: Vec<Entry> = list.iter().map(|index| entry(blocks, *index, &family, &citations)).collect();
        if !entries.iter().any(|entry| !entry.pairs.is_empty() || matches!(entry.ending, Ending::Two(..))) {
            continue;
        }
        let line = list.first().and_then(|first| blocks.get(*first)).map_or(1, |block| block.line);
        match solve(&entries, order) {
            Story::Plain | Story::None => {}
            Story::One(places) => {
                apply(blocks, &list, &places, &entries, &family, order);
                report.notes.push(Note {
                    line,
                    message: "The labels of two texts are printed into one another here. They became tracked changes: \
                              look whether each clause is in the right text."
                        .to_owned(),
                });
            }
            Story::Several(stories) => report.notes.push(Note {
                line,
                message: format!(
                    "The labels of two texts are printed into one another here, and {} readings are possible. \
                     They stay as they are: choose one where the checker offers them.",
                    stories.len()
                ),
            }),
        }
    }
    for (block, citations) in blocks.iter_mut().zip(citations) {
        // A change inside of a clause that is deleted or inserted as a whole would be a change of a change.
        if block.presence == Presence::Both && !citations.is_empty() {
            rewrite(&mut block.text, &citations);
        }
    }
}

/// In which order running text prints changes, as the years of its citations tell.
fn order(citations: &[Vec<Flattened>]) -> Order {
    let (mut old_first, mut new_first) = (0, 0);
    for citation in citations.iter().flatten() {
        match citation.pieces.iter().find(|(reading, _)| *reading != Reading::Both) {
            Some((Reading::Old, _)) => old_first += 1,
            Some((Reading::New, _)) => new_first += 1,
            _ => {}
        }
    }
    match (old_first, new_first) {
        (1.., 0) => Order::OldFirst,
        (0, 1..) => Order::NewFirst,
        _ => Order::Unknown,
    }
}

/// How the labels of a list count: what most of them can be read as.
fn family(blocks: &[Block], list: &[usize]) -> Option<Family> {
    let mut counts: Vec<(Family, usize)> = Vec::new();
    for label in list.iter().filter_map(|index| blocks.get(*index)?.label.as_ref()) {
        let readings = label.printed.readings().into_iter().map(|(family, _)| family);
        let pairs = label.printed.pairs().into_iter().map(|(family, ..)| family);
        let mut families: Vec<Family> = Vec::new();
        for family in readings.chain(pairs) {
            if family.numeral.is_some() && family.path.is_empty() && !families.contains(&family) {
                families.push(family);
            }
        }
        for family in families {
            match counts.iter_mut().find(|(other, _)| *other == family) {
                Some((_, count)) => *count += 1,
                None => counts.push((family, 1)),
            }
        }
    }
    // The first of those that are equally common, which is the likelier reading of the first label.
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(family, _)| family)
}

fn entry(blocks: &[Block], index: usize, family: &Family, citations: &[Vec<Flattened>]) -> Entry {
    let Some(label) = blocks.get(index).and_then(|block| block.label.as_ref()) else { return Entry::default() };
    let plain = label.printed.readings().into_iter().find(|(other, _)| other == family).map(|(_, value)| value);
    let pairs =
        label.printed.pairs().into_iter().filter(|(other, ..)| other == family).map(|(_, a, b)| (a, b)).collect();
    let below = below(blocks, index);
    // Only the clauses of a section itself end with the marks that its last one tells from the others.
    let ending = match blocks.get(below.end - 1) {
        Some(last) if blocks.get(index).is_some_and(|block| block.level == 0) => Ending::of(&words(&last.text)),
        _ => Ending::Open,
    };
    let in_both = citations.get(below).is_some_and(|citations| citations.iter().any(|found| !found.is_empty()));
    Entry { plain, pairs, ending, in_both }
}

/// The clause at `index` with the sub-clauses and paragraphs below it.
fn below(blocks: &[Block], index: usize) -> std::ops::Range<usize> {
    let level = blocks.get(index).map_or(0, |block| block.level);
    let end = blocks
        .iter()
        .enumerate()
        .skip(index + 1)
        .find(|(_, block)| block.kind != Kind::Paragraph || block.level <= level)
        .map_or(blocks.len(), |(end, _)| end);
    index..end
}

/// The end of a text matters here, not its marks.
fn words(text: &str) -> String {
    super::inline::plain(text)
}

/// Writes a story into the clauses.
fn apply(blocks: &mut [Block], list: &[usize], places: &[Place], entries: &[Entry], family: &Family, order: Order) {
    let last = |side: fn(&Place) -> Option<u32>| places.iter().rposition(|place| side(place).is_some());
    let (last_old, last_new) = (last(|place| place.old), last(|place| place.new));
    for (position, ((index, place), entry)) in list.iter().zip(places).zip(entries).enumerate() {
        let below = below(blocks, *index);
        match (place.old, place.new) {
            (Some(old), Some(new)) => {
                if let Some(label) = blocks.get_mut(*index).and_then(|block| block.label.as_mut()) {
                    if old != new {
                        label.tracked = family.numeral.and_then(|numeral| cut(&label.printed.core, numeral, old, new));
                    }
                }
                if let (Ending::Two(first, _), Some(block)) = (entry.ending, blocks.get_mut(below.end - 1)) {
                    let is_last = (last_old == Some(position), last_new == Some(position));
                    let old_first = match (is_last, order) {
                        // In one text it is the last clause: its comma is of that text.
                        ((true, false), _) => Some(first == crate::numbering::flattened::Mark::Last),
                        ((false, true), _) => Some(first == crate::numbering::flattened::Mark::Between),
                        (_, Order::OldFirst) => Some(true),
                        (_, Order::NewFirst) => Some(false),
                        (_, Order::Unknown) => None,
                    };
                    if let Some(old_first) = old_first {
                        track_marks(&mut block.text, old_first);
                    }
                }
            }
            (old, new) => {
                let presence = match (old, new) {
                    (Some(_), None) => Presence::Old,
                    _ => Presence::New,
                };
                // A change does not go over the end of a paragraph: each has its own.
                for block in blocks.get_mut(below).into_iter().flatten() {
                    if can_be_whole(&block.text) {
                        block.presence = presence;
                    }
                }
            }
        }
    }
}

/// Whether a text can stand inside of one change.
fn can_be_whole(text: &str) -> bool {
    !text.contains(RAW) && !["++}", "--}", "~~}", "~>"].iter().any(|sigil| text.contains(sigil))
}

/// The two labels in `core`, as printed.
fn cut(core: &str, numeral: Numeral, old: u32, new: u32) -> Option<(String, String)> {
    let is = |text: &str, value: u32| {
        Numeral::read(text).into_iter().any(|(other, number)| other.same_kind(numeral) && number == value)
    };
    core.char_indices()
        .skip(1)
        .map(|(at, _)| core.split_at(at))
        .find(|(first, second)| is(first, old) && is(second, new))
        .map(|(first, second)| (first.to_owned(), second.to_owned()))
}

/// Makes the two marks at the end of a text a tracked change.
fn track_marks(text: &mut String, old_first: bool) {
    let kept = text.trim_end().len();
    text.truncate(kept);
    let (Some(second), Some(first)) = (text.pop(), text.pop()) else { return };
    if [first, second].iter().any(|c| matches!(*c, EMPHASIS | EMPHASIS_END | FOOTNOTE | RAW | RAW_END)) {
        text.push(first);
        text.push(second);
        return;
    }
    let (old, new) = if old_first { (first, second) } else { (second, first) };
    text.push(RAW);
    text.push_str(&format!("{{~~{old}~>{new}~~}}"));
    text.push(RAW_END);
}

/// Makes the versions of citations that were printed into one another tracked changes.
fn rewrite(text: &mut String, citations: &[Flattened]) {
    let mut out = String::with_capacity(text.len() + citations.len() * 16);
    let mut at = 0;
    for citation in citations {
        let range = std::ops::Range::<usize>::from(citation.range());
        let Some(before) = text.get(at..range.start) else { continue };
        if text.get(range.clone()).is_none_or(|words| words.contains(super::inline::is_control)) {
            continue;
        }
        out.push_str(before);
        out.push(RAW);
        out.push_str(&citation.markup(text));
        out.push(RAW_END);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    *text = out;
}
