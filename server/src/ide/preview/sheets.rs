//! A file as sheets of blocks.

use std::collections::{HashMap, HashSet};

use super::cited::{Links, beginning};
use super::words::{Annotations, FootnoteNumber, label, words};
use super::{Block, BlockChange, Layout, Link, Preview, Role, Run, Sheet, Style, View};
use crate::config::Config;
use crate::ide::definition::of_paragraph;
use crate::ide::symbols::words as name_of;
use crate::ide::target::language_at;
use crate::syntax::{
    Language, MarkKind, Paragraph, ParagraphIndex, ParagraphKind, ProposalMark, Resolution, ResolutionIndex, Side,
    TextRange, TextSize,
};
use crate::workspace::{File, FileId, Snapshot};

/// Fewer letters than this do not tell that a paragraph is in another language than the text.
const TELLING: usize = 24;

/// What a page without any text says.
const EMPTY: &str = "There is nothing to print yet. Write a title, for example “# Resolution 1 (Geneva, 2026)”, below it \
                     “## ” and the subject, and then the organ that acts.";

/// A file as it would be printed. `None` for a file that is not there.
pub fn preview(snapshot: &Snapshot, file: FileId, view: View) -> Option<Preview> {
    let file = snapshot.file(file)?;
    let facts = file.facts();
    let document = &facts.document;
    let config = snapshot.input(file).config;
    let mut writer = Writer {
        file,
        view,
        links: Links::new(snapshot, file, view),
        footnotes: HashMap::new(),
        hidden: facts.excuses.iter().map(|excuse| excuse.range).collect(),
        text_links: HashMap::new(),
    };
    for (index, paragraph) in document.iter().filter(|(_, paragraph)| paragraph.kind == ParagraphKind::Footnote) {
        writer.footnotes.entry((paragraph.resolution, paragraph.footnote.clone())).or_insert(index);
    }
    let sheets: Vec<Sheet> = (0..document.resolutions.len())
        .filter_map(|index| writer.sheet(ResolutionIndex(index as u32), &config))
        .collect();
    let first = document.resolutions.first().and_then(|first| first.title.or(first.subject));
    let title = first.map(|title| name_of(document.paragraph(title)).to_owned()).filter(|title| !title.is_empty());
    let changes = document.paragraphs.iter().any(Paragraph::is_tracked);
    Some(Preview {
        title: title.unwrap_or_else(|| file.location.name()),
        language: sheets.first().map_or(Language::En, |sheet| sheet.language),
        layout: sheets.first().map_or_else(|| Layout::of(facts, ResolutionIndex(0), None), |sheet| sheet.layout),
        changes,
        sheets,
        links: writer.links.links,
    })
}

struct Writer<'a> {
    file: &'a File,
    view: View,
    links: Links<'a>,
    /// The texts of footnotes by their resolution and name.
    footnotes: HashMap<(ResolutionIndex, Option<String>), ParagraphIndex>,
    /// Comments that excuse findings: they are not of the text.
    hidden: HashSet<TextRange>,
    /// The links to footnotes.
    text_links: HashMap<ParagraphIndex, usize>,
}

