//! What the rules about references share.

use crate::reference::Reference;
use crate::syntax::{Document, ParagraphIndex, Side, TextRange};

/// The reading in which a reference is judged: as amended, if it stands there.
pub(super) fn side_of(reference: &Reference) -> Side {
    if reference.in_both { Side::Amended } else { reference.side }
}

/// The words of some pieces of the source, one behind the other.
pub(super) fn words_at(text: &str, pieces: &[TextRange]) -> String {
    pieces.iter().filter_map(|piece| text.get(usize::from(piece.start())..usize::from(piece.end()))).collect()
}

/// The first words of a clause in a reading, for a message: “3. to report each year on …”.
pub(super) fn first_words(document: &Document, clause: ParagraphIndex, side: Side) -> String {
    let paragraph = document.paragraph(clause);
    let words = paragraph.views[side].text.trim();
    let short: String = words.chars().take(40).collect();
    // Not in the middle of a word, where words are set apart.
    let short = match short.len() < words.len() {
        true => format!("{} …", short.rsplit_once(' ').map_or(short.as_str(), |(front, _)| front).trim_end()),
        false => short.trim_end_matches([',', ';', '.', '；', '，', '。', '؛', '،']).to_owned(),
    };
    match paragraph.label.as_ref().and_then(|label| label.text[side].as_deref()) {
        Some(label) => format!("{label} {short}"),
        None => short,
    }
}
