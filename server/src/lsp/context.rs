//! What a request is answered from.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use dashmap::DashMap;
use tower_lsp::ls_types::{Location, Position, Range, TextDocumentPositionParams, Uri};

use super::client::{ClientProfile, Settings};
use super::position::Encoding;
use super::uri;
use crate::citation::{ResolutionId, Version};
use crate::ide::definition::Destination;
use crate::syntax::{TextRange, TextSize};
use crate::workspace::{Definition, File, FileId, Snapshot};

/// The workspace as it was when the request came, and who asks.
pub(super) struct Context {
    pub snapshot: Snapshot,
    pub profile: Arc<ClientProfile>,
    pub settings: Settings,
    /// What is set for single folders.
    pub folder_settings: Arc<Vec<(PathBuf, Settings)>>,
    /// The folders of the workspace.
    pub folders: Vec<PathBuf>,
    /// The documents' URIs as the client writes them.
    pub uris: imbl::HashMap<FileId, Uri>,
    /// What was last answered to a client that pulls findings, by its name.
    pub answered: Arc<DashMap<Uri, String>>,
    /// The number of [`Context::epoch`] when the request came.
    pub began: u64,
    /// Counts how often something changed by which every document is judged.
    pub epoch: Arc<AtomicU64>,
    pub cancelled: Arc<AtomicBool>,
}

impl Context {
    /// Whether nobody waits for the answer any more.
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Whether something has changed since by which every document is judged, so that the answer would be no good.
    pub(super) fn is_overtaken(&self) -> bool {
        self.epoch.load(Ordering::Relaxed) != self.began
    }

    /// What is set for a document: of the innermost folder for which something is, else in general.
    pub(super) fn settings_of(&self, file: &File) -> &Settings {
        let Some(path) = file.location.path() else { return &self.settings };
        let above = self.folder_settings.iter().filter(|(folder, _)| path.starts_with(folder));
        above.max_by_key(|(folder, _)| folder.components().count()).map_or(&self.settings, |(_, settings)| settings)
    }

    /// The document of a URI.
    pub(super) fn file(&self, uri: &Uri) -> Option<&Arc<File>> {
        self.snapshot.file_in(&uri::to_location(uri))
    }

    /// The document and the offset of a cursor.
    pub(super) fn cursor(&self, params: &TextDocumentPositionParams) -> Option<(&Arc<File>, TextSize)> {
        let file = self.file(&params.text_document.uri)?;
        Some((file, self.offset(file, params.position)))
    }

    /// The URI of a document: as the client wrote it, if it ever did.
    pub(super) fn uri(&self, id: FileId) -> Option<Uri> {
        self.uris.get(&id).cloned().or_else(|| uri::of_location(&self.snapshot.file(id)?.location))
    }

    fn encoding(&self) -> Encoding {
        self.profile.encoding
    }

    pub(super) fn offset(&self, file: &File, position: Position) -> TextSize {
        self.encoding().offset(&file.rope(), position)
    }

    pub(super) fn text_range(&self, file: &File, range: Range) -> TextRange {
        self.encoding().text_range(&file.rope(), range)
    }

    pub(super) fn range(&self, file: &File, range: TextRange) -> Range {
        self.encoding().range(&file.rope(), range)
    }

    /// A stretch of a document for the client.
    pub(super) fn location(&self, id: FileId, range: TextRange) -> Option<Location> {
        let file = self.snapshot.file(id)?;
        Some(Location { uri: self.uri(id)?, range: self.range(file, range) })
    }

    /// Where a destination is: the URI, all of it, and what to select; `None` for a page that the client does not show.
    pub(super) fn place(&self, destination: &Destination) -> Option<(Uri, Range, Range)> {
        match destination {
            Destination::File { file, range, selection } => {
                let there = self.snapshot.file(*file)?;
                Some((self.uri(*file)?, self.range(there, *range), self.range(there, *selection)))
            }
            Destination::Page { id, version } => {
                let page = self.profile.catalogue_pages.then(|| uri::of_page_at(id, version.as_ref()))??;
                Some((page, Range::default(), Range::default()))
            }
        }
    }

    /// Where a resolution can be read: in the workspace, or on the catalogue's page if the client shows such pages.
    pub(super) fn location_of_resolution(&self, id: &ResolutionId, version: Option<&Version>) -> Option<Location> {
        let definitions = self.snapshot.defining(id);
        let right = |definition: &&Definition| {
            let text = self.snapshot.file(definition.file).and_then(|file| file.summary().text(definition.resolution));
            // A proposal that leaves a text as it is does not give it.
            let has_text = text.is_some_and(|text| !text.is_stub);
            has_text && (version.is_none() || definition.version.as_ref() == version)
        };
        if let Some(definition) = definitions.iter().find(right) {
            let text = self.snapshot.file(definition.file)?.summary().text(definition.resolution)?;
            let titled = text.title.is_some();
            let range = if titled { text.selection } else { TextRange::empty(text.range.start()) };
            return self.location(definition.file, range);
        }
        let page = self.profile.catalogue_pages.then(|| uri::of_page(id))??;
        Some(Location { uri: page, range: Range::default() })
    }
}
