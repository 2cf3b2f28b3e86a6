//! Short forms: “that resolution”, “the said Resolution 140”, 该决议, القرار المذكور. Each stands for what was cited in full
//! before, and is read only where there is one thing that it can stand for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::data::data;
use super::phrase::{is_arabic, is_han, is_letter, stands_free};
use super::recognise::{Citation, Instrument, Wording};
use crate::syntax::{Document, Folded, Paragraph, ParagraphIndex, ParagraphKind, Side, TextRange, TextSize, fold};

/// How many citations and short forms of one clause are looked at: what cites more cites more than one thing.
const MOST_IN_CLAUSE: usize = 64;

/// The words of short forms.
struct Phrases {
    /// Whole phrases without a number, “of that resolution”.
    finder: Option<AhoCorasick>,
    /// For each phrase how many of its bytes stand before the short form, and what it names.
    whole: Vec<(usize, Instrument)>,
    /// What stands before an instrument with a number.
    before: Vec<String>,
    /// What stands behind a number.
    behind: Vec<String>,
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
    let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(whole.keys()).ok();
    let all = |words: &super::data::Words| words.values().flatten().map(|words| fold(words)).collect::<Vec<_>>();
    // “cette résolution 140”, but not “recalling that Resolution 140 …”.
    let alone = all(&keywords.said_alone).into_iter().filter(|lead| !lead.contains(' '));
    Phrases {
        finder,
        whole: whole.into_values().collect(),
        before: all(&keywords.said_before).into_iter().chain(alone).collect(),
        behind: all(&keywords.said_behind),
    }
});

/// Marks the citations that are short forms, and adds those without a number. `citations` are in the order of their
/// paragraphs; what is added stands behind them.
pub(super) fn read(document: &Document, citations: &mut Vec<Citation>) {
    if citations.is_empty() {
        return;
    }
    numbered(document, citations);
    let mut added = Vec::new();
    // The last paragraph of the same section with words in it.
    let mut previous: Option<ParagraphIndex> = None;
    for (index, paragraph) in document.iter() {
        if !holds_clauses(paragraph) {
            previous = None;
            continue;
        }
        let of = |index: ParagraphIndex| {
            let first = citations.partition_point(|citation| citation.paragraph < index);
            let behind = citations.partition_point(|citation| citation.paragraph <= index);
            citations.get(first..behind).unwrap_or_default()
        };
        let before = previous
            .filter(|&before| {
                let before = document.paragraph(before);
                (before.resolution, before.section) == (paragraph.resolution, paragraph.section)
            })
            .map(of)
            .unwrap_or_default();
        let here = of(index);
        let few = before.len() <= MOST_IN_CLAUSE && here.len() <= MOST_IN_CLAUSE;
        if few && !(before.is_empty() && here.is_empty()) {
            unnumbered(paragraph, index, here, before, &mut added);
        }
        previous = Some(index);
    }
    citations.append(&mut added);
}

fn holds_clauses(paragraph: &Paragraph) -> bool {
    matches!(paragraph.kind, ParagraphKind::Clause | ParagraphKind::Text | ParagraphKind::Reasons)
}

/// “the said Resolution 140”: one with the same number was cited before, and always the same one.
fn numbered(document: &Document, citations: &mut [Citation]) {
    // What was cited in full, by resolution of the file, instrument and number; `None` where it was not always the same.
    let mut full: BTreeMap<(usize, Instrument, String), Option<usize>> = BTreeMap::new();
    for index in 0..citations.len() {
        let Some(citation) = citations.get(index) else { return };
        let Some(paragraph) = document.paragraphs.get(citation.paragraph.index()) else { continue };
        let key = (paragraph.resolution.index(), citation.instrument, citation.number.clone());
        let antecedent = full.get(&key).copied().flatten().filter(|_| is_said(paragraph, citation));
        if let Some(antecedent) = antecedent.and_then(|index| citations.get(index)).cloned()
            && citation.cited_version.is_none()
            && citation.flattened.is_none()
            && !citation.pinned
            && citation.range.start() > antecedent.range.end()
        {
            let own = citation.id.is_none() || citation.id == antecedent.id;
            if let Some(citation) = citations.get_mut(index).filter(|_| own) {
                let short = stands_for(&antecedent);
                *citation = Citation {
                    paragraph: citation.paragraph,
                    side: citation.side,
                    in_both: citation.in_both,
                    range: citation.range,
                    text: std::mem::take(&mut citation.text),
                    number_range: citation.number_range,
                    named: std::mem::take(&mut citation.named),
                    of_this_organ: citation.of_this_organ,
                    ..short
                };
                continue;
            }
        }
        let Some(citation) = citations.get(index) else { return };
        if citation.wording == Wording::Full {
            let entry = full.entry(key).or_insert(Some(index));
            let first = entry.and_then(|first| citations.get(first));
            *entry = match first.is_some_and(|first| is_same(first, citation)) {
                // The last one that says which version.
                true if citation.version.is_some() || first.is_some_and(|first| first.version.is_none()) => Some(index),
                true => *entry,
                false => None,
            };
        }
    }
}

