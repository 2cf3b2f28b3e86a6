//! What happens on the disk: folders that come, go and are read, files that change there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tower_lsp::ls_types::{
    CreateFilesParams, DeleteFilesParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, FileChangeType,
    MessageType, NumberOrString, RenameFilesParams,
};

use super::Owner;
use crate::lsp::{files, indexing, uri, watch};
use crate::workspace::{CONFIG_FILE, FileKind, Loaded, Location, ReadState, is_ignore_file, reached};

/// How long a configuration may have changed unnoticed where the client does not tell.
const LOOK_AT_CONFIGS_EVERY: Duration = Duration::from_secs(1);

impl Owner {
    /// For a client that does not tell of files that change: looks whether a configuration did, now and then.
    pub(super) fn look_at_configs(&mut self) {
        let now = Instant::now();
        if self.profile.watches_files || self.looked.is_some_and(|then| now - then < LOOK_AT_CONFIGS_EVERY) {
            return;
        }
        self.looked = Some(now);
        let snapshot = self.workspace.snapshot();
        let mut folders: BTreeSet<PathBuf> = snapshot.config_folders().map(Path::to_owned).collect();
        for path in snapshot.open_files().filter_map(|file| file.location.path()) {
            let below = |folder: &&Path| self.folders.iter().any(|known| folder.starts_with(known));
            folders.extend(path.ancestors().skip(1).take_while(below).map(Path::to_owned));
        }
        for folder in folders {
            let config = folder.join(CONFIG_FILE);
            let written = fs::metadata(&config).and_then(|metadata| metadata.modified()).ok();
            if self.configs.insert(config.clone(), written) == Some(written) {
                continue;
            }
            match written {
                // What is wrong with it is noted in the workspace and published from there.
                Some(_) => drop(self.workspace.load_file(&config)),
                None => self.workspace.remove(&Location::from(config.as_path())),
            }
        }
    }

    /// Reads the configuration beside a document that lies in no folder of the workspace.
    pub(super) fn look_beside(&mut self, location: &Location) {
        let Some(folder) = location.path().and_then(Path::parent) else { return };
        let config = folder.join(CONFIG_FILE);
        if !self.is_inside(folder) && config.is_file() {
            // What is wrong with it is noted in the workspace and published from there.
            let _ = self.workspace.load_file(&config);
        }
    }

