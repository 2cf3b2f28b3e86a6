//! `drafting/brackets`: words are left in square brackets in a final text.

use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::syntax::{Mark, MarkKind, Paragraph, ParagraphKind, Side, TextEdit, TextRange, TextSize, View};

/// The rule.
pub const RULE: Rule = Rule {
    id: "drafting/brackets",
    page: include_str!("../../../docs/rules/drafting-brackets.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    if !input.config.is_final {
        return;
    }
    for paragraph in &input.facts.document.paragraphs {
        // Where changes are left too, what they delete is not agreed on either, but it goes.
        let view = &paragraph.views[Side::Amended];
        if is_note(input, paragraph, view) {
            continue;
        }
        let mut end = TextSize::new(0);
        let mut quotes = Quotes::default();
        for mark in view.marks_of(MarkKind::Bracketed) {
            if mark.range.start() < end {
                continue;
            }
            end = mark.range.end();
            if quotes.are_open(view, mark.range.start()) || is_editorial(view, mark) {
                continue;
            }
            let one = TextSize::new(1);
            let source = view.mark_source(mark);
            let (open, close) = (source.start(), source.end());
            let edits = vec![
                TextEdit::replace(TextRange::at(open, one), ""),
                TextEdit::replace(TextRange::new(close.checked_sub(one).unwrap_or(open).max(open + one), close), ""),
            ];
            let message = "This text is final, and these words are still in brackets. Agree on them, then take the brackets away.";
            out.push(
                Finding::new(RULE.id, RULE.severity, source, message)
                    .fix("Keep the words without the brackets", Remedy::Edits(edits))
                    .fix("Remove the words", Remedy::Edits(vec![TextEdit::replace(source, "")])),
            );
        }
    }
}

/// Whether a paragraph is a note about the resolution and as a whole in brackets: “[Adopted without a vote.]”
fn is_note(input: &Input<'_>, paragraph: &Paragraph, view: &View) -> bool {
    let text = view.text.trim();
    let headed = paragraph
        .section
        .is_some_and(|section| input.facts.document.section(section).heading.is_some() || paragraph.parent.is_some());
    paragraph.kind == ParagraphKind::Text && !headed && text.starts_with('[') && text.ends_with(']')
}

/// Whether the brackets are an editor's and not a negotiator's: `[sic]`, `[…]`, `[t]he`, `[12]`.
fn is_editorial(view: &View, mark: &Mark) -> bool {
    let text = &view.text;
    let words = text.get(std::ops::Range::<usize>::from(mark.range)).unwrap_or_default();
    let inner = words.trim_start_matches('[').trim_end_matches(']').trim();
    let (before, behind) = (
        text.get(..usize::from(mark.range.start())).unwrap_or_default(),
        text.get(usize::from(mark.range.end())..).unwrap_or_default(),
    );
    let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
    // Chinese words stand side by side without a space.
    let is_letter = |c: char| c.is_alphabetic() && !('\u{2e80}'..='\u{9fff}').contains(&c);
    let amid_word = letters <= 3 && (behind.starts_with(is_letter) || before.ends_with(is_letter));
    letters == 0 || amid_word || inner.eq_ignore_ascii_case("sic")
}

/// The quotation marks of a view up to a place, read once.
#[derive(Default)]
struct Quotes {
    read: TextSize,
    /// How many are open.
    depth: usize,
    /// Whether a straight one, `"`, is open.
    straight: bool,
}

impl Quotes {
    /// Whether a quotation is open at a place that is not before the last one asked for.
    fn are_open(&mut self, view: &View, at: TextSize) -> bool {
        let words = view.text.get(usize::from(self.read)..usize::from(at)).unwrap_or_default();
        for c in words.chars() {
            match c {
                '“' | '«' | '「' | '『' => self.depth += 1,
                '”' | '»' | '」' | '』' => self.depth = self.depth.saturating_sub(1),
                '"' => self.straight = !self.straight,
                _ => {}
            }
        }
        self.read = at;
        self.depth > 0 || self.straight
    }
}
