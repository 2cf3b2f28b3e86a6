//! The references of a document.

use std::collections::HashMap;

use aho_corasick::AhoCorasick;

use super::resolve::{Resolver, parts};
use super::scan::{Found, scan};
use super::words::finder;
use super::{DivisionName, Owner, Pinpoint, Reference, SectionName, Step};
use crate::syntax::{
    Document, MarkKind, Paragraph, ParagraphIndex, ParagraphKind, ResolutionIndex, Side, Sides, TextRange, TextSize,
};

/// Names of sections that are looked for in one resolution, and their greatest length in bytes: enough for any
/// resolution, and a bound for what is none.
const NAMES: usize = 1000;
const NAME_LENGTH: usize = 400;

/// All references of a document in text order, those that belong to other texts included.
pub fn read(document: &Document) -> Vec<Reference> {
    let resolver = Resolver::new(document);
    let mut finders: Sides<HashMap<ResolutionIndex, Option<AhoCorasick>>> = Sides::default();
    // A text without tracked changes has one reading, which is read once.
    let tracked = document.paragraphs.iter().any(Paragraph::is_tracked);
    let mut references: Vec<Reference> = Vec::new();
    for (index, paragraph) in document.iter() {
        if !holds_references(paragraph.kind) {
            continue;
        }
        let first = references.len();
        let mut amended = first;
        for side in [Side::Amended, Side::InForce].into_iter().take(if tracked { 2 } else { 1 }) {
            let names = || headings(&resolver, paragraph.resolution, side);
            let finder = finders[side].entry(paragraph.resolution).or_insert_with(names);
            for found in scan(&paragraph.views[side], finder.as_ref(), paragraph.opening(side)) {
                let Some(mut reference) = place(paragraph, index, side, &found) else { continue };
                // “Annex I” is another text's unless this resolution has one.
                if let (Some(division), Some(name)) = (&found.division, &mut reference.division) {
                    let meant = resolver.division_of(paragraph.resolution, &division.labels, side);
                    name.divisions[side] = meant;
                    match meant {
                        Some(_) => reference.owner = Owner::This,
                        None if found.bare => continue,
                        None => {}
                    }
                }
                if reference.owner == Owner::This {
                    let resolved = resolver.inside(&found, &reference, index, side);
                    reference.sections[side] = resolved.sections;
                    for (pinpoint, targets) in reference.pinpoints.iter_mut().zip(resolved.targets) {
                        for (step, target) in pinpoint.steps.iter_mut().zip(targets) {
                            step.target[side] = target;
                        }
                    }
                    let steps = || reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps);
                    if found.bare && steps().any(|step| step.target[side].clause().is_none()) {
                        continue;
                    }
                }
                // References of one reading stand in text order, so the other's twin is found by its start.
                let twin =
                    (side == Side::InForce).then(|| twin_of(&mut references[first..amended], &reference)).flatten();
                match twin {
                    Some(twin) => join(twin, reference, side),
                    None => references.push(reference),
                }
            }
            if side == Side::Amended {
                amended = references.len();
            }
        }
        references[first..].sort_by_key(|reference| (reference.range.start(), reference.side == Side::Amended));
    }
    if !tracked {
        for reference in &mut references {
            reference.in_both = true;
            reference.sections.in_force = reference.sections.amended.clone();
            if let Some(division) = &mut reference.division {
                division.divisions.in_force = division.divisions.amended;
            }
            for step in reference.pinpoints.iter_mut().flat_map(|pinpoint| &mut pinpoint.steps) {
                step.target.in_force = step.target.amended;
            }
        }
    }
    references
}

/// The reference at a place of the source, its end included.
pub fn reference_at(references: &[Reference], offset: TextSize) -> Option<&Reference> {
    references.iter().find(|reference| reference.range.contains_inclusive(offset))
}

fn holds_references(kind: ParagraphKind) -> bool {
    matches!(kind, ParagraphKind::Clause | ParagraphKind::Text | ParagraphKind::Reasons | ParagraphKind::Footnote)
}

