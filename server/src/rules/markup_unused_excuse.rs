//! `markup/unused-excuse`: an excuse in the text that excuses nothing.

use std::collections::HashMap;

use super::{Finding, Input, Remedy, Rule, Scope, Severity, is_area, meant_rule, rule, sort};
use crate::config::{Config, Level};
use crate::excuse::{self, Excuse, Excused};
use crate::syntax::{TextEdit, TextRange};

/// The rule.
pub const RULE: Rule = Rule {
    id: "markup/unused-excuse",
    page: include_str!("../../../docs/rules/markup-unused-excuse.md"),
    severity: Severity::Information,
    scope: Scope::Document,
    check,
};

/// What names no rule; the others are known when the rules have run, and told by [`apply`].
fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for excuse in &input.facts.excuses {
        for excused in excuse.rules.iter().filter(|excused| rule(&excused.rule).is_none()) {
            out.extend(unknown(input, excuse, excused));
        }
    }
}

fn unknown(input: &Input<'_>, excuse: &Excuse, excused: &Excused) -> Option<Finding> {
    let id = &excused.rule;
    let (area, what) = id.split_once('/')?;
    let meant = meant_rule(id);
    // “allow and/or” may be anything.
    if meant.is_none() && !is_area(area) {
        return None;
    }
    let message = match meant {
        _ if what == "*" => format!("An excuse names each finding that it excuses; “{id}” excuses nothing."),
        Some(meant) => format!("There is no finding “{id}”, so nothing is excused. Did you mean “{meant}”?"),
        None => format!("There is no finding “{id}”, so nothing is excused. Look up its name where it is reported."),
    };
    let mut finding = Finding::new(RULE.id, Severity::Warning, excused.range, message);
    if let Some(meant) = meant.filter(|_| what != "*") {
        let edit = TextEdit::replace(excused.range, meant);
        finding = finding.fix(format!("Write “{meant}”"), Remedy::Edits(vec![edit]));
    }
    // What was meant may be the drafter's to say.
    let edit = excuse::removal(input.text, &input.facts.document, excuse, excused);
    Some(finding.fix("Remove this excuse", Remedy::Edits(vec![edit])))
}

/// Takes away the findings of a scope that the text excuses, and adds one for each excuse that excuses none, where the
/// rule that it names is of this scope and not switched off. `findings` in text order, before and after.
pub(super) fn apply(input: &Input<'_>, scope: Scope, findings: &mut Vec<Finding>) {
    let excuses = &input.facts.excuses;
    if excuses.is_empty() {
        return;
    }
    let mut excused = vec![false; findings.len()];
    // What is excused twice is looked for once.
    let mut used: HashMap<(&str, TextRange), bool> = HashMap::new();
    let mut unused = Vec::new();
    for excuse in excuses {
        for named in &excuse.rules {
            let Some(rule) = rule(&named.rule).filter(|rule| rule.scope == scope) else { continue };
            let used = *used.entry((rule.id, excuse.covers)).or_insert_with(|| {
                let first = findings.partition_point(|finding| finding.range.start() < excuse.covers.start());
                let reached = (first..findings.len())
                    .take_while(|index| excuse.reaches(findings[*index].range.start()))
                    .filter(|index| findings[*index].rule == rule.id);
                reached.map(|index| excused[index] = true).count() > 0
            });
            if !used && rule.id != RULE.id && input.config.level(rule.id) != Some(Level::Off) {
                unused.push((excuse, named, rule));
            }
        }
    }
    let mut excused = excused.into_iter();
    findings.retain(|_| !excused.next().unwrap_or(false));
    if input.config.level(RULE.id) == Some(Level::Off) {
        return;
    }
    let own = |excuse: &&Excuse| excuse.rules.iter().any(|named| named.rule == RULE.id);
    let own: Vec<&Excuse> = excuses.iter().filter(own).collect();
    let unused = unused.into_iter().filter(|(_, named, _)| !own.iter().any(|own| own.reaches(named.range.start())));
    // What only a final text must not have is excused before it is final.
    let mut in_final: HashMap<&str, Vec<Finding>> = HashMap::new();
    let unused = unused.filter(|(excuse, _, rule)| {
        let found = in_final.entry(rule.id).or_insert_with(|| if_final(input, rule));
        !found.iter().any(|finding| excuse.reaches(finding.range.start()))
    });
    findings.extend(unused.map(|(excuse, named, rule)| {
        let only = excuse.rules.len() == 1;
        let range = if only { excuse.range } else { named.range };
        let message = format!("{} is not found here any more. Remove the excuse.", rule.id);
        let edit = excuse::removal(input.text, &input.facts.document, excuse, named);
        Finding::new(RULE.id, RULE.severity, range, message).sure_fix("Remove this excuse", Remedy::Edits(vec![edit]))
    }));
    sort(findings);
}

