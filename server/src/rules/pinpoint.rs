//! Pinpoints into a resolution that is cited, carried to the version that is to be cited instead: “resolves 7 of
//! Resolution 140 (Rev. Dubai, 2018)” is “resolves 9” of the next version where both texts are at hand and the words show
//! that it is the same clause.

use std::collections::HashMap;

use super::citation_common::{Judge, Newer, newer};
use super::{Input, LibraryText};
use crate::citation::{ResolutionId, Version, Wording};
use crate::numbering::{Label, rewrite};
use crate::reference::{self, Counterparts, Owner, PartName, Reference, Resolver, Role, Step, Target, carry, range_in};
use crate::syntax::{Language, Paragraph, ParagraphIndex, Side, TextEdit, TextRange};

/// What becomes of the pinpoints of a document when what they point into is cited in a newer version.
#[derive(Debug, Default)]
pub(super) struct Pinpoints {
    /// By the citation's place in the list of citations and the text to be cited, `PP-140@2022`.
    carried: HashMap<(usize, String), Vec<Carried>>,
}

impl Pinpoints {
    /// What becomes of the pinpoints that belong to a citation, those to what it is taken up as in short included, when
    /// it names `target` in `version`.
    pub fn of(&self, citation: usize, target: &ResolutionId, version: Option<&str>) -> &[Carried] {
        self.carried.get(&(citation, target.at(version))).map_or(&[], Vec::as_slice)
    }
}

/// A reference to clauses of a cited resolution, and what becomes of it.
#[derive(Debug, Clone)]
pub(super) struct Carried {
    /// Its labels in the source, from the first to the last.
    pub range: TextRange,
    /// Its words: “resolves 7”.
    pub words: String,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// What becomes of a pinpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It names the same clause in the same words.
    Same,
    /// The clause has another label.
    Moved {
        /// The words that name it there: “resolves 9”.
        words: String,
        /// What puts them into the text.
        edits: Vec<TextEdit>,
    },
    /// It cannot be shown which clause it is there.
    Unshown(Why),
}

/// Why it cannot be shown which clause of another version a pinpoint means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// One of the texts is not at hand, in the language of the pinpoint.
    NoText,
    /// Already in the version that it names, it names no one clause.
    Nothing,
    /// No clause there has its words.
    NoCounterpart,
    /// The clause stands at a place, which these words name in another way.
    Elsewhere(String),
    /// Between the ends of the range stand other clauses.
    Range,
    /// A tracked change runs through it.
    Cut,
}

impl Why {
    /// Behind “look at the pinpoint”, what is the matter, without a full stop. `old` and `new` name the versions.
    pub fn message(&self, old: &str, new: &str) -> String {
        match self {
            Why::NoText => format!("the workspace does not have the texts of both {old} and {new}"),
            Why::Nothing => format!("it does not name one clause of {old}"),
            Why::NoCounterpart => format!("no clause of {new} has the same words"),
            Why::Elsewhere(place) => format!("in {new} it seems to be {place}"),
            Why::Range => format!("between its ends {new} has other clauses"),
            Why::Cut => "a tracked change runs through it".to_owned(),
        }
    }
}

/// A text of the library, ready to be asked what references mean.
struct Opened<'l> {
    text: LibraryText<'l>,
    resolver: Resolver<'l>,
}

/// Looks up all pinpoints of a document that belong to citations of what has been replaced, by the day of the text or of
/// today.
pub(super) fn read(input: &Input<'_>) -> Pinpoints {
    let facts = input.facts;
    let external = |reference: &&Reference| {
        reference.owner != Owner::This && reference.is_amended() && !reference.pinpoints.is_empty()
    };
    let mut found = Pinpoints::default();
    let mut references = facts.references.iter().filter(external).peekable();
    if references.peek().is_none() {
        return found;
    }
    let judge = Judge::new(input);
    let full: HashMap<TextRange, usize> = facts
        .citations
        .iter()
        .enumerate()
        .filter(|(_, citation)| citation.side == Side::Amended && citation.wording == Wording::Full)
        .map(|(index, citation)| (citation.range, index))
        .collect();
    let mut shelf = Shelf { input, opened: HashMap::new(), compared: HashMap::new() };
    for reference in references {
        let Some(citation) = facts.citation_of(reference) else { continue };
        let meant = match citation.wording {
            Wording::Short(antecedent) => antecedent,
            Wording::Full | Wording::Between => citation.range,
        };
        let Some(cited) = full.get(&meant).and_then(|index| judge.at(*index)) else { continue };
        let days = [Some(cited.written).filter(|_| cited.past), Some(input.today)];
        for newer in days.into_iter().flatten().filter_map(|day| newer(&cited, day)) {
            let (id, version) = match newer {
                Newer::Version(view) => (cited.id, Some(view.version)),
                Newer::Adopted(id) => (id, None),
                Newer::Series(_) => continue,
            };
            let key = (cited.index, id.at(version.map(String::as_str)));
            let all = found.carried.entry(key).or_default();
            let Some(carried) = shelf.carried(reference, (cited.id, cited.citation.version.as_ref()), (id, version))
            else {
                continue;
            };
            if !all.iter().any(|other| other.range == carried.range) {
                all.push(carried);
            }
        }
    }
    found
}

