//! Articles, numbers and paragraphs of treaties and outcome documents: “Article 11 of the Constitution”, “No. 81 of the
//! Convention”, “paragraph 35 of the Tunis Agenda”, 《公约》第81款. They are followed and shown, and never judged: what they
//! name is no resolution.
//!
//! Only what the text names is read: a treaty by its name in `data/treaties.json`, or by a short name such as “the
//! Convention” where the house, or the same resolution, says which one that is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use schemars::JsonSchema;
use serde::Deserialize;

use super::data::Words as Listed;
use super::identity::Identity;
use super::phrase::{is_arabic, is_han, is_letter};
use super::recognised::Recognised;
use super::token::{Kind, Number, word};
use super::words::Words;
use crate::syntax::{Language, Paragraph, ParagraphIndex, ParagraphKind, Remembered, Side, TextRange, fold};

/// How many characters of a list of numbers, and tokens of a Chinese phrase, are looked at.
const REACH: usize = 60;

/// What a provision is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProvisionUnit {
    /// “No. 81”, 第81款: how ITU counts in its Constitution, Convention and regulations.
    Number,
    /// “Article 11”
    Article,
    /// “paragraph 35”
    Paragraph,
    /// “Chapter VII”
    Chapter,
    /// “section II”
    Section,
    /// “Annex 1”
    Annex,
    /// “principle 7”
    Principle,
}

/// What kind of text a treaty or outcome document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TreatyKind {
    /// A treaty, charter or constitution, or regulations with the force of one.
    Treaty,
    /// What a conference or summit has adopted: a declaration, an agenda, a plan of action.
    Outcome,
}

/// A treaty or outcome document.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Treaty {
    /// Its id, a short English name: `ITU Convention`, `Tunis Agenda`.
    pub id: String,
    /// What it is.
    pub kind: TreatyKind,
    /// The drafting profiles of the houses in which its short name means it: “the Convention” in texts of ITU.
    #[serde(default)]
    pub profiles: Vec<String>,
    /// The id of the resolution that holds it, where there is one.
    #[serde(default)]
    pub resolution: Option<String>,
    /// Its names, in the case that follows “Article 1 of”; the first of each language is its full one.
    pub names: Listed,
    /// Acronyms.
    #[serde(default)]
    pub acronyms: Vec<String>,
    /// Short names that it shares with others: “Convention”.
    #[serde(default)]
    pub generic: Listed,
}

/// `data/treaties.json`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Treaties {
    #[serde(rename = "$schema")]
    #[allow(dead_code)]
    schema: Option<String>,
    /// Where the names come from.
    #[allow(dead_code)]
    source: String,
    /// What provisions are called.
    units: BTreeMap<ProvisionUnit, Listed>,
    /// “of the”, between a provision and the name of its treaty.
    of: Listed,
    /// Words behind a short name that make it another treaty's: “the Convention on …”.
    name_goes_on: Listed,
    /// The treaties and outcome documents.
    treaties: Vec<Treaty>,
}

/// Words that name provisions of a treaty or outcome document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// The paragraph that it stands in.
    pub paragraph: ParagraphIndex,
    /// The reading in which it was read. One that is the same in both is listed once, as [`Side::Amended`], with
    /// `in_both` set.
    pub side: Side,
    /// Whether the other reading has the very same words at the same place.
    pub in_both: bool,
    /// From its first word to its last, in the source, the name of the treaty included.
    pub range: TextRange,
    /// Its words in this reading.
    pub text: Arc<str>,
    /// The id of the treaty, as in [`treaty`].
    pub treaty: &'static str,
    /// Where in the source the treaty is named.
    pub treaty_range: TextRange,
    /// What is named of it, in the order of the text: “Article 6, paragraph 4” is two.
    pub parts: Arc<[ProvisionPart]>,
}

/// One part of a provision: “Articles 4 and 5”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvisionPart {
    /// What it is called.
    pub unit: ProvisionUnit,
    /// Its numbers as written, a range as one: `4`, `29-82`, `2(1)`, `VII`.
    pub numbers: Vec<String>,
}

/// The treaties and outcome documents that are known.
pub fn treaties() -> &'static [Treaty] {
    &data().treaties
}

/// A treaty by its id.
pub fn treaty(id: &str) -> Option<&'static Treaty> {
    treaties().iter().find(|treaty| treaty.id == id)
}

