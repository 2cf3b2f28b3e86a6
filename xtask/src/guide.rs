//! The user's guide, `docs/`, as a static site with search. How it is made is said in `site/`.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::setup::node::Node;
use crate::{paths, process, setup};

/// Builds the site below the path `base`, says where it is and, with `serve`, shows it.
///
/// # Errors
/// When Node.js or a package cannot be had, or a link in the guide leads nowhere.
pub fn run(base: &str, serve: bool) -> Result<()> {
    if !(base.starts_with('/') && base.ends_with('/')) {
        bail!("{base}: a path below which a site is served begins and ends with a slash, as in /resmark/");
    }
    let node = setup::node::install()?;
    let site = build(&node, base)?;
    println!("the guide: {}", site.display());
    if serve {
        let mut npm = node.npm(&paths::root().join("site"))?;
        npm.args(["run", "preview"]).env("RESMARK_SITE", &site).env("RESMARK_SITE_BASE", base);
        process::run(&mut npm)?;
    }
    Ok(())
}

/// Builds the site and returns its folder.
///
/// # Errors
/// When a package cannot be had, or a link in the guide leads nowhere.
pub fn build(node: &Node, base: &str) -> Result<PathBuf> {
    let folder = paths::root().join("site");
    setup::npm_packages(node, &folder)?;
    let site = paths::output("site")?;
    let log = paths::output("logs")?.join("site.log");
    process::step("Building the guide", || {
        let mut npm = node.npm(&folder)?;
        npm.args(["run", "build"]).env("RESMARK_SITE", &site).env("RESMARK_SITE_BASE", base);
        process::logged(&mut npm, &log)
    })?;
    Ok(site)
}
