//! How the words that cite a draft read when they cite the resolution that it has become: “draft resolution A/78/L.49”,
//! “resolution 78/265”.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::data::data;
use super::id::ResolutionId;
use crate::syntax::{Folded, Language, fold};

/// `data/draft-words.json`: the words that say that a symbol is that of a draft.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "Words around the symbol of a draft")]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "$schema")]
    #[expect(dead_code, reason = "it is for editors")]
    schema: Option<String>,
    /// Where the usage is documented.
    #[expect(dead_code, reason = "it is for who reads the data")]
    source: String,
    /// By ISO 639-1 code.
    languages: BTreeMap<Language, LanguageWords>,
}

/// The words of one language. `{}` stands for the symbol, or for what takes its place. An article belongs to the words
/// where it changes with them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LanguageWords {
    /// Words around the draft of a resolution, and those that say the same of the resolution.
    resolution: Vec<[String; 2]>,
    /// The same of a decision.
    decision: Vec<[String; 2]>,
    /// The words for a draft. Where one stands near and none of the pairs fits, the words stay as they are.
    draft: Vec<String>,
}

/// A pair, folded where it is looked for.
struct Wording {
    before: String,
    behind: String,
    new_before: String,
    new_behind: String,
}

struct Words {
    resolution: Vec<Wording>,
    decision: Vec<Wording>,
    draft: Vec<String>,
}

fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let file: File = serde_json::from_str(include_str!("../../data/draft-words.json"))
            .expect("a test reads the bundled draft-words.json");
        let wordings = |pick: fn(&LanguageWords) -> &Vec<[String; 2]>| {
            let mut wordings: Vec<Wording> = file.languages.values().flat_map(pick).filter_map(wording).collect();
            wordings.sort_by_key(|wording| std::cmp::Reverse(wording.before.len() + wording.behind.len()));
            wordings
        };
        Words {
            resolution: wordings(|words| &words.resolution),
            decision: wordings(|words| &words.decision),
            draft: file.languages.values().flat_map(|words| &words.draft).map(|word| fold(word)).collect(),
        }
    });
    &WORDS
}

fn wording([old, new]: &[String; 2]) -> Option<Wording> {
    let (before, behind) = old.split_once("{}")?;
    let (new_before, new_behind) = new.split_once("{}")?;
    Some(Wording {
        before: fold(before),
        behind: fold(behind),
        new_before: new_before.to_owned(),
        new_behind: new_behind.to_owned(),
    })
}

/// How far around a symbol, in bytes, a word for a draft is looked for.
const NEAR: usize = 80;

/// How much farther one looks for the symbol that such a word belongs to.
const BESIDE: usize = 80;

