//! The queries fit the language and find what they are meant to find.
#![allow(clippy::unwrap_used)]

use expect_test::{Expect, expect};
use streaming_iterator::StreamingIterator;
use tree_sitter::{Language, Parser, Query, QueryCursor};
use tree_sitter_resmark::{
    FOLDS_QUERY, HIGHLIGHTS_QUERY, INDENTS_QUERY, INJECTIONS_QUERY, LANGUAGE, NODE_TYPES, TEXT_OBJECTS_QUERY,
};

/// Each match of `query` as a line for each capture: its name and the text from its first to its last node.
fn check(query: &str, text: &str, expected: Expect) {
    let language = Language::from(LANGUAGE);
    let query = Query::new(&language, query).unwrap();
    let mut parser = Parser::new();
    parser.set_language(&language).unwrap();
    let tree = parser.parse(text, None).unwrap();
    let mut found = Vec::new();
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.matches(&query, tree.root_node(), text.as_bytes());
    while let Some(one) = matches.next() {
        for (index, name) in query.capture_names().iter().enumerate() {
            let mut nodes = one.nodes_for_capture_index(index as u32);
            let Some(first) = nodes.next().filter(|_| !name.starts_with('_')) else { continue };
            let last = nodes.last().unwrap_or(first);
            let range = first.start_byte()..last.end_byte();
            found.push((range.start, std::cmp::Reverse(range.end), format!("{name}: {:?}\n", &text[range])));
        }
    }
    found.sort();
    found.dedup();
    expected.assert_eq(&found.into_iter().map(|(_, _, line)| line).collect::<String>());
}

#[test]
fn all_of_them_fit_the_language() {
    for query in [HIGHLIGHTS_QUERY, FOLDS_QUERY, INDENTS_QUERY, INJECTIONS_QUERY, TEXT_OBJECTS_QUERY] {
        Query::new(&LANGUAGE.into(), query).unwrap();
    }
    assert!(NODE_TYPES.contains("\"clause\""));
}

#[test]
fn the_language_is_one_that_every_editor_loads() {
    assert_eq!(Language::from(LANGUAGE).abi_version(), 14);
}

#[test]
fn colours() {
    check(
        HIGHLIGHTS_QUERY,
        "MOD A/1/1\n# One\n*recalling*\na) {++new++} [b] [c](=)[^1];\n1. *Decides* {~~x~>y~~} {--\n",
        expect![[r##"
            keyword.directive: "MOD"
            constant: "A/1/1"
            markup.heading.1: "# One"
            punctuation.special: "# "
            markup.heading.4: "*recalling*"
            markup.italic: "*recalling*"
            punctuation.special: "*"
            punctuation.special: "*"
            markup.list: "a)"
            diff.plus: "{++new++}"
            punctuation.special: "{++"
            punctuation.special: "++}"
            punctuation.bracket: "["
            punctuation.bracket: "]"
            markup.link: "[c](=)"
            punctuation.bracket: "["
            punctuation.bracket: "]("
            markup.link.url: "="
            punctuation.bracket: ")"
            punctuation.bracket: "[^"
            markup.link.label: "1"
            punctuation.bracket: "]"
            markup.list: "1."
            keyword: "*Decides*"
            markup.italic: "*Decides*"
            punctuation.special: "*"
            punctuation.special: "*"
            punctuation.special: "{~~"
            diff.minus: "x"
            punctuation.special: "~>"
            diff.plus: "y"
            punctuation.special: "~~}"
            comment.error: "{--"
        "##]],
    );
}

#[test]
fn folds() {
    check(
        FOLDS_QUERY,
        "*recalling*\n\na) one;\n   i) two\n",
        expect![[r#"
        fold: "*recalling*\n\na) one;\n   i) two"
        fold: "a) one;\n   i) two"
        fold: "i) two"
    "#]],
    );
}

#[test]
fn text_objects() {
    check(
        TEXT_OBJECTS_QUERY,
        "*resolves*\n\n1. to *act*;\n{++a) new {>>why<<}++}\n",
        expect![[r#"
        class.outer: "*resolves*\n\n1. to *act*;\n{++a) new {>>why<<}++}"
        section.outer: "*resolves*\n\n1. to *act*;\n{++a) new {>>why<<}++}"
        class.inner: "1. to *act*;\n{++a) new {>>why<<}++}"
        section.inner: "1. to *act*;\n{++a) new {>>why<<}++}"
        clause.outer: "1. to *act*;"
        function.outer: "1. to *act*;"
        label.inner: "1."
        label.outer: "1."
        parameter.inner: "1."
        parameter.outer: "1."
        clause.inner: "to *act*;"
        function.inner: "to *act*;"
        change.outer: "{++a) new {>>why<<}++}"
        clause.outer: "{++a) new {>>why<<}++}"
        function.outer: "{++a) new {>>why<<}++}"
        change.inner: "a) new {>>why<<}"
        label.inner: "a)"
        label.outer: "a)"
        parameter.inner: "a)"
        parameter.outer: "a)"
        clause.inner: "new {>>why<<}"
        function.inner: "new {>>why<<}"
        comment.outer: "{>>why<<}"
        comment.inner: "why"
    "#]],
    );
}

#[test]
fn injections() {
    check(
        INJECTIONS_QUERY,
        "---\nbody: PP\n---\ntext {>>TODO<<}\n",
        expect![[r#"
        injection.content: "---\nbody: PP\n---"
        injection.content: "{>>TODO<<}"
    "#]],
    );
}

#[test]
fn only_an_emphasis_that_opens_a_clause_is_its_verb() {
    check(
        &HIGHLIGHTS_QUERY
            .lines()
            .filter(|line| !line.contains("markup") && !line.contains("\"*\""))
            .collect::<Vec<_>>()
            .join("\n"),
        "1. *Decides* that *a*;\n2. to see *resolves* 1;\n(a) *Requests* b;\n3\t*Invites* c;\n三、*决定*丁；\n四、见*决定*；\n*Recalling* d,\n",
        expect![[r#"
            keyword: "*Decides*"
            keyword: "*Requests*"
            keyword: "*Invites*"
            keyword: "*决定*"
            keyword: "*Recalling*"
        "#]],
    );
}
