//! Tracked changes that were printed into the text become tracked changes again, where one reading fits: what the rules
//! `numbering/flattened` and `citation/flattened` find, with the fix that they offer.

use super::{Imported, Note};
use crate::rules::flattened;
use crate::syntax::{TextEdit, lower, parse};

/// Rewrites `text`. What can be read in two ways stays as it is. `lines` tells which line of the source stands from
/// which byte on.
pub(super) fn track(text: String, lines: &[(usize, u32)], report: &mut Imported) -> String {
    if !flattened::is_likely(&text) {
        return text;
    }
    let document = lower(&text, &parse(&text));
    let line = |at: usize| {
        lines
            .partition_point(|(start, _)| *start <= at)
            .checked_sub(1)
            .and_then(|index| lines.get(index))
            .map_or(1, |(_, line)| *line)
    };
    let mut edits: Vec<TextEdit> = Vec::new();
    for list in flattened::lists(&text, &document) {
        // A change inside of a clause that is deleted or inserted as a whole would be a change of a change.
        if flattened::whole(&edits).iter().any(|clause| clause.contains_range(list.range)) {
            continue;
        }
        let message = match list.stories.as_slice() {
            [story] => {
                edits.extend(story.edits.iter().cloned());
                "The labels of two texts are printed into one another here. They became tracked changes: check that each \
                 clause is in the right text."
                    .to_owned()
            }
            stories => format!(
                "The labels of two texts are printed into one another here, and {} readings are possible. They stay as \
                 they are; the finding numbering/flattened offers each reading as a fix.",
                stories.len()
            ),
        };
        report.notes.push(Note { line: line(list.range.start().into()), message });
    }
    let whole = flattened::whole(&edits);
    for (range, markup) in flattened::citations(&text, &document) {
        if !whole.iter().any(|clause| clause.contains_range(range)) {
            edits.push(TextEdit::replace(range, markup));
        }
    }
    TextEdit::apply_all(&text, &edits).unwrap_or(text)
}
