//! The servers: how each is started, what it is told, and what a client has to do for it.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use super::texts::{self, Text};
use crate::client::{Findings, Helper};

/// Where the servers lie, as installed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Peers {
    /// `ruff`.
    pub ruff: Option<PathBuf>,
    /// `texlab`.
    pub texlab: Option<PathBuf>,
    /// Node.js, and the folder of the packages `vscode-markdown-languageserver` and `markdown-it`.
    pub markdown: Option<(PathBuf, PathBuf)>,
    /// The servers' versions, by the names above, for the page.
    #[serde(default)]
    pub versions: std::collections::BTreeMap<String, String>,
}

/// A server and how to speak to it.
pub struct Peer {
    /// What the page calls it.
    pub name: String,
    /// What it was asked to do, for the page.
    pub asked: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
    /// How it gives its findings.
    pub findings: Findings,
    /// Initialization options.
    pub options: Value,
    /// Settings, told behind `initialized`.
    pub settings: Value,
    /// The name of the file that it is given.
    pub file: &'static str,
    /// The language's name in the protocol.
    pub language: &'static str,
    /// A text of so many bytes.
    pub text: fn(usize) -> Text,
    /// The script that reads Markdown for a server which leaves that to its client, and Node.js for it.
    reader: Option<(PathBuf, PathBuf)>,
}

/// This server, and the others as far as they are there.
pub fn all(server: &std::path::Path, peers: &Peers) -> Vec<Peer> {
    let version = |name: &str| peers.versions.get(name).map_or(name.to_owned(), |version| format!("{name} {version}"));
    let mut all = vec![Peer {
        name: "resmark".to_owned(),
        asked: "the resolution; publishes on every change",
        program: server.to_owned(),
        arguments: vec!["lsp".to_owned()],
        findings: Findings::Pushed,
        options: Value::Null,
        settings: Value::Null,
        file: "draft.resmark",
        language: "resmark",
        text: texts::resolution,
        reader: None,
    }];
    if let Some(ruff) = &peers.ruff {
        all.push(Peer {
            name: version("ruff"),
            asked: "`ruff server` on Python: its usual rules (E4, E7, E9, F); publishes on every change. It has hovers for \
                    `noqa` comments only, and no definitions, completions, references and symbols",
            program: ruff.clone(),
            arguments: vec!["server".to_owned()],
            findings: Findings::Pushed,
            options: json!({ "settings": { "logLevel": "error" } }),
            settings: Value::Null,
            file: "draft.py",
            language: "python",
            text: texts::python,
            reader: None,
        });
    }
    if let Some(texlab) = &peers.texlab {
        // It waits for 300 ms otherwise before it publishes.
        let settings = json!({ "diagnosticsDelay": 0, "chktex": { "onEdit": false, "onOpenAndSave": false } });
        all.push(Peer {
            name: version("texlab"),
            asked: "`texlab` on LaTeX, without the programs of TeX; its delay before it publishes is set from 300 ms to 0",
            program: texlab.clone(),
            arguments: Vec::new(),
            findings: Findings::Pushed,
            options: settings.clone(),
            settings: json!({ "texlab": settings }),
            file: "draft.tex",
            language: "latex",
            text: texts::latex,
            reader: None,
        });
    }
    if let Some((node, packages)) = &peers.markdown {
        let server = packages.join("node_modules/vscode-markdown-languageserver/dist/node/workerMain.js");
        all.push(Peer {
            name: version("markdown"),
            asked: "`vscode-markdown-languageserver` on the same text as Markdown, links checked; it publishes nothing and \
                    is asked (`textDocument/diagnostic`). It leaves reading Markdown to its client, which lets `markdown-it` \
                    in a program of its own do that, on every change, as VS Code does; that time counts",
            program: node.clone(),
            arguments: vec![server.display().to_string(), "--stdio".to_owned()],
            findings: Findings::Pulled,
            options: json!({ "markdownFileExtensions": ["md"] }),
            settings: markdown_settings(),
            file: "draft.md",
            language: "markdown",
            text: texts::markdown,
            reader: Some((node.clone(), packages.clone())),
        });
    }
    all
}

fn markdown_settings() -> Value {
    let warning = json!({ "enabled": "warning" });
    json!({ "markdown": {
        "suggest": { "paths": { "enabled": true } },
        "occurrencesHighlight": { "enabled": false },
        "validate": {
            "enabled": true,
            "referenceLinks": warning,
            "fragmentLinks": warning,
            "fileLinks": { "enabled": "warning", "markdownFragmentLinks": "inherit" },
            "ignoredLinks": [],
            "unusedLinkDefinitions": warning,
            "duplicateLinkDefinitions": warning,
        },
    } })
}

impl Peer {
    /// The command that starts it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command
    }

    /// What answers the server's own requests about the document `uri`, if it has any.
    ///
    /// # Errors
    /// When what reads Markdown cannot be started.
    pub fn helper(&self, uri: &str) -> Result<Option<Helper>> {
        let Some((node, packages)) = &self.reader else { return Ok(None) };
        let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../peers/tokens.cjs");
        let mut reader = Command::new(node)
            .arg(script)
            .arg(packages)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start what reads Markdown")?;
        let mut input = reader.stdin.take().context("it has an input")?;
        let mut output = BufReader::new(reader.stdout.take().context("it has an output")?);
        let uri = uri.to_owned();
        // It ends by itself when its input does.
        std::thread::spawn(move || reader.wait());
        Ok(Some(Box::new(move |method, params, open| match method {
            "markdown/parse" => {
                let text = params["text"].as_str().or(open.get(params["uri"].as_str()?).map(String::as_str))?;
                writeln!(input, "{}", serde_json::to_string(text).ok()?).ok()?;
                input.flush().ok()?;
                let mut line = String::new();
                output.read_line(&mut line).ok()?;
                serde_json::from_str(&line).ok()
            }
            "markdown/findMarkdownFilesInWorkspace" => Some(json!([uri])),
            "markdown/fs/stat" => (params["uri"] == uri.as_str()).then(|| json!({ "isDirectory": false })),
            "markdown/fs/readDirectory" => Some(json!([])),
            _ => None,
        })))
    }
}
