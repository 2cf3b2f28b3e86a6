//! Reading the workspace's folders in the background.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use tower_lsp::ls_types::{MessageType, NumberOrString};

use super::client::ClientProfile;
use super::outbox::Outbox;
use super::owner::{Mailbox, Message};
use super::pool::{STACK_BYTES, guarded};
use super::progress::Bar;
use crate::workspace::{Judging, Loaded, Snapshot, Step, read_folder_telling};

/// A folder that is being read.
pub(super) struct Underway {
    pub folder: PathBuf,
    /// By which the client names the bar that shows it.
    pub token: Option<NumberOrString>,
    stop: Arc<AtomicBool>,
}

impl Underway {
    /// Ends it early; what was read is handed over all the same.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Reads a folder on a thread of its own and hands what it holds to the owner, under `number`; nothing, if it cannot be
/// read. Where `judge` is the workspace at this moment, its documents are judged at once.
pub(super) fn start(
    number: u32,
    folder: PathBuf,
    mailbox: Mailbox,
    outbox: Outbox,
    profile: &ClientProfile,
    judge: Option<Snapshot>,
) -> Underway {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let bar = profile.progress.then(|| Bar::open(&outbox, "Reading resolutions", name, true));
    let stop = Arc::new(AtomicBool::new(false));
    let token = bar.as_ref().map(|bar| bar.token().clone());
    let underway = Underway { folder: folder.clone(), token, stop: Arc::clone(&stop) };
    let sender = mailbox.clone();
    let body = move || {
        let tell = |step| bar.as_ref().map_or((), |bar| show(bar, step));
        let judging = judge.as_ref().map(|by| Judging { by, wanted: &|_| true });
        let loaded = guarded(|| read_folder_telling(&folder, &stop, &tell, judging));
        drop(judge);
        let (summary, typ) = match &loaded {
            Ok(loaded) => (summary(&folder, loaded), MessageType::LOG),
            Err(panic) => {
                let message = format!("{}: reading it failed ({panic}); please report it", folder.display());
                (message, MessageType::ERROR)
            }
        };
        if let Some(bar) = &bar {
            bar.end(loaded.as_ref().ok().map(words));
        }
        // The log says that it is read when a request sees it.
        mailbox.send(Message::Indexed(number, loaded.unwrap_or_default()));
        outbox.log(typ, summary);
    };
    // Without a thread the workspace's other resolutions stay unknown; what is open works all the same.
    if thread::Builder::new().name("resmark-indexing".to_owned()).stack_size(STACK_BYTES).spawn(body).is_err() {
        sender.send(Message::Indexed(number, Loaded::default()));
    }
    underway
}

/// Moves the bar.
fn show(bar: &Bar, step: Step) {
    match step {
        Step::Found(found) => bar.report(None, || format!("{found} files found")),
        Step::Read(read, of) => {
            let percentage = (read * 100).checked_div(of).unwrap_or(100);
            bar.report(u32::try_from(percentage).ok(), || format!("{read} of {of} files"));
        }
    }
}

/// What the log says of a folder that was read.
fn summary(folder: &Path, loaded: &Loaded) -> String {
    let (documents, problems) = (loaded.documents.len(), loaded.problems.len());
    let stopped = if loaded.stopped { format!("; {}", words(loaded)) } else { String::new() };
    format!("{}: {documents} documents read, {problems} problems{stopped}", folder.display())
}

/// What the bar says at the end.
fn words(loaded: &Loaded) -> String {
    match loaded.stopped {
        true => format!("stopped after {} of {} files", loaded.read, loaded.found),
        false => format!("{} files", loaded.read),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_says_how_much_was_read() {
        let loaded = Loaded { found: 12, read: 7, ..Loaded::default() };
        assert_eq!(summary(Path::new("/w"), &loaded), "/w: 0 documents read, 0 problems");
        let loaded = Loaded { stopped: true, ..loaded };
        assert_eq!(summary(Path::new("/w"), &loaded), "/w: 0 documents read, 0 problems; stopped after 7 of 12 files");
    }
}
