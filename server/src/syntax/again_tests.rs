//! What is read again behind an edit is what is read from nothing, and shares what the edit did not reach.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use tree_sitter::{InputEdit, Point, Tree};

use super::*;

/// A text that is being edited, with what was read of it.
struct Edited {
    text: String,
    tree: Tree,
    document: Document,
}

impl Edited {
    fn new(text: &str) -> Edited {
        let tree = parse(text);
        let document = lower_again(text, &tree, None);
        Edited { text: text.to_owned(), tree, document }
    }

    /// Replaces stretches, each of the text that the one before left, and reads the text again.
    fn edit(&mut self, edits: &[(usize, usize, &str)]) {
        let mut patches = Patches::default();
        let mut tree = self.tree.clone();
        for (start, end, new) in edits {
            let after = format!("{}{new}{}", &self.text[..*start], &self.text[*end..]);
            tree.edit(&InputEdit {
                start_byte: *start,
                old_end_byte: *end,
                new_end_byte: start + new.len(),
                start_position: point(&self.text, *start),
                old_end_position: point(&self.text, *end),
                new_end_position: point(&after, start + new.len()),
            });
            let size = |at: usize| TextSize::new(at as u32);
            patches.record(TextRange::new(size(*start), size(*end)), TextSize::of(*new));
            self.text = after;
        }
        let mut parser = Parser::new();
        self.tree = parser.parse(&self.text, Some(&tree));
        self.document = lower_again(&self.text, &self.tree, Some((&self.document, &patches)));
    }

    /// Replaces the whole text by another, as some editors do when they format.
    fn replace(&mut self, text: &str) {
        let patches = Patches::between(&self.text, text);
        self.text = text.to_owned();
        self.tree = parse(text);
        self.document = lower_again(&self.text, &self.tree, Some((&self.document, &patches)));
    }

    fn fresh(&self) -> Document {
        lower(&self.text, &parse(&self.text))
    }
}

fn point(text: &str, offset: usize) -> Point {
    let before = &text[..offset];
    let row = before.matches('\n').count();
    Point { row, column: offset - before.rfind('\n').map_or(0, |newline| newline + 1) }
}

fn boundary(text: &str, mut offset: usize) -> usize {
    offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// What texts are made of: blocks of every kind and language, and pieces that open or close something anywhere.
const BLOCKS: &[&str] = &[
    "---\nbody: PP\nlanguage: en\n---\n\n",
    "---\nbody: PP\n\n",
    "# Resolution 140 (Rev. Dubai, 2018)\n",
    "## The Union's role\n## in two lines\n\n",
    "MOD EUR/48A1/9\n\n",
    "(SUP) \n\n",
    "The Plenipotentiary Conference (Dubai, 2018),\n\n",
    "La Conférence de plénipotentiaires (Dubaï, 2018),\n\n",
    "*recalling*\n\n",
    "*décide*\n\n",
    "*resuelve*\n\n",
    "*решает*\n\n",
    "*做出决议*\n\n",
    "*يقرر*\n\n",
    "a) the *first* one;\n\n",
    "b) {++of the ++}{--last--} {~~year~>two years~~};\n",
    "c) open {++ change\n",
    "1. to act:\n   a) at once;\n      i) here;\n   b) later.\n\n",
    "{++2. to {~~paint~>count~~} *them*:++}\n   {++a) all;++}\n\n",
    "{--3. to rest.--}\n{~~3~>4~~}. to sit.\n",
    "   further words of the clause\n\n",
    "*Notes* with [the resources] and [Resolution 169](=)[^1] \\* more;\n\n",
    "[^1]: Adopted in 2003.\n\n",
    "第一行\n第二行\n\n",
    "（一）注意到；\n\n",
    "أ ) إذ يذكّر؛\n\n",
    "а) отмечая;\n\n",
    "é) la première ligne\net la deuxième;\n\n",
    "Reasons: {>>why?<<} none.\n\n",
    "### Annex 1\n\n",
    "***\n\n",
    "1\ttab\n\t2\ttab\n",
    "words\r\nof two lines\r\n\r\n",
];

const PIECES: &[&str] = &[
    "x", " ", "\n", "\n\n", "   ", "\t", "\r", "*", "{++", "++}", "{--", "--}", "{~~", "~>", "~~}", "{>>", "<<}", "[",
    "]", "](=)", "[^1]", "\\", "a)", "1. ", "# ", "### ", "---\n", "é", "文", "\u{3000}", "\u{feff}", "\0",
];

fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![4 => prop::sample::select(BLOCKS), 1 => prop::sample::select(PIECES)];
    prop::collection::vec(part, 0..25).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn what_is_read_again_is_what_is_read_from_nothing(
        text in text(),
        rounds in prop::collection::vec(
            prop::collection::vec(
                (any::<prop::sample::Index>(), 0usize..40, prop_oneof![
                    2 => prop::sample::select(PIECES),
                    1 => prop::sample::select(BLOCKS),
                    1 => Just(""),
                ]),
                1..4,
            ),
            1..5,
        ),
        other in text(),
    ) {
        let mut edited = Edited::new(&text);
        prop_assert_eq!(&edited.document, &edited.fresh());
        for round in &rounds {
            let mut sketch = edited.text.clone();
            let mut edits = Vec::new();
            for (at, len, new) in round {
                let start = boundary(&sketch, at.index(sketch.len() + 1));
                let end = boundary(&sketch, start + len).max(start);
                sketch.replace_range(start..end, new);
                edits.push((start, end, *new));
            }
            edited.edit(&edits);
            prop_assert_eq!(&edited.document, &edited.fresh(), "{:?}", edited.text);
        }
        edited.replace(&other);
        prop_assert_eq!(&edited.document, &edited.fresh());
    }
}

