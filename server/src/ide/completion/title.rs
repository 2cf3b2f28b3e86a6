//! Citations by words of the title: “Resolution summit outcomes”, 关于信息社会.

use super::candidates::{bodies, current, kind_suffix};
use super::citation::{body_is_known, dedup, parts, shown};
use super::typed::Typed;
use super::{Completion, Item};
use crate::catalogue::TitleKind;
use crate::citation::{Beginning, Begun};
use crate::drafting::Part;
use crate::syntax::Language;

/// How many titles are looked at.
const MOST_TITLES: usize = 40;
/// How many are offered: the best; who wants another one types on.
const MOST_OFFERED: usize = 12;

pub(super) fn complete(typed: &Typed<'_>, begun: &Begun) -> Option<Completion> {
    let Beginning::Title { quoted, .. } = begun.what else { return None };
    let words = typed.before.get(begun.typed.clone())?;
    if !says_enough(words, typed, begun, quoted) {
        return None;
    }
    let catalogue = typed.snapshot.catalogue();
    let suffix = kind_suffix(begun.instrument);
    let named: Vec<&str> =
        if begun.own || (!begun.named.is_empty() && !begun.generic) { bodies(typed, begun, false) } else { Vec::new() };
    let likely = bodies(typed, begun, true);
    let fits = |body: &str| named.is_empty() || named.iter().any(|own| body.strip_prefix(own) == Some(suffix));
    let kind = |body: &str| match suffix {
        "" => !["Decision", "Opinion", "Recommendation"].iter().any(|kind| body.ends_with(kind)),
        suffix => body.ends_with(suffix),
    };
    let mut found = catalogue.by_title(words, typed.language, usize::MAX);
    found.retain(|found| fits(&found.id.body) && kind(&found.id.body));
    let place = |body: &str| likely.iter().position(|own| *own == super::candidates::base(body)).unwrap_or(usize::MAX);
    // Stable: the better title first, and of the same worth the body that is likelier.
    found.sort_by_key(|found| (std::cmp::Reverse(found.score), place(&found.id.body)));
    let mut candidates: Vec<_> = found.iter().take(MOST_TITLES).filter_map(|found| current(typed, found.id)).collect();
    candidates.sort_by_key(|candidate| candidate.outdated);
    let items = candidates.iter().filter_map(|candidate| {
        let parts = parts(typed, candidate)?;
        let mut item = shown(typed, candidate, &parts);
        let keyword = typed.before.get(begun.start..begun.between.start)?;
        let full = format!("{}{}{}{}", parts.head, parts.number, parts.tail, parts.version);
        let known = body_is_known(typed, begun, &candidate.id);
        item.text = match (typed.language, begun.has_keyword) {
            // 关于…的第140号决议: the title stands before the number, and the word that introduces it stays.
            (Language::Zh, false) => {
                let own = candidate.version.as_ref().map(|view| view.version.as_str());
                let title = catalogue.title(&candidate.id, own, Language::Zh);
                let title = title.filter(|title| title.language == Language::Zh)?;
                match title.kind {
                    TitleKind::Title if quoted => format!("{keyword}“{}”的{full}", title.text),
                    _ => format!("{keyword}{}的{full}", title.text),
                }
            }
            (language, true) if known && language != Language::Zh => {
                format!("{keyword} {}{}", parts.number, parts.version)
            }
            _ if starts_upper(keyword) => item.label.clone(),
            _ => full,
        };
        item.range = typed.range(begun.start, 0)?;
        // The words were compared here; what an editor would compare them with has them in another order.
        item.filter = typed.before.get(begun.start..)?.to_owned();
        Some(item)
    });
    let items: Vec<Item> = dedup(items.take(MOST_OFFERED).collect());
    (!items.is_empty()).then_some(Completion { items, incomplete: true })
}

fn starts_upper(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
}

/// Whether the words are enough to look for: two that mean something, or two Chinese characters; more where they may as
/// well be words like any others.
fn says_enough(words: &str, typed: &Typed<'_>, begun: &Begun, quoted: bool) -> bool {
    let chinese = words.chars().filter(|c| ('一'..='鿿').contains(c)).count();
    if chinese > 0 {
        let in_preamble = typed.facts().parts.get(typed.index.index()) == Some(&Part::Preamble);
        return chinese >= if begun.sure || quoted || in_preamble { 2 } else { 4 };
    }
    let telling = words.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    telling.count() >= 2
}
