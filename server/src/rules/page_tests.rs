//! The pages about the findings on numbering, references and markup are run as tests.

use jiff::civil::date;

use super::{Finding, Input, RULES};
use crate::catalogue::Catalogue;
use crate::facts::Facts;
use crate::fixture::Fixture;
use crate::syntax::parse;

/// Each page marks its finding, and only it, in its wrong examples, and nowhere in its right ones.
#[test]
fn the_pages_say_what_happens() {
    let catalogue = Catalogue::default();
    for rule in RULES.iter().filter(|rule| !rule.id.starts_with("citation/") && rule.id != "numbering/flattened") {
        let path = format!("{}/../docs/rules/{}.md", env!("CARGO_MANIFEST_DIR"), rule.id.replace('/', "-"));
        let page = std::fs::read_to_string(&path).expect("every rule has its page");
        let mut examples = 0;
        let mut section = "";
        for (index, part) in page.split("```").enumerate() {
            if index % 2 == 0 {
                section = part.lines().rev().find(|line| line.starts_with("## ")).unwrap_or(section);
                continue;
            }
            let Some(example) = part.strip_prefix("resmark\n") else { continue };
            examples += 1;
            let fixture = Fixture::parse(example);
            let facts = Facts::read(&fixture.text, &parse(&fixture.text));
            let mut found: Vec<Finding> = Vec::new();
            (rule.check)(
                &Input { text: &fixture.text, facts: &facts, catalogue: &catalogue, today: date(2026, 1, 1) },
                &mut found,
            );
            let found: Vec<_> = found.iter().map(|finding| finding.range).collect();
            let marked: Vec<_> = fixture.marks.iter().map(|(range, _)| *range).collect();
            assert_eq!(found, marked, "{path}, {section}:\n{example}");
            assert_eq!(section == "## Wrong", !found.is_empty(), "{path}, {section}:\n{example}");
        }
        assert!(examples >= 4, "{path} has a wrong and a right example in two languages");
    }
}