impl Writer<'_> {
    fn sheet(&mut self, index: ResolutionIndex, config: &Config) -> Option<Sheet> {
        let facts = self.file.facts();
        let document = &facts.document;
        let resolution = document.resolutions.get(index.index())?;
        let language = language_at(facts, resolution.range.start())
            .or_else(|| Language::guess(self.file.text().get(std::ops::Range::<usize>::from(resolution.range))?))
            .unwrap_or(Language::En);
        let layout = Layout::of(facts, index, config.profile.as_deref());
        let mut blocks: Vec<Block> = Vec::new();
        blocks.extend(resolution.proposal.as_ref().map(|mark| self.mark(mark)));
        let mut feet = Feet::default();
        let mut before: Option<&Paragraph> = None;
        let mut shown = false;
        for at in resolution.paragraphs.clone() {
            let Some(paragraph) = document.paragraphs.get(at) else { continue };
            let own = ParagraphIndex(at as u32);
            if paragraph.kind == ParagraphKind::DivisionHeading {
                self.foot(&mut feet, language, layout, &mut blocks);
            }
            if paragraph.kind == ParagraphKind::Footnote {
                feet.own.push(own);
            } else if self.is_shown(paragraph) {
                let role = self.role(own, paragraph, resolution, before);
                blocks.push(self.block(role, own, paragraph, language, layout, &mut feet));
                shown |= !matches!(role, Role::Title | Role::Subject);
            }
            before = Some(paragraph);
        }
        self.foot(&mut feet, language, layout, &mut blocks);
        let written = document.paragraphs.get(resolution.paragraphs.clone()).unwrap_or_default();
        if !shown && let Some(note) = self.note(written, resolution, &blocks) {
            blocks.push(note);
        }
        Some(Sheet { language, layout, blocks })
    }

    /// What is said in the place of a text that is not there.
    fn note(&self, written: &[Paragraph], resolution: &Resolution, blocks: &[Block]) -> Option<Block> {
        let only = self.file.facts().document.resolutions.len() == 1;
        let words = if written.is_empty() && resolution.proposal.is_none() && only {
            EMPTY
        } else if blocks.len() > usize::from(resolution.proposal.is_some()) || written.is_empty() {
            return None;
        } else if self.view == View::InForce {
            "Nothing of this is in force: the proposal adds all of it."
        } else {
            "Nothing of this is left: the proposal deletes all of it."
        };
        Some(Block {
            role: Role::Note,
            line: None,
            level: 0,
            language: Some(Language::En),
            change: None,
            label: Vec::new(),
            words: vec![Run::plain(words)],
        })
    }

    fn is_shown(&self, paragraph: &Paragraph) -> bool {
        Side::BOTH.into_iter().any(|side| self.view.shows(side) && paragraph.is_in(side))
    }

    fn line(&self, offset: TextSize) -> u32 {
        let rope = &self.file.reading().rope;
        rope.try_byte_to_line(offset.into()).ok().and_then(|line| u32::try_from(line).ok()).unwrap_or(0)
    }

    fn role(
        &self,
        index: ParagraphIndex,
        paragraph: &Paragraph,
        resolution: &Resolution,
        before: Option<&Paragraph>,
    ) -> Role {
        match paragraph.kind {
            ParagraphKind::Title => Role::Title,
            ParagraphKind::Subject => Role::Subject,
            ParagraphKind::DivisionHeading => Role::Division,
            ParagraphKind::SectionHeading => Role::Heading,
            ParagraphKind::Clause => Role::Clause,
            ParagraphKind::Reasons => Role::Reasons,
            ParagraphKind::Footnote => Role::Footnote,
            ParagraphKind::Text => {
                let facts = self.file.facts();
                // A title that no mark makes one is the first paragraph.
                let identity = facts.identities.get(paragraph.resolution.index());
                let first = resolution.title.or(resolution.subject).is_none()
                    && resolution.paragraphs.start == index.index()
                    && identity.is_some_and(|identity| identity.id.is_some());
                let heading = before.filter(|before| before.kind == ParagraphKind::DivisionHeading);
                let right_below = heading
                    .is_some_and(|heading| self.line(heading.range.end()) + 1 == self.line(paragraph.range.start()));
                if resolution.enacting == Some(index) {
                    Role::Enacting
                } else if first {
                    Role::Title
                } else if right_below {
                    Role::DivisionTitle
                } else {
                    Role::Text
                }
            }
        }
    }

    fn mark(&self, mark: &ProposalMark) -> Block {
        let written = self.file.text().get(std::ops::Range::<usize>::from(mark.range)).unwrap_or_default();
        let kind = written.strip_suffix(mark.number.as_str()).unwrap_or(written).trim_end();
        let strong = Style { strong: true, ..Style::default() };
        let mut words = vec![Run { text: kind.to_owned(), style: strong }];
        if !mark.number.is_empty() {
            words.push(Run::plain(format!("\u{2003}{}", mark.number)));
        }
        Block {
            role: Role::Mark,
            line: Some(self.line(mark.range.start())),
            level: 0,
            language: None,
            change: None,
            label: Vec::new(),
            words,
        }
    }

    fn block(
        &mut self,
        role: Role,
        index: ParagraphIndex,
        paragraph: &Paragraph,
        language: Language,
        layout: &Layout,
        feet: &mut Feet,
    ) -> Block {
        let notes =
            Annotations { links: self.links.of_paragraph(index.index()), footnotes: self.numbers(paragraph, feet) };
        let mut words = words(self.file.text(), paragraph, self.view, &notes, &self.hidden);
        let look = layout.look(role);
        if look.lead_strong {
            strengthen_lead(&mut words);
        }
        let mut label = label(paragraph, self.view);
        let has = |of_kind: fn(char) -> bool| label.iter().any(|run| run.text.chars().any(of_kind));
        if look.letters_emphasised && paragraph.level == 0 && has(char::is_alphabetic) && !has(char::is_numeric) {
            label.iter_mut().for_each(|run| run.style.emphasis = true);
        }
        let change = match (paragraph.is_in(Side::InForce), paragraph.is_in(Side::Amended)) {
            _ if self.view != View::Tracked || !paragraph.is_tracked() => None,
            (false, true) => Some(BlockChange::Inserted),
            (true, false) => Some(BlockChange::Deleted),
            _ => Some(BlockChange::Inside),
        };
        Block {
            role,
            line: Some(self.line(paragraph.range.start())),
            level: paragraph.level,
            language: other_language(paragraph, language),
            change,
            label,
            words,
        }
    }

    /// The numbers of footnotes in a paragraph; their texts go to the foot.
    fn numbers(&mut self, paragraph: &Paragraph, feet: &mut Feet) -> Vec<FootnoteNumber> {
        let mut numbers: Vec<FootnoteNumber> = Vec::new();
        for side in Side::BOTH.into_iter().filter(|side| self.view.shows(*side)) {
            let view = &paragraph.views[side];
            for mark in view.marks_of(MarkKind::Footnote) {
                let mut sides = crate::syntax::Sides::default();
                sides[side] = true;
                let source = view.mark_source(mark);
                numbers.push(FootnoteNumber { source, name: mark.target.clone(), sides, link: None });
            }
        }
        numbers.sort_by_key(|number| number.source.start());
        numbers.dedup_by(|number, kept| {
            let same = number.source == kept.source;
            if same {
                kept.sides.in_force |= number.sides.in_force;
                kept.sides.amended |= number.sides.amended;
            }
            same
        });
        for number in &mut numbers {
            let Some(text) = self.footnotes.get(&(paragraph.resolution, Some(number.name.clone()))).copied() else {
                continue;
            };
            feet.called.push(text);
            let (file, links) = (self.file, &mut self.links);
            number.link = Some(*self.text_links.entry(text).or_insert_with(|| {
                let tooltip = beginning(file.facts().document.paragraph(text));
                links.add(Link { class: "footnote-reference", tooltip, destination: Some(of_paragraph(file, text)) })
            }));
        }
        numbers
    }

    /// Writes the footnotes of what ends here: those that were called for, in that order, then those that stand here and
    /// nobody calls for.
    fn foot(&mut self, feet: &mut Feet, language: Language, layout: &Layout, blocks: &mut Vec<Block>) {
        let document = &self.file.facts().document;
        // Their own numbers may call for others; those of a text that is already there are not written twice.
        let mut queue: Vec<ParagraphIndex> = std::mem::take(&mut feet.called);
        queue.append(&mut feet.own);
        let mut at = 0;
        while let Some(index) = queue.get(at).copied() {
            at += 1;
            let paragraph = document.paragraph(index);
            if !feet.written.insert(index) || !self.is_shown(paragraph) {
                continue;
            }
            let mut block = self.block(Role::Footnote, index, paragraph, language, layout, feet);
            block.label = paragraph.footnote.iter().map(Run::plain).collect();
            blocks.push(block);
            queue.append(&mut feet.called);
        }
    }
}

