//! Pages of the guide and the examples in them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A page of Markdown.
pub struct Page {
    /// Its path from the root of the repository, with `/`.
    pub name: String,
    pub path: PathBuf,
    pub text: String,
    pub blocks: Vec<Block>,
}

/// One example: a block of code.
pub struct Block {
    /// The line of its fence, counted from 1.
    pub line: usize,
    /// The first word behind the fence; empty for none, and for a block that is only indented.
    pub language: String,
    /// The second word, where it is no `key="value"`.
    pub file: Option<String>,
    /// The rest, as `key="value"`.
    pub says: BTreeMap<String, String>,
    /// What stands between the fences.
    pub text: String,
    /// Where that is in the page, in bytes.
    pub range: Range<usize>,
    /// The second-level heading above it.
    pub section: String,
    /// What cannot be read of the words behind the fence.
    pub misread: Option<String>,
}

impl Block {
    /// What the fence says of `key`.
    pub fn says(&self, key: &str) -> Option<&str> {
        self.says.get(key).map(String::as_str)
    }
}

/// The pages that are checked: the guide, the page about the repository, and those of the examples and the editors.
pub fn all() -> Vec<Page> {
    let root = resmark_tests::root();
    let mut paths = vec![root.join("README.md"), root.join("examples/README.md")];
    collect(&root.join("docs"), &mut paths);
    for entry in std::fs::read_dir(root.join("editors")).unwrap() {
        paths.push(entry.unwrap().path().join("README.md"));
    }
    paths.retain(|path| path.is_file());
    paths.sort();
    paths.iter().map(|path| Page::read(path)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|it| it == "md") {
            paths.push(path);
        }
    }
}

impl Page {
    /// Reads the page at `path`.
    pub fn read(path: &Path) -> Page {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.strip_prefix(resmark_tests::root()).unwrap();
        let name = name.components().map(|it| it.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let blocks = blocks(&text);
        Page { name, path: path.to_owned(), text, blocks }
    }

    /// Whether the page is that of a finding, whose examples are the tests of its rule.
    pub fn is_of_a_rule(&self) -> bool {
        self.name.starts_with("docs/rules/") && !self.name.ends_with("README.md")
    }
}

/// How the guide's Markdown is read.
pub fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_GFM
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut section, mut in_heading, mut in_code) = (String::new(), false, false);
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => {
                section.clear();
                in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let mut block = Block {
                    line: text[..range.start].matches('\n').count() + 1,
                    language: String::new(),
                    file: None,
                    says: BTreeMap::new(),
                    text: String::new(),
                    range: range.end..range.end,
                    section: section.clone(),
                    misread: None,
                };
                read_info(&info, &mut block);
                blocks.push(block);
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(piece) if in_code => {
                let block = blocks.last_mut().unwrap();
                if block.text.is_empty() {
                    block.range.start = range.start;
                }
                block.range.end = range.end;
                block.text.push_str(&piece);
            }
            Event::Text(piece) | Event::Code(piece) if in_heading => section.push_str(&piece),
            _ => {}
        }
    }
    blocks
}

/// Reads what stands behind a fence.
fn read_info(info: &str, block: &mut Block) {
    let (language, rest) = info.split_once(' ').unwrap_or((info, ""));
    block.language = language.to_owned();
    let mut rest = rest.trim();
    while !rest.is_empty() {
        let word_end = rest.find(' ').unwrap_or(rest.len());
        let Some((key, value)) = rest.split_once("=\"").filter(|(key, _)| !key.contains(' ')) else {
            if block.file.replace(rest[..word_end].to_owned()).is_some() {
                block.misread = Some(format!("two files are named behind the fence: {info}"));
            }
            rest = rest[word_end..].trim_start();
            continue;
        };
        let Some((value, behind)) = value.split_once('"') else {
            block.misread = Some(format!("a quotation mark is missing behind the fence: {info}"));
            return;
        };
        const KEYS: [&str; 6] = ["findings", "made-by", "in", "checked-by", "not-run", "as-of"];
        if !KEYS.contains(&key) {
            block.misread = Some(format!("{key} means nothing behind a fence; possible are {}", KEYS.join(", ")));
        }
        block.says.insert(key.to_owned(), value.to_owned());
        rest = behind.trim_start();
    }
}
