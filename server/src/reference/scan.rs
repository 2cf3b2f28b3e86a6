//! Words to references, in one reading of one paragraph.
//!
//! A section's name, or a word for a paragraph, with labels behind it makes a reference; a verb alone makes none. The
//! text is read folded (without case and diacritics), so that one set of words serves every way of writing.

use aho_corasick::AhoCorasick;

use super::Direction;
use super::words::{Words, words};
use crate::numbering::Label;
use crate::syntax::{Folded, MarkKind, TextRange, TextSize, View};

/// A reference in a view, all ranges in the view's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub range: TextRange,
    pub name: Option<(TextRange, bool)>,
    /// Whether it speaks of sub-clauses of the clause at hand.
    pub sub: bool,
    pub direction: Option<Direction>,
    pub this: bool,
    /// The other text that it belongs to.
    pub owner: Option<TextRange>,
    pub pinpoints: Vec<FoundPinpoint>,
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
    pub labels: Vec<Label>,
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
pub(super) fn scan(view: &View, headings: Option<&AhoCorasick>, opening: Option<TextRange>) -> Vec<Found> {
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
    };
    let places = |range: TextRange| (scan.folded_at(range.start()), scan.folded_at(range.end()));
    let opening = opening.map(places);
    let emphases = view.marks_of(MarkKind::Emphasis).map(|mark| places(mark.range)).collect();
    let names = headings.into_iter().flat_map(|headings| headings.find_iter(scan.text));
    let names =
        names.map(|found| (found.start(), found.end())).filter(|(start, end)| scan.is_word(*start, *end)).collect();
    (scan.opening, scan.emphases, scan.headings) = (opening, emphases, names);
    let mut found = Vec::new();
    let mut at = 0;
    for candidate in scan.candidates() {
        if candidate.start() < at {
            continue;
        }
        let reference = match candidate {
            Candidate::Name { start, end, kind } => scan.named(start, end, kind),
            Candidate::Paragraph { start, end } => scan.paragraph(start, end),
        };
        if let Some((reference, end)) = reference {
            at = end;
            found.push(reference);
        }
    }
    found
}

#[derive(Debug, Clone, Copy)]
enum Candidate {
    Name { start: usize, end: usize, kind: NameKind },
    Paragraph { start: usize, end: usize },
}

impl Candidate {
    fn start(&self) -> usize {
        match *self {
            Candidate::Name { start, .. } | Candidate::Paragraph { start, .. } => start,
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
}

/// What stands behind the labels.
#[derive(Debug, Clone, Copy, Default)]
struct Tail {
    end: usize,
    direction: Option<Direction>,
    this: bool,
    owner: Option<(usize, usize)>,
    section_word: bool,
}

impl Scan<'_> {
    fn candidates(&self) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        let mut name = |start, end, kind| candidates.push(Candidate::Name { start, end, kind });
        for &(start, end) in &self.headings {
            name(start, end, NameKind::Heading);
        }
        for found in self.words.verb_finder.find_iter(self.text).filter(|m| self.is_word(m.start(), m.end())) {
            name(found.start(), found.end(), NameKind::Verb);
        }
        for &(start, end) in &self.emphases {
            let words = self.text.get(start..end).unwrap_or_default();
            let start = start + (words.len() - words.trim_start().len());
            name(start, start + words.trim().len(), NameKind::Emphasis);
        }
        for found in self.words.paragraph_finder.find_iter(self.text).filter(|m| self.is_word(m.start(), m.end())) {
            candidates.push(Candidate::Paragraph { start: found.start(), end: found.end() });
        }
        // The longest name at a place first; a heading before the verb that it is, and that before a mere emphasis.
        candidates.sort_by_key(|candidate| match *candidate {
            Candidate::Name { start, end, kind } => (start, std::cmp::Reverse(end), kind as u8),
            Candidate::Paragraph { start, end } => (start, std::cmp::Reverse(end), 9),
        });
        candidates
    }

