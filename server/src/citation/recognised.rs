//! What the words of one paragraph cite and name, as far as these words alone say: what is made once for each paragraph,
//! whatever stands around it, and holds as long as its words do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::decide::{Chances, Decision, named_in_clause};
use super::history::{History, Recalling};
use super::identity::{self, EnactingWords};
use super::parenthesis::Parenthesis;
use super::provision::{self, TreatyWords};
use super::recognise::Cited;
use super::shape::{self, Found};
use super::short::{self, ShortForm};
use super::stranger::{Stranger, stranger};
use super::token::{self, BodySet, Number};
use super::words::Words;
use crate::syntax::{
    Document, Language, MarkKind, Paragraph, ParagraphIndex, ParagraphKind, Remembered, Side, Sides, TextRange,
    TextSize,
};

/// What the words of a paragraph say.
#[derive(Debug, Default)]
pub(super) struct Recognised {
    /// What is cited: by the reading as amended, then by the one as in force. What both have at the same place is listed
    /// once.
    pub drafts: Vec<Draft>,
    /// The readings; of an untracked paragraph only that as amended.
    readings: Sides<Reading>,
    /// Whether the two readings differ.
    pub tracked: bool,
    /// Whether there is a pin in it.
    pub pinned: bool,
    /// Whether it is nothing but one citation, as a title is that no mark makes one.
    pub lone: bool,
    /// Whether it begins with a number that names its session, as a title without marks may.
    pub numbered: bool,
    enacting: Sides<OnceLock<Option<EnactingWords>>>,
    /// The first words of a resolution that begins with this paragraph, and their language.
    language: Mutex<Option<(String, Option<Language>)>>,
}

/// What is said in one reading.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Whether it recalls.
    pub recalling: Recalling,
    /// What its words of history say, all together.
    pub says: u16,
    /// Short forms without a number.
    pub short: Vec<ShortForm>,
    /// The treaties that it names.
    pub treaties: Option<Box<TreatyWords>>,
    /// The tokens that are semicolons.
    semicolons: Vec<u32>,
}

/// A citation as it was found, before its body is known.
#[derive(Debug)]
pub(super) struct Draft {
    pub side: Side,
    pub in_both: bool,
    pub found: Found,
    /// Its words.
    pub text: String,
    /// Where it stands in the view.
    pub place: TextRange,
    pub number: TextRange,
    pub version: Option<VersionPlace>,
    pub title: Option<(Arc<str>, TextRange)>,
    pub date: Option<TextRange>,
    pub chances: Chances,
    /// Whether an organ that the data does not know is named beside it.
    pub stranger: Stranger,
    /// The bodies named before it in its clause.
    pub before: Vec<BodySet>,
    /// Whether “the said” stands before it, or “mentioned above” behind it.
    pub said: bool,
    /// Where in the folded text the citation behind it begins.
    next: Option<u32>,
    /// Whether the words around it tell what it did; known once it was asked.
    tells: OnceLock<bool>,
    cited: Mutex<Option<(Outcome, Arc<Cited>)>>,
}

/// What the document decides of a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    pub decision: Option<Decision>,
    /// Whether an organ that is not known is named beside it.
    pub strange: bool,
}

/// Where in a view the words of a version stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct VersionPlace {
    pub range: TextRange,
    pub year: Option<TextRange>,
    pub place: Option<TextRange>,
}

impl VersionPlace {
    pub fn of(words: &Words<'_>, version: &Parenthesis) -> VersionPlace {
        VersionPlace {
            range: words.place(version.start, version.end),
            year: version.year.map(|(_, start, end)| words.place(start, end)),
            place: version.place.map(|(_, start, end)| words.place(start, end)),
        }
    }
}

impl Recognised {
    /// What is said in a reading.
    pub fn reading(&self, side: Side) -> &Reading {
        &self.readings[if self.tracked { side } else { Side::Amended }]
    }

