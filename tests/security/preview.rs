//! The preview's server: who is let in, what he gets, and how much of it he can take.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::server::{Address, Server};

const TEXT: &str = "# Resolution 9001 (Geneva, 2022)\n\n*resolves*\n\n1. to look.\n";

fn served() -> (tempfile::TempDir, Server, Address) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.resmark");
    std::fs::write(&path, TEXT).unwrap();
    let mut server = Server::start(folder.path());
    let uri = server.open(&path, TEXT);
    let address = server.preview(&uri);
    (folder, server, address)
}

#[test]
fn a_page_may_do_nothing_but_show_itself() {
    let (_folder, _server, address) = served();
    for name in ["", "graph", "preview.css", "graph.css", "preview.js", "browser.js", "graph.js", "nothing"] {
        let (number, head, _) = address.ask("GET", &format!("{}{name}", address.secret()), "");
        assert_eq!(number, if name == "nothing" { 404 } else { 200 }, "{name}");
        for line in [
            "content-security-policy: default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
             img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "referrer-policy: no-referrer",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(head.lines().any(|found| found == line), "{name}: {line}\n{head}");
        }
        assert!(!head.contains("access-control-allow"), "{head}");
    }
}

#[test]
fn only_who_knows_the_secret_and_calls_this_machine_by_its_name_is_let_in() {
    let (_folder, _server, address) = served();
    let path = address.path.clone();
    assert_eq!(address.ask("GET", &path, "").0, 200);
    for host in ["evil.example", "127.0.0.1", "127.0.0.1.evil.example", "[::1]", "localhost", "0.0.0.0"] {
        let port = address.port;
        for host in [host.to_owned(), format!("{host}:{port}x"), format!("{host}:1")] {
            assert_eq!(address.ask("GET", &path, &format!("Host: {host}\r\n")).0, 403, "{host}");
        }
    }
    assert_eq!(address.send(&format!("GET {path} HTTP/1.0\r\n\r\n")).0, 403, "no name at all");
    let absolute = format!("http://evil.example{path}");
    assert_eq!(address.ask("GET", &absolute, "").0, 403, "another name in the address");
    let other = path.replacen(&address.secret()[1..5], "0000", 1);
    for path in ["/", "/favicon.ico", "/../", "//", other.as_str(), "/%2e%2e/", "*"] {
        assert!(matches!(address.ask("GET", path, "").0, 400 | 404), "{path}");
    }
    let secret = address.secret();
    for name in [
        "../../../etc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "..%2fCargo.toml",
        "preview.js/../preview.js",
        "preview.js%00",
    ] {
        assert_eq!(address.ask("GET", &format!("{secret}{name}"), "").0, 404, "{name}");
    }
}

#[test]
fn other_methods_get_nothing() {
    let (_folder, _server, address) = served();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND"] {
        assert_eq!(address.ask(method, address.secret(), "Content-Length: 0\r\n").0, 404, "{method}");
    }
    let reveal = format!("{}reveal", address.secret());
    let from = |origin: &str, body: &str| {
        let head =
            format!("Origin: {origin}\r\nContent-Length: {}\r\nHost: 127.0.0.1:{}\r\n", body.len(), address.port);
        address.send(&format!("POST {reveal} HTTP/1.1\r\n{head}Connection: close\r\n\r\n{body}")).0
    };
    let own = format!("http://127.0.0.1:{}", address.port);
    assert_eq!(from("https://evil.example", "{}"), 403);
    assert_eq!(from("null", "{}"), 403);
    assert_eq!(from(&own, "{}"), 400);
    assert_eq!(from(&own, &"x".repeat(100_000)), 400, "a longer message than any page sends");
    // What the editor does not have is not opened in it, whatever it is.
    for uri in ["file:///etc/passwd", "https://evil.example/", "vscode://x/y", "command:workbench.action.quit"] {
        assert_eq!(from(&own, &format!("{{\"uri\":\"{uri}\",\"line\":0}}")), 404, "{uri}");
    }
}

#[test]
fn a_text_that_the_editor_does_not_have_is_not_shown() {
    let (folder, mut server, address) = served();
    let secret = folder.path().join("secret.txt");
    std::fs::write(&secret, "# Resolution 9002 (Geneva, 2022)\n\nhidden words\n").unwrap();
    for uri in [super::server::uri(&secret), "file:///etc/passwd".to_owned(), "file://host/a.resmark".to_owned()] {
        let mut stream = address.connect();
        let path = format!("{}events?uri={uri}", address.secret());
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", address.port).unwrap();
        let mut got = Vec::new();
        let mut piece = [0; 4096];
        while !got.windows(2).any(|end| end == b"}\n") {
            let length = stream.read(&mut piece).unwrap();
            assert_ne!(length, 0);
            got.extend_from_slice(&piece[..length]);
        }
        let text = String::from_utf8_lossy(&got);
        assert!(text.contains("event: gone") && !text.contains("hidden") && !text.contains("root:"), "{text}");
        let answer = server.ask("resmark/previewAddress", serde_json::json!({ "textDocument": { "uri": uri } }));
        assert!(answer.get("error").is_some(), "{answer}");
    }
}

#[test]
fn who_asks_for_too_much_or_too_slowly_is_hung_up_on() {
    let (_folder, _server, address) = served();
    let long = format!("X-Long: {}\r\n", "x".repeat(1_000_000));
    assert!(matches!(address.ask("GET", &address.path, &long).0, 0 | 431), "a head without end");
    let many = "X-Many: x\r\n".repeat(1_000);
    assert!(matches!(address.ask("GET", &address.path, &many).0, 0 | 431), "a head of many lines");
    // Many who say nothing do not keep out, for long, who knows what he wants. The bound is the server's own patience.
    let silent: Vec<_> = (0..200).map(|_| address.connect()).collect();
    let began = Instant::now();
    assert_eq!(address.ask("GET", &address.path, "").0, 200);
    assert!(began.elapsed() < Duration::from_secs(120));
    let mut first = silent.into_iter().next().unwrap();
    let mut rest = Vec::new();
    let _ = first.read_to_end(&mut rest);
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&rest));
}
