//! What the rules on closing marks share: which mark a clause wants, and the edit that writes it.

use std::cell::OnceCell;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{Finding, Input, Remedy, Severity};
use crate::drafting::{Ending, Follows, Part, Written, endings};
use crate::numbering::rewrite;
use crate::profile::{Mark, Openings, Profile};
use crate::syntax::{
    ChangeKind, Document, Language, MarkKind, Paragraph, ParagraphIndex, ProposalKind, ResolutionIndex, Side, TextEdit,
    TextRange, TextSize,
};

/// What a clause wants at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Due {
    /// This mark.
    Mark(Mark),
    /// A colon.
    Colon,
    /// Which one depends on the house; no full stop in any.
    NoStop,
}

/// A clause that ends otherwise than it should.
#[derive(Debug, Clone)]
pub(super) struct Mistake {
    pub paragraph: ParagraphIndex,
    /// The reading in which it is wrong; `None` where there is one reading, or it is wrong in both.
    pub side: Option<Side>,
    pub ending: Ending,
    pub due: Due,
    /// In the source: the mark, or the last word.
    pub range: TextRange,
    /// What stands there.
    pub words: String,
    /// Puts it right.
    pub edit: Option<TextEdit>,
    /// Whether the edit cannot be wrong.
    pub certain: bool,
    /// Whether the profile's openings stand in headings.
    pub headings: bool,
}

impl Mistake {
    /// Whether it is about the one full stop: the rule `drafting/full-stop`; all others are `drafting/punctuation`.
    pub fn is_of_full_stop(&self) -> bool {
        is_stop(self.ending.written) || self.due == Due::Mark(Mark::Stop)
    }
}

fn is_stop(written: Written) -> bool {
    written == Written::Mark(Mark::Stop)
}

/// What is wrong at the ends of the clauses of a resolution.
pub(super) struct Found {
    /// What sort of text it is.
    pub text: Judgement,
    /// Marks that are wrong in all clauses of a kind, each kind one mistake. None is about full stops.
    pub habits: Vec<Vec<Mistake>>,
    /// All other mistakes, in text order.
    pub slips: Vec<Mistake>,
    /// All ends that were judged, in text order.
    pub judged: Vec<(Ending, Due)>,
}

/// What sort of text closing marks were looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judgement {
    /// Clauses with closing marks.
    Clauses,
    /// Clauses without any: that is one mistake.
    Unmarked,
    /// So many wrong marks that it is no list of clauses, but a table or an annex that nothing tells from them.
    NoList,
}

/// How many clauses of one kind have to end in the same wrong way for that to be one mistake and not many.
pub(super) const HABIT: usize = 3;

/// How many mistakes, when they are more than a quarter of all clauses, say that this is no text to be judged.
const FLOOD: usize = 8;

/// Looks for wrong closing marks in each resolution.
pub(super) fn read_all(input: &Input<'_>) -> Vec<Found> {
    let resolutions = 0..input.facts.document.resolutions.len();
    resolutions.map(|index| read(input, ResolutionIndex(index as u32))).collect()
}

/// Looks for wrong closing marks in a resolution.
fn read(input: &Input<'_>, resolution: ResolutionIndex) -> Found {
    let (found, judged) = mistakes(input, resolution);
    if judged.len() >= HABIT && judged.iter().all(|(ending, _)| ending.written == Written::Nothing) {
        return Found { text: Judgement::Unmarked, habits: Vec::new(), slips: found, judged };
    }
    let (of_full_stop, others): (Vec<Mistake>, Vec<Mistake>) = found.into_iter().partition(Mistake::is_of_full_stop);
    let (habits, mut slips) = habits(&input.facts.document, others, &judged);
    let flooded = slips.len() >= FLOOD && slips.len() * 4 > judged.len();
    slips.extend(of_full_stop);
    slips.sort_by_key(|mistake| mistake.range.start());
    Found { text: if flooded { Judgement::NoList } else { Judgement::Clauses }, habits, slips, judged }
}

