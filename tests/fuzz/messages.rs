//! Messages at random to the real server: whatever a client sends, every request is answered once, nothing panics, and at
//! the end the texts are those that a model has.

use std::collections::HashMap;

use fastrand::Rng;
use resmark_tests::wire::{PATIENCE, Wire};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::driver::Target;
use crate::json::spoil;
use crate::texts::{name, text, typed};

pub struct Messages;

/// A conversation.
#[derive(Serialize, Deserialize)]
pub struct Input {
    /// The files in the folder, by name.
    files: Vec<(String, String)>,
    messages: Vec<Said>,
    /// What the client does with the requests of the server.
    replies: Replies,
    end: End,
}

/// What a client says. `${root}` stands for the URI of the folder.
#[derive(Serialize, Deserialize)]
enum Said {
    /// `initialize`, and the answer is waited for.
    Initialize(Value),
    Request(String, Value),
    Notify(String, Value),
    /// Takes back the request that was made so many requests ago.
    Cancel(usize),
    /// The body of a message, which is none.
    Nonsense(String),
}

#[derive(Serialize, Deserialize, Clone, Copy, PartialEq)]
enum Replies {
    Nothing,
    Errors,
    /// It never answers.
    Never,
    /// An answer of a kind that nobody expects.
    Wrong,
}

#[derive(Serialize, Deserialize, Clone, Copy, PartialEq)]
enum End {
    Shutdown,
    /// `exit` without `shutdown`.
    Exit,
    /// The client is gone.
    Closed,
}

/// The documents that the model follows.
const DOCUMENTS: &[&str] =
    &["${root}/a.resmark", "${root}/b/c.resmark", "untitled:one", "untitled:two", "${root}/catalogue/d.resmark"];

/// What else may stand for a document.
const STRANGERS: &[&str] = &[
    "untitled:wild",
    "${root}/none.resmark",
    "${root}/resmark.json",
    "${root}/catalogue/x.json",
    "resmark-catalogue:/PP-140.md",
    "${root}",
    "file:///",
    "http://example.org/x.resmark",
    "",
    "no uri",
    "决议",
    "resmark-catalogue:/rules/numbering-gap.md",
    "file://%00/%ff",
];

impl Target for Messages {
    type Input = Input;
    const CASES: usize = 45;

    fn prepare() {
        resmark_tests::binary();
    }

    fn make(random: &mut Rng, large: bool) -> Input {
        let files =
            [("a.resmark", 2), ("b/c.resmark", 2), ("b/e.resmark", 2), ("resmark.json", 6), ("catalogue/x.json", 6)];
        let files = files.into_iter().filter(|(_, times)| random.u8(..*times) == 0).collect::<Vec<_>>();
        let files = files.into_iter().map(|(name, _)| (name.to_owned(), text(random, false))).collect();
        let mut messages: Vec<Said> = Vec::new();
        for _ in 0..random.usize(1..if large { 90 } else { 50 }) {
            messages.push(said(random));
        }
        if random.u8(..12) > 0 {
            // Mostly first, as it should be; now and then late, twice or never.
            let at = if random.u8(..6) == 0 { random.usize(..messages.len()) } else { 0 };
            messages.insert(at, Said::Initialize(introduction(random)));
            messages.insert(at + 1, Said::Notify("initialized".to_owned(), json!({})));
        }
        let replies = match random.u8(..6) {
            0 => Replies::Errors,
            1 => Replies::Never,
            2 => Replies::Wrong,
            _ => Replies::Nothing,
        };
        let end = match random.u8(..8) {
            0 => End::Exit,
            1 => End::Closed,
            _ => End::Shutdown,
        };
        Input { files, messages, replies, end }
    }

    fn check(input: &Input) -> Result<(), String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in &input.files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let root = format!("file://{}", folder.path().display());
        let mut talk = Talk {
            wire: Wire::start(),
            input,
            root,
            asked: Vec::new(),
            answered: HashMap::new(),
            model: Model::default(),
        };
        let outcome = talk.hold();
        let errors = talk.wire.errors();
        if errors.contains("panicked") {
            return Err(format!(
                "the server panics: {}",
                errors.lines().find(|line| line.contains("panicked")).unwrap_or_default()
            ));
        }
        outcome.map_err(|fault| format!("{fault}\n{errors}"))
    }
}

