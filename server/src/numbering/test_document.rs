#![allow(clippy::unwrap_used, clippy::collapsible_if)]
//! Temporary: documents for tests, before the grammar is here.
use regex::Regex;

use crate::syntax::*;

pub fn read(text: &str) -> Document {
    let mut d = Document { len: TextSize::of(text), ..Document::default() };
    d.resolutions.push(Resolution {
        range: TextRange::up_to(TextSize::of(text)),
        proposal: None,
        title: None,
        subject: None,
        enacting: None,
        sections: 0..0,
        paragraphs: 0..0,
    });
    let label = Regex::new(r"^(\{\+\+|\{--)?((?:\(|（)?(?:\{~~\w+~>\w+~~\}|[0-9.]*[0-9]|[ivxl]+|[a-z]{1,2}|[а-я]|[一二三四五六七八九十]+|[أبجدهـوز]+)(?: ?bis| ?ter)?(?:\)|\.|、|）|\t)|[–-] )").unwrap();
    let subst = Regex::new(r"\{~~(.*?)~>(.*?)~~\}").unwrap();
    let ins = Regex::new(r"\{\+\+(.*?)\+\+\}").unwrap();
    let del = Regex::new(r"\{--(.*?)--\}").unwrap();
    let sides = |t: &str| Sides {
        in_force: ins.replace_all(&del.replace_all(&subst.replace_all(t, "$1"), "$1"), "").into_owned(),
        amended: ins.replace_all(&del.replace_all(&subst.replace_all(t, "$2"), ""), "$1").into_owned(),
    };
    let mut section = None;
    let mut stack: Vec<(usize, ParagraphIndex)> = vec![];
    let mut at = 0usize;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim();
        if body.is_empty() {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let from = TextSize::new((start + indent) as u32);
        let range = TextRange::at(from, TextSize::of(body));
        let heading = body.starts_with('*')
            && body.trim_end_matches([',', ':', '，']).ends_with('*')
            && !body[1..].trim_end_matches([',', ':', '，']).trim_end_matches('*').contains('*');
        let mut kind = if heading { ParagraphKind::SectionHeading } else { ParagraphKind::Text };
        if body.starts_with("### ") {
            kind = ParagraphKind::DivisionHeading
        }
        if body.starts_with("# ") || body.starts_with("MOD") {
            let n = d.paragraphs.len();
            if n > 0 {
                d.resolutions.push(Resolution {
                    range,
                    proposal: None,
                    title: None,
                    subject: None,
                    enacting: None,
                    sections: n..n,
                    paragraphs: n..n,
                });
            }
            if body.starts_with("MOD") {
                let r = d.resolutions.last_mut().unwrap();
                r.proposal = Some(ProposalMark { kind: ProposalKind::Modify, number: String::new(), range });
                section = None;
                continue;
            }
            kind = ParagraphKind::Title;
        }
        let resolution = ResolutionIndex(d.resolutions.len() as u32 - 1);
        let pi = ParagraphIndex(d.paragraphs.len() as u32);
        let mut lab = None;
        let mut words = body;
        if kind == ParagraphKind::Text {
            if let Some(c) = label.captures(body) {
                let m = c.get(2).unwrap();
                let t = m.as_str().trim_end();
                let wrapped = c.get(1).map(|m| m.as_str());
                let s = sides(t);
                lab = Some(LabelText {
                    range: TextRange::at(from + TextSize::new(m.start() as u32), TextSize::of(t)),
                    text: Sides {
                        in_force: (wrapped != Some("{++")).then_some(s.in_force),
                        amended: (wrapped != Some("{--")).then_some(s.amended),
                    },
                });
                words = &body[m.end()..];
                kind = ParagraphKind::Clause;
                if let Some(w) = wrapped {
                    words = words.trim_end_matches(if w == "{++" { "++}" } else { "--}" });
                }
            }
        }
        while stack.last().is_some_and(|(i, _)| indent < i + 2) {
            stack.pop();
        }
        let parent = stack.last().map(|(_, p)| *p);
        let level = stack.len() as u16;
        let headingish =
            matches!(kind, ParagraphKind::SectionHeading | ParagraphKind::DivisionHeading | ParagraphKind::Title);
        if headingish {
            stack.clear();
        } else {
            stack.push((indent, pi));
        }
        let mut views = Sides {
            in_force: View::plain(&sides(words).in_force, from),
            amended: View::plain(&sides(words).amended, from),
        };
        let mut changes = vec![];
        if words != body || body.contains('{') {
            let l = lab.as_ref();
            if l.is_some_and(|l| l.text.in_force.is_none()) {
                views.in_force = View::default();
            }
            if l.is_some_and(|l| l.text.amended.is_none()) {
                views.amended = View::default();
            }
        }
        if body.contains('{') {
            changes.push(Change { kind: ChangeKind::Insertion, range, old: None, new: None });
        }
        let needs_section = !headingish && section.is_none();
        if kind == ParagraphKind::SectionHeading || needs_section {
            let n = d.paragraphs.len() + usize::from(headingish);
            section = Some(SectionIndex(d.sections.len() as u32));
            let division =
                d.divisions.iter().rposition(|x| x.resolution == resolution).map(|i| DivisionIndex(i as u32));
            d.sections.push(Section {
                range,
                resolution,
                division,
                heading: headingish.then_some(pi),
                paragraphs: n..n,
            });
        }
        if kind == ParagraphKind::DivisionHeading {
            d.divisions.push(Division { range, resolution, heading: pi });
            section = None;
        }
        if kind == ParagraphKind::Title {
            section = None;
        }
        d.paragraphs.push(Paragraph {
            kind,
            range,
            body: range,
            resolution,
            section: if headingish { None } else { section },
            parent,
            level,
            indent: indent as u32,
            label: lab,
            views,
            changes,
            footnote: None,
        });
        let n = d.paragraphs.len();
        if let Some(s) = section {
            d.sections[s.index()].paragraphs.end = n;
        }
        d.resolutions.last_mut().unwrap().paragraphs.end = n;
    }
    d
}
