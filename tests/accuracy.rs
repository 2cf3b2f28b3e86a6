//! How well citations are read: in real texts, against what another tool linked and what a person judged, and in
//! paragraphs of many houses. What counts as true is said in `accuracy.md`; `cargo xtask accuracy` lists every miss.
//!
//! The tests of the real texts skip, saying so, where the texts are not there. The thresholds are what was measured, a
//! little below it: a change that reads worse fails.

use std::sync::LazyLock;

use resmark_tests::accuracy::paragraphs;
use resmark_tests::accuracy::report::{self, Measured, count, measure, sampled, scanned, seeds, summary};
use resmark_tests::accuracy::texts::Collection;
use resmark_tests::skip;

/// What is measured, once for all tests.
fn measured() -> &'static Measured {
    static MEASURED: LazyLock<Measured> = LazyLock::new(|| {
        let measured = measure();
        println!("{}", summary(&measured));
        measured
    });
    &MEASURED
}

/// Whether a collection was read; says that the test `name` is skipped where not.
fn is_there(name: &str, collection: Collection) -> bool {
    let there = measured().readings.iter().any(|reading| reading.collection == collection);
    if !there {
        skip(name, &format!("there are no texts of “{}”", collection.name()));
    }
    there
}

#[test]
fn citations_in_paragraphs_of_many_houses_are_read_as_a_drafter_reads_them() {
    let examples = paragraphs::examples().expect("the page stands beside this test");
    assert!(examples.len() >= 50, "{}", examples.len());
    let mut wrong = String::new();
    for example in &examples {
        let read = example.read();
        if read != example.expected {
            wrong.push_str(&format!("{}\n  expected {:?}\n  read     {read:?}\n", example.name, example.expected));
        }
    }
    assert!(wrong.is_empty(), "tests/accuracy/paragraphs.md:\n{wrong}");
}

#[test]
fn what_another_tool_links_is_found() {
    if !is_there("what_another_tool_links_is_found", Collection::Un) {
        return;
    }
    for (form, compared) in &measured().links {
        let links = count(compared);
        let misses: Vec<String> = report::ours(compared)
            .into_iter()
            .map(|(compared, read)| format!("{}: {} read as {read}", compared.link.file, compared.link.symbol))
            .collect();
        assert!(links.citations > 6500, "{}: {links:?}", form.name());
        assert!(links.found * 1000 >= links.citations * 998, "{}: {links:?} {misses:#?}", form.name());
        assert!(links.right * 1000 >= links.found * 999, "{}: {links:?} {misses:#?}", form.name());
    }
}

#[test]
fn citations_drawn_at_random_are_still_read_as_they_were_judged() {
    const NAME: &str = "citations_drawn_at_random_are_still_read_as_they_were_judged";
    if !Collection::ALL.into_iter().all(|collection| is_there(NAME, collection)) {
        return;
    }
    for (un, least) in [(true, 298), (false, 299)] {
        let sample = sampled(measured(), |collection| (collection == "un") == un);
        assert!(sample.changed.is_empty(), "judge these anew: cargo xtask accuracy --draw; {:#?}", sample.changed);
        assert_eq!(sample.open, 0, "judge every row of tests/accuracy/sample.tsv");
        assert!(sample.right >= least, "{sample:#?}");
    }
}

#[test]
fn every_citation_of_the_chinese_texts_is_read_in_both_readings() {
    if !is_there("every_citation_of_the_chinese_texts_is_read_in_both_readings", Collection::Seeds) {
        return;
    }
    for (reading, side, difference) in seeds(measured()) {
        let what = format!("{}, {}, {}: {difference:?}", reading.file, reading.form.name(), side.name());
        assert!(difference.expected > 0, "{what}");
        assert!(difference.missing.is_empty() && difference.unexpected.is_empty(), "{what}");
    }
}

#[test]
fn numbers_that_look_like_one_of_a_resolution_stand_in_a_citation() {
    /// Judged: neither a citation of a resolution nor the title of the text.
    const NONE: [(Collection, usize); 3] = [(Collection::Un, 1400), (Collection::Seeds, 2), (Collection::Acts, 40)];
    for (collection, form, searched, unread) in scanned(measured()) {
        let most = NONE.iter().find(|(other, _)| *other == collection).map_or(0, |(_, most)| *most);
        let list: Vec<String> = unread.iter().map(|one| format!("{}: {}", one.file, one.number)).collect();
        assert!(unread.len() <= most, "{}, {}, {searched}: {list:#?}", collection.name(), form.name());
    }
}
