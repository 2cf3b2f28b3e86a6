//! What holds for every text: no errors, no byte lost, an edited tree like a fresh one, every paragraph for itself.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use tree_sitter::{InputEdit, Node, Parser, Point, Tree, TreeCursor};

fn parser() -> Parser {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_resmark::LANGUAGE.into()).unwrap();
    parser
}

fn parse(text: &str) -> Tree {
    parser().parse(text, None).unwrap()
}

/// Calls `see` with each node, its field and its depth, in text order. Not recursive: trees may be deep.
fn walk<'t>(tree: &'t Tree, mut see: impl FnMut(Node<'t>, Option<&str>, usize)) {
    let mut cursor: TreeCursor<'t> = tree.walk();
    let mut depth = 0;
    loop {
        see(cursor.node(), cursor.field_name(), depth);
        if cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
            depth -= 1;
        }
    }
}

/// The tree as lines `kind start..end`, anonymous nodes included.
fn show(tree: &Tree) -> String {
    let mut lines = String::new();
    walk(tree, |node, field, depth| {
        let field = field.map(|name| format!("{name}: ")).unwrap_or_default();
        lines += &format!("{}{field}{} {:?}\n", " ".repeat(depth), node.kind(), node.byte_range());
    });
    lines
}

/// What is wrong with a tree, if anything: an error, a byte outside of it, a node outside of its parent or upon its
/// neighbour.
fn fault(text: &str, tree: &Tree) -> Option<String> {
    let root = tree.root_node();
    // tree-sitter itself takes a byte order mark off the beginning of a text.
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    if root.byte_range() != (start..text.len()) {
        return Some(format!("the root is {:?} of {}", root.byte_range(), text.len()));
    }
    let mut fault = None;
    walk(tree, |node, _, _| {
        if node.is_error() || node.is_missing() {
            fault.get_or_insert_with(|| format!("an error: {node:?}"));
        }
        let parent = node.parent().filter(|_| node.child_count() == 0);
        if parent.is_some_and(|parent| node.start_byte() < parent.start_byte() || node.end_byte() > parent.end_byte()) {
            fault.get_or_insert_with(|| format!("{node:?} reaches out of its parent"));
        }
        if let Some(closer) = closer(node.kind()).filter(|_| node.is_named()) {
            let last = node.child(node.child_count().saturating_sub(1));
            if last.is_none_or(|last| last.kind() != closer) {
                fault.get_or_insert_with(|| format!("{node:?} is not closed"));
            }
        }
        if !text.is_char_boundary(node.start_byte()) || !text.is_char_boundary(node.end_byte()) {
            fault.get_or_insert_with(|| format!("{node:?} cuts a character"));
        }
    });
    fault
}

/// What a construct ends with: the scanner opens none without having seen it.
fn closer(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "emphasis" => "*",
        "bracketed" => "]",
        "pinned_citation" => ")",
        "footnote_reference" => "]",
        "insertion" => "++}",
        "deletion" => "--}",
        "substitution" => "~~}",
        "comment" => "<<}",
        _ => return None,
    })
}

/// Pieces of which texts are made: what means something to the scanner, next to what does not.
fn piece() -> impl Strategy<Value = String> {
    let pieces: &[&str] = &[
        "{~~a) ",
        "~>b) ",
        "{++1.\t",
        "{--(a) ",
        "*Noting* x,",
        "*noting* x",
        "{++",
        "++}",
        "{--",
        "--}",
        "{~~",
        "~>",
        "~~}",
        "{>>",
        "<<}",
        "*",
        "**",
        "[",
        "]",
        "[^",
        "[^1]",
        "[^1]:",
        "](=)",
        "](PP-140#a)",
        "(",
        ")",
        "\\",
        "\\*",
        "+",
        "-",
        "~",
        ">",
        "<",
        "{",
        "}",
        "a)",
        "(a)",
        "a.",
        "1.",
        "1)",
        "1\t",
        "12",
        "1.1 ",
        "2.10.3 ",
        "i)",
        "(iv)",
        "aa)",
        "bis",
        " bis",
        "ter",
        "A. ",
        "а)",
        "أ)",
        "١.",
        "（1）",
        "（a）",
        "１．",
        "一、",
        "（一）",
        "十二、",
        "–",
        "•",
        "2019",
        "2019)",
        "# ",
        "## ",
        "### ",
        "#### ",
        "#",
        "---",
        "***",
        "_ _ _",
        "MOD",
        "(MOD) ",
        "ADD EUR/48A1/9",
        "SUP*",
        "NOC",
        "Reasons:",
        "*Reasons:*",
        "Motifs :",
        "理由：",
        "Основания:",
        "الأسباب:",
        "*recalling*",
        "*做出决议*",
        "，",
        ",",
        ";",
        "body: PP",
        "word",
        "words and more",
        "文本",
        "نص",
        "текст",
        "é",
        "😀",
        "\0",
        " ",
        "  ",
        "   ",
        "\t",
        "\u{3000}",
        "\u{a0}",
        "\u{200f}",
        "\u{feff}",
        "\n",
        "\n",
        "\n",
        "\n\n",
        "\n  ",
        "\n   ",
        "\n      ",
        "\n\t",
        "\r\n",
        "\r\n\r\n",
        "\r",
        "\n \n",
        ":",
        "/",
    ];
    prop_oneof![
        20 => prop::sample::select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat())
}

