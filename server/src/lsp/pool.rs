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
