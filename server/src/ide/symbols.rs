//! The outline: resolutions, divisions, sections and clauses.

use unicode_segmentation::UnicodeSegmentation;

use crate::syntax::{
    Division, Document, LabelText, MarkKind, Paragraph, ParagraphIndex, ParagraphKind, ResolutionIndex, SectionIndex,
    Side, TextRange, TextSize, View,
};
use crate::workspace::{FileId, Snapshot, plain_title};

/// How many characters of a clause the outline shows.
const NAME_LENGTH: usize = 72;

/// What an entry of the outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolKind {
    /// A resolution.
    Resolution,
    /// An annex or a part.
    Division,
    /// A section with its heading.
    Section,
    /// A clause.
    Clause,
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// What it is called: the title, the heading's words, a clause's label and first words.
    pub name: String,
    /// More about it: a resolution's subject, the proposal; the first words below a heading that no clause stands below;
    /// what a tracked change does to it.
    pub detail: String,
    /// Whether a tracked change deletes all of it.
    pub deleted: bool,
    /// What it is.
    pub kind: SymbolKind,
    /// All that belongs to it.
    pub range: TextRange,
    /// What to select when going there; within `range`.
    pub selection: TextRange,
    /// What stands in it.
    pub children: Vec<Symbol>,
}

/// The outline of a file. Empty for a file that is not there.
pub fn symbols(snapshot: &Snapshot, file: FileId) -> Vec<Symbol> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    outline(&file.facts().document)
}

fn outline(document: &Document) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    for index in 0..document.resolutions.len() {
        let resolution = &document.resolutions[index];
        let children = parts(document, ResolutionIndex(index as u32));
        let title = resolution.title.or(resolution.subject).map(|title| document.paragraph(title));
        let (name, selection) = match (title, &resolution.proposal) {
            (Some(title), _) => (shortened(words(title)), title.range),
            (None, Some(proposal)) => (format!("{:?} {}", proposal.kind, proposal.number), proposal.range),
            // Paragraphs that belong to no titled resolution stand at the top of the outline.
            (None, None) => {
                symbols.extend(children);
                continue;
            }
        };
        let subject = resolution.subject.filter(|_| resolution.title.is_some());
        let subject = subject.map(|subject| words(document.paragraph(subject)).to_owned());
        let proposal = resolution.proposal.as_ref().map(|proposal| proposal.number.clone());
        let detail = [proposal, subject].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        symbols.push(Symbol {
            name,
            detail,
            deleted: false,
            kind: SymbolKind::Resolution,
            range: resolution.range.cover(selection),
            selection,
            children,
        });
    }
    symbols
}

/// The sections of a resolution, those of a division inside of it.
fn parts(document: &Document, resolution: ResolutionIndex) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Vec::new();
    let mut divisions = document.divisions.iter().enumerate().filter(|(_, d)| d.resolution == resolution).peekable();
    let mut open = None;
    for index in document.resolution(resolution).sections.clone() {
        let section = &document.sections[index];
        while let Some((index, division)) = divisions.next_if(|(_, d)| d.range.start() <= section.range.start()) {
            symbols.push(division_symbol(document, division));
            open = Some(index);
        }
        let entries = section_symbols(document, SectionIndex(index as u32));
        match symbols.last_mut() {
            Some(division) if section.division.is_some_and(|d| Some(d.index()) == open) => {
                division.children.extend(entries);
            }
            _ => symbols.extend(entries),
        }
    }
    symbols.extend(divisions.map(|(_, division)| division_symbol(document, division)));
    symbols
}

/// An annex or part, without what stands in it.
fn division_symbol(document: &Document, division: &Division) -> Symbol {
    let heading = document.paragraph(division.heading);
    // What it is about stands below its name.
    let behind = document.paragraphs.get(division.heading.index() + 1);
    let about = behind.filter(|next| next.kind == ParagraphKind::Text && division.range.contains_range(next.range));
    Symbol {
        name: shortened(words(heading)),
        detail: details(heading, about),
        deleted: !heading.is_in(Side::Amended),
        kind: SymbolKind::Division,
        range: division.range.cover(heading.range),
        selection: heading.range,
        children: Vec::new(),
    }
}

/// The section with its clauses, or only the clauses where it has no heading.
fn section_symbols(document: &Document, index: SectionIndex) -> Vec<Symbol> {
    let section = document.section(index);
    let clauses: Vec<_> = document.paragraphs_of(index).filter(|(_, p)| p.kind == ParagraphKind::Clause).collect();
    let children = nest(&clauses);
    let Some(heading) = section.heading.map(|heading| document.paragraph(heading)) else { return children };
    let text = document.paragraphs_of(index).map(|(_, paragraph)| paragraph).find(|p| p.kind == ParagraphKind::Text);
    vec![Symbol {
        name: shortened(heading_words(heading)),
        detail: details(heading, text.filter(|_| children.is_empty())),
        deleted: !heading.is_in(Side::Amended),
        kind: SymbolKind::Section,
        range: section.range.cover(heading.range),
        selection: heading.range,
        children,
    }]
}