/// Finds the names of a resolution's sections: whole, and each part of 做出决议，责成秘书长.
fn headings(resolver: &Resolver<'_>, resolution: ResolutionIndex, side: Side) -> Option<AhoCorasick> {
    let mut patterns: Vec<String> = Vec::new();
    for (_, name) in resolver.names(resolution, side) {
        if name.len() > NAME_LENGTH || patterns.len() > NAMES {
            continue;
        }
        patterns.extend(parts(name).filter(|part| part.chars().count() > 3).map(str::to_owned));
        patterns.push(name.clone());
    }
    patterns.sort();
    patterns.dedup();
    (!patterns.is_empty()).then(|| finder(&patterns))
}

/// Puts a reference of a view where it stands in the source; its targets are open.
fn place(paragraph: &Paragraph, index: ParagraphIndex, side: Side, found: &Found) -> Option<Reference> {
    let view = &paragraph.views[side];
    let at = |range: TextRange| view.to_source(range);
    let mut pinpoints = Vec::with_capacity(found.pinpoints.len());
    for pinpoint in &found.pinpoints {
        let mut steps = Vec::with_capacity(pinpoint.labels.len());
        for label in &pinpoint.labels {
            steps.push(Step {
                range: at(label.range)?,
                core: view.source_pieces(label.core),
                text: view.text.get(usize::from(label.range.start())..usize::from(label.range.end()))?.to_owned(),
                labels: label.labels.clone(),
                ordinal: label.ordinal,
                target: Sides::default(),
            });
        }
        // “(c) of paragraph 2”: the innermost step is the pinpoint's own, those around it may be shared.
        let last = steps.last()?;
        let own = steps.iter().rev().take_while(|step| step.range.start() <= last.range.start());
        let range = own.fold(last.range, |range, step| range.cover(step.range));
        pinpoints.push(Pinpoint { range, steps, role: pinpoint.role });
    }
    let section = match found.name {
        Some((range, emphasised)) => Some(SectionName {
            range: at(range)?,
            text: view.text.get(usize::from(range.start())..usize::from(range.end()))?.to_owned(),
            emphasised,
        }),
        None => None,
    };
    let division = match &found.division {
        Some(division) => Some(DivisionName {
            range: at(division.range)?,
            text: view.text.get(usize::from(division.range.start())..usize::from(division.range.end()))?.to_owned(),
            divisions: Sides::default(),
        }),
        None => None,
    };
    let owner = match found.owner {
        Some(range) => Owner::Citation(at(range)?),
        None => Owner::This,
    };
    // The stars of an emphasis in it belong to it.
    let from = view.marks.partition_point(|mark| mark.range.start() < found.range.start());
    let emphases = view.marks[from..]
        .iter()
        .take_while(|mark| mark.range.start() < found.range.end())
        .filter(|mark| mark.kind == MarkKind::Emphasis && found.range.contains_range(mark.range));
    let range = emphases.fold(at(found.range)?, |range, mark| range.cover(mark.source));
    Some(Reference {
        paragraph: index,
        side,
        in_both: false,
        range,
        section,
        part: found.part,
        division,
        sub: found.sub,
        direction: found.direction,
        direction_word: found.direction_word.map(|word| view.source_pieces(word)).unwrap_or_default(),
        owner,
        pinpoints,
        sections: Sides::default(),
    })
}

/// The reference of the other reading that is the same words at the same place.
fn twin_of<'r>(references: &'r mut [Reference], reference: &Reference) -> Option<&'r mut Reference> {
    let start = reference.range.start();
    let from = references.partition_point(|other| other.range.start() < start);
    let alike = references[from..].iter_mut().take_while(|other| other.range.start() == start);
    alike.into_iter().find(|other| same_place(other, reference))
}

/// Whether two references, one of each reading, are the same words at the same place.
fn same_place(one: &Reference, other: &Reference) -> bool {
    let labels = |reference: &Reference| -> Vec<Vec<TextRange>> {
        reference.pinpoints.iter().flat_map(|p| &p.steps).map(|step| step.core.clone()).collect()
    };
    one.side != other.side
        && one.range == other.range
        && one.section == other.section
        && one.owner == other.owner
        && one.direction_word == other.direction_word
        && one.division.as_ref().map(|name| name.range) == other.division.as_ref().map(|name| name.range)
        && labels(one) == labels(other)
}

