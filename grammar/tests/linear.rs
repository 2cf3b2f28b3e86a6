//! The time that parsing takes grows with the text and no faster, whatever the text is made of.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use tree_sitter::{Language, Parser};

/// Parses `text`, which must have a tree without errors that covers it, and tells how long that took.
fn time(what: &str, text: &str) -> Duration {
    let mut parser = Parser::new();
    parser.set_language(&Language::from(tree_sitter_resmark::LANGUAGE)).unwrap();
    let start = Instant::now();
    let tree = parser.parse(text, None).unwrap();
    let took = start.elapsed();
    let root = tree.root_node();
    assert!(!root.has_error(), "{what}");
    assert_eq!(root.byte_range(), 0..text.len(), "{what}");
    took
}

/// Fails when four times the text takes far more than four times as long. `make` gives a text of about so many bytes.
/// Machines have other things to do at times, so one good measurement out of several is enough.
fn linear(what: &str, make: impl Fn(usize) -> String) {
    let mut measured = Vec::new();
    for _ in 0..4 {
        let (one, four) = (time(what, &make(60_000)), time(what, &make(240_000)));
        // A quarter of a second is no time for a quarter of a megabyte where all is quadratic.
        if four < Duration::from_millis(250) || four < one * 8 {
            return;
        }
        measured.push((one, four));
    }
    panic!("{what:?} is not linear: {measured:?}");
}

/// Fails when a text takes longer than any machine may need.
fn soon(what: &str, text: &str) {
    let took = time(what, text);
    assert!(took < Duration::from_secs(120), "{what} took {took:?}");
}

fn fill(pattern: &str, bytes: usize) -> String {
    pattern.repeat(bytes / pattern.len())
}

#[test]
fn ten_thousand_nested_indents() {
    let text: String = (0..10_000).map(|depth| format!("{}a) text\n", "  ".repeat(depth))).collect();
    soon("nested indents", &text);
}

#[test]
fn five_megabytes_of_one_sigil() {
    for sigil in ["{++", "*a"] {
        soon(sigil, &fill(sigil, 5_000_000));
    }
}

#[test]
fn a_line_of_fifty_megabytes() {
    soon("one line", &fill("The word and 文本, ", 50_000_000));
    soon("spaces", &fill(" ", 5_000_000));
    soon("one word", &fill("a", 5_000_000));
    soon("an emphasis without an end", &format!("*{}", fill("a", 5_000_000)));
}

#[test]
fn a_hundred_thousand_labels() {
    soon("labels", &"a)\n".repeat(100_000));
    linear("tracked labels", |bytes| fill("{++a)++}\n", bytes));
    linear("nested labels", |bytes| fill("a)\n  i)\n    –\n", bytes));
}

#[test]
fn one_sigil_over_and_over() {
    for sigil in [
        "{--",
        "{~~",
        "{>>",
        "[",
        "[^",
        "[^a",
        "]",
        "{++a",
        "* ",
        "*",
        "\\",
        "{",
        "+",
        "++}",
        "~>",
        "{~~~>",
        "{~~a~~}",
        "*[",
        "*a{++[{--",
        "[a](",
        "[a](b",
        "{++ {--",
    ] {
        linear(sigil, |bytes| fill(sigil, bytes));
    }
}

#[test]
fn one_line_over_and_over() {
    for line in [
        "{++\n", "*a\n", "[\n", "a*\n", "{~~x\n", "{++a)\n", "*a*\n", "*\n", "- \n", "x\n", "\n", " \n", "#\n",
        "## a\n", "[^1]:\n", "MOD\n",
    ] {
        linear(line, |bytes| fill(line, bytes));
    }
}

#[test]
fn many_openers_before_few_closers() {
    for (opener, closer) in [
        ("{++", "++}"),
        ("{++ ", "+++++++++++++}"),
        ("*a ", "*"),
        ("[a ", "]"),
        ("{~~ ", "~>~~}"),
        ("{~~ ", "~~}"),
        ("{++{--{~~*a[", "]*~~}--}++}"),
    ] {
        linear(opener, |bytes| format!("{}{closer}", fill(opener, bytes)));
        linear(opener, |bytes| format!("{}{}", fill(opener, bytes / 2), fill(closer, bytes / 2)));
        linear(opener, |bytes| fill(&format!("{opener}{closer} "), bytes));
    }
}

#[test]
fn metadata_without_an_end() {
    linear("metadata", |bytes| format!("---\n{}", fill("key: value\n", bytes)));
}
