//! `numbering/flattened`: two labels are printed into one, as a word processor's plain text shows tracked changes.

use super::flattened::Reread;
use super::{Finding, Input, Remedy, Rule, Scope, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    id: "numbering/flattened",
    page: include_str!("../../../docs/rules/numbering-flattened.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for list in input.flattened() {
        let label = list.words.chars().take(12).collect::<String>();
        let shown = if list.words.len() < 12 {
            format!("“{label}” looks like two labels printed into one")
        } else {
            "This clause ends with the marks of two texts".to_owned()
        };
        let several = list.stories.len() > 1;
        let next = if several {
            "Several readings are possible: choose the one that the two texts have."
        } else {
            "Make the changes in this list tracked changes again."
        };
        let message = format!("{shown}: tracked changes were lost when this text was copied. {next}");
        let mut finding = Finding::new(RULE.id, RULE.severity, list.range, message);
        for story in &list.stories {
            let title = if several { title(story) } else { "Make the changes in this list tracked again".to_owned() };
            finding = finding.fix(title, Remedy::Edits(story.edits.clone()));
        }
        out.push(finding);
    }
}

/// What a reading says of the list: which clauses it takes for deleted and which for inserted.
fn title(story: &Reread) -> String {
    let of = |what: &str, labels: &[String]| (!labels.is_empty()).then(|| format!("{what} {}", labels.join(" ")));
    let said: Vec<String> =
        [of("deleted:", &story.deleted), of("inserted:", &story.inserted)].into_iter().flatten().collect();
    match said.len() {
        0 => "Track the labels alone: every clause is in both texts".to_owned(),
        _ => format!("Track this reading, {}", said.join("; ")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use expect_test::{Expect, expect};
    use jiff::civil::date;

    use super::*;
    use crate::catalogue::Catalogue;
    use crate::facts::Facts;
    use crate::syntax::{TextEdit, parse};

    /// The findings on flattened changes, each with its fixes and what they make of the text.
    fn shows(text: &str, expected: Expect) {
        let tree = parse(text);
        let facts = Facts::read(text, &tree);
        let catalogue = Catalogue::default();
        let input = Input::new(text, &facts, &catalogue, date(2024, 6, 1), Default::default());
        let mut findings = Vec::new();
        check(&input, &mut findings);
        let mut out = String::new();
        for finding in findings {
            out.push_str(&format!("“{}” {}\n", &text[std::ops::Range::<usize>::from(finding.range)], finding.message));
            for fix in finding.fixes {
                let Remedy::Edits(edits) = fix.remedy else { continue };
                out.push_str(&format!("- {}\n{}", fix.title, TextEdit::apply_all(text, &edits).unwrap()));
            }
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn one_reading() {
        shows(
            "*recalling*\n\na) one;\n1. in it;\nb) two;\ncb) three;\ndc) four,\n",
            expect![[r#"
                “cb)” “cb)” looks like two labels printed into one: tracked changes were lost when this text was copied. Make the changes in this list tracked changes again.
                - Make the changes in this list tracked again
                *recalling*

                a) one;
                1. in it;
                {--b) two;--}
                {~~c~>b~~}) three;
                {~~d~>c~~}) four,
            "#]],
        );
    }

    #[test]
    fn several_readings() {
        shows(
            "*recalling*\n\na) one\nba) two\ncb) three\nc) four\nd) five\n",
            expect![[r#"
                “ba)” “ba)” looks like two labels printed into one: tracked changes were lost when this text was copied. Several readings are possible: choose the one that the two texts have.
                - Track this reading, deleted: a); inserted: c)
                *recalling*

                {--a) one--}
                {~~b~>a~~}) two
                {~~c~>b~~}) three
                {++c) four++}
                d) five
                - Track this reading, deleted: a); inserted: c) d)
                *recalling*

                {--a) one--}
                {~~b~>a~~}) two
                {~~c~>b~~}) three
                {++c) four++}
                {++d) five++}
                - Track this reading, deleted: a) d); inserted: c)
                *recalling*

                {--a) one--}
                {~~b~>a~~}) two
                {~~c~>b~~}) three
                {++c) four++}
                {--d) five--}
            "#]],
        );
    }

    #[test]
    fn a_text_without_lost_changes() {
        shows("*recalling*\n\na) one;\nb) two;\nc) three,\n\n*resolves*\n\n1. one;\n12. two.\n", expect![""]);
    }
}
