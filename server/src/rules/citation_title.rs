//! `citation/title`: the title beside a citation is not the one of the resolution.

use similar::{DiffOp, TextDiff};

use super::citation_common::{Judge, Judged, name, sentence, with_resolution};
use super::citation_fix::{Writer, language_of};
use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::catalogue::{Catalogue, Certainty, Fact, Title, TitleKind, adoption_window};
use crate::citation::{CitedTitle, ResolutionId, written as written_as};
use crate::syntax::{Language, fold};

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/title",
    page: include_str!("../../../docs/rules/citation-title.md"),
    severity: Severity::Information,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    for cited in judge.all() {
        let Some(title) = cited.citation.title.as_ref().filter(|title| title.quoted) else { continue };
        out.extend(finding(&cited, title));
    }
}

fn finding(cited: &Judged<'_>, written: &CitedTitle) -> Option<Finding> {
    let input = cited.judge.input;
    let language = language_of(input, cited.citation)?;
    let titles = input.catalogue.get(cited.id)?.titles();
    let own = words(&written.text, language);
    // A part of a title is a habit, and no mistake; nor is the title of another version where it is not known which.
    let fits = |fact: &Fact<'_, Title>| is_part(&own, &words(&fact.value.text, language));
    if own.len() < FEWEST || titles.iter().any(fits) {
        return None;
    }
    let right = &without_footnotes(proven(cited, &titles, language)?);
    let theirs = words(right, language);
    let diff = diff(&own, &theirs);
    if diff.iter().all(|op| is_same(op, &own, &theirs)) {
        return None;
    }
    let name = name(cited.id);
    let (message, other) = if is_near(&diff, own.len(), theirs.len()) {
        (format!("{name} is called “{right}”: {}.", difference(&diff, &own, &theirs)), None)
    } else {
        // Words in quotation marks beside a number may be something else than its title.
        let other = of_another(input.catalogue, cited.id, &own, language)?;
        let message = format!(
            "This is the title of {}, not of {name}, which is called “{right}”. Correct the number, or the title.",
            sentence(&written_as(&other, None, Language::En))
        );
        (message, Some(other))
    };
    // A wrong number sends the reader to another text.
    let severity = if other.is_some() { Severity::Warning } else { RULE.severity };
    let mut finding = Finding::new(RULE.id, severity, written.range, message);
    finding = with_resolution(finding, cited.id, cited.citation.version.as_deref(), name);
    let writer = Writer::new(input, cited.citation.paragraph);
    let replace =
        |range, new: &str| writer.as_ref().and_then(|writer| writer.replace(range, new)).map(|edit| vec![edit]);
    if let Some(other) = other {
        finding = with_resolution(finding, &other, None, sentence(&written_as(&other, None, Language::En)));
        let plain =
            input.text.get(std::ops::Range::<usize>::from(cited.citation.number_range)) == Some(&cited.id.number);
        if let Some(edits) = replace(cited.citation.number_range, &other.number).filter(|_| plain) {
            finding = finding.fix(format!("Cite {}", other.number), Remedy::Edits(edits));
        }
    }
    if let Some(edits) = replace(written.range, right) {
        finding = finding.fix("Write the title of the resolution", Remedy::Edits(edits));
    }
    Some(finding)
}

