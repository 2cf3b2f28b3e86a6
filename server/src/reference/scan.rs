//! Words to references, in one reading of one paragraph.
//!
//! A section's name, or a word for a paragraph, with labels behind it makes a reference; a verb alone makes none. The
//! text is read folded (without case and diacritics), so that one set of words serves every way of writing.

use std::sync::Arc;

use super::find::{Finder, is_han, is_word};
use super::resolve::section_name;
use super::words::{CODE, DIVISION, PARAGRAPH, VERB, WordList, Words, words};
use super::{Direction, PartName};
use crate::numbering::{Label, Numeral};
use crate::syntax::{Folded, MarkKind, TextRange, TextSize, View};

/// A reference in a view, all ranges in the view's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub range: TextRange,
    pub name: Option<FoundName>,
    /// Whether it speaks of sub-clauses of the clause at hand.
    pub sub: bool,
    pub direction: Option<Direction>,
    /// The words that say the direction.
    pub direction_word: Option<TextRange>,
    pub this: bool,
    /// The other text that it belongs to.
    pub owner: Option<TextRange>,
    /// The part that it names: “operative paragraph 5”.
    pub part: Option<PartName>,
    /// The annex that it names, of this resolution or of another.
    pub division: Option<FoundDivision>,
    /// Whether nothing but the word and the number says that it is a reference: it is one if there is such a clause.
    pub bare: bool,
    pub pinpoints: Vec<FoundPinpoint>,
}

/// The name of a section in a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundName {
    pub range: TextRange,
    /// As written.
    pub text: Arc<str>,
    /// As names of sections are compared.
    pub folded: Arc<str>,
    pub emphasised: bool,
}

/// An annex in a reference: “annex I”, 附件1, “the annex”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundDivision {
    pub range: TextRange,
    /// The readings of its number; none where it has no number.
    pub labels: Arc<[Label]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundPinpoint {
    pub labels: Vec<FoundLabel>,
    pub role: super::Role,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundLabel {
    pub range: TextRange,
    pub core: TextRange,
    /// As written, brackets included.
    pub text: Arc<str>,
    /// Empty for an ordinal.
    pub labels: Arc<[Label]>,
    /// “third”, or the number of a paragraph that has no label: `3` in “PP3”.
    pub ordinal: Option<u32>,
}

impl FoundPinpoint {
    fn has_digits(&self) -> bool {
        let letters = |label: &FoundLabel| label.labels.iter().all(|label| label.style.numeral.is_letters());
        self.labels.first().is_some_and(|label| label.ordinal.is_some() || !letters(label))
    }
}

/// How a name was recognised, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameKind {
    /// A heading of this resolution, whole or in part.
    Heading,
    /// A verb that opens sections.
    Verb,
    /// An emphasis of other words.
    Emphasis,
}

/// The references of a view. `headings` finds the folded names of the resolution's sections; `opening` is the emphasis
/// that the paragraph begins with, which opens the clause and names no other.
pub(super) fn scan(view: &View, headings: Option<&Finder>, opening: Option<TextRange>) -> Vec<Found> {
    // Labels have a figure or a bracket or, in Chinese, come behind a name: a text without any of that has none.
    if view.text.len() < 3 {
        return Vec::new();
    }
    let folded = Folded::new(&view.text);
    let mut scan = Scan {
        view,
        text: &folded.text,
        folded: &folded,
        words: words(),
        opening: None,
        emphases: Vec::new(),
        headings: Vec::new(),
        floor: 0,
    };
    let places = |range: TextRange| (scan.folded_at(range.start()), scan.folded_at(range.end()));
    let opening = opening.map(places);
    let emphases = view.marks_of(MarkKind::Emphasis).map(|mark| places(mark.range)).collect();
    let names = headings.into_iter().flat_map(|headings| headings.find(scan.text));
    let names = names.map(|found| (found.start, found.end)).collect();
    (scan.opening, scan.emphases, scan.headings) = (opening, emphases, names);
    let mut found: Vec<Read> = Vec::new();
    // What would be a reference if the one behind it, to which it is joined, says of what: “resolves 1 and 2 of …”.
    let mut weak: Vec<Read> = Vec::new();
    for candidate in scan.candidates() {
        if candidate.start() < scan.floor {
            continue;
        }
        let read = match candidate {
            Candidate::Name { start, end, kind } => scan.named(start, end, kind),
            Candidate::Paragraph { start, end } => scan.paragraph(start, end),
            Candidate::Code { start, end, part } => scan.code(start, end, part),
            Candidate::Division { start, end } => scan.division(start, end),
        };
        let Some(mut read) = read else { continue };
        if read.weak {
            weak.push(read);
            continue;
        }
        scan.floor = read.end;
        let alone = read.found.owner.is_none() && !read.found.this && read.found.direction.is_none();
        if let Some(last) = found.last().filter(|last| last.owner_before && alone && scan.joins(last.end, read.start)) {
            (read.found.owner, read.owner_before) = (last.found.owner, true);
        }
        // “resolves 1 and recalling b) of Resolution 140”: the one before may be of that text, too.
        let mut next = read.start;
        for last in found.iter_mut().rev() {
            let alone = last.found.owner.is_none() && !last.found.this && last.found.direction.is_none();
            if !alone || read.owner_before || read.found.owner.is_none() || !scan.joins(last.end, next) {
                break;
            }
            (last.found.owner, last.found.bare, last.found.division) = (read.found.owner, false, None);
            next = last.start;
        }
        let at = found.len();
        let mut behind = &read;
        let mut joined: Vec<Read> = Vec::new();
        while let Some(mut before) = weak.pop() {
            if scan.joins(before.end, behind.start) && found.last().is_none_or(|last| last.end <= before.start) {
                before.found.owner = read.found.owner.filter(|_| !read.owner_before);
                before.found.bare &= before.found.owner.is_none();
                joined.push(before);
                behind = &joined[joined.len() - 1];
            }
        }
        found.push(read);
        joined.into_iter().for_each(|before| found.insert(at, before));
    }
    found.into_iter().map(|read| read.found).collect()
}

/// A reference with where it stands in the folded text.
struct Read {
    found: Found,
    start: usize,
    end: usize,
    /// Whether it needs another one to be believed.
    weak: bool,
    /// Whether what it belongs to stands before it.
    owner_before: bool,
}

