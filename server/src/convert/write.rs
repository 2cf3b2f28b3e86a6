//! The result, written as Resmark.

use super::inline::{EMPHASIS, EMPHASIS_END, FOOTNOTE, FOOTNOTE_END, LITERAL, RAW, RAW_END};
use super::label;
use super::outline::{Block, Kind, Label, Presence};
use super::source::Source;

/// Columns by which each level is set in.
const STEP: usize = 3;

/// Writes the blocks: clauses of one list on consecutive lines, everything else set off by blank lines.
pub(super) fn write(blocks: &[Block], source: &Source) -> String {
    let mut out = String::with_capacity(source.lines.iter().map(|line| line.text.len() + 1).sum::<usize>() + 64);
    let mut before: Option<&Block> = None;
    for block in blocks {
        if let Some(before) = before {
            if !together(before, block) {
                out.push('\n');
            }
        }
        line(&mut out, block, before.is_none());
        out.push('\n');
        before = Some(block);
    }
    out
}

/// Whether a block stands on the line behind the other, without a blank line.
fn together(before: &Block, block: &Block) -> bool {
    match (&before.kind, &block.kind) {
        (Kind::Title, Kind::Subject) | (Kind::Footnote(_), Kind::Footnote(_)) => true,
        (Kind::Paragraph, Kind::Paragraph) => before.label.is_some() && block.label.is_some(),
        _ => false,
    }
}

fn line(out: &mut String, block: &Block, first: bool) {
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
    let (open, close) = match block.presence {
        Presence::Both => ("", ""),
        Presence::Old => ("{--", "--}"),
        Presence::New => ("{++", "++}"),
    };
    out.push_str(open);
    match &block.label {
        Some(label) => {
            write_label(out, label);
            if !block.text.is_empty() {
                out.push(' ');
            }
        }
        None if block.kind == Kind::Paragraph => {
            // What would be read as something else is no longer so behind a backslash.
            if let Some(at) = misread(&block.text) {
                words(out, &block.text[..at]);
                out.push('\\');
                let rest = &block.text[at..];
                words(out, rest.strip_prefix(LITERAL).unwrap_or(rest));
                out.push_str(close);
                trim(out);
                return;
            }
        }
        None => {}
    }
    words(out, &block.text);
    trim(out);
    out.push_str(close);
    if let Kind::Footnote(_) = block.kind {
        trim(out);
    }
}

/// Takes white space off the end of the line.
fn trim(out: &mut String) {
    let kept = out.trim_end_matches([' ', '\t']).len();
    out.truncate(kept);
}

fn write_label(out: &mut String, label: &Label) {
    let printed = &label.printed;
    match &label.tracked {
        None => out.push_str(&printed.text()),
        Some((old, new)) => {
            out.push_str(&[&printed.open, "{~~", old, "~>", new, "~~}", &printed.close].concat());
        }
    }
}

/// The byte of an ASCII sign that makes a paragraph's start look like a heading, a label or a line, if there is one.
fn misread(text: &str) -> Option<usize> {
    let start = text.trim_start();
    let at = text.len() - start.len();
    let rest = start.strip_prefix(LITERAL).unwrap_or(start);
    if rest.starts_with('#') || rest.starts_with("---") {
        return Some(at);
    }
    let (printed, _) = label::split(start, false)?;
    // A decimal number needs no sign behind it.
    if printed.doubtful && !printed.core.contains('.') {
        return None;
    }
    // Its first sign: `\(a)`, `a\)`, `1\.`, `\-`.
    start.char_indices().find(|(_, c)| c.is_ascii_punctuation()).map(|(sign, _)| at + sign)
}

/// Writes words: marks become sigils, and what would be a sigil is escaped.
fn words(out: &mut String, text: &str) {
    let mut chars = text.chars().peekable();
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
                let next = chars.peek().copied();
                let sigil = match c {
                    '*' => true,
                    '\\' => next.is_some_and(|next| next.is_ascii_punctuation()),
                    '{' => matches!(next, Some('+' | '-' | '~' | '>')) && chars.clone().nth(1) == next,
                    '[' => next == Some('^'),
                    // Brackets with a parenthesis behind them would be a pinned citation.
                    '(' => before == ']',
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
