//! The texts, and how one is read.

use std::path::{Path, PathBuf};
use std::process::Command;

use resmark::citation::{self, Citation};
use resmark::convert::{Options, import};
use resmark::syntax::{Document, ParagraphIndex, ParagraphKind, Side, TextRange, TextSize, lower, parse};

use crate::shared;

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Collection {
    /// Adopted texts of the United Nations.
    Un,
    /// Chinese texts of the ITU, as a word processor's converter left them; two are proposals with tracked changes.
    Seeds,
    /// The acts of one ITU conference, in English, from a PDF with its noise.
    Acts,
}

impl Collection {
    /// All of them.
    pub const ALL: [Collection; 3] = [Collection::Un, Collection::Seeds, Collection::Acts];

    /// Its name in tables and reports.
    pub fn name(self) -> &'static str {
        match self {
            Collection::Un => "un",
            Collection::Seeds => "seeds",
            Collection::Acts => "acts",
        }
    }

    /// The texts, in the order of their names; `Err` says why there are none.
    ///
    /// # Errors
    /// Where the folder of real texts is missing, or the archive cannot be unpacked.
    pub fn texts(self) -> Result<Vec<Text>, String> {
        let shared = shared().ok_or("there is no folder of real texts")?;
        let texts = match self {
            Collection::Un => {
                let folder = unpack(&shared.join("corpus/un.tar.xz"))?;
                self.of_folder(&folder.path().join("un"))
            }
            Collection::Seeds => self.of_folder(&shared.join("seeds")),
            Collection::Acts => self.of_folder(&shared.join("corpus/pp18")),
        };
        if texts.is_empty() { Err(format!("there are no texts of “{}”", self.name())) } else { Ok(texts) }
    }

    fn of_folder(self, folder: &Path) -> Vec<Text> {
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
        paths.sort();
        let text = |path: &PathBuf| {
            let bytes = std::fs::read(path).ok()?;
            let file = path.file_stem()?.to_string_lossy().into_owned();
            Some(Text { collection: self, file, source: String::from_utf8_lossy(&bytes).into_owned() })
        };
        paths.iter().filter_map(text).collect()
    }
}

/// Unpacks an archive into a folder that is gone with the value.
///
/// # Errors
/// Where the archive is missing or `tar` and `xz` are.
pub fn unpack(archive: &Path) -> Result<tempfile::TempDir, String> {
    if !archive.is_file() {
        return Err("there is no corpus".to_owned());
    }
    let folder = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let unpacked = Command::new("tar").arg("-xJf").arg(archive).arg("-C").arg(folder.path()).status();
    if !unpacked.is_ok_and(|status| status.success()) {
        return Err("tar and xz are not installed".to_owned());
    }
    Ok(folder)
}

/// One text.
#[derive(Debug, Clone)]
pub struct Text {
    /// Where it comes from.
    pub collection: Collection,
    /// The name of its file, without `.txt`.
    pub file: String,
    /// As the file has it.
    pub source: String,
}

/// In which shape a text is given to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// As the file has it, every line a paragraph: what is typed or pasted.
    Plain,
    /// As `resmark import` makes it.
    Imported,
}

impl Form {
    /// Both.
    pub const ALL: [Form; 2] = [Form::Plain, Form::Imported];

    /// Its name in tables and reports.
    pub fn name(self) -> &'static str {
        match self {
            Form::Plain => "plain",
            Form::Imported => "imported",
        }
    }
}

/// A text that was read.
#[derive(Debug)]
pub struct Reading {
    /// Where it comes from.
    pub collection: Collection,
    /// The name of its file.
    pub file: String,
    /// In which shape it was read.
    pub form: Form,
    /// The words in that shape.
    pub text: String,
    /// The same, read.
    pub document: Document,
    /// What it cites.
    pub citations: Vec<Citation>,
}

impl Text {
    /// Reads it in one shape.
    pub fn read(&self, form: Form) -> Reading {
        let text = match form {
            Form::Plain => {
                // A converter's marks of headings and lists are no words.
                let line = |line: &str| line.trim_start_matches(['#', '*', '-', ' ']).to_owned();
                self.source.lines().map(line).collect::<Vec<_>>().join("\n\n")
            }
            Form::Imported => import(&self.source, &Options::default()).text,
        };
        let document = lower(&text, &parse(&text));
        let citations = citation::read(&document).citations;
        Reading { collection: self.collection, file: self.file.clone(), form, text, document, citations }
    }
}

/// Reads texts in one shape, several at a time; in their order.
pub fn read_all(texts: &[Text], form: Form) -> Vec<Reading> {
    let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let size = texts.len().div_ceil(workers).max(1);
    std::thread::scope(|scope| {
        let read = |texts: &[Text]| texts.iter().map(|text| text.read(form)).collect::<Vec<_>>();
        let parts: Vec<_> = texts.chunks(size).map(|texts| scope.spawn(move || read(texts))).collect();
        parts.into_iter().flat_map(|part| part.join().expect("reading never panics, on any text")).collect()
    })
}

impl Reading {
    /// The citations of one reading of the text, in order.
    pub fn of_side(&self, side: Side) -> impl Iterator<Item = &Citation> {
        self.citations.iter().filter(move |citation| citation.in_both || citation.side == side)
    }

    /// The words of a range of the text; empty for a range that is not in it.
    pub fn words(&self, range: TextRange) -> &str {
        self.text.get(std::ops::Range::<usize>::from(range)).unwrap_or_default()
    }

    /// Whether a paragraph is the title of a resolution.
    pub fn is_title(&self, paragraph: ParagraphIndex) -> bool {
        self.document.paragraph(paragraph).kind == ParagraphKind::Title
    }

    /// The words and numbers of one reading.
    pub fn tokens(&self, side: Side) -> Vec<Token> {
        let mut tokens = Vec::new();
        for (index, paragraph) in self.document.iter() {
            let label = paragraph.label.as_ref().and_then(|label| Some((label.text[side].as_ref()?, label.range)));
            if let Some((text, range)) = label {
                tokens.extend(cut(text).into_iter().map(|(word, _)| Token { word, range, paragraph: index }));
            }
            let view = &paragraph.views[side];
            tokens.extend(cut(&view.text).into_iter().filter_map(|(word, place)| {
                let place = TextRange::new(TextSize::new(place.start as u32), TextSize::new(place.end as u32));
                Some(Token { word, range: view.to_source(place)?, paragraph: index })
            }));
        }
        tokens
    }
}

/// A run of letters or of digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its characters, small.
    pub word: String,
    /// Its place in the text.
    pub range: TextRange,
    /// The paragraph that it stands in.
    pub paragraph: ParagraphIndex,
}

/// The runs of letters and of digits of a text, small, with their places in it.
pub fn cut(text: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let mut tokens: Vec<(String, std::ops::Range<usize>)> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if !c.is_alphanumeric() {
            continue;
        }
        match tokens.last_mut() {
            Some((word, place)) if place.end == at && word.ends_with(char::is_numeric) == c.is_numeric() => {
                word.extend(c.to_lowercase());
                place.end = end;
            }
            _ => tokens.push((c.to_lowercase().collect(), at..end)),
        }
    }
    tokens
}
