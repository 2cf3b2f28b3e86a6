//! Which clause of one version of a resolution is which clause of another, as far as the words show.

use std::collections::HashMap;

use similar::{Algorithm, capture_diff_slices, diff_ratio};

use super::resolve::section_name;
use crate::syntax::{Document, ParagraphIndex, ParagraphKind, ResolutionIndex, Side, fold};

/// A text of a resolution in one reading.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The document that holds it.
    pub document: &'a Document,
    /// Which of the document's resolutions it is.
    pub resolution: ResolutionIndex,
    /// The reading.
    pub side: Side,
}

/// How alike the words of two clauses have to be, where they are not the same: 0 nothing in common, 1 the same.
const ALIKE: f32 = 0.8;

/// How much less alike every other clause has to be.
const MARGIN: f32 = 0.15;

/// Fewer words than these are alike only when they are the same.
const ENOUGH: usize = 6;

/// Texts with more clauses than this, which no resolution has, are compared by the same words alone.
const CLAUSES: usize = 500;

/// Of longer clauses the first words are compared.
const LENGTH: usize = 1500;

/// How far up a sub-clause counts as words of the clauses that it stands below.
const DEPTH: usize = 8;

/// A word; the same number is the same word.
type Word = u32;

/// A clause with its words, without punctuation, case and diacritics.
#[derive(Debug)]
struct Clause {
    paragraph: ParagraphIndex,
    heading: String,
    in_annex: bool,
    own: Vec<Word>,
    /// With those of what stands below it.
    whole: Vec<Word>,
}

/// The clauses of two versions of a text, ready to be compared.
#[derive(Debug)]
pub struct Counterparts {
    old: Vec<Clause>,
    new: Vec<Clause>,
    /// The clauses of the new text by their own words.
    same: HashMap<Vec<Word>, Vec<usize>>,
}

impl Counterparts {
    /// Reads both texts.
    pub fn new(old: Text<'_>, new: Text<'_>) -> Counterparts {
        let mut words = HashMap::new();
        let (old, new) = (clauses(old, &mut words), clauses(new, &mut words));
        let mut same: HashMap<Vec<Word>, Vec<usize>> = HashMap::new();
        for (index, clause) in new.iter().enumerate() {
            same.entry(clause.own.clone()).or_default().push(index);
        }
        Counterparts { old, new, same }
    }

    /// The clause of the new text that is this clause of the old one: the one with the same words or, where there is
    /// none, the only one whose words are much alike. `None` where that cannot be shown.
    pub fn of(&self, clause: ParagraphIndex) -> Option<ParagraphIndex> {
        let at = self.old.binary_search_by_key(&clause, |clause| clause.paragraph).ok()?;
        let old = self.old.get(at)?;
        if old.own.is_empty() {
            return None;
        }
        let same = self.same.get(&old.own).map_or(&[][..], Vec::as_slice);
        let same: Vec<&Clause> =
            same.iter().filter_map(|index| self.new.get(*index)).filter(|new| new.in_annex == old.in_annex).collect();
        match same.as_slice() {
            [] => self.alike(old),
            _ => self.same(old, &same),
        }
        .map(|new| new.paragraph)
    }

