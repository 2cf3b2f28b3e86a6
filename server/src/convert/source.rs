//! A text cut into lines, and what kind of text it is.

use std::sync::LazyLock;

use regex::Regex;

use super::{Dropped, Format, Imported, Marker, inline, noise, wording};

/// The text to import.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// Its lines, in order.
    pub lines: Vec<Line>,
    /// Whether `*` and `_` are emphasis.
    pub markdown: bool,
    /// Whether the lines of a paragraph are broken at a fixed width, so that several make one paragraph.
    pub wrapped: bool,
    /// The footnotes' texts.
    pub footnotes: Vec<Footnote>,
}

/// A line of the source.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Its number, from 1.
    pub number: u32,
    /// Its characters without the line's end, later with the marks of [`inline`].
    pub text: String,
}

/// The text of a footnote.
#[derive(Debug, Clone)]
pub(super) struct Footnote {
    /// Its name, as in `[^1]`.
    pub name: String,
    /// The line of the source that it stands in.
    pub line: u32,
    /// Its words.
    pub text: String,
}

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("a pattern of this file is valid"));
    };
}

pattern!(HEADING, r"^ {0,3}#{1,6}[ \t]+\S");
pattern!(SETEXT, r"^ {0,3}(=+|-+)[ \t]*$");
// A list item whose text begins with the label that was printed.
pattern!(LABELLED_ITEM, r"^\s*[-*+][ \t]+\(?([a-z]{1,4}|[0-9]{1,3})[.)]?[ \t]");
pattern!(EMPHASISED_LABEL, r"^\s*[-+]?[ \t]*[*_]{1,3}\(?[A-Za-z0-9]{1,4}\)?[.)]?[*_]{1,3}\)?[ \t]");
pattern!(EMPHASISED_LINE, r"^\s*(\*{1,3}|_{1,3})[^\s*_][^*]*(\*{1,3}|_{1,3})[,:;，：；،؛]?\s*$");
// `*Recalling* its resolution`, `1. *Decides* to`: the words between the stars.
pattern!(OPENING, r"^\s*(?:\(?[0-9A-Za-z]{1,3}[.)]\s+)?\*([^\s*][^*]{0,80})\*(?:\s|\p{Han})");
// `[words](=)`, `[words](PP-140@2018#resolves-3)`
pattern!(PIN, r"\]\((?:=|[A-Z][A-Za-z-]*-[^\s()]*\d[^\s()]*)\)");
pattern!(STRONG, r"\*\*[^\s*][^*]*\*\*");
pattern!(SINGLE_EMPHASIS, r"^\s*\*[^\s*][^*]*\*\s*[,:;，：；،؛]?\s*$");
pattern!(CHANGE, r"\{\+\+.*?\+\+\}|\{--.*?--\}|\{~~.*?~>.*?~~\}|\{>>.*?<<\}");

/// Whether a text is Resmark already and shows nothing of another format: it has what only Resmark writes, and no line
/// that an import would have to change.
pub(super) fn is_resmark(text: &str) -> bool {
    let mut lines = text.lines();
    let metadata = lines.next().is_some_and(|first| first.trim_end() == "---")
        && lines.next().is_some_and(|second| second.split_once(':').is_some_and(|(key, _)| wording::is_metadata(key)));
    let mut own = metadata;
    let mut previous_blank = true;
    // A line that is an opening verb alone is a heading that lost its mark, when a clause follows.
    let mut heading = false;
    for line in text.lines() {
        if line.contains('\r')
            || noise::is_noisy(line)
            || LABELLED_ITEM.is_match(line)
            || EMPHASISED_LABEL.is_match(line)
            || STRONG.is_match(line)
            || (!previous_blank && SETEXT.is_match(line) && line.contains('='))
        {
            return false;
        }
        let trimmed = line.trim();
        let bare = trimmed.trim_start_matches('#').trim();
        if trimmed.starts_with("# ") {
            own = true;
        } else if wording::is_title(bare) {
            // A title without its mark, or with the mark of another level.
            return false;
        } else if SINGLE_EMPHASIS.is_match(line) || CHANGE.is_match(line) || PIN.is_match(line) || opens_with_verb(line)
        {
            own = true;
        }
        if heading && !trimmed.is_empty() {
            let other = trimmed.starts_with(['#', '*', '[', '{', '-', '_'])
                || wording::is_bare_heading(trimmed)
                || wording::is_proposal(trimmed)
                || wording::is_annex(trimmed)
                || wording::reasons(trimmed).is_some();
            if !other {
                return false;
            }
            heading = false;
        }
        heading |= wording::is_bare_heading(trimmed);
        previous_blank = trimmed.is_empty();
    }
    own && !text.starts_with('\u{feff}') && !text.contains(inline::is_control)
}

