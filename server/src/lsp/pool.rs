//! Threads for the work that takes a while.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crossbeam_channel::{Sender, unbounded};

type Work = Box<dyn FnOnce() + Send>;

/// Generous for any text: what recurses is bounded, and this is reserved, not used.
pub(super) const STACK_BYTES: usize = 16 * 1024 * 1024;

/// A few threads for what a drafter waits for, and one for what happens in the background, so that judging a hundred
/// files does not hold up a hover.
pub(super) struct Pool {
    foreground: Sender<Work>,
    background: Sender<Work>,
}

impl Pool {
    pub(super) fn new() -> Pool {
        let threads = thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 8));
        Pool { foreground: workers("resmark-worker", threads), background: workers("resmark-background", 1) }
    }

    /// Runs what a drafter waits for.
    pub(super) fn run(&self, work: impl FnOnce() + Send + 'static) {
        // The threads live as long as the sender, so there always is one to receive.
        let _ = self.foreground.send(Box::new(work));
    }

    /// Runs what can wait.
    pub(super) fn run_in_background(&self, work: impl FnOnce() + Send + 'static) {
        let _ = self.background.send(Box::new(work));
    }
}

fn workers(name: &str, count: usize) -> Sender<Work> {
    let (sender, receiver) = unbounded::<Work>();
    for _ in 0..count {
        let receiver = receiver.clone();
        let body = move || receiver.iter().for_each(|work| drop(guarded(work)));
        // Should the system refuse a thread, the others do its work; should it refuse all, requests are answered
        // with an error, as their senders are dropped.
        let _ = thread::Builder::new().name(name.to_owned()).stack_size(STACK_BYTES).spawn(body);
    }
    sender
}

/// Runs `work` and turns a panic into its message: a fault in one feature must not end the server.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message_of(&*panic))
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_panic_ends_the_work_and_not_the_worker() {
        let pool = Pool::new();
        let (sender, receiver) = mpsc::channel();
        // More than there are threads, and one more that still finds a thread.
        for _ in 0..20 {
            pool.run(|| panic!("a fault of ours"));
            pool.run_in_background(|| panic!("a fault of ours"));
        }
        for lane in ["foreground", "background"] {
            let sender = sender.clone();
            let work = move || sender.send(lane).unwrap();
            if lane == "foreground" { pool.run(work) } else { pool.run_in_background(work) }
        }
        let mut heard = [receiver.recv().unwrap(), receiver.recv().unwrap()];
        heard.sort_unstable();
        assert_eq!(heard, ["background", "foreground"]);
    }

    #[test]
    fn the_message_of_a_panic_is_kept() {
        assert_eq!(guarded(|| panic!("at {}", 7)), Err::<(), _>("at 7".to_owned()));
        assert_eq!(guarded(|| 7), Ok(7));
    }
}