/// A title without the numbers of footnotes that were printed behind its words, as “trials1”.
fn without_footnotes(title: &str) -> String {
    let words = title.split(' ').map(|word| {
        let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
        if bare.len() > 2 && bare.chars().all(|c| c.is_ascii_lowercase()) { bare } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Titles of fewer words, as “Migration”, are the names of other things as well.
const FEWEST: usize = 3;

/// The title that is certain to be the one of what is cited, in a language.
pub(super) fn title_of(cited: &Judged<'_>, language: Language) -> Option<String> {
    let titles = cited.judge.input.catalogue.get(cited.id)?.titles();
    proven(cited, &titles, language).map(without_footnotes)
}

/// The title that is certain to be the one of what is cited, in a language: of that version, where there are versions.
fn proven<'a>(cited: &Judged<'_>, titles: &[Fact<'a, Title>], language: Language) -> Option<&'a str> {
    let once = adoption_window(cited.id).is_some();
    let cited_version = cited.citation.version.as_deref();
    let certain = |fact: &&Fact<'a, Title>| {
        let title = fact.value;
        let version = once || (cited_version.is_some() && title.version.as_deref() == cited_version);
        fact.certainty == Certainty::Proven && title.kind == TitleKind::Title && title.language == language && version
    };
    // Of several facts the last one has the last word.
    titles.iter().rfind(certain).map(|fact| fact.value.text.as_str())
}

/// A word of a title.
#[derive(Debug, Clone)]
struct Word {
    /// As it is written.
    written: String,
    /// As it is compared.
    folded: String,
}

impl PartialEq for Word {
    fn eq(&self, other: &Word) -> bool {
        self.folded == other.folded
    }
}

impl Word {
    /// Whether it stands for several words: “WSIS”.
    fn is_acronym(&self) -> bool {
        self.written.len() > 2 && self.written.bytes().all(|b| b.is_ascii_uppercase())
    }
}

/// The words of a title, by which titles are compared: without case, punctuation and articles. Chinese characters are
/// words of their own.
fn words(title: &str, language: Language) -> Vec<Word> {
    let articles: &[&str] = match language {
        Language::En => &["the", "a", "an"],
        Language::Fr => &["le", "la", "les", "l", "un", "une", "de", "du", "des", "d"],
        Language::Es => &["el", "la", "los", "las", "un", "una", "del", "de"],
        Language::Ru | Language::Zh | Language::Ar => &[],
    };
    let han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let mut words = Vec::new();
    for part in title.split(|c: char| !c.is_alphanumeric()) {
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            let end = if han(first) { first.len_utf8() } else { rest.find(han).unwrap_or(rest.len()) };
            let (word, behind) = rest.split_at(end);
            rest = behind;
            // The number of a footnote that was printed behind its word.
            let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
            let written = if bare.is_empty() { word } else { bare };
            let folded = fold(written);
            if !articles.contains(&folded.as_str()) {
                words.push(Word { written: written.to_owned(), folded });
            }
        }
    }
    words
}

fn folded(words: &[Word]) -> Vec<&str> {
    words.iter().map(|word| word.folded.as_str()).collect()
}

/// Whether the words are the title, or its beginning or end, or hold it.
fn is_part(own: &[Word], title: &[Word]) -> bool {
    title.starts_with(own) || title.ends_with(own) || own.starts_with(title) || own.ends_with(title)
}

/// Whether so much is the same that the same title is meant.
fn is_near(diff: &[DiffOp], own: usize, theirs: usize) -> bool {
    let same: usize = diff.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    same * 3 >= own.max(theirs) * 2
}

fn diff(own: &[Word], theirs: &[Word]) -> Vec<DiffOp> {
    TextDiff::from_slices(&folded(own), &folded(theirs)).ops().to_vec()
}

/// Whether two stretches of words say the same: the very words, or an acronym for them.
fn is_same(op: &DiffOp, own: &[Word], theirs: &[Word]) -> bool {
    let acronym = |words: Option<&[Word]>| matches!(words, Some([word]) if word.is_acronym());
    match op {
        DiffOp::Equal { .. } => true,
        DiffOp::Replace { .. } => acronym(own.get(op.old_range())) || acronym(theirs.get(op.new_range())),
        DiffOp::Insert { .. } | DiffOp::Delete { .. } => false,
    }
}

/// “world”, not “wrold”; “new” is missing.
fn difference(diff: &[DiffOp], own: &[Word], theirs: &[Word]) -> String {
    let quote = |words: &[Word]| {
        let chinese = words.iter().any(|word| word.folded.starts_with(|c| matches!(c, '\u{4e00}'..='\u{9fff}')));
        let words: Vec<&str> = words.iter().map(|word| word.written.as_str()).collect();
        words.join(if chinese { "" } else { " " })
    };
    let of = |all: &[Word], range: std::ops::Range<usize>| quote(all.get(range).unwrap_or_default());
    let mut told = Vec::new();
    for op in diff.iter().filter(|op| !is_same(op, own, theirs)) {
        let (old, new) = (of(own, op.old_range()), of(theirs, op.new_range()));
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Insert { .. } => told.push(format!("“{new}” is missing")),
            DiffOp::Delete { .. } => told.push(format!("“{old}” is not in it")),
            DiffOp::Replace { .. } => told.push(format!("“{new}”, not “{old}”")),
        }
    }
    let more = told.len() > MOST_TOLD;
    told.truncate(MOST_TOLD);
    told.join("; ") + if more { "; …" } else { "" }
}

/// How many differences a message tells; who wants to see more compares.
const MOST_TOLD: usize = 3;

/// The resolution of the same body that has this title, if there is exactly one.
fn of_another(catalogue: &Catalogue, id: &ResolutionId, own: &[Word], language: Language) -> Option<ResolutionId> {
    let all = catalogue.search(&format!("{}-", id.body), usize::MAX);
    let mut same = all.into_iter().filter(|other| {
        other != id
            && catalogue.get(other).is_some_and(|entry| {
                let titles = entry.titles();
                let mut real = titles.iter().filter(|fact| fact.value.kind == TitleKind::Title);
                real.any(|fact| fact.value.language == language && words(&fact.value.text, language) == own)
            })
    });
    same.next().filter(|_| same.next().is_none())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::rules::testing::fixed_lines;

    fn assert(text: &str, expected: Expect) {
        expected.assert_eq(&fixed_lines(super::RULE.id, text));
    }

    #[test]
    fn titles_are_compared_by_their_words() {
        let same = |a: &str, b: &str, language| assert_eq!(words(a, language), words(b, language));
        same("Transforming Our World: the 2030 Agenda", "“Transforming our world — 2030 Agenda.”", Language::En);
        same("L’eau et l’assainissement", "« Eau et assainissement »", Language::Fr);
        same("变革我们的世界：2030年议程", "变革我们的世界:2030年议程", Language::Zh);
        same("Strengthening clinical trials1 to provide", "Strengthening clinical trials to provide", Language::En);
    }

    #[test]
    fn a_message_tells_the_difference() {
        let told = |own: &str, theirs: &str, language| {
            let (own, theirs) = (words(own, language), words(theirs, language));
            difference(&diff(&own, &theirs), &own, &theirs)
        };
        assert_eq!(told("Transforming our word", "Transforming our world", Language::En), "“world”, not “word”");
        assert_eq!(told("改变我们的世界", "变革我们的世界", Language::Zh), "“改” is not in it; “革” is missing");
        assert_eq!(told("one two", "one two three", Language::En), "“three” is missing");
    }

    #[test]
    fn a_slip_in_a_title() {
        assert(
            "General Assembly resolution 70/1, entitled “Transforming our word: the 2030 Agenda for Sustainable Development”\n",
            expect![[r#"
                Transforming our word: the 2030 Agenda for Sustainable Development: General Assembly resolution 70/1 is called “Transforming our world: the 2030 Agenda for Sustainable Development”: “world”, not “word”.
                  Write the title of the resolution: General Assembly resolution 70/1, entitled “Transforming our world: the 2030 Agenda for Sustainable Development”
            "#]],
        );
        assert(
            "联合国大会题为“改变我们的世界：2030年可持续发展议程”的第70/1号决议\n",
            expect![[r#"
            改变我们的世界：2030年可持续发展议程: General Assembly resolution 70/1 is called “变革我们的世界：2030年可持续发展议程”: “改” is not in it; “革” is missing.
              Write the title of the resolution: 联合国大会题为“变革我们的世界：2030年可持续发展议程”的第70/1号决议
        "#]],
        );
    }

    #[test]
    fn the_title_of_another_resolution() {
        assert(
            "World Health Assembly resolution WHA75.8, entitled “Water, sanitation and hygiene in health care facilities”\n",
            expect![[r#"
                Water, sanitation and hygiene in health care facilities: This is the title of Resolution WHA72.7, not of Resolution WHA75.8, which is called “Strengthening clinical trials to provide high-quality evidence on health interventions and to improve research quality and coordination”. Correct the number, or the title.
                  Cite WHA72.7: World Health Assembly resolution WHA72.7, entitled “Water, sanitation and hygiene in health care facilities”
                  Write the title of the resolution: World Health Assembly resolution WHA75.8, entitled “Strengthening clinical trials to provide high-quality evidence on health interventions and to improve research quality and coordination”
            "#]],
        );
    }

    #[test]
    fn silent_where_the_title_is_right_or_not_known() {
        for text in [
            "General Assembly resolution 70/1, entitled “Transforming our world: The 2030 Agenda for sustainable development”\n",
            "General Assembly resolution 70/1, entitled “Transforming our world”\n",
            "General Assembly resolution 70/1, the “Paris Agreement on climate change”\n",
            // An acronym for the words.
            "联合国大会题为“关于WSIS成果文件执行情况全面审查的大会高级别会议成果文件”的第70/125号决议\n",
            "Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference, “The role of the Union in all that”\n",
            "General Assembly resolution 70/1, entitled “Transformer notre monde : le Programme de développement durable”\n",
        ] {
            assert(text, expect![""]);
        }
    }
}
