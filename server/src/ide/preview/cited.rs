//! What a citation or a reference on the page is, where it leads, and what it says to who rests on it.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::{Link, View};
use crate::citation::{Citation, ResolutionId, Version, treaty_name};
use crate::ide::citations::{State, state};
use crate::ide::definition::{of_citation, of_paragraph, of_provision};
use crate::ide::item;
use crate::ide::overtaken::{Overtaken, overtaken};
use crate::ide::standing::{Standing, judged_at, standings};
use crate::ide::target::{language_at, meant, text_cited};
use crate::reference::{Owner, Reference, Resolver};
use crate::syntax::{Language, Paragraph, Side, TextRange};
use crate::workspace::{File, FileId, Snapshot};

/// How much of a clause a tooltip shows, in characters.
const QUOTED: usize = 160;

/// Makes the links of a file.
pub(super) struct Links<'a> {
    snapshot: &'a Snapshot,
    file: &'a File,
    view: View,
    /// What became of what is cited, in the order of the citations.
    standings: Vec<Standing>,
    overtaken: HashMap<TextRange, Overtaken>,
    /// What the findings say of citations, by their ranges.
    told: HashMap<TextRange, String>,
    /// What resolutions are called, each looked up once.
    names: HashMap<(ResolutionId, Option<Version>, Option<Language>), Option<String>>,
    /// The lists of the texts that pinpoints lead into, each read once.
    resolvers: HashMap<FileId, Resolver<'a>>,
    /// The links so far.
    pub links: Vec<Link>,
}

/// A link and the words that are it, before overlaps are settled.
type Wide = (TextRange, Link);

impl<'a> Links<'a> {
    pub fn new(snapshot: &'a Snapshot, file: &'a File, view: View) -> Links<'a> {
        Links {
            snapshot,
            file,
            view,
            standings: standings(snapshot, file.id),
            overtaken: overtaken(snapshot, file.id),
            told: told(snapshot, file.id),
            names: HashMap::new(),
            resolvers: HashMap::new(),
            links: Vec::new(),
        }
    }

    /// The links of the paragraph at `index`, in text order and none overlapping another, each with its place in
    /// [`Links::links`].
    pub fn of_paragraph(&mut self, index: usize) -> Vec<(TextRange, usize)> {
        let facts = self.file.facts();
        let (first, citations) = of(&facts.citations, index, |citation| citation.paragraph.index());
        let (_, references) = of(&facts.references, index, |reference| reference.paragraph.index());
        let (_, provisions) = of(&facts.provisions, index, |provision| provision.paragraph.index());
        let mut found: Vec<(Side, Wide)> = Vec::new();
        let view = self.view;
        let shown = |side: Side, in_both: bool| in_both || view.shows(side);
        for (at, citation) in (first..).zip(citations).filter(|(_, it)| shown(it.side, it.in_both)) {
            let standing = self.standings.get(at).copied().unwrap_or(Standing::NotInCatalogue);
            found.push((citation.side, (citation.range, self.citation(citation, standing))));
        }
        for reference in references.iter().filter(|it| shown(it.side, it.in_both)) {
            found.extend(self.reference(reference).into_iter().map(|link| (reference.side, link)));
        }
        for provision in provisions.iter().filter(|it| shown(it.side, it.in_both)) {
            let Some(destination) = of_provision(self.snapshot, facts, provision) else { continue };
            let language = language_at(facts, provision.range.start()).unwrap_or(Language::En);
            let tooltip = treaty_name(provision.treaty, language).unwrap_or(provision.treaty).to_owned();
            let link = Link { class: "provision", tooltip, destination: Some(destination) };
            found.push((provision.side, (provision.range, link)));
        }
        // Where both readings have a link at one place, it is the one of the text as amended.
        found.sort_by_key(|(side, (range, _))| (range.start(), *side == Side::InForce, std::cmp::Reverse(range.len())));
        let mut settled: Vec<(Side, TextRange, Link)> = Vec::new();
        for (side, (range, link)) in found {
            if range.is_empty() {
                continue;
            }
            if let Some((before, last, _)) = settled.last_mut()
                && range.start() < last.end()
            {
                // The members of a group behind its first one, a clause within a citation.
                if range.start() == last.start() || *before != side {
                    continue;
                }
                *last = TextRange::new(last.start(), range.start());
            }
            settled.push((side, range, link));
        }
        let place = |(_, range, link): (Side, TextRange, Link)| (range, self.add(link));
        settled.into_iter().map(place).collect()
    }

    /// Adds a link.
    pub fn add(&mut self, link: Link) -> usize {
        self.links.push(link);
        self.links.len() - 1
    }

    fn citation(&mut self, citation: &Citation, standing: Standing) -> Link {
        let facts = self.file.facts();
        let judged = judged_at(citation);
        let mut lines: Vec<String> = Vec::new();
        if let Some(id) = &citation.id {
            let language = language_at(facts, citation.range.start());
            lines.extend(self.name(id, citation.version.as_ref(), language));
        }
        // What the findings say is said in their words.
        let told = self.told.get(&judged).map(String::as_str);
        let (class, more) = match state(citation, standing, self.overtaken.get(&judged).copied()) {
            State::InForce => ("citation in-force", None),
            State::Pinned => ("citation pinned", Some("This version is meant.")),
            State::Open => ("citation open", told.or(Some("Which body adopted it is open.\nName the body beside it."))),
            State::Unknown if lines.is_empty() => ("citation unknown", told.or(Some("Nothing is known of it."))),
            State::Unknown => ("citation unknown", told.or(Some("The catalogue does not have this version."))),
            State::RevisedSince => ("citation revised-since", told.or(Some("There is something newer today."))),
            State::Outdated => ("citation outdated", told.or(Some("It is out of date."))),
            State::Abrogated => ("citation abrogated", told.or(Some("It is no longer in force."))),
        };
        lines.extend(more.map(str::to_owned));
        Link { class, tooltip: lines.join("\n"), destination: of_citation(self.snapshot, facts, citation) }
    }

    /// What a resolution is called: id and subject.
    fn name(&mut self, id: &ResolutionId, version: Option<&Version>, language: Option<Language>) -> Option<String> {
        let snapshot = self.snapshot;
        let key = (id.clone(), version.cloned(), language);
        let made = || item::of_cited(snapshot, id, version, language).map(|item| item.detail);
        self.names.entry(key).or_insert_with(made).clone()
    }

    /// The links of a reference: one for each clause that it names, the first with the words in front of it.
    fn reference(&mut self, reference: &Reference) -> Vec<Wide> {
        let facts = self.file.facts();
        if let Owner::Citation(_) = reference.owner {
            return self.outside(reference).into_iter().collect();
        }
        let mut links: Vec<Wide> = Vec::new();
        let sides = [Side::Amended, Side::InForce].into_iter().filter(|side| self.view.shows(*side));
        for pinpoint in &reference.pinpoints {
            let target = |side: Side| pinpoint.steps.last().and_then(|step| step.target[side].clause());
            let Some(clause) = sides.clone().find_map(target) else { continue };
            let start = if links.is_empty() { reference.range.start() } else { pinpoint.range.start() };
            let range = TextRange::new(start.min(pinpoint.range.start()), pinpoint.range.end());
            links.push((range, of_clause(self.file, clause.index())));
        }
        if let [(range, _)] = &mut links[..] {
            *range = reference.range;
        }
        if reference.pinpoints.is_empty() {
            let place = meant(reference, &facts.document, None).into_iter().next();
            links.extend(place.map(|place| (reference.range, of_clause(self.file, place.index()))));
        }
        links
    }

    /// The link of a reference to a clause of another resolution.
    fn outside(&mut self, reference: &Reference) -> Option<Wide> {
        let facts = self.file.facts();
        let citation = facts.citation_of(reference)?;
        let (file, resolution) = text_cited(self.snapshot, facts, citation)?;
        let resolver = self.resolvers.entry(file.id).or_insert_with(|| Resolver::new(&file.facts().document));
        let places = [Side::Amended, Side::InForce].into_iter().find_map(|side| {
            let resolved = resolver.from_outside(reference, resolution, side);
            let clause = resolved.targets.iter().find_map(|steps| steps.last()?.clause());
            let section = || {
                let sections = resolved.sections.iter().filter(|_| reference.pinpoints.is_empty());
                sections.into_iter().find_map(|section| file.facts().document.sections.get(section.index())?.heading)
            };
            clause.or_else(section)
        });
        Some((reference.range, of_clause(file, places?.index())))
    }
}

