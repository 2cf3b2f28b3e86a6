//! Work on many documents, spread over all cores.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

/// As much as the threads of the server have: what recurses is bounded, and this is reserved, not used.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// Does `work` for each number below `count`, on all cores, and gives what comes of it in order. Each thread has a bench of
/// its own, which `bench` sets up. Where `work` gives nothing, no more of it is begun.
pub(super) fn in_parallel<B, T: Send>(
    count: usize,
    bench: impl Fn() -> B + Sync,
    work: impl Fn(&mut B, usize) -> Option<T> + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let worker = || {
        let mut bench = bench();
        let mut done = Vec::new();
        while !stop.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                break;
            }
            match work(&mut bench, index) {
                Some(outcome) => done.push((index, outcome)),
                None => stop.store(true, Ordering::Relaxed),
            }
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let others = thread::available_parallelism().map_or(0, |cores| cores.get() - 1).min(count.saturating_sub(1));
        let named = || thread::Builder::new().name("resmark-reading".to_owned()).stack_size(STACK_BYTES);
        // Should the system refuse a thread, the others do its work.
        let others: Vec<_> = (0..others).filter_map(|_| named().spawn_scoped(scope, worker).ok()).collect();
        let mut done = worker();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_and_comes_in_order() {
        let squares = in_parallel(1000, || (), |(), index| Some(index * index));
        assert_eq!(squares, (0..1000).map(|index| index * index).collect::<Vec<_>>());
        assert!(in_parallel(0, || (), |(), index| Some(index)).is_empty());
    }

    #[test]
    fn it_ends_where_nothing_more_is_wanted() {
        let begun = in_parallel(100_000, || (), |(), index| (index < 10).then_some(index));
        assert_eq!(begun, (0..10).collect::<Vec<_>>());
    }
}
