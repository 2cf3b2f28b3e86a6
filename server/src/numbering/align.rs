//! Where a row of numbers leaves the order in which it was meant to run.
//!
//! The row is read as the cheapest story: a number that follows the one before costs nothing; one left out, one that is
//! twice there, one that is wrong, one that stands in the wrong place cost about the same each. So one mistake is one
//! slip, at the place where the row breaks, and not one for every number behind it.

/// A number and its suffix: `(1, 1)` for 1bis.
pub type Rank = (u32, u32);

/// What happens at one number of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It follows the one before.
    Follows,
    /// Numbers are left out before it, from this one to the one before it.
    Gap(Rank),
    /// It goes back to a lower number, and the row goes on from there.
    Back,
    /// The row goes on as if it were not there.
    Extra,
    /// It stands in the place of this number.
    Instead(Rank),
}

/// How a row begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The number before the row's first: `(0, 0)` where it counts from one.
    pub before: Rank,
    /// What it costs to begin there, in the same measure as a slip, which is 100.
    pub cost: u32,
}

/// The cheapest story of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alignment {
    /// What happens at each number.
    pub steps: Vec<Step>,
    /// Which of the origins it begins with.
    pub origin: usize,
    /// What it costs, 100 for each slip.
    pub cost: u32,
}

const GAP: u32 = 100;
const EXTRA: u32 = 101;
const INSTEAD: u32 = 110;
const BACK: u32 = 160;
/// How many stories are kept at each number. Stories that differ more than this many slips do not come back.
const KEPT: usize = 10;

#[derive(Debug, Clone, Copy)]
struct State {
    /// The number that the row has reached.
    at: Rank,
    cost: u32,
    /// The state before, in the row before; for the first row the origin.
    from: usize,
    step: Step,
}

/// Reads a row of numbers. Time grows with its length alone.
pub fn align(row: &[Rank], origins: &[Origin]) -> Alignment {
    in_order(row, origins).unwrap_or_else(|| cheapest(row, origins))
}

/// The story of a row in which every number follows the one before: none is cheaper.
fn in_order(row: &[Rank], origins: &[Origin]) -> Option<Alignment> {
    let cost = origins.iter().map(|origin| origin.cost).min().filter(|_| !row.is_empty())?;
    let follows = |origin: &Origin| {
        let mut at = origin.before;
        row.iter().all(|&rank| rank == follower(std::mem::replace(&mut at, rank), rank))
    };
    let origin = origins.iter().position(|origin| origin.cost == cost && follows(origin))?;
    Some(Alignment { steps: vec![Step::Follows; row.len()], origin, cost })
}

fn cheapest(row: &[Rank], origins: &[Origin]) -> Alignment {
    let mut states: Vec<State> = origins
        .iter()
        .enumerate()
        .map(|(from, origin)| State { at: origin.before, cost: origin.cost, from, step: Step::Follows })
        .collect();
    let first = states.clone();
    let mut history: Vec<Vec<State>> = Vec::with_capacity(row.len());
    for &rank in row {
        let mut next: Vec<State> = Vec::with_capacity(states.len() * 3);
        for (from, state) in states.iter().enumerate() {
            let mut add = |at, cost, step| add(&mut next, State { at, cost: state.cost + cost, from, step });
            // Behind an equal cost the earlier step wins: of two equal numbers the second is the extra one.
            add(state.at, EXTRA, Step::Extra);
            let follower = follower(state.at, rank);
            if rank == follower {
                add(rank, 0, Step::Follows);
            } else if rank > follower {
                add(rank, GAP, Step::Gap(follower));
                add(follower, INSTEAD, Step::Instead(follower));
            } else {
                add(rank, BACK, Step::Back);
                add(follower, INSTEAD, Step::Instead(follower));
            }
        }
        next.sort_by_key(|state| state.cost);
        next.truncate(KEPT);
        history.push(next.clone());
        states = next;
    }
    let mut index = 0;
    let cost = states.first().map_or(0, |state| state.cost);
    let mut steps = Vec::with_capacity(row.len());
    for row in history.iter().rev() {
        let Some(state) = row.get(index) else { break };
        steps.push(state.step);
        index = state.from;
    }
    steps.reverse();
    Alignment { steps, origin: first.get(index).map_or(0, |state| state.from), cost }
}

/// The number that stands behind `at` where the next one is written as `rank`: 1bis behind 1 where a suffix is
/// written, otherwise 2.
pub fn follower(at: Rank, rank: Rank) -> Rank {
    if rank.1 > 0 && at.0 > 0 { (at.0, at.1 + 1) } else { (at.0 + 1, 0) }
}