    /// The clause with the same words: the only one, or the only one below the same heading or with the same sub-clauses,
    /// as it was the only one of them in the old text.
    fn same<'a>(&'a self, old: &Clause, same: &[&'a Clause]) -> Option<&'a Clause> {
        let twins = || self.old.iter().filter(|other| other.own == old.own && other.in_annex == old.in_annex);
        if let [only] = same
            && twins().count() == 1
            && (old.own.len() >= ENOUGH || only.heading == old.heading)
        {
            return Some(only);
        }
        let tests: [fn(&Clause, &Clause) -> bool; 2] = [
            |one, other| one.heading == other.heading,
            |one, other| one.whole.len() >= ENOUGH && one.whole == other.whole,
        ];
        tests.into_iter().find_map(|test| {
            let mut fitting = same.iter().filter(|new| test(new, old));
            let found = fitting.next().filter(|_| fitting.next().is_none())?;
            (twins().filter(|twin| test(twin, old)).count() == 1).then_some(*found)
        })
    }

    /// The clause whose words are most alike, if they are much alike and no other's are, in either text.
    fn alike(&self, old: &Clause) -> Option<&Clause> {
        if self.new.len() > CLAUSES || self.old.len() > CLAUSES {
            return None;
        }
        let (mut best, mut second) = ((0.0f32, None), 0.0f32);
        for new in self.new.iter().filter(|new| new.in_annex == old.in_annex) {
            let score = score(old, new);
            if score > best.0 {
                second = best.0;
                best = (score, Some(new));
            } else {
                second = second.max(score);
            }
        }
        let (score_of_best, Some(new)) = best else { return None };
        let clear = score_of_best >= ALIKE && second + MARGIN <= score_of_best;
        let others = self.old.iter().filter(|other| other.paragraph != old.paragraph && other.in_annex == old.in_annex);
        let rival = || others.map(|other| score(other, new)).fold(0.0, f32::max);
        (clear && rival() + MARGIN <= score_of_best).then_some(new)
    }
}

/// How alike two clauses are, by their own words or, where these are few, with what stands below them.
fn score(one: &Clause, other: &Clause) -> f32 {
    let own = ratio(&one.own, &other.own);
    let nested = one.whole.len() > one.own.len() || other.whole.len() > other.own.len();
    if nested { own.max(ratio(&one.whole, &other.whole)) } else { own }
}

fn ratio(one: &[Word], other: &[Word]) -> f32 {
    if one.len().min(other.len()) < ENOUGH {
        return if one == other { 1.0 } else { 0.0 };
    }
    let (one, other) = (one.get(..LENGTH).unwrap_or(one), other.get(..LENGTH).unwrap_or(other));
    // What cannot come out above what counts as alike, or as a rival of it, need not be compared word by word.
    let most = 2.0 * one.len().min(other.len()) as f32 / (one.len() + other.len()) as f32;
    if most < ALIKE - MARGIN || in_common(one, other) < ALIKE - MARGIN {
        return 0.0;
    }
    diff_ratio(&capture_diff_slices(Algorithm::Myers, one, other), one.len(), other.len())
}

/// How alike two clauses can be at most: as if the order of the words did not matter.
fn in_common(one: &[Word], other: &[Word]) -> f32 {
    let (mut sorted, mut others) = (one.to_vec(), other.to_vec());
    sorted.sort_unstable();
    others.sort_unstable();
    let (mut at, mut common) = (0, 0usize);
    for word in &sorted {
        while others.get(at).is_some_and(|other| other < word) {
            at += 1;
        }
        if others.get(at) == Some(word) {
            common += 1;
            at += 1;
        }
    }
    2.0 * common as f32 / (one.len() + other.len()) as f32
}

fn clauses(text: Text<'_>, words: &mut HashMap<String, Word>) -> Vec<Clause> {
    let Text { document, resolution, side } = text;
    let Some(whole) = document.resolutions.get(resolution.index()) else { return Vec::new() };
    let mut found: Vec<Clause> = Vec::new();
    let first = whole.paragraphs.start;
    for (index, paragraph) in document.paragraphs.get(whole.paragraphs.clone()).unwrap_or_default().iter().enumerate() {
        let Some(section) = paragraph.section.filter(|_| paragraph.is_in(side)) else { continue };
        let section = document.section(section);
        let own = words_of(&paragraph.views[side].text, words);
        let mut above = paragraph.parent;
        for _ in 0..DEPTH {
            let Some(parent) = above else { break };
            if let Ok(at) = found.binary_search_by_key(&parent, |clause| clause.paragraph)
                && let Some(clause) = found.get_mut(at)
                && clause.whole.len() < LENGTH
            {
                clause.whole.extend(&own);
            }
            above = document.paragraph(parent).parent;
        }
        if paragraph.kind != ParagraphKind::Clause {
            continue;
        }
        let heading = section.heading.map(|heading| section_name(&document.paragraph(heading).views[side].text));
        found.push(Clause {
            paragraph: ParagraphIndex(u32::try_from(first + index).unwrap_or(u32::MAX)),
            heading: heading.unwrap_or_default(),
            in_annex: section.division.is_some(),
            whole: own.clone(),
            own,
        });
    }
    found
}

/// The words of a text; each character of a script that sets no spaces is one.
fn words_of(text: &str, known: &mut HashMap<String, Word>) -> Vec<Word> {
    let mut found = Vec::new();
    let mut take = |word: &str| {
        if word.is_empty() {
            return;
        }
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        let number = match known.get(word) {
            Some(number) => *number,
            None => *known.entry(word.to_owned()).or_insert(next),
        };
        found.push(number);
    };
    for word in fold(text).split(|c: char| !c.is_alphanumeric()) {
        let mut rest = word;
        while let Some(at) = rest.find(is_ideograph) {
            take(&rest[..at]);
            let end = at + rest[at..].chars().next().map_or(0, char::len_utf8);
            take(&rest[at..end]);
            rest = &rest[end..];
        }
        take(rest);
    }
    found
}

fn is_ideograph(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{lower, parse};

    /// For each clause of the old text its label, and the label of its counterpart.
    fn check(old: &str, new: &str, expected: &str) {
        let (old, new) = (lower(old, &parse(old)), lower(new, &parse(new)));
        let text = |document| Text { document, resolution: ResolutionIndex(0), side: Side::Amended };
        let counterparts = Counterparts::new(text(&old), text(&new));
        let label = |document: &Document, clause: ParagraphIndex| {
            document.paragraph(clause).label.as_ref().and_then(|label| label.text.amended.clone()).unwrap_or_default()
        };
        let clauses = old.iter().filter(|(_, paragraph)| paragraph.kind == ParagraphKind::Clause);
        let found = clauses.map(|(index, _)| {
            let new = counterparts.of(index).map_or("?".to_owned(), |other| label(&new, other));
            format!("{} {new}", label(&old, index))
        });
        assert_eq!(found.collect::<Vec<_>>().join(", "), expected);
    }

    #[test]
    fn the_same_words_are_the_same_clause() {
        check(
            "*resolves*\n1. to paint every bridge in the course of the year;\n2. to close the road,\n",
            "*resolves*\n1. to build another bridge where it is needed most;\n2. to close the road:\n   a) at night;\n3. To paint every bridge, in the course of the year,\n",
            "1. 3., 2. 2.",
        );
        // Few words below another heading prove nothing; many do.
        check(
            "*resolves*\n1. to close the road;\n2. to close the road that leads over the bridge,\n",
            "*invites*\n1. to close the road that leads over the bridge;\n2. to close the road,\n",
            "1. ?, 2. 1.",
        );
    }

    #[test]
    fn words_that_are_there_twice_need_their_heading() {
        check(
            "*resolves*\n1. to report to the Council each year,\n*invites*\n1. to report to the Council each year,\n",
            "*resolves*\n1. x;\n2. to report to the Council each year,\n*invites*\n4. to report to the Council each year,\n",
            "1. 2., 1. 4.",
        );
        check(
            "*resolves*\n1. to report to the Council each year;\n2. to report to the Council each year,\n",
            "*resolves*\n1. to report to the Council each year,\n",
            "1. ?, 2. ?",
        );
    }

    #[test]
    fn words_much_alike_are_enough_where_no_other_is() {
        check(
            "*resolves*\n1. to inspect all bridges of the country every two years and to publish what was found,\n",
            "*resolves*\n1. to paint the bridges;\n2. to inspect all bridges of the country every four years and to publish what was found,\n",
            "1. 2.",
        );
        check(
            "*resolves*\n1. to inspect all bridges of the country every two years and to publish what was found,\n",
            "*resolves*\n1. to inspect all bridges of the country every five years and to publish what was found;\n2. to inspect all bridges of the country every four years and to publish what was found,\n",
            "1. ?",
        );
        check(
            "*resolves*\n1. to inspect all bridges of the country every two years and to publish what was found;\n2. to inspect all bridges of the country every ten years and to publish what was found,\n",
            "*resolves*\n1. to inspect all bridges of the country every four years and to publish what was found,\n",
            "1. ?, 2. ?",
        );
        check(
            "*resolves*\n1. to inspect all bridges of the country every two years,\n",
            "*resolves*\n1. to sell the bridges that nobody in the country uses any more,\n",
            "1. ?",
        );
    }

    #[test]
    fn any_script_and_what_stands_below() {
        check(
            "*做出决议*\n1. 检查全国所有桥梁；\n2. 报告：\n   a) 所用资源；\n   b) 取得的进展，\n",
            "*做出决议*\n1. 出售旧桥；\n2. 检查全国的所有桥梁；\n3. 报告：\n   a) 取得的进展；\n   b) 所用资源，\n",
            "1. 2., 2. 3., a) b), b) a)",
        );
        check("*يقرر*\n1. صبغ الجسر\n", "*يقرر*\n1. إغلاقه\n2. صبغ الجسر،\n", "1. 2.");
    }

    #[test]
    fn an_annex_is_another_text() {
        check(
            "*resolves*\n1. to close the road that leads over the bridge,\n",
            "*resolves*\n1. x,\n### Annex\n1. to close the road that leads over the bridge.\n",
            "1. ?",
        );
    }
}
