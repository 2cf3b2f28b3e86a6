//! A browser that a script can drive.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::process;

/// The program: the one that `RESMARK_BROWSER` names, or a Chromium found or installed.
///
/// # Errors
/// When there is none and it cannot be installed.
pub fn program() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("RESMARK_BROWSER") {
        return Ok(PathBuf::from(named));
    }
    let found = || ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| process::which(name));
    if let Some(program) = found() {
        return Ok(program);
    }
    // The font has Chinese, Japanese and Korean characters: pictures of the examples need them.
    super::debian_packages(&["chromium", "fonts-droid-fallback"])?;
    found().context("the package chromium brought no program of that name")
}
