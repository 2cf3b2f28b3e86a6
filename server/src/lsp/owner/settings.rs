//! What the drafter has set, in general and for single folders.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::Value;
use tower_lsp::ls_types::request::WorkspaceConfiguration;
use tower_lsp::ls_types::{ConfigurationItem, ConfigurationParams, MessageType};

use super::{Message, Owner};
use crate::lsp::client::Settings;
use crate::lsp::uri;

/// The name below which the settings stand.
const SECTION: &str = "resmark";

impl Owner {
    /// The settings changed. A client that can be asked is: it knows what is set for single folders, too.
    pub(super) fn configure(&mut self, value: &Value) {
        if !value.is_null() {
            let settings = self.read_settings(value, &self.first_settings.clone());
            self.set(settings, Arc::clone(&self.folder_settings));
        }
        self.ask_for_settings();
    }

    /// Asks for the settings, in general and for each folder, where the client can be asked.
    pub(super) fn ask_for_settings(&self) {
        if !self.profile.configuration {
            return;
        }
        let item = |scope_uri| ConfigurationItem { scope_uri, section: Some(SECTION.to_owned()) };
        let folders = self.folders.clone();
        let of_folders = folders.iter().map(|folder| item(uri::of_path(folder)));
        let items = std::iter::once(item(None)).chain(of_folders).collect();
        let mailbox = self.mailbox.clone();
        self.outbox.request::<WorkspaceConfiguration>(ConfigurationParams { items }, move |answer| match answer {
            Ok(values) => mailbox.send(Message::Configured(folders, values)),
            Err(error) => mailbox.send(Message::Note(format!("the settings could not be read: {error}"))),
        });
    }

    /// Takes over what the client answered. A client may not know of the section, and then says nothing.
    pub(super) fn configured(&mut self, folders: &[PathBuf], values: &[Value]) {
        let mut values = values.iter();
        let general = match values.next() {
            Some(value) if !value.is_null() => self.read_settings(value, &self.first_settings.clone()),
            _ => self.settings.clone(),
        };
        let mut of_folders = Vec::new();
        for (folder, value) in folders.iter().zip(values).filter(|(_, value)| !value.is_null()) {
            let own = self.read_settings(value, &general);
            if own != general {
                of_folders.push((folder.clone(), own));
            }
        }
        self.set(general, Arc::new(of_folders));
    }

    fn set(&mut self, settings: Settings, of_folders: Arc<Vec<(PathBuf, Settings)>>) {
        if settings == self.settings && of_folders == self.folder_settings {
            return;
        }
        self.settings = settings;
        self.folder_settings = of_folders;
        self.epoch.fetch_add(1, Ordering::Relaxed);
        // What follows from the day is judged, and told, with the next look at the clock.
        if self.profile.refreshes_inlay_hints {
            self.outbox.refresh_inlay_hints();
        }
    }

    /// Settings laid over others; what is not understood is told, and stays as it was.
    fn read_settings(&mut self, value: &Value, over: &Settings) -> Settings {
        let (settings, problems) = over.with(value);
        for problem in problems {
            if self.shown.insert(problem.clone()) {
                self.outbox.show(MessageType::WARNING, problem);
            }
        }
        settings
    }
}
