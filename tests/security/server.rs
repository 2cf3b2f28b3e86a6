//! The language server over standard input and output, as an editor speaks to it, and the pages of its preview.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use resmark_tests::binary;
use serde_json::{Value, json};

/// How long an answer may take before it counts as none.
const PATIENCE: Duration = Duration::from_secs(120);

pub struct Server {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    asked: i64,
    /// What it asked and told, in order.
    pub heard: Vec<Value>,
}

impl Server {
    /// A server for the folder `root`, that has read it.
    pub fn start(root: &Path) -> Server {
        let mut command = Command::new(binary());
        command.arg("lsp");
        Server::start_as(command, root)
    }

    /// The same, started by this command.
    pub fn start_as(mut command: Command, root: &Path) -> Server {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = message(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut server = Server { child, input, messages, asked: 0, heard: Vec::new() };
        let capabilities = json!({
            "general": { "positionEncodings": ["utf-8"] },
            "window": { "showDocument": { "support": true }, "showMessage": {} },
            "workspace": {
                "workspaceEdit": { "documentChanges": true },
                "fileOperations": { "willRename": true, "didRename": true, "willDelete": true, "didDelete": true },
            },
            "textDocument": { "documentLink": { "tooltipSupport": true } },
        });
        let uri = uri(root);
        server.ask(
            "initialize",
            json!({
                "processId": null, "rootUri": uri, "capabilities": capabilities,
                "workspaceFolders": [{ "uri": uri, "name": "w" }],
                "initializationOptions": { "catalogPages": true },
            }),
        );
        server.tell("initialized", json!({}));
        server
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The result; an error as `{"error": …}`.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let mut message = self.messages.recv_timeout(PATIENCE).expect("the server answers");
            if message.get("method").is_some() {
                if let Some(id) = message.get("id") {
                    self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
                }
                self.heard.push(message);
            } else if message["id"] == id {
                return if message.get("error").is_some() { message } else { message["result"].take() };
            }
        }
    }

    pub fn open(&mut self, path: &Path, text: &str) -> String {
        let uri = uri(path);
        let document = json!({ "uri": uri, "languageId": "resmark", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        uri
    }

    /// The address of a document's preview.
    pub fn preview(&mut self, uri: &str) -> Address {
        let answer = self.ask("resmark/previewAddress", json!({ "textDocument": { "uri": uri } }));
        Address::of(answer["url"].as_str().expect("an address"))
    }

    pub fn stop(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        assert!(self.child.wait().unwrap().success());
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn message(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some((_, value)) => length = value.parse().ok()?,
            None => break,
        }
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The URI of a path that needs no escapes.
pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// Where a preview is.
#[derive(Debug, Clone)]
pub struct Address {
    pub port: u16,
    /// The path, with the query.
    pub path: String,
}

impl Address {
    fn of(url: &str) -> Address {
        let rest = url.strip_prefix("http://127.0.0.1:").expect("it is on this machine");
        let (port, path) = rest.split_once('/').unwrap();
        Address { port: port.parse().unwrap(), path: format!("/{path}") }
    }

    /// The part of the path that nobody can guess, with the slashes around it.
    pub fn secret(&self) -> &str {
        let end = self.path.get(1..).unwrap().find('/').unwrap() + 2;
        self.path.get(..end).unwrap()
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends `request` and reads until the connection ends: the number of the answer, its head, its body.
    pub fn send(&self, request: &str) -> (u16, String, String) {
        let mut stream = self.connect();
        // Who is hung up on cannot send the rest.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let number = head.split(' ').nth(1).and_then(|number| number.parse().ok()).unwrap_or_default();
        (number, head.to_lowercase(), body.to_owned())
    }

    /// Asks for a path as a browser would, with more lines in the head.
    pub fn ask(&self, method: &str, path: &str, more: &str) -> (u16, String, String) {
        let host = if more.to_lowercase().contains("host:") {
            String::new()
        } else {
            format!("Host: 127.0.0.1:{}\r\n", self.port)
        };
        self.send(&format!("{method} {path} HTTP/1.1\r\n{host}{more}Connection: close\r\n\r\n"))
    }
}
