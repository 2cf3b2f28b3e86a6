//! Excuses: comments by which a drafter says that a finding is known and stays, `{>>allow numbering/gap: why<<}`.

use crate::syntax::{
    Change, ChangeKind, Document, Paragraph, ParagraphIndex, ParagraphKind, TextEdit, TextRange, TextSize,
};

/// The word that makes a comment an excuse.
const ALLOW: &str = "allow";

/// A comment that excuses findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excuse {
    /// The whole comment, its sigils included.
    pub range: TextRange,
    /// The paragraph that it stands in.
    pub paragraph: ParagraphIndex,
    /// What it covers, without white space at the end: its paragraph; in a section heading the section, in the heading of
    /// an annex or part all of that, in the title, subject or enacting line the resolution.
    pub covers: TextRange,
    /// What is excused, in the order written; never empty.
    pub rules: Vec<Excused>,
    /// Why, as written; empty where no reason is given.
    pub reason: String,
}

/// A rule that an excuse names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excused {
    /// The rule's id as written; whether there is such a rule is not known here.
    pub rule: String,
    /// Where it is written.
    pub range: TextRange,
}

impl Excuse {
    /// Whether a finding that begins at `offset` lies in what the excuse covers.
    pub fn reaches(&self, offset: TextSize) -> bool {
        self.covers.contains_inclusive(offset)
    }
}

/// The excuses of a document, in text order. `text` is what the document was read from.
pub fn read(text: &str, document: &Document) -> Vec<Excuse> {
    let mut excuses = Vec::new();
    for (index, paragraph) in document.iter() {
        for change in &paragraph.changes {
            excuses.extend(of_comment(text, document, index, paragraph, change));
        }
    }
    excuses
}

fn of_comment(
    text: &str,
    document: &Document,
    index: ParagraphIndex,
    paragraph: &Paragraph,
    change: Change,
) -> Option<Excuse> {
    let words = change.new.filter(|_| change.kind == ChangeKind::Comment)?;
    let mut rest = Rest { text: text.get(..words.end().into())?, at: words.start() };
    rest.skip_white_space();
    let allow = rest.text.get(rest.at.into()..)?.get(..ALLOW.len())?;
    if !allow.eq_ignore_ascii_case(ALLOW) {
        return None;
    }
    rest.at += TextSize::of(ALLOW);
    if !rest.skip_white_space() {
        return None;
    }
    let mut rules = Vec::new();
    while let Some(excused) = rest.id() {
        rules.push(excused);
        rest.skip_white_space();
        let Some(after_comma) = rest.after([',', '，', '、', '،']) else { break };
        let before_comma = std::mem::replace(&mut rest.at, after_comma);
        rest.skip_white_space();
        // “allow numbering/gap, as the list goes on”: words, not one more id.
        if rest.clone().id().is_none() {
            rest.at = before_comma;
            break;
        }
    }
    if rules.is_empty() {
        return None;
    }
    let reason = rest.text.get(rest.at.into()..).unwrap_or_default();
    let reason = reason.trim_start_matches([':', '：', ',', '，', '、', '،']).trim().to_owned();
    let covers = trimmed(text, covered(document, index, paragraph));
    Some(Excuse { range: change.range, paragraph: index, covers, rules, reason })
}

/// What is still to be read of a comment: from `at` to the end of `text`.
#[derive(Clone)]
struct Rest<'a> {
    text: &'a str,
    at: TextSize,
}

impl Rest<'_> {
    fn left(&self) -> &str {
        self.text.get(self.at.into()..).unwrap_or_default()
    }

    /// Goes behind white space; says whether there was any.
    fn skip_white_space(&mut self) -> bool {
        let left = self.left();
        let length = TextSize::of(left) - TextSize::of(left.trim_start());
        self.at += length;
        length > TextSize::new(0)
    }

    /// The place behind one of these signs, if one comes next.
    fn after<const N: usize>(&self, signs: [char; N]) -> Option<TextSize> {
        let sign = self.left().chars().next().filter(|sign| signs.contains(sign))?;
        Some(self.at + TextSize::of(sign))
    }

    /// Reads something that looks like a rule's id, `area/what`.
    fn id(&mut self) -> Option<Excused> {
        let of_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '*' | '/');
        let left = self.left();
        let word = &left[..left.find(|c| !of_id(c)).unwrap_or(left.len())];
        let (area, what) = word.split_once('/')?;
        if area.is_empty() || what.is_empty() || what.contains('/') {
            return None;
        }
        let excused = Excused { rule: word.to_owned(), range: TextRange::at(self.at, TextSize::of(word)) };
        self.at = excused.range.end();
        Some(excused)
    }
}

