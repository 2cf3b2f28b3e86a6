//! GNU Emacs: the machine's own, and a newer one, which reads tree-sitter grammars and has eglot built in.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::debian;
use crate::process;

/// The machine's own Emacs (28 in Debian 12): the one that `RESMARK_EMACS` names, or one found or installed, with eglot.
///
/// # Errors
/// When there is none and it cannot be installed, or it has no eglot.
pub fn program() -> Result<PathBuf> {
    let named = std::env::var_os("RESMARK_EMACS").map(PathBuf::from);
    let found = || process::which("emacs");
    let program = match named.or_else(found) {
        Some(program) if has_eglot(&program) => program,
        Some(program) if process::which("emacs").as_ref() != Some(&program) => {
            bail!("{} has no eglot: install the package `eglot`", program.display())
        }
        _ => {
            super::debian_packages(&["emacs-nox", "elpa-eglot"])?;
            found().context("the package emacs-nox brought no program of the name emacs")?
        }
    };
    if !has_eglot(&program) {
        bail!("{} has no eglot", program.display());
    }
    Ok(program)
}

/// A newer Emacs: the one that `RESMARK_EMACS_NEW` names, or Emacs 30 installed on demand.
///
/// # Errors
/// When it cannot be installed or does not run.
pub fn newer() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("RESMARK_EMACS_NEW") {
        return Ok(PathBuf::from(named));
    }
    let folder = debian::root("emacs", "emacs-nox")?;
    // It looks for its files where they were to be installed, below `/usr`, and has to be told that they are elsewhere.
    let lisp = "$(find \"$root\"/usr/share/emacs/*.*/lisp -type d | paste -sd:)".to_owned();
    let data = "$(echo \"$root\"/usr/share/emacs/*.*/etc)".to_owned();
    let programs = "$(echo \"$root\"/usr/libexec/emacs/*/*-linux-gnu)".to_owned();
    let environment = [
        ("EMACSLOADPATH", lisp),
        ("EMACSDATA", data.clone()),
        ("EMACSDOC", data),
        ("EMACSPATH", programs),
        (
            "TERMINFO_DIRS",
            "$root/usr/share/terminfo:$root/usr/lib/terminfo:/lib/terminfo:/usr/share/terminfo".to_owned(),
        ),
    ];
    let image = "--dump-file=$(echo \"$EMACSPATH\"/*.pdmp)".to_owned();
    let program = debian::starter(&folder, "usr/bin/emacs-nox", &environment, &[image])?;
    if !has_eglot(&program) {
        bail!("{} does not run, or has no eglot", program.display());
    }
    Ok(program)
}

/// Whether that is an Emacs with eglot, built in or as a package.
fn has_eglot(program: &PathBuf) -> bool {
    let mut emacs = Command::new(program);
    emacs.args(["--batch", "-q", "--eval", "(progn (package-initialize) (require 'eglot) (princ \"eglot\"))"]);
    process::capture(&mut emacs).is_ok_and(|printed| printed.ends_with("eglot"))
}
