//! What stands before a clause: its label as printed, also two labels printed into one another.

use std::sync::LazyLock;

use regex::Regex;

use super::inline::{EMPHASIS, EMPHASIS_END};
use crate::citation::data;
use crate::numbering::nest::Item;
use crate::numbering::{Label, is_bullet};

/// A label as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printed {
    /// What stands before the number: `(` or nothing.
    pub open: String,
    /// The number, or the numbers of both readings one behind the other: `hg`, `35`. A bullet stands here too.
    pub core: String,
    /// What is written behind the number: `)`, `.`. A number that was set off by a tab has `.`.
    pub close: String,
    /// Whether the source set the number off with nothing but a space, so that it may be the first word of a text.
    pub doubtful: bool,
}

impl Printed {
    /// Whether it counts nothing.
    pub fn is_bullet(&self) -> bool {
        self.open.is_empty() && self.close.is_empty() && is_bullet(&self.core)
    }

    /// The label as it is written in Resmark.
    pub fn text(&self) -> String {
        format!("{}{}{}", self.open, self.core, self.close)
    }

    /// What it can be read as in a list.
    pub fn item(&self) -> Item {
        Item::labelled(&self.text())
    }

    /// Whether it can be the first of a list.
    pub fn begins_list(&self) -> bool {
        self.item().readings.iter().any(|(_, value)| *value == 1)
    }
}

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("a pattern of this file is valid"));
    };
}

const SUFFIX: &str = r"(?:[ \u{a0}]?(?:bis|ter|quater|quinquies|sexies|septies|octies)|之[二三四五六七八九十])?";

// `(a)`, `a)`, `（一）`, `iv)`, `1.1)`.
static BRACKET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?P<open>[(（]?)[ \u{{a0}}]?(?P<core>(?:\p{{Nd}}{{1,4}}(?:\.\p{{Nd}}{{1,3}}){{0,4}}|[A-Za-zа-яА-Яα-ω]{{1,8}}|[\u{{621}}-\u{{64a}}]{{1,2}}ـ?|[一二三四五六七八九十百]{{1,4}}){SUFFIX})[ \u{{a0}}]?(?P<close>[)）])"
    ))
    .expect("a pattern of this file is valid")
});
// `1.`, `1.1.`, `A.`, `IV.`, `一、`, `1 -`.
static STOP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?P<core>(?:\p{{Nd}}{{1,3}}(?:\.\p{{Nd}}{{1,3}}){{0,4}}|[A-Za-zа-яА-Я]|[IVXivx]{{1,5}}|[\u{{621}}-\u{{64a}}]ـ?|[一二三四五六七八九十]{{1,3}}){SUFFIX})(?P<close>[.．、]|[ \u{{a0}}]?[-–](?:[ \t\u{{a0}}]))"
    ))
    .expect("a pattern of this file is valid")
});
// `1⇥`, `1.1⇥`, `1bis⇥`.
static TAB: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"^(?P<core>\p{{Nd}}{{1,4}}(?:\.\p{{Nd}}{{1,3}}){{0,4}}{SUFFIX})[ \u{{a0}}]*\t"))
        .expect("a pattern of this file is valid")
});
// `1 to carry out`: a label only where a list wants one.
static SPACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?P<core>\p{{Nd}}{{1,2}}(?:\.\p{{Nd}}{{1,2}}){{0,3}}{SUFFIX})(?:[ \u{{a0}}\u{{2002}}\u{{2003}}]{{1,4}}|$)"
    ))
    .expect("a pattern of this file is valid")
});
pattern!(BULLET, r"^(?P<core>[–—•‣◦▪●○■□·∙⋅►▸◆♦◊❖➢➤⁃✓\u{f0b7}\u{f0a7}\u{f0d8}\u{f02d}*+-])(?:[ \t\u{a0}\u{3000}]+|$)");
// The sign of a Markdown list before the label that was printed.
pattern!(ITEM, r"^[-*+][ \t]+");

