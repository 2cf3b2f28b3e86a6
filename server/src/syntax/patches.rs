//! Where the bytes of a text went: what a row of edits replaced.

use std::ops::Range;

use text_size::{TextRange, TextSize};

/// What a row of edits, each made to the text that the one before left, replaced in all: stretches in text order, none
/// touching another, with unchanged text between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patches(Vec<Patch>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Patch {
    /// In the text before all edits.
    old: Range<u32>,
    /// In the text after all edits.
    new: Range<u32>,
}

impl Patches {
    /// What differs between two texts, as one stretch: between what they begin and what they end with.
    pub fn between(old: &str, new: &str) -> Patches {
        let alike = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(old, new)| old == new).count();
        let front = alike(&mut old.bytes().zip(new.bytes()));
        let (old_rest, new_rest) = (old.len() - front, new.len() - front);
        let back = alike(&mut old.bytes().rev().zip(new.bytes().rev()).take(old_rest.min(new_rest)));
        let mut patches = Patches::default();
        if old_rest > back || new_rest > back {
            patches.0.push(Patch {
                old: front as u32..(old.len() - back) as u32,
                new: front as u32..(new.len() - back) as u32,
            });
        }
        patches
    }

    /// Adds an edit that replaces `range`, of the text as it stands, with `len` bytes.
    pub fn record(&mut self, range: TextRange, len: TextSize) {
        let (start, end, len) = (u32::from(range.start()), u32::from(range.end()), u32::from(len));
        let first = self.0.partition_point(|patch| patch.new.end < start);
        let last = self.0.partition_point(|patch| patch.new.start <= end);
        let touched = self.0.get(first..last).unwrap_or_default();
        // How far the text behind so many patches is shifted.
        let to_old = |at: u32, before: usize| match before.checked_sub(1).and_then(|index| self.0.get(index)) {
            Some(patch) => at - patch.new.end + patch.old.end,
            None => at,
        };
        let (old_start, new_start) = match touched.first() {
            Some(patch) if patch.new.start <= start => (patch.old.start, patch.new.start),
            _ => (to_old(start, first), start),
        };
        let (old_end, new_end) = match touched.last() {
            Some(patch) if patch.new.end >= end => (patch.old.end, patch.new.end),
            _ => (to_old(end, last.max(first)), end),
        };
        let shift = |at: u32| at - (end - start) + len;
        let merged = Patch { old: old_start..old_end, new: new_start..shift(new_end) };
        for patch in self.0.iter_mut().skip(last) {
            patch.new = shift(patch.new.start)..shift(patch.new.end);
        }
        self.0.splice(first..last.max(first), [merged]);
    }

    /// What these and, after them, `later` replaced in all.
    pub fn then(mut self, later: &Patches) -> Patches {
        // From the end, so that those in front still stand where they say.
        for patch in later.0.iter().rev() {
            let len = patch.new.end - patch.new.start;
            self.record(TextRange::new(patch.old.start.into(), patch.old.end.into()), len.into());
        }
        self
    }

    /// Where a byte of the new text stood in the old one; `None` for one that an edit put there. The end of the text is a
    /// place like any other.
    pub fn before(&self, offset: TextSize) -> Option<TextSize> {
        let at = u32::from(offset);
        let next = self.0.partition_point(|patch| patch.new.end <= at);
        if self.0.get(next).is_some_and(|patch| patch.new.start <= at) {
            return None;
        }
        let patch = next.checked_sub(1).and_then(|index| self.0.get(index));
        Some(patch.map_or(at, |patch| at - patch.new.end + patch.old.end).into())
    }

    /// Where a stretch of the old text that no edit reached, nor touched at an end, begins in the new one.
    pub fn untouched(&self, range: TextRange) -> Option<TextSize> {
        let (start, end) = (u32::from(range.start()), u32::from(range.end()));
        let next = self.0.partition_point(|patch| patch.old.end < start);
        if self.0.get(next).is_some_and(|patch| patch.old.start <= end) {
            return None;
        }
        let before = next.checked_sub(1).and_then(|index| self.0.get(index));
        Some(before.map_or(start, |patch| start - patch.old.end + patch.new.end).into())
    }

    /// What is left of a stretch of the old text, in the new one, in order.
    pub fn survivors(&self, range: TextRange) -> Vec<TextRange> {
        let (start, end) = (u32::from(range.start()), u32::from(range.end()));
        let mut next = self.0.partition_point(|patch| patch.old.end <= start);
        let mut at = start;
        let mut found = Vec::new();
        loop {
            let before = next.checked_sub(1).and_then(|index| self.0.get(index));
            let shifted = |at: u32| before.map_or(at, |patch| at - patch.old.end + patch.new.end);
            let patch = self.0.get(next).filter(|patch| patch.old.start < end);
            let until = patch.map_or(end, |patch| patch.old.start);
            if at < until {
                found.push(TextRange::new(shifted(at).into(), shifted(until).into()));
            }
            let Some(patch) = patch else { return found };
            at = patch.old.end;
            next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Every byte of the old text that is left stands where the patches say.
        #[test]
        fn what_is_left_is_where_it_is_said_to_be(
            len in 0u32..30,
            edits in prop::collection::vec((0u32..40, 0u32..6, 0u32..6), 0..8),
            summed in 0usize..8,
        ) {
            // The old bytes by their place, `None` for what is typed.
            let mut text: Vec<Option<u32>> = (0..len).map(Some).collect();
            let mut patches = Patches::default();
            let mut first = Patches::default();
            for (index, (at, deleted, inserted)) in edits.into_iter().enumerate() {
                // So many edits are summed up first, and the others then.
                if index == summed {
                    first = std::mem::take(&mut patches);
                }
                let start = (at as usize).min(text.len());
                let end = (start + deleted as usize).min(text.len());
                text.splice(start..end, (0..inserted).map(|_| None));
                patches.record(TextRange::new((start as u32).into(), (end as u32).into()), inserted.into());
            }
            let patches = first.then(&patches);
            for byte in 0..len {
                let place = text.iter().position(|old| *old == Some(byte)).map(|place| place as u32);
                let said = patches.survivors(TextRange::new(byte.into(), (byte + 1).into()));
                prop_assert_eq!(said.first().map(|range| u32::from(range.start())), place, "{}: {:?}", byte, patches);
            }
            for (place, old) in text.iter().enumerate() {
                let said = patches.before((place as u32).into()).map(u32::from);
                prop_assert_eq!(said, *old, "{}: {:?}", place, patches);
            }
            for (start, end) in (0..len).flat_map(|start| (start..=len).map(move |end| (start, end))) {
                let range = TextRange::new(start.into(), end.into());
                if let Some(moved) = patches.untouched(range) {
                    let survivors = patches.survivors(range);
                    prop_assert!(start == end || survivors == [TextRange::at(moved, range.len())]);
                }
            }
            let all = patches.survivors(TextRange::new(0.into(), len.into()));
            let left: u32 = all.iter().map(|range| u32::from(range.len())).sum();
            prop_assert_eq!(left as usize, text.iter().flatten().count());
        }

        #[test]
        fn the_difference_of_two_texts_turns_one_into_the_other(old in "[ab]{0,8}", new in "[ab]{0,8}") {
            let patches = Patches::between(&old, &new);
            let rest = patches.survivors(TextRange::up_to(TextSize::of(&*old)));
            prop_assert!(rest.len() <= 2);
            prop_assert_eq!(old == new, patches == Patches::default());
        }
    }
}
