//! Number systems in which clauses are counted: letters, roman, digits and Chinese numerals of several scripts.

/// An order of letters in which clauses are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Alphabet {
    /// a to z.
    Latin,
    /// а to я as lists are usually counted: without ё, й, ъ, ы and ь.
    Cyrillic,
    /// а to я with й, as some lists count.
    CyrillicWithShortI,
    /// а to я without the letters that look like digits or stand badly alone (ё, з, й, о, ч, ъ, ы, ь), as the Russian
    /// standards for reports (GOST 2.105, GOST 7.32) ask.
    CyrillicStandard,
    /// ａ to ｚ, as wide as Chinese characters.
    FullWidth,
    /// α to ω.
    Greek,
    /// The order of the Arabic letters as numbers: أ ب ج د هـ و.
    Abjad,
    /// The order of the Arabic dictionary: أ ب ت ث ج.
    Hijai,
    /// The ten heavenly stems: 甲乙丙丁.
    Stems,
}

impl Alphabet {
    const ALL: [Alphabet; 9] = [
        Alphabet::Latin,
        Alphabet::Cyrillic,
        Alphabet::CyrillicWithShortI,
        Alphabet::CyrillicStandard,
        Alphabet::FullWidth,
        Alphabet::Greek,
        Alphabet::Abjad,
        Alphabet::Hijai,
        Alphabet::Stems,
    ];

    /// Its letters in order, lower case.
    fn letters(self) -> &'static str {
        match self {
            Alphabet::Latin => "abcdefghijklmnopqrstuvwxyz",
            Alphabet::Cyrillic => "абвгдежзиклмнопрстуфхцчшщэюя",
            Alphabet::CyrillicWithShortI => "абвгдежзийклмнопрстуфхцчшщэюя",
            Alphabet::CyrillicStandard => "абвгдежиклмнпрстуфхцшщэюя",
            Alphabet::FullWidth => "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ",
            Alphabet::Greek => "αβγδεζηθικλμνξοπρστυφχψω",
            Alphabet::Abjad => "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
            Alphabet::Hijai => "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
            Alphabet::Stems => "甲乙丙丁戊己庚辛壬癸",
        }
    }

    fn len(self) -> u32 {
        self.letters().chars().count() as u32
    }

    /// The 1-based place of a letter, in either case. Letters that are typed for one another are taken as one: the
    /// forms of alif and ha, and the Cyrillic letters that look like Latin ones where a list is Latin.
    fn position(self, letter: char) -> Option<u32> {
        let letter = lower(letter);
        let letter = match (self, letter) {
            (Alphabet::Latin, 'а') => 'a',
            (Alphabet::Latin, 'с') => 'c',
            (Alphabet::Latin, 'е') => 'e',
            (Alphabet::Abjad | Alphabet::Hijai, 'ا' | 'إ' | 'آ' | 'ٱ') => 'أ',
            (Alphabet::Abjad | Alphabet::Hijai, 'ھ' | 'ہ' | 'ة') => 'ه',
            (Alphabet::Abjad | Alphabet::Hijai, 'ى' | 'ی') => 'ي',
            (Alphabet::Abjad | Alphabet::Hijai, 'ک') => 'ك',
            _ => letter,
        };
        self.letters().chars().position(|c| c == letter).map(|index| index as u32 + 1)
    }

    fn letter(self, position: u32) -> char {
        // `position` is 1 to the alphabet's length by construction; a mark for “no such letter” is better than a panic.
        self.letters().chars().nth(position.saturating_sub(1) as usize).unwrap_or('?')
    }
}

/// How letters go on behind the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Run {
    /// `z`, `aa`, `bb`: as the United Nations and ITU print it.
    Doubled,
    /// `z`, `aa`, `ab`: as spreadsheets do.
    Columns,
}

/// A number system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Numeral {
    /// Digits; `zero` is the script's zero: `0`, `٠`, `۰`, `０`.
    Digits {
        /// The script's zero.
        zero: char,
    },
    /// Letters in order.
    Letters {
        /// Which letters.
        alphabet: Alphabet,
        /// Whether they are capitals.
        upper: bool,
        /// What follows the last letter.
        run: Run,
    },
    /// `i`, `ii`, `iv`.
    Roman {
        /// Whether they are capitals.
        upper: bool,
    },
    /// 一、二、十、二十一.
    Chinese,
    /// ①②③, up to 50.
    Circled,
}

/// The zeros of the scripts whose digits count clauses: Latin, Arabic, Persian, full-width, Devanagari.
const ZEROS: [char; 5] = ['0', '٠', '۰', '０', '०'];

