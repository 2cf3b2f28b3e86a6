//! How long the bundled catalogue costs: `cargo bench -p resmark --bench catalogue`.
//!
//! A family of bodies is read when a text first cites one of them; all together are to stay below 5 ms.

use divan::{Bencher, black_box};
use jiff::civil::date;
use resmark::catalogue::{Catalogue, CatalogueFile, SourceFile};

macro_rules! files {
    ($($name:literal)+) => { &[$(($name, include_str!(concat!("../catalogue/", $name)))),+] };
}

const FILES: &[(&str, &str)] = files! {
    "itu.json" "general-assembly.json" "security-council.json" "economic-and-social-council.json"
    "human-rights-council.json" "world-health-assembly.json" "others.json"
};

/// As the program reads one.
fn read((name, text): (&str, &str)) -> SourceFile {
    let file: CatalogueFile = serde_json::from_str(black_box(text)).expect("the files are checked by tests");
    SourceFile::new(name, file)
}

fn main() {
    divan::main();
}

/// Reading one family.
#[divan::bench(args = FILES.iter().map(|(name, _)| *name))]
fn family(bencher: Bencher, name: &str) {
    let file = *FILES.iter().find(|(other, _)| *other == name).expect("the names are of that list");
    bencher.bench(|| read(file));
}

/// Reading all of them.
#[divan::bench]
fn all_families(bencher: Bencher) {
    bencher.bench(|| FILES.iter().copied().map(read).collect::<Vec<_>>());
}

/// A question, when the family is there.
#[divan::bench]
fn version_in_force(bencher: Bencher) {
    let catalogue = Catalogue::bundled();
    let id = "PP-140".parse().expect("an id");
    bencher.bench(|| catalogue.version_in_force(black_box(&id), date(2026, 1, 1)).map(|view| view.year));
}
