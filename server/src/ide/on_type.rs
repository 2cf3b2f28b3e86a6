//! Enter in a list: the next clause is opened with its label, and an empty one ends the list.
//!
//! The line break has been typed already, with the indentation that the editor gave the new line. What was in order stays
//! so: clauses behind the new one, and the references to them, move on in the same step. Where another file cites a clause
//! that would move, none does, as typing changes no other file; the finding about the number that is then there twice
//! offers to renumber them all.

mod below;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::renumber::relabel;
use crate::facts::Facts;
use crate::numbering::{Label, LabelChange, List, closed_up, is_bullet, is_tracked, lists, room_behind};
use crate::syntax::{
    ChangeKind, Document, Paragraph, ParagraphIndex, ParagraphKind, Side, TextEdit, TextRange, TextSize,
};
use crate::workspace::{File, FileId, Snapshot};

/// The edits that follow `typed` in front of `offset` (in bytes), in text order; `None` where nothing does.
///
/// Only a line break is followed by any, and only
/// - at the end of a clause's words: the next clause is opened; a colon there opens a sub-clause;
/// - behind a label that has no words: the list ends, or goes on one level further out;
/// - inside of a clause, behind a semicolon, a colon, or the full stop of a sentence: what stands behind becomes a clause.
///
/// Anywhere else a line break is just that. In a resolution whose changes are tracked a new clause is an insertion; the
/// cursor belongs before its `++}`.
pub fn on_type(snapshot: &Snapshot, file: FileId, offset: TextSize, typed: char) -> Option<Vec<TextEdit>> {
    if typed != '\n' {
        return None;
    }
    let enter = Enter::at(snapshot, snapshot.file(file)?, offset)?;
    let mut edits = if enter.is_empty() { enter.end_list() } else { enter.open() }?;
    edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    // Fails when two edits meet: then none is better than half.
    TextEdit::apply_all(enter.text, &edits).map(|_| edits)
}

/// A line break that was typed, and where.
struct Enter<'a> {
    snapshot: &'a Snapshot,
    file: &'a File,
    text: &'a str,
    facts: &'a Facts,
    /// The lists of the text as amended.
    lists: Vec<List>,
    /// Where each clause is in them: which list, and which of its items.
    places: HashMap<ParagraphIndex, (usize, usize)>,
    /// The line break itself, as the file writes it.
    eol: &'a str,
    /// Where the line in front of it ends.
    end: usize,
    /// Where the line behind it begins.
    start: usize,
    /// The cursor: behind the indentation that the editor gave that line.
    cursor: usize,
    /// The clause that the line break stands in or behind.
    clause: ParagraphIndex,
    paragraph: &'a Paragraph,
    tracked: bool,
}

/// A clause to open.
struct Opening {
    /// Its indentation.
    indent: String,
    label: String,
    /// What stands between label and words.
    gap: String,
    /// The clauses that move on.
    moved: Vec<LabelChange>,
}

impl<'a> Enter<'a> {
    fn at(snapshot: &'a Snapshot, file: &'a File, offset: TextSize) -> Option<Enter<'a>> {
        let (text, facts, cursor) = (file.text(), file.facts(), usize::from(offset));
        let before = text.get(..cursor)?;
        let start = before.rfind('\n')? + 1;
        if !before.get(start..)?.trim().is_empty() {
            return None;
        }
        let end = start - 1;
        let end = if before.get(..end)?.ends_with('\r') { end - 1 } else { end };
        let eol = text.get(end..start)?;

