//! Numbers that look like one of a resolution and are in no citation.
//!
//! The patterns know nothing of the recogniser: they are what one would search for by hand. They find too much (dates,
//! questions, documents), so what they find and no citation has is listed, by pattern, and judged.

use std::sync::LazyLock;

use regex::Regex;
use resmark::syntax::{Side, TextRange, TextSize};

use super::texts::Reading;

/// What one searches for: a name, and a pattern whose first group is the number.
static PATTERNS: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    let pattern =
        |name, pattern: &str| (name, Regex::new(pattern).expect("the patterns are fixed and are all compiled"));
    vec![
        pattern("号决议", r"(\d+(?:[/-]\d+)?)\s*(?:（\d{4}）)?号(?:决议|决定|意见)"),
        pattern("第…号、第…号决议", r"第(\d+)号?(?:、|和|及|与|以及)第?\d+号?(?:(?:、|和|及|与|以及)第?\d+号?)*决议"),
        pattern("意见", r"(?:意见|决定|建议)(\d+)（"),
        pattern(
            "a word and a number",
            r"(?i)\b(?:resolutions?|decisions?|opinions?|recommendations?)\s+(?:no\.\s*)?(\d+(?:/\d+)?)\b",
        ),
        pattern("the same, with a version", r"\b(\d+)\s+\((?:Rev\.?\s*)?(?:[A-Z][\w-]+\.?\s?){1,3},\s*\d{4}\)"),
        pattern("a symbol", r"\b(?:A|S|E|A/HRC)/(?:RES|DEC)/((?:[A-Z]+-)?\d+(?:/\d+)?)"),
        pattern("a draft", r"\b[AES]/(?:[A-Z0-9.-]+/)*(L\.\d+)"),
        pattern("a roman session", r"\b(\d{1,4})(?:\s[A-Z])?\s\((?:S-|ES-)?[IVXLC]+\)"),
        pattern("a year behind", r"\b(\d{1,4})\s\((?:19[4-9]\d|20[0-2]\d)\)"),
        pattern("session and number", r"(?:^|[\s(“])((?:E?S-)?\d{1,2}/\d{1,4})\b"),
        pattern("year and number", r"(?:^|[\s(“])((?:19[4-9]\d|20[0-2]\d)/\d{1,3})\b"),
        pattern("WHA", r"\b(?:WHA|EB)(\d+[.(]R?\d+)"),
    ]
});

/// A number that no citation has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The file it stands in.
    pub file: String,
    /// The pattern that found it.
    pub pattern: &'static str,
    /// The number.
    pub number: String,
    /// The words around it; printed, never kept.
    pub context: String,
}

/// Searches one reading of a text: how many numbers were found, and those that are in no citation. Titles of the text
/// itself are not searched.
pub fn scan(reading: &Reading, side: Side) -> (usize, Vec<Unread>) {
    let (mut all, mut unread) = (0, Vec::new());
    for (index, paragraph) in reading.document.iter() {
        if reading.is_title(index) {
            continue;
        }
        let view = &paragraph.views[side];
        let mut seen: Vec<std::ops::Range<usize>> = Vec::new();
        for (name, pattern) in PATTERNS.iter() {
            for found in pattern.captures_iter(&view.text).filter_map(|captures| captures.get(1)) {
                if seen.iter().any(|other| other.start < found.end() && found.start() < other.end) {
                    continue;
                }
                seen.push(found.range());
                let offset = |at: usize| TextSize::new(u32::try_from(at).unwrap_or(u32::MAX));
                let place = view.to_source(TextRange::new(offset(found.start()), offset(found.end())));
                let Some(place) = place else { continue };
                all += 1;
                let mut citations = reading.of_side(side).filter(|citation| citation.paragraph == index);
                if citations.any(|citation| citation.range.intersect(place).is_some_and(|part| !part.is_empty())) {
                    continue;
                }
                let before: Vec<char> = view.text[..found.start()].chars().collect();
                let before: String = before[before.len().saturating_sub(60)..].iter().collect();
                let after: String = view.text[found.end()..].chars().take(40).collect();
                unread.push(Unread {
                    file: reading.file.clone(),
                    pattern: name,
                    number: found.as_str().to_owned(),
                    context: format!("{before}⟦{}⟧{after}", found.as_str()),
                });
            }
        }
    }
    (all, unread)
}