/// Whether “the said” stands before a citation, or “mentioned above” behind it.
fn is_said(paragraph: &Paragraph, citation: &Citation) -> bool {
    let view = &paragraph.views[citation.side];
    let (Some(start), Some(end)) = (view.to_view(citation.range.start()), view.to_view(citation.range.end())) else {
        return false;
    };
    let around = |from: usize, to: usize| view.text.get(from..to).map(fold).unwrap_or_default();
    let (start, end) = (usize::from(start), usize::from(end));
    let near = |at: usize, back: bool| {
        let mut edge = if back { at.saturating_sub(60) } else { (at + 60).min(view.text.len()) };
        while !view.text.is_char_boundary(edge) {
            edge = if back { edge.saturating_sub(1) } else { edge + 1 };
        }
        edge
    };
    let before = around(near(start, true), start);
    let behind = around(end, near(end, false));
    let (before, behind) = (before.trim_end(), behind.trim_start());
    let led = PHRASES.before.iter().any(|lead| {
        // “that same” is another word, “in the said” is not.
        before.strip_suffix(lead.as_str()).is_some_and(|rest| !rest.ends_with(is_letter) || lead.starts_with(is_han))
    });
    let followed = || {
        PHRASES
            .behind
            .iter()
            .any(|phrase| behind.strip_prefix(phrase.as_str()).is_some_and(|rest| !rest.starts_with(is_letter)))
    };
    led || followed()
}

/// Adds the short forms without a number of one paragraph. `here` and `before` are the citations of it and of the
/// paragraph before it.
fn unnumbered(
    paragraph: &Paragraph,
    index: ParagraphIndex,
    here: &[Citation],
    before: &[Citation],
    added: &mut Vec<Citation>,
) {
    let Some(finder) = &PHRASES.finder else { return };
    let sides: &[Side] = if paragraph.is_tracked() { &[Side::Amended, Side::InForce] } else { &[Side::Amended] };
    let first = added.len();
    for &side in sides {
        let view = &paragraph.views[side];
        let folded = Folded::new(&view.text);
        for hit in finder.find_iter(folded.text.as_str()).take(MOST_IN_CLAUSE) {
            let Some(&(skip, instrument)) = PHRASES.whole.get(hit.pattern().as_usize()) else { continue };
            // “that resolution of the dispute” names no text.
            let of = folded.text.get(hit.end()..).is_some_and(|behind| behind.starts_with(" of "));
            if of || !stands_free(&folded.text, hit.start(), hit.end()) {
                continue;
            }
            // The Arabic article belongs to the word.
            let article = folded.text.get(..hit.start()).is_some_and(|before| before.ends_with("ال"));
            let start = hit.start() + skip - if article { "ال".len() } else { 0 };
            let (from, to) = (folded.origin(start), folded.origin(hit.end()));
            let words = TextRange::new(TextSize::new(from as u32), TextSize::new(to as u32));
            let Some(range) = view.to_source(words) else { continue };
            let Some(antecedent) = antecedent(side, instrument, range, here, before) else { continue };
            let short = Citation {
                paragraph: index,
                side,
                in_both: sides.len() == 1,
                range,
                text: view.text.get(from..to).unwrap_or_default().to_owned(),
                number_range: range,
                ..stands_for(antecedent)
            };
            let twin = added[first..].iter_mut().find(|other| {
                other.side != side && other.range == range && other.id == short.id && other.version == short.version
            });
            match twin {
                Some(twin) => twin.in_both = true,
                None => added.push(short),
            }
        }
    }
}

/// What a short form at `range` stands for: the one thing that its clause cites before it or, where it cites nothing,
/// the clause before cites.
fn antecedent<'a>(
    side: Side,
    instrument: Instrument,
    range: TextRange,
    here: &'a [Citation],
    before: &'a [Citation],
) -> Option<&'a Citation> {
    // “the said Resolution 140” has a number of its own.
    if here.iter().any(|citation| citation.range.intersect(range).is_some_and(|shared| !shared.is_empty())) {
        return None;
    }
    let may = |citation: &&Citation| {
        let alike = citation.instrument == instrument || citation.instrument == Instrument::Draft;
        alike && (citation.in_both || citation.side == side) && !matches!(citation.wording, Wording::Short(_))
    };
    let earlier: Vec<&Citation> =
        here.iter().filter(may).filter(|citation| citation.range.end() <= range.start()).collect();
    let of = if earlier.is_empty() { before.iter().filter(may).collect() } else { earlier };
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

/// A citation of what an antecedent cites; its place and words are to be set.
fn stands_for(antecedent: &Citation) -> Citation {
    Citation {
        body_reason: Some(format!("it takes up “{}”", antecedent.text)),
        candidates: Vec::new(),
        cited_version: None,
        flattened: None,
        pinned: false,
        historical: false,
        wording: Wording::Short(antecedent.range),
        title: None,
        date: None,
        named: Vec::new(),
        of_this_organ: false,
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
