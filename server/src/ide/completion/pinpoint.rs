//! The clauses that a reference may name: “*considering* ”, “resolves  of Resolution 140”, “paragraph ”.

use super::typed::Typed;
use super::{Completion, Item, ItemKind};
use crate::citation::Citation;
use crate::ide::fragment::{NamedClause, clauses};
use crate::ide::symbols::{heading_words, shortened};
use crate::ide::target::{best_definition, quoted};
use crate::reference::{goes_on, names_a_paragraph, points_ahead};
use crate::syntax::{Document, Language, MarkKind, ResolutionIndex, SectionIndex, TextSize, fold};

/// How many bytes may stand between the cursor and the citation of the text whose clause is named.
const MOST_TO_CITATION: usize = 60;

pub(super) fn complete(typed: &Typed<'_>) -> Option<Completion> {
    let before = typed.before.as_str();
    let start = label_start(before);
    let (lead, label) = before.split_at(start);
    let named_by = lead.trim_end();
    if named_by.is_empty() {
        return None;
    }
    let chinese = named_by.ends_with(|c: char| ('一'..='鿿').contains(&c));
    if !chinese && !lead.ends_with(char::is_whitespace) {
        return None;
    }
    let owner = owner(typed, named_by);
    let language = typed.language;
    let there = owner.and_then(|citation| {
        let id = citation.id.as_ref()?;
        let (file, definition) = best_definition(typed.snapshot, id, citation.version.as_ref(), Some(language))?;
        Some((&file.facts().document, definition.resolution))
    });
    if owner.is_some() && there.is_none() {
        return None;
    }
    let (document, resolution) = there.unwrap_or((typed.document(), typed.resolution()));
    let own = there.is_none();
    let sections = match section_before(typed, document, resolution, named_by) {
        Some((sections, emphasised, name_start)) => {
            let pointed = points_ahead(named_by.get(..name_start)?) || goes_on(typed.behind);
            // What opens a paragraph is its verb or a heading.
            let opens = named_by.get(..name_start)?.trim().is_empty();
            if own && !pointed && (!emphasised || opens) {
                return None;
            }
            Some(sections)
        }
        None if names_a_paragraph(lead) => None,
        None => return None,
    };
    let asked = fold(label);
    let range = typed.range(start, 0)?;
    let mut items: Vec<Item> = Vec::new();
    for clause in clauses(document, resolution) {
        if sections.as_ref().is_some_and(|sections| !sections.contains(&clause.section)) {
            continue;
        }
        // “paragraph 3” is one that is numbered.
        let first = clause.labels.first().map(|label| label.trim_start_matches('('));
        if sections.is_none() && !first.is_some_and(|label| label.starts_with(|c: char| c.is_ascii_digit())) {
            continue;
        }
        if own && clause.clause == typed.index {
            continue;
        }
        let text = as_referred(&clause);
        if !fold(&text).starts_with(&asked) {
            continue;
        }
        let words = shortened(&quoted(document.paragraph(clause.clause)));
        let heading =
            document.section(clause.section).heading.map(|heading| heading_words(document.paragraph(heading)));
        let label = match heading {
            Some(heading) => format!("{heading} {text}"),
            None => text.clone(),
        };
        items.push(Item {
            label,
            description: words.clone(),
            detail: words,
            kind: ItemKind::Clause,
            range,
            filter: text.clone(),
            text,
            outdated: false,
            about: None,
            sample: None,
        });
    }
    (!items.is_empty()).then_some(Completion { items, incomplete: false })
}

/// Where the label that is being typed begins: “2 b” or nothing, at the end of the text.
fn label_start(before: &str) -> usize {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '(' | ')');
    let start = before.char_indices().rev().take_while(|(_, c)| inside(*c)).last().map_or(before.len(), |(at, _)| at);
    let short = before.len() - start <= 6;
    let label = before.get(start..).unwrap_or_default();
    let begins = label.starts_with(|c: char| c.is_ascii_digit() || c == '(') || label.trim_end_matches(')').len() == 1;
    if short && (label.is_empty() || begins) { start } else { before.len() }
}