/// Tells mistakes in which all clauses of a kind share, which are one mistake, from single ones. A list of sub-clauses
/// that all end in the same way is as it was meant to be, and left out.
fn habits(document: &Document, rest: Vec<Mistake>, judged: &[(Ending, Due)]) -> (Vec<Vec<Mistake>>, Vec<Mistake>) {
    let parent = |ending: &Ending| document.paragraph(ending.paragraph).parent;
    let mut written: HashMap<_, (usize, bool, Written), RandomState> = HashMap::default();
    for (ending, due) in judged {
        let (part, due, follows) = kind(ending, *due);
        let list = matches!(ending.follows, Follows::Clause(1..)).then(|| parent(ending)).flatten();
        let (count, same, first) = written.entry((part, due, follows, list)).or_insert((0, true, ending.written));
        *count += 1;
        *same &= *first == ending.written;
    }
    let habit = |mistake: &Mistake| {
        let (part, due, follows) = kind(&mistake.ending, mistake.due);
        let list = matches!(mistake.ending.follows, Follows::Clause(1..)).then(|| parent(&mistake.ending)).flatten();
        let known = written.get(&(part, due, follows, list)).copied();
        known.is_some_and(|(count, same, first)| count >= HABIT && same && first == mistake.ending.written)
    };
    let (shared, slips): (Vec<Mistake>, Vec<Mistake>) = rest.into_iter().partition(habit);
    let mut habits: Vec<Vec<Mistake>> = Vec::new();
    for mistake in shared {
        if matches!(mistake.ending.follows, Follows::Clause(1..)) && mistake.ending.written != Written::Nothing {
            continue;
        }
        let same = |known: &&mut Vec<Mistake>| {
            known.first().is_some_and(|first| kind(&first.ending, first.due) == kind(&mistake.ending, mistake.due))
        };
        match habits.iter_mut().find(same) {
            Some(known) => known.push(mistake),
            None => habits.push(vec![mistake]),
        }
    }
    (habits, slips)
}

/// Clauses of one kind want the same mark for the same reason.
fn kind(ending: &Ending, due: Due) -> (Part, Due, u8) {
    let follows = match ending.follows {
        Follows::Clause(0) => 0,
        Follows::Clause(_) => 1,
        Follows::Section => 2,
        Follows::SubClauses => 3,
        Follows::End => 4,
        Follows::Unclear => 5,
    };
    (ending.part, due, follows)
}

/// What is wrong at the ends of the clauses of a resolution, in text order, and how many ends were judged.
fn mistakes(input: &Input<'_>, resolution: ResolutionIndex) -> (Vec<Mistake>, Vec<(Ending, Due)>) {
    let document = &input.facts.document;
    let data = document.resolution(resolution);
    // What is left as it is, or goes, is not for the drafter to mend.
    if data.proposal.as_ref().is_some_and(|mark| matches!(mark.kind, ProposalKind::NoChange | ProposalKind::Suppress)) {
        return (Vec::new(), Vec::new());
    }
    let profile = input.profile(resolution);
    let paragraphs = document.paragraphs.get(data.paragraphs.clone()).unwrap_or_default();
    let two_readings = paragraphs.iter().any(Paragraph::is_tracked);
    let tracked = input.is_tracked(resolution);
    let writer = Writer { text: input.text, profile, tracked, french_space: OnceCell::new() };
    let headings = profile.is_some_and(|profile| profile.openings == Openings::Headings);
    let sides: &[Side] = if two_readings { &[Side::Amended, Side::InForce] } else { &[Side::Amended] };
    let mut found: Vec<Mistake> = Vec::new();
    let mut judged = Vec::new();
    for side in sides.iter().copied() {
        for ending in endings(document, &input.facts.parts, resolution, side) {
            let Some(due) = due(profile, &ending) else { continue };
            // What no verb opens, in a text whose clauses have verbs, is a sentence, a title or a row of a table. Only its
            // full stop is of interest.
            let sentence = !ending.opened && !is_stop(ending.written) && due != Due::Mark(Mark::Stop);
            if ending.written == Written::Open || sentence {
                continue;
            }
            if side == Side::Amended {
                judged.push((ending, due));
            }
            if is_right(profile, &ending, due) {
                continue;
            }
            let paragraph = document.paragraph(ending.paragraph);
            let view = &paragraph.views[side];
            let words = view.text[ending.range].trim().to_owned();
            let mark = TextRange::new(ending.range.end() - TextSize::of(&*words), ending.range.end());
            let Some(range) = view.to_source(mark) else { continue };
            let same = found.iter_mut().rev().find(|other| other.paragraph == ending.paragraph && other.range == range);
            if let Some(other) = same.filter(|other| other.due == due) {
                other.side = None;
                other.certain = is_certain(paragraph, other);
                continue;
            }
            let edit = (side == Side::Amended).then(|| writer.edit(paragraph, &ending, due)).flatten();
            let side = two_readings.then_some(side);
            let paragraph_index = ending.paragraph;
            let mut mistake =
                Mistake { paragraph: paragraph_index, side, ending, due, range, words, edit, certain: false, headings };
            mistake.certain = is_certain(paragraph, &mistake);
            found.push(mistake);
        }
    }
    found.sort_by_key(|mistake| mistake.range.start());
    (found, judged)
}

