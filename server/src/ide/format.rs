//! Formatting: white space put in order, and nothing else.
//!
//! What it does: no white space at the end of a line; sub-clauses indented by [`INDENT`] columns for each level; one
//! space behind a label; one blank line around headings and never more than one in a row; one line break at the end.
//! What it never touches: words, labels, the breaks inside a paragraph, whether clauses stand apart or together, and
//! the kind of line break that the file has.

use similar::{DiffTag, TextDiff};

use crate::syntax::{Document, Paragraph, ParagraphKind, Side, TextEdit, TextRange, TextSize, lower, parse};

/// Columns for each level of nesting: `1. ` and `a) ` are as wide, so a sub-clause begins below the words of its clause.
pub const INDENT: usize = 3;

/// How often a text is read again to find the edits that must not be made, before all are given up.
const READINGS: usize = 40;

/// How often a text is formatted again at most after an edit had to be left out.
const PASSES: usize = 6;

/// The edits that format `text`, which `document` was read from; in text order, none overlapping, none without effect.
///
/// The formatted text says the same: same paragraphs with the same labels, words and nesting. An edit after which this
/// would not hold is left out.
pub fn format(text: &str, document: &Document) -> Vec<TextEdit> {
    let (edits, all) = once(text, document);
    if all {
        return edits;
    }
    // What had to be left out may be possible after the rest: go on until nothing changes, so that formatting the
    // result again changes nothing.
    let mut formatted = TextEdit::apply_all(text, &edits);
    for _ in 0..PASSES {
        let Some(before) = &formatted else { return edits };
        let (further, _) = once(before, &lower(before, &parse(before)));
        if further.is_empty() {
            break;
        }
        formatted = TextEdit::apply_all(before, &further);
    }
    formatted.map_or(edits, |formatted| difference(text, &formatted))
}

/// The edits that format the blocks of `text` that lie wholly in one of `ranges`, as far as that can be done without the
/// others; in text order. A block is a paragraph with all of its lines, or a proposal mark; what stands between two blocks
/// belongs to them if both lie in the same range. A range counts from the start of its first line to the end of its last,
/// that one left out if it ends at its beginning.
pub fn format_within(text: &str, document: &Document, ranges: &[TextRange]) -> Vec<TextEdit> {
    let formatter = Formatter::new(text, document);
    let areas: Vec<(usize, usize)> = ranges.iter().filter_map(|range| formatter.blocks_in(*range)).collect();
    let inside = |edit: &TextEdit| {
        let (start, end) = (usize::from(edit.range.start()), usize::from(edit.range.end()));
        // A blank line in front of the first block stands between it and one that is not meant.
        let opens = |from: usize| start == from && end == from && edit.text.contains('\n');
        areas.iter().any(|(from, to)| *from <= start && end <= *to && !opens(*from))
    };
    let mut changes = formatter.changes();
    changes.retain(|change| change.iter().all(inside));
    let mut edits = harmless(text, &Shape::of(document), &changes, &[], &mut 0);
    edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    edits
}

/// The edits of one pass, and whether none had to be left out.
fn once(text: &str, document: &Document) -> (Vec<TextEdit>, bool) {
    let changes = Formatter::new(text, document).changes();
    let before = Shape::of(document);
    let mut readings = 0;
    let mut edits = harmless(text, &before, &changes, &[], &mut readings);
    edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    (edits, readings <= 1)
}

/// The edits, by whole lines, that make `new` of `old`.
pub(super) fn difference(old: &str, new: &str) -> Vec<TextEdit> {
    let diff = TextDiff::from_lines(old, new);
    let starts = |lines: &mut dyn Iterator<Item = &str>| -> Vec<usize> {
        let ends = lines.scan(0, |at, line| {
            *at += line.len();
            Some(*at)
        });
        std::iter::once(0).chain(ends).collect()
    };
    let (old_starts, new_starts) = (starts(&mut diff.iter_old_slices()), starts(&mut diff.iter_new_slices()));
    let place = |starts: &[usize], line: usize| starts.get(line).or(starts.last()).copied().unwrap_or(0);
    let changed = diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
    changed
        .map(|op| {
            let (from, to) = (op.old_range(), op.new_range());
            let range = place(&old_starts, from.start)..place(&old_starts, from.end);
            let text = new.get(place(&new_starts, to.start)..place(&new_starts, to.end)).unwrap_or_default();
            TextEdit::replace(TextRange::new((range.start as u32).into(), (range.end as u32).into()), text)
        })
        .collect()
}

