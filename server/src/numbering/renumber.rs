//! Renumbering: what each label becomes so that every list runs in order.
//!
//! Lists keep their style, letters stay letters, and a clause between two numbers keeps its `bis`. In a text with tracked
//! changes the text as amended is put in order; the text as in force stays as it is.

use std::collections::{HashMap, HashSet};

use super::align::{Rank, follower};
use super::label::{Label, core};
use super::rewrite::{rewrite, slice, substitution};
use super::sequence::{List, lists};
use crate::syntax::{
    ChangeKind, Document, Paragraph, ParagraphIndex, ProposalKind, ResolutionIndex, SectionIndex, Side, TextEdit,
    TextRange,
};

/// How much is renumbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extent {
    /// The list that a clause stands in, with the lists that go on from it.
    List(ParagraphIndex),
    /// The lists of a section.
    Section(SectionIndex),
    /// The lists of a resolution.
    Resolution(ResolutionIndex),
    /// All.
    Document,
}

/// A label that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelChange {
    /// The clause.
    pub paragraph: ParagraphIndex,
    /// Its label in the text as amended, which is the only one where nothing is tracked.
    pub old: Label,
    /// What it becomes there.
    pub new: Label,
}

/// What renumbering makes of labels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The labels that change, in text order.
    pub changes: Vec<LabelChange>,
    /// The label that each clause of the extent has afterwards, those that keep theirs included.
    pub labels: HashMap<ParagraphIndex, Label>,
    /// Whether labels change outside of the list that [`Extent::List`] names: in those that go on from it.
    pub reaches_on: bool,
    /// The lists of the text as amended, as they are.
    pub lists: Vec<List>,
}

/// The labels that change, in text order; empty when all is in order.
pub fn renumber(document: &Document, extent: Extent) -> Vec<LabelChange> {
    plan(document, extent, &HashMap::new()).changes
}

/// What renumbering makes of the labels of an extent. A clause that is `given` a label gets that one, whatever the order
/// of its list.
pub fn plan(document: &Document, extent: Extent, given: &HashMap<ParagraphIndex, Label>) -> Plan {
    let lists = lists(document, Side::Amended);
    let chosen = chosen(document, &lists, extent);
    let mut plan = Plan::default();
    // The label of each clause that changed, as it was and will be, and the last number of each list as it will be.
    let mut renewed: HashMap<ParagraphIndex, (Label, Label)> = HashMap::new();
    let mut last: Vec<Rank> = Vec::with_capacity(lists.len());
    for (index, list) in lists.iter().enumerate() {
        let mut at = list.continues.and_then(|earlier| last.get(earlier).copied()).unwrap_or((0, 0));
        let is_chosen = chosen.contains(&index);
        let is_named = |paragraph| list.items.iter().any(|item| item.paragraph == paragraph);
        let mut changes = false;
        for item in &list.items {
            let old = &item.label;
            let mut new = old.clone();
            if is_chosen {
                at = if at == (0, 0) { (1, 0) } else { follower(at, old.rank()) };
                new = old.with(at.0, at.1);
                if !old.style.same(&list.style) || new.rank() != old.rank() {
                    new.style = list.style.clone();
                }
            } else {
                at = old.rank();
            }
            // `2.1` below `2.` goes along when that becomes `1.`
            if let Some((was, is)) = list.parent.and_then(|parent| renewed.get(&parent))
                && old.path.strip_suffix(['.', '．']) == Some(&was.core())
            {
                new.path = format!("{}.", is.core());
            }
            if let Some(given) = given.get(&item.paragraph) {
                new = given.clone();
            }
            if new != *old {
                changes = true;
                plan.changes.push(LabelChange { paragraph: item.paragraph, old: old.clone(), new: new.clone() });
                renewed.insert(item.paragraph, (old.clone(), new.clone()));
            }
            if is_chosen || new != *old {
                plan.labels.insert(item.paragraph, new);
            }
        }
        plan.reaches_on |= matches!(extent, Extent::List(paragraph) if changes && !is_named(paragraph));
        last.push(at);
    }
    plan.changes.sort_by_key(|change| change.paragraph);
    plan.lists = lists;
    plan
}