/// The mark that a clause wants, as the profile says or, without one, as all houses agree. `None` where that cannot be
/// told.
fn due(profile: Option<&Profile>, ending: &Ending) -> Option<Due> {
    let habits = profile.map(|profile| match ending.part {
        Part::Preamble => &profile.preamble,
        _ => &profile.operative,
    });
    let by_house =
        |mark: fn(&crate::profile::PartHabits) -> Mark| habits.map_or(Due::NoStop, |habits| Due::Mark(mark(habits)));
    match ending.follows {
        Follows::Unclear => None,
        Follows::End => Some(Due::Mark(Mark::Stop)),
        Follows::SubClauses => Some(Due::Colon),
        Follows::Section => Some(by_house(|habits| habits.between_sections)),
        Follows::Clause(0) => Some(by_house(|habits| habits.between_clauses)),
        Follows::Clause(_) => Some(habits.map_or(Due::NoStop, |_| Due::Mark(Mark::Semicolon))),
    }
}

fn is_right(profile: Option<&Profile>, ending: &Ending, due: Due) -> bool {
    match (due, ending.written) {
        (_, Written::Open) => true,
        (Due::Mark(due), Written::Mark(written)) if due == written => true,
        // A colon announces what stands flush with it, or a quotation.
        (Due::Mark(due), Written::Colon) => due != Mark::Stop,
        // The sub-clauses of a recital may be set off by the recital's own commas.
        (Due::Mark(Mark::Semicolon), Written::Mark(Mark::Comma)) => {
            matches!(ending.follows, Follows::Clause(1..)) && ending.part == Part::Preamble
        }
        (Due::Mark(_), _) => false,
        // A sentence may run on into its sub-clauses with a comma or without a mark.
        (Due::Colon, written) => !matches!(written, Written::Mark(Mark::Semicolon | Mark::Stop)) || profile.is_none(),
        (Due::NoStop, written) => written != Written::Mark(Mark::Stop),
    }
}

/// Whether the edit of a mistake cannot be wrong: a mark is exchanged or added behind the last word of a clause that
/// holds nothing but words, and what follows belongs to the same text.
fn is_certain(paragraph: &Paragraph, mistake: &Mistake) -> bool {
    let goes_on = matches!(mistake.ending.follows, Follows::Clause(_) | Follows::Section);
    mistake.edit.is_some()
        && mistake.side.is_none()
        && mistake.ending.bare
        && goes_on
        && mistake.ending.opened
        && paragraph.changes.iter().all(|change| change.kind == ChangeKind::Comment)
        && paragraph.views.amended.marks.iter().all(|mark| mark.kind == MarkKind::Emphasis)
}

/// Writes marks as a text has them.
struct Writer<'a> {
    text: &'a str,
    profile: Option<&'static Profile>,
    /// Whether the resolution's changes are tracked.
    tracked: bool,
    /// What stands before a French semicolon; looked for once.
    french_space: OnceCell<&'static str>,
}

impl Writer<'_> {
    /// The edit that writes the mark that is due.
    fn edit(&self, paragraph: &Paragraph, ending: &Ending, due: Due) -> Option<TextEdit> {
        let view = &paragraph.views.amended;
        let new = self.written(&view.text, due)?;
        if ending.written != Written::Nothing {
            return rewrite(self.text, paragraph, &view.source_pieces(ending.range), &new, self.tracked);
        }
        let word = view.to_source(ending.range)?;
        // Behind an emphasis or a pinned citation that the clause ends with.
        let closing = view.marks.iter().filter(|mark| {
            matches!(mark.kind, MarkKind::Emphasis | MarkKind::Pinned) && mark.range.end() == ending.range.end()
        });
        let at = closing.map(|mark| view.mark_source(mark).end()).max().unwrap_or(word.end());
        insert(self.text, paragraph, at, &new, self.tracked)
    }

    /// A mark as the language and script of a clause write it.
    fn written(&self, clause: &str, due: Due) -> Option<String> {
        let language = Language::guess(clause)?;
        let mark = match (due, language) {
            (Due::NoStop, _) => return None,
            (Due::Mark(Mark::Comma), Language::Zh) => "，",
            (Due::Mark(Mark::Semicolon), Language::Zh) => "；",
            (Due::Mark(Mark::Stop), Language::Zh) => "。",
            (Due::Colon, Language::Zh) => "：",
            (Due::Mark(Mark::Comma), Language::Ar) => "،",
            (Due::Mark(Mark::Semicolon), Language::Ar) => "؛",
            (Due::Mark(Mark::Comma), _) => ",",
            (Due::Mark(Mark::Semicolon), _) => ";",
            (Due::Mark(Mark::Stop), _) => ".",
            (Due::Colon, _) => ":",
        };
        let high = matches!(due, Due::Mark(Mark::Semicolon) | Due::Colon);
        let space = match language {
            Language::Fr if high => *self.french_space.get_or_init(|| french_space(self.text, self.profile)),
            _ => "",
        };
        Some(format!("{space}{mark}"))
    }
}

