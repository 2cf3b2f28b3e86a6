//! Many resolutions at once: reading and judging them all, and a keystroke in one of many:
//! `cargo bench -p resmark --bench workspace`.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use divan::{Bencher, black_box};
use jiff::civil::date;
use resmark::facts::Facts;
use resmark::syntax::{Parser, TextRange, TextSize};
use resmark::workspace::{FileId, Judging, Location, Snapshot, Workspace, read_folder, read_folder_telling};

// Other benchmarks use what this one does not.
#[allow(dead_code)]
#[path = "../../tests/support/generate.rs"]
mod generate;

fn main() {
    divan::main();
}

/// So many resolutions are read from the disk.
const COUNTS: [usize; 2] = [100, 1_000];

/// So many others there are where one is typed into.
const OTHERS: [usize; 2] = [100, 3_000];

/// A folder with so many resolutions.
fn folder(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a place for scratch");
    for index in 0..count {
        let (name, text) = generate::of_workspace(index);
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder in it");
        std::fs::write(path, text).expect("a file in it");
    }
    folder
}

/// The limit: the same bytes read and parsed on all cores, and nothing done with them.
#[divan::bench(args = COUNTS, sample_count = 10)]
fn a_read_and_parse(bencher: Bencher, count: usize) {
    each(bencher, count, |parser, text| drop(black_box(parser.parse(text, None))));
}

/// The same with what each says.
#[divan::bench(args = COUNTS, sample_count = 10)]
fn b_read_facts(bencher: Bencher, count: usize) {
    each(bencher, count, |parser, text| {
        let tree = parser.parse(text, None);
        drop(black_box(Facts::read(text, &tree)));
    });
}

fn each(bencher: Bencher, count: usize, read: impl Fn(&mut Parser, &str) + Sync) {
    let folder = folder(count);
    let paths: Vec<_> = (0..count).map(|index| folder.path().join(generate::of_workspace(index).0)).collect();
    bencher.bench_local(|| {
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(|| {
                    let mut parser = Parser::new();
                    while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                        read(&mut parser, &std::fs::read_to_string(path).expect("a text"));
                    }
                });
            }
        });
    });
}

/// A folder is read, and its resolutions are known.
#[divan::bench(args = COUNTS, sample_count = 10)]
fn c_open(bencher: Bencher, count: usize) {
    let folder = folder(count);
    bencher.bench_local(|| {
        let mut workspace = Workspace::new(date(2026, 1, 1));
        workspace.adopt(read_folder(folder.path(), &AtomicBool::new(false)));
        workspace.snapshot().files().count()
    });
}

/// A folder is read, and everything in it is judged.
#[divan::bench(args = COUNTS, sample_count = 10)]
fn d_open_and_judge(bencher: Bencher, count: usize) {
    let folder = folder(count);
    bencher.bench_local(|| judged(&mut Workspace::new(date(2026, 1, 1)), folder.path()).files().count());
}

fn judged(workspace: &mut Workspace, folder: &Path) -> Snapshot {
    let by = workspace.snapshot();
    let judging = Judging { by: &by, wanted: &|_| true };
    let loaded = read_folder_telling(folder, &AtomicBool::new(false), &|_| {}, Some(judging));
    workspace.adopt(loaded);
    let snapshot = workspace.snapshot();
    let all: Vec<FileId> = snapshot.files().map(|file| file.id).collect();
    snapshot.judge(&all, &|| false);
    snapshot
}

/// A letter typed into one of many resolutions, to its findings.
#[divan::bench(args = OTHERS)]
fn e_type(bencher: Bencher, others: usize) {
    let text = generate::resolution(20_000, 900);
    typed(bencher, others, &text, " that", "xxxxxxxx");
}

/// A citation typed into one of many resolutions, to its findings.
#[divan::bench(args = OTHERS)]
fn f_cite(bencher: Bencher, others: usize) {
    let text = generate::resolution(20_000, 900);
    typed(bencher, others, &text, " that", " Resolution 1017 (Bucharest, 2022) of this conference");
}

/// The title typed of one of many resolutions, to its findings.
#[divan::bench(args = OTHERS)]
fn g_title(bencher: Bencher, others: usize) {
    let text = generate::resolution(20_000, 900);
    typed(bencher, others, &text, " (Bucharest", "1");
}

/// Types `words` in front of the first `place` and takes them back, in turns.
fn typed(bencher: Bencher, others: usize, text: &str, place: &str, words: &str) {
    let folder = folder(others);
    let mut workspace = Workspace::new(date(2026, 1, 1));
    judged(&mut workspace, folder.path());
    let own = Location::from(Path::new("a.resmark"));
    let file = workspace.open(own, 1, text).expect("a text that is not too large");
    let at = TextSize::new(text.find(place).unwrap_or(0) as u32);
    workspace.snapshot().findings(file);
    let mut there = false;
    bencher.bench_local(|| {
        let (range, new) = match there {
            true => (TextRange::at(at, TextSize::of(words)), ""),
            false => (TextRange::empty(at), words),
        };
        there = !there;
        workspace.edit(file, range, new).expect("a text that is not too large");
        workspace.snapshot().findings(file).len()
    });
}
