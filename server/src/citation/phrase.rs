//! Characters by their script: whether what was found in a folded text stands for itself, and is no part of other words.

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

/// Whether a character belongs to a word of a script that puts spaces between words.
pub(super) fn is_spaced(c: char) -> bool {
    match c {
        'а'..='я' | '\u{620}'..='\u{64a}' => true,
        '一'..='鿿' | '㐀'..='䶿' | '、' | '。' | '《' | '》' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Whether the Arabic word that the byte at `start` stands in begins with nothing but the particles that are written
/// together with a noun: و ف ب ل ك and the article.
pub(super) fn joined_in_arabic(text: &str, start: usize) -> bool {
    let (Some(before), Some(rest)) = (text.get(..start), text.get(start..)) else { return false };
    if !rest.starts_with(is_arabic) {
        return false;
    }
    let mut count = 0;
    for c in before.chars().rev() {
        if !is_spaced(c) {
            break;
        }
        count += 1;
        if count > 4 || !matches!(c, 'و' | 'ف' | 'ب' | 'ل' | 'ك' | 'ا') {
            return false;
        }
    }
    true
}