/// What to write for the symbol of a draft, at `symbol` in `text` (byte offsets), once it has become `id`: the stretch
/// to replace, which holds the symbol and the words that call it a draft, and the words for it. `bare` says that the
/// number alone is known to be of that body here; otherwise, and where no word calls it a draft, it gets its symbol.
///
/// `None` where the words cannot be brought to the resolution without harm to the sentence, and for a body whose
/// resolutions have no symbol.
pub fn adopted(text: &str, symbol: Range<usize>, id: &ResolutionId, bare: bool) -> Option<(Range<usize>, String)> {
    let (base, kind) = id.body.split_once(' ').unwrap_or((&id.body, "Resolution"));
    let (wordings, mark) = match kind {
        "Resolution" => (&words().resolution, "/RES/"),
        "Decision" => (&words().decision, "/DEC/"),
        _ => return None,
    };
    let symbols = &data().bodies.iter().find(|body| body.id == base)?.symbols;
    let full = format!("{}{}", symbols.iter().find(|symbol| symbol.ends_with(mark))?, id.number);
    let (all_front, all_back) = (text.get(..symbol.start)?, text.get(symbol.end..)?);
    let front_start = floor(all_front, all_front.len().saturating_sub(NEAR));
    let front = all_front.get(front_start..)?;
    let back = all_back.get(..floor(all_back, NEAR))?;
    let (before, behind) = (Folded::new(front), Folded::new(back));
    for wording in wordings {
        if !before.text.ends_with(&wording.before) || !behind.text.starts_with(&wording.behind) {
            continue;
        }
        let at = before.text.len() - wording.before.len();
        let joins = |c: char| c.is_alphanumeric() && !('一'..='鿿').contains(&c);
        let within = wording.before.starts_with(joins) && before.text.get(..at)?.ends_with(joins);
        if within {
            continue;
        }
        let start = before.origin(at);
        let end = symbol.end + behind.origin(wording.behind.len());
        let written = front.get(start..)?;
        let named = if bare { &id.number } else { &full };
        let new = format!("{}{named}{}", like(written, &before, start, &wording.new_before), wording.new_behind);
        return Some((front_start + start..end, new));
    }
    let calls_it_draft = |text: &str| {
        let is_word = |at: usize, word: &str| {
            let joins = |c: char| c.is_alphanumeric() && !('一'..='鿿').contains(&c);
            let (front, back) = (text.get(..at), text.get(at + word.len()..));
            !front.is_some_and(|front| front.ends_with(joins)) && !back.is_some_and(|back| back.starts_with(joins))
        };
        words().draft.iter().any(|word| text.match_indices(word.as_str()).any(|(at, _)| is_word(at, word)))
    };
    // “draft resolution A/78/L.48 and A/78/L.49”: those words are the other's. Whose they are is read from a wider stretch,
    // as the other symbol may stand just outside.
    let far_front = all_front.get(floor(all_front, all_front.len().saturating_sub(NEAR + BESIDE))..)?;
    let far_back = all_back.get(..floor(all_back, NEAR + BESIDE))?;
    let far_before = without_others(&fold(far_front), wordings);
    let far_behind = without_others(&fold(far_back), wordings);
    let own_before = far_before.get(floor(&far_before, far_before.len().saturating_sub(before.text.len()))..)?;
    let own_behind = far_behind.get(..floor(&far_behind, behind.text.len()))?;
    let sentence = own_before.rsplit([';', '。']).next().unwrap_or_default();
    let rest = own_behind.split([';', '。', ',']).next().unwrap_or_default();
    let rest = rest.split_once(". ").map_or(rest, |(sentence, _)| sentence);
    if calls_it_draft(sentence) || calls_it_draft(rest) {
        return None;
    }
    Some((symbol, full))
}

/// A folded text without the words that stand right at the symbol of a draft in it and call that one a draft.
fn without_others(text: &str, wordings: &[Wording]) -> String {
    let mut left = text.to_owned();
    let is_symbol = |c: char| c.is_ascii_alphanumeric() || "/.".contains(c);
    let is_draft = |symbol: &str| symbol.contains("/l.");
    for wording in wordings {
        let (before, behind) = (wording.before.as_str(), wording.behind.as_str());
        let owns = |at: usize, words: &str, ahead: bool| match ahead {
            true => text
                .get(at + words.len()..)
                .is_some_and(|rest| is_draft(rest.split(|c| !is_symbol(c)).next().unwrap_or_default())),
            false => {
                text.get(..at).is_some_and(|front| is_draft(front.rsplit(|c| !is_symbol(c)).next().unwrap_or_default()))
            }
        };
        for (words, ahead) in [(before, true), (behind, false)] {
            let of_others = text.match_indices(words).filter(|(at, _)| !words.is_empty() && owns(*at, words, ahead));
            for (at, _) in of_others {
                left.replace_range(at..at + words.len(), &" ".repeat(words.len()));
            }
        }
    }
    left
}

/// The greatest place at or below `at` at which a character begins.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The new words in the case of the old ones, which begin at `start` of the text that was folded.
fn like(written: &str, folded: &Folded, start: usize, new: &str) -> String {
    // “Draft Resolution” becomes “Resolution”, with its capital.
    let own = fold(new);
    if let Some(at) = folded.text.len().checked_sub(own.len()).filter(|_| folded.text.ends_with(&own)) {
        let kept = folded.origin(at).checked_sub(start).and_then(|at| written.get(at..));
        if let Some(kept) = kept {
            return capital_of(written, kept);
        }
    }
    capital_of(written, new)
}

