//! What is measured of this server alone, beside its limits.

pub mod check;
pub mod keystroke;
pub mod requests;
pub mod start;
pub mod workspace;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use serde_json::Value;

use crate::client::{Client, Findings, uri_of};
use crate::texts;

/// What is measured, and how thoroughly.
pub struct Task {
    /// The program.
    pub server: PathBuf,
    /// Less of everything.
    pub quick: bool,
}

impl Task {
    /// The command that starts the server.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.server);
        command.arg("lsp");
        command
    }

    /// The sizes of documents, in bytes, with their names.
    pub fn sizes(&self) -> &'static [(usize, &'static str)] {
        let all: &[_] =
            &[(10_000, "10 kB"), (20_000, "20 kB"), (100_000, "100 kB"), (1_000_000, "1 MB"), (10_000_000, "10 MB")];
        if self.quick { &all[..4] } else { all }
    }

    /// The sizes of workspaces, in resolutions, with their names.
    pub fn workspaces(&self) -> &'static [(usize, &'static str)] {
        let all: &[_] = &[(1_017, "1,017"), (3_000, "3,000"), (20_000, "20,000")];
        if self.quick { &all[..1] } else { all }
    }

    /// Starts the server in `folder`, of which it has read everything.
    pub fn serving(&self, folder: &Path) -> Result<Client> {
        let mut client = Client::start(&mut self.command())?;
        client.initialize(Some(folder), Findings::Pushed, Value::Null)?;
        all_is_read(&mut client)?;
        Ok(client)
    }
}

/// Waits until the server says that the folder is read; a request sees all of it then.
pub fn all_is_read(client: &mut Client) -> Result<()> {
    client.wait("the end of reading the workspace", |message| {
        message["method"] == "window/logMessage"
            && message["params"]["message"].as_str().is_some_and(|said| said.contains(" documents read"))
    })?;
    Ok(())
}

/// A resolution in a folder of its own.
pub struct Document {
    /// Its text.
    pub text: String,
    /// Its address; the file need not be there.
    pub uri: String,
    /// Keeps the folder.
    folder: tempfile::TempDir,
}

impl Document {
    /// A resolution of `bytes` bytes.
    pub fn new(bytes: usize) -> Result<Document> {
        Document::of(texts::resolution(bytes, texts::NUMBER))
    }

    /// That text.
    pub fn of(text: String) -> Result<Document> {
        let folder = texts::folder()?;
        let path = folder.path().join("draft.resmark");
        std::fs::write(&path, &text)?;
        Ok(Document { uri: uri_of(&path), text, folder })
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Opens it in the server, and waits for its findings.
    pub fn open(&self, client: &mut Client) -> Result<Vec<Value>> {
        client.open(&self.uri, "resmark", &self.text)?;
        Ok(client.findings(&self.uri, Findings::Pushed)?.1)
    }
}