/// Cuts the label off a line without indentation. Returns it with what is behind it.
///
/// `markdown` says whether a `-` or `*` may stand before the label.
pub(super) fn split(line: &str, markdown: bool) -> Option<(Printed, String)> {
    if markdown
        && let Some(item) = ITEM.find(line)
        && let Some((mut printed, rest)) = split_number(&line[item.end()..])
    {
        printed.doubtful = false;
        return Some((printed, rest));
    }
    // A mark of direction behind the label is white space that is not seen.
    let bare = line
        .get(..line.char_indices().nth(12).map_or(line.len(), |(at, _)| at))
        .filter(|start| start.contains(['\u{200e}', '\u{200f}']));
    if let Some(start) = bare {
        let marks: String = start.chars().filter(|c| !matches!(c, '\u{200e}' | '\u{200f}')).collect();
        if let Some(found) = split_number(&format!("{marks}{}", &line[start.len()..])) {
            return Some(found);
        }
    }
    split_number(line).or_else(|| {
        let found = BULLET.captures(line)?;
        let core = match &found["core"] {
            "*" | "+" | "-" => "-",
            "–" => "–",
            "—" => "—",
            _ => "•",
        };
        let bullet = Printed { open: String::new(), core: core.to_owned(), close: String::new(), doubtful: false };
        Some((bullet, line[found[0].len()..].trim_start().to_owned()))
    })
}

fn split_number(line: &str) -> Option<(Printed, String)> {
    // An emphasis that holds the label or a part of it: `*i)* text`, `*i*) text`. Its marks go.
    let emphasised = line.starts_with(EMPHASIS);
    let bare;
    let text = if emphasised {
        let end = line.find(EMPHASIS_END).filter(|end| *end < 40)?;
        let inner = &line[EMPHASIS.len_utf8()..end];
        bare = format!("{inner}{}", &line[end + EMPHASIS_END.len_utf8()..]);
        bare.as_str()
    } else {
        line
    };
    let (printed, len) = number(text)?;
    // The emphasis went on behind the label: it is the clause's own.
    let closes_in_label = !emphasised || line.find(EMPHASIS_END).is_some_and(|end| end - EMPHASIS.len_utf8() <= len);
    let rest = text[len..].trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}', '\u{2002}', '\u{2003}']);
    if closes_in_label {
        return Some((printed, rest.to_owned()));
    }
    let end = line.find(EMPHASIS_END)? - EMPHASIS.len_utf8();
    let consumed = text.len() - rest.len();
    (consumed <= end).then(|| (printed, format!("{EMPHASIS}{}{EMPHASIS_END}{}", &text[consumed..end], &text[end..])))
}

/// The label at the start of `text` and its length in bytes.
fn number(text: &str) -> Option<(Printed, usize)> {
    if let Some(found) = BRACKET.captures(text) {
        let end = found[0].len();
        let behind = text[end..].chars().next();
        let (open, core) = (found["open"].to_owned(), found["core"].to_owned());
        // `(2018年…` and `a)b` are words; Chinese sets no space behind a full-width bracket.
        let set_off = behind.is_none_or(char::is_whitespace)
            || &found["close"] == "）"
            || behind.is_some_and(|c| ('\u{2e80}'..='\u{9fff}').contains(&c) || matches!(c, EMPHASIS | EMPHASIS_END));
        let printed = Printed { open, core, close: found["close"].to_owned(), doubtful: false };
        if set_off && is_label(&printed) {
            return Some((printed, end));
        }
        return None;
    }
    if let Some(found) = TAB.captures(text) {
        if is_date(&text[found[0].len()..]) {
            return None;
        }
        // A number without a sign behind it needs one where tabs are not to be relied upon.
        let core = found["core"].to_owned();
        let close = if core.contains('.') { "" } else { "." };
        let printed = Printed { open: String::new(), core, close: close.to_owned(), doubtful: false };
        return is_label(&printed).then_some((printed, found[0].len()));
    }
    if let Some(found) = STOP.captures(text) {
        let end = found[0].len();
        let core = found["core"].to_owned();
        let chinese = &found["close"] == "、";
        let digits = core.starts_with(char::is_numeric);
        let set_off = chinese
            || found["close"].len() > 1
            || text[end..].chars().next().is_none_or(|c| {
                c.is_whitespace()
                    || (digits && ('\u{2e80}'..='\u{9fff}').contains(&c))
                    || matches!(c, EMPHASIS | EMPHASIS_END)
            });
        if chinese && core.chars().any(|c| c.is_alphabetic() && !('\u{4e00}'..='\u{9fff}').contains(&c)) {
            return None;
        }
        let close = if chinese { "、" } else { "." };
        let printed = Printed { open: String::new(), core, close: close.to_owned(), doubtful: false };
        // `A. Smith` may be a name and `e. g.` an abbreviation; a list decides.
        return (set_off && is_label(&printed)).then_some((printed, end));
    }
    let found = SPACE.captures(text)?;
    let core = found["core"].to_owned();
    // A number alone on its line is a page's.
    if (core.len() == text.len() && !core.contains('.')) || is_date(&text[found[0].len()..]) {
        return None;
    }
    let close = if core.contains('.') { "" } else { "." };
    let printed = Printed { open: String::new(), core, close: close.to_owned(), doubtful: true };
    is_label(&printed).then_some((printed, found[0].len()))
}

