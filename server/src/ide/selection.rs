//! Selection ranges: what is selected next when a selection grows.

use unicode_segmentation::UnicodeSegmentation;

use super::block::{Nesting, range_of, without_footnotes};
use crate::facts::Facts;
use crate::numbering::lists;
use crate::syntax::{Mark, MarkKind, Paragraph, ParagraphIndex, ParagraphKind, Side, TextRange, TextSize};
use crate::workspace::{FileId, Snapshot};

/// For each of some offsets what can be selected around it, from the inside out; each stretch holds the one before it and
/// is longer: the word, the reference, citation, emphasis or change around it, the sentence where a paragraph has several,
/// the words of the clause, the clause with its label, with its sub-clauses, the list, the section with its heading, the
/// annex, the resolution, the text. The last one is all of the text. Empty for a file that is not there.
pub fn selections(snapshot: &Snapshot, file: FileId, offsets: &[TextSize]) -> Vec<Vec<TextRange>> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let selector = Selector::new(file.text(), file.facts());
    offsets.iter().map(|offset| selector.around(*offset)).collect()
}

struct Selector<'a> {
    text: &'a str,
    facts: &'a Facts,
    nesting: Nesting,
}

impl<'a> Selector<'a> {
    fn new(text: &'a str, facts: &'a Facts) -> Selector<'a> {
        let nesting = Nesting::new(&facts.document, &lists(&facts.document, Side::Amended));
        Selector { text, facts, nesting }
    }

    fn around(&self, offset: TextSize) -> Vec<TextRange> {
        let all = TextRange::up_to(TextSize::of(self.text));
        let offset = offset.min(all.end());
        let mut ranges: Vec<TextRange> = Vec::new();
        ranges.extend(self.word(offset));
        self.metadata(offset, &mut ranges);
        if let Some(index) = self.facts.document.paragraph_at(offset) {
            self.inside(index, offset, &mut ranges);
            self.blocks(index, &mut ranges);
        }
        self.outside(offset, &mut ranges);
        ranges.retain(|range| range.contains_inclusive(offset) && !range.is_empty());
        ranges.sort_by_key(|range| range.len());
        let mut chain: Vec<TextRange> = Vec::new();
        for range in ranges {
            if chain.last().is_none_or(|last| range.contains_range(*last) && range != *last) {
                chain.push(range);
            }
        }
        // What has all the words of the text is the text, whatever blank lines it leaves out.
        while chain.last().is_some_and(|last| self.slice(*last).trim() == self.text.trim()) {
            chain.pop();
        }
        chain.push(all);
        chain
    }

    fn slice(&self, range: TextRange) -> &'a str {
        self.text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or_default()
    }

    /// The word at `offset`; of two words that touch, the one behind.
    fn word(&self, offset: TextSize) -> Option<TextRange> {
        let at = usize::from(offset);
        let (before, behind) = (self.text.get(..at)?, self.text.get(at..)?);
        let start = before.rfind(['\n', '\r']).map_or(0, |line| line + 1);
        let end = behind.find(['\n', '\r']).map_or(self.text.len(), |line| at + line);
        let line = self.text.get(start..end)?;
        let touching = line
            .split_word_bound_indices()
            .map(|(from, word)| TextRange::at(TextSize::new((start + from) as u32), TextSize::of(word)));
        let is_word = |range: &TextRange| self.slice(*range).chars().any(char::is_alphanumeric);
        touching.filter(|word| word.contains_inclusive(offset)).rfind(is_word)
    }

    /// The value of a line of the metadata, the line, all of the metadata.
    fn metadata(&self, offset: TextSize, ranges: &mut Vec<TextRange>) {
        let entries = &self.facts.document.metadata;
        for entry in entries.iter().filter(|entry| entry.range.contains_inclusive(offset)) {
            ranges.extend([entry.value_range, entry.range]);
        }
        if let (Some(first), Some(last)) = (entries.first(), entries.last()) {
            ranges.push(first.range.cover(last.range));
        }
    }

    /// What stands around `offset` inside of a paragraph.
    fn inside(&self, index: ParagraphIndex, offset: TextSize, ranges: &mut Vec<TextRange>) {
        let paragraph = self.facts.document.paragraph(index);
        let mut units: Vec<TextRange> = Vec::new();
        let citations = self.facts.citations.iter().filter(|citation| citation.paragraph == index);
        units.extend(citations.map(|citation| citation.range));
        let references = self.facts.references.iter().filter(|reference| reference.paragraph == index);
        for reference in references {
            units.push(reference.range);
            // “*resolves* 2 of Resolution 140 (Rev. Dubai, 2018)”
            units.extend(self.facts.citation_of(reference).map(|citation| reference.range.cover(citation.range)));
            ranges.extend(reference.section.as_ref().map(|section| section.range));
            for pinpoint in &reference.pinpoints {
                ranges.push(pinpoint.range);
                ranges.extend(pinpoint.steps.iter().map(|step| step.range));
            }
        }
        let provisions = self.facts.provisions.iter().filter(|provision| provision.paragraph == index);
        for provision in provisions {
            units.push(provision.range);
            ranges.push(provision.treaty_range);
        }
        for view in Side::BOTH.iter().map(|side| &paragraph.views[*side]) {
            for mark in &view.marks {
                units.push(view.mark_source(mark));
                ranges.extend(self.inner(paragraph, mark));
            }
        }
        for change in &paragraph.changes {
            units.push(change.range);
            ranges.extend(change.old.into_iter().chain(change.new));
        }
        ranges.extend(self.sentence(paragraph.body, offset, &units));
        ranges.append(&mut units);
        ranges.extend(paragraph.label.as_ref().map(|label| label.range));
        ranges.extend([paragraph.body, paragraph.range]);
    }

    /// The words of an emphasis, a bracket or a pin, without their signs.
    fn inner(&self, paragraph: &Paragraph, mark: &Mark) -> Option<TextRange> {
        let side = Side::BOTH.into_iter().find(|side| paragraph.views[*side].marks.contains(mark))?;
        let words = paragraph.views[side].to_source(mark.range)?;
        let sign = TextSize::new(1);
        // The brackets are part of the words.
        let bare = mark.kind == MarkKind::Bracketed && words.len() >= sign + sign;
        let words = if bare { TextRange::new(words.start() + sign, words.end() - sign) } else { words };
        (mark.kind != MarkKind::Footnote).then_some(words)
    }

    /// The sentence at `offset`. No sentence ends inside of a citation, “(Rev. Dubai, 2018)”, or another of `units`.
    fn sentence(&self, body: TextRange, offset: TextSize, units: &[TextRange]) -> Option<TextRange> {
        let mut borders: Vec<TextSize> = Vec::new();
        for (at, _) in self.slice(body).split_sentence_bound_indices() {
            borders.push(body.start() + TextSize::new(at as u32));
        }
        borders.push(body.end());
        borders.retain(|border| !units.iter().any(|unit| unit.start() < *border && *border < unit.end()));
        let behind = borders.partition_point(|border| *border <= offset);
        let behind = behind.min(borders.len().saturating_sub(1)).max(1);
        let sentence = TextRange::new(*borders.get(behind - 1)?, *borders.get(behind)?);
        let words = self.slice(sentence).trim_end();
        let sentence = TextRange::at(sentence.start(), TextSize::of(words));
        (borders.len() > 2).then_some(sentence)
    }

    /// The clauses that a paragraph stands in with what is below them, and the lists that these are of.
    fn blocks(&self, index: ParagraphIndex, ranges: &mut Vec<TextRange>) {
        let document = &self.facts.document;
        let mut at = Some(index).filter(|index| document.paragraph(*index).section.is_some());
        while let Some(clause) = at {
            let parent = self.nesting.parent(clause).filter(|parent| *parent < clause);
            ranges.extend(range_of(document, &self.nesting.block(document, clause)));
            ranges.extend(self.list(clause, parent));
            at = parent;
        }
    }

    /// The clauses that stand beside one, with what is below them.
    fn list(&self, clause: ParagraphIndex, parent: Option<ParagraphIndex>) -> Option<TextRange> {
        let document = &self.facts.document;
        let own = document.paragraphs.get(clause.index()).filter(|own| own.kind == ParagraphKind::Clause)?;
        let (first, end) = match parent {
            Some(parent) => {
                let block = self.nesting.block(document, parent);
                (block.start + 1, block.end)
            }
            None => {
                let section = document.section(own.section?);
                (section.paragraphs.start, section.paragraphs.end)
            }
        };
        let beside = |index: usize| {
            let other = document.paragraphs.get(index)?;
            let other_parent = self.nesting.parent(ParagraphIndex(index as u32));
            let below = other_parent.is_some_and(|other| Some(other) != parent && other.index() >= first);
            (below || (other.kind == ParagraphKind::Clause && other_parent == parent)).then_some(other.range)
        };
        let before = (first..clause.index()).rev().map_while(beside).last().unwrap_or(own.range);
        let behind = (clause.index()..end).map_while(beside).last().unwrap_or(own.range);
        Some(before.cover(own.range).cover(behind))
    }

    /// The section, annex and resolution that `offset` stands in.
    fn outside(&self, offset: TextSize, ranges: &mut Vec<TextRange>) {
        let document = &self.facts.document;
        let around = |range: &TextRange| range.contains(offset) || range.end() == document.len;
        for section in document.sections.iter().filter(|section| around(&section.range)) {
            let own = without_footnotes(document, section);
            let words = self.without_blank_end(own);
            ranges.push([words, own].into_iter().find(|own| own.contains_inclusive(offset)).unwrap_or(section.range));
            let clauses = section.heading.map(|heading| document.paragraph(heading).range.end());
            let clauses = clauses.filter(|end| *end < words.end()).map(|end| TextRange::new(end, words.end()));
            ranges.extend(clauses.map(|clauses| self.without_blank_start(clauses)));
        }
        let divisions = document.divisions.iter().map(|division| division.range);
        let resolutions = document.resolutions.iter().map(|resolution| resolution.range);
        for range in divisions.chain(resolutions).filter(around) {
            // Without the blank lines behind it, unless the cursor stands there.
            let words = self.without_blank_end(range);
            ranges.push(if words.contains_inclusive(offset) { words } else { range });
        }
    }

    fn without_blank_start(&self, range: TextRange) -> TextRange {
        let words = self.slice(range).trim_start();
        TextRange::new(range.end() - TextSize::of(words), range.end())
    }

    fn without_blank_end(&self, range: TextRange) -> TextRange {
        TextRange::at(range.start(), TextSize::of(self.slice(range).trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;
    use crate::ide::tests::workspace;
    use crate::syntax::{lower, parse};

    /// What is selected, from the inside out; line breaks as `⏎`, and the middle of what is long left out.
    fn check(fixture: &str, expected: Expect) {
        let (snapshot, file, offset) = workspace(fixture);
        let text = snapshot.file(file).expect("loaded").text();
        let chains = selections(&snapshot, file, &[offset]);
        let [chain] = chains.as_slice() else { panic!("one position, one chain") };
        let mut out = String::new();
        for range in chain {
            let words: Vec<char> = text[*range].replace('\n', "⏎").chars().collect();
            let shown: String = match words.len() {
                0..=70 => words.iter().collect(),
                length => words[..34].iter().chain(&['…']).chain(&words[length - 34..]).collect(),
            };
            out += &format!("{shown}\n");
        }
        expected.assert_eq(&out);
    }

    const TEXT: &str = "---\nbody: PP\n---\n\n# Resolution 9001 (Bucharest, 2022)\n\nThe Conference,\n\n*recalling*\n\na) one;\n\
        b) *resolves* 2 of Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference. It is old;\n\n*resolves*\n\n\
        1. to mend:\n   a) {++now ++}the *benches*;\n   b) later;\n2. to rest.\n\n### Annex 1\n\n*aims*\n\n1. one.\n\n\
        # Resolution 9002 (Bucharest, 2022)\n\n*resolves*\n\n1. to end.\n";

    fn on(words: &str, at: usize) -> String {
        let (before, behind) = words.split_at(at);
        TEXT.replacen(words, &format!("{before}$0{behind}"), 1)
    }

    #[test]
    fn from_a_word_of_a_citation_to_the_text() {
        check(
            &on("Dubai, 2018", 2),
            expect![[r#"
                Dubai
                Resolution 140 (Rev. Dubai, 2018)
                *resolves* 2 of Resolution 140 (Rev. Dubai, 2018)
                *resolves* 2 of Resolution 140 (Re…of the Plenipotentiary Conference.
                *resolves* 2 of Resolution 140 (Re…ipotentiary Conference. It is old;
                b) *resolves* 2 of Resolution 140 …ipotentiary Conference. It is old;
                a) one;⏎b) *resolves* 2 of Resolut…ipotentiary Conference. It is old;
                *recalling*⏎⏎a) one;⏎b) *resolves*…ipotentiary Conference. It is old;
                # Resolution 9001 (Bucharest, 2022…est.⏎⏎### Annex 1⏎⏎*aims*⏎⏎1. one.
                ---⏎body: PP⏎---⏎⏎# Resolution 900…st, 2022)⏎⏎*resolves*⏎⏎1. to end.⏎
            "#]],
        );
    }

    #[test]
    fn from_a_sub_clause_to_the_text() {
        check(
            &on("benches*", 2),
            expect![[r#"
                benches
                *benches*
                {++now ++}the *benches*;
                a) {++now ++}the *benches*;
                a) {++now ++}the *benches*;⏎   b) later;
                1. to mend:⏎   a) {++now ++}the *benches*;⏎   b) later;
                1. to mend:⏎   a) {++now ++}the *benches*;⏎   b) later;⏎2. to rest.
                *resolves*⏎⏎1. to mend:⏎   a) {++n…benches*;⏎   b) later;⏎2. to rest.
                # Resolution 9001 (Bucharest, 2022…est.⏎⏎### Annex 1⏎⏎*aims*⏎⏎1. one.
                ---⏎body: PP⏎---⏎⏎# Resolution 900…st, 2022)⏎⏎*resolves*⏎⏎1. to end.⏎
            "#]],
        );
        check(
            &on("++now ++", 3),
            expect![[r#"
                now
                now 
                {++now ++}
                {++now ++}the *benches*;
                a) {++now ++}the *benches*;
                a) {++now ++}the *benches*;⏎   b) later;
                1. to mend:⏎   a) {++now ++}the *benches*;⏎   b) later;
                1. to mend:⏎   a) {++now ++}the *benches*;⏎   b) later;⏎2. to rest.
                *resolves*⏎⏎1. to mend:⏎   a) {++n…benches*;⏎   b) later;⏎2. to rest.
                # Resolution 9001 (Bucharest, 2022…est.⏎⏎### Annex 1⏎⏎*aims*⏎⏎1. one.
                ---⏎body: PP⏎---⏎⏎# Resolution 900…st, 2022)⏎⏎*resolves*⏎⏎1. to end.⏎
            "#]],
        );
    }

    #[test]
    fn in_an_annex_and_in_the_metadata() {
        check(
            &on("1. one", 4),
            expect![[r#"
                one
                one.
                1. one.
                *aims*⏎⏎1. one.
                ### Annex 1⏎⏎*aims*⏎⏎1. one.
                # Resolution 9001 (Bucharest, 2022…est.⏎⏎### Annex 1⏎⏎*aims*⏎⏎1. one.
                ---⏎body: PP⏎---⏎⏎# Resolution 900…st, 2022)⏎⏎*resolves*⏎⏎1. to end.⏎
            "#]],
        );
        check(
            &on("PP\n", 1),
            expect![[r#"
            PP
            body: PP
            ---⏎body: PP⏎---⏎⏎# Resolution 900…st, 2022)⏎⏎*resolves*⏎⏎1. to end.⏎
        "#]],
        );
    }

    #[test]
    fn words_of_any_script() {
        check(
            "*做出决议*\n\n1. 落实第140号$0决议（2018年，迪拜，修订版）。\n",
            expect![[r#"
                决
                第140号决议（2018年，迪拜，修订版）
                落实第140号决议（2018年，迪拜，修订版）。
                1. 落实第140号决议（2018年，迪拜，修订版）。
                *做出决议*⏎⏎1. 落实第140号决议（2018年，迪拜，修订版）。⏎
            "#]],
        );
        check(
            "*يقرر*\n\n1. أن يص$0لح المقاعد؛\n2. أن يرتاح.\n",
            expect![[r#"
                يصلح
                أن يصلح المقاعد؛
                1. أن يصلح المقاعد؛
                1. أن يصلح المقاعد؛⏎2. أن يرتاح.
                *يقرر*⏎⏎1. أن يصلح المقاعد؛⏎2. أن يرتاح.⏎
            "#]],
        );
    }

    #[test]
    fn each_position_has_its_own() {
        let (snapshot, file, _) = workspace(TEXT);
        let end = TextSize::of(TEXT);
        let chains = selections(&snapshot, file, &[0.into(), 80.into(), end, end + TextSize::new(9)]);
        assert_eq!(chains.len(), 4);
        assert!(chains.iter().all(|chain| chain.last() == Some(&TextRange::up_to(end))));
        let (snapshot, file, _) = workspace("$0");
        assert_eq!(selections(&snapshot, file, &[0.into()]), [[TextRange::default()]]);
    }

    /// Pieces that texts are made of, put together in any order.
    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "# Resolution 1 (Dubai, 2018)\n",
            "### Annex 1\n",
            "*recalling*\n",
            "*做出决议*，\n",
            "a) ",
            "1. ",
            "   b) ",
            "resolves 1 above",
            "Resolution 140 (Rev. Dubai, 2018)",
            "*emphasis*",
            "{++new++}",
            "{~~old~>*new*~~}",
            "{>>why<<}",
            "[open]",
            "[x](PP-140@2018)",
            "[^1]",
            "[^1]: note",
            "第140号决议",
            "قرار",
            "End. Next.",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "---\n",
            "body: PP\n",
            "Reasons: so\n",
            "*",
        ])
    }

    proptest! {
        #[test]
        fn each_holds_the_one_before(pieces in prop::collection::vec(piece(), 0..24)) {
            let text = pieces.concat();
            let facts = Facts::read(&text, &parse(&text));
            prop_assert_eq!(&facts.document, &lower(&text, &parse(&text)));
            let selector = Selector::new(&text, &facts);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let offset = TextSize::new(at as u32);
                let chain = selector.around(offset);
                prop_assert_eq!(chain.last(), Some(&TextRange::up_to(TextSize::of(text.as_str()))));
                for pair in chain.windows(2) {
                    prop_assert!(pair[1].contains_range(pair[0]) && pair[1] != pair[0]);
                }
                for range in &chain {
                    prop_assert!(range.contains_inclusive(offset));
                    prop_assert!(text.get(usize::from(range.start())..usize::from(range.end())).is_some());
                }
            }
        }
    }
}
