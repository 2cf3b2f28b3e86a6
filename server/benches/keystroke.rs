//! What becomes of a keystroke, stage by stage, beside reading the same text from nothing:
//! `cargo bench -p resmark --bench keystroke`.

use std::path::Path;

use divan::{Bencher, black_box};
use jiff::civil::date;
use resmark::facts::Facts;
use resmark::syntax::{Parser, Patches, TextRange, TextSize, lower, lower_again, parse};
use resmark::workspace::{FileId, Location, Workspace};
use resmark::{citation, drafting, excuse, numbering, reference};

// Other benchmarks use what this one does not.
#[allow(dead_code)]
#[path = "../../tests/support/generate.rs"]
mod generate;

const SIZES: [usize; 3] = [20_000, 100_000, 1_000_000];

fn main() {
    divan::main();
}

fn text(size: usize) -> String {
    generate::resolution(size, 900)
}

/// The parser alone, from nothing.
#[divan::bench(args = SIZES)]
fn a_parse(bencher: Bencher, size: usize) {
    let text = text(size);
    bencher.bench_local(|| parse(black_box(&text)));
}

/// The parser alone, behind a letter in the middle: the limit of a keystroke.
#[divan::bench(args = SIZES)]
fn b_parse_again(bencher: Bencher, size: usize) {
    let text = text(size);
    let at = middle(&text);
    let tree = parse(&text);
    let (edited, edit) = letter(&text, at);
    let mut parser = Parser::new();
    bencher.bench_local(|| {
        let mut old = tree.clone();
        old.edit(&edit);
        parser.parse(black_box(&edited), Some(&old))
    });
}

/// The document behind that letter, its tree being there.
#[divan::bench(args = SIZES)]
fn c_lower_again(bencher: Bencher, size: usize) {
    let text = text(size);
    let at = middle(&text);
    let tree = parse(&text);
    let document = lower_again(&text, &tree, None);
    let (edited, edit) = letter(&text, at);
    let mut old = tree.clone();
    old.edit(&edit);
    let tree = Parser::new().parse(&edited, Some(&old));
    let mut patches = Patches::default();
    patches.record(TextRange::empty(TextSize::new(at as u32)), TextSize::new(1));
    bencher.bench_local(|| lower_again(black_box(&edited), &tree, Some((&document, &patches))));
}

/// A text with a letter more, and what is told the tree about it.
fn letter(text: &str, at: usize) -> (String, tree_sitter::InputEdit) {
    let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let place = tree_sitter::Point { row: text[..at].matches('\n').count(), column: at - line };
    let edit = tree_sitter::InputEdit {
        start_byte: at,
        old_end_byte: at,
        new_end_byte: at + 1,
        start_position: place,
        old_end_position: place,
        new_end_position: tree_sitter::Point { column: place.column + 1, ..place },
    };
    (format!("{}x{}", &text[..at], &text[at..]), edit)
}

macro_rules! stage {
    ($name:ident, $text:ident, $tree:ident, $document:ident, $do:expr) => {
        #[divan::bench(args = SIZES)]
        fn $name(bencher: Bencher, size: usize) {
            let $text = text(size);
            let $tree = parse(&$text);
            let $document = lower(&$text, &$tree);
            bencher.bench_local(|| {
                let _ = (&$text, &$tree, &$document);
                black_box($do)
            });
        }
    };
}

stage!(c_lower, text, tree, document, lower(&text, &tree));
stage!(d_citations, text, tree, document, citation::read(&document));
stage!(f_numbering, text, tree, document, numbering::check(&document));
stage!(g_references, text, tree, document, reference::read(&document));
stage!(h_parts, text, tree, document, drafting::parts(&document));
stage!(i_excuses, text, tree, document, excuse::read(&text, &document));
stage!(j_facts, text, tree, document, Facts::read(&text, &tree));

fn middle(text: &str) -> usize {
    let half = text.len() / 2;
    half + text[half..].find(" that").or(text[half..].find(' ')).unwrap_or(0)
}

fn open(size: usize) -> (Workspace, FileId, usize) {
    let text = text(size);
    let mut workspace = Workspace::new(date(2026, 1, 1));
    let file = workspace.open(Location::from(Path::new("a.resmark")), 1, &text).expect("a text that is not too large");
    (workspace, file, middle(&text))
}

/// Opening the text and judging it.
#[divan::bench(args = SIZES)]
fn k_open(bencher: Bencher, size: usize) {
    bencher.bench_local(|| {
        let (mut workspace, file, _) = open(size);
        workspace.snapshot().findings(file).len()
    });
}

/// A letter typed in the middle and read again, without judging.
#[divan::bench(args = SIZES)]
fn l_type_and_read(bencher: Bencher, size: usize) {
    typed(bencher, size, |_, _| 0);
}

/// A letter typed in the middle, to the findings.
#[divan::bench(args = SIZES)]
fn m_type_and_judge(bencher: Bencher, size: usize) {
    typed(bencher, size, |snapshot, file| snapshot.findings(file).len());
}

fn typed(bencher: Bencher, size: usize, look: fn(&resmark::workspace::Snapshot, FileId) -> usize) {
    let (mut workspace, file, at) = open(size);
    workspace.snapshot().findings(file);
    let mut typed = 0u32;
    bencher.bench_local(|| {
        // A word grows by a letter and is taken back after eight, as by somebody who cannot decide.
        let at = TextSize::new(at as u32);
        let (range, letter) = match typed % 9 {
            8 => (TextRange::at(at, TextSize::new(8)), ""),
            letter => (TextRange::empty(at + TextSize::new(letter)), "x"),
        };
        typed += 1;
        workspace.edit(file, range, letter).expect("a text that is not too large");
        let snapshot = workspace.snapshot();
        look(&snapshot, file)
    });
}
