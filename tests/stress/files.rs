//! Files that change under the server that reads them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use fastrand::Rng;
use resmark_tests::wire::{PATIENCE, Wire};
use resmark_tests::{generate, memory, skip};
use serde_json::{Value, json};

use crate::uri;

const TEXT: &str = "# Resolution 1\n\n*resolves*\n\n1. one;\n3. three.\n";

/// The documents that the server knows, as URIs.
fn known(wire: &mut Wire) -> BTreeSet<String> {
    loop {
        let answer = wire.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
        // What all is judged by has changed meanwhile, and it may be asked again.
        if answer["error"]["data"]["retriggerRequest"] == true {
            continue;
        }
        let items = answer["result"]["items"].as_array().unwrap_or_else(|| panic!("{answer}"));
        return items.iter().map(|item| item["uri"].as_str().unwrap().to_owned()).collect();
    }
}

fn tell(wire: &mut Wire, path: &Path, kind: u8) {
    wire.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(path), "type": kind }] }));
}

/// Whether the server can read this as a document.
fn is_document(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
        && fs::read_to_string(path).is_ok_and(|text| !text.contains('\0'))
}

/// Takes away whatever is there, and puts something else in its place.
#[cfg(unix)]
fn replace(path: &Path, random: &mut Rng) {
    use std::os::unix::fs::symlink;
    let _ = if path.is_dir() && !path.is_symlink() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match random.u8(..9) {
        0 => {}
        1 => fs::create_dir(path).unwrap(),
        2 => assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success()),
        3 => symlink(path.file_name().unwrap(), path).unwrap(),
        4 => symlink("nowhere", path).unwrap(),
        5 => fs::write(path, b"\xff\xfe\0x").unwrap(),
        6 => fs::write(path, "a\0b").unwrap(),
        _ => fs::write(path, format!("{TEXT}\n{}", random.u32(..))).unwrap(),
    }
}

/// Files become other things while the folder is being read, and afterwards; what is said of them comes out of order, twice,
/// or is not true. In the end the server knows what the disk has.
#[cfg(unix)]
#[test]
fn files_become_other_things_under_a_running_index() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let paths: Vec<_> = (0..400).map(|index| root.join(format!("{}/{index}.resmark", index % 7))).collect();
    for path in &paths {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, TEXT).unwrap();
    }
    let mut random = Rng::with_seed(140);
    let mut wire = Wire::start();
    wire.initialize(json!({}), &[uri(&root)]);
    for round in 0..6 {
        let mut events = Vec::new();
        for _ in 0..120 {
            let path = random.choice(&paths).unwrap();
            replace(path, &mut random);
            events.push(path);
            // Said at once, or in the end; true or not.
            if random.bool() {
                tell(&mut wire, path, random.u8(1..4));
            }
        }
        random.shuffle(&mut events);
        for path in events {
            let true_kind = if path.symlink_metadata().is_ok() { random.u8(1..3) } else { 3 };
            tell(&mut wire, path, true_kind);
        }
        if round == 0 {
            // Not what is said of a folder that has the name of a document.
            wire.until_logged(&format!("{}: ", root.display()));
        }
        let there: BTreeSet<String> = paths.iter().filter(|path| is_document(path)).map(|path| uri(path)).collect();
        // A folder that has the name of a document is read on its own, and what it held before goes when that is done.
        let begun = Instant::now();
        while known(&mut wire) != there {
            let known = known(&mut wire);
            let (more, fewer): (Vec<_>, Vec<_>) =
                (known.difference(&there).collect(), there.difference(&known).collect());
            assert!(begun.elapsed() < PATIENCE, "round {round}: it knows {more:?}, and does not know {fewer:?}");
        }
    }
    assert_eq!(wire.leave().code(), Some(0));
    assert_eq!(wire.errors(), "");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_any_more() {
    use std::os::unix::fs::PermissionsExt;
    const NAME: &str = "a_file_that_may_not_be_read_any_more";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("a.resmark");
    fs::write(&path, TEXT).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        return skip(NAME, "the super-user can read every file");
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let mut wire = Wire::start();
    wire.initialize(json!({}), &[uri(path.parent().unwrap())]);
    wire.until_logged("documents read");
    assert_eq!(known(&mut wire).len(), 1);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    tell(&mut wire, &path, 2);
    wire.until_logged("permission denied");
    assert_eq!(known(&mut wire).len(), 0);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    tell(&mut wire, &path, 2);
    assert_eq!(known(&mut wire).len(), 1);
}