/// A text of many blocks.
fn long() -> String {
    BLOCKS.repeat(5).concat()
}

#[test]
fn a_letter_leaves_all_other_words_as_they_are() {
    let text = long();
    for (at, _) in text.match_indices("one;").chain(text.match_indices("rest")).chain(text.match_indices("recalling")) {
        let mut edited = Edited::new(&text);
        let before = edited.document.clone();
        edited.edit(&[(at, at, "x")]);
        let own = edited.document.paragraph_at(TextSize::new(at as u32)).expect("a paragraph").index();
        assert_eq!(before.paragraphs.len(), edited.document.paragraphs.len());
        let pairs = before.paragraphs.iter().zip(&edited.document.paragraphs).enumerate();
        let new: Vec<usize> =
            pairs.filter(|(_, (old, new))| !Arc::ptr_eq(old.words(), new.words())).map(|(index, _)| index).collect();
        assert_eq!(new, [own], "at {at}");
    }
}

#[test]
fn words_are_known_again_in_a_text_that_replaces_another() {
    let text = long();
    let mut edited = Edited::new(&text);
    let before = edited.document.clone();
    edited.replace(&text.replacen("Reasons:", "Motifs :", 1));
    let pairs = before.paragraphs.iter().zip(&edited.document.paragraphs);
    assert_eq!(pairs.filter(|(old, new)| !Arc::ptr_eq(old.words(), new.words())).count(), 1);
}

/// How many paragraphs have a value made for them.
fn made(document: &Document) -> usize {
    struct Length(usize);
    let made = AtomicUsize::new(0);
    for paragraph in &document.paragraphs {
        let length = paragraph.remembered(|| {
            made.fetch_add(1, Ordering::Relaxed);
            Length(paragraph.views.amended.text.len())
        });
        assert_eq!(length.0, paragraph.views.amended.text.len());
    }
    made.into_inner()
}

#[test]
fn what_is_made_of_words_is_kept_while_a_text_is_edited() {
    let text = long();
    let mut edited = Edited::new(&text);
    let all = edited.document.paragraphs.len();
    assert_eq!([made(&edited.document), made(&edited.document)], [all, 0]);
    let at = text.find("one;").expect("a clause");
    edited.edit(&[(at, at, "x")]);
    assert_eq!(made(&edited.document), 1);
    let read = edited.fresh();
    assert_eq!([made(&read), made(&read)], [all, all]);
}

#[test]
fn a_change_of_kind_or_label_makes_new_words() {
    let mut edited = Edited::new("*recalls*\n\na) the first;\n\nb) the second;\n");
    made(&edited.document);
    edited.edit(&[(11, 12, "c")]);
    assert_eq!(made(&edited.document), 1);
    // A heading becomes the beginning of a clause.
    edited.edit(&[(9, 11, " ")]);
    assert_eq!(edited.document, edited.fresh());
    assert_eq!(edited.document.paragraphs[0].kind, ParagraphKind::Clause);
    assert!(made(&edited.document) >= 1);
}
