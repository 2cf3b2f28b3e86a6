//! Work spread over the cores.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// As much as the threads of the server have: what recurses is bounded, and this is reserved, not used.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// Does `work` for each number below `count`, on all cores, and gives what comes of it in order. Each thread has a bench of
/// its own, which `bench` sets up. Where `work` gives nothing, no more of it is begun.
pub(crate) fn in_parallel<B, T: Send>(
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
        // Should the system refuse a thread, the others do its work.
        let others: Vec<_> = (0..others).filter_map(|_| builder().spawn_scoped(scope, worker).ok()).collect();
        let mut done = worker();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

/// From this length of a text on, in bytes, it pays to read and to judge it in two threads: below, beginning a thread takes
/// longer than what it saves.
pub(crate) const WORTH_A_THREAD: usize = 300_000;

/// Does two works, the second in a thread of its own, unless the first is done before that has begun.
pub(crate) fn both<A, B: Send>(one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    let other = Mutex::new(Some(other));
    let take = || other.lock().unwrap_or_else(PoisonError::into_inner).take();
    thread::scope(|scope| {
        let thread = builder().spawn_scoped(scope, || take().map(|other| other()));
        let one = one();
        if let Some(other) = take() {
            return (one, other());
        }
        match thread.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(Some(other))) => (one, other),
            Ok(Err(panic)) => resume_unwind(panic),
            Ok(Ok(None)) | Err(_) => unreachable!("what is not here was taken by the thread"),
        }
    })
}

fn builder() -> thread::Builder {
    thread::Builder::new().name("resmark-reading".to_owned()).stack_size(STACK_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_done_wherever() {
        for slow in [false, true] {
            let barrier = std::sync::Barrier::new(2);
            let wait = || {
                if slow {
                    barrier.wait();
                }
            };
            let done = both(
                || {
                    wait();
                    1
                },
                || {
                    wait();
                    2
                },
            );
            assert_eq!(done, (1, 2));
        }
    }

    #[test]
    #[should_panic(expected = "a fault of ours")]
    fn a_panic_in_the_thread_is_one_here() {
        let barrier = std::sync::Barrier::new(2);
        both(
            || barrier.wait(),
            || {
                barrier.wait();
                panic!("a fault of ours")
            },
        );
    }

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
