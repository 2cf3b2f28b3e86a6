//! What stands around a label that explains a number which its row does not.

use super::label::Label;
use super::sequence::is_elision;
use crate::syntax::{Document, Paragraph, ParagraphIndex, ParagraphKind, Side};

/// How many paragraphs before a quoted clause its number may be named in.
const NEAR: usize = 3;

/// The paragraphs from `from` to the one before `to`, as a reading shows them.
fn between(
    document: &Document,
    from: ParagraphIndex,
    to: ParagraphIndex,
    side: Side,
) -> impl Iterator<Item = &Paragraph> {
    let range = from.index().min(to.index())..to.index();
    document.paragraphs.get(range).unwrap_or_default().iter().filter(move |paragraph| paragraph.is_in(side))
}

/// Whether clauses are left out between two places: `[…]`, or a line of dots.
pub fn is_elided(document: &Document, from: ParagraphIndex, to: ParagraphIndex, side: Side) -> bool {
    between(document, from, to, side).any(|paragraph| is_elision(&paragraph.views[side].text))
}

/// Whether a label that no clause has is typed among the words between two places: `3. (a) …` with `(b)` on a line of its
/// own, or `5.Text` without a space, which is no label.
pub fn is_typed(document: &Document, label: &Label, from: ParagraphIndex, to: ParagraphIndex, side: Side) -> bool {
    let core = label.core();
    let close = &label.style.close;
    if core.is_empty() {
        return false;
    }
    between(document, from, to, side)
        .filter(|paragraph| !matches!(paragraph.kind, ParagraphKind::Footnote | ParagraphKind::Reasons))
        .any(|paragraph| {
            let words = &paragraph.views[side].text;
            let own = paragraph.label.as_ref().and_then(|label| label.text[side].as_deref());
            // What is behind another label, or begins a paragraph, in whatever quotes.
            let start = words.trim_start_matches(|c: char| !c.is_alphanumeric());
            let bare = own.is_none_or(|own| own != label.to_string());
            let first = bare
                && start.strip_prefix(core.as_str()).is_some_and(|rest| {
                    rest.starts_with([')', '）', '.', '．', '、', '\t', '\u{2003}', '\\'])
                        || (!rest.starts_with(char::is_alphanumeric)
                            && rest.trim_start().starts_with(close.as_str())
                            && !close.is_empty())
                });
            let decimal = !label.path.is_empty()
                && words.split(|c: char| c.is_whitespace()).any(|word| word.trim_end_matches(['.', ')']) == core);
            first || decimal || (close.starts_with([')', '）']) && is_inside(words, &core))
        })
}

/// Whether a label stands behind another one, or begins a paragraph, but is no label of a clause: `3. a) …`
pub(super) fn is_run_in(
    document: &Document,
    label: &Label,
    from: ParagraphIndex,
    to: ParagraphIndex,
    side: Side,
) -> bool {
    let printed = label.to_string();
    between(document, from, to, side).any(|paragraph| {
        let own = paragraph.label.as_ref().and_then(|label| label.text[side].as_deref());
        own.is_some_and(|own| own != printed) && paragraph.views[side].text.trim_start().starts_with(&printed)
    })
}

/// Whether `core` stands between brackets, or before one, as a word of its own.
fn is_inside(words: &str, core: &str) -> bool {
    words.match_indices(core).any(|(at, _)| {
        let before = words[..at].chars().next_back();
        let behind = words[at + core.len()..].chars().next();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '（' | '“' | '"' | ';' | ','))
            && behind.is_some_and(|c| matches!(c, ')' | '）'))
    })
}

/// Whether a clause is quoted with the number that it has elsewhere: “Replace paragraph 5 by the following:”.
pub(super) fn is_announced(document: &Document, label: &Label, at: ParagraphIndex, side: Side) -> bool {
    let core = label.core();
    let from = ParagraphIndex(at.0.saturating_sub(NEAR as u32));
    between(document, from, at, side).any(|paragraph| {
        let words = paragraph.views[side].text.trim_end();
        words.ends_with([':', '：', '—', '–'])
            && words
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word == core || word.ends_with(&format!("第{core}")))
    })
}