    fn is_inside(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| path.starts_with(folder))
    }

    /// The client tells of files that changed on the disk.
    pub(super) fn watched(&mut self, params: DidChangeWatchedFilesParams) {
        let (mut changed, mut gone) = (BTreeSet::new(), BTreeSet::new());
        for event in params.changes {
            let Some(path) = uri::to_path(&event.uri) else { continue };
            // What was made a moment ago may be gone by now.
            let deleted = event.typ == FileChangeType::DELETED || path.symlink_metadata().is_err();
            if deleted {
                gone.insert(path);
            } else if event.typ == FileChangeType::CREATED || !path.is_dir() || self.workspace.knows_of(&path) {
                // That a folder changed says nothing, but where there was a file before.
                changed.insert(path);
            }
        }
        gone.retain(|path| !changed.contains(path));
        self.disk_changed(gone, changed);
    }

    /// The drafter made files, or put a folder into the workspace.
    pub(super) fn created(&mut self, params: &CreateFilesParams) {
        let paths = params.files.iter().filter_map(|file| uri::parse(&file.uri));
        self.disk_changed(BTreeSet::new(), paths.collect());
    }

    /// The drafter moved files or folders.
    pub(super) fn renamed(&mut self, params: &RenameFilesParams) {
        let moves = files::moves(params);
        if self.profile.file_operations.will_rename != Some(true) {
            let context = self.context(Default::default());
            files::warn_of_moves(&context, &self.outbox, &moves);
        }
        let gone = moves.iter().map(|(old, _)| old.clone()).collect();
        self.disk_changed(gone, moves.into_iter().map(|(_, new)| new).collect());
    }

    /// The drafter deleted files or folders.
    pub(super) fn deleted(&mut self, params: &DeleteFilesParams) {
        let gone = files::deletions(params);
        if self.profile.file_operations.will_delete != Some(true) {
            let context = self.context(Default::default());
            files::warn_of_deletions(&context, &self.outbox, &gone);
        }
        self.disk_changed(gone, BTreeSet::new());
    }

    /// Files or folders are gone, and others are new or have changed.
    fn disk_changed(&mut self, gone: BTreeSet<PathBuf>, changed: BTreeSet<PathBuf>) {
        if !self.readings.is_empty() {
            self.touched.extend(gone.iter().chain(&changed).cloned());
        }
        let mut again: BTreeSet<PathBuf> = BTreeSet::new();
        for path in gone.iter().chain(&changed).filter(|path| is_ignore_file(path)) {
            again.extend(self.folders_that_heed(path));
        }
        for path in gone {
            self.workspace.remove_folder(&path);
        }
        let (folders, files): (BTreeSet<_>, BTreeSet<_>) = changed.into_iter().partition(|path| path.is_dir());
        for root in self.folders.clone() {
            let below: BTreeSet<PathBuf> = folders.iter().filter(|path| path.starts_with(&root)).cloned().collect();
            // A folder that was put there is read as a part of the whole.
            reached(&root, &below).into_iter().for_each(|folder| self.index(folder));
        }
        self.look_again(files.into_iter().filter(|path| FileKind::of(path).is_some()).collect());
        again.into_iter().for_each(|folder| self.index(folder));
        self.note_what_is_read();
    }

    /// Reads files again that changed; those that nobody looks at are forgotten.
    fn look_again(&mut self, files: BTreeSet<PathBuf>) {
        let mut seen = BTreeSet::new();
        for root in &self.folders {
            let below: BTreeSet<PathBuf> = files.iter().filter(|path| path.starts_with(root)).cloned().collect();
            if !below.is_empty() {
                seen.append(&mut reached(root, &below));
            }
        }
        for path in files {
            let location = Location::from(path.as_path());
            let open = self.workspace.id_of(&location).is_some_and(|id| self.workspace.is_open(id));
            if seen.contains(&path) || (!self.is_inside(&path) && (open || self.workspace.knows_of(&path))) {
                // What went wrong is noted in the workspace and published from there.
                let _ = self.workspace.load_file(&path);
                if FileKind::of(&path) != Some(FileKind::Document) {
                    self.epoch.fetch_add(1, Ordering::Relaxed);
                }
            } else {
                self.workspace.remove(&location);
            }
        }
    }

    /// The folders of the workspace in which a file that leaves others out counts.
    fn folders_that_heed(&self, path: &Path) -> BTreeSet<PathBuf> {
        let Some(beside) = path.parent() else { return BTreeSet::new() };
        let heeds = |root: &&PathBuf| {
            // Those of packages, and of what is left out itself, say nothing.
            let inside = beside.starts_with(root) && !reached(root, &BTreeSet::from([beside.to_owned()])).is_empty();
            inside || root.starts_with(beside)
        };
        self.folders.iter().filter(heeds).cloned().collect()
    }

    pub(super) fn change_folders(&mut self, params: DidChangeWorkspaceFoldersParams) {
        let removed: Vec<PathBuf> =
            params.event.removed.iter().filter_map(|folder| uri::to_path(&folder.uri)).collect();
        let added: Vec<PathBuf> = params.event.added.iter().filter_map(|folder| uri::to_path(&folder.uri)).collect();
        self.folders.retain(|known| !removed.contains(known));
        for folder in &removed {
            self.stopped.remove(folder);
            self.readings.values().filter(|underway| underway.folder == *folder).for_each(indexing::Underway::stop);
            let below: Vec<PathBuf> = self.folders.iter().filter(|other| other.starts_with(folder)).cloned().collect();
            let above: Vec<PathBuf> = self.folders.iter().filter(|other| folder.starts_with(other)).cloned().collect();
            // What another folder of the workspace holds as well stays known to it.
            if above.is_empty() {
                self.workspace.adopt_all(folder, Loaded::default(), &below);
            }
            above.into_iter().for_each(|other| self.index(other));
        }
        for folder in added {
            if !self.folders.contains(&folder) {
                self.folders.push(folder.clone());
                self.index(folder);
            }
        }
        self.workspace.set_home(self.folders.first().map(PathBuf::as_path));
        watch::register_again(&self.outbox, &self.profile, &self.folders);
        self.ask_for_settings();
        self.note_what_is_read();
    }

    /// Reads a folder on a thread of its own; from the beginning, if it is being read already.
    pub(super) fn index(&mut self, folder: PathBuf) {
        if folder.parent().is_none() {
            let message = "the workspace is the whole disk; its resolutions are not looked for. Open a folder instead";
            self.outbox.log(MessageType::WARNING, message);
            return;
        }
        self.readings.values().filter(|underway| underway.folder == folder).for_each(indexing::Underway::stop);
        self.readings.retain(|_, underway| underway.folder != folder);
        self.begun = self.begun.wrapping_add(1);
        self.look_at_the_clock();
        // A client that asks for findings asks for those of all documents.
        let judge = self.profile.pulls.then(|| self.workspace.snapshot());
        let (mailbox, outbox) = (self.mailbox.clone(), self.outbox.clone());
        let underway = indexing::start(self.begun, folder, mailbox, outbox, &self.profile, judge);
        self.readings.insert(self.begun, underway);
    }

    /// A folder has been read.
    pub(super) fn indexed(&mut self, number: u32, loaded: Loaded) {
        // One that was begun again, or is not wanted any more, is not.
        let Some(underway) = self.readings.remove(&number) else { return };
        let folder = underway.folder;
        if self.is_inside(&folder) {
            let apart: Vec<&PathBuf> =
                self.folders.iter().filter(|other| **other != folder && other.starts_with(&folder)).collect();
            if loaded.stopped {
                self.stopped.insert(folder.clone());
                let message = format!(
                    "Reading stopped: {} of {} files are known. What the others hold counts as unknown until the \
                     server is started again",
                    loaded.read, loaded.found
                );
                self.outbox.show(MessageType::INFO, message);
            } else {
                self.stopped.remove(&folder);
            }
            self.workspace.adopt_all(&folder, loaded, &apart);
            let touched: BTreeSet<PathBuf> =
                self.touched.iter().filter(|path| path.starts_with(&folder)).cloned().collect();
            let (there, gone): (BTreeSet<_>, BTreeSet<_>) = touched.into_iter().partition(|path| path.exists());
            gone.iter().for_each(|path| self.workspace.remove_folder(path));
            self.look_again(there.into_iter().filter(|path| FileKind::of(path).is_some()).collect());
        }
        self.epoch.fetch_add(1, Ordering::Relaxed);
        self.note_what_is_read();
    }

    /// The drafter does not want to wait for the end of what a bar shows; what was read until now is kept.
    pub(super) fn cancel(&mut self, token: &NumberOrString) {
        let shown = |underway: &&indexing::Underway| underway.token.as_ref() == Some(token);
        self.readings.values().filter(shown).for_each(indexing::Underway::stop);
    }

    /// Tells the workspace how much of it is known.
    pub(super) fn note_what_is_read(&mut self) {
        if self.readings.is_empty() {
            self.opened = true;
            self.touched.clear();
        }
        self.workspace.set_read(match (self.readings.is_empty(), self.opened, self.stopped.is_empty()) {
            (true, _, true) => ReadState::Whole,
            (true, _, false) => ReadState::Stopped,
            (false, true, _) => ReadState::Reading,
            (false, false, _) => ReadState::Opening,
        });
        if self.readings.is_empty() {
            std::mem::take(&mut self.waiting).into_iter().for_each(|question| self.ask(question));
        }
    }
}