/// Edits that are made together or not at all.
type Change = Vec<TextEdit>;

/// The edits of those changes that may be made besides `made` and leave the document as it is, found by halving.
fn harmless(text: &str, before: &Shape, changes: &[Change], made: &[TextEdit], readings: &mut usize) -> Vec<TextEdit> {
    if changes.is_empty() || *readings >= READINGS {
        return Vec::new();
    }
    *readings += 1;
    let edits: Vec<TextEdit> = changes.iter().flatten().cloned().collect();
    let together: Vec<TextEdit> = made.iter().chain(&edits).cloned().collect();
    if TextEdit::apply_all(text, &together).is_some_and(|after| Shape::of(&lower(&after, &parse(&after))) == *before) {
        return edits;
    }
    if changes.len() == 1 {
        return Vec::new();
    }
    let (first, second) = changes.split_at(changes.len() / 2);
    let mut kept = harmless(text, before, first, made, readings);
    let so_far: Vec<TextEdit> = made.iter().chain(&kept).cloned().collect();
    kept.extend(harmless(text, before, second, &so_far, readings));
    kept
}

/// What formatting must not change.
#[derive(PartialEq, Eq)]
struct Shape {
    metadata: Vec<(String, String)>,
    resolutions: usize,
    divisions: usize,
    sections: usize,
    problems: usize,
    paragraphs: Vec<ParagraphShape>,
}

#[derive(PartialEq, Eq)]
struct ParagraphShape {
    kind: ParagraphKind,
    parent: Option<crate::syntax::ParagraphIndex>,
    section: Option<crate::syntax::SectionIndex>,
    label: Option<[Option<String>; 2]>,
    words: [String; 2],
    changes: usize,
}

impl Shape {
    fn of(document: &Document) -> Shape {
        Shape {
            metadata: document.metadata.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect(),
            resolutions: document.resolutions.len(),
            divisions: document.divisions.len(),
            sections: document.sections.len(),
            problems: document.problems.len(),
            paragraphs: document.paragraphs.iter().map(ParagraphShape::of).collect(),
        }
    }
}

impl ParagraphShape {
    fn of(paragraph: &Paragraph) -> ParagraphShape {
        // White space at the end of a line inside a paragraph shows in its words, until it is taken away.
        let words = |side: Side| paragraph.views[side].text.split_whitespace().collect();
        ParagraphShape {
            kind: paragraph.kind,
            parent: paragraph.parent,
            section: paragraph.section,
            label: paragraph.label.as_ref().map(|label| Side::BOTH.map(|side| label.text[side].clone())),
            words: Side::BOTH.map(words),
            changes: paragraph.changes.len(),
        }
    }
}

/// What a line is to the formatter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Nothing but white space.
    Blank,
    /// Inside the metadata, where nothing is changed.
    Metadata,
    /// The first line of the paragraph with this index.
    First(usize),
    /// A further line of the paragraph with this index.
    Further(usize),
    /// A line that holds no words of a paragraph: a proposal mark, a rule.
    Proposal,
    /// Anything else.
    Other,
}

/// A line, in bytes: its start, the end of its words, the end of what stands before the line break, and the end.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: usize,
    words_end: usize,
    content_end: usize,
    role: Role,
}

struct Formatter<'a> {
    text: &'a str,
    document: &'a Document,
    line_break: &'static str,
    lines: Vec<Line>,
    changes: Vec<Change>,
}