        let document = &facts.document;
        let last = document.paragraphs.partition_point(|paragraph| usize::from(paragraph.range.start()) < end);
        let clause = ParagraphIndex(u32::try_from(last.checked_sub(1)?).ok()?);
        let paragraph = document.paragraphs.get(clause.index())?;
        let behind = text.get(usize::from(paragraph.range.end()).min(end)..end)?;
        if paragraph.kind != ParagraphKind::Clause || !behind.trim().is_empty() || behind.contains('\n') {
            return None;
        }
        let lists = lists(document, Side::Amended);
        let places = |(list, items): (usize, &List)| -> Vec<_> {
            items.items.iter().enumerate().map(|(at, item)| (item.paragraph, (list, at))).collect()
        };
        let places = lists.iter().enumerate().flat_map(places).collect();
        let tracked = is_tracked(document, paragraph.resolution);
        Some(Enter { snapshot, file, text, facts, lists, places, eol, end, start, cursor, clause, paragraph, tracked })
    }

    fn document(&self) -> &'a Document {
        &self.facts.document
    }

    /// What stands behind the cursor in the same paragraph.
    fn rest(&self) -> &'a str {
        self.text.get(self.cursor..self.cursor.max(self.paragraph.range.end().into())).unwrap_or_default()
    }

    /// Whether the clause is but its label.
    fn is_empty(&self) -> bool {
        let Some(label) = &self.paragraph.label else { return false };
        let words = self.text.get(label.range.end().into()..self.paragraph.range.end().into());
        words.is_some_and(|words| matches!(words.trim(), "" | "++}"))
    }

    /// The insertion that goes on behind the cursor. `Err` where another change does, or there are several.
    fn insertion(&self) -> Result<Option<TextRange>, ()> {
        let around =
            |range: &TextRange| usize::from(range.start()) < self.end && self.cursor < usize::from(range.end());
        let mut changes = self.paragraph.changes.iter().filter(|change| around(&change.range));
        match (changes.next(), changes.next()) {
            (None, _) => Ok(None),
            (Some(change), None) if change.kind == ChangeKind::Insertion => Ok(Some(change.range)),
            _ => Err(()),
        }
    }

    /// Opens a clause behind this one, or below it, or splits it.
    fn open(&self) -> Option<Vec<TextEdit>> {
        let insertion = self.insertion().ok()?;
        let rest = self.rest();
        let at_end = match insertion {
            Some(_) => matches!(rest.trim(), "" | "++}"),
            None => rest.trim().is_empty(),
        };
        let line = self.text.get(self.cursor..)?.lines().next().unwrap_or_default();
        if at_end {
            // What stands behind the cursor is a paragraph of its own, or goes on with this one.
            let foreign = line.trim() != rest.trim();
            if foreign || self.is_followed_by_words() {
                return None;
            }
        } else if line.trim().is_empty() || !self.may_split(rest) {
            return None;
        }
        // At the end what is deleted, or said in a comment, does not count.
        let words = if at_end { self.paragraph.views[Side::Amended].text.trim_end() } else { self.words_before() };
        let announces = words.ends_with([':', '：', '︰']);
        let below = at_end && self.has_clauses_below();
        let opening = if announces || below { self.below(announces) } else { self.behind(self.clause) }?;

        let mut edits = Vec::new();
        let mut clause = String::new();
        if self.stands_apart(&opening) {
            clause.push_str(self.eol);
        }
        clause.push_str(&opening.indent);
        let mut cursor = self.cursor;
        match (insertion, self.tracked) {
            (Some(_), _) => {
                edits.push(insert(self.end, "++}"));
                clause.push_str(&format!("{{++{}{}", opening.label, opening.gap));
            }
            (None, true) => clause.push_str(&format!("{{++{}{}++}}", opening.label, opening.gap)),
            (None, false) => clause.push_str(&format!("{}{}", opening.label, opening.gap)),
        }
        if !at_end {
            // No space at the end of the one, none before the words of the other.
            let before = self.text.get(..self.end)?;
            let end = before.trim_end_matches([' ', '\t']).len();
            if end < self.end && insertion.is_none() {
                edits.push(replace(end, self.end, ""));
            }
            cursor += rest.len() - rest.trim_start_matches([' ', '\t']).len();
        }
        edits.push(replace(self.start, cursor, clause));
        edits.extend(self.moves(&opening.moved));
        Some(edits)
    }

    /// Ends the list: takes the label away, or puts one of the list further out in its place.
    fn end_list(&self) -> Option<Vec<TextEdit>> {
        let line = self.line_of(self.paragraph);
        let insertion = self.insertion().ok()?;
        let until = match insertion {
            Some(range) => usize::from(range.end()),
            None => self.cursor,
        };
        if !self.text.get(until..)?.lines().next().unwrap_or_default().trim().is_empty() {
            return None;
        }
        let mut edits = Vec::new();
        if let Some(opening) = self.further_out() {
            let (label, gap) = (&opening.label, &opening.gap);
            let written = match (insertion, self.tracked) {
                (Some(_), _) => format!("{{++{label}{gap}"),
                (None, true) => format!("{{++{label}{gap}++}}"),
                (None, false) => format!("{label}{gap}"),
            };
            edits.push(replace(line, self.cursor, format!("{}{written}", opening.indent)));
            edits.extend(self.moves(&opening.moved));
            return Some(edits);
        }
        // What comes next is no part of the clause before it: a blank line tells.
        if self.is_below_blank_line(line) {
            edits.push(replace(line, until, ""));
        } else {
            edits.push(replace(line, self.end, ""));
            edits.push(replace(self.start, until, ""));
        }
        if !self.is_referred_to() {
            edits.extend(self.moves(&closed_up(&self.lists, self.clause)));
        }
        Some(edits)
    }

    /// The clause to open one level further out in the place of an empty one, if that is the last of its list.
    fn further_out(&self) -> Option<Opening> {
        let parent = self.parent_of(self.clause)?;
        let last = (self.clause.index() + 1..self.document().paragraphs.len())
            .map(|index| ParagraphIndex(index as u32))
            .take_while(|index| self.document().paragraph(*index).section == self.paragraph.section)
            .all(|index| self.parent_of(index) != Some(parent));
        if !last {
            return None;
        }
        self.behind(parent)
    }

    /// The clause that another is below: by indentation or, in a list that is flush left, by the labels.
    fn parent_of(&self, clause: ParagraphIndex) -> Option<ParagraphIndex> {
        let of_list = || self.lists.get(self.places.get(&clause)?.0)?.parent;
        self.document().paragraphs.get(clause.index())?.parent.or_else(of_list)
    }

    /// The clause that follows `clause` in its list.
    fn behind(&self, clause: ParagraphIndex) -> Option<Opening> {
        let document = self.document();
        let paragraph = document.paragraphs.get(clause.index())?;
        let label = paragraph.label.as_ref()?;
        let indent = self.indent_of(paragraph).to_owned();
        let gap = self.gap_of(clause);
        let bullet = label.text[Side::Amended].as_deref().filter(|label| is_bullet(label));
        if let Some(bullet) = bullet {
            return Some(Opening { indent, label: bullet.to_owned(), gap, moved: Vec::new() });
        }
        let room = room_behind(&self.lists, self.counted(clause)?)?;
        Some(Opening { indent, label: room.label.to_string(), gap, moved: room.moved })
    }

    /// The clause that the numbers go on from behind `clause`: this one or, where the proposal deletes it, the one before
    /// it in its list.
    fn counted(&self, clause: ParagraphIndex) -> Option<ParagraphIndex> {
        let own = self.document().paragraphs.get(clause.index())?;
        if own.is_in(Side::Amended) {
            return Some(clause);
        }
        let before = (0..clause.index()).rev().map(|index| ParagraphIndex(index as u32));
        let mut before = before.map(|index| (index, self.document().paragraph(index)));
        let alike = |other: &Paragraph| other.section == own.section && other.level == own.level;
        before
            .by_ref()
            .take_while(|(_, other)| other.section == own.section && other.level >= own.level)
            .find(|(index, other)| alike(other) && self.places.contains_key(index))
            .map(|(index, _)| index)
    }

    /// The label of a clause as its list decides it; `None` for a bullet, and without a label.
    fn label_of(&self, clause: ParagraphIndex) -> Option<Label> {
        let (list, at) = self.places.get(&clause)?;
        self.lists.get(*list)?.items.get(*at).map(|item| item.label.clone())
    }

    /// The words in front of the line break, as amended.
    fn words_before(&self) -> &'a str {
        let from = self.paragraph.label.as_ref().map_or(self.paragraph.range.start(), |label| label.range.end());
        let words = self.text.get(from.into()..self.end).unwrap_or_default();
        words.trim_end().trim_end_matches("++}").trim_end()
    }

    /// Whether a line break here makes two clauses of one, `rest` being what stands behind it.
    fn may_split(&self, rest: &str) -> bool {
        let words = self.words_before();
        let next = rest.trim_start().chars().next();
        let ends = match words.chars().last() {
            Some(';' | '；' | '؛' | ':' | '：' | '。') => true,
            // The full stop of a sentence, not of “No. 5”.
            Some('.') => next.is_some_and(char::is_uppercase),
            _ => false,
        };
        let inside = |range: TextRange| usize::from(range.start()) < self.end && self.cursor < usize::from(range.end());
        let marked = Side::BOTH.iter().any(|side| {
            let view = &self.paragraph.views[*side];
            view.marks.iter().any(|mark| inside(view.mark_source(mark)))
        });
        ends && !marked && self.paragraph.label.is_some()
    }

    /// Whether clauses with labels stand below this one.
    fn has_clauses_below(&self) -> bool {
        let next = ParagraphIndex(self.clause.0 + 1);
        let is_clause = |p: &Paragraph| p.kind == ParagraphKind::Clause && p.label.is_some();
        self.document().paragraphs.get(next.index()).is_some_and(is_clause) && self.parent_of(next) == Some(self.clause)
    }

    /// Whether this clause goes on behind the cursor, in a paragraph of its own or, before the line break, in the next
    /// line.
    fn is_followed_by_words(&self) -> bool {
        let Some(next) = self.document().paragraphs.get(self.clause.index() + 1) else { return false };
        let between = self.text.get(self.cursor..next.range.start().into()).unwrap_or_default();
        next.kind == ParagraphKind::Text && (next.parent == Some(self.clause) || between.matches('\n').count() == 1)
    }

    /// Whether a blank line stands between a new clause and the one before it, as between others of its kind.
    fn stands_apart(&self, opening: &Opening) -> bool {
        let document = self.document();
        let own = (self.clause.index() + 1..document.paragraphs.len()).map(|index| ParagraphIndex(index as u32));
        let below = opening.indent.len() > self.indent_of(self.paragraph).len();
        let level = self.paragraph.level + u16::from(below);
        let is_clause = |index: &ParagraphIndex| {
            let paragraph = document.paragraph(*index);
            paragraph.kind == ParagraphKind::Clause && paragraph.level == level && self.follows_clause(*index)
        };
        // The nearest one before, or else behind; any other place of the same level tells less than a neighbour.
        let before = (0..=self.clause.index()).rev().map(|index| ParagraphIndex(index as u32));
        let section = |index: &ParagraphIndex| document.paragraph(*index).section == self.paragraph.section;
        let found =
            before.clone().take_while(section).find(is_clause).or_else(|| own.take_while(section).find(is_clause));
        let found = found.or_else(|| before.take(200).find(is_clause));
        match found {
            Some(index) => self.gap_above(index) > 1,
            // A clause that opens with its own verb stands alone.
            None => self.paragraph.opening(Side::Amended).is_some(),
        }
    }

    /// Whether the paragraph in front of this one is a clause of its section.
    fn follows_clause(&self, index: ParagraphIndex) -> bool {
        let Some(before) = index.index().checked_sub(1) else { return false };
        let (before, own) = (&self.document().paragraphs[before], self.document().paragraph(index));
        before.kind == ParagraphKind::Clause && before.section == own.section
    }

    /// How many lines further down than the paragraph before it a paragraph begins, the line break that was typed not
    /// counted.
    fn gap_above(&self, index: ParagraphIndex) -> usize {
        let Some(before) = index.index().checked_sub(1) else { return 0 };
        let (before, own) = (&self.document().paragraphs[before], self.document().paragraph(index));
        let between = self.text.get(before.range.end().into()..own.range.start().into());
        let typed = usize::from(before.range.end()) <= self.end && self.start <= usize::from(own.range.start());
        between.unwrap_or_default().matches('\n').count().saturating_sub(usize::from(typed))
    }

    /// The edits by which clauses move, with the references to them; none where another file would have to follow.
    fn moves(&self, changes: &[LabelChange]) -> Vec<TextEdit> {
        let mut moved = relabel(self.snapshot, self.file, changes).edits;
        let own = moved.remove(&self.file.id).unwrap_or_default();
        if moved.is_empty() { own } else { Vec::new() }
    }

    /// Whether a reference of this document names this clause.
    fn is_referred_to(&self) -> bool {
        let pinpoints = self.facts.references.iter().flat_map(|reference| &reference.pinpoints);
        pinpoints
            .flat_map(|pinpoint| &pinpoint.steps)
            .any(|step| Side::BOTH.iter().any(|side| step.target[*side].clause() == Some(self.clause)))
    }

    /// Where the line begins in which a paragraph does.
    fn line_of(&self, paragraph: &Paragraph) -> usize {
        let before = self.text.get(..paragraph.range.start().into()).unwrap_or_default();
        before.rfind('\n').map_or(0, |at| at + 1)
    }

    /// Whether there is nothing in the line above the one that begins at `line`.
    fn is_below_blank_line(&self, line: usize) -> bool {
        let above = self.text.get(..line).unwrap_or_default();
        let above = above.strip_suffix('\n').unwrap_or(above);
        above.rsplit('\n').next().is_none_or(|line| line.trim().is_empty())
    }

    /// The white space in front of a paragraph.
    fn indent_of(&self, paragraph: &Paragraph) -> &'a str {
        let indent = self.text.get(self.line_of(paragraph)..paragraph.range.start().into()).unwrap_or_default();
        if indent.trim().is_empty() { indent } else { "" }
    }

    /// What stands between a clause's label and its words; where it has none, what is usual.
    fn gap_of(&self, clause: ParagraphIndex) -> String {
        let usual = |label: &str| gap_behind(label).to_owned();
        let Some(paragraph) = self.document().paragraphs.get(clause.index()) else { return usual("") };
        let Some(label) = &paragraph.label else { return usual("") };
        let typed = label.text[Side::Amended].as_deref().unwrap_or_default();
        let behind = self.text.get(label.range.end().into()..paragraph.range.end().into()).unwrap_or_default();
        let words = behind.trim_start_matches([' ', '\t', '\u{3000}']);
        if words.trim().is_empty() || words.starts_with("++}") || words.starts_with(['\r', '\n']) {
            return usual(typed);
        }
        behind.get(..behind.len() - words.len()).unwrap_or_default().to_owned()
    }
}

/// What usually stands between a label and its words: nothing behind a full-width mark, a tab behind a bare number.
fn gap_behind(label: &str) -> &'static str {
    match label.chars().last() {
        Some('、' | '）' | '．' | '】' | '〕') => "",
        Some(c) if c.is_alphanumeric() => "\t",
        _ => " ",
    }
}

fn insert(at: usize, text: &str) -> TextEdit {
    replace(at, at, text)
}

fn replace(from: usize, to: usize, text: impl Into<String>) -> TextEdit {
    let at = |offset: usize| TextSize::new(offset as u32);
    TextEdit::replace(TextRange::new(at(from), at(to.max(from))), text)
}
