//! Text in the form in which names are compared: lower case, no diacritics, one shape of every digit and bracket.

use unicode_normalization::UnicodeNormalization;

/// A folded text that knows where each of its bytes comes from.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    /// Lower case; without Latin, Cyrillic and Arabic diacritics, direction marks and tatweel; full-width and
    /// Arabic-Indic digits as ASCII; full-width and Arabic brackets, commas and semicolons as ASCII; every hyphen and
    /// dash as `-`; every space as ` `.
    pub text: String,
    /// For each byte of `text` the byte offset in the original of the character that it comes from, and the length of
    /// the original at the end. Nothing for a text of ASCII alone, every byte of which stays in its place.
    origin: Vec<u32>,
}

impl Folded {
    /// Folds `text`.
    pub fn new(text: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(text.len()), origin: Vec::new() };
        if text.is_ascii() {
            folded.put_ascii(text);
            return folded;
        }
        folded.origin.reserve(text.len() + 1);
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let at = (text.len() - rest.len()) as u32;
            let (run, behind) = rest.split_at(rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len()));
            if run.is_empty() {
                folded.push(c, at);
                rest = &rest[c.len_utf8()..];
            } else {
                folded.put_ascii(run);
                folded.origin.extend(at..at + run.len() as u32);
                rest = behind;
            }
        }
        folded.origin.push(text.len() as u32);
        folded
    }

    /// Where in the original the byte at `offset` of the folded text comes from.
    pub fn origin(&self, offset: usize) -> usize {
        match self.origin.last() {
            Some(end) => *self.origin.get(offset).unwrap_or(end) as usize,
            None => offset.min(self.text.len()),
        }
    }

    /// Folds what is ASCII alone: as long as it was.
    fn put_ascii(&mut self, run: &str) {
        let start = self.text.len();
        let breaks = ['\t', '\n', '\u{c}', '\r'];
        match run.bytes().any(|byte| matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r')) {
            true => self.text.push_str(&run.replace(breaks, " ")),
            false => self.text.push_str(run),
        }
        self.text[start..].make_ascii_lowercase();
    }

    fn put(&mut self, c: char, at: u32) {
        self.text.push(c);
        self.origin.resize(self.text.len(), at);
    }

    fn push(&mut self, c: char, at: u32) {
        match c {
            '一'..='鿿' | '、' | '。' | '《' | '》' => self.put(c, at),
            // Letters without diacritics, which most of Russian and Arabic are.
            'а'..='и' | 'к'..='я' | 'ا'..='غ' | 'ف'..='ي' => self.put(c, at),
            'А'..='И' | 'К'..='Я' => self.put(char::from_u32(c as u32 + 0x20).unwrap_or(c), at),
            // Full-width forms of ASCII.
            '\u{ff01}'..='\u{ff5e}' => {
                let ascii = char::from_u32(c as u32 - 0xfee0).unwrap_or(c);
                self.put(ascii.to_ascii_lowercase(), at);
            }
            '٠'..='٩' => self.put(char::from(b'0' + (c as u32 - '٠' as u32) as u8), at),
            '۰'..='۹' => self.put(char::from(b'0' + (c as u32 - '۰' as u32) as u8), at),
            '،' | '﹐' => self.put(',', at),
            '؛' | '﹔' => self.put(';', at),
            '‐' | '‑' | '‒' | '–' | '—' | '−' | '﹣' => self.put('-', at),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => self.put(' ', at),
            '’' | '‘' | 'ʼ' | '′' => self.put('\'', at),
            // Tatweel, soft hyphen, zero-width characters and direction marks.
            '\u{640}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {}
            '\u{feff}' => {}
            'º' | '°' => self.put('°', at),
            // Diacritics come behind their letter once decomposed. A superscript digit has no such form and stays
            // what it is: a footnote mark is no digit of a number.
            'À'..='ʯ' | '\u{300}'..='\u{36f}' | 'Ѐ'..='ӿ' | '؀'..='ۿ' | 'Ḁ'..='ỿ' => {
                for part in std::iter::once(c).nfd() {
                    if !unicode_normalization::char::is_combining_mark(part) {
                        for lower in part.to_lowercase() {
                            self.put(lower, at);
                        }
                    }
                }
            }
            _ => self.put(c, at),
        }
    }
}

/// Folds a name of the data files.
pub(crate) fn fold(text: &str) -> String {
    Folded::new(text).text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_without_case_and_diacritics() {
        assert_eq!(fold("RÉV. Dubaï"), "rev. dubai");
        assert_eq!(fold("Пересм. Хайдарабад"), "пересм. хаидарабад");
        assert_eq!(fold("المراجَع"), "المراجع");
        assert_eq!(fold("（２０１８年，迪拜）"), "(2018年,迪拜)");
        assert_eq!(fold("٢٠١٨،"), "2018,");
    }

    #[test]
    fn letters_without_diacritics_are_folded_like_the_rest() {
        use unicode_normalization::char::is_combining_mark;
        for letter in ('А'..='я').chain('ا'..='غ').chain('ف'..='ي') {
            let letters = std::iter::once(letter).nfd().filter(|part| !is_combining_mark(*part));
            let expected: String = letters.flat_map(char::to_lowercase).collect();
            assert_eq!(fold(&letter.to_string()), expected, "{letter}");
        }
    }

    #[test]
    fn a_superscript_is_no_digit() {
        assert_eq!(fold("countries¹"), "countries¹");
    }

    #[test]
    fn what_is_plain_is_folded_like_the_rest() {
        let folded = Folded::new("A\tB\r\nc\u{b}");
        assert_eq!(folded.text, "a b  c\u{b}");
        assert_eq!((0..=8).map(|at| folded.origin(at)).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6, 7, 7]);
        assert_eq!(Folded::new("é\tB é").text, "e\u{20}b e");
        assert_eq!(Folded::new("").origin(3), 0);
    }

    #[test]
    fn bytes_know_where_they_come_from() {
        let folded = Folded::new("é（1");
        assert_eq!(folded.text, "e(1");
        assert_eq!((0..=3).map(|at| folded.origin(at)).collect::<Vec<_>>(), [0, 2, 5, 6]);
    }
}
