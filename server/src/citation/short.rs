//! Short forms: “that resolution”, “the said Resolution 140”, 该决议, القرار المذكور. Each stands for what was cited in full
//! before, and is read only where there is one thing that it can stand for.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use super::data::data;
use super::phrase::{is_arabic, is_han, is_letter};
use super::recognise::{Citation, Cited, Instrument, Wording};
use super::recognised::Recognised;
use super::words::Words;
use crate::syntax::{Document, Paragraph, ParagraphIndex, ParagraphKind, Remembered, Side, TextRange, TextSize, fold};

/// How many characters around a pin are looked at: more than any phrase has.
const MOST_IN_LEAD: usize = 60;
/// How many citations and short forms of one clause are looked at: what cites more cites more than one thing.
const MOST_IN_CLAUSE: usize = 64;

/// The words of short forms.
struct Phrases {
    /// Whole phrases without a number, “of that resolution”.
    strings: Vec<String>,
    /// For each phrase how many of its bytes stand before the short form, and what it names.
    whole: Vec<(usize, Instrument)>,
    /// What stands before an instrument with a number, by its last byte.
    before: HashMap<u8, Vec<String>>,
    /// What stands behind a number, by its first byte.
    behind: HashMap<u8, Vec<String>>,
}

/// A short form without a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShortForm {
    /// Its place in the view.
    pub place: TextRange,
    pub instrument: Instrument,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let keywords = &data().keywords;
    let mut whole: BTreeMap<String, (usize, Instrument)> = BTreeMap::new();
    for (name, words) in &keywords.instruments {
        let instrument = name.instrument();
        for (language, forms) in words {
            let list = |words: &super::data::Words| words.get(language).cloned().unwrap_or_default();
            for form in forms.iter().map(|form| fold(form)) {
                let han = form.starts_with(is_han);
                let space = if han { "" } else { " " };
                // The Arabic article.
                let article = if form.starts_with(is_arabic) { "ال" } else { "" };
                for lead in list(&keywords.said_before).iter().map(|lead| fold(lead)) {
                    // نفس القرار
                    whole.insert(format!("{lead}{space}{article}{form}"), (0, instrument));
                }
                for lead in list(&keywords.said_alone).iter().map(|lead| fold(lead)) {
                    let skip = lead.rfind(' ').map_or(0, |at| at + 1);
                    whole.insert(format!("{lead}{space}{article}{form}"), (skip, instrument));
                }
                for behind in list(&keywords.said_behind).iter().map(|behind| fold(behind)) {
                    whole.insert(format!("{form} {behind}"), (0, instrument));
                }
            }
        }
    }
    let all = |words: &super::data::Words| words.values().flatten().map(|words| fold(words)).collect::<Vec<_>>();
    // “cette résolution 140”, but not “recalling that Resolution 140 …”.
    let alone = all(&keywords.said_alone).into_iter().filter(|lead| !lead.contains(' '));
    let mut before: HashMap<u8, Vec<String>> = HashMap::new();
    for lead in all(&keywords.said_before).into_iter().chain(alone) {
        if let Some(last) = lead.bytes().next_back() {
            before.entry(last).or_default().push(lead);
        }
    }
    let mut behind: HashMap<u8, Vec<String>> = HashMap::new();
    for phrase in all(&keywords.said_behind) {
        if let Some(first) = phrase.bytes().next() {
            behind.entry(first).or_default().push(phrase);
        }
    }
    let (strings, whole) = whole.into_iter().unzip();
    Phrases { strings, whole, before, behind }
});

/// The phrases of short forms without a number.
pub(super) fn strings() -> impl Iterator<Item = &'static str> {
    PHRASES.strings.iter().map(String::as_str)
}