/// The full name of a treaty in a language, in English where the data has none.
pub fn treaty_name(id: &str, language: Language) -> Option<&'static str> {
    let names = &treaty(id)?.names;
    names.get(&language).or_else(|| names.get(&Language::En))?.first().map(String::as_str)
}

fn data() -> &'static Treaties {
    static DATA: LazyLock<Treaties> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../data/treaties.json"))
            .expect("the bundled data is read by the tests and cannot change afterwards")
    });
    &DATA
}

/// The names of treaties.
struct Names {
    strings: Vec<String>,
    /// For each name the treaties that it may mean, and whether it is a short one.
    meant: Vec<(Vec<usize>, bool)>,
    units: HashMap<String, ProvisionUnit>,
    /// 款, 条
    han_units: Vec<(String, ProvisionUnit)>,
    of: BTreeSet<String>,
    goes_on: BTreeSet<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let data = data();
    let mut names: BTreeMap<String, (Vec<usize>, bool)> = BTreeMap::new();
    for (index, treaty) in data.treaties.iter().enumerate() {
        for name in treaty.names.values().flatten().chain(&treaty.acronyms) {
            names.insert(fold(name), (vec![index], false));
        }
    }
    for (index, treaty) in data.treaties.iter().enumerate() {
        for name in treaty.generic.values().flatten() {
            let entry = names.entry(fold(name)).or_insert((Vec::new(), true));
            if entry.1 && !entry.0.contains(&index) {
                entry.0.push(index);
            }
        }
    }
    let mut units = HashMap::new();
    let mut han_units = Vec::new();
    for (unit, words) in &data.units {
        for word in words.values().flatten().map(|word| fold(word)) {
            if word.starts_with(is_han) {
                han_units.push((word, *unit));
            } else {
                // A full stop is a token of its own.
                units.insert(word.trim_end_matches('.').to_owned(), *unit);
            }
        }
    }
    let (strings, meant) = names.into_iter().unzip();
    Names {
        strings,
        meant,
        units,
        han_units,
        of: data.of.values().flatten().map(|of| fold(of)).collect(),
        goes_on: data.name_goes_on.values().flatten().map(|word| fold(word)).collect(),
    }
});

/// The names of treaties.
pub(super) fn strings() -> impl Iterator<Item = &'static str> {
    NAMES.strings.iter().map(String::as_str)
}

/// A name in a text: where it stands, in the folded text, and what it may mean.
#[derive(Debug, Clone, Copy)]
struct Name {
    start: usize,
    end: usize,
    meant: usize,
}

/// The treaties that one reading of a paragraph names, and what of them.
#[derive(Debug)]
pub(super) struct TreatyWords {
    /// For each name what it may mean, and whether the words around it make a short one another treaty's.
    names: Vec<(usize, bool)>,
    /// What is named of a treaty that is named behind it, in order.
    before: Vec<Read>,
    /// What is named of a treaty that is named before it, in order.
    behind: Vec<Read>,
}

/// What was read; whether its treaty is meant is for the document to say.
#[derive(Debug)]
struct Read {
    /// The token that it begins at and the one behind the name.
    first: usize,
    next: usize,
    /// Which of the names.
    name: usize,
    /// In the view.
    place: TextRange,
    name_place: TextRange,
    text: Arc<str>,
    parts: Arc<[ProvisionPart]>,
}

fn may_cite(kind: ParagraphKind) -> bool {
    use ParagraphKind::{Clause, Footnote, Reasons, Text};
    matches!(kind, Clause | Text | Reasons | Footnote)
}

/// Whether one reading of a paragraph of this kind may name treaties.
pub(super) fn may_name(kind: ParagraphKind, words: &Words<'_>) -> bool {
    may_cite(kind) && words.hits.iter().any(|hit| hit.meaning.treaty().is_some())
}

/// What one reading of a paragraph names; `None` where that is no treaty.
pub(super) fn recognise(words: &Words<'_>) -> Option<Box<TreatyWords>> {
    let names = names_in(words);
    if names.is_empty() {
        return None;
    }
    let reader = Reader { words, names: &names };
    let (before, behind) = reader.all();
    let names = names.iter().map(|name| {
        let short = NAMES.meant.get(name.meant).is_some_and(|(_, short)| *short);
        (name.meant, short && is_of_another(words, name))
    });
    Some(Box::new(TreatyWords { names: names.collect(), before, behind }))
}