/// The largest number that is read off a label: what is longer is no label but a code or a year with noise.
const MAX: u32 = 99_999;

impl Numeral {
    /// The systems in which `text` can be read, each with the number; the likeliest first. Empty when it is none.
    pub fn read(text: &str) -> Vec<(Numeral, u32)> {
        let mut readings = Vec::new();
        readings.extend(digits(text));
        if let Some(reading) = roman(text).filter(|_| text.len() > 1) {
            readings.push(reading);
        }
        letters(text, &mut readings);
        if let Some(reading) = roman(text).filter(|_| text.len() == 1) {
            readings.push(reading);
        }
        readings.extend(chinese(text).map(|value| (Numeral::Chinese, value)));
        readings.extend(circled(text).map(|value| (Numeral::Circled, value)));
        // A Cyrillic а is that letter before it is a Latin one typed on the wrong keyboard.
        readings.sort_by_key(|(numeral, value)| numeral.write(*value) != text);
        readings
    }

    /// What [`Numeral::read`] says of a number of up to four digits and of a single letter without diacritics, which most
    /// labels are; `None` for any other text.
    pub(super) fn read_plain(text: &str) -> Option<[Option<(Numeral, u32)>; 2]> {
        match text.as_bytes() {
            [letter] if letter.is_ascii_alphabetic() => {
                let upper = letter.is_ascii_uppercase();
                let place = u32::from(letter.to_ascii_lowercase() - b'a') + 1;
                let counted = Numeral::Letters { alphabet: Alphabet::Latin, upper, run: Run::Doubled };
                let sign = ROMAN.iter().find(|(_, sign)| sign.as_bytes() == [letter.to_ascii_lowercase()]);
                let roman = sign.map(|(worth, _)| (Numeral::Roman { upper }, *worth));
                Some([Some((counted, place)), roman])
            }
            [first, rest @ ..] if first.is_ascii_digit() && rest.len() < 4 && rest.iter().all(u8::is_ascii_digit) => {
                // `01` is no number of a list.
                if *first == b'0' && !rest.is_empty() {
                    return None;
                }
                let value = text.bytes().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
                Some([Some((Numeral::Digits { zero: '0' }, value)), None])
            }
            _ => None,
        }
    }

    /// `value` written in this system. 0, and numbers for which the system has no sign, are written in digits.
    pub fn write(self, value: u32) -> String {
        let written = match self {
            Numeral::Digits { zero } => Some(in_digits(value, zero)),
            Numeral::Letters { alphabet, upper, run } => in_letters(value, alphabet, upper, run),
            Numeral::Roman { upper } => in_roman(value, upper),
            Numeral::Chinese => in_chinese(value),
            Numeral::Circled => in_circled(value),
        };
        written.unwrap_or_else(|| value.to_string())
    }

    /// Whether two systems are the same but for how letters go on behind the last one, which a single letter does not
    /// tell.
    pub fn same_kind(self, other: Numeral) -> bool {
        self.with_run(Run::Doubled) == other.with_run(Run::Doubled)
    }

    /// The same system, letters going on as `run` says.
    pub fn with_run(self, run: Run) -> Numeral {
        match self {
            Numeral::Letters { alphabet, upper, .. } => Numeral::Letters { alphabet, upper, run },
            other => other,
        }
    }

    /// Whether it counts with letters of an alphabet.
    pub fn is_letters(self) -> bool {
        matches!(self, Numeral::Letters { .. })
    }
}

