//! The result, written as Resmark.

use super::inline::{EMPHASIS, EMPHASIS_END, FOOTNOTE, FOOTNOTE_END, LITERAL, RAW, RAW_END};
use super::outline::{Block, Kind};
use super::source::is_pin;
use crate::syntax::{ParagraphKind, Parser, lower};

/// Columns by which each level is set in.
const STEP: usize = 3;

/// Writes the blocks: clauses of one list on consecutive lines, everything else set off by blank lines. Returns the text
/// with the place of each block in it, in bytes, and its line in the source.
pub(super) fn write(blocks: &[Block]) -> (String, Vec<(usize, u32)>) {
    let mut out = String::with_capacity(blocks.iter().map(|block| block.text.len() + 16).sum());
    let mut lines = Vec::with_capacity(blocks.len());
    let mut before: Option<&Block> = None;
    let mut parser = Parser::new();
    for block in blocks {
        if let Some(before) = before
            && !together(before, block)
        {
            out.push('\n');
        }
        lines.push((out.len(), block.line));
        line(&mut out, block, before.is_none(), &mut parser);
        out.push('\n');
        before = Some(block);
    }
    (out, lines)
}

/// Whether a block stands on the line behind the other, without a blank line.
fn together(before: &Block, block: &Block) -> bool {
    match (&before.kind, &block.kind) {
        (Kind::Title, Kind::Subject) | (Kind::Footnote(_), Kind::Footnote(_)) => true,
        (Kind::Paragraph, Kind::Paragraph) => before.label.is_some() && block.label.is_some(),
        _ => false,
    }
}

fn line(out: &mut String, block: &Block, first: bool, parser: &mut Parser) {
    match &block.kind {
        Kind::Break => {
            // Three dashes at the very top would begin metadata.
            out.push_str(if first { "***" } else { "---" });
            return;
        }
        Kind::Title => out.push_str("# "),
        Kind::Subject => out.push_str("## "),
        Kind::Division => out.push_str("### "),
        Kind::Footnote(name) => {
            out.push_str("[^");
            out.push_str(name);
            out.push_str("]: ");
        }
        Kind::Paragraph => out.extend(std::iter::repeat_n(' ', block.level * STEP)),
        Kind::Proposal | Kind::Heading | Kind::Reasons => {}
    }
    match &block.label {
        Some(label) => {
            out.push_str(&label.text());
            if !block.text.is_empty() {
                out.push(' ');
            }
        }
        None if block.kind == Kind::Paragraph => {
            let start = out.len();
            words(out, &block.text);
            trim(out);
            if let Some(sign) = misread(&out[start..], parser) {
                // The tab of `15⇥October 2018` makes a label of the number; a space does not.
                let digits = out[start..].len() - out[start..].trim_start_matches(char::is_numeric).len();
                if digits > 0 && out[start + digits..].starts_with('\t') {
                    out.replace_range(start + digits..=start + digits, " ");
                } else {
                    out.insert(start + sign, '\\');
                }
            }
            return;
        }
        None => {}
    }
    words(out, &block.text);
    trim(out);
}

/// Takes white space off the end of the line.
fn trim(out: &mut String) {
    let kept = out.trim_end_matches([' ', '\t']).len();
    out.truncate(kept);
}

/// The byte of the sign that makes the start of a paragraph look like a heading, a label or a line, if there is one:
/// behind a backslash it no longer does.
fn misread(text: &str, parser: &mut Parser) -> Option<usize> {
    /// No label or mark is longer.
    const WINDOW: usize = 60;
    const MARKS: [&str; 4] = ["MOD", "ADD", "SUP", "NOC"];
    const CHINESE_NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let start = text.trim_start();
    // Most paragraphs begin with a word.
    // A word and a space begin no label; in a script without spaces a row of letters that are no numbers does not.
    let word = start.len() - start.trim_start_matches(char::is_alphabetic).len();
    let (word, rest) = start.split_at(word);
    let letters = word.chars().take(9).count();
    let spaced = (2..9).contains(&letters) && rest.starts_with(' ') && !MARKS.contains(&word);
    if spaced || (letters == 9 && !word.starts_with(CHINESE_NUMERALS)) {
        return None;
    }
    let end = start.char_indices().nth(WINDOW).map_or(start.len(), |(at, _)| at);
    let window = start.get(..end)?;
    let document = lower(window, &parser.parse(window, None));
    let plain = document.paragraphs.iter().all(|paragraph| {
        matches!(paragraph.kind, ParagraphKind::Text | ParagraphKind::Clause | ParagraphKind::Footnote)
            && paragraph.label.is_none()
    });
    if plain
        && !document.paragraphs.is_empty()
        && document.resolutions.iter().all(|resolution| resolution.proposal.is_none())
    {
        return None;
    }
    let sign = start.char_indices().take(24).find(|(_, c)| c.is_ascii_punctuation() && *c != '\\')?.0;
    Some(text.len() - start.len() + sign)
}

/// Writes words: marks become sigils, and what would be a sigil is escaped.
fn words(out: &mut String, text: &str) {
    let mut chars = text.chars();
    let mut raw = false;
    let mut before = '\n';
    let mut literal = false;
    while let Some(c) = chars.next() {
        match c {
            RAW => raw = true,
            RAW_END => raw = false,
            c if raw => out.push(c),
            EMPHASIS | EMPHASIS_END => out.push('*'),
            FOOTNOTE => out.push_str("[^"),
            FOOTNOTE_END => out.push(']'),
            LITERAL => literal = true,
            c => {
                let mut ahead = chars.clone().filter(|c| *c != LITERAL);
                let (next, after) = (ahead.next(), ahead.next());
                let sigil = match c {
                    '*' => true,
                    '\\' => next.is_none_or(|next| next.is_ascii_punctuation() || super::inline::is_control(next)),
                    '{' => matches!(next, Some('+' | '-' | '~' | '>')) && after == next,
                    '[' => next == Some('^'),
                    // Brackets with a parenthesis behind them would be a pinned citation.
                    '(' => before == ']' && !is_pin(chars.as_str()),
                    // It was written so that it is not taken for the start of an entity.
                    '&' => {
                        literal && {
                            let mut name = chars.clone().skip_while(|c| c.is_ascii_alphanumeric() || *c == '#');
                            name.next() == Some(';')
                        }
                    }
                    _ => false,
                };
                if sigil {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        if c != LITERAL {
            (before, literal) = (c, false);
        }
    }
}