/// The names of treaties in a text, of those that begin at one place the longest.
fn names_in(words: &Words<'_>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for hit in &words.hits {
        let Some(meant) = hit.meaning.treaty() else { continue };
        let name = Name { start: hit.start as usize, end: hit.end as usize, meant: usize::from(meant) };
        match names.last_mut() {
            Some(last) if last.start == name.start => *last = name,
            Some(last) if name.start < last.end => {}
            _ => names.push(name),
        }
    }
    names
}

/// The provisions that a document names, in text order.
pub(super) fn read(
    paragraphs: &[(ParagraphIndex, &Paragraph, Remembered<'_, Recognised>)],
    identities: &[Identity],
) -> Vec<Provision> {
    let mut found = Vec::new();
    // The treaties that a resolution has named in full so far, and the short names that it gives to others as well.
    let mut named: BTreeSet<usize> = BTreeSet::new();
    let mut shared: BTreeSet<usize> = BTreeSet::new();
    let mut resolution = None;
    for (index, paragraph, recognised) in paragraphs {
        if resolution.replace(paragraph.resolution) != Some(paragraph.resolution) {
            named.clear();
            shared.clear();
        }
        let first = found.len();
        for &side in recognised.sides() {
            let Some(words) = recognised.reading(side).treaties.as_deref() else { continue };
            for (meant, of_another) in &words.names {
                match NAMES.meant.get(*meant) {
                    Some((treaties, false)) => named.extend(treaties),
                    Some(_) if *of_another => {
                        shared.insert(*meant);
                    }
                    _ => {}
                }
            }
            let profile = identities.get(paragraph.resolution.index()).and_then(|identity| identity.profile.as_deref());
            let context = Context { named: &named, shared: &shared, profile };
            for (read, treaty) in context.chosen(words) {
                let Some(provision) = place(paragraph, *index, side, read, treaty) else { continue };
                let twin = found[first..].iter_mut().take(REACH).find(|other: &&mut Provision| {
                    (other.range, &other.treaty, &other.parts) == (provision.range, &provision.treaty, &provision.parts)
                });
                match twin.filter(|twin| twin.side != side) {
                    Some(twin) => twin.in_both = true,
                    None => found.push(Provision { in_both: !recognised.tracked, ..provision }),
                }
            }
        }
        found[first..].sort_by_key(|provision| (provision.range.start(), std::cmp::Reverse(provision.side)));
    }
    found
}

fn place(
    paragraph: &Paragraph,
    index: ParagraphIndex,
    side: Side,
    read: &Read,
    treaty: &'static Treaty,
) -> Option<Provision> {
    let view = &paragraph.views[side];
    Some(Provision {
        paragraph: index,
        side,
        in_both: false,
        range: view.to_source(read.place)?,
        text: Arc::clone(&read.text),
        treaty: &treaty.id,
        treaty_range: view.to_source(read.name_place)?,
        parts: Arc::clone(&read.parts),
    })
}

/// What the document says of treaties up to a paragraph.
struct Context<'a> {
    named: &'a BTreeSet<usize>,
    shared: &'a BTreeSet<usize>,
    profile: Option<&'a str>,
}

impl Context<'_> {
    /// What is read, with its treaty. What no treaty is meant by takes no words from what follows.
    fn chosen<'w>(&self, words: &'w TreatyWords) -> Vec<(&'w Read, &'static Treaty)> {
        let meant: Vec<Option<&'static Treaty>> =
            words.names.iter().map(|&(meant, of_another)| treaties().get(self.meant(meant, of_another)?)).collect();
        let treaty = |read: &Read| meant.get(read.name).copied().flatten();
        let mut chosen = Vec::new();
        let mut taken = BTreeSet::new();
        let mut at = 0;
        for read in &words.before {
            if let Some(treaty) = treaty(read).filter(|_| read.first >= at) {
                chosen.push((read, treaty));
                taken.insert(read.name);
                at = read.next.max(read.first + 1);
            }
        }
        for read in words.behind.iter().filter(|read| !taken.contains(&read.name)) {
            chosen.extend(treaty(read).map(|treaty| (read, treaty)));
        }
        chosen
    }

    /// The treaty that a name means here; `None` where a short name may mean several.
    fn meant(&self, name: usize, of_another: bool) -> Option<usize> {
        let (meant, short) = NAMES.meant.get(name)?;
        if !short {
            return meant.first().copied();
        }
        if of_another {
            return None;
        }
        let mut of_text = meant.iter().copied().filter(|index| self.named.contains(index));
        let of_house = meant.iter().copied().find(|&index| {
            let profiles = treaties().get(index).map(|treaty| treaty.profiles.as_slice()).unwrap_or_default();
            self.profile.is_some_and(|profile| profiles.iter().any(|own| own == profile))
        });
        match (of_text.next(), of_text.next(), of_house) {
            (Some(one), None, None) if !self.shared.contains(&name) => Some(one),
            (Some(one), None, Some(house)) if one == house => Some(one),
            (None, _, Some(house)) => Some(house),
            _ => None,
        }
    }
}