/// What an excuse in a paragraph covers.
fn covered(document: &Document, index: ParagraphIndex, paragraph: &Paragraph) -> TextRange {
    let resolution = document.resolutions.get(paragraph.resolution.index());
    let whole = resolution.map(|resolution| resolution.range);
    match paragraph.kind {
        ParagraphKind::Title | ParagraphKind::Subject => whole,
        // Without a title the first paragraph of a fragment would count as the enacting line.
        _ if resolution.is_some_and(|own| own.title.is_some() && own.enacting == Some(index)) => whole,
        ParagraphKind::DivisionHeading => {
            let at = document.divisions.partition_point(|division| division.heading < index);
            document.divisions.get(at).filter(|division| division.heading == index).map(|division| division.range)
        }
        ParagraphKind::SectionHeading => {
            // Sections stand in text order; that of a heading is the last one that begins at or before it.
            let after = document.sections.partition_point(|section| section.range.start() <= paragraph.range.start());
            let section = after.checked_sub(1).and_then(|last| document.sections.get(last));
            section.filter(|section| section.heading == Some(index)).map(|section| section.range)
        }
        _ => None,
    }
    .unwrap_or(paragraph.range)
}

/// A range without the white space at its end.
fn trimmed(text: &str, range: TextRange) -> TextRange {
    let words = text.get(std::ops::Range::<usize>::from(range)).unwrap_or_default();
    TextRange::at(range.start(), TextSize::of(words.trim_end()))
}

/// The edit that excuses what a rule finds at `offset`: a comment at the end of the paragraph, or in the title where no
/// paragraph stands there (at a proposal mark). `None` where there is neither.
pub fn insertion(text: &str, document: &Document, offset: TextSize, rule: &str) -> Option<TextEdit> {
    let of_mark = || {
        let resolution = document.resolutions.get(document.resolution_at(offset).index())?;
        let mark = resolution.proposal.as_ref().filter(|mark| mark.range.contains_inclusive(offset));
        mark.and(resolution.title)
    };
    let paragraph = document.paragraph_at(offset).or_else(of_mark)?;
    let end = document.paragraphs.get(paragraph.index())?.range.end();
    let before = text.get(..end.into())?.chars().next_back();
    // Between Chinese characters no space is written.
    let wide = before.is_some_and(|c| unicode_width::UnicodeWidthChar::width(c) == Some(2));
    let space = if wide || before.is_none_or(char::is_whitespace) { "" } else { " " };
    Some(TextEdit::replace(TextRange::empty(end), format!("{space}{{>>{ALLOW} {rule}<<}}")))
}

