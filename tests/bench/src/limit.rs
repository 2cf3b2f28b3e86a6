//! What cannot be gone below: reading the files, and the bare parser on the same bytes.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tree_sitter::{InputEdit, Parser, Point, Tree};

use crate::sample::{Runs, Sample};
use crate::texts::Typing;

fn parser() -> Result<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_resmark::LANGUAGE.into()).context("the grammar is of another version")?;
    Ok(parser)
}

fn parse(parser: &mut Parser, text: &str, before: Option<&Tree>) -> Result<Tree> {
    parser.parse(text, before).context("the parser gave up")
}

/// Parsing `text` from nothing.
///
/// # Errors
/// When the parser does not fit.
pub fn whole(text: &str, runs: Runs) -> Result<Sample> {
    let mut parser = parser()?;
    Sample::of(runs, || {
        let before = Instant::now();
        parse(&mut parser, text, None)?;
        Ok(before.elapsed())
    })
}

/// Parsing `text` again behind each letter typed at the byte `at`, as [`Typing`] types there.
///
/// # Errors
/// When the parser does not fit.
pub fn keystroke(text: &str, at: usize, runs: Runs) -> Result<Sample> {
    let mut parser = parser()?;
    let mut text = text.to_owned();
    let mut tree = parse(&mut parser, &text, None)?;
    let mut typing = Typing::default();
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let row = text[..at].matches('\n').count();
    Sample::of(runs, || {
        let letter = typing.step();
        let start = at + letter.offset;
        text.replace_range(start..start + letter.removed, letter.text);
        let point = |byte: usize| Point { row, column: byte - line_start };
        let (old_end, new_end) = (start + letter.removed, start + letter.text.len());
        let before = Instant::now();
        tree.edit(&InputEdit {
            start_byte: start,
            old_end_byte: old_end,
            new_end_byte: new_end,
            start_position: point(start),
            old_end_position: point(old_end),
            new_end_position: point(new_end),
        });
        tree = parse(&mut parser, &text, Some(&tree))?;
        Ok(before.elapsed())
    })
}

/// Reading `files` and parsing them from nothing, on all cores: once.
///
/// # Errors
/// When one cannot be read.
pub fn files(files: &[PathBuf]) -> Result<Duration> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let before = Instant::now();
    std::thread::scope(|scope| {
        let work = || {
            let mut parser = parser()?;
            while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                let text = std::fs::read_to_string(path)?;
                parse(&mut parser, &text, None)?;
            }
            Ok::<(), anyhow::Error>(())
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(done) => done,
            Err(_) => anyhow::bail!("a worker of the limit ended early"),
        })
    })?;
    Ok(before.elapsed())
}
