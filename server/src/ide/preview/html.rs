//! A preview as one `<article>` of HTML: no script, no style and no event in it, and every word escaped.

use html_escape::{encode_double_quoted_attribute_to_string, encode_text_to_string};

use super::{Align, Block, BlockChange, Changed, LabelPlace, Layout, Link, Preview, Role, Run, RunKind, Sheet};
use crate::ide::definition::Destination;
use crate::syntax::Language;
use crate::workspace::File;

/// Where a link leads: the document's address, and the line in it, from 0.
pub type Address = (String, u32);

/// Finds the address of a place; `None` for one that has none.
pub type Addresses<'a> = &'a dyn Fn(&Destination) -> Option<Address>;

/// The style sheet of the preview, for every page that shows one.
pub const STYLE: &str = include_str!("../../../preview/preview.css");

/// The script of the preview; it knows its host only through an adapter.
pub const SCRIPT: &str = include_str!("../../../preview/preview.js");

/// A preview as HTML, for a page that follows it: what its links are is said in attributes `data-uri` and `data-line`.
pub fn write(preview: &Preview, addresses: Addresses<'_>) -> String {
    Writer { out: String::new(), links: &preview.links, leads: Leads::Followed(addresses) }.article(preview)
}

/// A preview as a page of its own, to be printed or mailed, which needs nothing else. `file` is the one that it shows:
/// only links within it lead anywhere.
pub fn page(preview: &Preview, file: &File) -> String {
    let article = Writer { out: String::new(), links: &preview.links, leads: Leads::Within(file) }.article(preview);
    let mut title = String::new();
    push_text(&mut title, &preview.title);
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n{article}\n</body>\n</html>\n",
        preview.language.code(),
    )
}

/// The direction in which a language is written, as HTML names it.
pub fn direction(language: Language) -> &'static str {
    if language == Language::Ar { "rtl" } else { "ltr" }
}

/// Appends text, escaped. Control characters, which HTML has no way to hold, show as what cannot be shown.
pub(super) fn push_text(out: &mut String, text: &str) {
    encode_text_to_string(shown(text), out);
}

fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    let unknown = |c: char| c.is_control() && !matches!(c, '\t' | '\n');
    if text.contains(unknown) { text.replace(unknown, "\u{fffd}").into() } else { text.into() }
}

struct Writer<'a> {
    out: String,
    links: &'a [Link],
    leads: Leads<'a>,
}

