//! What the client is asked to tell of: files that change on the disk, and settings.

use std::path::PathBuf;

use serde_json::{Value, json};
use tower_lsp::ls_types::request::{RegisterCapability, UnregisterCapability};
use tower_lsp::ls_types::{MessageType, Registration, RegistrationParams, Unregistration, UnregistrationParams};

use super::client::ClientProfile;
use super::outbox::Outbox;
use super::uri;

/// The files whose making, changing and deleting matters.
const FILES: [&str; 6] =
    ["**/*.resmark", "**/resmark.json", "**/*.catalogue.json", "**/catalogue/*.json", "**/.gitignore", "**/.ignore"];

/// Anything that is deleted: an editor tells of a folder that goes and not of the files in it.
const ANYTHING: &str = "**";

/// The protocol's number for deletions among what a watcher is told of.
const DELETE: u32 = 4;

const WATCH: &str = "workspace/didChangeWatchedFiles";
const SETTINGS: &str = "workspace/didChangeConfiguration";

/// Asks the client to tell of files and settings that change.
pub(super) fn register(outbox: &Outbox, profile: &ClientProfile, folders: &[PathBuf]) {
    let mut registrations = Vec::new();
    if profile.watches_files {
        registrations.push(registration(WATCH, json!({ "watchers": watchers(profile, folders) })));
    }
    if profile.dynamic_configuration {
        registrations.push(registration(SETTINGS, json!({ "section": "resmark" })));
    }
    send(outbox, registrations);
}

/// The folders of the workspace are others than before: watches these, where what is watched is said by folder.
pub(super) fn register_again(outbox: &Outbox, profile: &ClientProfile, folders: &[PathBuf]) {
    if !(profile.watches_files && profile.relative_patterns) {
        return;
    }
    let unregistration = Unregistration { id: id(WATCH), method: WATCH.to_owned() };
    let registrations = vec![registration(WATCH, json!({ "watchers": watchers(profile, folders) }))];
    let next = outbox.clone();
    let params = UnregistrationParams { unregisterations: vec![unregistration] };
    // Whatever the answer: a client that did not know the old ones takes the new ones.
    outbox.request::<UnregisterCapability>(params, move |_| send(&next, registrations));
}

fn send(outbox: &Outbox, registrations: Vec<Registration>) {
    if registrations.is_empty() {
        return;
    }
    let log = outbox.clone();
    outbox.request::<RegisterCapability>(RegistrationParams { registrations }, move |answer| {
        if let Err(error) = answer {
            log.log(MessageType::WARNING, format!("files that change outside of the editor go unnoticed: {error}"));
        }
    });
}

fn id(method: &str) -> String {
    format!("resmark:{method}")
}

fn registration(method: &str, options: Value) -> Registration {
    Registration { id: id(method), method: method.to_owned(), register_options: Some(options) }
}

/// What is watched: in each folder of the workspace, where the client can tell folders apart; else everywhere.
fn watchers(profile: &ClientProfile, folders: &[PathBuf]) -> Vec<Value> {
    let uris: Vec<_> = folders.iter().filter_map(|folder| uri::of_path(folder)).collect();
    let patterns = |glob: &str| -> Vec<Value> {
        if profile.relative_patterns && !uris.is_empty() {
            uris.iter().map(|uri| json!({ "baseUri": uri, "pattern": glob })).collect()
        } else {
            vec![json!(glob)]
        }
    };
    let files = FILES.iter().flat_map(|glob| patterns(glob)).map(|pattern| json!({ "globPattern": pattern }));
    let deleted = patterns(ANYTHING).into_iter().map(|pattern| json!({ "globPattern": pattern, "kind": DELETE }));
    files.chain(deleted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_watched_is_said_by_folder_where_the_client_can() {
        let mut profile = ClientProfile::of(&Default::default());
        let folders = [PathBuf::from("/a b"), PathBuf::from("/c")];
        let globs = watchers(&profile, &folders);
        assert_eq!(globs.len(), FILES.len() + 1);
        assert_eq!(globs[0], json!({ "globPattern": "**/*.resmark" }));
        assert_eq!(globs[FILES.len()], json!({ "globPattern": "**", "kind": 4 }));
        profile.relative_patterns = true;
        assert_eq!(watchers(&profile, &[]), globs, "there is no folder to name");
        let by_folder = watchers(&profile, &folders);
        assert_eq!(by_folder.len(), 2 * globs.len());
        assert_eq!(by_folder[0], json!({ "globPattern": { "baseUri": "file:///a%20b", "pattern": "**/*.resmark" } }));
    }
}
