//! `cargo xtask accuracy`: how well citations are read in real texts.

use anyhow::{Context, Result, ensure};
use clap::Args;
use resmark_tests::accuracy::report::{Measured, citations, measure, report, summary};
use resmark_tests::accuracy::sample;

use crate::paths;

/// What is asked for.
#[derive(Args)]
pub struct Accuracy {
    /// Draw the sample anew into `tests/accuracy/sample.tsv`: verdicts stay where the same is read at the same place.
    #[arg(long)]
    draw: bool,
}

/// Measures, writes `report.md` and `citations.tsv` to `target/accuracy/` and prints a summary.
pub fn run(task: &Accuracy) -> Result<()> {
    let measured: Measured = measure();
    ensure!(
        !measured.readings.is_empty(),
        "there are no real texts: put them into `shared` beside the repository, or name their folder in RESMARK_SHARED"
    );
    if task.draw {
        let open = sample::write(&sample::draw(&measured.readings)).context("the sample could not be written")?;
        println!("{}: {open} to judge", resmark_tests::accuracy::table("sample").display());
    }
    let folder = paths::target().join("accuracy");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for (name, text) in [("report.md", report(&measured)), ("citations.tsv", citations(&measured))] {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    print!("{}", summary(&measured));
    println!("report: {}", folder.join("report.md").display());
    Ok(())
}
