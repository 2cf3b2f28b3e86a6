//! What stands inside of a line: emphasis, footnotes, tracked changes, escapes.
//!
//! While a text is taken apart its marks are single characters that no text holds (Unicode's noncharacters), so that
//! lines can be cut, joined and searched without minding them. [`plain`] takes them out, `write` prints them.

/// An emphasis begins.
pub(super) const EMPHASIS: char = '\u{fdd0}';
/// An emphasis ends.
pub(super) const EMPHASIS_END: char = '\u{fdd1}';
/// A footnote's name begins.
pub(super) const FOOTNOTE: char = '\u{fdd2}';
/// A footnote's name ends.
pub(super) const FOOTNOTE_END: char = '\u{fdd3}';
/// Resmark begins, to be written as it is.
pub(super) const RAW: char = '\u{fdd4}';
/// Resmark ends.
pub(super) const RAW_END: char = '\u{fdd5}';
/// The next character is what it is, and no sigil.
pub(super) const LITERAL: char = '\u{fdd6}';

/// Whether a character is one of the marks of this file, or one that Unicode keeps free for such use.
pub(super) fn is_mark(c: char) -> bool {
    ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

/// Whether a character says nothing to a reader: it controls a device, orders bytes, or is none.
pub(super) fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}'))
        || c == '\u{feff}'
        || is_mark(c)
        || (u32::from(c) & 0xfffe) == 0xfffe
}

/// The words without marks and without footnotes: what the rules of an import look at.
pub(super) fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut in_footnote = false;
    for c in text.chars() {
        match c {
            FOOTNOTE => in_footnote = true,
            FOOTNOTE_END => in_footnote = false,
            c if in_footnote || is_mark(c) => {}
            c => words.push(c),
        }
    }
    words
}

/// Reads a line: escapes, closed tracked changes, footnote references and, in Markdown, emphasis and links.
///
/// Emphasis is read more generously than Markdown's own rules do, which leave `**信息（WSIS）**的` unread because a
/// bracket stands before the stars and a letter behind them. Strong emphasis has no sense in a resolution: its words
/// stay, its stars go.
pub(super) fn read(line: &str, markdown: bool) -> String {
    let (text, mut runs) = scan(line, markdown);
    if runs.is_empty() {
        return text;
    }
    pair(&mut runs);
    with_emphasis(&text, &runs)
}

/// Whether an emphasis of a line does not end on it.
pub(super) fn is_open(line: &str) -> bool {
    let (_, mut runs) = scan(line, true);
    pair(&mut runs);
    runs.iter().any(|run| run.role == Role::Literal && run.opens && !run.closes)
}

/// Reads all but the emphasis, of which it returns where it may begin and end.
fn scan(line: &str, markdown: bool) -> (String, Vec<Run>) {
    let mut out = String::with_capacity(line.len());
    // Places in `out` of stars and underscores that may begin or end an emphasis.
    let mut runs: Vec<Run> = Vec::new();
    let mut closers_missing = [false; 4];
    let mut before: Option<char> = None;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '\\' if rest[1..].starts_with(|next: char| next.is_ascii_punctuation()) => {
                out.push(LITERAL);
                out.push_str(&rest[1..2]);
                taken = 2;
            }
            '{' => match change(rest, &mut closers_missing) {
                Some(len) => {
                    out.push(RAW);
                    out.push_str(&rest[..len]);
                    out.push(RAW_END);
                    taken = len;
                }
                None => out.push(c),
            },
            '[' => {
                if let Some(name) = footnote_reference(rest) {
                    out.push(FOOTNOTE);
                    out.push_str(name);
                    out.push(FOOTNOTE_END);
                    taken = name.len() + 3;
                } else {
                    out.push(c);
                }
            }
            '*' | '_' if markdown => {
                taken = rest.len() - rest.trim_start_matches(c).len();
                let after = rest[taken..].chars().next();
                let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
                runs.push(Run {
                    at: out.len(),
                    sigil: c,
                    len: taken,
                    opens: taken <= 3 && !space(after) && !(c == '_' && word(before)),
                    closes: taken <= 3 && !space(before) && !(c == '_' && word(after)),
                    role: Role::Literal,
                });
                out.push_str(&rest[..taken]);
            }
            c => out.push(c),
        }
        before = rest[..taken].chars().next_back();
        rest = &rest[taken..];
    }
    (out, runs)
}

