//! The ids of pins: `[…](PP-140@2022#resolves-2)`.

use super::candidates::{Candidate, cited, current};
use super::citation::{parts, shown};
use super::typed::Typed;
use super::{Completion, Item, ItemKind, MOST_ITEMS};
use crate::citation::ResolutionId;
use crate::ide::fragment::fragments;
use crate::ide::symbols::shortened;
use crate::ide::target::{best_definition, quoted};
use crate::syntax::{Side, fold};

pub(super) fn complete(typed: &Typed<'_>) -> Option<Completion> {
    let line = typed.line();
    let open = line.rfind("](")?;
    let target = line.get(open + 2..)?;
    let balance = target.matches('(').count().checked_sub(target.matches(')').count());
    if balance.is_none() || target.contains(['[', ']']) || target.len() > 80 {
        return None;
    }
    let start = typed.offset - crate::syntax::TextSize::of(target);
    let rest = typed.behind.find([')', ']', ' ']).filter(|at| typed.behind[*at..].starts_with(')')).unwrap_or(0);
    let range = crate::syntax::TextRange::new(start, typed.offset + crate::syntax::TextSize::new(rest as u32));
    let words = line.get(..open).and_then(|before| Some(&before[before.rfind('[')? + 1..]))?;
    let mut items = match (target.split_once('#'), target.split_once('@')) {
        (Some((id, fragment)), _) => clauses(typed, id, fragment)?,
        (None, Some((id, _))) => versions(typed, id)?,
        (None, None) => ids(typed, target, words),
    };
    for item in &mut items {
        item.range = range;
        item.filter.clone_from(&item.text);
    }
    let incomplete = items.len() > MOST_ITEMS;
    Some(Completion { items, incomplete })
}

/// `=`, the resolutions that the words between the brackets cite, those that the text cites, then all others.
fn ids(typed: &Typed<'_>, prefix: &str, words: &str) -> Vec<Item> {
    let mut items = Vec::new();
    if prefix.is_empty() && words.chars().any(char::is_numeric) {
        items.push(value("=".to_owned(), "the version in the text is meant, old or not"));
    }
    let catalogue = typed.snapshot.catalogue();
    let folded = fold(prefix).to_uppercase();
    let in_words = typed.facts().citations.iter().filter(|citation| {
        citation.paragraph == typed.index && citation.side == Side::Amended && words.contains(citation.text.as_str())
    });
    let of_words = in_words.filter_map(|citation| citation.id.clone());
    let mut again: Vec<_> = cited(typed).into_iter().collect();
    again.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    let again = again.into_iter().map(|(id, _)| id.clone());
    let listed = if folded.is_empty() { Vec::new() } else { catalogue.search(&folded, 3 * MOST_ITEMS) };
    let mut seen = std::collections::HashSet::new();
    for id in of_words.chain(again).chain(listed) {
        if id.to_string().to_uppercase().starts_with(&folded)
            && seen.insert(id.clone())
            && let Some(candidate) = current(typed, &id)
        {
            items.extend(of_id(typed, &candidate, id.to_string()));
        }
    }
    items
}

fn of_id(typed: &Typed<'_>, candidate: &Candidate<'_>, text: String) -> Option<Item> {
    let parts = parts(typed, candidate)?;
    let mut item = shown(typed, candidate, &parts);
    item.description = std::mem::replace(&mut item.label, text.clone());
    item.text = text;
    Some(item)
}

fn versions(typed: &Typed<'_>, id: &str) -> Option<Vec<Item>> {
    let id: ResolutionId = id.parse().ok()?;
    let catalogue = typed.snapshot.catalogue();
    let current = catalogue.version_in_force(&id, typed.snapshot.today()).map(|view| view.version.clone());
    let mut versions = catalogue.versions(&id);
    versions.sort_by_key(|view| (current.as_ref() != Some(view.version), std::cmp::Reverse(view.version.clone())));
    let items = versions.into_iter().filter_map(|view| {
        let text = id.at(Some(view.version));
        let outdated = current.as_ref().is_some_and(|current| view.version < current);
        of_id(typed, &Candidate { id: id.clone(), version: Some(view), outdated }, text)
    });
    Some(items.collect())
}

fn clauses(typed: &Typed<'_>, target: &str, typed_fragment: &str) -> Option<Vec<Item>> {
    let (id, version) = match target.split_once('@') {
        Some((id, version)) => (id, Some(version.to_owned())),
        None => (target, None),
    };
    let id: ResolutionId = id.parse().ok()?;
    let (file, definition) = best_definition(typed.snapshot, &id, version.as_ref(), Some(typed.language))?;
    let document = &file.facts().document;
    let asked = fold(typed_fragment);
    let items = fragments(document, definition.resolution).into_iter().filter(|(name, _)| name.starts_with(&asked));
    let items = items.map(|(fragment, clause)| {
        let words = shortened(&quoted(document.paragraph(clause.clause)));
        let mut item = value(format!("{target}#{fragment}"), &words);
        item.label = fragment;
        item.kind = ItemKind::Clause;
        item
    });
    Some(items.collect())
}

fn value(text: String, detail: &str) -> Item {
    Item {
        label: text.clone(),
        description: detail.to_owned(),
        detail: detail.to_owned(),
        kind: ItemKind::Value,
        range: Default::default(),
        filter: text.clone(),
        text,
        outdated: false,
        about: None,
        sample: None,
    }
}
