//! The metadata: keys, and the values that are known.

use super::{Completion, Item, ItemKind};
use crate::citation::{body_name, data};
use crate::profile::profiles;
use crate::rules::METADATA_KEYS;
use crate::syntax::{Language, TextRange, TextSize};
use crate::workspace::File;

/// How long metadata may be, in bytes.
const MOST: usize = 4000;

pub(super) fn complete(file: &File, offset: TextSize) -> Option<Completion> {
    let text = file.text();
    let before = text.get(..usize::from(offset)).filter(|before| before.len() < MOST)?;
    let inside = before.strip_prefix("---")?.trim_start_matches([' ', '\t']);
    let inside = inside.strip_prefix("\r\n").or_else(|| inside.strip_prefix('\n'))?;
    let mut lines: Vec<&str> = inside.split('\n').collect();
    let line = lines.pop()?;
    if lines.iter().any(|line| line.trim_end() == "---") {
        return None;
    }
    let behind = text.get(usize::from(offset)..)?;
    let rest = behind.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(behind.len());
    let (known, from): (Vec<(String, String)>, usize) = match line.split_once(':') {
        Some((key, value)) => {
            let value = value.trim_start();
            (values(key.trim())?, value.len())
        }
        None => {
            let known = METADATA_KEYS.iter().map(|key| (format!("{key}: "), explained(key).to_owned()));
            (known.collect(), line.trim_start().len())
        }
    };
    let start = offset - TextSize::new(from as u32);
    let range = TextRange::new(start, offset + TextSize::new(rest as u32));
    let typed = text.get(usize::from(start)..usize::from(offset))?.to_lowercase();
    let items = known.into_iter().filter(|(value, name)| {
        value.to_lowercase().starts_with(&typed) || (typed.len() > 1 && name.to_lowercase().contains(&typed))
    });
    let items = items.map(|(value, name)| Item {
        label: value.trim_end_matches(": ").to_owned(),
        description: name.clone(),
        detail: name,
        kind: ItemKind::Value,
        range,
        filter: value.clone(),
        text: value,
        outdated: false,
        about: None,
        sample: None,
    });
    Some(Completion { items: items.collect(), incomplete: false })
}

fn values(key: &str) -> Option<Vec<(String, String)>> {
    Some(match key.to_lowercase().as_str() {
        "body" => {
            let bodies = data().bodies.iter().filter(|body| !body.various);
            let name = |id: &str| body_name(id, Language::En).unwrap_or_default().to_owned();
            bodies.map(|body| (body.id.clone(), name(&body.id))).collect()
        }
        "language" => {
            let names = ["English", "français", "español", "русский", "中文", "العربية"];
            let codes = Language::ALL.iter().map(|language| language.code().to_owned());
            codes.zip(names.map(str::to_owned)).collect()
        }
        "profile" => profiles().iter().map(|profile| (profile.id.clone(), profile.name.clone())).collect(),
        "final" => vec![
            ("yes".to_owned(), "the text is final".to_owned()),
            ("no".to_owned(), "it is still being drafted".to_owned()),
        ],
        _ => return None,
    })
}

fn explained(key: &str) -> &'static str {
    match key {
        "body" => "the organ that acts",
        "id" => "which resolution this is, as PP-140@2022",
        "version" => "the year of the session",
        "language" => "the language of the text",
        "date" => "the day of adoption",
        "profile" => "the house whose habits hold",
        "final" => "whether it is still being drafted",
        _ => "",
    }
}