/// A clause as a reference names it: “2 b)”, “2 (b)”.
fn as_referred(clause: &NamedClause) -> String {
    let labels = clause.labels.iter().map(|label| label.trim_end_matches(['.', '、', '．', '\t']));
    labels.collect::<Vec<_>>().join(" ")
}

/// The citation of the text whose clause is named: right behind the cursor, “of Resolution 140”, or in Chinese right
/// before the section's name.
fn owner<'a>(typed: &Typed<'a>, named_by: &str) -> Option<&'a Citation> {
    let mut own = typed.facts().citations.iter().filter(|citation| citation.paragraph == typed.index);
    let behind = own.clone().find(|citation| {
        let start = citation.range.start();
        let gap = (start >= typed.offset).then(|| usize::from(start - typed.offset));
        gap.is_some_and(|gap| {
            let words = typed.behind.get(..gap).unwrap_or_default();
            gap <= MOST_TO_CITATION && goes_on(words) && words.split_whitespace().count() <= 3
        })
    });
    behind.or_else(|| {
        if typed.language != Language::Zh {
            return None;
        }
        let at = TextSize::new(u32::try_from(named_by.len()).ok()?);
        let view = &typed.paragraph.views[typed.side];
        let before = own.rfind(|citation| citation.range.end() <= typed.offset);
        before.filter(|citation| {
            let end = view.to_view(citation.range.end());
            end.is_some_and(|end| end < at && usize::from(at - end) <= MOST_TO_CITATION)
        })
    })
}

/// The sections that the words before the cursor name at their end, whether as an emphasis, and where the name begins.
fn section_before(
    typed: &Typed<'_>,
    document: &Document,
    resolution: ResolutionIndex,
    named_by: &str,
) -> Option<(Vec<SectionIndex>, bool, usize)> {
    let view = &typed.paragraph.views[typed.side];
    let end = TextSize::of(named_by);
    let emphasis = view.marks_of(MarkKind::Emphasis).find(|mark| mark.range.end() == end);
    let folded = fold(named_by);
    let mut found: Vec<(SectionIndex, usize)> = Vec::new();
    for (index, section) in document.sections.iter().enumerate() {
        let Some(heading) = section.heading.filter(|_| section.resolution == resolution) else { continue };
        let name = fold(heading_words(document.paragraph(heading)));
        let name = name.trim_matches(|c: char| !c.is_alphanumeric());
        let written = emphasis.map(|mark| fold(&view.text[std::ops::Range::<usize>::from(mark.range)]));
        let length = match &written {
            // “resolves” for *resolves to instruct the Secretary-General*
            Some(written) => {
                let written = written.trim_matches(|c: char| !c.is_alphanumeric());
                let whole = name.strip_prefix(written).filter(|_| !written.is_empty());
                whole.filter(|rest| !rest.starts_with(char::is_alphanumeric) || is_han(rest)).map(|_| written.len())
            }
            None => {
                let whole = folded.strip_suffix(name).filter(|_| !name.is_empty());
                let at_word = |before: &str| !before.ends_with(char::is_alphanumeric) || is_han(name);
                whole.filter(|before| at_word(before)).map(|_| name.len())
            }
        };
        found.extend(length.map(|length| (SectionIndex(index as u32), length)));
    }
    let longest = found.iter().map(|(_, length)| *length).max()?;
    let sections = found.into_iter().filter(|(_, length)| *length == longest).map(|(section, _)| section).collect();
    let start = emphasis.map_or(named_by.len().saturating_sub(longest), |mark| usize::from(mark.range.start()));
    let start = (0..=start.min(named_by.len())).rev().find(|at| named_by.is_char_boundary(*at)).unwrap_or(0);
    Some((sections, emphasis.is_some(), start))
}

fn is_han(text: &str) -> bool {
    text.starts_with(|c: char| ('一'..='鿿').contains(&c))
}