impl<'a> Formatter<'a> {
    fn new(text: &'a str, document: &'a Document) -> Formatter<'a> {
        let line_break = match text.find('\n') {
            Some(at) if text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        };
        Formatter { text, document, line_break, lines: lines(text, document), changes: Vec::new() }
    }

    /// From the start of the first block that lies wholly in a range to the end of the last one, in bytes; the line break
    /// behind it is not included, except at the end of the text.
    fn blocks_in(&self, range: TextRange) -> Option<(usize, usize)> {
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        let first = self.lines.partition_point(|line| line.start <= start).checked_sub(1)?;
        // A range that ends at the beginning of a line does not mean that line.
        let behind = self.lines.partition_point(|line| line.start < end.max(start + 1)).max(first + 1);
        let (mut first, mut behind) = (first, behind.min(self.lines.len()));
        let further = |at: usize| matches!(self.lines.get(at), Some(line) if matches!(line.role, Role::Further(_)));
        let blank = |at: usize| matches!(self.lines.get(at), Some(line) if line.role == Role::Blank);
        while first < behind && (further(first) || blank(first)) {
            first += 1;
        }
        // Where the last block goes on behind the range, it is left out from its first line on.
        if further(behind) {
            while behind > first && further(behind - 1) {
                behind -= 1;
            }
            behind = behind.saturating_sub(1);
        }
        let lines = self.lines.get(first..behind).filter(|lines| !lines.is_empty())?;
        let end = if behind == self.lines.len() { self.text.len() } else { lines.last()?.content_end };
        Some((lines.first()?.start, end))
    }

    fn changes(mut self) -> Vec<Change> {
        let depths = depths(self.document);
        // The change that moves the paragraph at hand, and by how many columns it does.
        let mut moved: Option<(usize, usize, isize)> = None;
        let mut last: Option<usize> = None;
        for index in 0..self.lines.len() {
            let line = self.lines[index];
            if line.role == Role::Blank {
                continue;
            }
            self.between(last, index);
            last = Some(index);
            match line.role {
                Role::First(paragraph) => {
                    let wanted = depths.get(paragraph).copied().unwrap_or(0).saturating_mul(INDENT);
                    let by = self.indent(line, wanted);
                    moved = (by != 0).then(|| (paragraph, self.changes.len().saturating_sub(1), by));
                    self.behind_label(paragraph);
                }
                // A further line moves with the first one, or neither does.
                Role::Further(paragraph) => {
                    if let Some((_, change, by)) = moved.filter(|(moved, ..)| *moved == paragraph)
                        && let Some(edit) = self.shifted(line, by)
                    {
                        self.changes[change].push(edit);
                    }
                }
                _ => {}
            }
            if line.role != Role::Metadata {
                self.replace(line.words_end, line.content_end, String::new());
            }
        }
        self.end(last);
        self.changes
    }

    /// Blank lines between the line `last`, or the start of the text, and the line `next`.
    fn between(&mut self, last: Option<usize>, next: usize) {
        let (start, blank) = match last {
            Some(last) => (last + 1, next - last - 1),
            None => (0, next),
        };
        if blank > 0 && self.lines[next].role == Role::Metadata && last.is_some() {
            return;
        }
        let wanted = match last {
            None => 0,
            Some(last) if blank == 0 => usize::from(self.stand_apart(self.lines[last].role, self.lines[next].role)),
            Some(_) => 1,
        };
        if blank == wanted && (blank == 0 || self.is_bare(start)) {
            return;
        }
        let from = self.lines[start.min(next)].start;
        self.replace(from, self.lines[next].start, self.line_break.repeat(wanted));
    }

    /// Whether the line at `index` is a line break and nothing else.
    fn is_bare(&self, index: usize) -> bool {
        self.lines[index].start == self.lines[index].content_end
    }

    /// Whether a blank line belongs between two lines that have none.
    fn stand_apart(&self, above: Role, below: Role) -> bool {
        let kind = |role: Role| match role {
            Role::First(paragraph) | Role::Further(paragraph) => {
                self.document.paragraphs.get(paragraph).map(|paragraph| paragraph.kind)
            }
            _ => None,
        };
        let same = |a: Role, b: Role| matches!((a, b), (Role::First(x) | Role::Further(x), Role::Further(y)) if x == y);
        if same(above, below) {
            return false;
        }
        use ParagraphKind::{DivisionHeading, Footnote, Reasons, SectionHeading, Subject, Title};
        match (kind(above), kind(below)) {
            (Some(Title | Subject), Some(Subject)) | (Some(Footnote), Some(Footnote)) => false,
            (Some(Title | Subject | SectionHeading), _) => true,
            (_, Some(Title | SectionHeading | DivisionHeading | Reasons | Footnote)) => true,
            _ => above == Role::Proposal || below == Role::Proposal,
        }
    }

    /// One line break at the end of the text, and nothing behind it.
    fn end(&mut self, last: Option<usize>) {
        match last.and_then(|last| self.lines.get(last)).copied() {
            Some(line) => {
                let rest = &self.text[line.content_end..];
                if rest != "\n" && rest != "\r\n" {
                    self.replace(line.content_end, self.text.len(), self.line_break.to_owned());
                }
            }
            // Nothing but white space.
            None => {
                self.replace(0, self.text.len(), String::new());
            }
        }
    }

    /// Sets the indentation of a paragraph's first line; returns by how many columns it moves.
    fn indent(&mut self, line: Line, wanted: usize) -> isize {
        let (width, columns) = self.indentation(line);
        let replaced = self.replace(line.start, line.start + width, " ".repeat(wanted));
        if replaced { wanted as isize - columns as isize } else { 0 }
    }

    /// Moves a further line of a paragraph along with its first one. What is indented stays indented: a line that
    /// begins with an emphasis would begin a clause of its own at the margin.
    fn shifted(&self, line: Line, by: isize) -> Option<TextEdit> {
        let (width, columns) = self.indentation(line);
        let wanted = (columns as isize + by).max(1) as usize;
        let range = TextRange::at((line.start as u32).into(), (width as u32).into());
        (columns > 0).then(|| TextEdit::replace(range, " ".repeat(wanted)))
    }

    /// The white space that a line begins with: its length in bytes, and the column behind it as the grammar counts,
    /// a tab going on to the next multiple of four and an ideographic space being two columns wide. Marks of
    /// direction are not white space to be thrown away, so a line that begins with one is left alone.
    fn indentation(&self, line: Line) -> (usize, usize) {
        let white = |c: &char| matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}');
        self.text[line.start..line.words_end].chars().take_while(white).fold((0, 0), |(bytes, column), c| {
            let next = match c {
                '\t' => column / 4 * 4 + 4,
                '\u{3000}' => column + 2,
                _ => column + 1,
            };
            (bytes + c.len_utf8(), next)
        })
    }

    /// One space between a label or the signs of a heading and the words.
    fn behind_label(&mut self, index: usize) {
        let Some(paragraph) = self.document.paragraphs.get(index) else { return };
        let gap = match (&paragraph.label, paragraph.kind) {
            (Some(label), _) => Some(TextSize::from(u32::from(label.range.end()))),
            (None, ParagraphKind::Title | ParagraphKind::Subject | ParagraphKind::DivisionHeading) => {
                let signs = self.slice(paragraph.range).bytes().take_while(|byte| *byte == b'#').count();
                Some(paragraph.range.start() + TextSize::from(signs as u32))
            }
            _ => None,
        };
        let Some(start) = gap.map(usize::from) else { return };
        let Some(rest) = self.text.get(start..) else { return };
        let white: &str = &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()];
        let has_words = rest.lines().next().is_some_and(|line| !line.trim_start().is_empty());
        if white.is_empty() || !has_words {
            return;
        }
        // `1⇥`: without a delimiter of its own, the tab is what makes the number a label.
        let bare = paragraph.label.as_ref().is_some_and(|label| {
            Side::BOTH.iter().any(|side| {
                label.text[*side].as_deref().is_some_and(|text| text.ends_with(|c: char| c.is_alphanumeric()))
            })
        });
        let wanted = if bare && white.contains('\t') { "\t" } else { " " };
        self.replace(start, start + white.len(), wanted.to_owned());
    }

    fn slice(&self, range: TextRange) -> &'a str {
        self.text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or_default()
    }

    /// Replaces bytes, unless they say that already; whether there is anything to do.
    fn replace(&mut self, start: usize, end: usize, with: String) -> bool {
        let overlaps = self
            .changes
            .last()
            .and_then(|change| change.last())
            .is_some_and(|edit| usize::from(edit.range.end()) > start);
        if start > end || self.text.get(start..end) == Some(&with) || overlaps {
            return false;
        }
        let range = TextRange::new((start as u32).into(), (end as u32).into());
        self.changes.push(vec![TextEdit::replace(range, with)]);
        true
    }
}