fn add(states: &mut Vec<State>, state: State) {
    match states.iter_mut().find(|other| other.at == state.at) {
        Some(other) if other.cost <= state.cost => {}
        Some(other) => *other = state,
        None => states.push(state),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The steps that are no `Follows`, each with its place in the row.
    fn slips(row: &[u32]) -> Vec<(usize, Step)> {
        let row: Vec<Rank> = row.iter().map(|value| (*value, 0)).collect();
        let alignment = align(&row, &[Origin { before: (0, 0), cost: 0 }]);
        alignment.steps.into_iter().enumerate().filter(|(_, step)| *step != Step::Follows).collect()
    }

    #[test]
    fn one_mistake_is_one_slip() {
        assert_eq!(slips(&[1, 2, 3]), []);
        assert_eq!(slips(&[1, 2, 4, 5]), [(2, Step::Gap((3, 0)))]);
        assert_eq!(slips(&[1, 2, 2, 3]), [(2, Step::Extra)]);
        assert_eq!(slips(&[1, 2, 2, 4]), [(2, Step::Instead((3, 0)))]);
        assert_eq!(slips(&[1, 2, 9, 4, 5]), [(2, Step::Instead((3, 0)))]);
        assert_eq!(slips(&[1, 2, 9, 3, 4]), [(2, Step::Extra)]);
        assert_eq!(slips(&[1, 2, 3, 1, 2, 3]), [(3, Step::Back)]);
        assert_eq!(slips(&[2, 3, 4]), [(0, Step::Gap((1, 0)))]);
    }

    #[test]
    fn numbers_with_a_suffix_stand_between() {
        let row = [(1, 0), (1, 1), (1, 2), (2, 0), (2, 2)];
        let alignment = align(&row, &[Origin { before: (0, 0), cost: 0 }]);
        assert_eq!(alignment.steps[..4], [Step::Follows; 4]);
        assert_eq!(alignment.steps[4], Step::Gap((2, 1)));
    }

    #[test]
    fn a_row_may_go_on_from_another() {
        let origins = [Origin { before: (0, 0), cost: 0 }, Origin { before: (4, 0), cost: 20 }];
        assert_eq!(align(&[(5, 0), (6, 0)], &origins).origin, 1);
        assert_eq!(align(&[(1, 0), (2, 0)], &origins).origin, 0);
    }

    proptest! {
        #[test]
        fn a_row_with_one_number_taken_out_has_one_slip((len, out) in (3u32..30).prop_flat_map(|len| (Just(len), 1..len))) {
            let row: Vec<u32> = (1..=len).filter(|value| *value != out).collect();
            prop_assert_eq!(slips(&row).len(), 1);
        }

        #[test]
        fn a_row_with_one_number_put_in_has_one_slip(
            (len, at) in (2usize..30).prop_flat_map(|len| (Just(len as u32), 1..=len)),
            value in 1u32..40,
        ) {
            let mut row: Vec<u32> = (1..=len).collect();
            row.insert(at, value);
            prop_assume!(value != len + 1 || at != len as usize);
            prop_assert_eq!(slips(&row).len(), 1, "{:?}", row);
        }

        /// What need not be searched for is what would have been found.
        #[test]
        fn a_row_in_order_is_its_own_cheapest_story(
            start in 0u32..4,
            suffixes in prop::collection::vec(any::<bool>(), 0..30),
            slip in prop::option::weighted(0.2, (0usize..30, 0u32..9)),
            origins in prop::collection::vec(((0u32..4, 0u32..2), 0u32..3), 1..4),
        ) {
            let mut at = (start, 0);
            let mut row: Vec<Rank> = Vec::new();
            for suffix in suffixes {
                at = follower(at, (0, u32::from(suffix)));
                row.push(at);
            }
            if let Some((place, value)) = slip && let Some(rank) = row.get_mut(place) {
                rank.0 = value;
            }
            let origins: Vec<Origin> =
                origins.into_iter().map(|(before, cost)| Origin { before, cost: cost * 10 }).collect();
            prop_assert_eq!(align(&row, &origins), cheapest(&row, &origins));
        }

        #[test]
        fn any_row_has_a_step_for_each_number(row in prop::collection::vec((0u32..9, 0u32..3), 0..40)) {
            let alignment = align(&row, &[Origin { before: (0, 0), cost: 0 }]);
            prop_assert_eq!(alignment.steps.len(), row.len());
        }
    }
}
