//! Other texts in: plain text and Markdown, as word processors and converters leave them, to Resmark.
//!
//! Pure: a text in, a text and what is to be said about it out. The steps, each in its file: [`source`] cuts the text
//! into lines, [`noise`] takes the marks of converters out of them, [`inline`] reads emphasis, [`label`] reads what
//! stands before a clause, [`outline`] finds what each line is and which clause stands below which, [`write`] writes the
//! result, and [`flattened`] makes tracked changes of what was printed into the text.
//!
//! No letter is lost: every letter and digit of the source is in the result or in [`Imported::dropped`].

mod flattened;
mod inline;
mod label;
mod noise;
mod outline;
mod source;
#[cfg(test)]
mod tests;
mod wording;
mod write;

/// How to read a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// What the text is.
    pub format: Format,
}

/// What a text that is imported is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// Whatever its lines look like.
    #[default]
    Guess,
    /// Plain text: a `*` or `_` is what it is.
    Plain,
    /// Markdown: `*recalling*` is an emphasis.
    Markdown,
}

/// What became of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// The text in Resmark, with `\n` at the end of its lines.
    pub text: String,
    /// What is not in it, in the order of the source.
    pub dropped: Vec<Dropped>,
    /// What a drafter should look at, in the order of the source.
    pub notes: Vec<Note>,
}

/// Something of the source that is not in the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Its line in the source, from 1.
    pub line: u32,
    /// What it was.
    pub what: Marker,
    /// Its characters in the source.
    pub text: String,
}

/// What was dropped: signs of a converter that say nothing to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Marker {
    /// `[bookmark: _Toc1]`
    Bookmark,
    /// `[footnoteRef:1]` with the number printed behind it, and the number in front of the footnote's text.
    FootnoteNumber,
    /// `<sup>`, `<br>`, `<!-- Page 1 -->`.
    Tag,
    /// `&amp;`: the character that it stands for is in the result.
    Entity,
    /// A byte order mark, a NUL or another character that controls a device.
    Control,
    /// The line between a text and its footnotes.
    FootnoteRule,
}

impl Marker {
    /// What it is called in the list that a drafter reads.
    pub fn name(self) -> &'static str {
        match self {
            Marker::Bookmark => "bookmark",
            Marker::FootnoteNumber => "footnote number",
            Marker::Tag => "HTML tag",
            Marker::Entity => "HTML entity",
            Marker::Control => "control character",
            Marker::FootnoteRule => "line above a footnote",
        }
    }
}

/// Something that a drafter should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line in the source, from 1.
    pub line: u32,
    /// What is to be said, as a sentence or two.
    pub message: String,
}

/// Turns a text into Resmark. A text that is Resmark already comes back as it is.
///
/// Takes time in proportion to the length of the text and never fails: what is not understood becomes a paragraph.
pub fn import(text: &str, options: &Options) -> Imported {
    /// Of an odd text the first result may still hold a line that is taken for something else the next time.
    const MOST: usize = 4;
    if options.format == Format::Guess && source::is_resmark(text) {
        return Imported { text: text.to_owned(), ..Imported::default() };
    }
    let mut imported = convert(text, options.format);
    for _ in 1..MOST {
        if source::is_resmark(&imported.text) {
            break;
        }
        let again = convert(&imported.text, Format::Guess);
        if again.text == imported.text {
            break;
        }
        imported.text = again.text;
        imported.dropped.extend(again.dropped);
    }
    imported
}

fn convert(text: &str, format: Format) -> Imported {
    let (blocks, mut report) = blocks(text, format);
    let (text, lines) = write::write(&blocks);
    report.text = flattened::track(text, &lines, &mut report);
    report.dropped.sort_by_key(|dropped| dropped.line);
    report.notes.sort_by_key(|note| note.line);
    report
}

/// What a text is made of.
fn blocks(text: &str, format: Format) -> (Vec<outline::Block>, Imported) {
    let mut report = Imported::default();
    let mut source = source::read(text, format, &mut report);
    noise::clean(&mut source, &mut report);
    let blocks = outline::outline(&source, &mut report);
    (blocks, report)
}
