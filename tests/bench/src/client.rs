//! A language client over stdio that does nothing but wait: when a message has arrived as a whole is noted before anything
//! is done with it.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

/// A message of the server, and when its last byte was there.
struct Arrived {
    at: Instant,
    body: Vec<u8>,
}

/// Answers a request of the server that not every client is asked: its method and parameters, the texts of the open
/// documents by their addresses, and the answer.
pub type Helper = Box<dyn FnMut(&str, &Value, &HashMap<String, String>) -> Option<Value>>;

/// A running server and the client's side of the conversation.
pub struct Client {
    child: Child,
    stdin: ChildStdin,
    arrived: Receiver<Arrived>,
    /// When the program was started.
    pub started: Instant,
    /// The longest that is waited for anything.
    pub patience: Duration,
    next: i64,
    /// The version of each open document.
    versions: HashMap<String, i64>,
    /// What the client tells as its settings, by section.
    pub settings: Value,
    helper: Option<Helper>,
    /// The open documents' texts, kept up for the helper alone.
    texts: HashMap<String, String>,
}

/// How a client is given to know findings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Findings {
    /// The server publishes them.
    Pushed,
    /// The client asks for them.
    Pulled,
}

impl Client {
    /// Starts the server `command`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Result<Client> {
        let started = Instant::now();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().to_string_lossy()))?;
        let stdin = child.stdin.take().context("the server has an input")?;
        let stdout = child.stdout.take().context("the server has an output")?;
        let (sender, arrived) = channel();
        std::thread::spawn(move || {
            let mut reader = BufReader::with_capacity(1 << 16, stdout);
            while let Ok(Some(body)) = read_message(&mut reader) {
                if sender.send(Arrived { at: Instant::now(), body }).is_err() {
                    break;
                }
            }
        });
        Ok(Client {
            child,
            stdin,
            arrived,
            started,
            patience: Duration::from_secs(60),
            next: 0,
            versions: HashMap::new(),
            settings: Value::Null,
            helper: None,
            texts: HashMap::new(),
        })
    }

    /// Lets `helper` answer what the server asks and this client does not know.
    pub fn with_helper(&mut self, helper: Helper) {
        self.helper = Some(helper);
    }

    /// Initializes the server for `folder`; returns its answer and when that arrived.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn initialize(
        &mut self,
        folder: Option<&Path>,
        findings: Findings,
        options: Value,
    ) -> Result<(Instant, Value)> {
        let uri = folder.map(uri_of);
        let folders = uri.as_ref().map(|uri| json!([{ "uri": uri, "name": "workspace" }]));
        let id = self.request(
            "initialize",
            json!({
                "processId": std::process::id(),
                "clientInfo": { "name": "resmark-bench" },
                "rootUri": uri,
                "workspaceFolders": folders,
                "capabilities": capabilities(findings),
                "initializationOptions": options,
            }),
        )?;
        let (at, answer) = self.answer(id)?;
        self.notify("initialized", json!({}))?;
        Ok((at, answer))
    }

    /// Opens the document `uri`.
    ///
    /// # Errors
    /// When the server does not read.
    pub fn open(&mut self, uri: &str, language: &str, text: &str) -> Result<()> {
        self.versions.insert(uri.to_owned(), 1);
        if self.helper.is_some() {
            self.texts.insert(uri.to_owned(), text.to_owned());
        }
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }))
    }

    /// Puts `text` for the `removed` characters behind `place` (line and column) of the document; returns when the message
    /// began to go out.
    ///
    /// # Errors
    /// When the server does not read.
    pub fn change(&mut self, uri: &str, place: (usize, usize), removed: usize, text: &str) -> Result<Instant> {
        let (line, column) = place;
        if let Some(whole) = self.texts.get_mut(uri) {
            let start: usize = whole.split_inclusive('\n').take(line).map(str::len).sum::<usize>() + column;
            whole.replace_range(start..start + removed, text);
        }
        let version = self.versions.entry(uri.to_owned()).or_default();
        *version += 1;
        let range = json!({
            "start": { "line": line, "character": column },
            "end": { "line": line, "character": column + removed },
        });
        let change = json!({ "range": range, "text": text });
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [change] });
        let before = Instant::now();
        self.notify("textDocument/didChange", params)?;
        Ok(before)
    }

    /// Waits for the findings of the document as it is now and returns them, with when they arrived. A client that pulls
    /// asks for them.
    ///
    /// # Errors
    /// When they do not come.
    pub fn findings(&mut self, uri: &str, findings: Findings) -> Result<(Instant, Vec<Value>)> {
        let (at, message) = match findings {
            Findings::Pushed => {
                let version = self.versions.get(uri).copied().unwrap_or(0);
                self.wait("published findings", |message| {
                    let params = &message["params"];
                    message["method"] == "textDocument/publishDiagnostics"
                        && same_document(&params["uri"], uri)
                        && params["version"].as_i64().is_none_or(|told| told >= version)
                })?
            }
            Findings::Pulled => {
                let id = self.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }))?;
                self.answer(id)?
            }
        };
        let items = match findings {
            Findings::Pushed => &message["params"]["diagnostics"],
            Findings::Pulled => &message["result"]["items"],
        };
        Ok((at, items.as_array().cloned().unwrap_or_default()))
    }

    /// Sends a request and returns its number.
    ///
    /// # Errors
    /// When the server does not read.
    pub fn request(&mut self, method: &str, params: Value) -> Result<i64> {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))?;
        Ok(id)
    }

    /// Sends a notification.
    ///
    /// # Errors
    /// When the server does not read.
    pub fn notify(&mut self, method: &str, params: Value) -> Result<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    /// Asks and waits for the answer, which may be an error; how long that took, and the whole message.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<(Duration, Value)> {
        let before = Instant::now();
        let id = self.request(method, params)?;
        let (at, message) = self.answer(id)?;
        Ok((at - before, message))
    }

    /// Waits for the answer to the request `id`.
    ///
    /// # Errors
    /// When it does not come.
    pub fn answer(&mut self, id: i64) -> Result<(Instant, Value)> {
        self.wait("an answer", |message| message["method"].is_null() && message["id"] == id)
    }

    /// Waits for the first message that `wanted` accepts, and answers what the server asks meanwhile.
    ///
    /// # Errors
    /// When it does not come in time, or the server ends.
    pub fn wait(&mut self, what: &str, mut wanted: impl FnMut(&Value) -> bool) -> Result<(Instant, Value)> {
        let deadline = Instant::now() + self.patience;
        loop {
            let arrived = match self.arrived.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(arrived) => arrived,
                Err(RecvTimeoutError::Timeout) => bail!("{what} did not come within {:?}", self.patience),
                Err(RecvTimeoutError::Disconnected) => bail!("the server ended while {what} was waited for"),
            };
            let message = self.take(&arrived)?;
            if wanted(&message) {
                return Ok((arrived.at, message));
            }
        }
    }

    /// Lets the server do what it does behind an answer: takes what arrives for so long.
    ///
    /// # Errors
    /// When the server asks something and does not read the answer.
    pub fn rest(&mut self, time: Duration) -> Result<()> {
        let end = Instant::now() + time;
        while let Ok(arrived) = self.arrived.recv_timeout(end.saturating_duration_since(Instant::now())) {
            self.take(&arrived)?;
        }
        Ok(())
    }

    /// The server's memory: what it holds, and the most that it ever held, in bytes. `None` where the system does not say.
    pub fn memory(&self) -> Option<(u64, u64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
        };
        Some((field("VmRSS:")?, field("VmHWM:")?))
    }

    /// Reads the message and, where it is a request, answers it.
    fn take(&mut self, arrived: &Arrived) -> Result<Value> {
        let message: Value = serde_json::from_slice(&arrived.body).context("the server's message is not JSON")?;
        if message["method"].is_string() && !message["id"].is_null() {
            let (method, params) = (message["method"].as_str().unwrap_or_default(), &message["params"]);
            let result = match method {
                "workspace/configuration" => {
                    let sections =
                        params["items"].as_array().into_iter().flatten().map(|item| item["section"].as_str());
                    sections.map(|section| section.map_or(Value::Null, |name| self.settings[name].clone())).collect()
                }
                _ => self.helper.as_mut().and_then(|helper| helper(method, params, &self.texts)).unwrap_or(Value::Null),
            };
            self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }))?;
        }
        Ok(message)
    }

    fn send(&mut self, message: &Value) -> Result<()> {
        let body = serde_json::to_vec(message)?;
        let mut whole = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        whole.extend_from_slice(&body);
        self.stdin.write_all(&whole).and_then(|()| self.stdin.flush()).context("the server does not read")
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It is measured no more; how it ends is tested elsewhere.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address of a file.
pub fn uri_of(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn same_document(told: &Value, uri: &str) -> bool {
    told.as_str().is_some_and(|told| told == uri || told.replace("%3A", ":") == uri)
}

/// One message, without its head; `None` at the end.
fn read_message(reader: &mut impl BufRead) -> Result<Option<Vec<u8>>> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = Some(value.trim().parse::<usize>()?);
        }
    }
    let mut body = vec![0; length.context("a message without its length")?];
    reader.read_exact(&mut body)?;
    Ok(Some(body))
}

/// What a usual editor can do, as far as it is asked for here.
fn capabilities(findings: Findings) -> Value {
    let mut capabilities = json!({
        "general": { "positionEncodings": ["utf-8", "utf-16"] },
        "textDocument": {
            "synchronization": { "didSave": true },
            "publishDiagnostics": { "relatedInformation": true, "versionSupport": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "completion": {
                "completionItem": { "snippetSupport": true, "documentationFormat": ["markdown"] },
                "contextSupport": true,
            },
            "definition": { "linkSupport": true },
            "references": {},
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source"] } },
            },
        },
        "workspace": {
            "workspaceFolders": true,
            "configuration": true,
            "symbol": {},
            "workspaceEdit": { "documentChanges": true },
        },
    });
    if findings == Findings::Pulled {
        capabilities["textDocument"]["diagnostic"] = json!({ "relatedDocumentSupport": false });
        capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    }
    capabilities
}