/// The texts that were asked for, each read once.
struct Shelf<'i, 'l> {
    input: &'i Input<'l>,
    opened: HashMap<(String, Option<Language>), Vec<Opened<'i>>>,
    compared: HashMap<(String, String, usize, usize, Option<Language>), Counterparts>,
}

type Named<'n> = (&'n ResolutionId, Option<&'n Version>);

impl Shelf<'_, '_> {
    /// What becomes of a reference to clauses of `old` that is to name the same clauses of `new`.
    fn carried(&mut self, reference: &Reference, old: Named<'_>, new: Named<'_>) -> Option<Carried> {
        let paragraph = self.input.facts.document.paragraphs.get(reference.paragraph.index())?;
        let ranges = reference.pinpoints.iter().map(|pinpoint| pinpoint.range);
        let range = ranges.reduce(|one, other| one.cover(other))?;
        let words = words_of(paragraph, reference, &[]);
        let outcome = self.outcome(reference, paragraph, old, new);
        Some(Carried { range, words, outcome })
    }

    fn outcome(&mut self, reference: &Reference, paragraph: &Paragraph, old: Named<'_>, new: Named<'_>) -> Outcome {
        let language = language_at(self.input, reference);
        let (old, new) = (self.open(old, language), self.open(new, language));
        let keys = ((old.clone(), language), (new.clone(), language));
        let (Some(olds), Some(news)) = (self.opened.get(&keys.0), self.opened.get(&keys.1)) else {
            return Outcome::Unshown(Why::NoText);
        };
        let mut agreed: Option<Outcome> = None;
        for (at, before) in olds.iter().enumerate() {
            for (other, after) in news.iter().enumerate() {
                let key = (old.clone(), new.clone(), at, other, language);
                let compared = self
                    .compared
                    .entry(key)
                    .or_insert_with(|| Counterparts::new(text_of(&before.text), text_of(&after.text)));
                let outcome = carried(self.input, reference, paragraph, (before, after), compared);
                match &agreed {
                    Some(agreed) if *agreed != outcome => return Outcome::Unshown(Why::Nothing),
                    _ => agreed = Some(outcome),
                }
            }
        }
        agreed.unwrap_or(Outcome::Unshown(Why::NoText))
    }

    /// Takes the texts of a resolution in a version and language from the library, and says by which name they are to be
    /// found.
    fn open(&mut self, (id, version): Named<'_>, language: Option<Language>) -> String {
        let name = id.at(version.map(String::as_str));
        let input = self.input;
        self.opened.entry((name.clone(), language)).or_insert_with(|| {
            let texts = input.library.texts(id, version).into_iter();
            // Letters and headings of another language say nothing.
            let readable = texts.filter(|text| language.is_some() && language_of(text) == language);
            readable.map(|text| Opened { text, resolver: Resolver::new(&text.facts.document) }).collect()
        });
        name
    }
}

fn text_of<'a>(text: &LibraryText<'a>) -> reference::Text<'a> {
    reference::Text { document: &text.facts.document, resolution: text.resolution, side: text.side }
}

/// The language of the resolution that a reference stands in.
pub(super) fn language_at(input: &Input<'_>, reference: &Reference) -> Option<Language> {
    let resolution = input.facts.document.paragraphs.get(reference.paragraph.index())?.resolution;
    input.facts.identities.iter().find(|identity| identity.resolution == resolution)?.language
}

/// The language of a text.
pub(super) fn language_of(text: &LibraryText<'_>) -> Option<Language> {
    text.facts.identities.iter().find(|identity| identity.resolution == text.resolution)?.language
}

fn carried(
    input: &Input<'_>,
    reference: &Reference,
    paragraph: &Paragraph,
    (before, after): (&Opened<'_>, &Opened<'_>),
    counterparts: &Counterparts,
) -> Outcome {
    match try_carry(input, reference, paragraph, (before, after), counterparts) {
        Ok(outcome) => outcome,
        Err(why) => Outcome::Unshown(why),
    }
}

