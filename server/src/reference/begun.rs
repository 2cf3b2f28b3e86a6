//! A reference that is being typed: whether the words beside the cursor say that a clause is named there.

use super::words::words;
use crate::syntax::fold;

/// Whether a text ends with a word for a clause, behind which its number stands: “paragraph ”. Not in Chinese, where the
/// number comes first.
pub fn names_a_paragraph(before: &str) -> bool {
    let folded = fold(before);
    let Some(words_before) = folded.strip_suffix(' ') else { return false };
    ends_with_one(words_before, &words().bare)
}

/// Whether a text ends with what says, before the name of a section, that it is one of this resolution: “above-mentioned”,
/// 上述.
pub fn points_ahead(before: &str) -> bool {
    let folded = fold(before);
    let words = words();
    ends_with_one(folded.trim_end(), &words.above_before) || ends_with_one(folded.trim_end(), &words.below_before)
}

/// Whether a text goes on as it does behind a reference to a clause: “above”, “of”.
pub fn goes_on(behind: &str) -> bool {
    let folded = fold(behind);
    let folded = folded.trim_start();
    let words = words();
    let begins = |list: &[String]| {
        list.iter().any(|word| {
            let rest = folded.strip_prefix(word.as_str());
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || word.starts_with(is_han))
        })
    };
    begins(&words.above) || begins(&words.below) || begins(&words.of)
}

fn ends_with_one(text: &str, list: &[String]) -> bool {
    list.iter().any(|word| {
        let before = text.strip_suffix(word.as_str());
        before.is_some_and(|before| !before.ends_with(char::is_alphanumeric) || word.starts_with(is_han))
    })
}

fn is_han(c: char) -> bool {
    ('一'..='鿿').contains(&c)
}

#[test]
fn words_beside_a_cursor_tell_of_a_clause() {
    assert!(names_a_paragraph("in paragraph "));
    assert!(names_a_paragraph("visé au paragraphe "));
    assert!(!names_a_paragraph("in paragraph"));
    assert!(!names_a_paragraph("a photograph "));
    assert!(points_ahead("为落实上述"));
    assert!(goes_on(" above"));
    assert!(goes_on(" of Resolution 140"));
    assert!(!goes_on(" to report"));
}