fn lower(c: char) -> char {
    let mut lowered = c.to_lowercase();
    match (lowered.next(), lowered.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

fn digits(text: &str) -> Option<(Numeral, u32)> {
    let first = text.chars().next()?;
    let zero = ZEROS.into_iter().find(|zero| digit(first, *zero).is_some())?;
    let mut value: u32 = 0;
    for c in text.chars() {
        value = value.checked_mul(10)?.checked_add(digit(c, zero)?)?;
        if value > MAX {
            return None;
        }
    }
    // `01` is no number of a list; it could not be written back.
    (text.chars().count() == 1 || first != zero).then_some((Numeral::Digits { zero }, value))
}

fn digit(c: char, zero: char) -> Option<u32> {
    (c as u32).checked_sub(zero as u32).filter(|digit| *digit < 10)
}

fn in_digits(value: u32, zero: char) -> String {
    value.to_string().chars().map(|c| char::from_u32(zero as u32 + (c as u32 - '0' as u32)).unwrap_or(c)).collect()
}

/// Up to four times the same letter, or two letters counted like the columns of a spreadsheet.
fn letters(text: &str, readings: &mut Vec<(Numeral, u32)>) {
    // The ha of an Arabic list is printed with a stroke behind it, so that it is not taken for a five: هـ.
    let text = text.replace('ـ', "");
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return };
    let count = text.chars().count() as u32;
    let upper = first.is_uppercase();
    if count > 4 || text.chars().any(|c| c.is_uppercase() != upper) {
        return;
    }
    for alphabet in Alphabet::ALL {
        let Some(position) = alphabet.position(first) else { continue };
        let same = text.chars().all(|c| alphabet.position(c) == Some(position));
        if same {
            let value = (count - 1) * alphabet.len() + position;
            readings.push((Numeral::Letters { alphabet, upper, run: Run::Doubled }, value));
        }
        // Beyond `cz` two letters are a word sooner than a label.
        if let (2, Some(second), true) = (count, chars.clone().next().and_then(|c| alphabet.position(c)), position <= 3)
        {
            let value = position * alphabet.len() + second;
            if !same || value != alphabet.len() + position {
                readings.push((Numeral::Letters { alphabet, upper, run: Run::Columns }, value));
            }
        }
    }
}

fn in_letters(value: u32, alphabet: Alphabet, upper: bool, run: Run) -> Option<String> {
    let index = value.checked_sub(1)?;
    let len = alphabet.len();
    let position = index % len + 1;
    let rounds = index / len;
    let mut text = String::new();
    match run {
        Run::Doubled if rounds < 4 => (0..=rounds).for_each(|_| text.push(alphabet.letter(position))),
        Run::Columns if rounds <= 3 => {
            if rounds > 0 {
                text.push(alphabet.letter(rounds));
            }
            text.push(alphabet.letter(position));
        }
        _ => return None,
    }
    if alphabet == Alphabet::Abjad || alphabet == Alphabet::Hijai {
        text = text.replace('ه', "هـ");
    }
    Some(if upper { text.to_uppercase() } else { text })
}

const ROMAN: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

fn roman(text: &str) -> Option<(Numeral, u32)> {
    if text.is_empty() || text.len() > 15 || !text.is_ascii() {
        return None;
    }
    let upper = text.starts_with(|c: char| c.is_ascii_uppercase());
    let mut rest = text.to_ascii_lowercase();
    let mut value = 0;
    for (worth, sign) in ROMAN {
        while let Some(tail) = rest.strip_prefix(sign) {
            value += worth;
            rest = tail.to_owned();
        }
    }
    // Only what is written as it would be counted: `iiii` and `ic` are none.
    (rest.is_empty() && in_roman(value, upper)? == text).then_some((Numeral::Roman { upper }, value))
}

fn in_roman(value: u32, upper: bool) -> Option<String> {
    if !(1..4000).contains(&value) {
        return None;
    }
    let mut rest = value;
    let mut text = String::new();
    for (worth, sign) in ROMAN {
        while rest >= worth {
            rest -= worth;
            text.push_str(sign);
        }
    }
    Some(if upper { text.to_ascii_uppercase() } else { text })
}

const CHINESE: &str = "一二三四五六七八九";

fn chinese(text: &str) -> Option<u32> {
    let mut value = 0;
    let mut pending: Option<u32> = None;
    for c in text.chars() {
        if let Some(index) = CHINESE.chars().position(|digit| digit == c) {
            if pending.is_some() {
                return None;
            }
            pending = Some(index as u32 + 1);
        } else {
            let unit = match c {
                '十' => 10,
                '百' => 100,
                '零' | '〇' if pending.is_none() && value >= 100 => continue,
                _ => return None,
            };
            value += pending.take().unwrap_or(1) * unit;
        }
    }
    let value = value + pending.unwrap_or(0);
    (value > 0 && in_chinese(value).as_deref() == Some(text)).then_some(value)
}

fn in_chinese(value: u32) -> Option<String> {
    if !(1..1000).contains(&value) {
        return None;
    }
    let digit = |n: u32| CHINESE.chars().nth(n.saturating_sub(1) as usize).filter(|_| n > 0);
    let (hundreds, tens, ones) = (value / 100, value / 10 % 10, value % 10);
    let mut text = String::new();
    if let Some(c) = digit(hundreds) {
        text.push(c);
        text.push('百');
    }
    if let Some(c) = digit(tens) {
        if tens > 1 || hundreds > 0 {
            text.push(c);
        }
        text.push('十');
    } else if hundreds > 0 && ones > 0 {
        text.push('零');
    }
    text.extend(digit(ones));
    Some(text)
}

fn circled(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let c = chars.next().filter(|_| chars.next().is_none())?;
    (1..=50).find(|value| circled_char(*value) == Some(c))
}

fn in_circled(value: u32) -> Option<String> {
    circled_char(value).map(String::from)
}

fn circled_char(value: u32) -> Option<char> {
    char::from_u32(match value {
        1..=20 => 0x2460 + value - 1,
        21..=35 => 0x3251 + value - 21,
        36..=50 => 0x32B1 + value - 36,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn most_labels_are_read_at_once_and_alike() {
        let letters = ('!'..='~').map(String::from);
        let numbers = (0..=12_000).step_by(7).map(|number: u32| number.to_string());
        for text in letters.chain(numbers).chain(["", "00", "01", "aa", "1a", "ii", "12.3", "é"].map(String::from)) {
            if let Some(readings) = Numeral::read_plain(&text) {
                assert_eq!(readings.into_iter().flatten().collect::<Vec<_>>(), Numeral::read(&text), "{text}");
            }
        }
        assert!(Numeral::read_plain("c").is_some() && Numeral::read_plain("999").is_some());
    }

    fn every() -> Vec<Numeral> {
        let mut every: Vec<Numeral> = ZEROS.into_iter().map(|zero| Numeral::Digits { zero }).collect();
        every.extend([Numeral::Chinese, Numeral::Circled]);
        for upper in [false, true] {
            every.push(Numeral::Roman { upper });
            for alphabet in Alphabet::ALL {
                let cased = !matches!(alphabet, Alphabet::Abjad | Alphabet::Hijai | Alphabet::Stems);
                if cased || !upper {
                    every.push(Numeral::Letters { alphabet, upper, run: Run::Doubled });
                    every.push(Numeral::Letters { alphabet, upper, run: Run::Columns });
                }
            }
        }
        every
    }

    #[test]
    fn what_is_written_reads_back_in_every_system() {
        for numeral in every() {
            let most = match numeral {
                Numeral::Circled => 50,
                Numeral::Letters { alphabet, .. } => alphabet.len() * 4,
                _ => 400,
            };
            for value in 1..=most {
                let text = numeral.write(value);
                let readings = Numeral::read(&text);
                assert!(
                    readings.iter().any(|(read, number)| *number == value && read.same_kind(numeral)),
                    "{numeral:?} {value} is written {text}, read as {readings:?}"
                );
            }
        }
    }

    #[test]
    fn a_letter_may_be_a_roman_number() {
        let latin = Numeral::Letters { alphabet: Alphabet::Latin, upper: false, run: Run::Doubled };
        let roman = Numeral::Roman { upper: false };
        assert_eq!(Numeral::read("i"), [(latin, 9), (roman, 1)]);
        assert_eq!(Numeral::read("ii"), [(roman, 2), (latin, 35)]);
        assert_eq!(Numeral::read("iv"), [(roman, 4)]);
        assert_eq!(Numeral::read("b"), [(latin, 2)]);
    }

    #[test]
    fn letters_go_on_doubled_or_in_columns() {
        let latin = |run| Numeral::Letters { alphabet: Alphabet::Latin, upper: false, run };
        assert_eq!(latin(Run::Doubled).write(28), "bb");
        assert_eq!(latin(Run::Columns).write(28), "ab");
        assert_eq!(Numeral::read("ab"), [(latin(Run::Columns), 28)]);
        assert_eq!(Numeral::read("aa"), [(latin(Run::Doubled), 27)]);
        assert_eq!(Numeral::read("to"), []);
    }

    #[test]
    fn arabic_letters_have_two_orders_and_many_shapes() {
        let abjad = Numeral::Letters { alphabet: Alphabet::Abjad, upper: false, run: Run::Doubled };
        assert_eq!(Numeral::read("ج")[0], (abjad, 3));
        assert_eq!(Numeral::read("ا")[0], (abjad, 1));
        assert_eq!(Numeral::read("هـ")[0], (abjad, 5));
        assert_eq!(abjad.write(5), "هـ");
    }

    #[test]
    fn a_cyrillic_letter_may_stand_for_the_latin_one_it_looks_like() {
        let latin = Numeral::Letters { alphabet: Alphabet::Latin, upper: false, run: Run::Doubled };
        assert!(Numeral::read("с").contains(&(latin, 3)));
    }

    #[test]
    fn chinese_numbers_read_as_they_are_counted() {
        for (text, value) in [("十", 10), ("十一", 11), ("二十", 20), ("一百零三", 103), ("一百一十", 110)]
        {
            assert_eq!(Numeral::read(text), [(Numeral::Chinese, value)]);
        }
        assert_eq!(Numeral::read("一一"), []);
        assert_eq!(Numeral::read("一十"), []);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_stumble(text in "\\PC{0,6}") {
            for (numeral, value) in Numeral::read(&text) {
                let _ = numeral.write(value);
            }
        }
    }
}