/// How links lead.
enum Leads<'a> {
    /// The page's script follows them.
    Followed(Addresses<'a>),
    /// The page has no script: what leads out of this file is no link.
    Within(&'a File),
}

impl Writer<'_> {
    fn article(mut self, preview: &Preview) -> String {
        let class = format!("resolution {}", preview.layout.id);
        self.open("article", &class, Some(preview.language), &[]);
        for sheet in &preview.sheets {
            self.sheet(sheet);
        }
        self.close("article");
        self.out
    }

    /// Opens an element. Names of elements and attributes, and classes, are ours; values are escaped.
    fn open(&mut self, name: &str, class: &str, language: Option<Language>, more: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        if !class.is_empty() {
            self.attribute("class", class);
        }
        if let Some(language) = language {
            self.attribute("lang", language.code());
            self.attribute("dir", direction(language));
        }
        for (name, value) in more {
            self.attribute(name, value);
        }
        self.out.push('>');
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        encode_double_quoted_attribute_to_string(shown(value), &mut self.out);
        self.out.push('"');
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn sheet(&mut self, sheet: &Sheet) {
        self.out.push('\n');
        self.open("section", &format!("sheet {}", sheet.layout.id), Some(sheet.language), &[]);
        for block in &sheet.blocks {
            self.out.push('\n');
            self.block(block, sheet.layout);
        }
        self.out.push('\n');
        self.close("section");
    }

    fn block(&mut self, block: &Block, layout: &Layout) {
        let name = match block.role {
            Role::Title => "h1",
            Role::Subject | Role::Division => "h2",
            Role::Heading => "h3",
            _ => "p",
        };
        let line = block.line.map(|line| line.to_string());
        let id = line.as_ref().filter(|_| matches!(self.leads, Leads::Within(_))).map(|line| format!("line-{line}"));
        let mut more: Vec<(&str, &str)> = line.iter().map(|line| ("data-line", line.as_str())).collect();
        more.extend(id.iter().map(|id| ("id", id.as_str())));
        self.open(name, &classes(block, layout), block.language, &more);
        if block.label.is_empty() {
            self.runs(&block.words);
        } else {
            self.open("span", "label", None, &[]);
            self.runs(&block.label);
            self.close("span");
            self.out.push(' ');
            self.open("span", "words", None, &[]);
            self.runs(&block.words);
            self.close("span");
        }
        self.close(name);
    }

    /// Words: links outermost, then tracked changes, then type.
    fn runs(&mut self, runs: &[Run]) {
        for linked in runs.chunk_by(|a, b| a.style.link == b.style.link && a.style.kind == b.style.kind) {
            let Some(first) = linked.first().map(|run| run.style) else { continue };
            let link = first.link.and_then(|link| self.links.get(link));
            let link = link.map(|link| self.open_link(link));
            for changed in linked.chunk_by(|a, b| a.style.change == b.style.change) {
                let change = changed.first().and_then(|run| run.style.change).map(|change| match change {
                    Changed::Inserted => "ins",
                    Changed::Deleted => "del",
                });
                if let Some(name) = change {
                    self.open(name, "", None, &[]);
                }
                changed.iter().for_each(|run| self.run(run));
                if let Some(name) = change {
                    self.close(name);
                }
            }
            if let Some(name) = link {
                self.close(name);
            }
        }
    }

    /// Opens a link and says what closes it.
    fn open_link(&mut self, link: &Link) -> &'static str {
        let tooltip = Some(("title", link.tooltip.as_str())).filter(|(_, words)| !words.is_empty());
        match self.leads {
            Leads::Followed(addresses) => {
                let address = link.destination.as_ref().and_then(addresses);
                let line = address.as_ref().map(|(_, line)| line.to_string());
                let mut more = vec![("href", "#")];
                if let (Some((uri, _)), Some(line)) = (&address, &line) {
                    more.extend([("data-uri", uri.as_str()), ("data-line", line.as_str())]);
                }
                more.extend(tooltip);
                self.open("a", link.class, None, &more);
                "a"
            }
            Leads::Within(own) => {
                let place = match &link.destination {
                    Some(Destination::File { file, selection, .. }) if *file == own.id => {
                        own.reading().rope.try_byte_to_line(selection.start().into()).ok()
                    }
                    _ => None,
                };
                let name = if place.is_some() { "a" } else { "span" };
                let place = place.map(|line| format!("#line-{line}"));
                let more: Vec<(&str, &str)> =
                    place.iter().map(|place| ("href", place.as_str())).chain(tooltip).collect();
                self.open(name, link.class, None, &more);
                name
            }
        }
    }

    fn run(&mut self, run: &Run) {
        let element = match run.style.kind {
            RunKind::Text => None,
            RunKind::Comment => Some(("span", "comment")),
            RunKind::FootnoteReference => Some(("sup", "")),
            RunKind::Code => Some(("code", "")),
        };
        if let Some((name, class)) = element {
            self.open(name, class, None, &[]);
        }
        let type_ = [(run.style.strong, "strong"), (run.style.emphasis, "em")];
        for (_, name) in type_.iter().filter(|(wanted, _)| *wanted) {
            self.open(name, "", None, &[]);
        }
        push_text(&mut self.out, &run.text);
        for (_, name) in type_.iter().rev().filter(|(wanted, _)| *wanted) {
            self.close(name);
        }
        if let Some((name, _)) = element {
            self.close(name);
        }
    }
}

/// What the style sheet needs to know of a paragraph.
fn classes(block: &Block, layout: &Layout) -> String {
    let look = layout.look(block.role);
    let mut classes = block.role.name().to_owned();
    let mut add = |wanted: bool, name: &str| {
        if wanted {
            classes.push(' ');
            classes.push_str(name);
        }
    };
    add(look.align == Align::Center, "center");
    add(look.capitals, "capitals");
    add(look.strong, "strong");
    add(look.emphasis, "emphasis");
    add(look.first_line, "first-line");
    add(look.indent > 0, "indented");
    if block.role == Role::Clause || block.role == Role::Footnote {
        add(look.label == LabelPlace::Hanging && !block.label.is_empty(), "hanging");
        add(look.label == LabelPlace::Running, "running");
    }
    match block.change {
        Some(BlockChange::Inserted) => add(true, "changed inserted"),
        Some(BlockChange::Deleted) => add(true, "changed deleted"),
        Some(BlockChange::Inside) => add(true, "changed"),
        None => {}
    }
    if block.level > 0 {
        // Deeper ones than the style sheet knows stand as deep as the deepest.
        add(true, &format!("level-{}", block.level.min(LEVELS)));
    }
    classes
}

/// How many levels of clauses the style sheet knows.
const LEVELS: u16 = 6;
