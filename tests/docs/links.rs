//! Links between pages, and from pages to files.

use std::collections::HashSet;
use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::page::{Page, options};

/// The links of `page` that lead nowhere: to a file that is not there, or a heading that its page does not have.
pub fn dead(page: &Page) -> Vec<String> {
    let mut dead = Vec::new();
    for (event, range) in Parser::new_ext(&page.text, options()).into_offset_iter() {
        let target = match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => dest_url.to_string(),
            _ => continue,
        };
        if target.contains("://") || target.starts_with("mailto:") {
            continue;
        }
        let line = page.text[..range.start].matches('\n').count() + 1;
        let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
        let file = match path {
            "" => page.path.clone(),
            path => page.path.parent().unwrap_or(Path::new("")).join(path),
        };
        if !file.exists() {
            dead.push(format!("line {line}: {target}: there is no such file"));
            continue;
        }
        let readme = file.join("README.md");
        let file = if file.is_dir() { readme } else { file };
        if !anchor.is_empty() && !anchors(&file).contains(anchor) {
            dead.push(format!("line {line}: {target}: the page has no such heading"));
        }
    }
    dead
}

/// The anchors of the headings of a page, as code hosts make them.
fn anchors(file: &Path) -> HashSet<String> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let (mut anchors, mut heading) = (HashSet::new(), None::<String>);
    for event in Parser::new_ext(&text, options()) {
        match (event, &mut heading) {
            (Event::Start(Tag::Heading { .. }), _) => heading = Some(String::new()),
            (Event::Text(text) | Event::Code(text), Some(heading)) => heading.push_str(&text),
            (Event::End(TagEnd::Heading(_)), Some(_)) => {
                let slug: String = heading
                    .take()
                    .unwrap_or_default()
                    .to_lowercase()
                    .chars()
                    .filter_map(|c| match c {
                        ' ' => Some('-'),
                        c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
                        _ => None,
                    })
                    .collect();
                // A second heading of the same words has a number behind it.
                let again = (1..).map(|n| format!("{slug}-{n}"));
                let free = std::iter::once(slug.clone()).chain(again).find(|it| !anchors.contains(it));
                anchors.extend(free);
            }
            _ => {}
        }
    }
    anchors
}