/// Adds what a reference means in the second reading.
fn join(twin: &mut Reference, other: Reference, side: Side) {
    twin.in_both = true;
    twin.sections[side] = other.sections[side].clone();
    if let (Some(division), Some(other)) = (&mut twin.division, &other.division) {
        division.divisions[side] = other.divisions[side];
    }
    let steps = twin.pinpoints.iter_mut().flat_map(|pinpoint| &mut pinpoint.steps);
    for (step, other) in steps.zip(other.pinpoints.into_iter().flat_map(|pinpoint| pinpoint.steps)) {
        step.target[side] = other.target[side];
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::reference::Target;
    use crate::syntax::{lower, parse};

    /// One line for each reference: its words, and behind the arrow what each label means, as the words of the clause.
    fn print(text: &str) -> String {
        let document = lower(text, &parse(text));
        let slice = |range: TextRange| text[usize::from(range.start())..usize::from(range.end())].replace('\n', " ");
        let mut lines = String::new();
        for reference in read(&document) {
            let target = |target: Target| match target {
                Target::Clause(index) => {
                    let paragraph = document.paragraph(index);
                    let words: Vec<&str> = paragraph.views.amended.text.split_whitespace().take(2).collect();
                    words.join(" ").trim_end_matches([',', ';', '.', '；', '，', '。']).to_owned()
                }
                Target::Open => "?".to_owned(),
                Target::Missing => "missing".to_owned(),
            };
            lines.push_str(&slice(reference.range));
            if !reference.in_both {
                lines.push_str(&format!(" ({})", reference.side.name()));
            }
            lines.push_str(" ->");
            if let Owner::Citation(range) = reference.owner {
                lines.push_str(&format!(" of {}", slice(range)));
            }
            for step in reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps) {
                let (amended, in_force) = (target(step.target.amended), target(step.target.in_force));
                let core: Vec<String> = step.core.iter().map(|range| slice(*range)).collect();
                lines.push_str(&format!(" {}:{amended}", core.join("+")));
                if amended != in_force {
                    lines.push_str(&format!("/{in_force}"));
                }
            }
            if reference.pinpoints.is_empty() {
                lines.push_str(&format!(" {} section(s)", reference.sections.amended.len()));
            }
            lines.push('\n');
        }
        lines
    }

    fn assert(text: &str, expected: Expect) {
        expected.assert_eq(&print(text));
    }

    const ENGLISH: &str = "*recalling*\na) apples are;\nb) pears are;\nc) plums are,\n*keeping in mind*\nx\n*resolves*\n1. grow;\n2. water:\n   a) daily;\n   b) weekly;\n3. pick,\n*resolves to instruct the Secretary-General*\n1. eat;\n2. report,\n";

    fn english(words: &str, expected: Expect) {
        assert(&format!("{ENGLISH}*invites*\n{words}\n"), expected);
    }

    #[test]
    fn a_section_and_its_labels() {
        english(
            "to do as *resolves* 2 above says,",
            expect![[r#"
                *resolves* 2 above -> 2:water:
            "#]],
        );
        english(
            "to do as resolves 2 above says,",
            expect![[r#"
            resolves 2 above -> 2:water:
        "#]],
        );
        english(
            "noting *recalling* b) and c) above,",
            expect![[r#"
                *recalling* b) and c) above -> b:pears are c:plums are
            "#]],
        );
        english(
            "noting recalling a) to c),",
            expect![[r#"
            recalling a) to c) -> a:apples are c:plums are
        "#]],
        );
        english(
            "as in *resolves* 1, 2 and 3 above, and 4 others",
            expect![[r#"
                *resolves* 1, 2 and 3 above -> 1:grow 2:water: 3:pick
            "#]],
        );
        english(
            "under *resolves* 2 a) and b), and *resolves* 2 (b) and 3",
            expect![[r#"
                *resolves* 2 a) and b) -> 2:water: a:daily b:weekly
                *resolves* 2 (b) and 3 -> 2:water: b:weekly 3:pick
            "#]],
        );
        english(
            "as in *resolves to instruct the Secretary-General* 2 above",
            expect![[r#"
                *resolves to instruct the Secretary-General* 2 above -> 2:report
            "#]],
        );
        english(
            "in instructs the Secretary-General 2 above",
            expect![[r#"
            instructs the Secretary-General 2 above -> 2:report
        "#]],
        );
        english(
            "as *resolves 2* and *recalling b)* say",
            expect![[r#"
                *resolves 2* -> 2:water:
                *recalling b)* -> b:pears are
            "#]],
        );
    }

    #[test]
    fn a_section_as_a_whole() {
        english(
            "the *keeping in mind* section above",
            expect![[r#"
                *keeping in mind* section above -> 1 section(s)
            "#]],
        );
        english(
            "described under keeping in mind above",
            expect![[r#"
            keeping in mind above -> 1 section(s)
        "#]],
        );
    }

    #[test]
    fn what_does_not_exist_is_missing() {
        english(
            "as in *recalling* e) above",
            expect![[r#"
                *recalling* e) above -> e:missing
            "#]],
        );
        english(
            "as in *resolves* 2 d) and 7 above",
            expect![[r#"
                *resolves* 2 d) and 7 above -> 2:water: d:missing 7:missing
            "#]],
        );
        english(
            "as in *pondering* b) above",
            expect![[r#"
                *pondering* b) above -> b:?
            "#]],
        );
    }

    #[test]
    fn what_belongs_to_another_text_is_left_to_it() {
        english(
            "to follow resolves 2 of Resolution 191 (Kigali, 2022)",
            expect![[r#"
            resolves 2 -> of Resolution 191 2:?
        "#]],
        );
        english(
            "paragraph 3 of resolution 80/902 of 18 December 2025",
            expect![[r#"
            paragraph 3 -> of resolution 80/902 3:?
        "#]],
        );
        english(
            "Resolution 140 (Rev. Dubai, 2018), *resolves* 2,",
            expect![[r#"
                *resolves* 2 -> of Resolution 140 2:?
            "#]],
        );
        english(
            "paragraph 3 of the report",
            expect![[r#"
            paragraph 3 -> of report 3:?
        "#]],
        );
    }

    #[test]
    fn prose_is_no_reference() {
        english("while considering a plan, the Council resolves 2 disputes", expect![[""]]);
        english("resolving 3 matters and recalling 2 010 cases", expect![[""]]);
        english("*resolves* 20 000 cases, considering the 2 offers above", expect![[""]]);
        english("paragraph 5 says", expect![[""]]);
        assert("1. *Requests* 10 States to act;\n", expect![[""]]);
    }

    #[test]
    fn paragraphs_by_number() {
        let text = "*Recalling* x,\n\n1. *Decides* grow;\n\n2. *Requests* the Secretary-General:\n\n   (a) To water;\n\n   (b) To pick:\n\n      (i) apples;\n      (ii) pears;\n\n";
        assert(
            &format!(
                "{text}3. *Notes* paragraph 2 (b) (ii) above, paragraphs 1 and 7 above, and paragraphs 1 to 2 of the present resolution.\n"
            ),
            expect![[r#"
                paragraph 2 (b) (ii) above -> 2:Requests the b:To pick: ii:pears
                paragraphs 1 and 7 above -> 1:Decides grow 7:missing
                paragraphs 1 to 2 of the present resolution -> 1:Decides grow 2:Requests the
            "#]],
        );
        assert(
            &format!("{text}3. *Notes* paragraph 2 (a) and (b) above, and subparagraph (a) above.\n"),
            expect![[r#"
                paragraph 2 (a) and (b) above -> 2:Requests the a:To water b:To pick:
                subparagraph (a) above -> a:?
            "#]],
        );
    }

    #[test]
    fn chinese() {
        let text = "*考虑到*\na) 苹果；\nb) 梨；\nc) 李子，\n*做出决议*\n1. 种植；\n2. 浇水；\n3. 报告；\n4. 采摘，\n*责成秘书长*\n1. 食用；\n2. 报告；\n3. 再报告，\n*请成员国*\n";
        let with = |words: &str| format!("{text}{words}\n");
        assert(
            &with("落实上述做出决议1、2和4，"),
            expect![[r#"
            上述做出决议1、2和4 -> 1:种植 2:浇水 4:采摘
        "#]],
        );
        assert(
            &with("落实上述*做出决议*1至3，"),
            expect![[r#"
            上述*做出决议*1至3 -> 1:种植 3:报告
        "#]],
        );
        assert(
            &with("依照上文*考虑到*b，并考虑到c)和a），"),
            expect![[r#"
            上文*考虑到*b -> b:梨
            考虑到c)和a） -> c:李子 a:苹果
        "#]],
        );
        assert(
            &with("上述责成秘书长3一节，"),
            expect![[r#"
            上述责成秘书长3一节 -> 3:再报告
        "#]],
        );
        assert(
            &with("上述做出决议中提出的活动，"),
            expect![[r#"
            上述做出决议 -> 1 section(s)
        "#]],
        );
        assert(
            &with("落实第140号决议（2018年，迪拜，修订版）做出决议2，本决议做出决议2，"),
            expect![[r#"
            做出决议2 -> of 第140号决议 2:?
            做出决议2 -> 2:浇水
        "#]],
        );
        assert(
            &with("做出决议2项，考虑到2022年的情况，做出决议9以上，"),
            expect![[r#"
            做出决议9以上 -> 9:missing
        "#]],
        );
        assert(
            "1. 种植；\n2. 浇水；\n3. 依照上文第1和第2段以及第70/125号决议第5段，\n4. 本决议第1至3段。\n",
            expect![[r#"
                上文第1和第2段 -> 1:种植 2:浇水
                第5段 -> of 第70/125号决议 5:?
                第1至3段 -> 1:种植 3:依照上文第1和第2段以及第70/125号决议第5段
            "#]],
        );
    }

    #[test]
    fn french_spanish_russian_and_arabic() {
        assert(
            "*considérant*\na) pommes;\nb) poires,\n*décide*\n1. semer;\n2. arroser conformément au considérant b) ci-dessus;\n3. revoir le point 1 du *décide* ci-dessus, et le *décide* 2 de la Résolution 140,\n",
            expect![[r#"
                considérant b) ci-dessus -> b:poires
                point 1 du *décide* ci-dessus -> 1:semer
                *décide* 2 -> of Résolution 140 2:?
            "#]],
        );
        assert(
            "*considerando*\na) manzanas;\nb) peras,\n*resuelve*\n1. sembrar;\n2. regar según el *considerando* b);\n3. cumplir el *resuelve* 2 *supra* y los párrafos 1 a 2 de la presente resolución,\n",
            expect![[r#"
                *considerando* b) -> b:peras
                *resuelve* 2 *supra* -> 2:regar según
                párrafos 1 a 2 de la presente resolución -> 1:sembrar 2:regar según
            "#]],
        );
        assert(
            "*признавая*\na) яблоки;\nb) груши,\n*решает*\n1. сажать;\n2. согласно пункту *b)* раздела *признавая*, выше;\n3. выполнять пункты 1 и 2 раздела *решает* выше, и пункт 3 резолюции 70/125,\n",
            expect![[r#"
                пункту *b)* раздела *признавая*, выше -> b:груши
                пункты 1 и 2 раздела *решает* выше -> 1:сажать 2:согласно пункту
                пункт 3 -> of резолюции 70/125 3:?
            "#]],
        );
        assert(
            "*إذ يذكّر*\nأ) تفاح؛\nب) كمثرى،\n*يقرر*\n1. زرع؛\n2. سقي الفقرة 1 من *يقرر* أعلاه، والفقرة ب) من *إذ يذكر* أعلاه؛\n3. الفقرة 2 من القرار 140،\n",
            expect![[r#"
                الفقرة 1 من *يقرر* أعلاه -> 1:زرع؛
                والفقرة ب) من *إذ يذكر* أعلاه -> ب:كمثرى،
                الفقرة 2 -> of القرار 140 2:?
            "#]],
        );
    }

    #[test]
    fn each_reading_has_its_own_targets() {
        assert(
            "*resolves*\n1. grow;\n{++2. water;++}\n{~~2~>3~~}. pick;\n{~~3~>4~~}. do as *resolves* {~~2~>3~~} and 1 above says,\n",
            expect![[r#"
                *resolves* {~~2~>3~~} and 1 above (as in force) -> 2:?/pick 1:?/grow
                *resolves* {~~2~>3~~} and 1 above (as amended) -> 3:pick/? 1:grow/?
            "#]],
        );
        assert(
            "*resolves*\n1. grow;\n{++2. water as *resolves* 1 above says;++}\n",
            expect![[r#"
                *resolves* 1 above (as amended) -> 1:grow/?
            "#]],
        );
    }
}
