//! One text, read: its lines, its tree, and what it says.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ropey::Rope;
use tree_sitter::{InputEdit, Point, Tree};

use crate::facts::Facts;
use crate::syntax::{Parser, Patches, TextRange, TextSize};

/// A text with everything that can be known of it alone.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The text by lines, for edits and for columns.
    pub rope: Rope,
    /// The same text in one piece, for the parser and the rules.
    pub text: Arc<str>,
    /// Its tree.
    pub tree: Tree,
    /// What it says.
    pub facts: Arc<Facts>,
    /// Whether reading it failed for a fault of ours; the facts are empty then.
    pub failed: bool,
    /// How many `\n` there are. The parser counts rows by these alone, the rope also by a lone `\r`.
    line_feeds: usize,
}

impl Reading {
    /// Reads a text from nothing.
    pub fn new(text: &str, parser: &mut Parser) -> Reading {
        Reading::again(text.into(), parser)
    }

    /// Reads a text again that is kept.
    pub(super) fn again(text: Arc<str>, parser: &mut Parser) -> Reading {
        let (rope, line_feeds) = (Rope::from_str(&text), count_line_feeds([&*text]));
        Reading::of(rope, text, line_feeds, None, parser, Facts::read)
    }

    /// Reads a text from nothing that will be edited, so that reading it again takes less time.
    pub fn edited(text: &str, parser: &mut Parser) -> Reading {
        let (rope, line_feeds) = (Rope::from_str(text), count_line_feeds([text]));
        Reading::of(rope, text.into(), line_feeds, None, parser, |text, tree| Facts::read_again(text, tree, None))
    }

    fn of(
        rope: Rope,
        text: Arc<str>,
        line_feeds: usize,
        old: Option<&Tree>,
        parser: &mut Parser,
        read: impl FnOnce(&str, &Tree) -> Facts,
    ) -> Reading {
        let tree = parser.parse(&text, old);
        // A document that brings a fault of ours to light must not take the others with it.
        let facts = catch_unwind(AssertUnwindSafe(|| read(&text, &tree)));
        let failed = facts.is_err();
        Reading { line_feeds, rope, text, tree, facts: Arc::new(facts.unwrap_or_default()), failed }
    }
}

/// What a text says, read from nothing, and whether reading it failed for a fault of ours.
pub(super) fn read_facts(text: &str, parser: &mut Parser) -> (Facts, bool) {
    let tree = parser.parse(text, None);
    let facts = catch_unwind(AssertUnwindSafe(|| Facts::read(text, &tree)));
    let failed = facts.is_err();
    (facts.unwrap_or_default(), failed)
}

/// A text while it is being edited: the rope and the old tree follow every edit, the rest is read again once at the
/// end, however many edits there were.
#[derive(Debug)]
pub(super) struct Draft {
    rope: Rope,
    /// The tree of the last reading, moved along with the edits; `None` when the whole text was replaced.
    tree: Option<Tree>,
    /// How many `\n` there are.
    line_feeds: usize,
    /// What the edits replaced; nothing when the whole text was replaced.
    patches: Patches,
}

impl Draft {
    /// Begins to edit.
    pub(super) fn of(reading: &Reading) -> Draft {
        Draft {
            rope: reading.rope.clone(),
            tree: Some(reading.tree.clone()),
            line_feeds: reading.line_feeds,
            patches: Patches::default(),
        }
    }

    /// A text that replaces another.
    pub(super) fn whole(text: &str) -> Draft {
        let rope = Rope::from_str(text);
        let line_feeds = count_line_feeds([text]);
        Draft { rope, tree: None, line_feeds, patches: Patches::default() }
    }

    /// The text as it stands.
    pub(super) fn rope(&self) -> &Rope {
        &self.rope
    }

    /// Replaces `range`, in bytes, which is cut to the text and to whole characters.
    pub(super) fn edit(&mut self, range: TextRange, text: &str) {
        let len = self.rope.len_bytes();
        let start = self.rope.byte_to_char(usize::from(range.start()).min(len));
        let end = self.rope.byte_to_char(usize::from(range.end()).min(len));
        let start_byte = self.rope.char_to_byte(start);
        let old_end_byte = self.rope.char_to_byte(end);
        let start_position = self.point(start_byte);
        let old_end_position = self.point(old_end_byte);
        self.line_feeds -= count_line_feeds(self.rope.slice(start..end).chunks());
        self.line_feeds += count_line_feeds([text]);
        self.rope.remove(start..end);
        self.rope.insert(start, text);
        let new_end_byte = start_byte + text.len();
        let replaced = TextRange::new(TextSize::new(start_byte as u32), TextSize::new(old_end_byte as u32));
        self.patches.record(replaced, TextSize::of(text));
        let new_end_position = self.point(new_end_byte);
        if let Some(tree) = &mut self.tree {
            tree.edit(&InputEdit {
                start_byte,
                old_end_byte,
                new_end_byte,
                start_position,
                old_end_position,
                new_end_position,
            });
        }
    }

    /// What the edits replaced in the text `before` them.
    pub(super) fn patches(&self, before: &str) -> Patches {
        match &self.tree {
            Some(_) => self.patches.clone(),
            None => Patches::between(before, &String::from(&self.rope)),
        }
    }

    /// Reads what the edits reached of a text that said `before`, and in which they replaced what `patches` say.
    pub(super) fn read(self, parser: &mut Parser, before: &Facts, patches: &Patches) -> Reading {
        let text: Arc<str> = String::from(&self.rope).into();
        let read = |text: &str, tree: &Tree| Facts::read_again(text, tree, Some((before, patches)));
        Reading::of(self.rope, text, self.line_feeds, self.tree.as_ref(), parser, read)
    }

    /// Row and column as the parser counts them: rows by `\n`, columns in bytes.
    fn point(&self, byte: usize) -> Point {
        // Without a lone `\r` the rope's lines are the parser's rows.
        if self.rope.len_lines() == self.line_feeds + 1 {
            let row = self.rope.byte_to_line(byte);
            return Point { row, column: byte - self.rope.line_to_byte(row) };
        }
        let (mut row, mut line_start, mut at) = (0, 0, 0);
        for chunk in self.rope.byte_slice(..byte).chunks() {
            for (offset, _) in chunk.match_indices('\n') {
                row += 1;
                line_start = at + offset + 1;
            }
            at += chunk.len();
        }
        Point { row, column: byte - line_start }
    }
}

fn count_line_feeds<'a>(chunks: impl IntoIterator<Item = &'a str>) -> usize {
    chunks.into_iter().map(|chunk| chunk.bytes().filter(|byte| *byte == b'\n').count()).sum()
}
