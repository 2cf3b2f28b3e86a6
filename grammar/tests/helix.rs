//! The queries that are written for Helix fit the language, and mean the same in every version of Helix.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use streaming_iterator::StreamingIterator;
use tree_sitter::{Language, Parser, Query, QueryCursor};
use tree_sitter_resmark::LANGUAGE;

const HIGHLIGHTS: &str = include_str!("../../editors/helix/queries/highlights.scm");
const TEXT_OBJECTS: &str = include_str!("../../editors/helix/queries/textobjects.scm");
const INDENTS: &str = include_str!("../../editors/helix/queries/indents.scm");

/// One of each construct.
const TEXT: &str = "---\nbody: PP\n---\n\nMOD A/1/1\n\n# One *a*\n## Two\n\nThe *Conference*,\n\n*recalling*\n\na) {++new *b*++} [b *c*] \
    [c *d*](=)[^1] {--e *f*--} \\*;\n1. *Decides* {~~x *y*~>y *z*~~} {>>why<<} {--\n{++c) *Invites* a++}\n*Recalling* d,\n\n\
    Reasons: *none*.\n\n### Annex *1*\n\n[^1]: *Note*.\n\n---\n";

#[test]
fn they_fit_the_language() {
    for query in [HIGHLIGHTS, TEXT_OBJECTS, INDENTS] {
        Query::new(&LANGUAGE.into(), query).unwrap();
    }
}

/// Of two colours for one node Helix took the first until 25.01 and takes the last since 25.07.
#[test]
fn no_node_has_two_colours() {
    let language = Language::from(LANGUAGE);
    let query = Query::new(&language, HIGHLIGHTS).unwrap();
    let mut parser = Parser::new();
    parser.set_language(&language).unwrap();
    let tree = parser.parse(TEXT, None).unwrap();
    let mut colours: HashMap<usize, (&str, &str)> = HashMap::new();
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.matches(&query, tree.root_node(), TEXT.as_bytes());
    while let Some(one) = matches.next() {
        for capture in one.captures() {
            let name = query.capture_names()[capture.index as usize];
            let words = &TEXT[capture.node.byte_range()];
            if !name.starts_with('_')
                && let Some((before, _)) = colours.insert(capture.node.id(), (name, words))
            {
                assert_eq!(before, name, "{words:?} is {before} and {name}");
            }
        }
    }
    let names: Vec<&str> = colours.values().map(|(name, _)| *name).collect();
    for name in query.capture_names().iter().filter(|name| !name.starts_with('_')) {
        assert!(names.contains(name), "nothing in the text is {name}");
    }
}
