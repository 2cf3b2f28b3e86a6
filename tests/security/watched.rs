//! The program under `strace`: which sockets it makes, and which programs it runs.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use resmark_tests::{binary, root, skip};
use serde_json::json;

use super::server::Server;

/// What is watched: all that has to do with sockets, and all that starts a program.
const CALLS: &str = "trace=network,execve,execveat";

/// `strace`; where there is none that works, as some containers let no program look at another, that is said of `test`.
fn strace(test: &str) -> Option<PathBuf> {
    if !cfg!(target_os = "linux") {
        skip(test, "strace is a program of Linux");
        return None;
    }
    let named = std::env::var_os("RESMARK_STRACE").map_or_else(|| PathBuf::from("strace"), PathBuf::from);
    let mut probe = Command::new(&named);
    let works = probe.args(["-o", "/dev/null", "true"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if works.is_ok_and(|status| status.success()) {
        return Some(named);
    }
    let why = std::env::var("RESMARK_STRACE_MISSING");
    skip(test, why.as_deref().unwrap_or("there is no strace that works"));
    None
}

/// A command that runs `resmark` and writes what it does to `log`.
fn watched(strace: &Path, log: &Path) -> Command {
    let mut command = Command::new(strace);
    command.args(["-f", "-qq", "-e", CALLS, "-e", "signal=none", "-o"]).arg(log).arg(binary());
    command
}

/// The calls, without the numbers of who made them; the pieces of one that was interrupted count as two.
fn calls(log: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(log).unwrap();
    let call = |line: &str| {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        (!rest.starts_with("<...") && !rest.starts_with("+++")).then(|| rest.to_owned())
    };
    text.lines().filter_map(call).collect()
}

fn count(calls: &[String], name: &str) -> usize {
    calls.iter().filter(|call| call.starts_with(&format!("{name}("))).count()
}

/// A copy of the examples.
fn examples() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let copied = Command::new("cp").arg("-r").arg(root().join("examples/.")).arg(folder.path()).status();
    assert!(copied.is_ok_and(|status| status.success()));
    folder
}

#[test]
fn no_command_makes_a_socket_or_runs_a_program() {
    let Some(strace) = strace("no_command_makes_a_socket_or_runs_a_program") else { return };
    let folder = examples();
    let log = folder.path().join("calls");
    let list = folder.path().join("list.tsv");
    std::fs::write(&list, "id\ttitle\nPP-9001\tTeapots\n").unwrap();
    for arguments in [
        "--version",
        "--help",
        "check . --format sarif",
        "check start-here.resmark --fix",
        "citations . --format json",
        "graph . -o graph.svg",
        "preview start-here.resmark -o page.html",
        "preview start-here.resmark --format text",
        "explain numbering/gap",
        "fmt .",
        "renumber .",
        "update .",
        "import README.md -o imported.resmark",
        "catalogue build list.tsv -o built.json",
        "catalogue validate catalogue",
        "catalogue show PP-140",
        "catalogue diff catalogue/model-union.json",
    ] {
        let mut command = watched(&strace, &log);
        command.args(arguments.split(' ')).current_dir(folder.path()).stdin(Stdio::null());
        let ran = command.output().unwrap();
        assert!(
            ran.status.code().is_some_and(|code| code < 2),
            "{arguments}: {}",
            String::from_utf8_lossy(&ran.stderr)
        );
        let calls = calls(&log);
        assert_eq!(count(&calls, "execve"), 1, "{arguments}: its own start alone: {calls:#?}");
        assert_eq!(calls.len(), 1, "{arguments}: {calls:#?}");
    }
}

#[test]
fn the_server_listens_on_this_machine_alone_and_only_for_a_preview() {
    let Some(strace) = strace("the_server_listens_on_this_machine_alone_and_only_for_a_preview") else { return };
    let folder = examples();
    let log = folder.path().join("calls");
    let path = folder.path().join("start-here.resmark");
    // What a workspace may hold that some programs run.
    std::fs::create_dir_all(folder.path().join(".vscode")).unwrap();
    std::fs::write(folder.path().join(".vscode/settings.json"), r#"{"resmark.server.path": "./evil"}"#).unwrap();
    std::fs::write(folder.path().join(".exrc"), "!touch evil").unwrap();
    let text =
        std::fs::read_to_string(&path).unwrap() + "\nsee [x](https://evil.example/) and [y](file://evil.example/y)\n";
    let session = |with_preview: bool| {
        let mut command = watched(&strace, &log);
        command.arg("lsp").current_dir(folder.path());
        let mut server = Server::start_as(command, folder.path());
        let uri = server.open(&path, &text);
        let document = json!({ "textDocument": { "uri": uri } });
        let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 15, "character": 6 } });
        for method in ["documentLink", "documentSymbol", "codeLens", "foldingRange"] {
            server.ask(&format!("textDocument/{method}"), document.clone());
        }
        for method in ["hover", "definition", "completion", "documentHighlight"] {
            server.ask(&format!("textDocument/{method}"), at.clone());
        }
        server.ask("resmark/preview", json!({ "textDocument": { "uri": uri }, "view": "tracked", "format": "html" }));
        server.ask("workspace/symbol", json!({ "query": "resolution" }));
        let moved = json!({ "files": [{ "oldUri": uri, "newUri": format!("{uri}.x.resmark") }] });
        server.ask("workspace/willRenameFiles", moved);
        if with_preview {
            let address = server.preview(&uri);
            assert_eq!(address.ask("GET", &address.path, "").0, 200);
            let mut stream = address.connect();
            let events = address.path.replace("/?", "/events?");
            write!(stream, "GET {events} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", address.port).unwrap();
            let mut piece = [0; 4096];
            assert_ne!(stream.read(&mut piece).unwrap(), 0);
        }
        server.stop();
        calls(&log)
    };
    let calls = session(false);
    assert_eq!(calls.len(), 1, "nothing but its own start: {calls:#?}");
    let calls = session(true);
    assert_eq!(count(&calls, "execve"), 1, "its own start alone: {calls:#?}");
    assert_eq!(count(&calls, "execveat") + count(&calls, "connect"), 0, "{calls:#?}");
    let sockets: Vec<_> = calls.iter().filter(|call| call.starts_with("socket(")).collect();
    assert!(matches!(sockets[..], [one] if one.starts_with("socket(AF_INET, SOCK_STREAM")), "{sockets:#?}");
    let bound: Vec<_> = calls.iter().filter(|call| call.starts_with("bind(")).collect();
    assert!(matches!(bound[..], [one] if one.contains("inet_addr(\"127.0.0.1\")")), "{bound:#?}");
}

