//! Fix all: every fix that cannot be wrong, made together, again and again until none is left.

use std::collections::{BTreeMap, HashSet};

use super::format::difference;
use super::renumber::{Scope, renumber};
use crate::numbering::is_tracked;
use crate::rules::{self, Finding, Remedy};
use crate::syntax::{
    Document, ProposalKind, Resolution, ResolutionIndex, Side, TextEdit, TextRange, TextSize, lower, parse,
};
use crate::workspace::{FileId, Snapshot, Workspace};

/// How often a text is judged again at most after fixes were made.
const ROUNDS: usize = 10;

/// How often a text is read again to find the fixes that would change what is in force, before all are given up.
const READINGS: usize = 40;

/// What fixing all came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedAll {
    /// The whole text afterwards.
    pub text: String,
    /// What leads there from the text before, by whole lines; in text order, none overlapping.
    pub edits: Vec<TextEdit>,
    /// How many fixes were made.
    pub fixes: usize,
}

/// Makes all certain fixes of a document's findings, and those of the findings that then remain. Only this document is
/// changed; where changes are tracked, its text as in force stays. `None` where there is nothing to fix.
pub fn fix_all(snapshot: &Snapshot, file: FileId) -> Option<FixedAll> {
    let before = snapshot.file(file)?.text();
    let mut left_out = HashSet::new();
    // A rule that always finds more to do, or undoes what another does, is left out; then the others come to an end.
    let (text, fixes) = loop {
        match settled(snapshot, file, &left_out) {
            Ok(settled) => break settled?,
            Err(restless) if restless.is_subset(&left_out) => return None,
            Err(restless) => left_out.extend(restless),
        }
    };
    let edits = difference(before, &text);
    (fixes > 0).then_some(FixedAll { text, edits, fixes })
}

/// How many fixes [`fix_all`] begins with, found out without making them; `None` where there is nothing to fix. Where
/// changes are tracked they are made, as that may leave none.
pub fn fixes_at_once(snapshot: &Snapshot, file: FileId) -> Option<usize> {
    let document = &snapshot.file(file)?.facts().document;
    if !amending(document).is_empty() {
        return fix_all(snapshot, file).map(|all| all.fixes);
    }
    let count = certain(snapshot, file).len();
    (count > 0).then_some(count)
}

/// The text when nothing is left to fix, and how many fixes were made; or the rules that still found something at the end.
fn settled(
    snapshot: &Snapshot,
    file: FileId,
    left_out: &HashSet<&'static str>,
) -> Result<Option<(String, usize)>, HashSet<&'static str>> {
    let Some(before) = snapshot.file(file) else { return Ok(None) };
    let mut workspace = Workspace::of(snapshot);
    let mut text = before.text().to_owned();
    let mut seen = HashSet::from([text.clone()]);
    let mut count = 0;
    for round in 0..=ROUNDS {
        let now = workspace.snapshot();
        let Some(current) = now.file(file) else { return Ok(None) };
        let mut fixes = certain(&now, file);
        fixes.retain(|fix| !left_out.contains(fix.rule));
        let made = in_force_kept(&text, &current.facts().document, apart(&text, fixes));
        let edits: Vec<TextEdit> = made.iter().flat_map(|fix| &fix.edits).cloned().collect();
        let Some(after) = TextEdit::apply_all(&text, &edits).filter(|after| *after != text) else { break };
        if round == ROUNDS || !seen.insert(after.clone()) {
            return Err(made.iter().map(|fix| fix.rule).collect());
        }
        count += made.len();
        text = after;
        if workspace.replace(file, &text).is_err() {
            return Ok(None);
        }
    }
    Ok(Some((text, count)))
}

/// A fix of a rule: edits that are made together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fix {
    rule: &'static str,
    edits: Vec<TextEdit>,
}

/// The first certain fix of each finding.
fn certain(snapshot: &Snapshot, file: FileId) -> Vec<Fix> {
    let edits_of = |finding: &Finding| {
        let fix = finding.fixes.iter().find(|fix| fix.certain)?;
        let edits = match &fix.remedy {
            Remedy::Edits(edits) => edits.clone(),
            Remedy::Renumber(offset) => {
                let mut renumbering = renumber(snapshot, file, Scope::List(*offset))?;
                let own = renumbering.edits.remove(&file)?;
                renumbering.edits.is_empty().then_some(own)?
            }
        };
        Some(Fix { rule: finding.rule, edits })
    };
    // While the workspace is still being read, what seems not to exist may yet turn up.
    let sure = |finding: &Finding| snapshot.is_complete() || rules::is_of_document_alone(finding);
    snapshot.findings(file).into_iter().filter(|finding| sure(finding)).filter_map(edits_of).collect()
}

