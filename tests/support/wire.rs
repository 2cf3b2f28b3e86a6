//! The server on the bare wire: messages as they are, for what a well-behaved client would never send.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a test waits for something that has to come: longer than it takes on any machine that still works.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A running server, the two pipes that lead to it, and what it writes where nobody looks.
pub struct Wire {
    /// The process.
    pub child: Child,
    stdin: Option<ChildStdin>,
    unread: Option<BufReader<ChildStdout>>,
    incoming: Option<Receiver<Value>>,
    errors: Option<JoinHandle<String>>,
    next: i64,
    /// What came before an answer that was waited for: notifications and requests of the server, and other answers.
    pub said: Vec<Value>,
}

impl Wire {
    /// Starts the server and reads what it says.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub fn start() -> Wire {
        let mut wire = Wire::start_unread(&mut Command::new(crate::binary()));
        wire.read();
        wire
    }

    /// Starts the server by `command`, to which `lsp` is added, and reads nothing of what it says.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub fn start_unread(command: &mut Command) -> Wire {
        let piped = command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().expect("the server starts");
        let mut stderr = child.stderr.take().expect("it is piped");
        let errors = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = stderr.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let (stdin, unread) = (child.stdin.take(), child.stdout.take().map(BufReader::new));
        Wire { child, stdin, unread, incoming: None, errors: Some(errors), next: 0, said: Vec::new() }
    }

    /// Begins to read what the server says, from a thread of its own.
    pub fn read(&mut self) {
        let Some(mut stdout) = self.unread.take() else { return };
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            while let Some(message) = receive(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        self.incoming = Some(receiver);
    }

    /// Introduces a client that reads the answer to that and nothing more.
    ///
    /// # Panics
    ///
    /// When there is no answer.
    pub fn initialize_unread(&mut self) {
        let id = self.ask("initialize", json!({ "processId": null, "capabilities": {}, "workspaceFolders": null }));
        let stdout = self.unread.as_mut().expect("nobody reads yet");
        while receive(stdout).expect("the server answers")["id"] != id {}
        self.notify("initialized", json!({}));
    }

    /// Sends the body of a message, which may be anything. `false` when the server does not listen any more.
    pub fn send_bytes(&mut self, body: &[u8]) -> bool {
        let Some(stdin) = &mut self.stdin else { return false };
        let mut bytes = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        bytes.extend_from_slice(body);
        stdin.write_all(&bytes).and_then(|()| stdin.flush()).is_ok()
    }

    /// Sends a message, to which the version of the protocol is added.
    pub fn send(&mut self, mut message: Value) -> bool {
        message["jsonrpc"] = "2.0".into();
        self.send_bytes(message.to_string().as_bytes())
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) -> bool {
        self.send(message(method, params))
    }

    /// Sends a request and tells under which id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let mut message = message(method, params);
        message["id"] = self.next.into();
        self.send(message);
        self.next
    }

    /// Sends a request and waits for the answer; the requests of the server are answered with nothing meanwhile.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// Waits for the answer to the request with this id, which may have come while another one was waited for.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn answer(&mut self, id: i64) -> Value {
        let answers = |message: &Value| message.get("method").is_none() && message["id"] == id;
        if let Some(at) = self.said.iter().position(answers) {
            return self.said.remove(at);
        }
        loop {
            let Some(message) = self.receive(PATIENCE) else {
                panic!("no answer to {id}; the server said {}", self.errors());
            };
            if answers(&message) {
                return message;
            }
            self.reply(&message);
            self.said.push(message);
        }
    }

    /// Answers a request of the server with nothing; anything else needs no answer.
    pub fn reply(&mut self, message: &Value) {
        if message.get("method").is_some() && message.get("id").is_some() {
            self.send(json!({ "id": message["id"], "result": null }));
        }
    }

    /// The next message of the server; `None` when it has closed its end, or says nothing for so long.
    pub fn receive(&mut self, patience: Duration) -> Option<Value> {
        self.incoming.as_ref()?.recv_timeout(patience).ok()
    }

    /// Introduces a client with these capabilities, in these folders (URIs).
    pub fn initialize(&mut self, capabilities: Value, folders: &[String]) -> Value {
        let folders: Vec<Value> = folders.iter().map(|uri| json!({ "uri": uri, "name": "folder" })).collect();
        let params = json!({ "processId": null, "capabilities": capabilities, "workspaceFolders": folders });
        let answer = self.request("initialize", params);
        self.notify("initialized", json!({}));
        answer
    }

    /// The editor opens a document.
    pub fn open(&mut self, uri: &str, text: &str) -> bool {
        let document = json!({ "uri": uri, "languageId": "resmark", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }))
    }

    /// The text of a document as the server has it.
    ///
    /// # Panics
    ///
    /// When there is no answer.
    pub fn text(&mut self, uri: &str) -> Option<String> {
        let answer = self.request("resmark/viewText", json!({ "uri": uri }));
        answer["result"]["text"].as_str().map(str::to_owned)
    }

    /// Waits until `holds` of something that the server says on its own account, or has said.
    ///
    /// # Panics
    ///
    /// When it never does.
    pub fn until(&mut self, holds: impl Fn(&Value) -> bool) {
        while !self.said.iter().any(&holds) {
            let Some(message) = self.receive(PATIENCE) else {
                panic!("it never came; the server said {}", self.errors())
            };
            self.reply(&message);
            self.said.push(message);
        }
    }

    /// Waits for a line of the log with these words.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn until_logged(&mut self, words: &str) {
        self.until(|message| message["params"]["message"].as_str().is_some_and(|said| said.contains(words)));
    }

    /// Says goodbye as the protocol has it, and waits for the end.
    ///
    /// # Panics
    ///
    /// When it does not end.
    pub fn leave(&mut self) -> ExitStatus {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.end(PATIENCE).expect("the server ends when it is told to")
    }

    /// Closes the way to the server.
    pub fn close(&mut self) {
        self.stdin = None;
    }

    /// Waits for the end of the process; `None` if that does not come within `patience`.
    pub fn end(&mut self, patience: Duration) -> Option<ExitStatus> {
        let begun = Instant::now();
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                _ if begun.elapsed() > patience => return None,
                _ => std::thread::sleep(Duration::from_millis(2)),
            }
        }
    }

    /// Ends the process and returns what it wrote to its standard error: panics, for instance.
    pub fn errors(&mut self) -> String {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn message(method: &str, params: Value) -> Value {
    match params {
        Value::Null => json!({ "method": method }),
        params => json!({ "method": method, "params": params }),
    }
}

/// The next message of a stream; `None` at its end.
fn receive(stream: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