/// The short forms without a number in one reading of a paragraph.
pub(super) fn forms(kind: ParagraphKind, words: &Words<'_>) -> Vec<ShortForm> {
    let mut forms = Vec::new();
    if !holds_clauses(kind) {
        return forms;
    }
    let text = &words.folded.text;
    let mut hits = words.hits.iter().filter_map(|hit| Some((hit, hit.meaning.short()?))).peekable();
    let mut behind = 0;
    while let Some((mut hit, mut phrase)) = hits.next() {
        // The longest of those that begin at one place.
        while let Some((longer, of_longer)) = hits.next_if(|(other, _)| other.start == hit.start) {
            (hit, phrase) = (longer, of_longer);
        }
        if hit.start < behind {
            continue;
        }
        behind = hit.end;
        let Some(&(skip, instrument)) = PHRASES.whole.get(usize::from(phrase)) else { continue };
        // “that resolution of the dispute” names no text.
        if text.get(hit.end as usize..).is_some_and(|behind| behind.starts_with(" of ")) {
            continue;
        }
        // The Arabic article belongs to the word.
        let article = text.get(..hit.start as usize).is_some_and(|before| before.ends_with("ال"));
        let start = (hit.start as usize + skip).saturating_sub(if article { "ال".len() } else { 0 });
        let (from, to) = (words.folded.origin(start), words.folded.origin(hit.end as usize));
        let place = TextRange::new(TextSize::new(from.min(to) as u32), TextSize::new(to as u32));
        forms.push(ShortForm { place, instrument });
        if forms.len() >= MOST_IN_CLAUSE {
            break;
        }
    }
    forms
}