    /// The readings that differ.
    pub fn sides(&self) -> &'static [Side] {
        sides(self.tracked)
    }

    /// Whether a semicolon stands between two tokens of a reading; `None` where the second stands before the first.
    pub fn is_parted(&self, side: Side, from: usize, to: usize) -> Option<bool> {
        let semicolons = &self.reading(side).semicolons;
        let first = semicolons.partition_point(|&at| (at as usize) < from);
        (from <= to).then(|| semicolons.get(first).is_some_and(|&at| (at as usize) < to))
    }

    /// Whether the words around a citation of this paragraph tell what it did.
    pub fn tells(&self, paragraph: &Paragraph, draft: &Draft) -> bool {
        if draft.tells.get().is_none() {
            let words = Words::new(&paragraph.views[draft.side].text);
            self.tell(draft.side, &words);
        }
        draft.tells.get().copied().unwrap_or_default()
    }

    fn tell(&self, side: Side, words: &Words<'_>) {
        let history = History::new(words);
        for draft in self.drafts.iter().filter(|draft| draft.side == side) {
            draft.tells.get_or_init(|| history.tells(&draft.found, draft.next));
        }
    }

    /// The language of `sample`; the last one that was asked for is remembered.
    pub fn language(&self, sample: String) -> Option<Language> {
        let mut known = self.language.lock().unwrap_or_else(PoisonError::into_inner);
        match &*known {
            Some((before, language)) if *before == sample => *language,
            _ => {
                let language = Language::guess(&sample);
                *known = Some((sample, language));
                language
            }
        }
    }

    /// What a line that may be an enacting line says in a reading.
    pub fn enacting(&self, paragraph: &Paragraph, side: Side) -> Option<&EnactingWords> {
        self.enacting[side].get_or_init(|| identity::enacting_words(&paragraph.views[side])).as_ref()
    }
}

impl Draft {
    /// What is cited, when this is decided; made by `make` where it was not decided like this before.
    pub fn cited(&self, outcome: Outcome, make: impl FnOnce() -> Cited) -> Arc<Cited> {
        let mut cited = self.cited.lock().unwrap_or_else(PoisonError::into_inner);
        match &*cited {
            Some((before, cited)) if *before == outcome => Arc::clone(cited),
            _ => {
                let made = Arc::new(make());
                *cited = Some((outcome, Arc::clone(&made)));
                made
            }
        }
    }
}

/// The paragraphs of a document with what their words say.
pub(super) struct Paragraphs<'a> {
    pub document: &'a Document,
    /// What was read already, unless the paragraphs remember that themselves or few are looked at.
    read: Vec<OnceLock<Recognised>>,
}

impl<'a> Paragraphs<'a> {
    /// For a look at most of them: each is read once.
    pub fn all(document: &'a Document) -> Paragraphs<'a> {
        let read = if document.is_edited() { &[][..] } else { &document.paragraphs };
        Paragraphs { document, read: read.iter().map(|_| OnceLock::new()).collect() }
    }

    /// For a look at a few of them.
    pub fn few(document: &'a Document) -> Paragraphs<'a> {
        Paragraphs { document, read: Vec::new() }
    }

    /// What the words of a paragraph say.
    pub fn get(&self, index: ParagraphIndex) -> Remembered<'_, Recognised> {
        let Some(paragraph) = self.document.paragraphs.get(index.index()) else {
            return Remembered::Made(Recognised::default());
        };
        // What stands around it only says what is worth working out at once.
        let recalls = |recalling: &Recalling, side| recalling.holds(self.heading_of(paragraph, side));
        let read = || recognise(paragraph, recalls);
        match self.read.get(index.index()) {
            Some(once) => Remembered::Kept(once.get_or_init(read)),
            None => paragraph.remembered(read),
        }
    }

    /// Whether a paragraph recalls.
    pub fn recalls(&self, paragraph: &Paragraph, recognised: &Recognised, side: Side) -> bool {
        recognised.reading(side).recalling.holds(self.heading_of(paragraph, side))
    }

    fn heading_of(&self, paragraph: &Paragraph, side: Side) -> Option<Recalling> {
        let section = paragraph.section.and_then(|section| self.document.sections.get(section.index()))?;
        // A heading stands in no section: this goes no deeper.
        let heading = section.heading.filter(|heading| {
            self.document.paragraphs.get(heading.index()).is_some_and(|heading| heading.section.is_none())
        })?;
        Some(self.get(heading).reading(side).recalling)
    }
}

fn sides(tracked: bool) -> &'static [Side] {
    // An untracked paragraph reads the same on both sides.
    if tracked { &[Side::Amended, Side::InForce] } else { &[Side::Amended] }
}