/// A conversation as it goes.
struct Talk<'a> {
    wire: Wire,
    input: &'a Input,
    root: String,
    asked: Vec<i64>,
    /// How often each was answered.
    answered: HashMap<i64, usize>,
    model: Model,
}

impl Talk<'_> {
    fn hold(&mut self) -> Result<(), String> {
        for said in &self.input.messages {
            let listens = match said {
                Said::Initialize(params) => {
                    let id = self.wire.ask("initialize", rooted(params, &self.root));
                    self.asked.push(id);
                    let answer = self.until(|message| message["id"] == id)?;
                    self.model.initialized(&answer);
                    true
                }
                Said::Request(method, params) => {
                    let id = self.wire.ask(method, rooted(params, &self.root));
                    self.asked.push(id);
                    if method == "shutdown" {
                        self.until(|message| message["id"] == id)?;
                        self.model.over |= self.model.begun;
                    }
                    true
                }
                Said::Notify(method, params) => {
                    self.model.told(method, params);
                    self.wire.notify(method, rooted(params, &self.root))
                }
                Said::Cancel(back) => {
                    let id = self.asked.iter().rev().nth(*back).copied().unwrap_or(-1);
                    self.wire.notify("$/cancelRequest", json!({ "id": id }))
                }
                Said::Nonsense(body) => self.wire.send_bytes(body.as_bytes()),
            };
            if !listens {
                return Err("the server does not listen any more".to_owned());
            }
        }
        if self.model.begun && !self.model.over {
            for (uri, text) in self.model.texts.clone() {
                let id = self.wire.ask("resmark/viewText", rooted(&json!({ "uri": uri }), &self.root));
                self.asked.push(id);
                let answer = self.until(|message| message["id"] == id)?;
                if answer["result"]["text"].as_str() != Some(text.as_str()) {
                    return Err(format!("the server has another text of {uri}\n{answer}\ninstead of\n{text:?}"));
                }
            }
        }
        self.end()
    }

    /// Hears what the server says, up to what is waited for.
    fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Result<Value, String> {
        loop {
            let Some(message) = self.wire.receive(PATIENCE) else {
                let left: Vec<&i64> = self.asked.iter().filter(|id| !self.answered.contains_key(id)).collect();
                return Err(format!("the server does not answer any more\nnot answered: {left:?}"));
            };
            self.hear(&message)?;
            if message.get("method").is_none() && wanted(&message) {
                return Ok(message);
            }
        }
    }

    fn hear(&mut self, message: &Value) -> Result<(), String> {
        let said = message["params"]["message"].as_str().or(message["error"]["message"].as_str()).unwrap_or_default();
        if said.contains("please report it") {
            return Err(format!("the server panics and goes on\n{said}"));
        }
        match (message.get("method"), message["id"].as_i64()) {
            (None, Some(id)) => {
                let times = self.answered.entry(id).or_default();
                *times += 1;
                if *times > 1 || !self.asked.contains(&id) {
                    return Err(format!("an answer too many\n{message}"));
                }
            }
            (Some(_), _) if message.get("id").is_some() => {
                let id = &message["id"];
                let reply = match self.input.replies {
                    Replies::Never => return Ok(()),
                    Replies::Nothing => json!({ "id": id, "result": null }),
                    Replies::Wrong => json!({ "id": id, "result": [{ "x": [1, "2", null] }] }),
                    Replies::Errors => json!({ "id": id, "error": { "code": -32601, "message": "no" } }),
                };
                self.wire.send(reply);
            }
            _ => {}
        }
        Ok(())
    }

    /// The end of it: every request answered, and the process gone.
    fn end(&mut self) -> Result<(), String> {
        let shuts_down = self.input.end == End::Shutdown;
        if shuts_down {
            self.asked.push(self.wire.ask("shutdown", Value::Null));
        }
        // Cancelled or refused: each is answered. Who says nothing but `exit` need not hear of them.
        while shuts_down && self.asked.iter().any(|id| !self.answered.contains_key(id)) {
            self.until(|_| true)?;
        }
        if self.input.end != End::Closed {
            self.wire.notify("exit", Value::Null);
        } else {
            self.wire.close();
        }
        let status = self.wire.end(PATIENCE).ok_or("the server does not end")?;
        let well = self.model.over || (shuts_down && self.model.begun);
        match status.code() {
            Some(0) if well => Ok(()),
            Some(1) if !well => Ok(()),
            code => Err(format!("the server ends with {code:?}, said goodbye: {well}")),
        }
    }
}