/// Marks the citations that are short forms, and adds those without a number. `citations` are in the order of their
/// paragraphs; what is added stands behind them. Beside each stands whether it is said to have been cited before.
pub(super) fn read(
    document: &Document,
    paragraphs: &[(ParagraphIndex, &Paragraph, Remembered<'_, Recognised>)],
    citations: &mut Vec<(Citation, bool)>,
) {
    if citations.is_empty() {
        return;
    }
    numbered(document, citations);
    // What pins name stands behind the others.
    if !citations.is_sorted_by_key(|(citation, _)| citation.paragraph) {
        citations.sort_by_key(|(citation, _)| citation.paragraph);
    }
    let mut added = Vec::new();
    // The last paragraph of the same section with words in it.
    let mut previous: Option<(&Paragraph, &[(Citation, bool)])> = None;
    let mut left = citations.as_slice();
    for (index, paragraph, recognised) in paragraphs {
        let here = left.iter().take_while(|(citation, _)| citation.paragraph == *index).count();
        let here = left.split_off(..here).unwrap_or_default();
        if !holds_clauses(paragraph.kind) {
            previous = None;
            continue;
        }
        let before = previous
            .filter(|(before, _)| (before.resolution, before.section) == (paragraph.resolution, paragraph.section))
            .map(|(_, before)| before)
            .unwrap_or_default();
        let few = before.len() <= MOST_IN_CLAUSE && here.len() <= MOST_IN_CLAUSE;
        if few && !(before.is_empty() && here.is_empty()) {
            unnumbered(paragraph, *index, recognised, here, before, &mut added);
        }
        previous = Some((paragraph, here));
    }
    citations.append(&mut added);
}

fn holds_clauses(kind: ParagraphKind) -> bool {
    matches!(kind, ParagraphKind::Clause | ParagraphKind::Text | ParagraphKind::Reasons)
}

/// “the said Resolution 140”: one with the same number was cited before, and always the same one.
fn numbered(document: &Document, citations: &mut [(Citation, bool)]) {
    // Only numbers that are said to have been cited before are looked for.
    let said = citations.iter().filter(|(_, said)| *said).map(|(citation, _)| citation.number.clone());
    let numbers: HashMap<String, usize> = said.enumerate().map(|(index, number)| (number, index)).collect();
    if numbers.is_empty() {
        return;
    }
    // What was cited in full, by resolution of the file, instrument and number; `None` where it was not always the same.
    let mut full: HashMap<(usize, Instrument, usize), Option<usize>> = HashMap::new();
    for index in 0..citations.len() {
        let Some((citation, said)) = citations.get(index) else { return };
        let Some(&number) = numbers.get(&citation.number) else { continue };
        let Some(paragraph) = document.paragraphs.get(citation.paragraph.index()) else { continue };
        let key = (paragraph.resolution.index(), citation.instrument, number);
        let antecedent = full.get(&key).copied().flatten().filter(|_| *said);
        if let Some((antecedent, _)) = antecedent.and_then(|index| citations.get(index))
            && citation.cited_version.is_none()
            && citation.flattened.is_none()
            && !citation.pinned
            && citation.range.start() > antecedent.range.end()
        {
            let own = citation.id.is_none() || citation.id == antecedent.id;
            let cited = Cited {
                text: citation.text.clone(),
                named: citation.named.clone(),
                of_this_organ: citation.of_this_organ,
                ..taking_up(antecedent)
            };
            let short = Citation {
                paragraph: citation.paragraph,
                side: citation.side,
                in_both: citation.in_both,
                range: citation.range,
                number_range: citation.number_range,
                ..stands_for(antecedent, cited)
            };
            if let Some((citation, _)) = citations.get_mut(index).filter(|_| own) {
                *citation = short;
                continue;
            }
        }
        let Some((citation, _)) = citations.get(index) else { return };
        if citation.wording == Wording::Full {
            let entry = full.entry(key).or_insert(Some(index));
            let first = entry.and_then(|first| citations.get(first)).map(|(first, _)| first);
            *entry = match first.is_some_and(|first| is_same(first, citation)) {
                // The last one that says which version.
                true if citation.version.is_some() || first.is_some_and(|first| first.version.is_none()) => Some(index),
                true => *entry,
                false => None,
            };
        }
    }
}

/// Whether “the said” stands before a pin, or “mentioned above” behind it.
pub(super) fn is_said_at(paragraph: &Paragraph, side: Side, range: TextRange) -> bool {
    let view = &paragraph.views[side];
    let (Some(start), Some(end)) = (view.to_view(range.start()), view.to_view(range.end())) else { return false };
    let (start, end) = (usize::from(start), usize::from(end));
    let (Some(before), Some(behind)) = (view.text.get(..start), view.text.get(end..)) else { return false };
    let near: usize = before.char_indices().rev().nth(MOST_IN_LEAD).map_or(0, |(at, _)| at);
    let before = fold(before.get(near..).unwrap_or_default());
    let behind = fold(&behind.chars().take(MOST_IN_LEAD).collect::<String>());
    is_said(&(before.clone() + &behind), before.len(), before.len())
}

/// Whether “the said” stands before the words from `start` to `end` of a folded text, or “mentioned above” behind them.
pub(super) fn is_said(text: &str, start: usize, end: usize) -> bool {
    let (before, behind) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let (before, behind) = (before.trim_end(), behind.trim_start());
    let last = before.bytes().next_back().and_then(|last| PHRASES.before.get(&last));
    let led = last.into_iter().flatten().any(|lead| {
        // “that same” is another word, “in the said” is not.
        before.strip_suffix(lead.as_str()).is_some_and(|rest| !rest.ends_with(is_letter) || lead.starts_with(is_han))
    });
    led || {
        let first = behind.bytes().next().and_then(|first| PHRASES.behind.get(&first));
        first
            .into_iter()
            .flatten()
            .any(|phrase| behind.strip_prefix(phrase.as_str()).is_some_and(|rest| !rest.starts_with(is_letter)))
    }
}

/// Adds the short forms without a number of one paragraph. `here` and `before` are the citations of it and of the
/// paragraph before it.
fn unnumbered(
    paragraph: &Paragraph,
    index: ParagraphIndex,
    recognised: &Recognised,
    here: &[(Citation, bool)],
    before: &[(Citation, bool)],
    added: &mut Vec<(Citation, bool)>,
) {
    let first = added.len();
    for &side in recognised.sides() {
        let view = &paragraph.views[side];
        for form in &recognised.reading(side).short {
            let Some(range) = view.to_source(form.place) else { continue };
            let Some(antecedent) = antecedent(side, form.instrument, range, here, before) else { continue };
            let twin = added[first..].iter_mut().find(|(other, _)| {
                other.side != side
                    && other.range == range
                    && other.id == antecedent.id
                    && other.version == antecedent.version
            });
            if let Some((twin, _)) = twin {
                twin.in_both = true;
                continue;
            }
            let text = view.text.get(std::ops::Range::from(form.place)).unwrap_or_default().to_owned();
            let cited = Cited { text, ..taking_up(antecedent) };
            let short = Citation {
                paragraph: index,
                side,
                in_both: !recognised.tracked,
                range,
                number_range: range,
                ..stands_for(antecedent, cited)
            };
            added.push((short, false));
        }
    }
}

/// What a short form at `range` stands for: the one thing that its clause cites before it or, where it cites nothing,
/// the clause before cites.
fn antecedent<'a>(
    side: Side,
    instrument: Instrument,
    range: TextRange,
    here: &'a [(Citation, bool)],
    before: &'a [(Citation, bool)],
) -> Option<&'a Citation> {
    let citations = |list: &'a [(Citation, bool)]| list.iter().map(|(citation, _)| citation);
    // “the said Resolution 140” has a number of its own.
    if citations(here).any(|citation| citation.range.intersect(range).is_some_and(|shared| !shared.is_empty())) {
        return None;
    }
    let may = |citation: &&Citation| {
        let alike = citation.instrument == instrument || citation.instrument == Instrument::Draft;
        alike && (citation.in_both || citation.side == side) && !matches!(citation.wording, Wording::Short(_))
    };
    let earlier: Vec<&Citation> =
        citations(here).filter(may).filter(|citation| citation.range.end() <= range.start()).collect();
    let of = if earlier.is_empty() { citations(before).filter(may).collect() } else { earlier };
    // One that was cited again without its version is the same.
    let last = of.iter().rev().find(|citation| citation.version.is_some()).or(of.last()).copied()?;
    let one = of.iter().all(|citation| is_same(citation, last));
    (one && last.id.is_some() && last.instrument == instrument).then_some(last)
}

