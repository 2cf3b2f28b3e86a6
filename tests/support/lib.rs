//! What the black-box tests share: where the binary and the real texts are, and how a test says that it was skipped.

pub mod accuracy;
pub mod generate;
pub mod memory;
pub mod terminal;
pub mod wire;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate lies in a folder of the repository")
}

/// The `resmark` binary, built once for each run of the tests. The environment variable `RESMARK_BINARY` names another
/// one to test instead.
///
/// # Panics
/// When it cannot be built: no test that needs it can say anything then.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Some(named) = std::env::var_os("RESMARK_BINARY") {
            return PathBuf::from(named);
        }
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(root()).args(["build", "--quiet", "--package", "resmark", "--bin", "resmark"]);
        assert!(cargo.status().is_ok_and(|status| status.success()), "the resmark binary could not be built");
        // This crate's own test programs lie in `target/<profile>/deps`.
        let mut folder = std::env::current_exe().expect("a running test knows its program");
        folder.pop();
        if folder.ends_with("deps") {
            folder.pop();
        }
        folder.join(format!("resmark{}", std::env::consts::EXE_SUFFIX))
    })
}

/// The folder of real texts: beside the repository, or where `RESMARK_SHARED` says. `None` where there is none.
pub fn shared() -> Option<PathBuf> {
    let folder = match std::env::var_os("RESMARK_SHARED") {
        Some(named) => PathBuf::from(named),
        None => root().parent()?.join("shared"),
    };
    folder.is_dir().then_some(folder)
}

/// Says that the test `name` did not run, and why. `cargo xtask test` counts these lines; the caller then returns.
pub fn skip(name: &str, why: &str) {
    println!("skipped: {name}: {why}");
}

/// The last place of `text`, in bytes, at or before `at` that is not inside of a character.
pub fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
