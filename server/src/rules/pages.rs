//! The pages in `docs/rules` are run: each wrong example gives the finding that the page is about, where its carets say,
//! and no right example does.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

use super::RULES;
use super::testing::findings;
use crate::excuse::insertion;
use crate::fixture::Fixture;
use crate::syntax::{Language, TextEdit, TextRange, lower, parse};

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules")
}

/// The examples of a page: the section that each stands in, and its text.
fn examples(page: &str) -> Vec<(String, String)> {
    let mut examples = Vec::new();
    let (mut section, mut in_heading, mut code) = (String::new(), false, None::<String>);
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => {
                section.clear();
                in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "resmark" => {
                code = Some(String::new());
            }
            Event::End(TagEnd::CodeBlock) => examples.extend(code.take().map(|code| (section.clone(), code))),
            Event::Text(text) if in_heading => section.push_str(&text),
            Event::Text(text) => {
                if let Some(code) = &mut code {
                    code.push_str(&text);
                }
            }
            _ => {}
        }
    }
    examples
}

/// Where the rule finds something in a text.
fn found(rule: &str, text: &str) -> Vec<TextRange> {
    findings(rule, text).into_iter().map(|finding| finding.range).collect()
}

#[test]
fn every_rule_has_a_page_whose_examples_hold() {
    let mut wrong_pages = Vec::new();
    for rule in RULES {
        let path = pages().join(format!("{}.md", rule.id.replace('/', "-")));
        let Ok(page) = std::fs::read_to_string(&path) else {
            wrong_pages.push(format!("{}: no page", rule.id));
            continue;
        };
        let examples = examples(&page);
        // An example's marks are no words of its language.
        let language = |example: &str| Language::guess(&Fixture::parse(example).text);
        let languages = |wanted: &str| -> HashSet<Option<Language>> {
            examples.iter().filter(|(section, _)| section == wanted).map(|(_, example)| language(example)).collect()
        };
        if languages("Wrong").len() < 2 || languages("Right").len() < 2 {
            wrong_pages.push(format!("{}: wants wrong and right examples in two languages", rule.id));
        }
        for (section, example) in &examples {
            let fixture = Fixture::parse(example);
            let expected: Vec<TextRange> = fixture.marks.iter().map(|(range, _)| *range).collect();
            let found = found(rule.id, &fixture.text);
            if found != expected || (section == "Wrong") == expected.is_empty() {
                let quote =
                    |ranges: &[TextRange]| ranges.iter().map(|r| fixture.text[*r].to_owned()).collect::<Vec<_>>();
                wrong_pages.push(format!(
                    "{}, {section}: expected {:?}, found {:?} in\n{}",
                    rule.id,
                    quote(&expected),
                    quote(&found),
                    fixture.text
                ));
            }
        }
    }
    assert!(wrong_pages.is_empty(), "{}", wrong_pages.join("\n\n"));
}

#[test]
fn every_wrong_example_can_be_excused() {
    let mut not_excused = Vec::new();
    for rule in RULES.iter().filter(|rule| super::is_excusable(rule.id)) {
        for (_, example) in examples(rule.page).into_iter().filter(|(section, _)| section == "Wrong") {
            let text = Fixture::parse(&example).text;
            let document = lower(&text, &parse(&text));
            for finding in findings(rule.id, &text) {
                // Of the metadata, which is no paragraph, nothing can be excused.
                let Some(edit) = insertion(&text, &document, finding.range.start(), rule.id) else { continue };
                let after = TextEdit::apply_all(&text, &[edit]).expect("one edit overlaps with none");
                let left = findings(rule.id, &after).into_iter().any(|other| other.range == finding.range);
                let unused = findings("markup/unused-excuse", &after);
                if left || unused.iter().any(|unused| unused.message.starts_with(rule.id)) {
                    not_excused.push(format!("{}: {}\n{after}", rule.id, finding.message));
                }
            }
        }
    }
    assert!(not_excused.is_empty(), "{}", not_excused.join("\n\n"));
}

#[test]
fn every_page_is_of_a_rule() {
    for entry in std::fs::read_dir(pages()).expect("the pages are in the repository") {
        let name = entry.expect("the folder can be read").file_name();
        let name = name.to_string_lossy();
        let known =
            name == "README.md" || RULES.iter().any(|rule| *name == format!("{}.md", rule.id.replace('/', "-")));
        assert!(known, "{name} is the page of no rule");
    }
}

#[test]
fn the_index_of_the_pages_lists_every_rule() {
    let mut index = String::from(
        "# The findings\n\nWhat Resmark reports, with the level that each has when nothing is configured \
         ([Configuration](../configuration.md)). A page says\nwhat is wrong, why it matters, and what is right; its examples \
         are run as the tests of the rule.\n\n| finding | level | |\n| --- | --- | --- |\n",
    );
    for rule in RULES {
        let (id, file) = (rule.id, rule.id.replace('/', "-"));
        let level = format!("{:?}", rule.severity).to_lowercase();
        let summary = rule.summary().replace('|', "\\|");
        index.push_str(&format!("| [`{id}`]({file}.md) | {level} | {summary} |\n"));
    }
    expect_test::expect_file!["../../../docs/rules/README.md"].assert_eq(&index);
}
