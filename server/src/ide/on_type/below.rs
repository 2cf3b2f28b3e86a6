//! The first clause below another: how it is labelled and how far it is set in.

use super::{Enter, Opening, gap_behind};
use crate::drafting::Part;
use crate::ide::format::INDENT;
use crate::numbering::{Label, Numeral, is_bullet, room_below};
use crate::syntax::{Paragraph, ParagraphIndex, ParagraphKind, Side};

impl Enter<'_> {
    /// The first clause below this one. Without an announcement only where there are some already.
    pub(super) fn below(&self, announced: bool) -> Option<Opening> {
        let document = self.document();
        let first = (self.clause.index() + 1..document.paragraphs.len())
            .map(|index| ParagraphIndex(index as u32))
            .take_while(|index| document.paragraph(*index).section == self.paragraph.section)
            .find(|index| self.parent_of(*index) == Some(self.clause))
            .filter(|index| document.paragraph(*index).label.is_some());
        if let Some(first) = first {
            let paragraph = document.paragraph(first);
            let typed = paragraph.label.as_ref()?.text[Side::Amended].as_deref()?;
            let (label, moved) = match is_bullet(typed) {
                true => (typed.to_owned(), Vec::new()),
                false => {
                    let room = room_below(&self.lists, self.clause)?;
                    (room.label.to_string(), room.moved)
                }
            };
            let indent = self.indent_of(paragraph).to_owned();
            return Some(Opening { indent, label, gap: self.gap_of(first), moved });
        }
        if !announced {
            return None;
        }
        let own = self.indent_of(self.paragraph);
        let further = format!("{own}{}", " ".repeat(INDENT));
        let Some(example) = self.example_below() else {
            let label = self.first_label_below();
            let gap = gap_behind(&label).to_owned();
            return Some(Opening { indent: further, label, gap, moved: Vec::new() });
        };
        let paragraph = document.paragraph(example);
        let above = self.indent_of(document.paragraph(paragraph.parent?));
        let indent = match self.indent_of(paragraph).strip_prefix(above) {
            Some(step) => format!("{own}{step}"),
            None => further,
        };
        let typed = paragraph.label.as_ref()?.text[Side::Amended].as_deref()?;
        let label = match self.label_of(example) {
            Some(label) if label.path.is_empty() => label.with(1, 0).to_string(),
            // `2.1` below `2.`
            Some(label) => {
                Label { path: format!("{}.", self.label_of(self.clause)?.core()), ..label.with(1, 0) }.to_string()
            }
            None => typed.to_owned(),
        };
        Some(Opening { indent, label, gap: self.gap_of(example), moved: Vec::new() })
    }

    /// A labelled clause that is first below one like this: of the same level, counted in the same way. The nearest of
    /// those in this section, else in this part of the resolution, else in this resolution, else in this file.
    fn example_below(&self) -> Option<ParagraphIndex> {
        let document = self.document();
        let part = |index: ParagraphIndex| self.facts.parts.get(index.index()).copied();
        let own = self.label_of(self.clause);
        let own_bullet = self.paragraph.label.is_some() && own.is_none();
        let mut seen: Option<ParagraphIndex> = None;
        let mut best: Option<(u8, u32, ParagraphIndex)> = None;
        for (index, paragraph) in document.iter() {
            let Some(parent) = paragraph.parent.filter(|parent| Some(*parent) != seen) else { continue };
            let above = document.paragraph(parent);
            let typed = paragraph.label.as_ref().and_then(|label| label.text[Side::Amended].as_deref());
            if above.level != self.paragraph.level || typed.is_none() || paragraph.kind != ParagraphKind::Clause {
                continue;
            }
            seen = Some(parent);
            let counted = self.label_of(parent);
            let alike = match (&own, &counted) {
                (Some(own), Some(other)) => own.style.numeral.same_kind(other.style.numeral),
                (None, None) => own_bullet == above.label.is_some(),
                _ => false,
            };
            if !alike {
                continue;
            }
            let distance = index.0.abs_diff(self.clause.0);
            let near = match () {
                () if paragraph.section == self.paragraph.section => 0,
                () if above.resolution == self.paragraph.resolution && part(parent) == part(self.clause) => 1,
                () if above.resolution == self.paragraph.resolution => 2,
                () => 3,
            };
            if best.is_none_or(|(other, far, _)| (near, distance) < (other, far)) {
                best = Some((near, distance, index));
            }
        }
        best.map(|(.., index)| index)
    }

    /// The label that a list below this clause begins with where the document has none to go by: what the profile says, or
    /// letters below digits and roman numbers below letters.
    fn first_label_below(&self) -> String {
        let own = self.label_of(self.clause);
        let habit = self.profile_label_below(own.as_ref());
        let label = habit.unwrap_or_else(|| default_below(self.paragraph, own.as_ref()));
        // The letters of the text's own script, where lists are counted with them.
        let arabic = self.paragraph.views[Side::Amended].text.chars().any(|c| matches!(c, '\u{620}'..='\u{64a}'));
        if arabic { label.replacen('a', "أ", 1) } else { label }
    }

    fn profile_label_below(&self, own: Option<&Label>) -> Option<String> {
        let profile = self.snapshot.input(self.file).profile(self.paragraph.resolution)?;
        let habits = match self.facts.parts.get(self.clause.index())? {
            Part::Preamble => &profile.preamble,
            Part::Operative => &profile.operative,
            Part::Other => return None,
        };
        let like = |label: &String| match own {
            Some(own) => Label::parse(label).iter().any(|first| first.style.numeral.same_kind(own.style.numeral)),
            None => label.is_empty() && self.paragraph.label.is_none(),
        };
        let level = habits.labels.iter().position(like)?;
        habits.labels.get(level + 1).filter(|label| !label.is_empty()).cloned()
    }
}

/// `a)` below digits, `i)` below letters, with the brackets of the label above; below a Chinese number what Chinese
/// documents use; below a bullet the same again.
fn default_below(paragraph: &Paragraph, own: Option<&Label>) -> String {
    let Some(own) = own else {
        let bullet = paragraph.label.as_ref().and_then(|label| label.text[Side::Amended].clone());
        return bullet.unwrap_or_else(|| "(a)".to_owned());
    };
    if own.style.numeral == Numeral::Chinese {
        return if own.style.open.is_empty() { "（一）".to_owned() } else { "1.".to_owned() };
    }
    let first = match own.style.numeral {
        Numeral::Letters { .. } => "i",
        _ => "a",
    };
    match (own.style.open.as_str(), own.style.close.as_str()) {
        (open @ ("(" | "（"), close) => format!("{open}{first}{close}"),
        (_, "）") => format!("{first}）"),
        _ => format!("{first})"),
    }
}
