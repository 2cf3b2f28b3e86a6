//! `citation/unused-pin`: a citation is pinned to the version that is in force.

use std::ops::Range;

use super::citation_common::{Judge, Judged, name, newer, parenthesis};
use super::citation_unknown_version::problem as unknown_version;
use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::catalogue::{Certainty, Existence, Status};
use crate::syntax::{MarkKind, ParagraphIndex, Side, TextEdit, TextRange, TextSize};

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/unused-pin",
    page: include_str!("../../../docs/rules/citation-unused-pin.md"),
    severity: Severity::Hint,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    for (index, paragraph) in input.facts.document.iter() {
        let view = &paragraph.views[Side::Amended];
        for pin in view.marks_of(MarkKind::Pinned).filter(|pin| pin.target == "=") {
            out.extend(unused(&judge, index, view.mark_source(pin)));
        }
    }
}

fn unused(judge: &Judge<'_>, paragraph: ParagraphIndex, pin: TextRange) -> Option<Finding> {
    let citations = &judge.input.facts.citations;
    let first = citations.partition_point(|citation| citation.paragraph < paragraph);
    let here = (first..citations.len()).take_while(|index| citations[*index].paragraph == paragraph);
    let within =
        here.filter(|index| citations[*index].side == Side::Amended && pin.contains_range(citations[*index].range));
    let mut in_force = None;
    for index in within {
        // All that share the pin have to do without it.
        in_force = Some(needs_none(&judge.any_at(index)?)?);
    }
    let message = format!("{} is in force, so this pin excuses nothing. Take it away.", in_force?);
    let edits = without(judge.input.text, pin)?;
    Some(Finding::new(RULE.id, RULE.severity, pin, message).sure_fix("Take the pin away", Remedy::Edits(edits)))
}

/// The version that a citation names, if nothing would be found in it without the pin: it is known to be the one in force,
/// both when the text was written and today.
fn needs_none(cited: &Judged<'_>) -> Option<String> {
    let input = cited.judge.input;
    let version = cited.citation.version.as_ref()?;
    let current = [cited.written, input.today].map(|day| input.catalogue.version_in_force(cited.id, day));
    let is_it = current
        .iter()
        .flatten()
        .filter(|current| current.version == version && current.certainty > Certainty::Unproven);
    let year = cited.citation.cited_version.as_ref().map(|version| version.year);
    let ended = |day| matches!(input.catalogue.status(cited.id, day), Status::Abrogated { .. });
    let found = is_it.count() < current.len()
        || newer(cited, cited.written).is_some()
        || newer(cited, input.today).is_some()
        || ended(cited.written)
        || ended(input.today)
        || unknown_version(cited).is_some()
        || !matches!(input.catalogue.existence(cited.id, year, input.today), Existence::Listed | Existence::Open);
    let [_, today] = current;
    let today = today.filter(|_| !found)?;
    Some(format!("{} {}", name(cited.id), parenthesis(cited.id, &today)))
}

/// The edits that leave of `[words](=)` the words.
fn without(text: &str, pin: TextRange) -> Option<Vec<TextEdit>> {
    let words = text.get(Range::<usize>::from(pin))?.strip_prefix('[')?;
    let close = pin.start() + TextSize::new(1) + TextSize::of(words.get(..words.rfind("](")?)?);
    let opening = TextRange::at(pin.start(), TextSize::new(1));
    Some(vec![TextEdit::replace(opening, ""), TextEdit::replace(TextRange::new(close, pin.end()), "")])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::findings;

    fn found(date: &str, words: &str) -> usize {
        findings(RULE.id, &format!("---\nbody: PP\ndate: {date}\n---\n\na) [{words}](=) of this conference;\n")).len()
    }

    #[test]
    fn a_pin_is_needed_where_anything_would_be_found() {
        let (old, new) = ("Resolution 140 (Rev. Dubai, 2018)", "Resolution 140 (Rev. Bucharest, 2022)");
        assert_eq!(found("2022-10-14", new), 1);
        assert_eq!(found("2022-10-14", old), 0, "out of date");
        assert_eq!(found("2019-10-14", old), 0, "revised since");
        assert_eq!(found("2022-10-14", "Resolutions 101 and 140 (Rev. Dubai, 2018)"), 0);
        assert_eq!(found("2022-10-14", "Resolution 140 (Rev. Kigali, 2022)"), 0, "no such version");
        assert_eq!(found("2022-10-14", "Resolution 140"), 0, "names no version");
        assert_eq!(found("2022-10-14", "that decision"), 0, "no citation");
    }

    #[test]
    fn the_words_stay() {
        let text = "---\ndate: 2022-10-14\n---\n\na) [Resolution 140 (Rev. Bucharest, 2022)](=) of the Plenipotentiary Conference;\n";
        let [finding] = &findings(RULE.id, text)[..] else { panic!("one finding") };
        let Remedy::Edits(edits) = &finding.fixes[0].remedy else { panic!("edits") };
        assert_eq!(TextEdit::apply_all(text, edits).as_deref(), Some(&*text.replace('[', "").replace("](=)", "")));
    }
}