/// Those of the fixes that can be made together: none of their edits touches one of another. The rest has to wait.
fn apart(text: &str, fixes: Vec<Fix>) -> Vec<Fix> {
    let mut taken: BTreeMap<TextSize, TextRange> = BTreeMap::new();
    let fits = |taken: &BTreeMap<TextSize, TextRange>, edit: &TextEdit| {
        let range = edit.range;
        let before = taken.range(..=range.start()).next_back();
        let behind = taken.range(range.start()..).next();
        let conflict = |other: TextRange| {
            let touch = other.start() <= range.end() && range.start() <= other.end();
            let overlap = other.start() < range.end() && range.start() < other.end();
            overlap || (touch && (other.is_empty() || range.is_empty()))
        };
        let free = !before.into_iter().chain(behind).any(|(_, other)| conflict(*other));
        free && text.get(std::ops::Range::<usize>::from(range)).is_some()
    };
    let mut kept = Vec::new();
    for fix in fixes {
        if fix.edits.is_empty() || !fix.edits.iter().all(|edit| fits(&taken, edit)) {
            continue;
        }
        for TextEdit { range, .. } in &fix.edits {
            taken.entry(range.start()).and_modify(|other| *other = other.cover(*range)).or_insert(*range);
        }
        kept.push(fix);
    }
    kept
}

/// Those of the fixes after which the text as in force is what it was, wherever changes are tracked.
fn in_force_kept(text: &str, document: &Document, fixes: Vec<Fix>) -> Vec<Fix> {
    let tracked = amending(document);
    if tracked.is_empty() || fixes.is_empty() {
        return fixes;
    }
    let before = in_force(document, &tracked);
    let kept = harmless(text, &|document| in_force(document, &tracked) == before, &fixes, &[], &mut 0);
    kept.into_iter().cloned().collect()
}

/// The resolutions in which changes to a text that is in force are tracked; what is to be added is in force nowhere.
fn amending(document: &Document) -> Vec<ResolutionIndex> {
    let all = document.resolutions.iter().zip(0..).map(|(resolution, index)| (resolution, ResolutionIndex(index)));
    let adds =
        |resolution: &Resolution| resolution.proposal.as_ref().is_some_and(|mark| mark.kind == ProposalKind::Add);
    all.filter(|(own, index)| !adds(own) && is_tracked(document, *index)).map(|(_, index)| index).collect()
}

/// The labels and words as in force of these resolutions, white space aside.
fn in_force(document: &Document, resolutions: &[ResolutionIndex]) -> (usize, Vec<String>) {
    let of_these =
        document.paragraphs.iter().filter(|paragraph| resolutions.binary_search(&paragraph.resolution).is_ok());
    let words = of_these.map(|paragraph| {
        let label = paragraph.label.as_ref().and_then(|label| label.text.in_force.as_deref()).unwrap_or_default();
        label.split_whitespace().chain(paragraph.views[Side::InForce].text.split_whitespace()).collect::<String>()
    });
    (document.resolutions.len(), words.filter(|words| !words.is_empty()).collect())
}