/// The lists that an extent takes in, with those that go on from them.
fn chosen(document: &Document, lists: &[List], extent: Extent) -> HashSet<usize> {
    let mut chosen = HashSet::new();
    for (index, list) in lists.iter().enumerate() {
        let named = match extent {
            Extent::List(paragraph) => list.items.iter().any(|item| item.paragraph == paragraph),
            Extent::Section(section) => list.section == section,
            Extent::Resolution(resolution) => document.section(list.section).resolution == resolution,
            Extent::Document => true,
        };
        if named || list.continues.is_some_and(|earlier| chosen.contains(&earlier)) {
            chosen.insert(index);
        }
    }
    chosen
}

/// The edits that give clauses their new labels.
///
/// In a resolution whose changes are tracked, a label that stands in both readings becomes `{~~c~>d~~})`; one of an
/// inserted clause just changes.
pub fn label_edits(text: &str, document: &Document, changes: &[LabelChange]) -> Vec<TextEdit> {
    let mut tracked: HashMap<ResolutionIndex, bool> = HashMap::new();
    changes
        .iter()
        .filter_map(|change| {
            let paragraph = document.paragraph(change.paragraph);
            let resolution = paragraph.resolution;
            let tracked = *tracked.entry(resolution).or_insert_with(|| is_tracked(document, resolution));
            label_edit(text, paragraph, change, tracked)
        })
        .collect()
}

fn label_edit(text: &str, paragraph: &Paragraph, change: &LabelChange, tracked: bool) -> Option<TextEdit> {
    let label = paragraph.label.as_ref()?;
    let written = slice(text, label.range)?;
    let amended = label.text.amended.as_deref()?;
    if written == amended {
        // Brackets and points stay outside of the change, unless they change themselves.
        let inner = core(written)?;
        let whole = TextRange::at(label.range.start(), text_size::TextSize::of(written));
        let same_look =
            change.old.style.open == change.new.style.open && change.old.style.close == change.new.style.close;
        let start = label.range.start();
        let place = |from: usize, to: usize| TextRange::new(start + size(from), start + size(to));
        return match same_look {
            true => rewrite(text, paragraph, &[place(inner.start, inner.end)], &change.new.core(), tracked),
            false => rewrite(text, paragraph, &[whole], &change.new.to_string(), tracked),
        };
    }
    // The label itself is tracked: it is written anew, from what it is in force and what it becomes.
    let new = change.new.to_string();
    let mut rewritten = match &label.text.in_force {
        None => format!("{{++{new}++}}"),
        Some(old) if *old == new => new,
        Some(old) => {
            let (open, close) = (&change.new.style.open, &change.new.style.close);
            let inner = old.strip_prefix(open.as_str()).and_then(|rest| rest.strip_suffix(close.as_str()));
            match inner.filter(|inner| !inner.is_empty()) {
                Some(inner) => format!("{open}{}{close}", substitution(inner, &change.new.core())),
                None => substitution(old, &new),
            }
        }
    };
    // A remark that stands in the label is kept.
    for comment in
        paragraph.changes.iter().filter(|c| c.kind == ChangeKind::Comment && label.range.contains_range(c.range))
    {
        rewritten.push_str(slice(text, comment.range)?);
    }
    Some(TextEdit::replace(label.range, rewritten))
}

fn size(offset: usize) -> text_size::TextSize {
    text_size::TextSize::new(offset as u32)
}

/// Whether changes to a resolution are tracked: it is a proposal to modify a text, or there are tracked changes in it.
/// A proposal to add a text (`ADD`) is new as a whole; nothing in it needs marking until a change is.
pub fn is_tracked(document: &Document, resolution: ResolutionIndex) -> bool {
    let resolution = document.resolution(resolution);
    resolution.proposal.as_ref().is_some_and(|mark| mark.kind == ProposalKind::Modify)
        || document.paragraphs.get(resolution.paragraphs.clone()).is_some_and(|p| p.iter().any(Paragraph::is_tracked))
}