fn point(text: &str, offset: usize) -> Point {
    let before = &text[..offset];
    let row = before.matches('\n').count();
    let column = offset - before.rfind('\n').map_or(0, |newline| newline + 1);
    Point { row, column }
}

/// Replaces `start..end` by `new` in the text and tells the tree.
fn edit(text: &str, tree: &mut Tree, start: usize, end: usize, new: &str) -> String {
    let after = format!("{}{new}{}", &text[..start], &text[end..]);
    tree.edit(&InputEdit {
        start_byte: start,
        old_end_byte: end,
        new_end_byte: start + new.len(),
        start_position: point(text, start),
        old_end_position: point(text, end),
        new_end_position: point(&after, start + new.len()),
    });
    after
}

fn boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// `PROPTEST_CASES` in the environment asks for more.
fn config() -> ProptestConfig {
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { 1000 };
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_text_has_a_tree_without_errors_that_covers_it(text in text()) {
        let tree = parse(&text);
        prop_assert_eq!(fault(&text, &tree), None, "{}", show(&tree));
    }

    #[test]
    fn an_edited_tree_is_the_tree_of_the_edited_text(
        text in text(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, prop::collection::vec(piece(), 0..3)), 1..4),
    ) {
        let mut parser = parser();
        let mut text = text;
        let mut tree = parser.parse(&text, None).unwrap();
        for (start, len, new) in edits {
            let start = boundary(&text, start.index(text.len() + 1));
            let end = boundary(&text, (start + len).min(text.len()));
            text = edit(&text, &mut tree, start, end, &new.concat());
            tree = parser.parse(&text, Some(&tree)).unwrap();
            prop_assert_eq!(show(&tree), show(&parse(&text)), "{:?}", text);
        }
    }
}

/// The kinds of the tree's nodes, indented.
fn shape(text: &str) -> String {
    let tree = parse(text);
    let mut lines = String::new();
    walk(&tree, |node, _, depth| lines += &format!("{}{}\n", " ".repeat(depth), node.kind()));
    lines
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_kind_of_line_end_is_one(text in text()) {
        let text = text.replace('\r', "");
        prop_assert_eq!(shape(&text), shape(&text.replace('\n', "\r\n")));
        prop_assert_eq!(shape(&text), shape(&text.replace('\n', "\r")));
    }

    /// What a paragraph holds has no say in what the next one is, unless it goes on in it.
    #[test]
    fn an_unfinished_line_disturbs_nothing_beyond_its_paragraph(
        unfinished in prop::sample::select(&["{++", "{--", "{~~", "{~~a~>", "{>>", "*a", "[", "[a](", "a)", "1.", "*", "{++a)", "{++*", "{~~a)~>", "–", "[^1", "[^1]:", "MO"]),
        text in text(),
    ) {
        let rest = format!("Council\n\n{}", text.trim_start());
        let alone: Vec<String> = shape(&format!("# A\n\nThe {rest}")).lines().skip(5).map(str::to_owned).collect();
        for before in ["", "The "] {
            let behind = shape(&format!("# A\n\n{before}{unfinished}\n\nThe {rest}"));
            let behind: Vec<String> = behind.lines().map(str::to_owned).collect();
            prop_assert!(behind.ends_with(&alone), "{:?} {:?} {:?}", before, unfinished, text);
        }
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_line() {
    assert_eq!(shape("\u{feff}# One\n"), shape("# One\n"));
    assert_eq!(shape("\u{feff}---\nbody: PP\n---\n"), shape("---\nbody: PP\n---\n"));
}