/// Those of the fixes that can be made besides `made` and leave what `keeps` looks at, found by halving.
fn harmless<'a>(
    text: &str,
    keeps: &dyn Fn(&Document) -> bool,
    fixes: &'a [Fix],
    made: &[&'a Fix],
    readings: &mut usize,
) -> Vec<&'a Fix> {
    if fixes.is_empty() || *readings >= READINGS {
        return Vec::new();
    }
    *readings += 1;
    let together: Vec<TextEdit> = made.iter().copied().chain(fixes).flat_map(|fix| &fix.edits).cloned().collect();
    if TextEdit::apply_all(text, &together).is_some_and(|after| keeps(&lower(&after, &parse(&after)))) {
        return fixes.iter().collect();
    }
    if fixes.len() == 1 {
        return Vec::new();
    }
    let (first, second) = fixes.split_at(fixes.len() / 2);
    let mut kept = harmless(text, keeps, first, made, readings);
    let so_far: Vec<&Fix> = made.iter().copied().chain(kept.iter().copied()).collect();
    kept.extend(harmless(text, keeps, second, &so_far, readings));
    kept
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::workspace::Location;

    fn open(text: &str) -> (Snapshot, FileId) {
        let mut workspace = Workspace::new(date(2026, 1, 1));
        let file = workspace.open(Location::Uri("untitled:a".into()), 1, text).expect("the text is small");
        (workspace.snapshot(), file)
    }

    fn fixed(text: &str) -> Option<FixedAll> {
        let (snapshot, file) = open(text);
        fix_all(&snapshot, file)
    }

    #[test]
    fn what_is_certain_is_fixed_and_the_rest_left() {
        let text = "a) one {>>allow numbering/gap, numbering/order<<};\nc) three;\n";
        let all = fixed(text).expect("an excuse is not needed");
        assert_eq!((all.text.as_str(), all.fixes), ("a) one;\nc) three;\n", 2), "one behind the other");
        assert_eq!(TextEdit::apply_all(text, &all.edits).as_deref(), Some(&*all.text));
        assert_eq!(fixed(&all.text), None, "a gap may be a clause that is missing");
    }

    #[test]
    fn nothing_of_the_catalogue_while_it_is_being_read() {
        let text = "a) one {>>allow citation/unknown<<};\n";
        let mut workspace = Workspace::new(date(2026, 1, 1));
        let file = workspace.open(Location::Uri("untitled:a".into()), 1, text).expect("the text is small");
        workspace.set_complete(false);
        assert_eq!(fix_all(&workspace.snapshot(), file), None);
        workspace.set_complete(true);
        assert!(fix_all(&workspace.snapshot(), file).is_some());
    }

    fn fix(edits: &[(u32, u32, &str)]) -> Fix {
        let edits =
            edits.iter().map(|(from, to, text)| TextEdit::replace(TextRange::new((*from).into(), (*to).into()), *text));
        Fix { rule: "area/what", edits: edits.collect() }
    }

    #[test]
    fn fixes_that_touch_each_other_wait() {
        let text = "abcdefghij";
        let one = fix(&[(0, 1, "A"), (5, 5, "!")]);
        assert_eq!(apart(text, vec![one.clone(), fix(&[(5, 6, "F")])]), std::slice::from_ref(&one));
        assert_eq!(apart(text, vec![one.clone(), fix(&[(3, 5, "")])]), std::slice::from_ref(&one));
        assert_eq!(apart(text, vec![one.clone(), one.clone()]), std::slice::from_ref(&one));
        let beside = fix(&[(1, 2, "B"), (9, 10, "J")]);
        assert_eq!(apart(text, vec![one.clone(), beside.clone()]), [one.clone(), beside]);
        assert_eq!(apart(text, vec![fix(&[(9, 11, "")]), fix(&[])]), Vec::<Fix>::new());
    }

    #[test]
    fn what_is_in_force_stays_where_changes_are_tracked() {
        let text = "# Resolution 1\n\na) one;\nb) two{++ new++};\nc) three;\n";
        let document = lower(text, &parse(text));
        let at = |words: &str| text.find(words).expect("it stands there") as u32;
        let plain = fix(&[(at("one"), at("one") + 3, "ONE")]);
        let tracked = fix(&[(at("three"), at("three") + 5, "{~~three~>THREE~~}")]);
        let inserted = fix(&[(at(" new"), at(" new") + 4, " NEW")]);
        let kept = in_force_kept(text, &document, vec![plain.clone(), tracked.clone(), inserted.clone()]);
        assert_eq!(kept, [tracked, inserted]);
        let untracked = text.replace("{++ new++}", " new");
        assert_eq!(in_force_kept(&untracked, &lower(&untracked, &parse(&untracked)), vec![plain.clone()]), [plain]);
    }

    fn line() -> impl Strategy<Value = String> {
        prop::sample::select(vec![
            "# Resolution 1 (Dubai, 2018)",
            "# 第1号决议（2018年，迪拜）",
            "The Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),",
            "MOD A/1",
            "ADD A/2",
            "SUP A/3",
            "*recalling* {>>allow numbering/gap: why<<}",
            "*resolves*",
            "*做出决议*",
            "a) one {>>allow numbering/gap, numbering/order<<};",
            "a) one,",
            "c) three {>>allow numbering/gap<<}",
            "3. three.",
            "{++b) new {>>allow numbering/start<<}++}",
            "{--b) old.--}",
            "{~~b~>c~~}) changed ;",
            "1. [Resolution 140 (Rev. Bucharest, 2022)](=) of this conference",
            "1. [Resolution 140 (Rev. {~~Dubai, 2018~>Bucharest, 2022~~})](=)",
            "1. {>>allow citation/unknown, citation/outdated<<} Resolution 140 (Rev. Busan, 2014)",
            "2. 会议, 时钟; 结束.",
            "*Recalls* that x;;",
            "*Recalls* its resolution 70/1 , and  2",
            "words[^2] [in brackets] {>>note<<}",
            "[^1]: note",
            "### Annex {>>allow a/b<<}",
            "### Annex 1",
            "     a) deep,",
            "  b) less deep",
            "as in *resolves* 2 above and *recalling* c) below",
            "上述做出决议2和以下做出决议1(2018年),会议;",
            "  第二段,内容:包括 3.5 和 A/1.",
            "- dash,",
            "1bis. between;",
            "Resolves that {++{>>allow drafting/width<<}, new++}",
            "Reasons: none",
            "",
        ])
        .prop_map(str::to_owned)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn fixing_twice_changes_nothing_the_second_time(lines in prop::collection::vec(line(), 1..12)) {
            let text = lines.join("\n") + "\n";
            let (snapshot, file) = open(&text);
            let certain = snapshot.findings(file).iter().any(|f| f.fixes.iter().any(|fix| fix.certain));
            let Some(all) = fix_all(&snapshot, file) else { return Ok(()) };
            prop_assert!(certain, "nothing is certain in {text}");
            prop_assert!(all.text != text);
            let applied = TextEdit::apply_all(&text, &all.edits);
            prop_assert_eq!(applied.as_deref(), Some(&*all.text));
            let again = fixed(&all.text);
            prop_assert!(again.is_none(), "{text}\n→\n{}\n→\n{}", all.text, again.map(|all| all.text).unwrap_or_default());
            let before = &snapshot.file(file).expect("it is open").facts().document;
            let tracked = amending(before);
            let after = lower(&all.text, &parse(&all.text));
            prop_assert_eq!(in_force(before, &tracked), in_force(&after, &tracked));
        }
    }
}
