//! Paths that come out of a file or from a client: they lead nowhere outside of the workspace.

use std::path::Path;
use std::process::Command;

use resmark_tests::binary;
use serde_json::json;

use super::server::{Server, uri};

/// A list out of order, so that a renumbering would write it.
const OUTSIDE: &str = "# Resolution 9002 (Geneva, 2022)\n\nThe Plenipotentiary Conference of the International \
    Telecommunication Union (Geneva, 2022),\n\n*resolves*\n\n1. to look;\n3. to see.\n";

/// A text that names files in every way there is.
fn text() -> String {
    let names = [
        "../outside/secret.resmark",
        "../../../../../../../../../../etc/passwd",
        "/etc/passwd",
        "%2e%2e/outside/secret.resmark",
        "..%2foutside%2fsecret.resmark",
        "file:///etc/passwd",
        "file://host/share/x",
        "//host/share/x",
        "\\\\\\\\host\\\\share",
        "a%00b.resmark",
        &"x/".repeat(4_000),
        "javascript:alert(1)",
        "command:workbench.action.quit",
        "resmark-catalogue:/../../etc/passwd",
    ];
    let links: String = names.iter().enumerate().map(|(at, name)| format!("{}. [words]({name});\n", at + 1)).collect();
    format!(
        "# Resolution 9001 (Geneva, 2022)\n\nThe Plenipotentiary Conference of the International Telecommunication Union \
         (Geneva, 2022),\n\n*recalling*\n\na) Resolution 9002 (Geneva, 2022) of the Plenipotentiary Conference;\n\n*resolves*\n\n{links}"
    )
}

/// A workspace `in` with that text, beside a folder `outside` with a resolution that links lead to.
pub fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("outside/secret.resmark", OUTSIDE);
    write("in/a.resmark", &text());
    write(
        "in/catalogue/ours.json",
        r#"{ "$schema": "../../outside/schema.json", "resolutions": [
            { "id": "PP-9009", "source": "/etc/passwd" }, { "id": "PP-9010", "source": "../../outside/secret.resmark" }] }"#,
    );
    write("in/resmark.json", r#"{ "$schema": "/etc/passwd" }"#);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("../outside/secret.resmark", folder.path().join("in/link.resmark")).unwrap();
        symlink("../outside", folder.path().join("in/deep")).unwrap();
        symlink("/etc/passwd", folder.path().join("in/passwd.resmark")).unwrap();
    }
    folder
}

/// Whether an address that the server named leads outside.
fn names_the_outside(said: &serde_json::Value) -> bool {
    let said = said.to_string();
    ["/outside/", "/in/link.resmark", "/in/deep/", "/etc/passwd", "file://host"]
        .iter()
        .any(|place| said.contains(place))
}

#[test]
fn the_editor_is_led_nowhere_outside() {
    let folder = workspace();
    let root = folder.path().join("in");
    let path = root.join("a.resmark");
    let mut server = Server::start(&root);
    let uri_of_a = server.open(&path, &text());
    let document = json!({ "textDocument": { "uri": uri_of_a } });
    let links = server.ask("textDocument/documentLink", document.clone());
    for link in links.as_array().unwrap() {
        let followed = server.ask("documentLink/resolve", link.clone());
        assert!(!names_the_outside(&followed["target"]), "{followed}");
    }
    let at = json!({ "textDocument": { "uri": uri_of_a }, "position": { "line": 6, "character": 6 } });
    let found = server.ask("textDocument/definition", at);
    assert!(!names_the_outside(&found), "{found}");
    let known = server.ask("workspace/symbol", json!({ "query": "9002" }));
    assert!(known.as_array().is_none_or(Vec::is_empty), "{known}");
    // A file that moves: the words that name it follow, in the workspace alone.
    let moves = [
        (uri_of_a.clone(), uri(&root.join("b.resmark"))),
        (uri_of_a.clone(), uri(&folder.path().join("elsewhere/b.resmark"))),
        (uri_of_a.clone(), "file://host/share/b.resmark".to_owned()),
        (uri_of_a.clone(), format!("file:///{}", "../".repeat(50))),
        (uri_of_a.clone(), format!("{uri_of_a}%00")),
        (uri_of_a.clone(), format!("file:///{}", "x/".repeat(20_000))),
        (uri(&folder.path().join("outside/secret.resmark")), uri(&folder.path().join("outside/b.resmark"))),
        ("file:///etc/passwd".to_owned(), uri(&root.join("passwd"))),
        ("not a uri".to_owned(), "neither".to_owned()),
    ];
    for (old, new) in moves {
        let edit = server.ask("workspace/willRenameFiles", json!({ "files": [{ "oldUri": old, "newUri": new }] }));
        for changed in edit["documentChanges"].as_array().into_iter().flatten() {
            let changed = changed["textDocument"]["uri"].as_str().unwrap();
            assert!(
                changed.starts_with(&uri(&root)) && !names_the_outside(&json!(changed)),
                "{old} → {new}: {changed}"
            );
        }
    }
    for page in [
        "resmark-catalogue:/../../etc/passwd",
        "resmark-catalogue:///etc/passwd",
        "file:///etc/passwd",
        "resmark-catalogue:/rules/../../x",
    ] {
        let answer = server.ask("workspace/textDocumentContent", json!({ "uri": page }));
        assert!(answer.get("error").is_some(), "{page}: {answer}");
    }
    server.stop();
}

#[cfg(unix)]
#[test]
fn a_command_for_a_folder_writes_nothing_outside_of_it() {
    let folder = workspace();
    let root = folder.path().join("in");
    let outside = || std::fs::read_to_string(folder.path().join("outside/secret.resmark")).unwrap();
    for command in ["fmt", "renumber", "update"] {
        let ran = Command::new(binary()).args([command, "."]).current_dir(&root).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(said.contains("link.resmark: this link leads out of the folder"), "{command}: {said}");
        assert_eq!(outside(), OUTSIDE, "{command}");
    }
    // Who names the link means what it leads to.
    let ran = Command::new(binary()).args(["renumber", "link.resmark"]).current_dir(&root).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(outside(), OUTSIDE.replace("3. to see", "2. to see"));
    assert!(Path::new(&root.join("link.resmark")).is_symlink());
}
