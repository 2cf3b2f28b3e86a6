//! Accepting and rejecting tracked changes.

use crate::syntax::{Change, ChangeKind, Document, Paragraph, ResolutionIndex, Side, TextEdit, TextRange, TextSize};

/// The tracked changes of a resolution, in text order, those inside of others included; no comments.
pub fn changes(document: &Document, resolution: ResolutionIndex) -> impl Iterator<Item = Change> {
    let range = document.resolution(resolution).paragraphs.clone();
    let paragraphs = document.paragraphs.get(range).unwrap_or_default();
    paragraphs.iter().flat_map(|paragraph| &paragraph.changes).filter(|change| change.kind != ChangeKind::Comment)
}

/// The edits after which a resolution has no tracked change any more and reads as it did on `side`: all changes
/// accepted ([`Side::Amended`]) or rejected ([`Side::InForce`]). Clauses that are not in that reading go with their
/// lines; comments stay where their words do.
pub fn settle(text: &str, document: &Document, resolution: ResolutionIndex, side: Side) -> Vec<TextEdit> {
    let range = document.resolution(resolution).paragraphs.clone();
    let paragraphs = document.paragraphs.get(range).unwrap_or_default();
    let mut edits: Vec<TextEdit> = Vec::new();
    for paragraph in paragraphs.iter().filter(|paragraph| paragraph.is_tracked()) {
        if paragraph.is_in(side) {
            settle_words(text, paragraph, side, &mut edits);
        } else {
            let gone = edits.last().map_or(TextRange::default(), |edit| edit.range);
            edits.push(TextEdit::replace(lines(text, paragraph.range, gone), ""));
        }
    }
    edits
}

/// Keeps the words of one reading and takes out those of the other, with the marks around both.
fn settle_words(text: &str, paragraph: &Paragraph, side: Side, edits: &mut Vec<TextEdit>) {
    let mut dropped: Vec<TextRange> = Vec::new();
    for change in paragraph.changes.iter().filter(|change| change.kind != ChangeKind::Comment) {
        let start = change.range.start();
        dropped.retain(|range| range.end() > start);
        if dropped.iter().any(|range| range.start() <= start) {
            continue;
        }
        let kept = match side {
            Side::InForce => change.old,
            Side::Amended => change.new,
        };
        let goes = match kept {
            Some(kept) => [
                TextRange::new(start, kept.start().max(start)),
                TextRange::new(kept.end().min(change.range.end()), change.range.end()),
            ],
            None => [with_space(text, change.range), TextRange::empty(change.range.end())],
        };
        for range in goes.into_iter().filter(|range| !range.is_empty()) {
            dropped.push(range);
            edits.push(TextEdit::replace(range, ""));
        }
    }
    edits.sort_by_key(|edit| edit.range.start());
}

/// With the space behind it where one stands before it too.
fn with_space(text: &str, range: TextRange) -> TextRange {
    let before = text.get(..usize::from(range.start())).and_then(|text| text.chars().next_back());
    let behind = text.get(usize::from(range.end())..).and_then(|text| text.chars().next());
    let spaced = before.is_none_or(|c| c == ' ' || c == '\n') && behind == Some(' ');
    if spaced { TextRange::new(range.start(), range.end() + TextSize::new(1)) } else { range }
}

/// The whole lines of a paragraph with the line break behind them, and one of two blank lines around them; `gone` is what
/// goes right before them.
fn lines(text: &str, range: TextRange, gone: TextRange) -> TextRange {
    let (start, end) = (usize::from(range.start()), usize::from(range.end()));
    let before = text.get(..start).unwrap_or_default();
    let start = start - (before.len() - before.trim_end_matches([' ', '\t', '\u{3000}']).len());
    let behind = text.get(end..).unwrap_or_default();
    let line_break = blank_line(behind);
    // What will stand above once the edit before this one is made.
    let above = if usize::from(gone.end()) == start { usize::from(gone.start()) } else { start };
    let above = text.get(..above).unwrap_or_default();
    let blank_above = above.is_empty() || above.ends_with("\n\n") || above.ends_with("\n\r\n");
    let blank_below = if blank_above { blank_line(behind.get(line_break..).unwrap_or_default()) } else { 0 };
    let at = |offset: usize| TextSize::try_from(offset).unwrap_or(range.end());
    let start = at(start).max(gone.end());
    TextRange::new(start, at(end + line_break + blank_below).max(start))
}

/// The length of the rest of a line with its line break, where nothing is written in it; else 0.
fn blank_line(text: &str) -> usize {
    let line = text.find('\n').map_or(text.len(), |at| at + 1);
    if text.get(..line).is_some_and(|line| line.trim().is_empty()) { line } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{lower, parse};
    use expect_test::{Expect, expect};

    fn check(text: &str, side: Side, expected: Expect) {
        let document = lower(text, &parse(text));
        let edits = settle(text, &document, ResolutionIndex(0), side);
        expected.assert_eq(&TextEdit::apply_all(text, &edits).unwrap_or_default());
    }

    const TEXT: &str = "# Resolution 191 ({~~Kigali, 2022~>Rev. Baku, 2025~~})\n\n*resolves*\n\n\
                        1. to mend {--old --}benches {--soon--} now{~~.~>;~~}{>>why?<<}\n\n\
                        {++2. to {~~paint~>count~~} *them*:++}\n   {++a) all;++}\n\n{--3. to rest.--}\n\n{~~3~>4~~}. to sit.\n";

    #[test]
    fn all_changes_accepted() {
        check(
            TEXT,
            Side::Amended,
            expect![[r#"
            # Resolution 191 (Rev. Baku, 2025)

            *resolves*

            1. to mend benches now;{>>why?<<}

            2. to count *them*:
               a) all;

            4. to sit.
        "#]],
        );
    }

    #[test]
    fn all_changes_rejected() {
        check(
            TEXT,
            Side::InForce,
            expect![[r#"
            # Resolution 191 (Kigali, 2022)

            *resolves*

            1. to mend old benches soon now.{>>why?<<}

            3. to rest.

            3. to sit.
        "#]],
        );
    }
}
