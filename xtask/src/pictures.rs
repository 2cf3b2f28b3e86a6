//! The pictures of the README, made by the test that looks at the same in VS Code.

use std::process::Command;

use anyhow::Result;

use crate::{build, paths, process, setup};

/// Makes `docs/images/findings.png` and `preview.png` anew.
///
/// # Errors
/// When something cannot be built or installed, or the test fails.
pub fn make() -> Result<()> {
    let server = build::server(false)?;
    let package = build::extension(&server)?;
    let node = setup::node::install()?;
    let scripts = paths::root().join("tests/editors/vscode");
    setup::npm_packages(&node, &scripts)?;
    let mut script = Command::new(node.program());
    script
        .env("RESMARK_CODE_SERVER", setup::code_server::entry(&node)?)
        .env("RESMARK_BROWSER", setup::browser::program()?)
        .env("RESMARK_VSIX", package)
        .env("RESMARK_IMAGES", paths::root().join("docs/images"));
    process::run(script.arg(scripts.join("test.mjs")).arg(paths::root().join("examples")).arg("pictures"))
}
