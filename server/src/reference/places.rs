//! Where the clauses of a number stand.

use std::cell::OnceCell;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::numbering::{Item, List, Rank};
use crate::syntax::{DivisionIndex, Document, ParagraphIndex, ResolutionIndex, SectionIndex};

/// Finds clauses by where their lists stand and by their numbers, in one reading. What is not asked for is not made.
#[derive(Debug)]
pub(super) struct Places {
    /// The list of each clause, by paragraph; [`NONE`] for what has no label.
    of_clause: Vec<u32>,
    /// The lists of each section that are below no clause, and those below each clause.
    lists: HashMap<ListPlace, Vec<usize>, RandomState>,
    /// The items of each list by number.
    ranks: Vec<OnceCell<Ranks>>,
    /// The clauses of a number that are no sub-clauses, in an annex or outside of any.
    in_division: OnceCell<ByNumber<(ResolutionIndex, Option<DivisionIndex>, Rank)>>,
    /// The same in a whole resolution.
    in_resolution: OnceCell<ByNumber<(ResolutionIndex, Rank)>>,
}

/// Where a list stands: its section and the clause that it is below.
pub(super) type ListPlace = (SectionIndex, Option<ParagraphIndex>);

/// A list, and an item in it.
pub(super) type ItemPlace = (usize, usize);

/// The items of a list by their numbers, in the order of these.
type Ranks = Box<[(Rank, usize)]>;

/// Clauses by where they stand and their numbers.
type ByNumber<K> = HashMap<K, Vec<ItemPlace>, RandomState>;

const NONE: u32 = u32::MAX;

impl Places {
    /// Of the lists of a document.
    pub fn new(document: &Document, lists: &[List]) -> Places {
        let mut places = Places {
            of_clause: vec![NONE; document.paragraphs.len()],
            lists: HashMap::with_capacity_and_hasher(lists.len(), RandomState::default()),
            ranks: vec![OnceCell::new(); lists.len()],
            in_division: OnceCell::new(),
            in_resolution: OnceCell::new(),
        };
        for (index, list) in lists.iter().enumerate() {
            for item in &list.items {
                if let Some(of_clause) = places.of_clause.get_mut(item.paragraph.index()) {
                    *of_clause = index as u32;
                }
            }
            places.lists.entry((list.section, list.parent)).or_default().push(index);
        }
        places
    }

    /// The list that a clause counts in.
    pub fn list_of(&self, clause: ParagraphIndex) -> Option<usize> {
        self.of_clause.get(clause.index()).filter(|list| **list != NONE).map(|list| *list as usize)
    }

    /// The lists at a place.
    pub fn lists_at(&self, place: ListPlace) -> &[usize] {
        self.lists.get(&place).map_or(&[], Vec::as_slice)
    }

    /// The items of a list that have a number.
    pub fn in_list<'l>(&self, lists: &'l [List], list: usize, rank: Rank) -> impl Iterator<Item = &'l Item> {
        let items = lists.get(list).map_or(&[][..], |list| list.items.as_slice());
        let ranks = self.ranks.get(list).map_or(&[][..], |ranks| {
            ranks.get_or_init(|| {
                let mut ranks: Vec<(Rank, usize)> =
                    items.iter().enumerate().map(|(at, item)| (item.label.rank(), at)).collect();
                ranks.sort_unstable();
                ranks.into()
            })
        });
        let first = ranks.partition_point(|(other, _)| *other < rank);
        let alike: Vec<usize> =
            ranks[first..].iter().take_while(|(other, _)| *other == rank).map(|(_, at)| *at).collect();
        alike.into_iter().filter_map(|at| items.get(at))
    }

    /// The clauses of a number that are no sub-clauses, in an annex of a resolution or outside of any.
    pub fn in_division(
        &self,
        document: &Document,
        lists: &[List],
        (resolution, division): (ResolutionIndex, Option<DivisionIndex>),
        rank: Rank,
    ) -> &[ItemPlace] {
        let places = self.in_division.get_or_init(|| {
            let mut places = ByNumber::default();
            for (place, section, rank) in tops(lists) {
                let section = document.section(section);
                places.entry((section.resolution, section.division, rank)).or_default().push(place);
            }
            places
        });
        places.get(&(resolution, division, rank)).map_or(&[], Vec::as_slice)
    }

    /// The same in a whole resolution.
    pub fn in_resolution(
        &self,
        document: &Document,
        lists: &[List],
        resolution: ResolutionIndex,
        rank: Rank,
    ) -> &[ItemPlace] {
        let places = self.in_resolution.get_or_init(|| {
            let mut places = ByNumber::default();
            for (place, section, rank) in tops(lists) {
                places.entry((document.section(section).resolution, rank)).or_default().push(place);
            }
            places
        });
        places.get(&(resolution, rank)).map_or(&[], Vec::as_slice)
    }
}

/// The clauses that are no sub-clauses, with their sections and numbers.
fn tops(lists: &[List]) -> impl Iterator<Item = (ItemPlace, SectionIndex, Rank)> {
    let tops = lists.iter().enumerate().filter(|(_, list)| list.parent.is_none());
    tops.flat_map(|(index, list)| {
        let items = list.items.iter().enumerate();
        items.map(move |(at, item)| ((index, at), list.section, item.label.rank()))
    })
}