/// What stands in texts, catalogues and settings opens no file outside of the workspace.
#[test]
fn no_file_outside_of_the_workspace_is_opened() {
    let Some(strace) = strace("no_file_outside_of_the_workspace_is_opened") else { return };
    let folder = super::paths::workspace();
    let root = folder.path().join("in");
    let log = folder.path().join("calls");
    let watched = || {
        let mut command = Command::new(&strace);
        command.args(["-f", "-qq", "-e", "trace=open,openat,creat", "-e", "signal=none", "-o"]).arg(&log).arg(binary());
        command.current_dir(&root);
        command
    };
    let opened_outside = || {
        let outside = folder.path().join("outside");
        let outside = [
            "/etc/passwd".to_owned(),
            format!("\"{}", outside.display()),
            "/in/link.resmark".to_owned(),
            "/in/deep".to_owned(),
        ];
        let mut calls = calls(&log);
        assert!(calls.iter().any(|call| call.contains("/in/a.resmark")), "{calls:#?}");
        calls.retain(|call| outside.iter().any(|place| call.contains(place)));
        // Which folder a link leads to is asked to tell circles; nothing in it is looked at.
        calls.retain(|call| !call.contains("/in/deep\", O_RDONLY|O_CLOEXEC)"));
        calls
    };
    for arguments in ["check .", "citations .", "graph .", "fmt .", "renumber ."] {
        let ran = watched().args(arguments.split(' ')).output().unwrap();
        assert!(ran.status.code().is_some(), "{arguments}");
        assert_eq!(opened_outside(), Vec::<String>::new(), "{arguments}");
    }
    let mut command = watched();
    command.arg("lsp");
    let mut server = Server::start_as(command, &root);
    let path = root.join("a.resmark");
    let uri = server.open(&path, &std::fs::read_to_string(&path).unwrap());
    server.ask("textDocument/documentLink", json!({ "textDocument": { "uri": uri } }));
    server
        .ask("workspace/willRenameFiles", json!({ "files": [{ "oldUri": uri, "newUri": format!("{uri}.resmark") }] }));
    server.stop();
    assert_eq!(opened_outside(), Vec::<String>::new());
}