/// `new` with a capital letter at the front where `old` has one.
fn capital_of(old: &str, new: &str) -> String {
    let mut letters = new.chars();
    match letters.next() {
        Some(first) if old.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => new.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `A/78/L.49` brought to what it has become.
    fn check(text: &str, id: &str, bare: bool, expected: &str) {
        let at = text.find("A/78/L.49").expect("it is there");
        let id = id.parse().expect("an id");
        let new = adopted(text, at..at + "A/78/L.49".len(), &id, bare).map(|(range, new)| {
            let mut text = text.to_owned();
            text.replace_range(range, &new);
            text
        });
        assert_eq!(new.as_deref().unwrap_or("as it is"), expected, "{text}");
    }

    #[test]
    fn a_draft_becomes_a_resolution_in_six_languages() {
        for (text, expected) in [
            ("recalls draft resolution A/78/L.49, as revised", "recalls resolution 78/265, as revised"),
            ("Draft resolution A/78/L.49 was", "Resolution 78/265 was"),
            ("The Draft Resolution A/78/L.49 was", "The Resolution 78/265 was"),
            ("the draft A/78/L.49", "the resolution 78/265"),
            ("A/78/L.49 was", "A/RES/78/265 was"),
            ("the overdraft A/78/L.49", "the overdraft A/RES/78/265"),
            ("in Le projet de résolution A/78/L.49 soumis", "in La résolution 78/265 soumis"),
            ("au projet de résolution A/78/L.49", "à la résolution 78/265"),
            ("un nouveau projet de résolution A/78/L.49", "as it is"),
            ("del proyecto de resolución A/78/L.49", "de la resolución 78/265"),
            ("текст проекта резолюции A/78/L.49", "текст резолюции 78/265"),
            ("ссылаясь на проект резолюции A/78/L.49", "ссылаясь на резолюцию 78/265"),
            ("проект резолюции A/78/L.49", "as it is"),
            ("联大A/78/L.49决议", "联大A/RES/78/265决议"),
            ("联大第A/78/L.49号决议草案；", "联大第78/265号决议；"),
            ("联大决议草案A/78/L.49；", "联大第78/265号决议；"),
            ("注意到مشروع القرار A/78/L.49", "注意到القرار 78/265"),
            ("عملا بمشروع القرار A/78/L.49", "عملا بالقرار 78/265"),
            ("draft resolutions A/78/L.49 and A/78/L.50", "as it is"),
            ("draft resolution A/78/L.48 and A/78/L.49", "draft resolution A/78/L.48 and A/RES/78/265"),
            ("A/78/L.49 and draft resolution A/78/L.48", "A/RES/78/265 and draft resolution A/78/L.48"),
            ("A/78/L.48号决议草案和A/78/L.49", "A/78/L.48号决议草案和A/RES/78/265"),
            ("draft resolutions A/78/L.48 and A/78/L.49", "as it is"),
            // The last symbol, or the first, stands outside of what is near.
            (
                "A/78/L.49 and draft resolution A/78/L.41 and draft resolution A/78/L.42 and draft resolution A/78/L.43",
                "A/RES/78/265 and draft resolution A/78/L.41 and draft resolution A/78/L.42 and draft resolution A/78/L.43",
            ),
            (
                "A/78/L.41号决议草案、A/78/L.42号决议草案、A/78/L.43号决议草案和A/78/L.49",
                "A/78/L.41号决议草案、A/78/L.42号决议草案、A/78/L.43号决议草案和A/RES/78/265",
            ),
        ] {
            check(text, "UNGA-78/265", true, expected);
        }
    }

    #[test]
    fn a_number_that_may_be_of_another_body_gets_its_symbol() {
        check("draft resolution A/78/L.49", "HRC-33/10", false, "resolution A/HRC/RES/33/10");
        check("draft decision A/78/L.49", "UNGA Decision-78/501", true, "decision 78/501");
        check("draft decision A/78/L.49", "UNGA-78/265", true, "as it is");
        check("A/78/L.49", "PP-140", true, "as it is");
    }

    #[test]
    fn the_bundled_words_are_pairs_in_six_languages() {
        assert!(words().resolution.len() > 20 && words().decision.len() > 15);
        let file: File = serde_json::from_str(include_str!("../../data/draft-words.json")).expect("valid");
        assert_eq!(file.languages.len(), 6);
        for pair in file.languages.values().flat_map(|words| words.resolution.iter().chain(&words.decision)) {
            assert!(wording(pair).is_some(), "{pair:?}");
        }
    }

    #[test]
    fn the_schema_is_up_to_date() {
        let mut schema = serde_json::to_string_pretty(&schemars::schema_for!(File)).expect("a schema is JSON");
        schema.push('\n');
        let path = format!("{}/data/schema/draft-words.schema.json", env!("CARGO_MANIFEST_DIR"));
        expect_test::ExpectFile { path: path.clone().into(), position: path.leak() }.assert_eq(&schema);
    }
}
