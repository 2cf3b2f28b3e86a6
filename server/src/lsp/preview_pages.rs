//! What the open pages of the preview are told: that something has changed, and where the editor has scrolled to.
//!
//! Only the last of each counts, so that a slow browser, or none, holds nobody up.

use tokio::sync::watch;
use tower_lsp::ls_types::Uri;

/// The way to the open pages; a clone is another handle on the same ones.
#[derive(Clone)]
pub(super) struct Pages {
    changed: watch::Sender<u64>,
    scrolled: watch::Sender<Option<(Uri, u32)>>,
}

/// What an open page listens to.
pub(super) struct Listener {
    pub changed: watch::Receiver<u64>,
    pub scrolled: watch::Receiver<Option<(Uri, u32)>>,
}

impl Pages {
    pub(super) fn new() -> Pages {
        Pages { changed: watch::Sender::new(0), scrolled: watch::Sender::new(None) }
    }

    /// A document has changed, or what is said of one.
    pub(super) fn changed(&self) {
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// The editor has scrolled to a line of a document.
    pub(super) fn scrolled(&self, uri: Uri, line: u32) {
        self.scrolled.send_replace(Some((uri, line)));
    }

    /// Hears what comes from now on.
    pub(super) fn listen(&self) -> Listener {
        Listener { changed: self.changed.subscribe(), scrolled: self.scrolled.subscribe() }
    }
}
