//! The resolutions of the workspace and of the catalogue, by number, id and words of their titles.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::item::{self, Item};
use crate::citation::{ResolutionId, Version, written};
use crate::syntax::{Language, ResolutionIndex};
use crate::workspace::Snapshot;

/// How many resolutions of the workspace are shown, and how many of the catalogue behind them.
const LIMITS: (usize, usize) = (200, 50);

/// Below so many characters the catalogue, which is large, is not searched.
const CATALOGUE_QUERY: usize = 2;

/// What an exact number is worth: more than any likeness of letters.
const EXACT_NUMBER: u32 = 10_000;

/// The resolutions that a query finds: those of the workspace, the likest first, and, with `pages`, those that only the
/// catalogue knows behind them. Every word of the query has to be found, whatever its case and accents; digits stand
/// together, letters may have others between them. An empty query finds the whole workspace. `is_cancelled` is asked
/// now and then.
pub fn workspace_symbols(
    snapshot: &Snapshot,
    query: &str,
    pages: bool,
    language: Option<Language>,
    is_cancelled: &dyn Fn() -> bool,
) -> Vec<Item> {
    let mut search = Search::new(query);
    let mut own = Vec::new();
    for file in snapshot.files() {
        if is_cancelled() {
            return Vec::new();
        }
        for text in file.summary().texts() {
            // Cover matter, and a text that says nothing of itself, are in the outline of their file.
            if text.id.is_none() && text.title.is_none() {
                continue;
            }
            let title = text.title.as_deref().unwrap_or_default();
            let subject = text.subject.as_deref().unwrap_or_default();
            if let Some(score) = search.score(text.id.as_deref(), text.version.as_ref(), title, subject) {
                own.push((score, file.id, text.resolution));
            }
        }
    }
    // The same query gives the same order.
    own.sort_by_key(|(score, file, resolution)| (Reverse(*score), *file, *resolution));
    let texts = own.into_iter().take(LIMITS.0).filter_map(|(_, file, resolution)| text(snapshot, file, resolution));
    let mut items: Vec<Item> = texts.collect();
    if pages && query.trim().chars().count() >= CATALOGUE_QUERY {
        items.extend(of_catalogue(snapshot, &mut search, language, is_cancelled));
    }
    items
}

fn text(snapshot: &Snapshot, file: crate::workspace::FileId, resolution: ResolutionIndex) -> Option<Item> {
    let file = snapshot.file(file)?;
    let item = item::of_text(file, resolution)?;
    // A list is searched again by the editor, so what was found has to be in the name.
    let subject = item.detail.split_once(" · ").map(|(_, subject)| subject.to_owned());
    let name = subject.map_or(item.name.clone(), |subject| format!("{} · {subject}", item.name));
    let id = item.id.as_ref().map(|id| format!("{} · ", id.at(item.version.as_deref()))).unwrap_or_default();
    Some(Item { name, detail: format!("{id}{}", file.location.name()), ..item })
}

fn of_catalogue(
    snapshot: &Snapshot,
    search: &mut Search,
    language: Option<Language>,
    is_cancelled: &dyn Fn() -> bool,
) -> Vec<Item> {
    let language = language.unwrap_or(Language::En);
    let catalogue = snapshot.catalogue();
    let mut found = Vec::new();
    for (index, id) in catalogue.search("", usize::MAX).into_iter().enumerate() {
        if index % 256 == 0 && is_cancelled() {
            return Vec::new();
        }
        if !snapshot.defining(&id).is_empty() {
            continue;
        }
        let title = catalogue.title(&id, None, language);
        let subject = title.as_ref().map(|title| title.text).unwrap_or_default();
        if let Some(score) = search.score(Some(&id), None, &written(&id, None, language), subject) {
            found.push((score, id));
        }
    }
    // By body and number where they are alike: a stable sort keeps that order.
    found.sort_by_key(|(score, _)| Reverse(*score));
    let items = found.into_iter().take(LIMITS.1).filter_map(|(_, id)| {
        let item = item::of_catalogue(snapshot, &id, None, Some(language))?;
        let subject = item.detail.split_once(" · ").map(|(_, subject)| subject.to_owned());
        let name = subject.map_or(item.name.clone(), |subject| format!("{} · {subject}", item.name));
        Some(Item { name, detail: format!("{id} · catalogue"), ..item })
    });
    items.collect()
}

/// A query, ready to be looked for.
struct Search {
    matcher: Matcher,
    words: Vec<(String, Atom)>,
    buffer: Vec<char>,
}

impl Search {
    fn new(query: &str) -> Search {
        let words = query.split_whitespace().map(|word| {
            let kind = if word.contains(char::is_numeric) { AtomKind::Substring } else { AtomKind::Fuzzy };
            (word.to_lowercase(), Atom::new(word, CaseMatching::Ignore, Normalization::Smart, kind, false))
        });
        Search { matcher: Matcher::new(Config::DEFAULT), words: words.collect(), buffer: Vec::new() }
    }

