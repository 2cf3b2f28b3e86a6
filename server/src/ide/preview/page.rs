//! The page about a resolution that only the catalogue knows, as a preview.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::{Block, Layout, Preview, Role, Run, RunKind, Sheet, Style};
use crate::syntax::Language;

/// A page in Markdown as a preview. What is HTML in it is shown as it is written.
pub fn of_markdown(markdown: &str) -> Preview {
    let layout = Layout::named("un").unwrap_or_else(|| Layout::first());
    let mut blocks: Vec<Block> = Vec::new();
    let mut block: Option<Block> = None;
    let mut style = Style::default();
    let mut level: u16 = 0;
    let line_of = lines(markdown);
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        let begin = |role: Role, level: u16, label: &str| {
            let label = if label.is_empty() { Vec::new() } else { vec![Run::plain(label)] };
            let line = Some(line_of(range.start));
            Block { role, line, level, language: None, change: None, label, words: Vec::new() }
        };
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => block = Some(begin(Role::Title, 0, "")),
            Event::Start(Tag::Heading { .. }) => block = Some(begin(Role::Subject, 0, "")),
            Event::Start(Tag::Item) => block = Some(begin(Role::Clause, level, "–")),
            Event::Start(Tag::Paragraph) => block = block.take().or_else(|| Some(begin(Role::Text, level, ""))),
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => {
                blocks.extend(block.take());
                level = level.saturating_add(1);
            }
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => {
                blocks.extend(block.take());
                level = level.saturating_sub(1);
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Item | TagEnd::Paragraph) => blocks.extend(block.take()),
            Event::Start(Tag::Emphasis) => style.emphasis = true,
            Event::End(TagEnd::Emphasis) => style.emphasis = false,
            Event::Start(Tag::Strong) => style.strong = true,
            Event::End(TagEnd::Strong) => style.strong = false,
            Event::Code(words) => {
                let style = Style { kind: RunKind::Code, ..style };
                block.iter_mut().for_each(|block| block.words.push(Run { text: words.to_string(), style }));
            }
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => {
                let block = block.get_or_insert_with(|| begin(Role::Text, level, ""));
                block.words.push(Run { text: words.to_string(), style });
            }
            Event::SoftBreak | Event::HardBreak => {
                block.iter_mut().for_each(|block| block.words.push(Run { text: " ".to_owned(), style }));
            }
            _ => {}
        }
    }
    blocks.extend(block);
    blocks.retain(|block| !block.words.is_empty());
    let title = blocks.first().map(|first| first.words.iter().map(|run| run.text.as_str()).collect());
    let language = Language::En;
    Preview {
        title: title.unwrap_or_default(),
        language,
        layout,
        changes: false,
        sheets: vec![Sheet { language, layout, blocks }],
        links: Vec::new(),
    }
}

/// Tells on which line, from 0, a byte is.
fn lines(text: &str) -> impl Fn(usize) -> u32 {
    let starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    move |byte| u32::try_from(starts.partition_point(|start| *start < byte)).unwrap_or(u32::MAX)
}