/// Whether a line begins with an opening verb between stars.
fn opens_with_verb(line: &str) -> bool {
    OPENING.captures(line).is_some_and(|found| wording::opening(&found[1]).is_some())
}

/// Whether what stands behind `[words]` is the target of a pinned citation.
pub(super) fn is_pin(target: &str) -> bool {
    target
        .char_indices()
        .nth(80)
        .map_or(Some(target), |(end, _)| target.get(..end))
        .is_some_and(|target| PIN.find(&format!("]({target}")).is_some_and(|found| found.start() == 0))
}

/// Cuts a text into lines.
pub(super) fn read(text: &str, format: Format, report: &mut Imported) -> Source {
    let mut source = Source::default();
    for (index, raw) in split(text).enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let mut controls = String::new();
        let mut line = String::with_capacity(raw.len());
        for c in raw.chars() {
            match c {
                // A soft line break inside a paragraph.
                '\u{b}' | '\u{2028}' => line.push(' '),
                c if inline::is_control(c) => controls.push(c),
                c => line.push(c),
            }
        }
        if !controls.is_empty() {
            report.dropped.push(Dropped { line: number, what: Marker::Control, text: controls });
        }
        source.lines.push(Line { number, text: line });
    }
    source.markdown = match format {
        Format::Plain => false,
        Format::Markdown => true,
        Format::Guess => looks_like_markdown(&source.lines),
    };
    source.wrapped = source.markdown || looks_wrapped(&source.lines);
    source
}

/// Lines at `\n`, `\r\n`, `\r` and page breaks.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.ends_with(['\n', '\r']);
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        match text.find(['\n', '\r', '\u{c}', '\u{2029}', '\u{85}']) {
            Some(at) => {
                let end = if text[at..].starts_with("\r\n") {
                    2
                } else {
                    text[at..].chars().next().map_or(1, char::len_utf8)
                };
                let tail = &text[at + end..];
                rest = (!tail.is_empty() || !ends).then_some(tail);
                Some(&text[..at])
            }
            None => {
                rest = None;
                Some(text)
            }
        }
    })
}

fn looks_like_markdown(lines: &[Line]) -> bool {
    let mut previous = "";
    lines.iter().any(|line| {
        let text = line.text.as_str();
        let setext = SETEXT.is_match(text) && text.contains('=') && !previous.trim().is_empty();
        previous = text;
        setext
            || HEADING.is_match(text)
            || LABELLED_ITEM.is_match(text)
            || EMPHASISED_LABEL.is_match(text)
            || EMPHASISED_LINE.is_match(text)
            || opens_with_verb(text)
            || STRONG.is_match(text)
    })
}

/// The columns of a line; a Chinese character takes two.
pub(super) fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// Whether paragraphs are broken at a fixed width: no line is long, and most lines that another one follows at once
/// are about as long as the longest.
fn looks_wrapped(lines: &[Line]) -> bool {
    const LONGEST: usize = 110;
    if lines.iter().any(|line| line.text.len() > LONGEST * 4 || width(&line.text) > LONGEST) {
        return false;
    }
    let longest = lines.iter().map(|line| width(&line.text)).max().unwrap_or(0);
    let (mut full, mut followed) = (0, 0);
    for pair in lines.windows(2) {
        let (here, next) = (pair[0].text.trim(), pair[1].text.trim());
        if !here.is_empty() && !next.is_empty() {
            followed += 1;
            let broken = !here.ends_with(['.', ';', ':', '。', '；', '：', ',', '，', '،', '؛']);
            full += usize::from(broken && width(here) * 10 >= longest * 7);
        }
    }
    longest >= 40 && followed >= 2 && full * 2 >= followed
}