    /// How well a resolution fits; `None` where a word is not found.
    fn score(
        &mut self,
        id: Option<&ResolutionId>,
        version: Option<&Version>,
        title: &str,
        subject: &str,
    ) -> Option<u32> {
        let full = id.map(|id| id.at(version.map(String::as_str))).unwrap_or_default();
        let text = format!("{full} {title} {subject}");
        let text = Utf32Str::new(&text, &mut self.buffer);
        let mut total = 0;
        for (word, atom) in &self.words {
            let exact =
                id.is_some_and(|id| id.number.to_lowercase() == *word || id.to_string().to_lowercase() == *word);
            let score = atom.score(text, &mut self.matcher)?;
            total += u32::from(score) + if exact { EXACT_NUMBER } else { 0 };
        }
        Some(total)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::tests::workspace;

    fn check(query: &str, pages: bool, expected: Expect) {
        let (snapshot, _, _) = workspace(
            "//- a.resmark\n# Resolution 9140 (Bucharest, 2022)\n## Les bancs des salles de réunion\n\nThe Plenipotentiary \
             Conference of the International Telecommunication Union (Bucharest, 2022),\n\n# Resolution 914 \
             (Bucharest, 2022)\n## Teapots\n\nThe Plenipotentiary Conference of the International Telecommunication \
             Union (Bucharest, 2022),\n//- b.resmark\nThe cover of a file.\n//- c.resmark\n# 第9150号决议（2022年，\
             布加勒斯特）\n## 会议室里的茶壶\n\n国际电信联盟全权代表大会（2022年，布加勒斯特），\n",
        );
        let found = workspace_symbols(&snapshot, query, pages, None, &|| false);
        let lines: Vec<String> =
            found.iter().take(8).map(|item| format!("{} [{}]\n", item.name, item.detail)).collect();
        expected.assert_eq(&lines.concat());
    }

    #[test]
    fn numbers_are_found_whole() {
        check(
            "914",
            false,
            expect![[r#"
            Resolution 914 (Bucharest, 2022) · Teapots [PP-914@2022 · a.resmark]
            Resolution 9140 (Bucharest, 2022) · Les bancs des salles de réunion [PP-9140@2022 · a.resmark]
        "#]],
        );
        check(
            "9 4",
            false,
            expect![[r#"
            Resolution 914 (Bucharest, 2022) · Teapots [PP-914@2022 · a.resmark]
            Resolution 9140 (Bucharest, 2022) · Les bancs des salles de réunion [PP-9140@2022 · a.resmark]
        "#]],
        );
    }

    #[test]
    fn words_are_found_without_accents_and_with_gaps() {
        check(
            "salle reunion",
            false,
            expect![[r#"
            Resolution 9140 (Bucharest, 2022) · Les bancs des salles de réunion [PP-9140@2022 · a.resmark]
        "#]],
        );
        check(
            "tepots",
            false,
            expect![[r#"
            Resolution 914 (Bucharest, 2022) · Teapots [PP-914@2022 · a.resmark]
        "#]],
        );
        check(
            "茶壶",
            false,
            expect![[r#"
            第9150号决议（2022年，布加勒斯特） · 会议室里的茶壶 [PP-9150@2022 · c.resmark]
        "#]],
        );
    }

    #[test]
    fn nothing_asked_is_the_whole_workspace() {
        check(
            "",
            true,
            expect![[r#"
            Resolution 9140 (Bucharest, 2022) · Les bancs des salles de réunion [PP-9140@2022 · a.resmark]
            Resolution 914 (Bucharest, 2022) · Teapots [PP-914@2022 · a.resmark]
            第9150号决议（2022年，布加勒斯特） · 会议室里的茶壶 [PP-9150@2022 · c.resmark]
        "#]],
        );
    }

    #[test]
    fn the_catalogue_comes_behind() {
        check(
            "Resolution 140",
            true,
            expect![[r#"
            Resolution 9140 (Bucharest, 2022) · Les bancs des salles de réunion [PP-9140@2022 · a.resmark]
            Resolution 140 · ITU's role in implementing the outcomes of the World Summit on the Infor… [PP-140 · catalogue]
            Security Council resolution 1409 (2002) [UNSC-1409 (2002) · catalogue]
            General Assembly resolution 65/140 [UNGA-65/140 · catalogue]
            General Assembly resolution 70/140 · A global call for concrete action for the total elimination of racism, r… [UNGA-70/140 · catalogue]
            General Assembly resolution 76/140 · Improvement of the situation of women and girls in rural areas [UNGA-76/140 · catalogue]
            General Assembly resolution 78/140 · Promotion of international cooperation to combat illicit financial flows… [UNGA-78/140 · catalogue]
        "#]],
        );
        check(
            "140",
            false,
            expect![[r#"
            Resolution 9140 (Bucharest, 2022) · Les bancs des salles de réunion [PP-9140@2022 · a.resmark]
        "#]],
        );
        check(
            "PP-140",
            true,
            expect![[r#"
            Resolution 140 · ITU's role in implementing the outcomes of the World Summit on the Infor… [PP-140 · catalogue]
        "#]],
        );
        check(
            "p",
            true,
            expect![[r#"
            Resolution 9140 (Bucharest, 2022) · Les bancs des salles de réunion [PP-9140@2022 · a.resmark]
            Resolution 914 (Bucharest, 2022) · Teapots [PP-914@2022 · a.resmark]
            第9150号决议（2022年，布加勒斯特） · 会议室里的茶壶 [PP-9150@2022 · c.resmark]
        "#]],
        );
    }
}