struct Reader<'a> {
    words: &'a Words<'a>,
    names: &'a [Name],
}

impl Reader<'_> {
    /// Every provision before a name, and every one behind one.
    fn all(&self) -> (Vec<Read>, Vec<Read>) {
        // “Article 11 of the Constitution”
        let tokens = 0..self.words.tokens.len();
        let before = tokens.filter_map(|at| self.unit(at).and_then(|_| self.before_name(at)));
        // “Tunis Agenda, paragraph 35”, 《公约》第81款
        let behind = (0..self.names.len()).filter_map(|name| self.behind_name(name));
        (before.collect(), behind.collect())
    }

    /// What was read from `start` to `end` of the folded text, from one token to another.
    fn made(&self, tokens: (usize, usize), start: usize, end: usize, name: usize, parts: Vec<ProvisionPart>) -> Read {
        let words = self.words;
        let (from, to) = self.names.get(name).map_or((start, start), |name| (name.start, name.end));
        Read {
            first: tokens.0,
            next: tokens.1,
            name,
            place: words.place(start as u32, end as u32),
            name_place: words.place(from as u32, to as u32),
            text: words.original(start as u32, end as u32).into(),
            parts: parts.into(),
        }
    }

    fn text(&self) -> &str {
        &self.words.folded.text
    }

    /// The unit that a token names.
    fn unit(&self, at: usize) -> Option<ProvisionUnit> {
        let token = self.words.at(at)?;
        let text = self.words.folded(token).trim_end_matches('.');
        // والمادة, بالمادة
        let joined = || NAMES.units.get(text.strip_prefix(['و', 'ف', 'ب', 'ك'])?);
        NAMES.units.get(text).or_else(joined).copied()
    }

    /// Where the word for a unit begins: an Arabic article belongs to it, a particle does not.
    fn start(&self, at: usize) -> Option<usize> {
        let token = self.words.at(at)?;
        let (start, text) = (token.start as usize, self.words.folded(token));
        let article = self.text().get(..start)?.ends_with("ال");
        let particle = text.starts_with(is_arabic) && !NAMES.units.contains_key(text);
        Some(match (article, particle, text.chars().next()) {
            (true, ..) => start - "ال".len(),
            (_, true, Some(particle)) => start + particle.len_utf8(),
            _ => start,
        })
    }

    /// The token behind the unit at `at`, its full stop included.
    fn behind_unit(&self, at: usize) -> usize {
        let stop = self.words.is_mark(at + 1, '.');
        at + 1 + usize::from(stop)
    }

    /// A provision whose treaty is named behind it.
    fn before_name(&self, at: usize) -> Option<Read> {
        let start = self.start(at)?;
        let mut parts = Vec::new();
        let mut next = at;
        loop {
            let unit = self.unit(next)?;
            let (numbers, behind) = self.numbers(self.behind_unit(next))?;
            parts.push(ProvisionPart { unit, numbers });
            next = behind;
            let end = self.words.at(next.checked_sub(1)?)?.end as usize;
            if let Some((index, name)) = self.name_behind(end) {
                let next =
                    next + self.words.tokens.get(next..)?.partition_point(|token| (token.start as usize) < name.end);
                return Some(self.made((at, next), start, name.end, index, parts));
            }
            if parts.len() > 4 {
                return None;
            }
            // “Article 6, paragraph 4”, “paragraph 2 of Article 3”
            let joins = |index: usize| {
                self.words.is_mark(index, ',')
                    || self.words.is(index, word::JOINER | word::CONNECTIVE | word::DATE_LEAD | word::RANGE_LEAD)
            };
            let from = next;
            while next < from + 3 && self.unit(next).is_none() && joins(next) {
                next += 1;
            }
        }
    }

    /// The name of a treaty that nothing but “of the” separates from a place.
    fn name_behind(&self, end: usize) -> Option<(usize, &Name)> {
        let index = self.names.partition_point(|name| name.start < end);
        let name = self.names.get(index)?;
        let between = self.text().get(end..name.start)?;
        if between.len() > REACH {
            return None;
        }
        let between = between.trim().trim_start_matches(',').trim_end_matches(['《', '«', '“', '"']).trim();
        (between.is_empty() || NAMES.of.contains(between)).then_some((index, name))
    }

    /// A provision behind the name of its treaty.
    fn behind_name(&self, index: usize) -> Option<Read> {
        let name = self.names.get(index)?;
        let first = self.words.tokens.partition_point(|token| (token.start as usize) < name.end);
        let han = self.text().get(name.start..name.end)?.chars().any(is_han);
        let (parts, end) = if han { self.han_parts(first)? } else { self.parts_behind(first)? };
        Some(self.made((first, first), name.start, end, index, parts))
    }

    /// “, paragraph 35” behind a name, and where it ends; not so “the Constitution, paragraph 5 of Resolution 140”.
    fn parts_behind(&self, at: usize) -> Option<(Vec<ProvisionPart>, usize)> {
        let mut next = at + usize::from(self.words.is_mark(at, ',') || self.words.is_mark(at, '('));
        let mut parts = Vec::new();
        while let Some(unit) = self.unit(next) {
            let Some((numbers, behind)) = self.numbers(self.behind_unit(next)) else { break };
            parts.push(ProvisionPart { unit, numbers });
            next = behind;
            if self.words.is_mark(next, ',') && self.unit(next + 1).is_some() {
                next += 1;
            } else {
                break;
            }
        }
        let end = self.words.at(next.checked_sub(1)?)?.end as usize;
        let rest = self.text().get(end..)?.trim_start().trim_start_matches(',').trim_start();
        let word = rest.split(|c: char| !is_letter(c)).next().unwrap_or_default();
        let of = !word.is_empty() && (NAMES.of.contains(word) || word.starts_with("ال"));
        (!parts.is_empty() && !of).then_some((parts, end))
    }

    /// 第81款, （WSIS相关会议成果）有关……的第29-82段 behind a name, and where it ends.
    fn han_parts(&self, at: usize) -> Option<(Vec<ProvisionPart>, usize)> {
        let words = self.words;
        let mut next = at;
        next += usize::from(words.is_mark(next, '》'));
        if words.is_mark(next, '(') {
            next = 1 + (next..next + REACH).find(|&index| words.is_mark(index, ')'))?;
        }
        if !words.is(next, word::ORDINAL) {
            // 有关……的第29段, 中的第29段
            let behind = (next..next + REACH)
                .take_while(|&index| {
                    words.at(index).is_some_and(|token| !matches!(token.kind, Kind::Mark(',' | ';' | '。' | '《')))
                })
                .find(|&index| words.is(index, word::ORDINAL))?;
            let before = words.at(behind.checked_sub(1)?)?;
            let first = words.at(next)?;
            let leads = first.is(word::OBJECT_OF) || words.folded(first).starts_with(['的', '中']);
            if !leads || !words.folded(before).ends_with(['的', '中']) {
                return None;
            }
            next = behind;
        }
        let mut parts: Vec<ProvisionPart> = Vec::new();
        let mut end = 0;
        while words.is(next, word::ORDINAL) && parts.len() < 8 {
            let Some((numbers, behind)) = self.numbers(next + 1) else { break };
            let Some(token) = words.at(behind) else { break };
            let text = words.folded(token);
            let Some((name, unit)) = NAMES.han_units.iter().find(|(unit, _)| text.starts_with(unit.as_str())) else {
                break;
            };
            // 第33条第2款 is a paragraph of an article, 《公约》第81款 a number of the Convention.
            let of_article = parts.last().is_some_and(|part| part.unit == ProvisionUnit::Article);
            let unit = if *unit == ProvisionUnit::Number && of_article { &ProvisionUnit::Paragraph } else { unit };
            match parts.last_mut().filter(|last| last.unit == *unit) {
                Some(last) => last.numbers.extend(numbers),
                None => parts.push(ProvisionPart { unit: *unit, numbers }),
            }
            // 段所述 is one token.
            end = token.start as usize + name.len();
            next = behind + 1;
            // 第6条和第7条, 第4条第2款
            if !words.is(next, word::ORDINAL) && is_joiner(words, next) {
                next += 1;
            }
        }
        (!parts.is_empty()).then_some((parts, end))
    }

    /// Numbers from a token on, `4, 5 and 6`, `29 to 82`, `2 (1)`, `VII`, and the token behind them.
    fn numbers(&self, at: usize) -> Option<(Vec<String>, usize)> {
        let words = self.words;
        let mut numbers: Vec<String> = Vec::new();
        let mut next = at;
        loop {
            let ordinal = next > at && words.is(next, word::ORDINAL);
            let Some((number, behind)) = self.number(next + usize::from(ordinal)) else { break };
            numbers.push(number);
            next = behind;
            if numbers.len() > 32 {
                break;
            }
            let through = super::range::through(words, next);
            if through && let Some((last, behind)) = self.number(next + 1) {
                let first = numbers.pop().unwrap_or_default();
                numbers.push(format!("{first}-{last}"));
                next = behind;
            }
            let mut following = next;
            while following < next + 2 && is_joiner(words, following) {
                following += 1;
            }
            if following == next || self.number(following).is_none() {
                break;
            }
            next = following;
        }
        (!numbers.is_empty()).then_some((numbers, next))
    }

    fn number(&self, at: usize) -> Option<(String, usize)> {
        let words = self.words;
        let token = words.at(at)?;
        let text = words.original(token.start, token.end);
        let mut number = match token.kind {
            Kind::Number(Number::Plain(value)) => value.to_string(),
            Kind::Number(Number::Revised) | Kind::Range(Number::Plain(_)) => words.folded(token).to_owned(),
            // `5.441B` of the Radio Regulations
            Kind::Word if text.starts_with(|c: char| c.is_ascii_digit()) && text.len() < 12 => text.to_owned(),
            // VII, but not “the”
            Kind::Word | Kind::Known(_)
                if !text.is_empty()
                    && text.len() < 8
                    && text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L')) =>
            {
                text.to_owned()
            }
            _ => return None,
        };
        let mut next = at + 1;
        if let Some(bis) = words.at(next).map(|token| words.folded(token))
            && matches!(bis, "bis" | "ter" | "quater")
        {
            number.push_str(bis);
            next += 1;
        }
        // `2 (1) (a)`
        for _ in 0..3 {
            let inner = words.at(next + 1).map(|token| words.folded(token)).unwrap_or_default();
            let label = (1..=4).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_alphanumeric());
            if !(words.is_mark(next, '(') && label && words.is_mark(next + 2, ')')) {
                break;
            }
            number.push_str(&format!("({inner})"));
            next += 3;
        }
        Some((number, next))
    }
}

