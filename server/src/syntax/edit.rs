//! One replacement in a text.

use text_size::TextRange;

/// Replaces the bytes of `range` with `text`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TextEdit {
    /// The bytes that go, in the text as it was before any edit of the same set.
    pub range: TextRange,
    /// What stands there afterwards.
    pub text: String,
}

impl TextEdit {
    /// A replacement of `range` by `text`.
    pub fn replace(range: TextRange, text: impl Into<String>) -> TextEdit {
        TextEdit { range, text: text.into() }
    }

    /// Applies a set of edits, none of which overlap, to `text`. The order in which they are given does not matter.
    ///
    /// Returns `None`, and so changes nothing, when two edits overlap or one lies outside of the text or inside of a
    /// character.
    pub fn apply_all(text: &str, edits: &[TextEdit]) -> Option<String> {
        let mut ordered: Vec<&TextEdit> = edits.iter().collect();
        ordered.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
        let mut result = String::with_capacity(text.len());
        let mut at = 0;
        for edit in ordered {
            let (start, end) = (usize::from(edit.range.start()), usize::from(edit.range.end()));
            result.push_str(text.get(at..start)?);
            text.get(start..end)?;
            result.push_str(&edit.text);
            at = end;
        }
        result.push_str(text.get(at..)?);
        Some(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u32, end: u32, text: &str) -> TextEdit {
        TextEdit::replace(TextRange::new(start.into(), end.into()), text)
    }

    #[test]
    fn edits_apply_whatever_their_order() {
        let edits = [edit(4, 5, "5"), edit(0, 1, "一二")];
        assert_eq!(TextEdit::apply_all("1. 2.", &edits).as_deref(), Some("一二. 25"));
    }

    #[test]
    fn overlapping_edits_change_nothing() {
        assert_eq!(TextEdit::apply_all("abcd", &[edit(0, 2, ""), edit(1, 3, "")]), None);
    }

    #[test]
    fn an_edit_inside_a_character_changes_nothing() {
        assert_eq!(TextEdit::apply_all("一", &[edit(1, 3, "")]), None);
    }
}