/// The edit that inserts words at a place of the text as amended; `None` amid a change that it cannot join.
fn insert(text: &str, paragraph: &Paragraph, at: TextSize, new: &str, tracked: bool) -> Option<TextEdit> {
    // What was deleted here is replaced.
    let deleted =
        paragraph.changes.iter().find(|change| change.kind == ChangeKind::Deletion && change.range.start() == at);
    if let Some((deleted, old)) = deleted.and_then(|change| Some((change.range, change.old?))) {
        let old = text.get(std::ops::Range::<usize>::from(old))?;
        return Some(TextEdit::replace(deleted, format!("{{~~{old}~>{new}~~}}")));
    }
    let around = paragraph.changes.iter().filter(|change| change.range.start() < at && at < change.range.end());
    let mut joined = false;
    for change in around {
        if change.kind == ChangeKind::Comment || !change.new.is_some_and(|words| words.contains_inclusive(at)) {
            return None;
        }
        joined = true;
    }
    let words = if joined || !tracked { new.to_owned() } else { format!("{{++{new}++}}") };
    Some(TextEdit::replace(TextRange::empty(at), words))
}

/// What stands before a French `;`: what stands there in the rest of the text, else what the house does. The United
/// Nations set it off by a no-break space, the texts of ITU do not.
fn french_space(text: &str, profile: Option<&Profile>) -> &'static str {
    let spaces = ["\u{a0}", "\u{202f}"];
    let count = |space: &str| text.matches(&format!("{space};")).count();
    let attached = text
        .match_indices(';')
        .filter(|(at, _)| text[..*at].chars().next_back().is_some_and(|before| !before.is_whitespace()));
    let attached = attached.count();
    let found = spaces.into_iter().max_by_key(|space| count(space)).filter(|space| count(space) > 0);
    match found {
        Some(space) if count(space) >= attached => space,
        None if attached == 0 && profile.is_some_and(|profile| profile.openings == Openings::Clauses) => "\u{a0}",
        _ => "",
    }
}

/// A mark as a message shows it.
pub(super) fn shown(mistake: &Mistake) -> String {
    let zh = mistake.edit.as_ref().map(|edit| edit.text.as_str()).unwrap_or_default();
    let mark = match mistake.due {
        Due::Mark(Mark::Comma) if zh.contains('，') => "，",
        Due::Mark(Mark::Comma) if zh.contains('،') => "،",
        Due::Mark(Mark::Comma) => ",",
        Due::Mark(Mark::Semicolon) if zh.contains('；') => "；",
        Due::Mark(Mark::Semicolon) if zh.contains('؛') => "؛",
        Due::Mark(Mark::Semicolon) => ";",
        Due::Mark(Mark::Stop) if zh.contains('。') => "。",
        Due::Mark(Mark::Stop) => ".",
        Due::Colon if zh.contains('：') => "：",
        Due::Colon => ":",
        Due::NoStop => "",
    };
    mark.to_owned()
}

/// A finding for mistakes of one kind: at the first of them, with one fix for all.
pub(super) fn report(
    rule: (&'static str, Severity),
    mistakes: &[Mistake],
    message: impl Fn(&Mistake) -> String,
    out: &mut Vec<Finding>,
) {
    let Some(first) = mistakes.first() else { return };
    let mut words = message(first);
    match mistakes.len() {
        1 => {}
        2 => words.push_str(" The same goes for another clause."),
        count => words.push_str(&format!(" The same goes for {} other clauses.", count - 1)),
    }
    report_as(rule, mistakes, words, out);
}

/// A finding with these words: at the first of the mistakes, with one fix for all.
pub(super) fn report_as(
    rule: (&'static str, Severity),
    mistakes: &[Mistake],
    mut words: String,
    out: &mut Vec<Finding>,
) {
    let Some(first) = mistakes.first() else { return };
    if let Some(side) = first.side {
        words = format!("In the text {}: {words}", side.name());
    }
    let mut finding = Finding::new(rule.0, rule.1, first.range, words);
    let edits: Option<Vec<TextEdit>> = mistakes.iter().map(|mistake| mistake.edit.clone()).collect();
    if let Some(edits) = edits {
        let (title, certain) = match mistakes {
            [one] => (fix_title(one), one.certain),
            _ => (format!("Put the closing marks of these {} clauses right", mistakes.len()), false),
        };
        let remedy = Remedy::Edits(edits);
        finding = if certain { finding.sure_fix(title, remedy) } else { finding.fix(title, remedy) };
    }
    out.push(finding);
}

fn fix_title(mistake: &Mistake) -> String {
    match mistake.ending.written {
        Written::Nothing => format!("Add “{}”", shown(mistake)),
        _ => format!("Change “{}” to “{}”", mistake.words, shown(mistake)),
    }
}

#[cfg(test)]
#[path = "drafting_marks_tests.rs"]
mod tests;