fn try_carry(
    input: &Input<'_>,
    reference: &Reference,
    paragraph: &Paragraph,
    (before, after): (&Opened<'_>, &Opened<'_>),
    counterparts: &Counterparts,
) -> Result<Outcome, Why> {
    // An annex may be in another file, and sub-clauses “of it” are of a clause that nothing names.
    if reference.division.is_some() || reference.sub {
        return Err(Why::Nothing);
    }
    let said = before.resolver.from_outside(reference, before.text.resolution, before.text.side).targets;
    let mut meant: Vec<ParagraphIndex> = Vec::with_capacity(said.len());
    for targets in &said {
        let last = targets.last().and_then(|target| target.clause()).ok_or(Why::Nothing)?;
        if targets.iter().any(|target| target.clause().is_none()) {
            return Err(Why::Nothing);
        }
        meant.push(counterparts.of(last).ok_or(Why::NoCounterpart)?);
    }
    let elsewhere = || {
        let places: Vec<String> = meant.iter().map(|clause| after.place(*clause)).collect();
        Why::Elsewhere(places.join(" and "))
    };
    let chains = meant.iter().zip(&said).map(|(clause, targets)| after.chain(*clause, targets.len()));
    let wanted: Vec<Vec<ParagraphIndex>> = chains.collect::<Option<_>>().ok_or_else(elsewhere)?;
    ranges_agree(reference, &said, &wanted, (before, after), counterparts)?;
    let mut moved = reference.clone();
    for (pinpoint, chain) in moved.pinpoints.iter_mut().zip(&wanted) {
        for (step, clause) in pinpoint.steps.iter_mut().zip(chain) {
            let label = after.label(reference, step, *clause).ok_or_else(elsewhere)?;
            if step.ordinal.is_some() {
                step.ordinal = Some(label.value);
            }
            step.labels = [label].into();
        }
    }
    let first = wanted.first().and_then(|chain| chain.first()).copied().ok_or(Why::Nothing)?;
    let mut heading = None;
    if !after.says(&moved, &wanted) {
        // The clause stands below another heading.
        let section = moved.section.as_mut().ok_or_else(elsewhere)?;
        section.text = after.heading(first).ok_or_else(elsewhere)?.into();
        heading = Some(section.text.clone());
        if !after.says(&moved, &wanted) {
            return Err(elsewhere());
        }
    }
    write(input, reference, &moved, heading.as_deref(), paragraph)
}

/// The edits by which `reference` reads like `moved`.
fn write(
    input: &Input<'_>,
    reference: &Reference,
    moved: &Reference,
    heading: Option<&str>,
    paragraph: &Paragraph,
) -> Result<Outcome, Why> {
    let tracked = || input.is_tracked(paragraph.resolution);
    let mut edits: Vec<TextEdit> = Vec::new();
    let mut changed: Vec<(TextRange, String)> = Vec::new();
    if let (Some(section), Some(heading)) = (&reference.section, heading) {
        edits.push(rewrite(input.text, paragraph, &[section.range], heading, tracked()).ok_or(Why::Cut)?);
        changed.push((section.range, heading.to_owned()));
    }
    let steps = |reference: &'_ Reference| -> Vec<Step> {
        reference.pinpoints.iter().flat_map(|pinpoint| pinpoint.steps.clone()).collect()
    };
    for (step, new) in steps(reference).iter().zip(steps(moved)) {
        let Some(label) = new.labels.first() else { continue };
        let same = match step.ordinal {
            Some(ordinal) => ordinal == label.value,
            None => step.labels.iter().any(|own| own.rank() == label.rank() && own.path == label.path),
        };
        match carry(input.text, paragraph, step, label, tracked) {
            _ if same => {}
            Some(edit) => {
                if !edits.contains(&edit) {
                    edits.push(edit);
                }
                let cover = step.core.iter().copied().reduce(|one, other| one.cover(other));
                changed.extend(cover.map(|cover| (cover, label.core())));
            }
            None => return Err(Why::Cut),
        }
    }
    if edits.is_empty() {
        return Ok(Outcome::Same);
    }
    Ok(Outcome::Moved { words: words_of(paragraph, reference, &changed), edits })
}

/// Whether ranges hold the same clauses in both texts.
fn ranges_agree(
    reference: &Reference,
    said: &[Vec<Target>],
    wanted: &[Vec<ParagraphIndex>],
    (before, after): (&Opened<'_>, &Opened<'_>),
    counterparts: &Counterparts,
) -> Result<(), Why> {
    for (at, pinpoint) in reference.pinpoints.iter().enumerate().filter(|(_, pinpoint)| pinpoint.role == Role::To) {
        let ends = |at: usize| Some((said.get(at)?.last()?.clause()?, *wanted.get(at)?.last()?));
        let (Some(from), Some(to)) = (at.checked_sub(1).and_then(ends), ends(at)) else { return Err(Why::Nothing) };
        debug_assert_eq!(pinpoint.role, Role::To);
        let old = range_in(before.resolver.lists(before.text.side), from.0, to.0).ok_or(Why::Nothing)?;
        let new = range_in(after.resolver.lists(after.text.side), from.1, to.1).ok_or(Why::Range)?;
        let carried: Vec<_> = old.iter().filter_map(|clause| counterparts.of(*clause)).collect();
        if carried != new || old.len() != new.len() {
            return Err(Why::Range);
        }
    }
    Ok(())
}

