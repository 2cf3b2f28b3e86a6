//! Other words in one place of a text, tracked where changes are tracked.

use crate::syntax::{Change, ChangeKind, Paragraph, TextEdit, TextRange, TextSize};

/// The edit after which the text as amended reads `new` at `pieces`, a word or number of it in order. `None` where that
/// cannot be done without touching other words.
///
/// With `tracked`, words that stand in both readings become `{~~old~>new~~}`; those that stand in an insertion or in the
/// new half of a substitution just change. A substitution whose halves become equal is one no longer.
pub(crate) fn rewrite(
    text: &str,
    paragraph: &Paragraph,
    pieces: &[TextRange],
    new: &str,
    tracked: bool,
) -> Option<TextEdit> {
    let cover = pieces.first()?.cover(*pieces.last()?);
    let changes = || paragraph.changes.iter().filter(|change| change.kind != ChangeKind::Comment);
    let touching: Vec<Change> = changes()
        .filter(|change| {
            change.range.intersect(cover).is_some_and(|shared| !shared.is_empty()) && !inside_new(change, cover)
        })
        .collect();
    if touching.is_empty() {
        // The innermost change that it stands in: the one that begins last.
        let around = changes().filter(|change| inside_new(change, cover)).max_by_key(|change| change.range.start());
        return match around {
            Some(change)
                if change.new == Some(cover) && change.old.is_some_and(|old| slice(text, old) == Some(new)) =>
            {
                Some(TextEdit::replace(change.range, new))
            }
            Some(_) => Some(TextEdit::replace(cover, new)),
            None if tracked => Some(TextEdit::replace(cover, substitution(slice(text, cover)?, new))),
            None => Some(TextEdit::replace(cover, new)),
        };
    }
    // `1{~~2~>3~~}`: the whole of it, as one substitution.
    let whole = touching.iter().fold(cover, |range, change| range.cover(change.range));
    let (old, amended) = halves(text, whole, &touching)?;
    let core: String = pieces.iter().filter_map(|piece| slice(text, *piece)).collect();
    (amended == core).then(|| {
        let written = match old.as_str() {
            "" => format!("{{++{new}++}}"),
            old if old == new => new.to_owned(),
            old => substitution(old, new),
        };
        TextEdit::replace(whole, written)
    })
}

/// `{~~old~>new~~}`
pub(super) fn substitution(old: &str, new: &str) -> String {
    format!("{{~~{old}~>{new}~~}}")
}

/// Whether a place stands in the words that a change inserts.
fn inside_new(change: &Change, place: TextRange) -> bool {
    change.new.is_some_and(|new| new.contains_range(place))
}

/// What a stretch says as in force and as amended; `None` where changes are nested in one another.
fn halves(text: &str, whole: TextRange, changes: &[Change]) -> Option<(String, String)> {
    let (mut old, mut new) = (String::new(), String::new());
    let mut at = whole.start();
    for change in changes {
        let between = slice(text, TextRange::new(at, change.range.start().max(at)))?;
        if change.range.start() < at {
            return None;
        }
        old.push_str(between);
        new.push_str(between);
        old.push_str(change.old.map_or(Some(""), |old| slice(text, old))?);
        new.push_str(change.new.map_or(Some(""), |new| slice(text, new))?);
        at = change.range.end();
    }
    let rest = slice(text, TextRange::new(at, whole.end().max(at)))?;
    old.push_str(rest);
    new.push_str(rest);
    Some((old, new))
}

pub(super) fn slice(text: &str, range: TextRange) -> Option<&str> {
    let at = |offset: TextSize| usize::from(offset);
    text.get(at(range.start())..at(range.end()))
}
