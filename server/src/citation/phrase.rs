//! Whether a phrase that was found in a folded text stands for itself, and is no part of other words.

/// A Chinese character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '一'..='鿿')
}

/// An Arabic letter or mark.
pub(super) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}')
}

/// A letter or digit of a script that puts spaces between words.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Whether no letter stands before and behind a phrase; in Arabic the particles that are written with a noun may. The
/// phrase is from `start` to `end` of the folded `text`.
pub(super) fn stands_free(text: &str, start: usize, end: usize) -> bool {
    let (Some(before), Some(phrase), Some(behind)) = (text.get(..start), text.get(start..end), text.get(end..)) else {
        return false;
    };
    let ends = phrase.ends_with(is_letter) && behind.starts_with(is_letter);
    if ends || !phrase.starts_with(is_letter) {
        return !ends;
    }
    let joined = before.chars().rev().take_while(|c| is_letter(*c)).take(5);
    if phrase.starts_with(is_arabic) {
        let joined: Vec<char> = joined.collect();
        joined.len() < 5 && joined.iter().all(|c| matches!(c, 'و' | 'ف' | 'ب' | 'ل' | 'ك' | 'ا'))
    } else {
        joined.count() == 0
    }
}