/// What a rule would find in the text if it were final; nothing where it is.
fn if_final(input: &Input<'_>, rule: &Rule) -> Vec<Finding> {
    let mut found = Vec::new();
    if !input.config.is_final {
        let config = Config { is_final: true, ..input.config.clone() };
        let same = Input::new(input.text, input.facts, input.catalogue, input.today, config);
        (rule.check)(&same.with_library(input.library), &mut found);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{findings, findings_with};

    const GAP: &str = "*resolves*\n\n1. one;\n3. three {>>allow numbering/gap: as in Annex 2<<}.\n";

    fn messages(text: &str) -> Vec<String> {
        findings(RULE.id, text).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn what_is_excused_is_not_found() {
        assert_eq!(findings("numbering/gap", GAP), []);
        assert_eq!(findings(RULE.id, GAP), []);
        assert_eq!(findings("numbering/gap", &GAP.replace("allow", "note")).len(), 1);
    }

    #[test]
    fn what_is_in_order_needs_no_excuse() {
        assert_eq!(
            messages(&GAP.replace("3.", "2.")),
            ["numbering/gap is not found here any more. Remove the excuse."]
        );
    }

    #[test]
    fn an_excuse_of_a_rule_that_is_off_is_not_unused() {
        let off: Config = serde_json::from_str(r#"{"rules": {"numbering/gap": "off"}}"#).expect("a configuration");
        assert_eq!(findings_with(&off, RULE.id, &GAP.replace("3.", "2.")), []);
        let silent: Config = serde_json::from_str(r#"{"rules": {"markup/*": "off"}}"#).expect("a configuration");
        assert_eq!(findings_with(&silent, RULE.id, &GAP.replace("3.", "2.")), []);
        assert_eq!(findings_with(&silent, "numbering/gap", GAP), []);
    }

    #[test]
    fn what_a_final_text_must_not_have_is_excused_before() {
        let text = "1. to open [two] doors {>>allow drafting/brackets: as in the treaty<<}.\n";
        assert_eq!(messages(text), [""; 0]);
        assert_eq!(messages(&text.replace(['[', ']'], "")).len(), 1);
    }

    #[test]
    fn only_that_paragraph_is_excused() {
        let text = GAP.replace("three", "three;\n5. five");
        assert_eq!(findings("numbering/gap", &text).len(), 1);
    }

    #[test]
    fn an_excuse_of_what_the_catalogue_knows_is_judged_with_it() {
        let old = "---\ndate: 2022-09-01\n---\n\na) Resolution 140 (Rev. Busan, 2014) of the Plenipotentiary Conference \
                   {>>allow citation/outdated<<};\n";
        assert_eq!(findings("citation/outdated", old), []);
        assert_eq!(messages(old), [""; 0]);
        let new = old.replace("Busan, 2014", "Bucharest, 2022");
        assert_eq!(messages(&new), ["citation/outdated is not found here any more. Remove the excuse."]);
    }

    #[test]
    fn a_slip_is_told() {
        let messages = messages(
            "a {>>allow numbering/gpa<<}\n\nb {>>allow numbering/*<<}\n\nc {>>allow and/or<<}\n\nd {>>allow numbering/tea<<}\n",
        );
        assert_eq!(
            messages,
            [
                "There is no finding “numbering/gpa”, so nothing is excused. Did you mean “numbering/gap”?",
                "An excuse names each finding that it excuses; “numbering/*” excuses nothing.",
                "There is no finding “numbering/tea”, so nothing is excused. Look up its name where it is reported.",
            ]
        );
    }
}