/// `${root}` filled in, wherever it stands.
fn rooted(value: &Value, root: &str) -> Value {
    match value {
        Value::String(text) => text.replace("${root}", root).into(),
        Value::Array(items) => items.iter().map(|item| rooted(item, root)).collect(),
        Value::Object(entries) => entries.iter().map(|(key, item)| (key.clone(), rooted(item, root))).collect(),
        other => other.clone(),
    }
}

/// What the texts must be.
#[derive(Default)]
struct Model {
    begun: bool,
    over: bool,
    encoding: Encoding,
    texts: HashMap<String, String>,
}

#[derive(Default, Clone, Copy)]
enum Encoding {
    Utf8,
    #[default]
    Utf16,
    Utf32,
}

impl Encoding {
    fn len(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

impl Model {
    fn initialized(&mut self, answer: &Value) {
        let Some(capabilities) = answer["result"].get("capabilities") else { return };
        self.begun = true;
        self.encoding = match capabilities["positionEncoding"].as_str() {
            Some("utf-8") => Encoding::Utf8,
            Some("utf-32") => Encoding::Utf32,
            _ => Encoding::Utf16,
        };
    }

    fn told(&mut self, method: &str, params: &Value) {
        let Some(uri) = params["textDocument"]["uri"].as_str().filter(|uri| DOCUMENTS.contains(uri)) else { return };
        if !self.begun || self.over {
            return;
        }
        match method {
            "textDocument/didOpen" => {
                let text = params["textDocument"]["text"].as_str().unwrap_or_default();
                self.texts.insert(uri.to_owned(), text.to_owned());
            }
            "textDocument/didClose" => {
                self.texts.remove(uri);
            }
            "textDocument/didChange" => {
                let Some(own) = self.texts.get_mut(uri) else { return };
                for change in params["contentChanges"].as_array().into_iter().flatten() {
                    let put = change["text"].as_str().unwrap_or_default();
                    match change.get("range") {
                        None => *own = put.to_owned(),
                        Some(range) => {
                            let [one, other] =
                                [&range["start"], &range["end"]].map(|place| offset(own, place, self.encoding));
                            own.replace_range(one.min(other)..one.max(other), put);
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

/// Where a position is: behind the last line it is the end of the text, behind the end of a line that end, and inside of a
/// character its start.
fn offset(text: &str, position: &Value, encoding: Encoding) -> usize {
    let (line, column) = (position["line"].as_u64().unwrap_or(0), position["character"].as_u64().unwrap_or(0));
    let mut start = 0;
    for _ in 0..line {
        let Some(end) = text[start..].find(['\n', '\r']) else { return text.len() };
        let len = if text[start + end..].starts_with("\r\n") { 2 } else { 1 };
        start += end + len;
    }
    let mut left = column as usize;
    for (at, c) in text[start..].char_indices() {
        if matches!(c, '\n' | '\r') || left < encoding.len(c) {
            return start + at;
        }
        left -= encoding.len(c);
    }
    text.len()
}

fn introduction(random: &mut Rng) -> Value {
    let encodings = random
        .choice([json!(["utf-8"]), json!(["utf-16"]), json!(["utf-32"]), json!(["utf-16", "utf-8"]), json!([])])
        .unwrap();
    let mut capabilities = json!({
        "general": { "positionEncodings": encodings },
        "window": { "workDoneProgress": random.bool() },
        "workspace": {
            "configuration": random.bool(),
            "workspaceFolders": random.bool(),
            "didChangeWatchedFiles": { "dynamicRegistration": random.bool() },
            "workspaceEdit": { "documentChanges": random.bool() },
            "codeLens": { "refreshSupport": random.bool() },
            "inlayHint": { "refreshSupport": random.bool() },
        },
        "textDocument": {
            "completion": { "completionItem": { "snippetSupport": random.bool() } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": random.bool() },
            "rename": { "prepareSupport": random.bool() },
            "definition": { "linkSupport": random.bool() },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [""] } } },
        },
    });
    if random.bool() {
        capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": random.bool() });
        capabilities["textDocument"]["diagnostic"] = json!({});
    }
    let options = random.choice([
        json!(null),
        json!({}),
        json!({ "catalogPages": true, "inlayHints": { "versionInForce": true } }),
        json!([1]),
    ]);
    let mut params = json!({
        "processId": null,
        "capabilities": capabilities,
        "initializationOptions": options,
        "workspaceFolders": [{ "uri": "${root}", "name": "folder" }],
    });
    match random.u8(..8) {
        0 => spoil(random, &mut params),
        1 => {
            params["workspaceFolders"] = json!([{ "uri": "${root}", "name": "a" }, { "uri": "${root}/b", "name": "b" }])
        }
        2 => params["workspaceFolders"] = Value::Null,
        _ => {}
    }
    params
}

fn said(random: &mut Rng) -> Said {
    match random.u8(..40) {
        0 => Said::Nonsense(nonsense(random)),
        1..4 => Said::Cancel(random.usize(..6)),
        4 => Said::Initialize(introduction(random)),
        5 if random.u8(..6) == 0 => Said::Request("shutdown".to_owned(), Value::Null),
        5..24 => notification(random),
        _ => request(random),
    }
}

/// What is no message, or one that the server cannot take.
fn nonsense(random: &mut Rng) -> String {
    let deep = format!("{{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":{}", "[".repeat(300));
    let whole = [
        "{ nonsense",
        "",
        "[]",
        "7",
        "{}",
        "null",
        "[{\"jsonrpc\":\"2.0\"}]",
        "{\"jsonrpc\":\"2.0\"}",
        "\"\\ud800\"",
        &deep,
    ];
    if random.bool() {
        return random.choice(whole).unwrap_or_default().to_owned();
    }
    let pieces = [
        "{",
        "}",
        "[",
        "\"",
        "\\ud83d",
        "\"jsonrpc\":\"2.0\",",
        "\"id\":7.5",
        "\"method\":\"x\"",
        ",",
        "1e999",
        "null",
    ];
    (0..random.usize(..9)).map(|_| random.choice(pieces).unwrap_or_default()).collect()
}

fn notification(random: &mut Rng) -> Said {
    let wild = random.u8(..6) == 0;
    let uri = if wild { "untitled:wild" } else { *random.choice(DOCUMENTS).unwrap() };
    let version = random.i32(-3..40);
    let (method, mut params) = match random.u8(..22) {
        0..4 => (
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": "resmark", "version": version, "text": text(random, false) } }),
        ),
        4..14 => {
            let changes: Vec<Value> = (0..random.usize(..4)).map(|_| change(random)).collect();
            (
                "textDocument/didChange",
                json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes }),
            )
        }
        14 | 15 => ("textDocument/didClose", json!({ "textDocument": { "uri": uri } })),
        16 => ("textDocument/didSave", json!({ "textDocument": { "uri": uri } })),
        17 => {
            let events: Vec<Value> =
                (0..random.usize(..4)).map(|_| json!({ "uri": any_uri(random), "type": random.u8(..5) })).collect();
            ("workspace/didChangeWatchedFiles", json!({ "changes": events }))
        }
        18 => {
            let folder = |random: &mut Rng| json!([{ "uri": random.choice(["${root}", "${root}/b", "file:///none", "${root}/a.resmark"]), "name": "x" }]);
            let event = json!({ "added": if random.bool() { folder(random) } else { json!([]) }, "removed": if random.bool() { folder(random) } else { json!([]) } });
            ("workspace/didChangeWorkspaceFolders", json!({ "event": event }))
        }
        19 => {
            let settings = [
                json!(null),
                json!({}),
                json!({ "resmark": { "asOf": "2019-01-01" } }),
                json!({ "resmark": { "profile": 7 } }),
                json!("x"),
            ];
            ("workspace/didChangeConfiguration", json!({ "settings": random.choice(settings) }))
        }
        20 => {
            let methods = ["workspace/didCreateFiles", "workspace/didDeleteFiles", "workspace/didRenameFiles"];
            (*random.choice(&methods).unwrap(), files(random))
        }
        _ => (
            *random
                .choice(&[
                    "no/such/notification",
                    "initialized",
                    "window/workDoneProgress/cancel",
                    "$/setTrace",
                    "resmark/previewScroll",
                ])
                .unwrap(),
            json!({ "token": random.u8(..3), "value": "off", "uri": uri, "line": random.u32(..) }),
        ),
    };
    if wild && random.bool() {
        spoil(random, &mut params);
    }
    Said::Notify(method.to_owned(), params)
}

fn change(random: &mut Rng) -> Value {
    match random.u8(..12) {
        0 => json!({ "text": text(random, false) }),
        _ => json!({ "range": range(random), "text": typed(random) }),
    }
}

fn range(random: &mut Rng) -> Value {
    let start = position(random);
    let end = match random.u8(..4) {
        0 => position(random),
        1 => start.clone(),
        _ => {
            json!({ "line": start["line"], "character": start["character"].as_u64().unwrap_or(0).saturating_add(random.u64(..30)).min(u64::from(u32::MAX)) })
        }
    };
    json!({ "start": start, "end": end })
}

fn position(random: &mut Rng) -> Value {
    let number = |random: &mut Rng, most: u32| match random.u8(..30) {
        0 => u32::MAX,
        1 => i32::MAX as u32,
        2 => random.u32(..),
        _ => random.u32(..most),
    };
    json!({ "line": number(random, 20), "character": number(random, 60) })
}

fn any_uri(random: &mut Rng) -> &'static str {
    let from = if random.u8(..5) == 0 { STRANGERS } else { DOCUMENTS };
    random.choice(from).copied().unwrap_or_default()
}

fn files(random: &mut Rng) -> Value {
    json!({ "files": [{ "uri": any_uri(random), "oldUri": any_uri(random), "newUri": any_uri(random) }] })
}

const AT_A_PLACE: &[&str] = &[
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/declaration",
    "textDocument/typeDefinition",
    "textDocument/implementation",
    "textDocument/documentHighlight",
    "textDocument/linkedEditingRange",
    "textDocument/references",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/prepareCallHierarchy",
    "textDocument/prepareTypeHierarchy",
    "textDocument/onTypeFormatting",
    "textDocument/signatureHelp",
    "textDocument/selectionRange",
];

const OF_A_DOCUMENT: &[&str] = &[
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
    "textDocument/codeAction",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "textDocument/rangesFormatting",
    "textDocument/codeLens",
    "textDocument/documentLink",
    "textDocument/inlayHint",
    "textDocument/diagnostic",
];

const OTHERS: &[&str] = &[
    "workspace/symbol",
    "workspace/diagnostic",
    "workspace/willRenameFiles",
    "workspace/willDeleteFiles",
    "workspace/executeCommand",
    "workspace/textDocumentContent",
    "resmark/preview",
    "resmark/citations",
    "resmark/graph",
    "resmark/status",
    "resmark/viewText",
    "resmark/viewTree",
    "codeLens/resolve",
    "codeAction/resolve",
    "completionItem/resolve",
    "documentLink/resolve",
    "inlayHint/resolve",
    "workspaceSymbol/resolve",
    "callHierarchy/incomingCalls",
    "callHierarchy/outgoingCalls",
    "typeHierarchy/supertypes",
    "typeHierarchy/subtypes",
    "no/such/request",
];

fn request(random: &mut Rng) -> Said {
    let uri = any_uri(random);
    let place = position(random);
    let method = match random.u8(..10) {
        0..5 => random.choice(AT_A_PLACE),
        5..8 => random.choice(OF_A_DOCUMENT),
        _ => random.choice(OTHERS),
    };
    let item = json!({ "name": "x", "kind": 15, "uri": uri, "range": range(random), "selectionRange": range(random), "data": { "id": "PP-140", "version": "2018" } });
    // What any of them wants; the others take no notice.
    let mut params = json!({
        "textDocument": { "uri": uri },
        "uri": uri,
        "position": place,
        "positions": [place, position(random)],
        "range": range(random),
        "ranges": [range(random), range(random)],
        "context": { "diagnostics": [], "includeDeclaration": random.bool(), "triggerKind": random.u8(1..3) },
        "newName": name(random),
        "ch": random.choice(["\n", ")", ""]),
        "options": { "tabSize": random.u32(..), "insertSpaces": random.bool() },
        "query": name(random),
        "previousResultId": random.u8(..4).to_string(),
        "previousResultIds": [{ "uri": "untitled:one", "value": "1" }],
        "files": files(random)["files"],
        "command": "resmark.none",
        "item": item,
        "label": name(random),
        "title": name(random),
        "name": name(random),
        "kind": 15,
        "location": { "uri": uri },
        "data": random.choice([json!(null), json!({ "uri": uri }), json!({ "id": "PP-140" }), json!(7)]),
        "view": random.choice(["tracked", "inForce", "asAmended", "x"]),
    });
    if random.u8(..6) == 0 {
        spoil(random, &mut params);
    }
    Said::Request(method.copied().unwrap_or_default().to_owned(), params)
}