#[derive(Debug, Clone, Copy)]
enum Candidate {
    Name {
        start: usize,
        end: usize,
        kind: NameKind,
    },
    Paragraph {
        start: usize,
        end: usize,
    },
    /// “OP”, “PP”.
    Code {
        start: usize,
        end: usize,
        part: PartName,
    },
    /// A word for an annex.
    Division {
        start: usize,
        end: usize,
    },
}

impl Candidate {
    fn start(&self) -> usize {
        match *self {
            Candidate::Name { start, .. }
            | Candidate::Paragraph { start, .. }
            | Candidate::Code { start, .. }
            | Candidate::Division { start, .. } => start,
        }
    }
}

struct Scan<'a> {
    view: &'a View,
    /// The folded text; all offsets below are into it.
    text: &'a str,
    folded: &'a Folded,
    words: &'static Words,
    opening: Option<(usize, usize)>,
    /// The emphases, in order of their start.
    emphases: Vec<(usize, usize)>,
    /// Where the names of this resolution's sections stand, in order.
    headings: Vec<(usize, usize)>,
    /// The end of the last reference: what stands before it is taken.
    floor: usize,
}

/// A word that says where a reference points.
#[derive(Debug, Clone, Copy)]
struct DirectionWord {
    direction: Direction,
    start: usize,
    end: usize,
}

/// What stands behind the labels.
#[derive(Debug, Clone, Copy, Default)]
struct Tail {
    end: usize,
    direction: Option<DirectionWord>,
    this: bool,
    /// Whether it is the clause at hand that is meant: “of this paragraph”.
    here: bool,
    /// Whether it is an article or a section at hand: “of this article”.
    local: bool,
    owner: Option<(usize, usize)>,
    section_word: bool,
}

/// What stands before the word for a paragraph: “third preambular”.
#[derive(Debug, Default)]
struct Front {
    start: usize,
    part: Option<PartName>,
    ordinals: Vec<FoundPinpoint>,
}

