//! What the workspace keeps of a document that nobody looks at: what others ask about it.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

use foldhash::quality::FixedState;

use crate::catalogue::WorkspaceFact;
use crate::citation::{Citation, Identity, ResolutionId, Version};
use crate::facts::Facts;
use crate::reference::{Known, Owner, Wanted};
use crate::syntax::{Document, Language, Paragraph, ResolutionIndex, Side, TextRange};

/// What others ask about a document: which resolutions it holds, and what it cites where. Small beside its text, and kept
/// for each; everything else is read again from the text by who wants to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Each of its resolutions, in order.
    texts: Box<[Text]>,
    /// What it cites or, where the text leaves the body open, may cite; in the order of ids.
    cited: Box<[Cited]>,
    /// Its citations in text order, each once.
    mentions: Box<[Mention]>,
    /// Whether renumbering would change a label, as its numbering shows.
    pub renumbers: bool,
}

/// One of the resolutions of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its place among them.
    pub resolution: ResolutionIndex,
    /// Which it is; `None` for a text that does not say so.
    pub id: Option<Arc<ResolutionId>>,
    /// Its version, as amended.
    pub version: Option<Version>,
    /// Its version as in force, where a tracked title changes it.
    pub version_in_force: Option<Version>,
    /// Its language.
    pub language: Option<Language>,
    /// The words of its title.
    pub title: Option<Box<str>>,
    /// The words of its first subject line, where it has no title.
    pub untitled: Option<Box<str>>,
    /// What it is about.
    pub subject: Option<Box<str>>,
    /// All of it.
    pub range: TextRange,
    /// Its title, else its first words.
    pub selection: TextRange,
    /// Whether it is a proposal that leaves a resolution as it is or abrogates it, without its text.
    pub is_stub: bool,
    /// What others may refer to in it: a number that changes when a label, the words of a clause, by which it is known
    /// in another version, or the version does.
    outline: u64,
    /// Clauses that are known to be there; none of a document that is being edited, as all of it is at hand.
    known: Known,
}

/// A resolution that a document cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cited {
    pub id: Arc<ResolutionId>,
    /// Whether it refers to its clauses, or is pinned to one.
    pub pinpointed: bool,
}

/// A citation; one of which a tracked change makes another wording counts once, as amended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mention {
    /// The place of what is cited among all that is.
    cited: u32,
    resolution: ResolutionIndex,
    range: TextRange,
}

impl Summary {
    /// What a document says, in short. Ids that stand in `known` are shared with it.
    pub(super) fn of(facts: &Facts, known: impl Fn(&ResolutionId) -> Option<Arc<ResolutionId>>) -> Summary {
        let share = |id: &ResolutionId| known(id).unwrap_or_else(|| Arc::new(id.clone()));
        let texts = facts.identities.iter().filter_map(|identity| Text::of(facts, identity, &share));
        let mut places: Places<'_> = HashMap::default();
        for id in facts.citations.iter().filter_map(|citation| citation.id.as_ref()) {
            places.entry(id).or_default();
        }
        let mut ids: Vec<(&ResolutionId, bool)> = places.keys().map(|id| (*id, false)).collect();
        let open = facts.citations.iter().filter(|citation| citation.id.is_none());
        let open: Vec<ResolutionId> = open
            .flat_map(|citation| {
                citation.candidates.iter().map(|body| ResolutionId::new(body.clone(), citation.number.clone()))
            })
            .collect();
        ids.extend(open.iter().filter(|id| !places.contains_key(id)).map(|id| (id, false)));
        ids.sort_unstable();
        ids.dedup();
        for (place, (id, _)) in (0..).zip(&ids) {
            if let Some(at) = places.get_mut(id) {
                *at = place;
            }
        }
        let mut pinpoint = |citation: &Citation| {
            let at = citation.id.as_ref().and_then(|id| places.get(id)).and_then(|at| ids.get_mut(*at as usize));
            at.into_iter().for_each(|(_, pinpointed)| *pinpointed = true);
        };
        facts.citations.iter().filter(|citation| citation.pinned).for_each(&mut pinpoint);
        let outside = facts.references.iter().filter(|reference| reference.owner != Owner::This);
        outside.filter_map(|reference| facts.citation_of(reference)).for_each(&mut pinpoint);
        Summary {
            texts: texts.collect(),
            mentions: mentions(facts, &places),
            renumbers: facts.numbering.iter().any(|problem| problem.renumbers),
            cited: ids.into_iter().map(|(id, pinpointed)| Cited { id: share(id), pinpointed }).collect(),
        }
    }