/// The edit that takes away one rule of an excuse, or the whole comment where it names no other; with a space that would
/// be left over.
pub fn removal(text: &str, document: &Document, excuse: &Excuse, excused: &Excused) -> TextEdit {
    let others = || excuse.rules.iter().filter(|other| other.range != excused.range);
    if let Some(next) = others().find(|other| other.range.start() > excused.range.start()) {
        return TextEdit::replace(TextRange::new(excused.range.start(), next.range.start()), "");
    }
    if let Some(previous) = others().next_back() {
        return TextEdit::replace(TextRange::new(previous.range.end(), excused.range.end()), "");
    }
    let (mut start, mut end) = (excuse.range.start(), excuse.range.end());
    let body = document.paragraphs.get(excuse.paragraph.index()).map_or(start, |paragraph| paragraph.body.start());
    let before = text.get(body.into()..start.into()).unwrap_or_default();
    let after = text.get(end.into()..).unwrap_or_default();
    let space = |c: char| matches!(c, ' ' | '\t');
    let kept = before.trim_end_matches(space);
    if after.is_empty() || after.starts_with([' ', '\t', '\n', '\r', ',', ';', ':', '.', ')']) {
        if !kept.is_empty() {
            start = body + TextSize::of(kept);
        } else if after.starts_with(space) {
            end += TextSize::new(1);
        }
    }
    TextEdit::replace(TextRange::new(start, end), "")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;
    use crate::syntax::{lower, parse};

    fn excuses(text: &str) -> Vec<Excuse> {
        read(text, &lower(text, &parse(text)))
    }

    /// What is excused, why, and the first and last words of what that covers.
    fn check(text: &str, expect: Expect) {
        let lines = excuses(text).into_iter().map(|excuse| {
            let rules: Vec<_> = excuse.rules.iter().map(|excused| &text[excused.range]).collect();
            let covers = text[excuse.covers].lines();
            let (first, last) = (covers.clone().next().unwrap_or_default(), covers.last().unwrap_or_default());
            format!("{} because “{}”: {first} … {last}\n", rules.join(" + "), excuse.reason)
        });
        expect.assert_eq(&lines.collect::<String>());
    }

    #[test]
    fn a_comment_that_allows_is_an_excuse() {
        check(
            "1. one;\n3. three {>>allow numbering/gap: goes on from Annex 2<<};\n4. four\n",
            expect![[r#"
                numbering/gap because “goes on from Annex 2”: 3. three {>>allow numbering/gap: goes on from Annex 2<<}; … 3. three {>>allow numbering/gap: goes on from Annex 2<<};
            "#]],
        );
    }

    #[test]
    fn several_rules_and_no_reason() {
        check(
            "a {>> Allow numbering/gap，citation/outdated , drafting/verb <<}\n\nb {>>allow numbering/gap, as said<<}\n\n\
             c {>>allow numbering/gap：另见附件<<}\n",
            expect![[r#"
                numbering/gap + citation/outdated + drafting/verb because “”: a {>> Allow numbering/gap，citation/outdated , drafting/verb <<} … a {>> Allow numbering/gap，citation/outdated , drafting/verb <<}
                numbering/gap because “as said”: b {>>allow numbering/gap, as said<<} … b {>>allow numbering/gap, as said<<}
                numbering/gap because “另见附件”: c {>>allow numbering/gap：另见附件<<} … c {>>allow numbering/gap：另见附件<<}
            "#]],
        );
    }

    #[test]
    fn headings_cover_what_stands_below_them() {
        check(
            "# Resolution 1 {>>allow a/title<<}\n## On tea {>>allow a/subject<<}\n\nThe Council {>>allow a/enacting<<},\n\n\
             *recalling* {>>allow a/section<<}\n\na) one;\n\n*resolves*\n\n1. two.\n\n### Annex {>>allow a/annex<<}\n\nend\n\n\
             # Resolution 2\n",
            expect![[r#"
                a/title because “”: # Resolution 1 {>>allow a/title<<} … end
                a/subject because “”: # Resolution 1 {>>allow a/title<<} … end
                a/enacting because “”: # Resolution 1 {>>allow a/title<<} … end
                a/section because “”: *recalling* {>>allow a/section<<} … a) one;
                a/annex because “”: ### Annex {>>allow a/annex<<} … end
            "#]],
        );
    }

    #[test]
    fn other_comments_are_none() {
        for comment in ["allow", "allow this", "allow: a/b", "allowing a/b", "we allow a/b", "allow a/", "allow /b"] {
            assert_eq!(excuses(&format!("x {{>>{comment}<<}}\n")), [], "{comment}");
        }
    }

    #[test]
    fn a_clause_is_covered_without_its_sub_clauses() {
        check(
            "1. one {>>allow a/b<<}:\n   a) two;\n2. three\n",
            expect![[r#"
                a/b because “”: 1. one {>>allow a/b<<}: … 1. one {>>allow a/b<<}:
            "#]],
        );
    }

    /// The text after the `nth` rule of its first excuse is taken away.
    fn without(text: &str, nth: usize) -> String {
        let excuse = &excuses(text)[0];
        let edit = removal(text, &lower(text, &parse(text)), excuse, &excuse.rules[nth]);
        TextEdit::apply_all(text, &[edit]).expect("one edit overlaps with none")
    }

    #[test]
    fn no_space_is_left_over() {
        assert_eq!(without("1. one {>>allow a/b: why<<}\n", 0), "1. one\n");
        assert_eq!(without("1. one {>>allow a/b<<} two\n", 0), "1. one two\n");
        assert_eq!(without("1. {>>allow a/b<<} one\n", 0), "1. one\n");
        assert_eq!(without("1. one {>>allow a/b<<}; two\n", 0), "1. one; two\n");
        assert_eq!(without("*recalling* {>>allow a/b<<}", 0), "*recalling*");
        assert_eq!(without("x {>>allow a/b, c/d, e/f: why<<}\n", 0), "x {>>allow c/d, e/f: why<<}\n");
        assert_eq!(without("x {>>allow a/b, c/d, e/f: why<<}\n", 1), "x {>>allow a/b, e/f: why<<}\n");
        assert_eq!(without("x {>>allow a/b, c/d, e/f: why<<}\n", 2), "x {>>allow a/b, c/d: why<<}\n");
    }

    proptest! {
        /// What is inserted at a paragraph is an excuse that reaches it, and taking it away gives the text back.
        #[test]
        fn an_insertion_excuses(
            lines in prop::collection::vec(
                prop::sample::select(vec![
                    "# Resolution 1", "*recalling*", "1. one;", "   a) two", "第三条；", "{++b) new++}", "x {>>note<<}",
                    "{~~c~>d~~}) changed", "### Annex", "", "[^1]: note", "*Recalls* that", "Reasons: none", "a  ",
                    "MOD A/1", "{++open", "**",
                ]),
                1..8,
            ),
            at in 0usize..200,
        ) {
            let text = lines.join("\n") + "\n";
            let document = lower(&text, &parse(&text));
            let offset = TextSize::new((at % text.len()) as u32);
            prop_assume!(text.is_char_boundary(offset.into()) && document.paragraph_at(offset).is_some());
            let edit = insertion(&text, &document, offset, "numbering/gap").expect("there is a paragraph");
            let after = TextEdit::apply_all(&text, &[edit]).expect("one edit overlaps with none");
            let read_again = lower(&after, &parse(&after));
            let excuses = read(&after, &read_again);
            prop_assert!(excuses.iter().any(|excuse| excuse.reaches(offset)), "{after}");
            let back = removal(&after, &read_again, &excuses[0], &excuses[0].rules[0]);
            let back = TextEdit::apply_all(&after, &[back]).expect("one edit overlaps with none");
            let blanks = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
            prop_assert_eq!(blanks(&back), blanks(&text));
        }
    }
}
