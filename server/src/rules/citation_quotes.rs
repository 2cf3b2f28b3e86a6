//! What stands between quotation marks: other people's words, which are not the drafter's to correct.

use super::Input;
use crate::syntax::{ParagraphIndex, TextRange, TextSize};

/// Quotations, found paragraph by paragraph: those of the paragraph that was asked for last are kept.
#[derive(Default)]
pub(super) struct Quotes {
    paragraph: Option<ParagraphIndex>,
    ranges: Vec<TextRange>,
}

impl Quotes {
    /// Whether a range of a paragraph stands between quotation marks. Linear in all for questions in text order.
    pub fn hold(&mut self, input: &Input<'_>, index: ParagraphIndex, range: TextRange) -> bool {
        if self.paragraph != Some(index) {
            self.paragraph = Some(index);
            let paragraph = input.facts.document.paragraphs.get(index.index());
            let body = paragraph.map(|paragraph| paragraph.body).unwrap_or_default();
            let text = input.text.get(std::ops::Range::<usize>::from(body)).unwrap_or_default();
            self.ranges = quotations(text).into_iter().map(|range| range + body.start()).collect();
        }
        // Few, and nested at that.
        self.ranges.iter().any(|quotation| quotation.contains_range(range))
    }
}

/// The quotations of a text, marks included. A mark that is not closed quotes nothing.
fn quotations(text: &str) -> Vec<TextRange> {
    let mut ranges = Vec::new();
    let mut open: Vec<(char, TextSize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let start = TextSize::try_from(at).unwrap_or_default();
        let closes = open.iter().rposition(|(mark, _)| closed_by(*mark, c));
        if let Some(place) = closes {
            if let Some((_, from)) = open.get(place).copied() {
                ranges.push(TextRange::new(from, start + TextSize::of(c)));
            }
            open.truncate(place);
        } else if matches!(c, '“' | '„' | '«' | '"' | '《' | '〈' | '「' | '『') && open.len() < MOST_NESTED {
            open.push((c, start));
        }
    }
    ranges
}

/// How deep quotations are nested at most; real ones are two deep.
const MOST_NESTED: usize = 8;

fn closed_by(open: char, c: char) -> bool {
    match open {
        '“' => c == '”',
        '„' => matches!(c, '“' | '”'),
        '«' => c == '»',
        '"' => c == '"',
        '《' => c == '》',
        '〈' => c == '〉',
        '「' => c == '」',
        '『' => c == '』',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_of_every_kind() {
        let words = |text: &str| -> Vec<String> {
            quotations(text).into_iter().map(|range| text[std::ops::Range::<usize>::from(range)].to_owned()).collect()
        };
        assert_eq!(words("a “b” c"), ["“b”"]);
        assert_eq!(words("« b » \"c\" „d“ 《e》"), ["« b »", "\"c\"", "„d“", "《e》"]);
        assert_eq!(words("“a «b» c”"), ["«b»", "“a «b» c”"]);
        assert_eq!(words("a “b c"), Vec::<String>::new());
        assert_eq!(words("the Union’s b”"), Vec::<String>::new());
    }
}