    /// Its resolutions, in order.
    pub fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// One of its resolutions.
    pub fn text(&self, resolution: ResolutionIndex) -> Option<&Text> {
        // There is one for each, in their order.
        self.texts.get(resolution.index()).filter(|text| text.resolution == resolution)
    }

    /// The resolutions that it cites, in the order in which it does so, each as often as it does.
    pub fn cites(&self) -> impl Iterator<Item = &ResolutionId> {
        self.mentions.iter().filter_map(|mention| Some(&*self.cited.get(mention.cited as usize)?.id))
    }

    /// The citations of a resolution, in text order, with the resolution of the document that each stands in. One of which
    /// a tracked change makes another wording counts once, as amended.
    pub fn citations_of(&self, id: &ResolutionId) -> impl Iterator<Item = (TextRange, ResolutionIndex)> {
        let at = self.cited.binary_search_by(|cited| (*cited.id).cmp(id)).ok();
        let mentions = at.map_or(&[][..], |_| &self.mentions).iter();
        mentions
            .filter(move |mention| at == Some(mention.cited as usize))
            .map(|mention| (mention.range, mention.resolution))
    }

    /// Whether it refers to clauses of a resolution that it cites.
    pub fn pinpoints(&self, id: &ResolutionId) -> bool {
        let at = self.cited.binary_search_by(|cited| (*cited.id).cmp(id));
        at.ok().and_then(|at| self.cited.get(at)).is_some_and(|cited| cited.pinpointed)
    }

    /// What it cites or may cite, in the order of ids.
    pub(super) fn cited(&self) -> &[Cited] {
        &self.cited
    }

    /// Puts the same ids in the place of its own that `shared` has.
    pub(super) fn share(&mut self, mut shared: impl FnMut(&Arc<ResolutionId>) -> Arc<ResolutionId>) {
        for cited in &mut self.cited {
            cited.id = shared(&cited.id);
        }
    }

    /// An id that it has already.
    pub(super) fn known(&self, id: &ResolutionId) -> Option<Arc<ResolutionId>> {
        let at = self.cited.binary_search_by(|cited| (*cited.id).cmp(id)).ok();
        let own = || self.texts.iter().filter_map(|text| text.id.as_ref()).find(|own| ***own == *id);
        at.and_then(|at| self.cited.get(at)).map(|cited| &cited.id).or_else(own).cloned()
    }

    /// What others may refer to in each resolution that it holds.
    pub(super) fn outlines(&self) -> BTreeMap<&ResolutionId, u64> {
        let mut outlines = BTreeMap::new();
        for text in &self.texts {
            let Some(id) = &text.id else { continue };
            // Two texts of one resolution in a file count together.
            let outline = outlines.entry(&**id).or_insert(0u64);
            *outline = outline.rotate_left(1) ^ text.outline;
        }
        outlines
    }
}

impl Text {
    fn of(facts: &Facts, identity: &Identity, share: &impl Fn(&ResolutionId) -> Arc<ResolutionId>) -> Option<Text> {
        let document = &facts.document;
        let own = document.resolutions.get(identity.resolution.index())?;
        let words = |index| Box::from(plain_title(document.paragraph(index)));
        let title = own.title.map(words);
        let selection = own.title.or(own.subject).map(|title| document.paragraph(title).range);
        let selection = selection.unwrap_or(TextRange::empty(own.range.start()));
        Some(Text {
            resolution: identity.resolution,
            id: identity.id.as_ref().map(share),
            version: identity.version.clone(),
            version_in_force: identity.version_in_force.clone(),
            language: identity.language,
            untitled: own.subject.filter(|_| title.is_none()).map(words),
            title,
            subject: identity.subject.as_deref().map(Box::from),
            range: own.range.cover(selection),
            selection,
            is_stub: document.is_stub(identity.resolution),
            outline: if identity.id.is_some() { outline(document, identity) } else { 0 },
            known: match identity.id.is_some() && !document.is_edited() {
                true => Known::of(document, &facts.lists, identity.resolution),
                false => Known::default(),
            },
        })
    }