impl Opened<'_> {
    /// A clause and those that it stands below, the outermost first: so many in all.
    fn chain(&self, clause: ParagraphIndex, length: usize) -> Option<Vec<ParagraphIndex>> {
        let mut chain = vec![clause];
        while chain.len() < length {
            chain.push(self.parent(*chain.last()?)?);
        }
        chain.reverse();
        Some(chain)
    }

    fn parent(&self, clause: ParagraphIndex) -> Option<ParagraphIndex> {
        let lists = self.resolver.lists(self.text.side).iter();
        let list = lists.into_iter().find(|list| list.items.iter().any(|item| item.paragraph == clause));
        list.and_then(|list| list.parent).or(self.text.facts.document.paragraph(clause).parent)
    }

    /// The label of a clause in the way in which a step of a reference names it: its number in the preamble, where it has
    /// none of its own.
    fn label(&self, reference: &Reference, step: &Step, clause: ParagraphIndex) -> Option<Label> {
        if step.ordinal.is_some() && reference.part == Some(PartName::Preamble) {
            let preamble = self.resolver.preamble(self.text.resolution, self.text.side);
            let place = preamble.iter().position(|other| *other == clause)?;
            return Label::parse(&(place + 1).to_string()).into_iter().next();
        }
        let items = self.resolver.lists(self.text.side).iter().flat_map(|list| &list.items);
        items.into_iter().find(|item| item.paragraph == clause).map(|item| item.label.clone())
    }

    /// Whether a reference means these clauses here.
    fn says(&self, reference: &Reference, wanted: &[Vec<ParagraphIndex>]) -> bool {
        let targets = self.resolver.from_outside(reference, self.text.resolution, self.text.side).targets;
        targets.len() == wanted.len()
            && targets.iter().zip(wanted).all(|(targets, chain)| {
                targets.len() == chain.len()
                    && targets.iter().zip(chain).all(|(target, clause)| target.clause() == Some(*clause))
            })
    }

    /// The heading that a clause stands below, as a reference writes it.
    fn heading(&self, clause: ParagraphIndex) -> Option<String> {
        let document = &self.text.facts.document;
        let heading = document.section(document.paragraph(clause).section?).heading?;
        let text = document.paragraph(heading).views[self.text.side].text.trim();
        let text = text.trim_end_matches([',', ':', ';', '，', '：', '；', '،', '؛', ' ']);
        (!text.is_empty() && !text.contains(['{', '}', '*', '\n'])).then(|| text.to_owned())
    }

    /// Where a clause stands: “resolves 2 b)”.
    fn place(&self, clause: ParagraphIndex) -> String {
        let mut labels: Vec<String> = Vec::new();
        let mut above = Some(clause);
        while let Some(index) = above.filter(|_| labels.len() < 4) {
            let label = self.text.facts.document.paragraph(index).label.as_ref();
            let label = label.and_then(|label| label.text[self.text.side].as_deref());
            labels.extend(label.map(|label| label.trim_end_matches('.').to_owned()));
            above = self.parent(index);
        }
        labels.reverse();
        let labels = labels.join(" ");
        let place = [self.heading(clause).unwrap_or_default(), labels];
        format!("“{}”", place.join(" ").trim())
    }
}

/// The words of a reference in the text as amended, with other words in some places.
fn words_of(paragraph: &Paragraph, reference: &Reference, changed: &[(TextRange, String)]) -> String {
    let view = &paragraph.views[Side::Amended];
    let at = |range: TextRange| {
        let (start, end) = (view.to_view(range.start())?, view.to_view(range.end())?);
        (start <= end).then(|| TextRange::new(start, end))
    };
    let Some(whole) = at(reference.range).or_else(|| {
        // The stars of an emphasis are in no view.
        let name = reference.section.as_ref().map(|section| section.range);
        let pinpoints = reference.pinpoints.iter().map(|pinpoint| pinpoint.range);
        name.into_iter().chain(pinpoints).reduce(|one, other| one.cover(other)).and_then(at)
    }) else {
        return String::new();
    };
    let mut words = view.text.get(std::ops::Range::<usize>::from(whole)).unwrap_or_default().to_owned();
    let mut places: Vec<(TextRange, &String)> =
        changed.iter().filter_map(|(range, new)| Some((at(*range)?, new))).collect();
    places.sort_by_key(|(range, _)| std::cmp::Reverse(range.start()));
    for (range, new) in places {
        let Some(range) = range.checked_sub(whole.start()).map(std::ops::Range::<usize>::from) else { continue };
        if words.get(range.clone()).is_some() {
            words.replace_range(range, new);
        }
    }
    words.trim().to_owned()
}