/// The items of one paragraph, out of a list in the order of the paragraphs, and the place of the first.
fn of<T>(all: &[T], paragraph: usize, place: impl Fn(&T) -> usize) -> (usize, &[T]) {
    let start = all.partition_point(|item| place(item) < paragraph);
    let end = all.partition_point(|item| place(item) <= paragraph);
    (start, all.get(start..end).unwrap_or_default())
}

fn of_clause(file: &File, index: usize) -> Link {
    let document = &file.facts().document;
    let paragraph = document.paragraphs.get(index);
    let tooltip = paragraph.map(beginning).unwrap_or_default();
    let place = crate::syntax::ParagraphIndex(index as u32);
    let destination = paragraph.map(|_| of_paragraph(file, place));
    Link { class: "reference", tooltip, destination }
}

/// The first words of a paragraph, with its label.
pub(super) fn beginning(paragraph: &Paragraph) -> String {
    let side = if paragraph.is_in(Side::Amended) { Side::Amended } else { Side::InForce };
    let label = paragraph.label.as_ref().and_then(|label| label.text[side].as_deref());
    let mut words = paragraph.views[side].text.trim().graphemes(true);
    let mut text: String = label.map(|label| format!("{label} ")).unwrap_or_default();
    text.extend(words.by_ref().take(QUOTED));
    if words.next().is_some() {
        text.push('…');
    }
    text
}

/// What the findings say of citations; where there are several, the one that matters most.
fn told(snapshot: &Snapshot, file: FileId) -> HashMap<TextRange, String> {
    let mut findings = snapshot.findings(file);
    findings.retain(|finding| finding.rule.starts_with("citation/"));
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut told = HashMap::new();
    for finding in findings {
        told.entry(finding.range).or_insert_with(|| finding.message.clone());
    }
    told
}
