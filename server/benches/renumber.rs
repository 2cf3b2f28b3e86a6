//! How long renumbering takes, beside reading the same text: `cargo bench -p resmark`.
//!
//! The text is a resolution of 2,000 clauses with 5,000 references to them: single ones, lists and ranges. Renumbering is
//! to stay below 50 ms.

use std::fmt::Write;
use std::path::Path;

use divan::{Bencher, black_box};
use jiff::civil::date;
use resmark::ide::renumber::{Renumbering, Scope, renumber};
use resmark::syntax::{TextRange, TextSize, lower, parse};
use resmark::workspace::{FileId, Location, Workspace};

const SECTIONS: usize = 10;
const CLAUSES: usize = 200;
const REFERENCES: usize = 5000;

fn main() {
    divan::main();
}

/// The text in order; `tracked`: a proposal to modify it.
fn text(tracked: bool) -> String {
    let names = [
        "recalling",
        "considering",
        "noting",
        "recognizing",
        "stressing",
        "resolves",
        "invites",
        "urges",
        "asks",
        "calls",
    ];
    let mut out = String::new();
    if tracked {
        out.push_str("MOD X/1/2\n\n");
    }
    out.push_str("# Resolution 5 (Kigali, 2022)\n\n");
    let mut written = 0;
    for (section, name) in names.iter().enumerate() {
        let _ = write!(out, "*{name}*\n\n");
        for clause in 1..=CLAUSES {
            let _ = write!(out, "{clause}. to go on with what was begun in the year before, and to report on it");
            // Five labels of references in two clauses.
            for _ in 0..if clause % 2 == 0 { 2 } else { 1 } {
                let (other, number) =
                    (names[(section + clause) % SECTIONS], 1 + (clause * 7 + written) % (CLAUSES - 3));
                let labels = match written % 5 {
                    0 => format!("{number}"),
                    1 => format!("{number} to {}", number + 2),
                    _ => format!("{number} and {}", number + 1),
                };
                written += if written % 5 == 0 { 1 } else { 2 };
                let _ = write!(out, ", as in *{other}* {labels} above");
            }
            out.push_str(";\n");
        }
        out.push('\n');
    }
    out
}

/// A workspace in which somebody has just put a clause at the head of each section, with the number of the next.
fn edited(tracked: bool) -> (Workspace, FileId) {
    let text = text(tracked);
    let mut workspace = Workspace::new(date(2026, 1, 1));
    let location = Location::from(Path::new("a.resmark"));
    let file = workspace.open(location, 1, &text).expect("a text that is not too large");
    let places: Vec<usize> = text.match_indices("\n1. ").map(|(at, _)| at + 1).collect();
    for at in places.into_iter().rev() {
        let clause = if tracked { "{++1. to begin;++}\n" } else { "1. to begin;\n" };
        workspace.edit(file, TextRange::empty(TextSize::new(at as u32)), clause).expect("a text that is not too large");
    }
    (workspace, file)
}

fn renumbered(workspace: &mut Workspace, file: FileId) -> Renumbering {
    renumber(&workspace.snapshot(), file, Scope::Document).expect("every list is out of order")
}

/// Reading the text: the tree and the document.
#[divan::bench(args = [false, true])]
fn parse_and_lower(bencher: Bencher, tracked: bool) {
    let text = text(tracked);
    bencher.bench(|| lower(&text, &parse(black_box(&text))));
}

/// Everything that is known of the text, as after a keystroke in it.
#[divan::bench(args = [false, true])]
fn read_after_an_edit(bencher: Bencher, tracked: bool) {
    let (mut workspace, file) = edited(tracked);
    workspace.snapshot();
    bencher.bench_local(|| {
        workspace.edit(file, TextRange::empty(TextSize::new(40)), "x").expect("a text that is not too large");
        workspace.snapshot()
    });
}

/// Renumbering it.
#[divan::bench(args = [false, true])]
fn renumber_all(bencher: Bencher, tracked: bool) {
    let (mut workspace, file) = edited(tracked);
    let result = renumbered(&mut workspace, file);
    assert_eq!(result.labels, SECTIONS * CLAUSES);
    assert!(result.references * 10 > REFERENCES * 9, "{} references", result.references);
    let snapshot = workspace.snapshot();
    bencher.bench_local(|| renumber(black_box(&snapshot), file, Scope::Document));
}