/// The footnotes on the way to the foot.
#[derive(Default)]
struct Feet {
    /// Those that a number calls for.
    called: Vec<ParagraphIndex>,
    /// Those that stand here.
    own: Vec<ParagraphIndex>,
    /// Those that are written.
    written: HashSet<ParagraphIndex>,
}

/// Sets what stands in front of the first colon, and the colon, in bold type.
fn strengthen_lead(words: &mut Vec<Run>) {
    let Some(first) = words.first_mut() else { return };
    let Some(end) = first.text.find([':', '：']) else { return };
    let end = end + first.text[end..].chars().next().map_or(0, char::len_utf8);
    let rest = first.text.split_off(end);
    let style = first.style;
    first.style.strong = true;
    if !rest.is_empty() {
        words.insert(1, Run { text: rest, style });
    }
}

/// The language of a paragraph that is written in another script than the text.
fn other_language(paragraph: &Paragraph, language: Language) -> Option<Language> {
    let text = paragraph.views[Side::Amended].text.as_str();
    if text.chars().filter(|c| c.is_alphabetic()).take(TELLING).count() < TELLING {
        return None;
    }
    let script = |language: Language| match language {
        Language::En | Language::Fr | Language::Es => 0,
        Language::Ru => 1,
        Language::Zh => 2,
        Language::Ar => 3,
    };
    Language::guess(text).filter(|own| script(*own) != script(language))
}