impl Scan<'_> {
    fn candidates(&self) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        let mut name = |start, end, kind| candidates.push(Candidate::Name { start, end, kind });
        for &(start, end) in &self.headings {
            name(start, end, NameKind::Heading);
        }
        for &(start, end) in &self.emphases {
            let words = self.text.get(start..end).unwrap_or_default();
            let start = start + (words.len() - words.trim_start().len());
            name(start, start + words.trim().len(), NameKind::Emphasis);
        }
        // A verb alone is none, nor is one with a bare letter behind it that is not emphasised.
        let may_have_labels = |byte: u8| byte.is_ascii_digit() || byte == b')' || byte >= FIRST_OF_HAN;
        let verbs = !self.emphases.is_empty() || self.text.bytes().any(may_have_labels);
        let finder = if verbs { &self.words.verb_finder } else { &self.words.finder };
        for found in finder.find(self.text) {
            let (start, end) = (found.start, found.end);
            match found.kind {
                VERB => candidates.push(Candidate::Name { start, end, kind: NameKind::Verb }),
                PARAGRAPH => candidates.push(Candidate::Paragraph { start, end }),
                CODE => {
                    let written = &self.view.text[self.view_range(start, end)];
                    let part = self.words.codes.get(found.word).map(|(_, part)| *part);
                    // “OP5”, but not “op. cit.” or “pp. 3–5”.
                    if let Some(part) = part.filter(|_| written.starts_with(|c: char| c.is_uppercase())) {
                        candidates.push(Candidate::Code { start, end, part });
                    }
                }
                DIVISION => candidates.push(Candidate::Division { start, end }),
                _ => {}
            }
        }
        // The longest name at a place first; a heading before the verb that it is, and that before a mere emphasis.
        candidates.sort_by_key(|candidate| match *candidate {
            Candidate::Name { start, end, kind } => (start, std::cmp::Reverse(end), kind as u8),
            Candidate::Paragraph { start, end } => (start, std::cmp::Reverse(end), 9),
            Candidate::Code { start, end, .. } => (start, std::cmp::Reverse(end), 10),
            Candidate::Division { start, end } => (start, std::cmp::Reverse(end), 11),
        });
        candidates
    }

    /// “resolves 2 above”: labels behind the name of a section.
    fn named(&self, start: usize, end: usize, kind: NameKind) -> Option<Read> {
        let emphasised = self.is_emphasised(start);
        let opens = self.opening.is_some_and(|(from, to)| from <= start && start < to);
        let chinese = self.text[start..end].chars().last().is_some_and(is_han);
        let section_word = self.word(self.skip(end), &self.words.section, chinese);
        let labels_at = section_word.unwrap_or(end);
        let (pinpoints, labels_end) = self.labels(self.skip_quotes(labels_at), chinese || emphasised);
        // A section as a whole: “the *keeping in mind* section above”, 上述做出决议中.
        let may_be_whole = !opens && (kind == NameKind::Heading || (kind == NameKind::Verb && emphasised));
        if pinpoints.is_empty() && !may_be_whole {
            return None;
        }
        let before = self.direction_before(start);
        let mut tail = self.tail(labels_end.unwrap_or(labels_at), true);
        tail.direction = before.or(tail.direction);
        let owner_before = self.owner_before(before.map_or(start, |word| word.start));
        let external = tail.owner.or(owner_before);
        let mut sure = tail.direction.is_some() || tail.this;
        let mut weak = false;
        if pinpoints.is_empty() {
            let whole = section_word.is_some() || tail.section_word;
            let means = (sure && (emphasised || whole || kind == NameKind::Heading)) || (whole && emphasised);
            if !means || external.is_some() {
                return None;
            }
        } else {
            let closed = pinpoints
                .iter()
                .all(|pinpoint| pinpoint.labels.iter().any(|label| label.core.end() < label.range.end()));
            let digits = pinpoints.iter().all(FoundPinpoint::has_digits);
            let ends_well = self.ends_well(tail.end.max(labels_end.unwrap_or(0)));
            sure |= external.is_some() && (emphasised || kind == NameKind::Heading || closed || digits);
            let plain = match kind {
                _ if opens => false,
                NameKind::Emphasis => false,
                _ if emphasised => closed || digits || chinese,
                NameKind::Heading => (closed || digits || chinese) && ends_well,
                NameKind::Verb => chinese && ends_well && (closed || digits) && tail.section_word,
            };
            if !(sure && (closed || digits || emphasised || chinese)) && !plain {
                weak = !opens && kind != NameKind::Emphasis && (closed || digits);
                if !weak {
                    return None;
                }
            }
        }
        let from = before.map_or(start, |word| word.start);
        let found = Found {
            range: self.view_range(from, tail.end),
            name: Some(self.name(start, end, emphasised)),
            sub: false,
            direction: tail.direction.map(|word| word.direction),
            direction_word: tail.direction.map(|word| self.view_range(word.start, word.end)),
            this: tail.this,
            owner: external.map(|(start, end)| self.view_range(start, end)),
            part: None,
            division: None,
            bare: false,
            pinpoints,
        };
        Some(Read {
            found,
            start: from,
            end: tail.end,
            weak,
            owner_before: tail.owner.is_none() && owner_before.is_some(),
        })
    }

    /// “paragraphs 3 to 6 above”, « point 2 du *décide* ci-dessus », 上文第2段, “the third preambular paragraph”.
    fn paragraph(&self, start: usize, end: usize) -> Option<Read> {
        let word = &self.text[start..end];
        let ordinal_sign = word == "第";
        let front = self.front(start);
        let (mut pinpoints, labels_end) = self.labels(self.skip(end), ordinal_sign);
        let mut after = match labels_end {
            Some(after) => after,
            None => {
                // “the third preambular paragraph”, الفقرة الثالثة من الديباجة
                let (behind, at) = self.ordinals_behind(end);
                pinpoints = if front.ordinals.is_empty() { behind } else { front.ordinals.clone() };
                if front.ordinals.is_empty() { at? } else { end }
            }
        };
        // Whether a number behind this word is a reference by itself, if there is such a clause.
        let mut clause_word = self.words.bare.iter().any(|known| *known == word);
        let mut sub = self.words.subparagraph.iter().any(|known| *known == word);
        if ordinal_sign {
            after = self.word(self.skip(after), &self.words.paragraph, true)?;
            clause_word = self.words.bare.iter().any(|known| self.text[..after].ends_with(known.as_str()));
            // 第2段(a)分段, 第2段第1分段, 第二节(三)
            let more_at = self.skip_ordinal(after);
            if let (more, Some(end)) = self.labels(more_at, true) {
                let behind = self.word(end, &self.words.paragraph, true);
                if let (Some(last), [first, ..]) = (pinpoints.last_mut(), more.as_slice())
                    && (more_at == after || behind.is_some())
                {
                    last.labels.extend(first.labels.clone());
                    pinpoints.extend(more[1..].iter().cloned());
                    after = behind.unwrap_or(end);
                }
            }
        } else {
            // подпункт b) пункта 2, “subparagraph (c) of paragraph 2”: the inner clause first.
            for _ in 0..3 {
                let at = self.skip(after);
                let at = self.word(at, &self.words.of, false).map_or(at, |end| self.skip(end));
                let inner = [&self.words.subparagraph, &self.words.paragraph].into_iter();
                let Some(end) = inner.filter_map(|words| self.word(at, words, false)).max() else { break };
                let Some((outer, end)) = self.path(self.skip(end), false) else { break };
                for pinpoint in &mut pinpoints {
                    pinpoint.labels.splice(0..0, outer.iter().cloned());
                }
                let outer_word = self.words.bare.iter().any(|word| self.text[at..].starts_with(word.as_str()));
                clause_word |= outer_word;
                (after, sub) = (end, false);
            }
        }
        let before = self.direction_before(front.start);
        self.paragraph_tail(front, before, after, pinpoints, sub, clause_word)
    }

    /// What follows the labels of “paragraph 3” is the same whatever stood before them.
    fn paragraph_tail(
        &self,
        front: Front,
        before: Option<DirectionWord>,
        after: usize,
        mut pinpoints: Vec<FoundPinpoint>,
        sub: bool,
        bare: bool,
    ) -> Option<Read> {
        let (part_behind, after) = self.part_behind(after);
        let part = front.part.or(part_behind);
        if part.is_none() && pinpoints.iter().flat_map(|p| &p.labels).any(|label| label.ordinal.is_some()) {
            // “The first paragraph” may be any text's.
            return None;
        }
        let section = self.of_section(after);
        let mut after = section.map_or(after, |(_, end)| end);
        if section.is_some()
            && let Some((outer, end)) = self.path(self.skip(after), false)
        {
            // « alinéa b) du *décide* 2 »
            for pinpoint in &mut pinpoints {
                pinpoint.labels.splice(0..0, outer.iter().cloned());
            }
            after = end;
        }
        let from = before.map_or(front.start, |word| word.start);
        let mut division = self.division_before(from);
        if division.is_none()
            && let Some((behind, end)) = self.division_behind(after)
        {
            (division, after) = (Some((behind, end)), end);
        }
        let mut tail = self.tail(after, false);
        tail.direction = before.or(tail.direction);
        let from = division.as_ref().map_or(from, |(found, _)| from.min(self.folded_at(found.range.start())));
        let owner_before = self.owner_before(from);
        let this_before = self.this_before(from);
        let fallback = division.as_ref().map(|(found, _)| found.range);
        if division.is_some() && !tail.this {
            tail.owner = tail.owner.or_else(|| self.annex_owner(tail.end));
        }
        // “… to the present resolution, paragraph 8 of the terms of reference”: what stands behind says more.
        let this_before = this_before && tail.owner.is_none();
        let other = tail.owner.or(owner_before.filter(|_| !this_before));
        tail.this |= this_before;
        if part == Some(PartName::Preamble) {
            number_by_order(&mut pinpoints);
        }
        let found = Found {
            range: self.view_range(from, tail.end),
            name: section.map(|((from, to), _)| self.name(from, to, self.is_emphasised(from))),
            sub: sub || tail.here,
            direction: tail.direction.map(|word| word.direction),
            direction_word: tail.direction.map(|word| self.view_range(word.start, word.end)),
            this: tail.this,
            owner: other.map(|(start, end)| self.view_range(start, end)).or(fallback.filter(|_| !tail.this)),
            part,
            division: division.map(|(found, _)| found).filter(|_| other.is_none()),
            bare: tail.local,
            pinpoints,
        };
        let sure =
            found.direction.is_some() || found.this || section.is_some() || found.owner.is_some() || part.is_some();
        let mut read = Read {
            owner_before: tail.owner.is_none() && owner_before.is_some() && !this_before,
            found,
            start: from,
            end: tail.end,
            weak: false,
        };
        if !sure {
            let digits = read.found.pinpoints.iter().all(FoundPinpoint::has_digits);
            if !bare || sub || !digits {
                read.weak = true;
                return (digits || sub).then_some(read);
            }
            read.found.bare = true;
            read.weak = !self.stands_free(from, tail.end);
        }
        Some(read)
    }

    /// “OP5”, “PP3 bis”: the jargon of those who negotiate.
    fn code(&self, start: usize, end: usize, part: PartName) -> Option<Read> {
        let (pinpoints, labels_end) = self.labels(self.skip(end), false);
        let labels_end = labels_end.filter(|_| pinpoints.iter().all(FoundPinpoint::has_digits))?;
        let front = Front { start, part: Some(part), ordinals: Vec::new() };
        let mut read = self.paragraph_tail(front, None, labels_end, pinpoints, false, true)?;
        // “PP 18” may be a conference: only what is there is meant.
        let alone = !read.found.this && read.found.direction.is_none() && read.found.owner.is_none();
        read.found.bare = alone && self.text[end..].starts_with(' ');
        Some(read)
    }

    /// “Annex 2 to this resolution”, 本决议附件2.
    fn division(&self, start: usize, end: usize) -> Option<Read> {
        let (division, end) = self.division_at(start, end);
        let next = self.skip(end);
        let next = if self.text[next..].starts_with(',') { self.skip(next + 1) } else { next };
        let clause = [&self.words.paragraph, &self.words.subparagraph].into_iter();
        if clause.filter_map(|words| self.word(next, words, false)).next().is_some()
            || self.text[next..].trim_start_matches(['的', '中']).starts_with('第')
        {
            return None;
        }
        let tail = self.tail(end, false);
        let this_before = self.this_before(start);
        let this = tail.this || this_before;
        if !this && (division.labels.is_empty() || tail.owner.is_some() || self.owner_before(start).is_some()) {
            return None;
        }
        let several = || self.separator(self.skip(end)).is_some_and(|next| self.label(next, true, true).is_some());
        if !this && (self.annex_owner(end).is_some() || several() || !self.stands_free(start, end)) {
            return None;
        }
        let end = if this { tail.end } else { end };
        let found = Found {
            range: self.view_range(start, end),
            name: None,
            sub: false,
            direction: None,
            direction_word: None,
            this,
            owner: None,
            part: None,
            division: Some(division),
            bare: !this,
            pinpoints: Vec::new(),
        };
        Some(Read { found, start, end, weak: false, owner_before: false })
    }

    /// The annex whose word stands at `start..end`, with its number, and where it ends.
    fn division_at(&self, start: usize, end: usize) -> (FoundDivision, usize) {
        let label = self.label(self.skip(end), true, true).filter(|(label, _)| {
            // “Annex A”, but not “annex a list”.
            let written = &self.view.text[label.core];
            !written.starts_with(|c: char| c.is_lowercase())
                || label.labels.iter().all(|label| label.style.numeral != LETTER)
        });
        let roman = || {
            let at = self.skip(end);
            let len = self.text[at..].len() - self.text[at..].trim_start_matches(['i', 'v', 'x']).len();
            let range = self.view_range(at, at + len);
            let written = &self.view.text[range];
            let upper = !written.is_empty() && written.chars().all(|c| c.is_ascii_uppercase());
            (upper && is_word(self.text, at, at + len) && len <= 5).then(|| (Label::parse(written).into(), at + len))
        };
        match (label, roman()) {
            (_, Some((labels, end))) => (FoundDivision { range: self.view_range(start, end), labels }, end),
            (Some((label, end)), None) => {
                (FoundDivision { range: self.view_range(start, end), labels: label.labels }, end)
            }
            (None, None) => (FoundDivision { range: self.view_range(start, end), labels: Arc::default() }, end),
        }
    }

    /// “of annex I”.
    fn division_behind(&self, at: usize) -> Option<(FoundDivision, usize)> {
        let at = self.skip(at);
        let of = self.word(at, &self.words.of, false).map(|end| self.skip(end));
        // Russian joins by the genitive alone.
        let start = of.unwrap_or(at);
        let end = self.word(start, &self.words.division, false).filter(|_| !self.text[start..].starts_with(is_han))?;
        Some(self.division_at(start, end))
    }

    /// The text that an annex belongs to: “annex I to resolution 60/1”.
    fn annex_owner(&self, at: usize) -> Option<(usize, usize)> {
        let at = self.skip(at);
        let start = self.skip(self.word(at, &self.words.attached, false)?);
        // “annex I to Council resolution 5/1”: from the first word to the number.
        self.instrument_within(start, 6)
            .map(|(start, end, _)| (start, end))
            .or_else(|| Some((start, self.word_end(start))).filter(|(start, end)| start < end))
    }

    /// 附件1 before 第3段, “annex I” before “, paragraph 2”.
    fn division_before(&self, at: usize) -> Option<(FoundDivision, usize)> {
        let before = self.text[..at].trim_end_matches([' ', '的', '中', ',']);
        let number = |c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c);
        let word_end = before.trim_end_matches(number).trim_end().len();
        let word = self.words.division.iter().find(|word| self.text[..word_end].ends_with(word.as_str()))?;
        let start = word_end - word.len();
        if !word.chars().all(is_han) && !is_word(self.text, start, word_end) {
            return None;
        }
        let label = &self.view.text[self.view_range(word_end, before.len())];
        let labels = if label.trim().is_empty() { Arc::default() } else { Label::parse(label.trim()).into() };
        (start >= self.floor)
            .then(|| (FoundDivision { range: self.view_range(start, before.len()), labels }, before.len()))
    }

    /// What qualifies the word for a paragraph that stands at `at`: “the third and fourth preambular”, 执行部分.
    fn front(&self, at: usize) -> Front {
        let mut front = Front { start: at, ..Front::default() };
        let before = |end: usize| self.text[..end].trim_end_matches([' ', '的']).len();
        let start_of = |end: usize, word: &str| {
            let start = end.checked_sub(word.len())?;
            let fits = self.text[..end].ends_with(word) && start >= self.floor;
            (fits && (is_word(self.text, start, end) || word.chars().all(is_han))).then_some(start)
        };
        let ends = |end: usize, words: &[String]| words.iter().find_map(|word| start_of(end, word));
        for part in [PartName::Preamble, PartName::Operative] {
            if let Some(start) = ends(before(front.start), self.words.part(part)) {
                (front.start, front.part) = (start, Some(part));
                break;
            }
        }
        let mut end = before(front.start);
        for _ in 0..16 {
            let last = self.text[..end].bytes().last().unwrap_or(0);
            let ordinals = self.words.ordinals_by_end.get(usize::from(last)).into_iter().flatten();
            let mut found = ordinals.filter_map(|(word, value)| Some((start_of(end, word)?, end, *value)));
            let found = found.next();
            let Some((start, until, value)) = found else { break };
            front.ordinals.insert(0, self.ordinal(start, until, value));
            front.start = start;
            let behind_comma = before(start);
            let comma = self.text[..behind_comma].trim_end_matches(',').len();
            end = match ends(before(comma), &self.words.and) {
                Some(start) => before(self.text[..before(start)].trim_end_matches(',').len()),
                None if comma < behind_comma => before(comma),
                None => break,
            };
        }
        front
    }

    /// The ordinals behind the word for a paragraph, and where the last one ends.
    fn ordinals_behind(&self, at: usize) -> (Vec<FoundPinpoint>, Option<usize>) {
        let (mut pinpoints, mut end, mut next) = (Vec::new(), None, self.skip(at));
        while let Some((value, after)) = self.ordinal_at(next) {
            pinpoints.push(self.ordinal(next, after, value));
            end = Some(after);
            match self.separator(self.skip(after)).filter(|_| pinpoints.len() < 16) {
                Some(behind) => next = behind,
                None => break,
            }
        }
        (pinpoints, end)
    }

    fn ordinal_at(&self, at: usize) -> Option<(u32, usize)> {
        let rest = self.text.get(at..)?;
        let fits =
            |(word, _): &&(String, u32)| rest.starts_with(word.as_str()) && is_word(self.text, at, at + word.len());
        let ordinals = self.words.ordinals.get(usize::from(rest.bytes().next()?)).into_iter().flatten();
        ordinals.into_iter().find(fits).map(|(word, value)| (*value, at + word.len()))
    }

    fn ordinal(&self, start: usize, end: usize, value: u32) -> FoundPinpoint {
        let range = self.view_range(start, end);
        let text = self.view.text[range].into();
        let label = FoundLabel { range, core: range, text, labels: Arc::default(), ordinal: Some(value) };
        FoundPinpoint { labels: vec![label], role: super::Role::Single }
    }

    /// “of the preamble”, « du dispositif ».
    fn part_behind(&self, at: usize) -> (Option<PartName>, usize) {
        let next = self.skip(at);
        let parts = [PartName::Preamble, PartName::Operative].into_iter();
        let mut found = parts.filter_map(|part| Some((part, self.word(next, self.words.part(part), false)?)));
        found.next().map_or((None, at), |(part, end)| (Some(part), end))
    }

    /// Whether nothing around a bare “paragraph 3” says that it is another text's: no other text is named before it in
    /// its sentence, nor right behind it.
    fn stands_free(&self, start: usize, end: usize) -> bool {
        let sentence = self.near_sentence(start);
        let named = |word: &str| {
            let known = |words: &[String]| words.iter().any(|known| known == word);
            (known(&self.words.instrument) && !known(&self.words.division)) || known(&self.words.provision)
        };
        let words = sentence.split(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '-' | '\''));
        let other = words
            .filter(|word| !word.is_empty())
            .any(|word| named(word) || (word.contains('/') && word.contains(|c: char| c.is_ascii_digit())));
        let han = sentence.contains(is_han)
            && self.words.instrument.iter().any(|word| word.chars().all(is_han) && sentence.contains(word.as_str()));
        let next = self.skip(end);
        let at_comma = if self.text[next..].starts_with(',') { self.skip(next + 1) } else { next };
        let thereof = self.word(at_comma, &self.words.thereof, false).is_some();
        !other && !han && !thereof && self.owner_behind(at_comma, false).is_none() && self.ends_well_or_word(next)
    }

    /// Whether what follows a bare number is no further figure or unit.
    fn ends_well_or_word(&self, at: usize) -> bool {
        // “paragraph 24 C (iii)” is numbered in another way.
        let end = self.word_end(at);
        let capital = end == at + 1 && self.view.text[self.view_range(at, end)].chars().all(|c| c.is_ascii_uppercase());
        !capital && !self.text[at..].starts_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '/' | '('))
    }

    /// What stands before `at` in its sentence, at most some three hundred bytes of it.
    fn near_sentence(&self, at: usize) -> &str {
        let mut from = at.saturating_sub(300);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let before = self.text.get(from..at).unwrap_or_default();
        before.rsplit([';', ':', '。']).next().unwrap_or_default()
    }

    /// Whether only a comma, an “and” or both, and perhaps an article, stand between two places.
    fn joins(&self, end: usize, start: usize) -> bool {
        let Some(behind) = (end <= start).then(|| self.separator(self.skip(end))).flatten() else { return false };
        if behind > start {
            return false;
        }
        let between = self.text[behind..start].trim_matches([' ', '*', '"', '“', '”']);
        between.is_empty() || between.chars().count() <= 4 && self.words.article.iter().any(|word| word == between)
    }

    /// The section behind “of”: « du *décide* », “of the *resolves* section”, раздела *признавая*.
    fn of_section(&self, at: usize) -> Option<((usize, usize), usize)> {
        let at = self.skip(at);
        let behind = self.skip(self.word(at, &self.words.of, false)?);
        let behind = self.skip(self.word(behind, &self.words.section, false).unwrap_or(behind));
        let starting = |places: &[(usize, usize)]| {
            let index = places.partition_point(|(start, _)| *start < behind);
            places.get(index).copied().filter(|(start, end)| *start == behind && *end > behind)
        };
        let emphasis = starting(&self.emphases);
        let heading = starting(&self.headings);
        let name = emphasis.or(heading)?;
        let end = self.word(self.skip(name.1), &self.words.section, false).unwrap_or(name.1);
        Some((name, end))
    }

    /// Labels with what joins them, from `at` on; and the end of the last one.
    fn labels(&self, at: usize, bare: bool) -> (Vec<FoundPinpoint>, Option<usize>) {
        use super::Role::{From, Single, To};
        let mut pinpoints: Vec<FoundPinpoint> = Vec::new();
        let mut end = None;
        let mut at = self.skip(at);
        let mut role = Single;
        while let Some((labels, after)) = self.path(at, bare) {
            pinpoints.push(FoundPinpoint { labels, role });
            end = Some(after);
            if pinpoints.len() >= 64 {
                break;
            }
            let joined = self.between_ordinals(self.skip(after));
            let range = self.range_word(joined).map(|behind| self.skip(behind));
            let range = range.map(|next| self.skip_ordinal(next));
            if let Some(next) = range.filter(|next| role != To && self.path(*next, bare).is_some()) {
                if let Some(last) = pinpoints.last_mut() {
                    last.role = From;
                }
                (at, role) = (next, To);
                continue;
            }
            match self.separator(joined) {
                Some(next) => (at, role) = (self.skip_ordinal(next), Single),
                None => break,
            }
        }
        (pinpoints, end)
    }

    /// Behind the 第 of a further member: 第1和第2段.
    fn skip_ordinal(&self, at: usize) -> usize {
        if self.text[at..].starts_with('第') { at + '第'.len_utf8() } else { at }
    }

    /// Behind the 段 of a member that another one follows: 第1段和第2段.
    fn between_ordinals(&self, at: usize) -> usize {
        let behind = self.word(at, &self.words.paragraph, true).filter(|_| self.text[at..].starts_with(is_han));
        let goes_on = |behind: &usize| {
            let joined = self.range_word(*behind).or_else(|| self.separator(*behind));
            joined.is_some_and(|next| self.text[next..].starts_with('第'))
        };
        behind.filter(goes_on).unwrap_or(at)
    }

    /// `2`, `b)`, `2 (b) (ii)`.
    fn path(&self, at: usize, bare: bool) -> Option<(Vec<FoundLabel>, usize)> {
        let (first, mut at) = self.label(at, bare, true)?;
        let mut labels = vec![first];
        while labels.len() < 6 {
            let next = self.skip(at);
            let dotted = self.dotted(at);
            let set_off = dotted.is_some();
            let Some((label, end)) = self.label(next, false, false).or(dotted) else { break };
            let kinds = |label: &FoundLabel| label.labels.iter().map(|l| l.style.numeral).collect::<Vec<_>>();
            let same = labels.last().is_some_and(|last| {
                let (before, now) = (kinds(last), kinds(&label));
                before.iter().all(|numeral| now.iter().any(|other| other.same_kind(*numeral)))
                    && before.len() == now.len()
            });
            if same && !set_off {
                break;
            }
            labels.push(label);
            at = end;
        }
        Some((labels, at))
    }

    /// One label. `bare` allows a letter without a bracket behind it; `digits` a number without one.
    fn label(&self, at: usize, bare: bool, digits: bool) -> Option<(FoundLabel, usize)> {
        let rest = self.text.get(at..)?;
        let open = usize::from(rest.starts_with('('));
        let inner = &rest[open..];
        let first = inner.chars().next()?;
        let mut len = if first.is_ascii_digit() {
            let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let mut len = digits(inner);
            if len > 3 {
                return None;
            }
            while let Some(more) = inner[len..].strip_prefix('.').map(digits).filter(|more| (1..=2).contains(more)) {
                len += 1 + more;
            }
            len
        } else if is_han(first) {
            let numeral = |c: char| "一二三四五六七八九十百".contains(c);
            inner.chars().take_while(|c| numeral(*c)).map(char::len_utf8).sum()
        } else {
            inner.chars().take_while(|c| c.is_alphabetic() && !is_han(*c)).take(5).map(char::len_utf8).sum()
        };
        if len == 0 {
            return None;
        }
        len += self.suffix(&inner[len..]);
        let closed = inner[len..].starts_with(')');
        if open > 0 && !closed {
            return None;
        }
        let after = at + open + len + usize::from(closed);
        let next = self.text[after..].chars().next();
        let number = first.is_ascii_digit();
        if !closed {
            let rest = &self.text[after..];
            let glued = next.is_some_and(|c| {
                (c.is_alphanumeric() && !is_han(c) && !(number && c == 'و'))
                    // “OP5/PP3”
                    || (c == '/' && !self.words.codes.iter().any(|(code, _)| rest[1..].starts_with(code.as_str())))
                    || matches!(c, '%' | '°' | '$' | '\'')
            });
            let decimal = rest.starts_with(['.', ','])
                && rest[1..].starts_with(|c: char| c.is_ascii_digit())
                && (rest.starts_with('.') || rest[1..].chars().take_while(char::is_ascii_digit).count() == 3);
            let compound = rest.starts_with('-') && rest[1..].starts_with(|c: char| c.is_alphabetic());
            let counts = next.is_some_and(|c| "年月日个個项項次届屆种種万萬亿億号號期人国國周天小名位家份".contains(c));
            if glued || decimal || compound || counts {
                return None;
            }
            let allowed =
                if number { digits } else { bare && digits && (is_han(first) || inner[..len].chars().count() == 1) };
            if !allowed
                || (is_han(first) && !self.text[after..].is_empty() && !self.text[after..].starts_with(HAN_BEHIND))
            {
                return None;
            }
        }
        let core = self.view_range(at + open, at + open + len);
        let labels = Label::parse(&self.view.text[core]);
        if labels.is_empty() || labels.iter().all(|label| label.value == 0) {
            return None;
        }
        let range = self.view_range(at, after);
        let text = self.view.text[range].into();
        Some((FoundLabel { range, core, text, labels: labels.into(), ordinal: None }, after))
    }

    /// The `.a` and `.iii` of “21.a.iii”.
    fn dotted(&self, at: usize) -> Option<(FoundLabel, usize)> {
        let inner = self.text.get(at..)?.strip_prefix('.')?;
        let len = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_lowercase()).len();
        let (start, end) = (at + 1, at + 1 + len);
        let range = self.view_range(start, end);
        let written = &self.view.text[range];
        let ends = !self.text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let lower = written.chars().all(|c| c.is_ascii_lowercase());
        let labels = if (1..=4).contains(&len) && lower && ends { Label::parse(written) } else { Vec::new() };
        let label = |labels: Vec<Label>| FoundLabel {
            range,
            core: range,
            text: written.into(),
            labels: labels.into(),
            ordinal: None,
        };
        (!labels.is_empty()).then(|| (label(labels), end))
    }

    /// The length of `bis`, ` ter`, 之二.
    fn suffix(&self, text: &str) -> usize {
        let spaces = text.len() - text.trim_start_matches(' ').len();
        let word: usize = text[spaces..].chars().take_while(char::is_ascii_alphabetic).map(char::len_utf8).sum();
        let latin = ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"];
        if spaces <= 1 && word > 0 && latin.contains(&&text[spaces..spaces + word]) {
            return spaces + word;
        }
        match text.strip_prefix('之') {
            Some(rest) => match rest.chars().next().filter(|c| "二三四五六七八九十".contains(*c)) {
                Some(c) => '之'.len_utf8() + c.len_utf8(),
                None => 0,
            },
            None => 0,
        }
    }

    /// Behind the word or dash between the ends of a range.
    fn range_word(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        rest.starts_with('-').then(|| at + 1).or_else(|| self.word(at, &self.words.to, true))
    }

    /// Behind a comma, an “and”, or both; `None` where the list ends.
    fn separator(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let comma = rest.starts_with([',', ';', '、']).then(|| at + rest.chars().next().map_or(0, char::len_utf8));
        let behind = self.skip(comma.unwrap_or(at));
        // The Arabic “and” is written as one word with what follows.
        let attached = self.text[behind..].starts_with('و').then(|| behind + 'و'.len_utf8());
        let and = self.word(behind, &self.words.and, true).or(attached).map(|end| self.skip(end));
        and.or(comma.map(|_| behind))
    }

    /// What stands behind the labels or, where there are none, behind the name.
    fn tail(&self, at: usize, named: bool) -> Tail {
        let mut tail = Tail { end: at, ..Tail::default() };
        let mut at = at;
        for _ in 0..3 {
            let next = self.skip_quotes(at);
            if let Some(end) = self.word(next, &self.words.section, true).filter(|_| !tail.section_word) {
                (tail.section_word, tail.end, at) = (true, end, end);
                continue;
            }
            let comma = if self.text[next..].starts_with(',') { self.skip(next + 1) } else { next };
            if tail.direction.is_none() {
                let word = |words: &WordList, direction| {
                    self.word(comma, words, false).map(|end| DirectionWord { direction, start: comma, end })
                };
                let above = word(&self.words.above, Direction::Above);
                if let Some(word) = above.or_else(|| word(&self.words.below, Direction::Below)) {
                    (tail.direction, tail.end, at) = (Some(word), word.end, word.end);
                    continue;
                }
            }
            if let Some(end) = self.word(next, &self.words.this, false) {
                (tail.this, tail.end, at) = (true, end, end);
                continue;
            }
            if let Some(end) = self.word(next, &self.words.here, false) {
                (tail.this, tail.here, tail.end, at) = (true, true, end, end);
                continue;
            }
            if let Some(end) = self.word(next, &self.words.local, false) {
                (tail.this, tail.local, tail.end, at) = (true, true, end, end);
                continue;
            }
            break;
        }
        if !tail.this {
            let next = self.skip(at);
            tail.owner = self.owner_behind(next, named);
            // “Article 101, paragraph 3, of the Charter”
            if tail.owner.is_none() && tail.direction.is_none() && self.text[next..].starts_with(',') {
                let behind = self.skip(next + 1);
                let genitive = self.word(behind, &self.words.of, false).is_some_and(|end| self.is_genitive(end));
                tail.owner = if genitive { self.owner_behind(behind, named) } else { None };
            }
        }
        tail
    }

    /// “of Resolution 140”, “of the Convention”: from the first word behind “of” to the number, or to the next pause.
    ///
    /// Behind the name of a section, “in the report” and its like say where something is told, not whose clause it is.
    fn owner_behind(&self, at: usize, named: bool) -> Option<(usize, usize)> {
        let of = self.word(at, &self.words.of, false).filter(|end| {
            // « de la présente » and its like are no other text.
            !self.text[self.skip(*end)..].starts_with("present")
        });
        let start = self.skip(of.unwrap_or(at));
        // Without “of”, as in Russian, only the name of an instrument tells.
        let reach = if of.is_some() { 6 } else { 1 };
        let found = self.instrument_within(start, reach);
        match (found, of) {
            (Some((.., digits)), Some(of)) if named && !digits && !self.is_genitive(of) => None,
            (Some((start, end, _)), _) => Some((start, end)),
            (None, Some(of)) if self.is_genitive(of) => {
                let end = self.word_end(start);
                (end > start).then_some((start, end))
            }
            (None, _) => None,
        }
    }

    /// The text that is named within some words from `start` on, with its number, and whether it has one.
    fn instrument_within(&self, start: usize, words: usize) -> Option<(usize, usize, bool)> {
        let mut at = start;
        for _ in 0..words {
            let end = self.word_end(at);
            if end == at {
                return None;
            }
            if self.words.instrument.iter().any(|word| *word == self.text[at..end]) {
                let number = self.skip(end);
                let rest = &self.text[number..];
                let len = rest.len()
                    - rest.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-')).len();
                let written = rest[..len].trim_end_matches('.');
                let digits = written.contains(|c: char| c.is_ascii_digit());
                return Some((start, if digits { number + written.len() } else { end }, digits));
            }
            at = self.skip(end);
        }
        None
    }

    /// Whether what stands behind “of”, which ends at `end`, is its own: “of the report”, but not “in order”, “under”.
    fn is_genitive(&self, end: usize) -> bool {
        let before = &self.text[..end];
        ["of", "of the", "du", "de la", "de l'", "des", "del", "de los", "de las", "من"]
            .iter()
            .any(|of| before.ends_with(of) && is_word(self.text, end - of.len(), end))
    }

    /// 第140号决议做出决议2, “Resolution 140 (Rev. Dubai, 2018), *resolves* 2”: another text right before the name.
    fn owner_before(&self, at: usize) -> Option<(usize, usize)> {
        let trimmed = |text: &str| {
            text.trim_end_matches([' ', ',', '"', '\'', '“', '”', '「', '」', '的', '中', '内', '里', '*']).len()
        };
        let mut end = trimmed(&self.text[..at]);
        if self.text[..end].ends_with(')') {
            let open = self.near(end, |c| c == '(')?;
            end = trimmed(&self.text[..open]);
        }
        let before = &self.text[..end];
        if before.chars().last().is_some_and(|c| is_han(c) || c == '》') {
            if self.this_before(end) {
                return None;
            }
            let of_text = self
                .words
                .instrument
                .iter()
                .find(|word| word.chars().all(|c| is_han(c) || c == '》') && before.ends_with(word.as_str()))?;
            // 做出决议 is a verb; 决议 behind 号 is a text.
            let named = &before[..before.len() - of_text.len()];
            // 向理事会报告: to report to an organ, which is no text of that organ.
            let to_whom = named.ends_with(['会', '长', '组', '局'])
                && self
                    .near(named.len(), |c| matches!(c, '向' | '由' | '请' | '、' | ',' | '。' | ';'))
                    .is_some_and(|at| named[at..].starts_with(['向', '由', '请']));
            let is_text = matches!(of_text.as_str(), "》" | "公约" | "组织法" | "宪章" | "附件")
                || (named.ends_with(['号', '该', '项', '些', '会', '述', '条']) && !to_whom);
            return is_text.then(|| {
                let from = self.near(named.len(), |c| matches!(c, '第' | '《' | '该')).unwrap_or(named.len());
                (from, end)
            });
        }
        let number =
            before.len() - before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-')).len();
        if number == 0 || !before[end - number..].contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let word_end = before[..end - number].trim_end().len();
        let start = before[..word_end]
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let word = &before[start..word_end];
        [
            "resolution",
            "resolutions",
            "resolucion",
            "decision",
            "recommendation",
            "резолюция",
            "резолюции",
            "القرار",
            "قرار",
        ]
        .contains(&word)
        .then_some((start, end))
    }

    /// The last character before `at` that `is_it`, among the sixty before it.
    fn near(&self, at: usize, is_it: impl Fn(char) -> bool) -> Option<usize> {
        self.text[..at].char_indices().rev().take(60).find(|(_, c)| is_it(*c)).map(|(index, _)| index)
    }

    /// Whether 本决议 or its like stands right before.
    fn this_before(&self, at: usize) -> bool {
        let before = self.text[..at].trim_end_matches([' ', '的', '中', ',']);
        self.words.this.iter().any(|word| before.ends_with(word.as_str()))
    }

    /// 上述 or “above-mentioned” before the name.
    fn direction_before(&self, at: usize) -> Option<DirectionWord> {
        let before = self.text[..at].trim_end_matches([' ', '"', '“', '”', '「', '的', '*']);
        let end = before.len();
        let ends = |words: &[String], direction| {
            let start = words.iter().find_map(|word| {
                let start = end.checked_sub(word.len()).filter(|start| *start >= self.floor)?;
                (before.ends_with(word.as_str()) && (word.chars().all(is_han) || is_word(self.text, start, end)))
                    .then_some(start)
            });
            start.map(|start| DirectionWord { direction, start, end })
        };
        let above = ends(&self.words.above_before, Direction::Above);
        above.or_else(|| ends(&self.words.below_before, Direction::Below))
    }

    /// Whether a number that ends here hardly counts things: “resolves 2, …” but not “resolves 2 disputes”.
    fn ends_well(&self, at: usize) -> bool {
        let next = self.skip(at);
        match self.text[next..].chars().next() {
            None => true,
            Some(c) if c.is_alphabetic() && !is_han(c) => [&self.words.behind, &self.words.and, &self.words.of]
                .into_iter()
                .any(|words| self.word(next, words, false).is_some()),
            Some(c) => !c.is_ascii_digit(),
        }
    }

    /// The end of the longest of `words` that stands at `at`; `han` allows another character to follow directly.
    fn word(&self, at: usize, words: &WordList, han: bool) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let fits = |word: &&String| {
            rest.starts_with(word.as_str())
                && (is_word(self.text, at, at + word.len()) || (han && word.chars().all(is_han)))
        };
        // Longer words stand first.
        words.like(rest).find(fits).map(|word| at + word.len())
    }

    fn word_end(&self, at: usize) -> usize {
        at + self.text[at..]
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '\''))
            .map(char::len_utf8)
            .sum::<usize>()
    }

    fn skip(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + (rest.len() - rest.trim_start_matches(' ').len())
    }

    fn skip_quotes(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + (rest.len() - rest.trim_start_matches([' ', '"', '“', '”', '」', '»']).len())
    }

    fn is_emphasised(&self, at: usize) -> bool {
        let behind = self.emphases.partition_point(|(start, _)| *start <= at);
        behind.checked_sub(1).and_then(|index| self.emphases.get(index)).is_some_and(|(_, end)| at < *end)
    }

    /// The folded offset of a place in the view.
    fn folded_at(&self, offset: TextSize) -> usize {
        let offset = usize::from(offset);
        let (mut low, mut high) = (0, self.text.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.folded.origin(middle) < offset { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn name(&self, start: usize, end: usize, emphasised: bool) -> FoundName {
        let range = self.view_range(start, end);
        let text = &self.view.text[range];
        FoundName { range, text: text.into(), folded: section_name(text).into(), emphasised }
    }

    fn view_range(&self, start: usize, end: usize) -> TextRange {
        let at = |offset| TextSize::new(self.folded.origin(offset) as u32);
        let (start, mut end_at) = (at(start), at(end));
        // What is dropped in folding behind the last character belongs to it, but the space behind it does not.
        if end > 0 && end_at > start {
            let text = &self.view.text[usize::from(start)..usize::from(end_at)];
            end_at = start + TextSize::of(text.trim_end());
        }
        TextRange::new(start, end_at.max(start))
    }
}

/// No Chinese character begins with a lower byte.
const FIRST_OF_HAN: u8 = 0xe3;

/// What may follow a Chinese numeral that is a clause's, and hardly one that counts things.
const HAN_BEHIND: [char; 24] = [
    '段', '款', '条', '节', '点', '部', '、', '和', '及', '与', '或', '至', '到', '的', '中', '内', '所', '以', ',',
    ';', '。', ')', '"', ' ',
];

/// A letter of the Latin alphabet as a number.
const LETTER: Numeral =
    Numeral::Letters { alphabet: crate::numbering::Alphabet::Latin, upper: false, run: crate::numbering::Run::Doubled };

/// The paragraphs of a preamble have no labels: their numbers tell their order.
fn number_by_order(pinpoints: &mut [FoundPinpoint]) {
    for label in pinpoints.iter_mut().filter_map(|pinpoint| pinpoint.labels.first_mut()) {
        let digits =
            label.labels.iter().find(|label| matches!(label.style.numeral, Numeral::Digits { .. } | Numeral::Chinese));
        if let Some(number) = digits.filter(|number| number.suffix == 0).map(|number| number.value) {
            (label.ordinal, label.labels) = (Some(number), Arc::default());
        }
    }
}