    /// Whether it is known to have the clauses that are wanted in a reading; where it is not, its text has to be asked.
    pub(super) fn surely_has(&self, wanted: &Wanted, side: Side) -> bool {
        self.known.have(wanted, side)
    }
}

/// The words of a title as amended, or those in force of one that is deleted, without marks.
pub fn plain_title(paragraph: &Paragraph) -> &str {
    let side = if paragraph.is_in(Side::Amended) { Side::Amended } else { Side::InForce };
    paragraph.views[side].text.trim().trim_start_matches('#').trim()
}

/// What the catalogue is told of a document.
pub(super) fn resolutions(facts: &Facts) -> Vec<WorkspaceFact> {
    let facts = facts.identities.iter().filter_map(|identity| {
        let resolution = facts.document.resolutions.get(identity.resolution.index());
        let proposal = resolution.and_then(|resolution| resolution.proposal.as_ref()).map(|mark| mark.kind);
        WorkspaceFact::new(identity, proposal)
    });
    facts.collect()
}

/// Whether the catalogue would be told the same of two readings of a document.
pub(super) fn says_the_same(before: &Facts, after: &Facts) -> bool {
    let proposals = |facts: &'_ Facts| -> Vec<_> {
        facts.document.resolutions.iter().map(|own| own.proposal.as_ref().map(|mark| mark.kind)).collect()
    };
    before.identities == after.identities && proposals(before) == proposals(after)
}

fn outline(document: &Document, identity: &Identity) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    (&identity.version, &identity.version_in_force, identity.language).hash(&mut hasher);
    let is_edited = document.is_edited();
    let resolution = document.resolutions.get(identity.resolution.index());
    let paragraphs = resolution.and_then(|resolution| document.paragraphs.get(resolution.paragraphs.clone()));
    for paragraph in paragraphs.unwrap_or_default() {
        let words = match is_edited {
            true => paragraph.remembered(|| WordsHash(words_of(paragraph))).0,
            false => words_of(paragraph),
        };
        (words, paragraph.level).hash(&mut hasher);
    }
    hasher.finish()
}

/// The place of what is cited among all that is.
type Places<'a> = HashMap<&'a ResolutionId, u32, FixedState>;

/// A paragraph by what others may refer to in it, as a number.
struct WordsHash(u64);

fn words_of(paragraph: &Paragraph) -> u64 {
    let words = Side::BOTH.map(|side| paragraph.views[side].text.as_str());
    let label = paragraph.label.as_ref().map(|label| (&label.text.in_force, &label.text.amended));
    let there = Side::BOTH.map(|side| paragraph.is_in(side));
    FixedState::default().hash_one((paragraph.kind, words, label, there))
}

/// The citations, each once: not what the reading as in force cites where the reading as amended cites the same.
fn mentions(facts: &Facts, places: &Places<'_>) -> Box<[Mention]> {
    let mut last: HashMap<u32, &Citation, FixedState> = HashMap::default();
    let mentions = facts.citations.iter().filter_map(|citation| {
        let cited = *places.get(citation.id.as_ref()?)?;
        let again = last.get(&cited).is_some_and(|last| {
            last.side != citation.side
                && last.number_range.intersect(citation.number_range).is_some_and(|shared| !shared.is_empty())
        });
        if again {
            return None;
        }
        last.insert(cited, citation);
        let resolution = facts.document.paragraphs.get(citation.paragraph.index())?.resolution;
        Some(Mention { cited, resolution, range: citation.range })
    });
    mentions.collect()
}
