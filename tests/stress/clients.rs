//! Clients that are not there as they should be.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use resmark_tests::wire::{PATIENCE, Wire};
use resmark_tests::{binary, memory, skip};
use serde_json::{Value, json};

/// A client that reads nothing holds nothing up: its edits are taken, and what it is to be told waits in memory, which is
/// little beside what it typed.
#[test]
fn a_client_that_never_reads_holds_nothing_up() {
    let mut wire = Wire::start_unread(&mut Command::new(binary()));
    wire.initialize_unread();
    // Each text has a hundred findings, each with its message and its fixes.
    let text = format!("# Resolution 1\n\n{}", "*recalling*\n\na) one;\nc) three,\n\n".repeat(100));
    for document in 0..4 {
        wire.open(&format!("untitled:{document}"), &text);
    }
    let mut after = Vec::new();
    for round in 0..12 {
        for version in 0..150 {
            let document = json!({ "uri": format!("untitled:{}", version % 4), "version": version });
            let place = json!({ "line": 0, "character": 0 });
            let change = json!({ "range": { "start": place, "end": place }, "text": "x" });
            wire.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
            // Each makes a line of the log.
            wire.notify(
                "textDocument/didClose",
                json!({ "textDocument": { "uri": format!("untitled:none-{round}") } }),
            );
        }
        after.push(memory::held(wire.child.id()));
    }
    // Now it reads: everything is as it should be.
    wire.read();
    let first = wire.text("untitled:0").unwrap();
    assert!(first.ends_with(&text), "{}", &first[..40]);
    if let (Some(Some(early)), Some(late)) = (after.get(3), memory::held(wire.child.id())) {
        assert!(late < early + (200 << 20), "{after:?}, then {late}");
    }
    assert_eq!(wire.leave().code(), Some(0));
    assert_eq!(wire.errors(), "");
}

/// What is out of date before it is read is forgotten: of each text the client is told what is true of it now, and of many
/// lines of the log the last ones, and how many there were before these.
#[test]
fn what_nobody_reads_does_not_pile_up() {
    const LINES: usize = 2000;
    const DOCUMENTS: i32 = 8;
    const EDITS: i32 = 400;
    let mut wire = Wire::start_unread(&mut Command::new(binary()));
    wire.initialize_unread();
    let long = "x".repeat(5000);
    for number in 0..LINES {
        // Each makes a line of the log.
        let document = json!({ "uri": format!("no URI {number} {long}") });
        wire.notify("textDocument/didClose", json!({ "textDocument": document }));
    }
    // Each text has four hundred findings, a few hundred kilobytes of them when they wait.
    let text = format!("# Resolution 1\n\n{}", "*recalling*\n\na) one;\nc) three,\n\n".repeat(200));
    for document in 0..DOCUMENTS {
        wire.open(&format!("untitled:{document}"), &text);
    }
    for version in 2..EDITS {
        let document = json!({ "uri": format!("untitled:{}", version % DOCUMENTS), "version": version });
        let place = json!({ "line": 0, "character": 0 });
        let change = json!({ "range": { "start": place, "end": place }, "text": "x" });
        wire.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }
    wire.read();
    for version in EDITS - DOCUMENTS..EDITS {
        let uri = format!("untitled:{}", version % DOCUMENTS);
        wire.until(|message| message["params"]["uri"] == uri && message["params"]["version"] == version);
    }
    let most = memory::most(wire.child.id()).map(|bytes| bytes >> 20);
    let lines: Vec<&str> = wire.said.iter().filter_map(|message| message["params"]["message"].as_str()).collect();
    let left_out =
        lines.iter().filter_map(|line| line.split_once(" earlier lines were left out")?.0.parse::<usize>().ok());
    let left_out = left_out.sum::<usize>();
    let kept = lines.iter().filter(|line| line.contains("is no URI")).count();
    println!("{left_out} lines are left out, and the server held {most:?} MB at most");
    assert!(left_out > 0);
    assert_eq!(left_out + kept, LINES);
    assert!(lines.iter().any(|line| line.contains(&format!("no URI {} ", LINES - 1))), "the last line is kept");
    assert!(most.is_none_or(|most| most < 120));
    assert_eq!(wire.leave().code(), Some(0));
    assert_eq!(wire.errors(), "");
}

/// As many requests as the protocol layer takes at once wait for a client that does not read; then the server takes no
/// more, and goes on when the client reads.
#[test]
fn a_client_that_asks_and_never_reads_has_to_wait() {
    let mut wire = Wire::start_unread(&mut Command::new(binary()));
    wire.initialize_unread();
    let text = "a) x\n".repeat(2000);
    wire.open("untitled:a", &text);
    let before = memory::held(wire.child.id());
    // More than fits into the pipe, in answers of ten thousand bytes; what is asked fits into it.
    let asked: Vec<i64> = (0..400).map(|_| wire.ask("resmark/viewText", json!({ "uri": "untitled:a" }))).collect();
    wire.read();
    for id in asked {
        assert_eq!(wire.answer(id)["result"]["text"], *text);
    }
    if let (Some(before), Some(after)) = (before, memory::held(wire.child.id())) {
        assert!(after < before + (200 << 20), "{before}, then {after}");
    }
    assert_eq!(wire.leave().code(), Some(0));
}

#[test]
fn a_server_whose_client_is_gone_ends() {
    for begun in [false, true] {
        let mut wire = Wire::start();
        if begun {
            wire.initialize(json!({}), &[]);
            wire.open("untitled:a", &"a) x\nc) y\n".repeat(3000));
            wire.ask("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": "untitled:a" } }));
        }
        wire.close();
        assert_eq!(wire.end(PATIENCE).expect("it ends").code(), Some(1));
        assert_eq!(wire.errors(), "");
    }
}

/// The client is killed, and cannot close anything itself.
#[test]
fn a_server_whose_client_is_killed_ends() {
    if !cfg!(target_os = "linux") {
        return skip("a_server_whose_client_is_killed_ends", "it looks for the process where Linux shows it");
    }
    let folder = tempfile::tempdir().unwrap();
    // The shell is the client: it alone holds the other end of the pipe, and waits.
    let script = "mkfifo in; \"$0\" lsp < in > out & echo $!; exec 3> in; read nothing";
    let mut client = Command::new("sh")
        .args(["-c", script])
        .arg(binary())
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(client.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let server: u32 = line.trim().parse().unwrap();
    let alive = || memory::held(server).is_some();
    let begun = Instant::now();
    // Before it has opened the pipe the process is still the shell's.
    let is_server =
        || std::fs::read_to_string(format!("/proc/{server}/cmdline")).is_ok_and(|line| line.ends_with("lsp\0"));
    while !is_server() && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(alive());
    client.kill().unwrap();
    client.wait().unwrap();
    while alive() && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(!alive(), "the server outlives its client");
}

/// What an editor written in JavaScript sends when half a character was typed.
#[test]
fn half_a_surrogate_pair_is_a_character_that_says_so() {
    let mut wire = Wire::start();
    wire.initialize(json!({}), &[]);
    let body = r#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:a","languageId":"resmark","version":1,"text":"a\ud83db"}}}"#;
    wire.send_bytes(body.as_bytes());
    assert_eq!(wire.text("untitled:a").as_deref(), Some("a\u{fffd}b"));
    wire.send_bytes(b"{ nonsense");
    wire.until(|message| message["id"] == Value::Null && message["error"]["code"] == -32700);
    assert_eq!(wire.leave().code(), Some(0));
}