struct Run {
    at: usize,
    sigil: char,
    len: usize,
    opens: bool,
    closes: bool,
    role: Role,
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    Literal,
    Opens,
    Closes,
}

/// Finds which runs of stars belong together: those of the same sign and length, the nearest first.
fn pair(runs: &mut [Run]) {
    // One stack for each sign and length keeps this linear; what a pair encloses can no longer pair with outside.
    let mut open: Vec<usize> = Vec::new();
    let mut waiting = [0usize; 8];
    let kind = |run: &Run| usize::from(run.sigil == '_') * 4 + run.len.min(3);
    for index in 0..runs.len() {
        let this = kind(&runs[index]);
        if runs[index].closes && waiting[this] > 0 {
            while let Some(opener) = open.pop() {
                let other = kind(&runs[opener]);
                waiting[other] -= 1;
                if other == this {
                    runs[opener].role = Role::Opens;
                    runs[index].role = Role::Closes;
                    break;
                }
            }
        } else if runs[index].opens {
            open.push(index);
            waiting[this] += 1;
        }
    }
}

fn with_emphasis(text: &str, runs: &[Run]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut depth = 0;
    for run in runs {
        out.push_str(&text[at..run.at]);
        at = run.at + run.len;
        let light = run.len != 2;
        match run.role {
            Role::Literal => out.push_str(&text[run.at..at]),
            Role::Opens if light => {
                if depth == 0 {
                    out.push(EMPHASIS);
                }
                depth += 1;
            }
            Role::Closes if light => {
                depth -= 1;
                if depth == 0 {
                    out.push(EMPHASIS_END);
                }
            }
            Role::Opens | Role::Closes => {}
        }
    }
    out.push_str(&text[at..]);
    out
}

/// The length of the tracked change or comment that `text` begins with, its sigils included.
fn change(text: &str, closers_missing: &mut [bool; 4]) -> Option<usize> {
    const SIGILS: [(&str, &str); 4] = [("{++", "++}"), ("{--", "--}"), ("{~~", "~~}"), ("{>>", "<<}")];
    let kind = SIGILS.iter().position(|(open, _)| text.starts_with(open))?;
    if closers_missing[kind] {
        return None;
    }
    let (_, close) = SIGILS[kind];
    let Some(len) = text.get(3..).and_then(|inner| inner.find(close)) else {
        // There is none behind the next sigil either.
        closers_missing[kind] = true;
        return None;
    };
    (kind != 2 || text[3..3 + len].contains("~>")).then_some(len + 6)
}

/// The name in `[^name]`, when `text` begins with that.
fn footnote_reference(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("[^")?;
    let end = inner.char_indices().take(40).find(|(_, c)| *c == ']' || c.is_whitespace() || *c == '[')?.0;
    (end > 0 && inner[end..].starts_with(']')).then(|| &inner[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        read(line, true)
            .chars()
            .map(|c| match c {
                EMPHASIS => '<',
                EMPHASIS_END => '>',
                RAW => '«',
                RAW_END => '»',
                LITERAL => '!',
                c => c,
            })
            .collect()
    }

    #[test]
    fn emphasis_is_read_and_strong_emphasis_goes() {
        assert_eq!(shown("*a* and **b** and ***c***"), "<a> and b and <c>");
        assert_eq!(shown("_a_ snake_case_name"), "<a> snake_case_name");
        assert_eq!(shown("**信息（WSIS）**的"), "信息（WSIS）的");
        assert_eq!(shown("*a **b** c*"), "<a b c>");
    }

    #[test]
    fn a_star_without_a_partner_is_a_star() {
        assert_eq!(shown("3 * 4 = 12"), "3 * 4 = 12");
        assert_eq!(shown("*a"), "*a");
        assert_eq!(shown(r"\*a*"), "!*a*");
    }

    #[test]
    fn closed_changes_stay_and_open_ones_are_words() {
        assert_eq!(shown("{++a++} {++b"), "«{++a++}» {++b");
        assert_eq!(shown("{~~a~~}"), "{~~a~~}");
    }

    #[test]
    fn a_million_stars_take_no_longer() {
        let line = "*a **b _c ".repeat(100_000);
        assert_eq!(plain(&read(&line, true)).chars().filter(|c| c.is_alphabetic()).count(), 300_000);
    }
}