/// What the words of a paragraph say. Where it `recalls`, what its citations did is looked for at once.
fn recognise(paragraph: &Paragraph, recalls: impl Fn(&Recalling, Side) -> bool) -> Recognised {
    let mut recognised = Recognised { tracked: paragraph.is_tracked(), ..Recognised::default() };
    let mut split = None;
    for &side in recognised.sides() {
        if side == Side::InForce {
            split = Some(recognised.drafts.len());
        }
        read(paragraph, side, &recalls, &mut recognised);
        recognised.pinned |= paragraph.views[side].marks_of(MarkKind::Pinned).next().is_some();
    }
    if let Some(split) = split {
        merge_sides(paragraph, &mut recognised.drafts, split);
    }
    recognised
}

/// How long a title that no mark makes one may be, in bytes.
pub(super) const MOST_IN_TITLE: usize = 200;

fn read(paragraph: &Paragraph, side: Side, recalls: &impl Fn(&Recalling, Side) -> bool, recognised: &mut Recognised) {
    let view = &paragraph.views[side];
    if view.is_empty() {
        return;
    }
    let words = Words::uncut(&view.text);
    let recalling = Recalling::new(view, paragraph.opening(side), &words.hits);
    let says = words.hits.iter().fold(0, |says, hit| says | hit.meaning.says);
    let short = short::forms(paragraph.kind, &words);
    let line = paragraph.kind == ParagraphKind::Text && view.text.len() <= MOST_IN_TITLE;
    let cites = paragraph.kind != ParagraphKind::Title && may_cite(&words);
    let numbered = line && words.folded.text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let names = provision::may_name(paragraph.kind, &words);
    let mut reading = Reading { recalling, says, short, ..Reading::default() };
    if cites || numbered || names {
        let words = words.cut();
        if names {
            reading.treaties = provision::recognise(&words);
        }
        let found = if cites { shape::find(&words) } else { Vec::new() };
        if line && side == Side::Amended {
            let end = words.tokens.last().map(|token| token.end);
            recognised.lone = matches!(&found[..], [only] if only.first == 0 && end == Some(only.end));
            recognised.numbered = identity::numbered_title(&words).is_some();
        }
        // What ends as a clause does is one: “a) A/RES/70/125;”.
        let clause = view.text.trim_end().ends_with([',', ';', '，', '；', '،', '؛']);
        if !found.is_empty() && (clause || !is_running_head(&words, &found)) {
            let semicolons = (0..).zip(&words.tokens).filter(|(_, token)| token.is_mark(';'));
            reading.semicolons = semicolons.map(|(at, _)| at).collect();
            drafts(side, !recognised.tracked, found, &words, &mut recognised.drafts);
            if recalls(&reading.recalling, side) {
                recognised.tell(side, &words);
            }
        }
    }
    recognised.readings[side] = reading;
}

/// Whether there is a number, and a word for what is cited or a number that needs none.
fn may_cite(words: &Words<'_>) -> bool {
    let text = words.folded.text.as_bytes();
    let Some(first) = text.iter().position(u8::is_ascii_digit) else { return false };
    token::names_instrument(&words.hits) || {
        // A symbol has a sign or a letter right beside its digits.
        let beside = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || b".-()".contains(byte));
        text.contains(&b'/')
            || (first..text.len()).any(|at| {
                text[at].is_ascii_digit()
                    && (beside(at.checked_sub(1).and_then(|at| text.get(at))) || beside(text.get(at + 1)))
            })
    }
}