    /// “resolves 2 above”: labels behind the name of a section.
    fn named(&self, start: usize, end: usize, kind: NameKind) -> Option<(Found, usize)> {
        let emphasised = self.is_emphasised(start);
        let opens = self.opening.is_some_and(|(from, to)| from <= start && start < to);
        let chinese = self.text[start..end].chars().last().is_some_and(is_han);
        let before = self.direction_before(start);
        let section_word = self.word(self.skip(end), &self.words.section, chinese);
        let labels_at = section_word.unwrap_or(end);
        let (pinpoints, labels_end) = self.labels(self.skip_quotes(labels_at), chinese || emphasised);
        let mut tail = self.tail(labels_end.unwrap_or(labels_at));
        if before.is_some() {
            tail.direction = before.map(|(direction, _)| direction);
        }
        let owner_before = self.owner_before(before.map_or(start, |(_, at)| at));
        let external = tail.owner.or(owner_before);
        let mut sure = tail.direction.is_some() || tail.this;
        if pinpoints.is_empty() {
            // A section as a whole: “the *keeping in mind* section above”, 上述做出决议中.
            let named = kind == NameKind::Heading || (kind == NameKind::Verb && emphasised);
            let whole = section_word.is_some() || tail.section_word;
            let means = named
                && !opens
                && ((sure && (emphasised || whole || kind == NameKind::Heading)) || (whole && emphasised));
            if !means || external.is_some() {
                return None;
            }
        } else {
            let closed = pinpoints
                .iter()
                .all(|pinpoint| pinpoint.labels.iter().any(|label| label.core.end() < label.range.end()));
            let digits = pinpoints.iter().all(|p| {
                p.labels.first().is_some_and(|label| !label.labels.iter().all(|l| l.style.numeral.is_letters()))
            });
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
                return None;
            }
        }
        let from = match before {
            Some((_, at)) if owner_before.is_none() => at,
            _ => start,
        };
        let found = Found {
            range: self.view_range(from, tail.end),
            name: Some((self.view_range(start, end), emphasised)),
            sub: false,
            direction: tail.direction,
            this: tail.this,
            owner: external.map(|(start, end)| self.view_range(start, end)),
            pinpoints,
        };
        Some((found, tail.end))
    }

    /// “paragraphs 3 to 6 above”, « point 2 du *décide* ci-dessus », 上文第2段.
    fn paragraph(&self, start: usize, end: usize) -> Option<(Found, usize)> {
        let ordinal = &self.text[start..end] == "第";
        let (pinpoints, labels_end) = self.labels(self.skip(end), ordinal);
        let labels_end = labels_end?;
        let mut after = labels_end;
        if ordinal {
            after = self.word(self.skip(after), &self.words.paragraph, true)?;
            // 第2段(a)分段
            if let (more, Some(end)) = self.labels(after, true) {
                let mut pinpoints = pinpoints;
                if let (Some(last), [first, ..]) = (pinpoints.last_mut(), more.as_slice()) {
                    last.labels.extend(first.labels.clone());
                    pinpoints.extend(more[1..].iter().cloned());
                }
                let end = self.word(end, &self.words.paragraph, true).unwrap_or(end);
                return self.paragraph_tail(start, end, pinpoints, false);
            }
        }
        let sub = self.words.subparagraph.iter().any(|word| *word == self.text[start..end]);
        self.paragraph_tail(start, after, pinpoints, sub)
    }

    fn paragraph_tail(
        &self,
        start: usize,
        after: usize,
        pinpoints: Vec<FoundPinpoint>,
        sub: bool,
    ) -> Option<(Found, usize)> {
        let section = self.of_section(after);
        let mut tail = self.tail(section.map_or(after, |(_, end)| end));
        let before = self.direction_before(start);
        if let Some((direction, _)) = before {
            tail.direction = Some(direction);
        }
        let owner_before = self.owner_before(before.map_or(start, |(_, at)| at));
        let this_before = self.this_before(before.map_or(start, |(_, at)| at));
        let owner = tail.owner.or(owner_before).filter(|_| !this_before);
        tail.this |= this_before;
        if tail.direction.is_none() && !tail.this && section.is_none() && owner.is_none() {
            return None;
        }
        let from = before.map_or(start, |(_, at)| at);
        let found = Found {
            range: self.view_range(from, tail.end),
            name: section.map(|((from, to), _)| (self.view_range(from, to), self.is_emphasised(from))),
            sub,
            direction: tail.direction,
            this: tail.this,
            owner: owner.map(|(start, end)| self.view_range(start, end)),
            pinpoints,
        };
        Some((found, tail.end))
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
            let Some((label, end)) = self.label(next, false, false) else { break };
            let kinds = |label: &FoundLabel| label.labels.iter().map(|l| l.style.numeral).collect::<Vec<_>>();
            let same = labels.last().is_some_and(|last| {
                let (before, now) = (kinds(last), kinds(&label));
                before.iter().all(|numeral| now.iter().any(|other| other.same_kind(*numeral)))
                    && before.len() == now.len()
            });
            if same {
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
                    || matches!(c, '/' | '%' | '°' | '$' | '\'')
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
                || (is_han(first) && !self.text[after..].starts_with(['段', '款', '条', '、', '和', '至', '点']))
            {
                return None;
            }
        }
        let core = self.view_range(at + open, at + open + len);
        let labels = Label::parse(&self.view.text[core]);
        if labels.is_empty() || labels.iter().all(|label| label.value == 0) {
            return None;
        }
        Some((FoundLabel { range: self.view_range(at, after), core, labels }, after))
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
    fn tail(&self, at: usize) -> Tail {
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
                if let Some(end) = self.word(comma, &self.words.above, false) {
                    (tail.direction, tail.end, at) = (Some(Direction::Above), end, end);
                    continue;
                }
                if let Some(end) = self.word(comma, &self.words.below, false) {
                    (tail.direction, tail.end, at) = (Some(Direction::Below), end, end);
                    continue;
                }
            }
            if let Some(end) = self.word(next, &self.words.this, false) {
                (tail.this, tail.end, at) = (true, end, end);
                continue;
            }
            break;
        }
        if !tail.this {
            tail.owner = self.owner_behind(self.skip(at));
        }
        tail
    }

    /// “of Resolution 140”, “of the Convention”: from the first word behind “of” to the number, or to the next pause.
    fn owner_behind(&self, at: usize) -> Option<(usize, usize)> {
        let of = self.word(at, &self.words.of, false).filter(|end| {
            // « de la présente » and its like are no other text.
            !self.text[self.skip(*end)..].starts_with("present")
        });
        let start = self.skip(of.unwrap_or(at));
        // Without “of”, as in Russian, only the name of an instrument tells.
        let mut at = start;
        let mut instrument = None;
        for _ in 0..6 {
            let end = self.word_end(at);
            if end == at {
                break;
            }
            if self.words.instrument.iter().any(|word| *word == self.text[at..end]) {
                instrument = Some(end);
                break;
            }
            if of.is_none() {
                break;
            }
            at = self.skip(end);
        }
        match instrument {
            Some(end) => {
                let number = self.skip(end);
                let len: usize = self.text[number..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-'))
                    .map(char::len_utf8)
                    .sum();
                let digits = self.text[number..number + len].contains(|c: char| c.is_ascii_digit());
                Some((
                    start,
                    if digits { number + self.text[number..number + len].trim_end_matches('.').len() } else { end },
                ))
            }
            None if of.is_some_and(|of| self.is_genitive(of)) => {
                let end = self.word_end(start);
                (end > start).then_some((start, end))
            }
            None => None,
        }
    }

    /// Whether what stands behind “of”, which ends at `end`, is its own: “of the report”, but not “in order”, “under”.
    fn is_genitive(&self, end: usize) -> bool {
        let before = &self.text[..end];
        ["of", "of the", "du", "de la", "de l'", "des", "del", "de los", "de las", "من"]
            .iter()
            .any(|of| before.ends_with(of) && self.is_word(end - of.len(), end))
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
            let is_text = matches!(of_text.as_str(), "》" | "公约" | "组织法" | "宪章" | "附件")
                || named.ends_with(['号', '该', '项', '些', '会', '述', '条']);
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

    /// 上述 before the name, with where it begins.
    fn direction_before(&self, at: usize) -> Option<(Direction, usize)> {
        let before = self.text[..at].trim_end_matches([' ', '"', '“', '”', '「', '的']);
        let ends = |words: &[String]| {
            words
                .iter()
                .find(|word| word.chars().all(is_han) && before.ends_with(word.as_str()))
                .map(|word| before.len() - word.len())
        };
        let above = ends(&self.words.above).map(|at| (Direction::Above, at));
        above.or_else(|| ends(&self.words.below).map(|at| (Direction::Below, at)))
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
    fn word(&self, at: usize, words: &[String], han: bool) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let fits = |word: &&String| {
            rest.starts_with(word.as_str()) && (self.is_word(at, at + word.len()) || (han && word.chars().all(is_han)))
        };
        // Longer words stand first.
        words.iter().find(fits).map(|word| at + word.len())
    }

    /// Whether no letter touches either end; between Chinese characters there is no such thing.
    fn is_word(&self, start: usize, end: usize) -> bool {
        let joins = |c: char| c.is_alphabetic() && !is_han(c);
        let (before, inner, after) = (&self.text[..start], &self.text[start..end], &self.text[end..]);
        let front = !inner.starts_with(joins) || !before.ends_with(joins);
        let back = !inner.ends_with(joins) || !after.starts_with(joins);
        front && back
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

fn is_han(c: char) -> bool {
    matches!(c, '一'..='鿿' | '㐀'..='䶿' | '〇')
}