/// Whether a short name is a part of the name of another treaty, “the Convention on …”, “the Vienna Convention”, or only
/// a common word, “a convention”.
fn is_of_another(words: &Words<'_>, name: &Name) -> bool {
    let text = words.source;
    let (start, end) = (words.folded.origin(name.start), words.folded.origin(name.end));
    let (Some(before), Some(own), Some(behind)) = (text.get(..start), text.get(start..end), text.get(end..)) else {
        return true;
    };
    let next = behind.trim_start().split(|c: char| !is_letter(c)).next().map(fold).unwrap_or_default();
    let goes_on = behind.starts_with(' ') && NAMES.goes_on.contains(&next);
    let previous = before.trim_end().rsplit(|c: char| !is_letter(c)).next().unwrap_or_default();
    let is_capital = |text: &str| text.starts_with(char::is_uppercase);
    goes_on || is_capital(previous) || own.starts_with(char::is_lowercase)
}

fn is_joiner(words: &Words<'_>, at: usize) -> bool {
    words.is(at, word::JOINER) || words.at(at).is_some_and(|token| matches!(token.kind, Kind::Mark(',' | '、' | 'و')))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::syntax::{lower, parse};

    /// One line for each provision: its words, the treaty and what is named of it.
    #[track_caller]
    fn check(text: &str, expected: Expect) {
        let document = lower(text, &parse(text));
        let mut lines = String::new();
        for provision in crate::citation::read(&document).provisions {
            let parts: Vec<String> =
                provision.parts.iter().map(|part| format!("{:?} {}", part.unit, part.numbers.join(", "))).collect();
            let side = match (provision.in_both, provision.side) {
                (true, _) => "",
                (false, Side::Amended) => " [amended]",
                (false, Side::InForce) => " [in force]",
            };
            assert!(provision.range.contains_range(provision.treaty_range));
            lines.push_str(&format!("{} → {}: {}{side}\n", provision.text, provision.treaty, parts.join("; ")));
        }
        expected.assert_eq(&lines);
    }

    const PP: &str = "---\nbody: PP\n---\n\n";

    #[test]
    fn the_data_agrees_with_itself() {
        let mut ids = BTreeSet::new();
        for treaty in treaties() {
            assert!(ids.insert(&treaty.id), "{} stands twice", treaty.id);
            for language in Language::ALL {
                assert!(treaty.names.contains_key(&language), "{} {language:?}", treaty.id);
            }
            if let Some(id) = &treaty.resolution {
                assert!(id.parse::<crate::citation::ResolutionId>().is_ok(), "{id}");
            }
        }
    }

    #[test]
    fn the_schema_is_up_to_date() {
        let mut schema = serde_json::to_string_pretty(&schemars::schema_for!(Treaties)).unwrap_or_default();
        schema.push('\n');
        let path = format!("{}/data/schema/treaties.schema.json", env!("CARGO_MANIFEST_DIR"));
        expect_test::ExpectFile { path: path.clone().into(), position: path.leak() }.assert_eq(&schema);
    }

    #[test]
    fn provisions_of_treaties() {
        check(
            "Article 6, paragraph 4, of the Paris Agreement, Articles 4, 5 and 6 of the Charter of the United Nations, paragraph 2 of Article 33 of the UN Charter, Chapter VII of the Charter of the United Nations and No. 5.441B of the Radio Regulations;",
            expect![[r#"
                Article 6, paragraph 4, of the Paris Agreement → Paris Agreement: Article 6; Paragraph 4
                Articles 4, 5 and 6 of the Charter of the United Nations → UN Charter: Article 4, 5, 6
                paragraph 2 of Article 33 of the UN Charter → UN Charter: Paragraph 2; Article 33
                Chapter VII of the Charter of the United Nations → UN Charter: Chapter VII
                No. 5.441B of the Radio Regulations → Radio Regulations: Number 5.441B
            "#]],
        );
        check(
            "l’article 6 de l’Accord de Paris, les articles 4 et 5 de la Charte des Nations Unies et le numéro 81 de la Convention de l’UIT;",
            expect![[r#"
                article 6 de l’Accord de Paris → Paris Agreement: Article 6
                articles 4 et 5 de la Charte des Nations Unies → UN Charter: Article 4, 5
                numéro 81 de la Convention de l’UIT → ITU Convention: Number 81
            "#]],
        );
        check(
            "el artículo 6 del Acuerdo de París, los artículos 4 y 5 de la Carta de las Naciones Unidas y el número 81 del Convenio de la UIT;",
            expect![[r#"
                artículo 6 del Acuerdo de París → Paris Agreement: Article 6
                artículos 4 y 5 de la Carta de las Naciones Unidas → UN Charter: Article 4, 5
                número 81 del Convenio de la UIT → ITU Convention: Number 81
            "#]],
        );
        check(
            "статьей 6 Парижского соглашения, пункт 2 статьи 33 Устава Организации Объединенных Наций и п. 81 Конвенции МСЭ;",
            expect![[r#"
                статьей 6 Парижского соглашения → Paris Agreement: Article 6
                пункт 2 статьи 33 Устава Организации Объединенных Наций → UN Charter: Paragraph 2; Article 33
                п. 81 Конвенции МСЭ → ITU Convention: Number 81
            "#]],
        );
        check(
            "《巴黎协定》第6条、《联合国宪章》第33条第2款、国际电联《公约》第81款和《国际电信规则》第6条和第7条；",
            expect![[r#"
                《巴黎协定》第6条 → Paris Agreement: Article 6
                《联合国宪章》第33条第2款 → UN Charter: Article 33; Paragraph 2
                国际电联《公约》第81款 → ITU Convention: Number 81
                《国际电信规则》第6条和第7条 → International Telecommunication Regulations: Article 6, 7
            "#]],
        );
        check(
            "المادة 6 من اتفاق باريس والمواد 4 و5 من ميثاق الأمم المتحدة والرقم 81 من اتفاقية الاتحاد؛",
            expect![[r#"
                المادة 6 من اتفاق باريس → Paris Agreement: Article 6
                المواد 4 و5 من ميثاق الأمم المتحدة → UN Charter: Article 4, 5
                الرقم 81 من اتفاقية الاتحاد → ITU Convention: Number 81
            "#]],
        );
    }

    #[test]
    fn provisions_of_outcome_documents() {
        check(
            "paragraph 35 of the Tunis Agenda, paragraphs 29 to 82 of the Tunis Agenda for the Information Society, § 119 of the Tunis Agenda and (Tunis Agenda, paragraphs 35 and 37);",
            expect![[r#"
                paragraph 35 of the Tunis Agenda → Tunis Agenda: Paragraph 35
                paragraphs 29 to 82 of the Tunis Agenda for the Information Society → Tunis Agenda: Paragraph 29-82
                § 119 of the Tunis Agenda → Tunis Agenda: Paragraph 119
                Tunis Agenda, paragraphs 35 and 37 → Tunis Agenda: Paragraph 35, 37
            "#]],
        );
        check(
            "《突尼斯议程》有关互联网管理的第29-82段、《突尼斯议程》第35段所述；пункт 35 Тунисской программы; الفقرة 35 من برنامج عمل تونس؛",
            expect![[r#"
                《突尼斯议程》有关互联网管理的第29-82段 → Tunis Agenda: Paragraph 29-82
                《突尼斯议程》第35段 → Tunis Agenda: Paragraph 35
                пункт 35 Тунисской программы → Tunis Agenda: Paragraph 35
                الفقرة 35 من برنامج عمل تونس → Tunis Agenda: Paragraph 35
            "#]],
        );
    }

    #[test]
    fn a_short_name_means_the_treaty_of_the_house_or_the_one_named_before() {
        check(
            &format!(
                "{PP}No. 81 of the Convention, Nos. 54 and 55 of the Constitution, 《公约》第81款和《组织法》第11条, numéro 81 de la Convention, п. 81 Конвенции"
            ),
            expect![[r#"
                No. 81 of the Convention → ITU Convention: Number 81
                Nos. 54 and 55 of the Constitution → ITU Constitution: Number 54, 55
                《公约》第81款 → ITU Convention: Number 81
                《组织法》第11条 → ITU Constitution: Article 11
                numéro 81 de la Convention → ITU Convention: Number 81
                п. 81 Конвенции → ITU Convention: Number 81
            "#]],
        );
        check(
            "The Convention on the Rights of the Child, and Article 12 of the Convention,",
            expect![[r#"
            Article 12 of the Convention → Convention on the Rights of the Child: Article 12
        "#]],
        );
        check("Article 12 of the Convention", expect![[""]]);
        check(
            "The Convention on the Rights of the Child, the Convention on Cluster Munitions and Article 12 of the Convention,",
            expect![[""]],
        );
        check(
            &format!("{PP}The Convention on the Rights of the Child, and Article 12 of the Convention,"),
            expect![[""]],
        );
    }

    #[test]
    fn what_is_no_provision() {
        check(
            &format!(
                "{PP}Article 5 of Resolution 140, the Constitution, paragraph 5 of Resolution 140, Article 5 of the Convention on Cluster Munitions, resolves 2, Article 3 of the Vienna Convention, 《某公约》第4条, article 5 of the convention"
            ),
            expect![[""]],
        );
    }

    #[test]
    fn in_each_reading() {
        check(
            "Article {~~5~>6~~} of the Paris Agreement, and {++also++} Article 7 of the Paris Agreement",
            expect![[r#"
                Article 6 of the Paris Agreement → Paris Agreement: Article 6 [amended]
                Article 5 of the Paris Agreement → Paris Agreement: Article 5 [in force]
                Article 7 of the Paris Agreement → Paris Agreement: Article 7
            "#]],
        );
    }
}