/// Whether what stands behind a number at the start of a line makes a date of it: `15 October 2018 …`
fn is_date(rest: &str) -> bool {
    let mut words = rest.split(|c: char| !c.is_alphanumeric());
    let month = words.next().unwrap_or_default().to_lowercase();
    let year = words.next().unwrap_or_default();
    let keywords = &data().keywords;
    let mut names = keywords.months.values().chain(keywords.months_more.values()).flatten();
    year.len() == 4 && year.bytes().all(|c| c.is_ascii_digit()) && names.any(|name| name.to_lowercase() == month)
}

/// Whether it can be read as one label or as two.
fn is_label(printed: &Printed) -> bool {
    if !Label::parse(&printed.text()).is_empty() {
        return true;
    }
    let letters = printed.core.chars().all(char::is_alphabetic);
    // Words in brackets at the start of a line are no two labels.
    (!letters || (printed.open.is_empty() && printed.core.chars().count() <= 6)) && !printed.item().pairs.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        match split(&super::super::inline::read(line, true), true) {
            Some((printed, rest)) => {
                let doubt = if printed.doubtful { "?" } else { "" };
                format!("{}{doubt}|{rest}", printed.text())
            }
            None => line.to_owned(),
        }
    }

    #[test]
    fn labels_are_cut_off_whatever_stands_around_them() {
        for (line, expected) in [
            ("a)\tthe report;", "a)|the report;"),
            ("1\tto report;", "1.|to report;"),
            ("15 October 2018 (the second day)", "15 October 2018 (the second day)"),
            ("15\tmai 2018, il", "15\tmai 2018, il"),
            ("1.\tCalls for", "1.|Calls for"),
            ("1 to report;", "1.?|to report;"),
            ("4.1\tsalaries", "4.1|salaries"),
            ("- a) 成果；", "a)|成果；"),
            ("*i)* 成果；", "i)|成果；"),
            ("*i*) 成果；", "i)|成果；"),
            ("**b)** text", "b)|text"),
            ("- 1 继续", "1.|继续"),
            ("(iv) text", "(iv)|text"),
            ("hg)\ttext", "hg)|text"),
            ("35\ttext", "35.|text"),
            ("（一）文本", "（一）|文本"),
            ("一、文本", "一、|文本"),
            ("–\ttext", "–|text"),
            ("· text", "•|text"),
            ("1 bis\ttext", "1 bis.|text"),
            ("أ) نص", "أ)|نص"),
            ("1 - تقرر", "1.|تقرر"),
        ] {
            assert_eq!(shown(line), expected, "{line}");
        }
    }

    #[test]
    fn words_are_no_labels() {
        for line in [
            "（2014年，釜山）",
            "2014 was a year",
            "(see above) text",
            "WTSA) text",
            "to the Council",
            "70/1. Title",
            "3.5GHz band",
        ] {
            assert_eq!(shown(line), line);
        }
    }
}