/// Makes drafts of what was found in a reading.
fn drafts(side: Side, in_both: bool, found: Vec<Found>, words: &Words<'_>, drafts: &mut Vec<Draft>) {
    drafts.reserve(found.len());
    // What is named behind a group is of all its members.
    let mut strangers: Vec<(usize, Stranger)> = Vec::new();
    for one in &found {
        let known = stranger(words, one);
        match strangers.last_mut().filter(|(group, _)| *group == one.group) {
            Some((_, stranger)) => *stranger = known.max(*stranger),
            None => strangers.push((one.group, known)),
        }
    }
    // Where the group behind each begins.
    let mut next: Vec<Option<u32>> = vec![None; found.len()];
    for at in (1..found.len()).rev() {
        next[at - 1] = if found[at - 1].group == found[at].group { next[at] } else { Some(found[at].start) };
    }
    let mut strangers = strangers.into_iter().peekable();
    // The token behind the group before, and the names in the clause with the first token that they stand before.
    let (mut floor, mut last) = (0, None::<(usize, usize)>);
    let mut before: (usize, Vec<BodySet>) = (usize::MAX, Vec::new());
    for (found, next) in found.into_iter().zip(next) {
        if let Some((_, behind)) = last.filter(|(group, _)| *group != found.group) {
            floor = behind;
            before.0 = usize::MAX;
        }
        last = Some((found.group, found.last));
        while strangers.peek().is_some_and(|(group, _)| *group < found.group) {
            strangers.next();
        }
        let stranger = strangers.peek().filter(|(group, _)| *group == found.group);
        let stranger = stranger.map_or(Stranger::No, |(_, stranger)| *stranger);
        if before.0 != found.first {
            before = (found.first, named_in_clause(words, found.first, floor));
        }
        let title = found
            .title
            .map(|title| (Arc::from(words.original(title.start, title.end)), words.place(title.start, title.end)));
        drafts.push(Draft {
            side,
            in_both,
            text: words.original(found.start, found.end).to_owned(),
            place: words.place(found.start, found.end),
            number: words.place(found.number_start, found.number_end),
            version: found.parenthesis.as_ref().map(|version| VersionPlace::of(words, version)),
            title,
            date: found.date.map(|day| words.place(day.start, day.end)),
            chances: Chances::of(&found),
            stranger,
            before: before.1.clone(),
            said: short::is_said(&words.folded.text, found.start as usize, found.end as usize),
            next,
            tells: OnceLock::new(),
            cited: Mutex::new(None),
            found,
        });
    }
}

/// Lists what both readings have at the same place once. Up to `split` the drafts are of the reading as amended, then of
/// the one as in force.
fn merge_sides(paragraph: &Paragraph, drafts: &mut Vec<Draft>, split: usize) {
    let source = |draft: &Draft, range: TextRange| paragraph.views[draft.side].to_source(range);
    let number = |draft: &Draft| source(draft, draft.number);
    // Equal where two readings have the very same citation.
    let key = |draft: &Draft| {
        let version = draft.version.map(|version| version.range);
        let words = TextRange::new(
            draft.place.start(),
            version.map_or(draft.place.end(), |version| version.end().max(draft.place.end())),
        );
        let text = paragraph.views[draft.side].text.get(std::ops::Range::from(words));
        (source(draft, draft.place), number(draft), version.and_then(|version| source(draft, version)), text)
    };
    let (amended, in_force) = drafts.split_at_mut(split);
    let mut by_place: HashMap<Option<TextRange>, Vec<&mut Draft>> = HashMap::new();
    for draft in amended {
        by_place.entry(number(draft)).or_default().push(draft);
    }
    for draft in in_force {
        let others = by_place.get_mut(&number(draft)).into_iter().flatten();
        let mut others = others.filter(|other| other.found.number == draft.found.number);
        if let Some(same) = others.find(|other| key(other) == key(draft)) {
            same.in_both = true;
            draft.in_both = true;
        }
    }
    drafts.retain(|draft| draft.side == Side::Amended || !draft.in_both);
}

/// A page's running head: a symbol, a page number and nothing else.
fn is_running_head(words: &Words<'_>, found: &[Found]) -> bool {
    let [only] = found else { return false };
    matches!(only.shape, Number::Symbol { .. } | Number::Draft { .. })
        && only.last - only.first == 1
        && words.tokens.len() <= 4
        && words
            .tokens
            .iter()
            .filter(|token| token.number().is_none())
            .all(|token| matches!(token.kind, token::Kind::Mark(_)))
}

impl Words<'_> {
    /// A stretch of the folded text as one of the view.
    pub fn place(&self, start: u32, end: u32) -> TextRange {
        let at = |offset: u32| TextSize::new(self.folded.origin(offset as usize) as u32);
        let (start, end) = (at(start), at(end));
        TextRange::new(start, end.max(start))
    }
}