/// How deep each paragraph is nested in others.
fn depths(document: &Document) -> Vec<usize> {
    let mut depths: Vec<usize> = Vec::with_capacity(document.paragraphs.len());
    for paragraph in &document.paragraphs {
        // A parent stands before what is nested in it.
        let above = paragraph.parent.and_then(|parent| depths.get(parent.index()).copied());
        depths.push(above.map_or(0, |depth| depth + 1));
    }
    depths
}

/// The lines of the text and what each of them is.
fn lines(text: &str, document: &Document) -> Vec<Line> {
    let metadata_end = document.metadata.last().map_or(0, |entry| usize::from(entry.range.end()));
    let mut proposals = document.resolutions.iter().filter_map(|resolution| resolution.proposal.as_ref()).peekable();
    let mut paragraph = 0;
    let mut start = 0;
    let mut lines = Vec::new();
    for whole in text.split_inclusive('\n') {
        let content = whole.strip_suffix('\n').map_or(whole, |line| line.strip_suffix('\r').unwrap_or(line));
        let words = content.trim_end();
        let (content_end, words_end) = (start + content.len(), start + words.len());
        while document.paragraphs.get(paragraph).is_some_and(|p| usize::from(p.range.end()) <= start) {
            // An empty paragraph at the start of a line is that line's.
            if document.paragraphs.get(paragraph).is_some_and(|p| usize::from(p.range.start()) >= start) {
                break;
            }
            paragraph += 1;
        }
        while proposals.next_if(|proposal| usize::from(proposal.range.end()) <= start).is_some() {}
        let role = if words.is_empty() {
            Role::Blank
        } else if start <= metadata_end && metadata_end > 0 {
            Role::Metadata
        } else if let Some(p) = document.paragraphs.get(paragraph).filter(|p| usize::from(p.range.start()) < words_end)
        {
            if usize::from(p.range.start()) >= start { Role::First(paragraph) } else { Role::Further(paragraph) }
        } else if proposals.peek().is_some_and(|proposal| usize::from(proposal.range.start()) < words_end) {
            Role::Proposal
        } else {
            Role::Other
        };
        lines.push(Line { start, words_end, content_end, role });
        start += whole.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn formatted(text: &str) -> String {
        let document = lower(text, &parse(text));
        let edits = format(text, &document);
        TextEdit::apply_all(text, &edits).expect("the edits do not overlap")
    }

    /// Formats, shows white space that cannot be seen, and formats again.
    fn check(text: &str, expect: Expect) {
        let once = formatted(text);
        expect.assert_eq(&once.replace('\t', "⇥").replace('\r', "␍"));
        assert_eq!(formatted(&once), once, "formatting twice changes nothing more");
    }

    fn unchanged(text: &str) {
        assert_eq!(formatted(text), text);
    }

    #[test]
    fn white_space_at_line_ends_goes() {
        check(
            "# Resolution 1  \n\n*recalling*\t\n\na) one;   \nb) two.\u{3000}\n",
            expect![[r#"
                # Resolution 1

                *recalling*

                a) one;
                b) two.
            "#]],
        );
    }

    #[test]
    fn sub_clauses_stand_three_columns_in() {
        check(
            "*resolves*\n\n1. one:\n  a) first:\n\ti) deep;\n     ii) deep;\n  b) second;\n2. two.\n",
            expect![[r#"
                *resolves*

                1. one:
                   a) first:
                      i) deep;
                      ii) deep;
                   b) second;
                2. two.
            "#]],
        );
    }

    #[test]
    fn a_further_paragraph_of_a_clause_stays_with_it() {
        check(
            "*resolves*\n\n1. one:\n     a) first;\n\n     in all languages;\n2. two.\n",
            expect![[r#"
                *resolves*

                1. one:
                   a) first;

                   in all languages;
                2. two.
            "#]],
        );
    }

    #[test]
    fn the_lines_of_a_clause_move_together() {
        check(
            "*resolves*\n\n1. one:\n     a) begins here\n        and ends here;\n",
            expect![[r#"
                *resolves*

                1. one:
                   a) begins here
                      and ends here;
            "#]],
        );
    }

    #[test]
    fn ideographic_spaces_in_front_are_indentation() {
        check(
            "*做出决议*\n\n1. 第一：\n\u{3000}\u{3000}a) 其一；\n\n\u{3000}\u{3000}续上；\n2. 第二。\n",
            expect![[r#"
                *做出决议*

                1. 第一：
                   a) 其一；

                   续上；
                2. 第二。
            "#]],
        );
    }

    #[test]
    fn one_space_stands_behind_a_label_and_a_heading_sign() {
        check(
            "#   Resolution 1\n##\tIts subject\n\n*resolves*\n\n1.\tone;\n(2)   two;\n–  three.\n",
            expect![[r#"
                # Resolution 1
                ## Its subject

                *resolves*

                1. one;
                (2) two;
                – three.
            "#]],
        );
    }

    #[test]
    fn what_looks_like_words_behind_a_label_may_be_white_space() {
        check(
            "a)  \u{2029}\nb)  \u{85}",
            expect![[r#"
            a)
            b)
        "#]],
        );
    }

    #[test]
    fn a_tab_that_ends_a_label_stays() {
        check(
            "*做出决议*\n\n1\t  第一；\n2\t第二。\n",
            expect![[r#"
            *做出决议*

            1⇥第一；
            2⇥第二。
        "#]],
        );
    }

    #[test]
    fn headings_stand_alone_and_clauses_as_they_were() {
        check(
            "# Resolution 1\n## Subject\nThe Conference,\n*recalling*\na) one;\nb) two,\n*resolves*\n\n\n\n1. one;\n\n2. two.\n### Annex 1\nTerms\n",
            expect![[r#"
                # Resolution 1
                ## Subject
                The Conference,

                *recalling*

                a) one;
                b) two,

                *resolves*

                1. one;

                2. two.

                ### Annex 1
                Terms
            "#]],
        );
    }

    #[test]
    fn the_end_is_one_line_break() {
        check(
            "*resolves*\n\n1. one.",
            expect![[r#"
            *resolves*

            1. one.
        "#]],
        );
        check(
            "*resolves*\n\n1. one.\n\n\n  \n",
            expect![[r#"
            *resolves*

            1. one.
        "#]],
        );
        check("  \n\n", expect![[""]]);
        check("", expect![[""]]);
    }

    #[test]
    fn line_breaks_stay_of_their_kind() {
        check(
            "*resolves*\r\n1. one;  \r\n2. two.",
            expect![[r#"
            *resolves*␍
            ␍
            1. one;␍
            2. two.␍
        "#]],
        );
    }

    #[test]
    fn tracked_labels_and_clauses_keep_their_signs() {
        check(
            "MOD EUR/1/1\n# Resolution 1\n\n*recalling*\n\na) one;\n{++b)  new;++}  \n{~~b~>c~~})\ttwo.\n",
            expect![[r#"
                MOD EUR/1/1

                # Resolution 1

                *recalling*

                a) one;
                {++b) new;++}
                {~~b~>c~~}) two.
            "#]],
        );
    }

    #[test]
    fn what_would_change_the_meaning_is_left_out() {
        // Without the blank line in front, `---` would begin metadata.
        unchanged("\n---\nbody: PP\n---\n");
        // At the margin the emphasis would begin a clause of its own.
        unchanged("The Conference decides that\n *recalling* is a verb.\n");
    }

    #[test]
    fn metadata_is_left_alone() {
        unchanged("---\nbody:   PP\n\n\nlanguage: en\n---\n\n# Resolution 1\n");
    }

    /// Formats what stands between `$[` and `$]`, and shows white space that cannot be seen.
    fn check_within(marked: &str, expect: Expect) {
        let start = marked.find("$[").expect("a beginning");
        let end = marked.find("$]").expect("an end") - 2;
        let text = marked.replacen("$[", "", 1).replacen("$]", "", 1);
        let range = TextRange::new((start as u32).into(), (end as u32).into());
        let edits = format_within(&text, &lower(&text, &parse(&text)), &[range]);
        let after = TextEdit::apply_all(&text, &edits).expect("the edits do not overlap");
        expect.assert_eq(&after.replace(' ', "·"));
    }

    #[test]
    fn only_the_blocks_that_lie_wholly_in_the_range() {
        check_within(
            "*resolves*\n\n1.  one;  \n$[2.  two;  \n3.  three;\n$]4.  four.\n",
            expect![[r#"
            *resolves*

            1.··one;··
            2.·two;
            3.·three;
            4.··four.
        "#]],
        );
        // A range in one line means that line; a paragraph of which a line is outside stays as it is.
        check_within(
            "*resolves*\n\n1.  o$[n$]e;  \n2.  two.\n",
            expect![[r#"
            *resolves*

            1.·one;
            2.··two.
        "#]],
        );
        check_within(
            "*resolves*\n\n1.  one  \n$[    goes on;  \n2.  two  $]\n    goes on.  \n",
            expect![[r#"
            *resolves*

            1.··one··
            ····goes·on;··
            2.··two··
            ····goes·on.··
        "#]],
        );
        // A blank line belongs to the blocks on both sides of it.
        check_within(
            "*resolves*\n\n\n$[1. one;\n\n\n\n2. two.\n\n\n$]*invites*\n3.  three.\n",
            expect![[r#"
            *resolves*


            1.·one;

            2.·two.


            *invites*
            3.··three.
        "#]],
        );
        check_within(
            "*resolves*\n$[1.  one.\n$]*invites*\n",
            expect![[r#"
            *resolves*
            1.·one.
            *invites*
        "#]],
        );
    }

    #[test]
    fn the_end_of_the_text_is_part_of_its_last_block() {
        check_within(
            "*resolves*\n\n1.  one;\n$[2.  two.$]",
            expect![[r#"
            *resolves*

            1.··one;
            2.·two.
        "#]],
        );
        check_within(
            "$[*resolves*\n1.  one.\n\n\n$]",
            expect![[r#"
            *resolves*

            1.·one.
        "#]],
        );
        check_within("$[$]", expect![[r#""#]]);
    }

    mod properties {
        use proptest::prelude::*;

        use super::*;

        /// Lines that resolutions are made of, put together in any order.
        fn line() -> impl Strategy<Value = String> {
            let words = prop::sample::select(vec![
                "# Resolution 1 (Dubai, 2018)",
                "##  A subject",
                "### Annex 1",
                "*recalling*",
                "*做出决议*，",
                "*Decides* that it is so;",
                "a)  first;",
                "b)\tsecond {++new++};",
                "{~~c~>d~~}) third",
                "{++e) wholly new,++}",
                "{++ never closed",
                "1\tone",
                "1.   one",
                "(ii) two",
                "– dash",
                "goes on here",
                "继续",
                "MOD EUR/1/1",
                "Reasons: because",
                "[^1]:  a note",
                "---",
                "body: PP",
                "1.",
                "\u{3000}words",
                "",
                "",
            ]);
            let indent = prop::sample::select(vec!["", "", "", " ", "  ", "   ", "     ", "\t", " \t "]);
            let end = prop::sample::select(vec!["\n", "\n", "\n", "  \n", "\t\n", "\r\n", "\n\n\n"]);
            (indent, words, end).prop_map(|(indent, words, end)| format!("{indent}{words}{end}"))
        }

        proptest! {
            #[test]
            fn the_document_stays_the_same(lines in prop::collection::vec(line(), 0..16)) {
                let text = lines.concat();
                let once = formatted(&text);
                let shape = |text: &str| Shape::of(&lower(text, &parse(text)));
                prop_assert!(shape(&once) == shape(&text), "{text:?} became {once:?}");
            }

            #[test]
            fn formatting_twice_changes_nothing_more(lines in prop::collection::vec(line(), 0..16)) {
                let once = formatted(&lines.concat());
                prop_assert_eq!(formatted(&once), once);
            }

            #[test]
            fn what_is_outside_of_the_range_stays(
                lines in prop::collection::vec(line(), 0..16),
                from in 0usize..40,
                to in 0usize..40,
            ) {
                let text = lines.concat();
                let starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
                let place = |line: usize| starts.get(line).copied().unwrap_or(text.len());
                let (start, end) = (place(from.min(to)), place(from.max(to)));
                let range = TextRange::new((start as u32).into(), (end as u32).into());
                let before = lower(&text, &parse(&text));
                let edits = format_within(&text, &before, &[range]);
                for edit in &edits {
                    prop_assert!(range.contains_range(edit.range) || start == end, "{edit:?} of {text:?}");
                }
                let after = TextEdit::apply_all(&text, &edits).expect("the edits do not overlap");
                prop_assert!(Shape::of(&lower(&after, &parse(&after))) == Shape::of(&before), "{text:?} became {after:?}");
            }

            #[test]
            fn all_of_the_text_is_formatted_as_a_whole(lines in prop::collection::vec(line(), 0..16)) {
                let text = formatted(&lines.concat());
                let all = TextRange::up_to(TextSize::of(text.as_str()));
                prop_assert_eq!(format_within(&text, &lower(&text, &parse(&text)), &[all]), []);
            }

            #[test]
            fn only_white_space_changes(lines in prop::collection::vec(line(), 0..16)) {
                let text = lines.concat();
                let letters = |text: &str| text.split_whitespace().collect::<String>();
                prop_assert_eq!(letters(&formatted(&text)), letters(&text));
            }
        }
    }
}