/// Clauses in text order to a tree, by their levels. The levels are bounded by the grammar, and so is the recursion.
fn nest(clauses: &[(ParagraphIndex, &Paragraph)]) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    let mut rest = clauses;
    while let Some(((_, clause), behind)) = rest.split_first() {
        let nested = behind.iter().take_while(|(_, next)| next.level > clause.level).count();
        let (inside, after) = behind.split_at(nested);
        let end = inside.last().map_or(clause.range.end(), |(_, last)| last.range.end());
        symbols.push(Symbol {
            name: shortened(&clause_name(clause)),
            detail: details(clause, None),
            deleted: !clause.is_in(Side::Amended),
            kind: SymbolKind::Clause,
            range: TextRange::new(clause.range.start(), end.max(clause.range.end())),
            selection: clause.range,
            children: nest(inside),
        });
        rest = after;
    }
    symbols
}

/// What a tracked change does to a paragraph, and the first words of another one.
fn details(paragraph: &Paragraph, words_of: Option<&Paragraph>) -> String {
    let is_changed = || paragraph.is_tracked() || paragraph.label.as_ref().is_some_and(LabelText::is_tracked);
    let change = match (paragraph.is_in(Side::InForce), paragraph.is_in(Side::Amended)) {
        (false, true) => "inserted",
        (true, false) => "deleted",
        _ if is_changed() => "changed",
        _ => "",
    };
    let words = words_of.map(|paragraph| shortened(words(paragraph))).unwrap_or_default();
    [change.to_owned(), words].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn clause_name(clause: &Paragraph) -> String {
    let label = clause.label.as_ref().and_then(|label| label.text.amended.as_ref().or(label.text.in_force.as_ref()));
    // In a list that is read from the left, an Arabic label would stand at the right end of its words, where it is cut off.
    let is_arabic = |c: char| matches!(c, 'ء'..='ي');
    match label {
        Some(label) if label.chars().any(is_arabic) => format!("{label}\u{200e} {}", words(clause)),
        Some(label) => format!("{label} {}", words(clause)),
        None => words(clause).to_owned(),
    }
}

/// The words as amended, or those in force of a paragraph that is deleted.
pub(super) fn words(paragraph: &Paragraph) -> &str {
    plain_title(paragraph)
}

fn reading(paragraph: &Paragraph) -> &View {
    let side = if paragraph.is_in(Side::Amended) { Side::Amended } else { Side::InForce };
    &paragraph.views[side]
}

/// A heading's emphasised words, without the comma behind them.
pub(super) fn heading_words(heading: &Paragraph) -> &str {
    let view = reading(heading);
    let emphasis = view.marks_of(MarkKind::Emphasis).next().map(|mark| mark.range);
    let range = emphasis.unwrap_or(TextRange::up_to(TextSize::of(&view.text)));
    view.text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or(&view.text).trim()
}

/// At most [`NAME_LENGTH`] characters as a reader counts them, with an ellipsis where some are left out.
pub(super) fn shortened(text: &str) -> String {
    let mut graphemes = text.graphemes(true);
    let short: String = graphemes.by_ref().take(NAME_LENGTH).collect();
    if graphemes.next().is_some() { format!("{}…", short.trim_end()) } else { short }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::syntax::{lower, parse};

    fn check(symbols: &[Symbol], within: TextRange) -> Result<(), TestCaseError> {
        for symbol in symbols {
            prop_assert!(symbol.range.contains_range(symbol.selection), "{symbol:?}");
            prop_assert!(within.contains_range(symbol.range), "{symbol:?} in {within:?}");
            check(&symbol.children, symbol.range)?;
        }
        for pair in symbols.windows(2) {
            prop_assert!(pair[0].range.end() <= pair[1].range.start(), "{pair:?}");
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn each_entry_stands_in_the_one_above(lines in prop::collection::vec(prop::sample::select(vec![
            "# Resolution 1\n", "## Subject\n", "### Annex 1\n", "*recalling*\n", "a) one\n", "   i) two\n", "MOD A/1\n",
            "{++b) new++}\n", "[^1]: note\n", "Reasons: so\n", "---\n", "body: PP\n", "\n", "words\n", "1. *Decides* it\n",
        ]), 0..30)) {
            let text = lines.concat();
            check(&outline(&lower(&text, &parse(&text))), TextRange::up_to(TextSize::of(text.as_str())))?;
        }
    }
}
