//! `markup/metadata`: the metadata says something that is not understood.

use super::{
    Finding, Input, Remedy, Rule, Scope, Severity, check_id, is_area, meant_rule, unknown_level, unknown_profile,
};
use crate::citation::{ResolutionId, read_date};
use crate::config::{Level, yes};
use crate::profile::{Profile, profiles};
use crate::suggest::nearest;
use crate::syntax::{Language, MetadataEntry, TextEdit, TextRange, TextSize};

/// The rule.
pub const RULE: Rule = Rule {
    id: "markup/metadata",
    page: include_str!("../../../docs/rules/markup-metadata.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

/// What metadata can say of a document, beside how findings are judged; as in `docs/markup.md`.
pub(crate) const KEYS: [&str; 7] = ["body", "id", "version", "language", "date", "profile", "final"];

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for entry in &input.facts.document.metadata {
        let key = entry.key.to_lowercase();
        out.extend(if KEYS.contains(&key.as_str()) || check_id(&key).is_ok() {
            wrong_value(entry, &key)
        } else {
            slip(input.text, entry, &key)
        });
    }
}

/// A key that is known, with a value that is not.
fn wrong_value(entry: &MetadataEntry, key: &str) -> Option<Finding> {
    let value = entry.value.trim();
    // Still being typed, or left to the title.
    if value.is_empty() {
        return None;
    }
    let (message, meant) = match key {
        "profile" if Profile::named(value).is_none() => {
            let ids = profiles().iter().map(|profile| profile.id.as_str());
            (unknown_profile(value), nearest(value, ids))
        }
        "final" if yes(value).is_none() => ("Whether the text is final is “yes” or “no”.".to_owned(), None),
        // A text may be in any language.
        "language" if Language::from_code(value).is_none() && !is_code(value) => {
            ("A language is written as its code: en, fr, es, ru, zh, ar.".to_owned(), None)
        }
        "date" if read_date(value).is_none() => ("A date is written as 2022-06-16.".to_owned(), None),
        "id" if id(value).is_none() => ("An id is written as PP-140@2022: body, number, version.".to_owned(), None),
        _ if key.contains('/') && Level::named(value).is_none() => (unknown_level(value), nearest(value, Level::NAMES)),
        _ => return None,
    };
    let message = sentence(&message);
    Some(with_meant(Finding::new(RULE.id, RULE.severity, entry.value_range, message), entry.value_range, meant))
}

/// A key that is nearly one that is known. Others are free: they may be for other programs.
fn slip(text: &str, entry: &MetadataEntry, key: &str) -> Option<Finding> {
    let line = text.get(std::ops::Range::<usize>::from(entry.range))?;
    let at = entry.range.start() + TextSize::of(line.get(..line.find(entry.key.as_str())?)?);
    let range = TextRange::at(at, TextSize::of(entry.key.as_str()));
    let (message, meant) = match key.split_once('/') {
        Some((area, _)) => {
            let meant = meant_rule(key);
            if meant.is_none() && !is_area(area) {
                return None;
            }
            let next =
                meant.map_or("`resmark explain` lists them".to_owned(), |meant| format!("did you mean “{meant}”?"));
            (format!("There is no finding “{}”, so this says nothing; {next}", entry.key), meant)
        }
        None => {
            // A short word is like many others.
            let meant = nearest(key, KEYS.into_iter().filter(|key| key.len() > 3))?;
            (format!("“{}” says nothing to Resmark. Did you mean “{meant}”?", entry.key), Some(meant))
        }
    };
    Some(with_meant(Finding::new(RULE.id, Severity::Hint, range, sentence(&message)), range, meant))
}

fn with_meant(finding: Finding, range: TextRange, meant: Option<&str>) -> Finding {
    match meant {
        Some(meant) => finding.fix(format!("Write “{meant}”"), Remedy::Edits(vec![TextEdit::replace(range, meant)])),
        None => finding,
    }
}

fn id(value: &str) -> Option<ResolutionId> {
    value.split('#').next()?.split('@').next()?.parse().ok()
}

/// Whether this may be the code of a language, with a script or country behind it: `de`, `pt-BR`.
fn is_code(value: &str) -> bool {
    let language = value.split(['-', '_']).next().unwrap_or_default();
    matches!(language.len(), 2 | 3) && language.chars().all(|c| c.is_ascii_alphabetic())
}

/// With a capital letter at the front and a stop at the end.
fn sentence(message: &str) -> String {
    let mut chars = message.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let stop = if message.ends_with(['.', '?']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::rules::testing::findings;

    fn told(metadata: &str) -> String {
        let text = format!("---\n{metadata}---\n\n# Resolution 1\n");
        findings(RULE.id, &text)
            .iter()
            .map(|finding| format!("{:?} {}: {}\n", finding.severity, &text[finding.range], finding.message))
            .collect()
    }

    #[test]
    fn wrong_values_are_told() {
        expect![[r#"
            Warning unag: There is no profile “unag”; did you mean “unga”?
            Warning foo: There is no profile “foo”; there are itu, unga, unsc, who, mun.
            Warning perhaps: Whether the text is final is “yes” or “no”.
            Warning English: A language is written as its code: en, fr, es, ru, zh, ar.
            Warning soon: A date is written as 2022-06-16.
            Warning ?: An id is written as PP-140@2022: body, number, version.
            Warning loud: “loud” is no level; possible are off, hint, information, warning, error.
            Warning of: “of” is no level; did you mean “off”?
        "#]]
        .assert_eq(&told(
            "profile: unag\nprofile: foo\nfinal: perhaps\nlanguage: English\ndate: soon\nid: ?\nnumbering/gap: loud\ncitation/outdated: of\n",
        ));
    }

    #[test]
    fn slips_are_told_and_free_keys_left_alone() {
        expect![[r#"
            Hint Profil: “Profil” says nothing to Resmark. Did you mean “profile”?
            Hint langauge: “langauge” says nothing to Resmark. Did you mean “language”?
            Hint numbering/gpa: There is no finding “numbering/gpa”, so this says nothing; did you mean “numbering/gap”?
            Hint citation/tea: There is no finding “citation/tea”, so this says nothing; `resmark explain` lists them.
        "#]]
        .assert_eq(&told("Profil: itu\nlangauge: en\nnumbering/gpa: off\ncitation/tea: off\n"));
        assert_eq!(
            told(
                "author: A\nsource: https://example.org/a/b\ntitle: x\nsession: y\nnumber: 3\nplace: Geneva\nyear: 2022\n\
                 keywords: a, b\nbody: MU\nversion: draft\ndate: 2022\nlanguage: de\nProfile: MUN\nfinal: no\n\
                 numbering/*: off\nNumbering/Gap: Hint\nprofile:\nx/y: z\nform: 3\nstate: draft\n"
            ),
            ""
        );
    }

    #[test]
    fn the_guide_names_the_keys() {
        let guide = include_str!("../../../docs/markup.md");
        let (_, behind) = guide.split_once("### Metadata").expect("the guide tells of metadata");
        let rows = behind.lines().skip_while(|line| !line.starts_with("| ---")).skip(1);
        let keys: Vec<&str> = rows
            .take_while(|line| line.starts_with('|'))
            .filter_map(|line| line.split('`').nth(1))
            .filter(|key| !key.contains('/'))
            .collect();
        assert_eq!(keys, KEYS);
    }
}