#[test]
fn a_workspace_inside_another() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let inner = root.join("inner");
    for index in 0..5 {
        fs::create_dir_all(&inner).unwrap();
        fs::write(root.join(format!("{index}.resmark")), TEXT).unwrap();
        fs::write(inner.join(format!("{index}.resmark")), TEXT).unwrap();
    }
    let change = |wire: &mut Wire, added: &[&Path], removed: &[&Path]| {
        let folders =
            |paths: &[&Path]| paths.iter().map(|path| json!({ "uri": uri(path), "name": "x" })).collect::<Value>();
        let event = json!({ "added": folders(added), "removed": folders(removed) });
        wire.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    };
    let mut wire = Wire::start();
    wire.initialize(json!({ "workspace": { "workspaceFolders": true } }), &[uri(&root), uri(&inner)]);
    let wait = |wire: &mut Wire, count: usize| {
        let begun = Instant::now();
        loop {
            let known = known(wire);
            if known.len() == count {
                return known;
            }
            assert!(begun.elapsed() < PATIENCE, "it knows {known:?}");
        }
    };
    wait(&mut wire, 10);
    change(&mut wire, &[], &[&inner]);
    wait(&mut wire, 10);
    change(&mut wire, &[&inner], &[]);
    change(&mut wire, &[], &[&root]);
    assert!(wait(&mut wire, 5).iter().all(|uri| uri.contains("/inner/")));
    change(&mut wire, &[&root], &[&inner]);
    wait(&mut wire, 10);
    change(&mut wire, &[], &[&root]);
    wait(&mut wire, 0);
    assert_eq!(wire.leave().code(), Some(0));
}

/// A folder of many files comes and goes: what it took comes back, or is used again for the next.
#[test]
fn memory_comes_back_when_a_folder_is_gone() {
    const NAME: &str = "memory_comes_back_when_a_folder_is_gone";
    let all = std::env::var_os("RESMARK_STRESS").is_some();
    let count = if all { 100_000 } else { 1500 };
    if !cfg!(target_os = "linux") {
        return skip(NAME, "memory is read where Linux shows it");
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for index in 0..count {
        let path = root.join(format!("{}/{index}.resmark", index / 500));
        if index % 500 == 0 {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
        }
        fs::write(path, generate::resolution(1500, index)).unwrap();
    }
    let mut wire = Wire::start();
    wire.initialize(json!({ "workspace": { "workspaceFolders": true } }), &[]);
    let held = |wire: &Wire| memory::held(wire.child.id()).unwrap() >> 20;
    let (mut with, mut without) = (Vec::new(), vec![held(&wire)]);
    let change = |wire: &mut Wire, which: &str| {
        let mut event = json!({ "added": [], "removed": [] });
        event[which] = json!([{ "uri": uri(&root), "name": "x" }]);
        wire.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    };
    for _ in 0..3 {
        wire.said.clear();
        change(&mut wire, "added");
        wire.until_logged(&format!("{count} documents read"));
        // Asked behind the others, it is answered when all of them are known.
        wire.text("untitled:none");
        with.push(held(&wire));
        change(&mut wire, "removed");
        wire.text("untitled:none");
        without.push(held(&wire));
    }
    println!("{count} files: with them {with:?} MB, without {without:?} MB");
    assert_eq!(known(&mut wire).len(), 0);
    assert!(with[2] <= with[0] + with[0] / 2 + 50, "with {with:?}, without {without:?}");
    assert!(without[3] <= without[1] + without[1] / 2 + 50, "with {with:?}, without {without:?}");
    assert_eq!(wire.leave().code(), Some(0));
}
