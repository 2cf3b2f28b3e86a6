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
