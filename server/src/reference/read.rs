//! The references of a document.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use foldhash::fast::RandomState;

use super::find::Finder;
use super::resolve::{Resolver, parts};
use super::scan::{Found, scan};
use super::{DivisionName, Owner, Pinpoint, Reference, SectionName, Step};
use crate::numbering::{Lists, both};
use crate::syntax::{
    Document, MarkKind, Paragraph, ParagraphIndex, ParagraphKind, ResolutionIndex, Side, Sides, TextRange, TextSize,
};

/// Names of sections that are looked for in one resolution, and their greatest length in bytes: enough for any
/// resolution, and a bound for what is none.
const NAMES: usize = 1000;
const NAME_LENGTH: usize = 400;

/// All references of a document in text order, those that belong to other texts included.
pub fn read(document: &Document) -> Vec<Reference> {
    read_with_lists(document, &both(document))
}

/// The same, of a document of which the lists are known.
pub fn read_with_lists(document: &Document, lists: &Lists) -> Vec<Reference> {
    let resolver = Resolver::with_lists(document, lists.clone());
    let headings: Sides<Vec<OnceCell<Headings>>> =
        Sides::from_fn(|_| document.resolutions.iter().map(|_| OnceCell::new()).collect());
    let edited = document.is_edited();
    // A text without tracked changes has one reading, which is read once.
    let tracked = !resolver.reads_once();
    let mut references: Vec<Reference> = Vec::new();
    for (index, paragraph) in document.iter() {
        if !holds_references(paragraph.kind) {
            continue;
        }
        let first = references.len();
        let mut amended = first;
        for side in [Side::Amended, Side::InForce].into_iter().take(if tracked { 2 } else { 1 }) {
            let names = || Headings::of(&resolver, paragraph.resolution, side);
            let Some(headings) = headings[side].get(paragraph.resolution.index()) else { continue };
            let headings = headings.get_or_init(names);
            let scanned = match edited {
                true => paragraph.remembered(Scanned::default).of(paragraph, side, headings),
                false => headings.scan(paragraph, side),
            };
            for found in scanned.iter() {
                let Some(mut reference) = place(paragraph, index, side, found) else { continue };
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
                    let resolved = resolver.inside(found, &reference, index, side);
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

/// The names of a resolution's sections, which are looked for in its paragraphs: whole, and each part of
/// 做出决议，责成秘书长.
struct Headings {
    names: Vec<Arc<str>>,
    /// A hash of the names.
    key: u64,
    finder: OnceCell<Option<Finder>>,
}

impl Headings {
    fn of(resolver: &Resolver<'_>, resolution: ResolutionIndex, side: Side) -> Headings {
        static HASHES: LazyLock<RandomState> = LazyLock::new(RandomState::default);
        let mut names: Vec<Arc<str>> = Vec::new();
        // How many words each name adds; annexes have the same ones again and again.
        let mut known: HashMap<&str, usize, RandomState> = HashMap::default();
        let mut many = 0;
        for (_, name) in resolver.names(resolution, side) {
            if name.len() > NAME_LENGTH || many > NAMES {
                continue;
            }
            many += *known.entry(name).or_insert_with(|| {
                names.push(Arc::clone(name));
                words_of(name).count()
            });
        }
        let key = HASHES.hash_one(&names);
        Headings { names, key, finder: OnceCell::new() }
    }

    fn scan(&self, paragraph: &Paragraph, side: Side) -> Arc<[Found]> {
        let words = || self.names.iter().flat_map(|name| words_of(name)).map(str::to_owned).collect();
        let make = || (!self.names.is_empty()).then(|| Finder::new(vec![words()]));
        let finder = self.finder.get_or_init(make);
        scan(&paragraph.views[side], finder.as_ref(), paragraph.opening(side)).into()
    }
}

/// A name, and those of its parts that may stand for it.
fn words_of(name: &str) -> impl Iterator<Item = &str> {
    parts(name).filter(|part| part.chars().count() > 3).chain([name])
}

/// What was found in a paragraph, with the reading and the names of sections that were looked for: the latest of each
/// reading.
#[derive(Default)]
struct Scanned(Mutex<Sides<Option<ByKey>>>);

/// What was found, behind the key of the names.
type ByKey = (u64, Arc<[Found]>);

impl Scanned {
    fn of(&self, paragraph: &Paragraph, side: Side, headings: &Headings) -> Arc<[Found]> {
        // Whoever held it last left it whole.
        let mut scanned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &scanned[side] {
            Some((key, found)) if *key == headings.key => Arc::clone(found),
            _ => {
                let found = headings.scan(paragraph, side);
                scanned[side] = Some((headings.key, Arc::clone(&found)));
                found
            }
        }
    }
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
                text: Arc::clone(&label.text),
                labels: Arc::clone(&label.labels),
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
    let section = match &found.name {
        Some(name) => {
            Some(SectionName { range: at(name.range)?, text: Arc::clone(&name.text), emphasised: name.emphasised })
        }
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
    let range = emphases.fold(at(found.range)?, |range, mark| range.cover(view.mark_source(mark)));
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

    const UN: &str = "# Resolution 80/902\n\nThe General Assembly,\n\n*Recalling* one,\n\n*Noting* two,\n\n*Deeply concerned* about three,\n\n1. *Decides* grow;\n\n2. *Requests* water:\n\n   (a) daily;\n\n   (b) weekly:\n\n      (i) apples;\n\n      (ii) pears;\n\n3. *Invites* pick;\n\n";
    const ANNEXES: &str = "\n### Annex I\nTools\n\n1. spades;\n2. rakes:\n   (a) long;\n   (b) short.\n\n### Annex II\nSeeds\n\n1. beans;\n2. peas.\n";

    fn un(words: &str, expected: Expect) {
        assert(&format!("{UN}4. *Stresses* that {words};\n{ANNEXES}"), expected);
    }

    #[test]
    fn parts_and_ordinals() {
        un(
            "operative paragraph 3 and the third preambular paragraph matter",
            expect![[r#"
            operative paragraph 3 -> 3:Invites pick
            third preambular paragraph -> third:Deeply concerned
        "#]],
        );
        un(
            "the first and second preambular paragraphs, and the third paragraph of the preamble matter",
            expect![[r#"
            first and second preambular paragraphs -> first:Recalling one second:Noting two
            third paragraph of the preamble -> third:Deeply concerned
        "#]],
        );
        un(
            "the seventh preambular paragraph, and the second operative paragraph, matter",
            expect![[r#"
            seventh preambular paragraph -> seventh:missing
            second operative paragraph -> second:Requests water:
        "#]],
        );
        un(
            "OP3 and PP2 matter, and so do OP2 (b) (ii) and OP2/PP1, as on pp. 3 and 4, op. cit., and PP-18",
            expect![[r#"
                OP3 -> 3:Invites pick
                PP2 -> 2:Noting two
                OP2 (b) (ii) -> 2:Requests water: b:weekly: ii:pears
                OP2 -> 2:Requests water:
                PP1 -> 1:Recalling one
            "#]],
        );
        un("the first paragraph of the report and the third paragraph matter", expect![[""]]);
    }

    #[test]
    fn annexes() {
        un(
            "paragraph 2 (b) of annex I, paragraph 1 of annex II to the present resolution, and Annex II matter",
            expect![[r#"
                paragraph 2 (b) of annex I -> 2:rakes: b:short
                paragraph 1 of annex II to the present resolution -> 1:beans
            "#]],
        );
        un(
            "annex I, paragraph 2, and the annex to resolution 70/1 matter",
            expect![[r#"
            annex I, paragraph 2 -> 2:rakes:
        "#]],
        );
        un(
            "paragraph 2 of annex I to resolution 70/1 and Annex 5 to this resolution matter",
            expect![[r#"
            paragraph 2 of annex I -> of resolution 70/1 2:?
            Annex 5 to this resolution -> 0 section(s)
        "#]],
        );
        assert(
            "*resolves*\n1. x as in the annex to this resolution;\n\n### Annex\n1. y, see paragraph 1 of the annex.\n",
            expect![[r#"
                annex to this resolution -> 0 section(s)
                paragraph 1 of the annex -> 1:y, see
            "#]],
        );
        assert(
            "*做出决议*\n1. 见附件1第2段、本决议附件二和第70/125号决议附件1；\n\n### 附件1\n1. 甲；\n2. 乙。\n\n### 附件2\n1. 丙。\n",
            expect![[r#"
                附件1第2段 -> 2:乙
                附件二 -> 0 section(s)
            "#]],
        );
        assert(
            "*décide*\n1. voir le point 2 de l'annexe 1 de la présente résolution, et l'annexe 2;\n\n### Annexe 1\n1. a;\n2. b.\n\n### Annexe 2\nx\n",
            expect![[r#"
                point 2 de l'annexe 1 de la présente résolution -> 2:b
            "#]],
        );
    }

    #[test]
    fn in_an_annex_this_resolution_is_not_the_annex() {
        let text = "*resolves*\n1. grow;\n2. water,\n\n### Annex\n1. spades, see paragraph 2 of the present resolution and paragraph 2;\n2. rakes.\n";
        assert(
            text,
            expect![[r#"
            paragraph 2 of the present resolution -> 2:water
        "#]],
        );
    }

    #[test]
    fn bare_numbers() {
        un(
            "the measures in paragraph 2 (a) and paragraphs 1 and 3 apply",
            expect![[r#"
            paragraph 2 (a) -> 2:Requests water: a:daily
            paragraphs 1 and 3 -> 1:Decides grow 3:Invites pick
        "#]],
        );
        un(
            "paragraph 9 applies, and so does Article 2, paragraph 1, of the Charter",
            expect![[r#"
            paragraph 1 -> of Charter 1:?
        "#]],
        );
        un("the report of the Secretary-General, in particular paragraph 2, is useful", expect![[""]]);
        un("rule 4, paragraph 1, applies", expect![[""]]);
        un(
            "paragraph 2 thereof and paragraph 1 of that resolution apply",
            expect![[r#"
            paragraph 1 -> of that resolution 1:?
        "#]],
        );
        un(
            "paragraph 2.b.i and paragraph 2 C (iii) apply",
            expect![[r#"
            paragraph 2.b.i -> 2:Requests water: b:weekly: i:apples
        "#]],
        );
        un(
            "paragraph 2.b.ii applies",
            expect![[r#"
            paragraph 2.b.ii -> 2:Requests water: b:weekly: ii:pears
        "#]],
        );
    }

    #[test]
    fn inner_clauses_first() {
        un(
            "subparagraph (b) of paragraph 2 above and subparagraph (ii) of paragraph 2 (b) matter",
            expect![[r#"
                subparagraph (b) of paragraph 2 above -> 2:Requests water: b:weekly:
                subparagraph (ii) of paragraph 2 (b) -> 2:Requests water: b:weekly: ii:pears
            "#]],
        );
        assert(
            "*resolves*\n1. x:\n   a) y;\n   b) z, as in subparagraph a) of this paragraph,\n",
            expect![[r#"
            subparagraph a) of this paragraph -> a:y
        "#]],
        );
        assert(
            "*решает*\n1. x;\n2. y:\n   a) z;\n   b) v;\n3. см. подпункт b) пункта 2 раздела *решает* и пункты 1–2 настоящей резолюции,\n",
            expect![[r#"
                подпункт b) пункта 2 раздела *решает* -> 2:y: b:v
                пункты 1–2 настоящей резолюции -> 1:x 2:y:
            "#]],
        );
        assert(
            "*décide*\n1. x;\n2. y:\n   a) z;\n   b) v;\n3. voir l'alinéa b) du point 2 du *décide* ci-dessus, l'alinéa a) du *décide* 2, et les points 1 et 2 du *décide*;\n",
            expect![[r#"
                alinéa b) du point 2 du *décide* ci-dessus -> 2:y: b:v
                alinéa a) du *décide* 2 -> 2:y: a:z
                points 1 et 2 du *décide* -> 1:x 2:y:
            "#]],
        );
        assert(
            "*resuelve*\n1. x;\n2. y:\n   a) z;\n   b) v;\n3. ver el apartado b) del párrafo 2 *supra* y los párrafos 1 a 2 de la presente resolución;\n",
            expect![[r#"
                apartado b) del párrafo 2 *supra* -> 2:y: b:v
                párrafos 1 a 2 de la presente resolución -> 1:x 2:y:
            "#]],
        );
    }

    #[test]
    fn several_share_what_they_belong_to() {
        english(
            "to follow resolves 1 and recalling b) of Resolution 191 (Kigali, 2022)",
            expect![[r#"
                resolves 1 -> of Resolution 191 1:?
                recalling b) -> of Resolution 191 b:?
            "#]],
        );
        english(
            "Resolution 191 (Kigali, 2022), resolves 1 and recalling b), and recalling c) above",
            expect![[r#"
            resolves 1 -> of Resolution 191 1:?
            recalling b) -> of Resolution 191 b:?
            recalling c) above -> c:plums are
        "#]],
        );
        english(
            "resolves 1 and recalling b) above",
            expect![[r#"
            resolves 1 -> 1:grow
            recalling b) above -> b:pears are
        "#]],
        );
        english(
            "to report on resolves 1 and 2 in the annual report to the Council",
            expect![[r#"
            resolves 1 and 2 -> 1:grow 2:water:
        "#]],
        );
    }

    #[test]
    fn more_chinese() {
        let text = "*忆及*\na) 苹果；\nb) 梨，\n*做出决议*\n一、种植；\n二、浇水：\n（一）每日；\n（二）每周；\n三、采摘，\n*责成秘书长*\n";
        let with = |words: &str| format!("{text}{words}\n");
        assert(
            &with("落实上文第三段和第二段（一），"),
            expect![[r#"
            上文第三段和第二段（一） -> 三:采摘 二:浇水： 一:每日
        "#]],
        );
        assert(
            &with("落实本决议第二节（二），"),
            expect![[r#"
            第二节（二） -> 二:浇水： 二:每周
        "#]],
        );
        assert(
            &with("向理事会报告做出决议一和三的进展，"),
            expect![[r#"
                做出决议一和三 -> 一:种植 三:采摘
            "#]],
        );
        assert(
            &with("按照理事会第1332号决议做出决议2，"),
            expect![[r#"
            做出决议2 -> of 第1332号决议 2:?
        "#]],
        );
        assert(
            "序言部分\n\n1. *决定* 甲；\n\n2. *请* 乙；\n\n3. *又请* 按照执行部分第1段和序言部分第三段办事。\n",
            expect![[r#"
                执行部分第1段 -> 1:决定 甲
                序言部分第三段 -> 三:?
            "#]],
        );
        assert(
            "*做出决议*\n1\t甲；\n2\t乙，\n*责成秘书长*\n1\t向理事会报告做出决议1和4的进展，\n",
            expect![[r#"
            做出决议1和4 -> 1:甲 4:missing
        "#]],
        );
    }

    #[test]
    fn more_arabic() {
        assert(
            "*إذ يذكّر*\nأ) تفاح؛\nب) كمثرى،\n*يقرر*\n1. زرع؛\n2. سقي؛\n3. قطف الفقرتين 1 و2 من هذا القرار، والفقرة ب) من *إذ يذكّر* أعلاه، والفقرة الثالثة من الديباجة،\n",
            expect![[r#"
                الفقرتين 1 و2 من هذا القرار -> 1:زرع؛ 2:سقي؛
                والفقرة ب) من *إذ يذكّر* أعلاه -> ب:كمثرى،
                والفقرة الثالثة من الديباجة -> الثالثة:?
            "#]],
        );
    }

    #[test]
    fn more_russian_french_and_spanish_parts() {
        assert(
            "*Напоминая* x,\n\n*отмечая* y,\n\n1. *постановляет* z;\n\n2. *просит* учесть второй пункт преамбулы, пункт 1 постановляющей части и вышеуказанный пункт 1.\n",
            expect![[r#"
                второй пункт преамбулы -> второй:отмечая y
                пункт 1 постановляющей части -> 1:постановляет z
                вышеуказанный пункт 1 -> 1:постановляет z
            "#]],
        );
        assert(
            "*Rappelant* x,\n\n*Notant* y,\n\n1. *Décide* z;\n\n2. *Prie* de suivre le deuxième alinéa du préambule et le paragraphe 1 du dispositif.\n",
            expect![[r#"
                deuxième alinéa du préambule -> deuxième:Notant y
                paragraphe 1 du dispositif -> 1:Décide z
            "#]],
        );
        assert(
            "*Recordando* x,\n\n*Observando* y,\n\n1. *Decide* z;\n\n2. *Pide* que se siga el segundo párrafo del preámbulo y el párrafo 1 de la parte dispositiva.\n",
            expect![[r#"
                segundo párrafo del preámbulo -> segundo:Observando y
                párrafo 1 de la parte dispositiva -> 1:Decide z
            "#]],
        );
    }
}