/// Whether two citations name the same text: where both say which version, the same one.
fn is_same(one: &Citation, other: &Citation) -> bool {
    let version = one.version.is_none() || other.version.is_none() || one.version == other.version;
    one.id == other.id && one.number == other.number && version && one.flattened == other.flattened
}

/// What an antecedent cites, for words that take it up; the words are to be set.
fn taking_up(antecedent: &Citation) -> Cited {
    Cited {
        body_reason: Some(format!("it takes up “{}”", antecedent.text)),
        candidates: Vec::new(),
        named: Vec::new(),
        of_this_organ: false,
        ..Cited::clone(antecedent)
    }
}

/// A citation of what an antecedent cites; its place is to be set.
fn stands_for(antecedent: &Citation, cited: Cited) -> Citation {
    Citation {
        cited: Arc::new(cited),
        cited_version: None,
        flattened: None,
        pinned: false,
        historical: false,
        wording: Wording::Short(antecedent.range),
        title: None,
        date: None,
        ..antecedent.clone()
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::citation::tests::worded;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&worded(text));
    }

    #[test]
    fn one_cited_before_in_the_same_clause() {
        check(
            "Recalling Resolution 140 (Rev. Dubai, 2018), the annex to that resolution and the report called for in the said resolution;",
            expect![[r#"
                Resolution 140 (Rev. Dubai, 2018) → PP-140@2018
                that resolution → PP-140@2018 [for Resolution 140 (Rev. Dubai, 2018)]
                the said resolution → PP-140@2018 [for Resolution 140 (Rev. Dubai, 2018)]
            "#]],
        );
        check(
            "忆及第140号决议（2018年，迪拜，修订版）以及该决议的附件和上述第140号决议；",
            expect![[r#"
            第140号决议（2018年，迪拜，修订版） → PP-140@2018
            该决议 → PP-140@2018 [for 第140号决议（2018年，迪拜，修订版）]
            第140号决议 → PP-140@2018 [for 第140号决议（2018年，迪拜，修订版）]
        "#]],
        );
        check(
            "Rappelant la Résolution 140 (Rév. Dubaï, 2018), ladite résolution, cette résolution 140 et la résolution précitée;",
            expect![[r#"
                Résolution 140 (Rév. Dubaï, 2018) → PP-140@2018
                ladite résolution → PP-140@2018 [for Résolution 140 (Rév. Dubaï, 2018)]
                résolution 140 → PP-140@2018 [for Résolution 140 (Rév. Dubaï, 2018)]
                résolution précitée → PP-140@2018 [for Résolution 140 (Rév. Dubaï, 2018)]
            "#]],
        );
        check(
            "Recordando la Resolución 140 (Rev. Dubái, 2018), dicha resolución y la citada Resolución 140;",
            expect![[r#"
                Resolución 140 (Rev. Dubái, 2018) → PP-140@2018
                dicha resolución → PP-140@2018 [for Resolución 140 (Rev. Dubái, 2018)]
                Resolución 140 → PP-140@2018 [for Resolución 140 (Rev. Dubái, 2018)]
            "#]],
        );
        check(
            "ссылаясь на Резолюцию 140 (Пересм. Дубай, 2018 г.) и на указанную резолюцию;",
            expect![[r#"
            Резолюцию 140 (Пересм. Дубай, 2018 г.) → PP-140@2018
            указанную резолюцию → PP-140@2018 [for Резолюцию 140 (Пересм. Дубай, 2018 г.)]
        "#]],
        );
        check(
            "إذ تذكر القرار 140 (المراجع في دبي، 2018) وبالقرار المذكور والقرار 140 المذكور أعلاه؛",
            expect![[r#"
            القرار 140 (المراجع في دبي، 2018) → PP-140@2018
            القرار المذكور → PP-140@2018 [for القرار 140 (المراجع في دبي، 2018)]
            القرار 140 → PP-140@2018 [for القرار 140 (المراجع في دبي، 2018)]
        "#]],
        );
    }

    #[test]
    fn in_the_clause_before() {
        check(
            "a) Resolution 140 (Rev. Dubai, 2018);\nb) the annex to that resolution;\nc) that resolution;",
            expect![[r#"
                Resolution 140 (Rev. Dubai, 2018) → PP-140@2018
                that resolution → PP-140@2018 [for Resolution 140 (Rev. Dubai, 2018)]
            "#]],
        );
    }

    #[test]
    fn nothing_where_it_is_open() {
        check(
            "a) Resolutions 140 (Rev. Dubai, 2018) and 71 (Rev. Dubai, 2018), and the annex to that resolution;\nb) that resolution;",
            expect![[r#"
                Resolutions 140 (Rev. Dubai, 2018) → PP-140@2018
                71 (Rev. Dubai, 2018) → PP-71@2018
            "#]],
        );
        check(
            "Resolution 140 (Rev. Dubai, 2018), recalling that resolution of the dispute is near, that decision, the present resolution and this resolution, 本决议",
            expect![[r#"
                Resolution 140 (Rev. Dubai, 2018) → PP-140@2018
            "#]],
        );
        check(
            "Resolution 140 (Rev. Dubai, 2018) and Resolution 140 (Rev. Busan, 2014), in the said Resolution 140",
            expect![[r#"
                Resolution 140 (Rev. Dubai, 2018) → PP-140@2018
                Resolution 140 (Rev. Busan, 2014) → PP-140@2014
                Resolution 140 → PP-140
            "#]],
        );
    }

    #[test]
    fn another_section_is_no_clause_before() {
        check(
            "*recalling*\n\nResolution 140 (Rev. Dubai, 2018),\n\n*resolves*\n\nto carry out the said resolution",
            expect![[r#"
                Resolution 140 (Rev. Dubai, 2018) → PP-140@2018
            "#]],
        );
    }

    #[test]
    fn with_a_number_over_the_whole_resolution() {
        check(
            "Recalling Resolution 140 (Rev. Dubai, 2018),\n\nnothing,\n\nnoting the said Resolution 140 and that Resolution 140 decided",
            expect![[r#"
                Resolution 140 (Rev. Dubai, 2018) → PP-140@2018
                Resolution 140 → PP-140@2018 [for Resolution 140 (Rev. Dubai, 2018)]
                Resolution 140 → PP-140
            "#]],
        );
    }

    #[test]
    fn in_one_reading() {
        check(
            "Resolution 140 (Rev. Dubai, 2018) and {++the annex to that resolution++}",
            expect![[r#"
            Resolution 140 (Rev. Dubai, 2018) → PP-140@2018
            that resolution → PP-140@2018 [for Resolution 140 (Rev. Dubai, 2018)] [amended]
        "#]],
        );
    }
}
