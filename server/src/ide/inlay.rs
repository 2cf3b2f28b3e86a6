//! Hints behind citations: the version in force where another is cited, the bodies where that is open.

use super::item::written_version;
use crate::citation::{Citation, ResolutionId, body_name, written_version as parenthesis};
use crate::rules::{InForce, version_in_force};
use crate::syntax::{Language, Side, TextEdit, TextRange, TextSize};
use crate::workspace::{FileId, Snapshot};

/// What a version in force begins with.
const ARROW: &str = "→ ";

/// How many bodies a hint names.
const BODIES: usize = 3;

/// Which hints are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The version in force, behind a citation of an older one.
    pub version_in_force: bool,
    /// The bodies that it may be, behind a citation whose body is open.
    pub candidates: bool,
}

/// A hint between the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Where: behind this.
    pub offset: TextSize,
    /// What it says: “→ Rev. Bucharest, 2022”.
    pub label: String,
    /// More, for who rests on it.
    pub tooltip: String,
    /// The edits that make the text say so, where that is sure.
    pub edits: Option<Vec<TextEdit>>,
}

/// The hints within a stretch of a file, in text order.
pub fn hints(snapshot: &Snapshot, file: FileId, within: TextRange, wanted: Wanted) -> Vec<Hint> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    if wanted == Wanted::default() {
        return Vec::new();
    }
    let facts = file.facts();
    let input = snapshot.input(file);
    let inside = |citation: &Citation| within.contains_inclusive(citation.range.end());
    let shown = facts.citations.iter().enumerate().filter(|(_, it)| it.side == Side::Amended && inside(it));
    let mut hints: Vec<(&Citation, Hint)> = Vec::new();
    for (index, citation) in shown {
        let hint = match &citation.id {
            Some(id) if wanted.version_in_force => {
                version_in_force(&input, index).and_then(|newer| of_newer(snapshot, citation, id, newer))
            }
            None if wanted.candidates => of_open(citation),
            _ => None,
        };
        hints.extend(hint.map(|hint| (citation, hint)));
    }
    let mut all: Vec<Hint> = Vec::new();
    for group in hints.chunk_by(|(_, one), (_, other)| one.offset == other.offset) {
        all.extend(of_group(group, &facts.citations));
    }
    all
}

/// The hints behind one parenthesis: one where all that share it say the same, else each with its number.
fn of_group(group: &[(&Citation, Hint)], citations: &[Citation]) -> Vec<Hint> {
    let [(first, hint), rest @ ..] = group else { return Vec::new() };
    let shares = |other: &&Citation| {
        other.side == first.side
            && other.cited_version.as_ref().map(|version| version.range)
                == first.cited_version.as_ref().map(|version| version.range)
    };
    let members = match first.cited_version {
        Some(_) => {
            let here = citations.partition_point(|other| other.paragraph < first.paragraph);
            citations[here..].iter().take_while(|other| other.paragraph == first.paragraph).filter(shares).count()
        }
        None => 1,
    };
    if members == group.len() && rest.iter().all(|(_, other)| other.label == hint.label) {
        return vec![hint.clone()];
    }
    let numbered = group.iter().map(|(citation, hint)| Hint {
        label: format!("{ARROW}{}: {}", citation.number, hint.label.trim_start_matches(ARROW)),
        ..hint.clone()
    });
    numbered.collect()
}

fn of_newer(snapshot: &Snapshot, citation: &Citation, id: &ResolutionId, newer: InForce) -> Option<Hint> {
    let (version, language) = (newer.version.as_str(), newer.language.unwrap_or(Language::En));
    let entry = snapshot.catalogue().get(id)?;
    let view = entry.version(version)?;
    let written = parenthesis(id, written_version(&view), language)?;
    let words = written.trim_matches(['(', ')', '（', '）']);
    let title = entry.title(Some(version), language).map(|title| format!(": {}", title.text)).unwrap_or_default();
    Some(Hint {
        offset: citation.cited_version.as_ref().map_or(citation.range.end(), |cited| cited.range.end()),
        label: format!("{ARROW}{words}"),
        tooltip: format!("{} is in force{title}", id.at(Some(version))),
        edits: newer.edits,
    })
}

fn of_open(citation: &Citation) -> Option<Hint> {
    let shown: Vec<&str> = citation.candidates.iter().take(BODIES).map(String::as_str).collect();
    if shown.is_empty() {
        return None;
    }
    let more = if citation.candidates.len() > BODIES { "…" } else { "" };
    let names = citation.candidates.iter().filter_map(|body| body_name(body, Language::En));
    let names = names.collect::<Vec<_>>().join("; ");
    Some(Hint {
        offset: citation.range.end(),
        label: format!("{}{more}?", shown.join(" / ")),
        tooltip: format!("Which body adopted it is open: {names}. Name the body beside it."),
        edits: None,
    })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::tests::workspace;

    const ALL: Wanted = Wanted { version_in_force: true, candidates: true };

    fn check(fixture: &str, expected: Expect) {
        let (snapshot, file, _) = workspace(fixture);
        let text = snapshot.file(file).expect("loaded").text();
        let mut out = String::new();
        for hint in hints(&snapshot, file, TextRange::up_to(TextSize::of(text)), ALL) {
            let before: Vec<char> = text[..hint.offset.into()].chars().rev().take(16).collect();
            let edits: Vec<_> =
                hint.edits.iter().flatten().map(|edit| format!("{} to {}", &text[edit.range], edit.text)).collect();
            out += &format!("{}[{}] {}\n", before.iter().rev().collect::<String>(), hint.label, edits.join(", "));
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn the_version_in_force_stands_behind_an_older_one() {
        check(
            "*notes*\n\na) Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference;\nb) Resolution 140 (Rev. \
             Bucharest, 2022) of the Plenipotentiary Conference,\n",
            expect![[r#"
                ev. Dubai, 2018)[→ Rev. Bucharest, 2022] 2018 to 2022, Dubai to Bucharest
            "#]],
        );
        check(
            "*忆及*\n\na) 全权代表大会第140号决议（2018年，迪拜，修订版）；\n",
            expect![[r#"
            决议（2018年，迪拜，修订版）[→ 2022年，布加勒斯特，修订版] 2018 to 2022, 迪拜 to 布加勒斯特
        "#]],
        );
    }

    #[test]
    fn members_of_a_group_share_one_hint() {
        check(
            "*notes*\n\na) Resolutions 102 and 140 (Rev. Busan, 2014) of the Plenipotentiary Conference;\nb) \
             Resolutions 101 and 102 (Rev. Busan, 2014) of the Plenipotentiary Conference,\n",
            expect![[r#"
                ev. Busan, 2014)[→ Rev. Bucharest, 2022] 2014 to 2022, Busan to Bucharest
                ev. Busan, 2014)[→ 102: Rev. Bucharest, 2022] 
            "#]],
        );
    }

    #[test]
    fn what_is_pinned_has_a_hint_and_no_edits() {
        check(
            "*notes*\n\na) [Resolution 140 (Rev. Dubai, 2018)](=) of the Plenipotentiary Conference,\n",
            expect![[r#"
                ev. Dubai, 2018)[→ Rev. Bucharest, 2022] 
            "#]],
        );
    }

    #[test]
    fn an_open_body_has_its_candidates() {
        check(
            "*notes*\n\na) Resolution 69,\n",
            expect![[r#"
            a) Resolution 69[PP / WTSA / WTDC…?] 
        "#]],
        );
    }
}
