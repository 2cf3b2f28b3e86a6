//! What stands before the cursor.

use crate::facts::Facts;
use crate::ide::target::language_at;
use crate::syntax::{
    Document, Language, Paragraph, ParagraphIndex, ParagraphKind, ResolutionIndex, Side, TextRange, TextSize,
};
use crate::workspace::{File, Snapshot};

/// How many bytes of a line behind the cursor are looked at.
const MOST_BEHIND: usize = 400;

/// A cursor in a paragraph, and what is typed before it.
pub(super) struct Typed<'a> {
    pub snapshot: &'a Snapshot,
    pub file: &'a File,
    pub offset: TextSize,
    /// The paragraph that is being typed.
    pub index: ParagraphIndex,
    pub paragraph: &'a Paragraph,
    /// The reading in which the cursor stands.
    pub side: Side,
    /// The words of the paragraph before the cursor, as one reading has them; white space at the end of the line
    /// included.
    pub before: String,
    /// What follows in the source, to the end of the line.
    pub behind: &'a str,
    pub language: Language,
}

impl<'a> Typed<'a> {
    /// `None` in a comment, in a title, and where no paragraph is.
    pub fn new(snapshot: &'a Snapshot, file: &'a File, offset: TextSize) -> Option<Typed<'a>> {
        let facts = file.facts();
        let document = &facts.document;
        let source = file.text();
        let up_to = source.get(..usize::from(offset))?;
        let index = paragraph_before(document, source, offset)?;
        let paragraph = document.paragraphs.get(index.index())?;
        if matches!(paragraph.kind, ParagraphKind::Title | ParagraphKind::Subject | ParagraphKind::DivisionHeading) {
            return None;
        }
        let own = up_to.get(usize::from(paragraph.range.start())..)?;
        let comment = own.rfind("{>>");
        if comment.is_some() && comment > own.rfind("<<}") {
            return None;
        }
        let views = &paragraph.views;
        let deleted = views.amended.to_view(offset).is_none() && views.in_force.to_view(offset).is_some();
        let side = if deleted { Side::InForce } else { Side::Amended };
        let view = &views[side];
        let mut before = view.text.get(..usize::from(view.end_before(offset)))?.to_owned();
        // White space at the end of a line, or between the words and a sigil, may be in no reading.
        if up_to.ends_with([' ', '\t', '\u{a0}', '\u{3000}']) && !before.ends_with(char::is_whitespace) {
            before.push(up_to.chars().next_back()?);
        }
        let behind = source.get(usize::from(offset)..)?;
        let line = behind.find(['\n', '\r']).unwrap_or(behind.len()).min(MOST_BEHIND);
        let line = (0..=line).rev().find(|at| behind.is_char_boundary(*at)).unwrap_or(0);
        let language = language_at(facts, offset).or_else(|| Language::guess(&before)).unwrap_or(Language::En);
        let behind = &behind[..line];
        Some(Typed { snapshot, file, offset, index, paragraph, side, before, behind, language })
    }

    /// The same, of a citation whose words tell its language: that of the text, unless they are of another.
    pub fn in_language_of(mut self, languages: &[Language]) -> Typed<'a> {
        if let Some(first) = languages.first().filter(|_| !languages.contains(&self.language)) {
            self.language = *first;
        }
        self
    }

    pub fn facts(&self) -> &'a Facts {
        self.file.facts()
    }

    pub fn document(&self) -> &'a Document {
        &self.file.facts().document
    }

    pub fn resolution(&self) -> ResolutionIndex {
        self.paragraph.resolution
    }

    /// The source before the cursor, on its line.
    pub fn line(&self) -> &'a str {
        let up_to = self.file.text().get(..usize::from(self.offset)).unwrap_or_default();
        &up_to[up_to.rfind(['\n', '\r']).map_or(0, |at| at + 1)..]
    }

    /// Where in the source the words from `at` in [`Typed::before`] on stand; `None` where they are not written in one
    /// piece up to the cursor, on one line and without markup between them.
    pub fn source(&self, at: usize) -> Option<TextSize> {
        let words = self.before.get(at..)?;
        let start = usize::from(self.offset).checked_sub(words.len())?;
        let same = self.file.text().get(start..usize::from(self.offset)) == Some(words);
        same.then(|| TextSize::new(start as u32))
    }

    /// From there to so many bytes behind the cursor.
    pub fn range(&self, at: usize, behind: usize) -> Option<TextRange> {
        Some(TextRange::new(self.source(at)?, self.offset + TextSize::new(behind as u32)))
    }
}

/// The paragraph that the cursor stands in, or right behind on its line.
fn paragraph_before(document: &Document, source: &str, offset: TextSize) -> Option<ParagraphIndex> {
    if let Some(index) = document.paragraph_at(offset) {
        return Some(index);
    }
    let before = document.paragraphs.partition_point(|paragraph| paragraph.range.start() <= offset);
    let index = before.checked_sub(1)?;
    let end = document.paragraphs.get(index)?.range.end();
    let gap = source.get(usize::from(end)..usize::from(offset))?;
    (!gap.contains(['\n', '\r']) && gap.trim().is_empty()).then_some(ParagraphIndex(index as u32))
}
