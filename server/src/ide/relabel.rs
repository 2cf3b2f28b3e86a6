//! Clauses get other labels: the edits to the labels, and to every reference in whatever document.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::renumber::{Doubt, Renumbering};
use crate::citation::{Citation, Identity};
use crate::numbering::{Item, Label, LabelChange, List, Rank, is_tracked, label_edits};
use crate::reference::{self, Meaning, Owner, Reference, Resolver, Role, Step, Target, carry, range_in};
use crate::syntax::{Paragraph, ParagraphIndex, ResolutionIndex, Side, TextEdit, TextRange, TextSize, lower, parse};
use crate::workspace::{File, FileId, Gone, Members, Named, REMARK, Snapshot, is_remarked, remark_place};

/// What becomes of the labels of one document.
pub(super) struct Part<'a> {
    /// The document.
    pub file: &'a File,
    /// The labels that change, in text order.
    pub changes: Vec<LabelChange>,
    /// The label that each clause has afterwards, of those that this is about.
    pub labels: HashMap<ParagraphIndex, Label>,
    /// The lists of the text as amended, before.
    pub lists: Vec<List>,
}

/// The edits that give clauses their new labels and take every reference along.
pub(super) fn carry_out(snapshot: &Snapshot, parts: &[Part<'_>]) -> Renumbering {
    let mut work = Work { snapshot, result: Renumbering::default(), tracked: HashMap::new(), suspects: Vec::new() };
    for part in parts {
        work.result.labels += part.changes.len();
        let edits = label_edits(part.file.text(), &part.file.facts().document, &part.changes);
        work.result.edits.entry(part.file.id).or_default().extend(edits);
        work.own(part);
        for identity in &part.file.facts().identities {
            work.outside(part, identity);
        }
    }
    for edits in work.result.edits.values_mut() {
        edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
        edits.dedup();
    }
    work.remark(parts);
    work.result.edits.retain(|_, edits| !edits.is_empty());
    work.result
}

struct Work<'a> {
    snapshot: &'a Snapshot,
    result: Renumbering,
    tracked: HashMap<(FileId, ResolutionIndex), bool>,
    /// References to no clause that is there, which may come to name one.
    suspects: Vec<Suspect<'a>>,
}

/// A reference to a clause that is not there.
struct Suspect<'a> {
    file: &'a File,
    paragraph: &'a Paragraph,
    step: &'a Step,
    why: Why<'a>,
    /// Whether a remark is due whatever it names afterwards.
    certain: bool,
}

/// Why a person has to look at a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why<'a> {
    /// The clause that it named was deleted.
    Gone(&'a Gone),
    /// It named none.
    Nothing,
    /// The ends of a range changed places.
    Range,
}

/// What a label of a reference is to name.
#[derive(Debug, Clone, Copy)]
struct Aim<'a> {
    clause: Option<ParagraphIndex>,
    /// The clause that it named, if that was deleted.
    gone: Option<&'a Gone>,
    /// Whether this is known otherwise than from what the text says.
    certain: bool,
    /// Whether it is another clause than the label named before, so that its label counts even where that stays.
    elsewhere: bool,
}

impl<'a> Aim<'a> {
    fn of(file: &'a File, meaning: &Meaning<'_>, paragraph: ParagraphIndex, step: &Step) -> Aim<'a> {
        let named =
            file.history().map_or(Named::Unknown, |history| history.named(&file.facts().document, paragraph, step));
        let (clause, gone) = match named {
            Named::Clause(clause) => (Some(clause), None),
            Named::Gone(gone) => (None, Some(gone)),
            Named::Unknown => (meaning.of(step), None),
        };
        Aim { clause, gone, certain: named != Named::Unknown, elsewhere: false }
    }
}

/// Where each clause stands in its list.
struct Order<'a> {
    items: HashMap<ParagraphIndex, (usize, &'a Label)>,
    lists: &'a [List],
    /// The clauses of each list as they are numbered afterwards.
    ranked: Vec<Vec<(Rank, ParagraphIndex)>>,
}

impl<'a> Order<'a> {
    fn of(part: &'a Part<'_>) -> Order<'a> {
        let mut items = HashMap::new();
        for (index, list) in part.lists.iter().enumerate() {
            items.extend(list.items.iter().map(|item| (item.paragraph, (index, &item.label))));
        }
        let rank = |item: &Item| part.labels.get(&item.paragraph).unwrap_or(&item.label).rank();
        let ranked = part.lists.iter().map(|list| {
            let mut ranked: Vec<_> = list.items.iter().map(|item| (rank(item), item.paragraph)).collect();
            ranked.sort();
            ranked
        });
        Order { items, lists: &part.lists, ranked: ranked.collect() }
    }

    /// The label that a clause has now.
    fn label(&self, clause: ParagraphIndex) -> Option<&'a Label> {
        self.items.get(&clause).map(|(_, label)| *label)
    }

    /// The list of a clause, and its number there afterwards.
    fn rank(&self, part: &Part<'_>, clause: ParagraphIndex) -> Option<(usize, Rank)> {
        let (list, label) = self.items.get(&clause)?;
        Some((*list, part.labels.get(&clause).unwrap_or(label).rank()))
    }

    /// A sub-clause that stands below another clause than before is named with that one.
    fn nest(&self, steps: &mut [Aim<'_>]) {
        let parent = |clause: ParagraphIndex| {
            let (list, _) = self.items.get(&clause)?;
            self.lists.get(*list)?.parent
        };
        let mut above = Vec::new();
        let mut clause = steps.last().and_then(|aim| aim.clause);
        while let Some(below) = clause.filter(|_| above.len() < steps.len()) {
            above.push(below);
            clause = parent(below);
        }
        if clause.is_some() || above.len() != steps.len() {
            return;
        }
        for (aim, clause) in steps.iter_mut().zip(above.into_iter().rev()) {
            if aim.clause != Some(clause) {
                *aim = Aim { clause: Some(clause), gone: None, certain: true, elsewhere: true };
            }
        }
    }

    /// The first and the last of the members of a range, as they are numbered afterwards, if they stand together.
    fn span(&self, part: &Part<'_>, members: &Members) -> Option<(ParagraphIndex, ParagraphIndex)> {
        let ranks: Option<Vec<(usize, Rank, ParagraphIndex)>> = members
            .clauses
            .iter()
            .map(|clause| self.rank(part, *clause).map(|(list, rank)| (list, rank, *clause)))
            .collect();
        let ranks = ranks?;
        let (first, last) = (*ranks.iter().min()?, *ranks.iter().max()?);
        let list = self.ranked.get(first.0).filter(|_| first.0 == last.0 && ranks.len() > 1)?;
        let from = list.partition_point(|(rank, _)| *rank <= first.1);
        let strangers = list
            .iter()
            .skip(from)
            .take_while(|(rank, _)| *rank < last.1)
            .filter(|(_, clause)| !members.new.contains(clause) && members.clauses.binary_search(clause).is_err());
        (strangers.count() == 0).then_some((first.2, last.2))
    }
}

impl<'a> Work<'a> {
    /// References of a document to its own clauses.
    fn own(&mut self, part: &Part<'a>) {
        let facts = part.file.facts();
        let meaning = Meaning::new(&facts.document);
        let order = Order::of(part);
        for reference in facts.references.iter().filter(|reference| reference.is_own()) {
            let mut aims: Vec<Vec<Aim<'a>>> = Vec::with_capacity(reference.pinpoints.len());
            for pinpoint in &reference.pinpoints {
                let steps = pinpoint.steps.iter();
                let mut steps: Vec<Aim<'a>> =
                    steps.map(|step| Aim::of(part.file, &meaning, reference.paragraph, step)).collect();
                order.nest(&mut steps);
                aims.push(steps);
            }
            for (at, pinpoint) in reference.pinpoints.iter().enumerate() {
                if pinpoint.role == Role::To && at > 0 {
                    self.range(part, &order, reference, at, &mut aims);
                }
            }
            let steps = reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps);
            for (step, aim) in steps.zip(aims.into_iter().flatten()) {
                let label = aim.clause.and_then(|clause| match aim.certain {
                    true => part.labels.get(&clause).or_else(|| order.label(clause).filter(|_| aim.elsewhere)),
                    // What the text says it says still, unless the label changes.
                    false => part.labels.get(&clause).filter(|label| order.label(clause) != Some(label)),
                });
                if let Some(label) = label {
                    self.carry(part.file, reference, step, label);
                }
                if aim.gone.is_some() || (aim.clause.is_none() && step.target.amended == Target::Missing) {
                    let paragraph = facts.document.paragraph(reference.paragraph);
                    let why = aim.gone.map_or(Why::Nothing, Why::Gone);
                    self.suspects.push(Suspect { file: part.file, paragraph, step, why, certain: false });
                }
            }
        }
    }

    /// Gives a range, which ends at the pinpoint `at`, the ends that it has afterwards: those between which all of its
    /// clauses stand and, apart from new ones, no other; else its old ends.
    fn range(
        &mut self,
        part: &Part<'a>,
        order: &Order<'_>,
        reference: &'a Reference,
        at: usize,
        aims: &mut [Vec<Aim<'a>>],
    ) {
        let ends = |aims: &[Vec<Aim<'a>>]| (aims.get(at - 1)?.last().copied(), aims.get(at)?.last().copied()).into();
        let ends: Option<(Option<Aim<'a>>, Option<Aim<'a>>)> = ends(aims);
        let Some((Some(first), Some(last))) = ends else { return };
        let Some(step) = reference.pinpoints.get(at).and_then(|pinpoint| pinpoint.steps.last()) else { return };
        let document = &part.file.facts().document;
        let remembered = part.file.history().and_then(|history| history.members(document, reference.paragraph, step));
        let members = remembered.or_else(|| {
            let clauses = range_in(&part.lists, first.clause?, last.clause?)?;
            Some(Members { clauses, new: HashSet::new() })
        });
        let set = |aims: &mut [Vec<Aim<'a>>], at: usize, old: Aim<'a>, clause: ParagraphIndex| {
            if old.clause != Some(clause)
                && let Some(aim) = aims.get_mut(at).and_then(|steps| steps.last_mut())
            {
                *aim = Aim { clause: Some(clause), gone: None, certain: true, elsewhere: true };
            }
        };
        if let Some((from, to)) = members.and_then(|members| order.span(part, &members)) {
            set(aims, at - 1, first, from);
            set(aims, at, last, to);
            return;
        }
        let (Some(from), Some(to)) = (first.clause, last.clause) else { return };
        if order.rank(part, from).zip(order.rank(part, to)).is_some_and(|(from, to)| from > to) {
            set(aims, at - 1, first, to);
            set(aims, at, last, from);
            let paragraph = part.file.facts().document.paragraph(reference.paragraph);
            self.suspects.push(Suspect { file: part.file, paragraph, step, why: Why::Range, certain: true });
        }
    }

    /// References to clauses of a resolution of this document that stand where this resolution is cited: in other
    /// documents, and in others of its own.
    fn outside(&mut self, part: &Part<'a>, identity: &Identity) {
        let facts = part.file.facts();
        let Some(id) = &identity.id else { return };
        let citing = self.snapshot.citing(id);
        let of_it = |paragraph: &ParagraphIndex| facts.document.paragraph(*paragraph).resolution == identity.resolution;
        if citing.is_empty() || !part.labels.keys().any(of_it) {
            return;
        }
        // What others cite is the text in force until the amendment is adopted under a version of its own.
        if is_tracked(&facts.document, identity.resolution) && identity.version_in_force.is_none() {
            return;
        }
        let now = Resolver::new(&facts.document);
        let mut before: Option<Resolver<'_>> = None;
        let alone = self.snapshot.defining(id).len() == 1;
        let citing = citing.iter().filter_map(|citing| self.snapshot.file(*citing));
        for citing in citing.filter(|citing| citing.summary().pinpoints(id)) {
            let other = citing.facts();
            let last = part.file.history().and_then(|history| {
                let last = history.last_in_order(citing.read_at())?;
                let same = last.identities.iter().find(|other| other.id == identity.id)?;
                Some((history, last, same.resolution))
            });
            for reference in other.references.iter().filter(|reference| reference.is_amended()) {
                if reference.owner == Owner::This {
                    continue;
                }
                let Some(citation) = other.citation_of(reference) else { continue };
                if citation.id.as_ref() != Some(id) || !is_version(citation, identity, alone) {
                    continue;
                }
                let said = now.from_outside(reference, identity.resolution, Side::Amended).targets;
                let remembered = last.map(|(history, last, resolution)| {
                    let before = before.get_or_insert_with(|| Resolver::new(&last.document));
                    let targets = before.from_outside(reference, resolution, Side::Amended).targets;
                    let named = |target: Target| target.clause().map_or(Named::Unknown, |c| history.since_in_order(c));
                    let named = |targets: Vec<Target>| targets.into_iter().map(named).collect();
                    targets.into_iter().map(named).collect::<Vec<Vec<Named<'_>>>>()
                });
                for (at, pinpoint) in reference.pinpoints.iter().enumerate() {
                    for (depth, step) in pinpoint.steps.iter().enumerate() {
                        let named = remembered.as_ref().and_then(|named| named.get(at)?.get(depth).copied());
                        let clause = match named {
                            Some(Named::Clause(clause)) => Some(clause),
                            Some(Named::Gone(gone)) => {
                                let paragraph = other.document.paragraph(reference.paragraph);
                                let why = Why::Gone(gone);
                                self.suspects.push(Suspect { file: citing, paragraph, step, why, certain: true });
                                None
                            }
                            Some(Named::Unknown) | None => {
                                let changed = |clause: &ParagraphIndex| {
                                    part.changes.binary_search_by_key(clause, |change| change.paragraph).is_ok()
                                };
                                said.get(at).and_then(|said| said.get(depth)?.clause()).filter(changed)
                            }
                        };
                        if let Some(label) = clause.and_then(|clause| part.labels.get(&clause)) {
                            self.carry(citing, reference, step, label);
                        }
                    }
                }
            }
        }
    }

    fn carry(&mut self, file: &File, reference: &Reference, step: &Step, label: &Label) {
        let document = &file.facts().document;
        let paragraph = document.paragraph(reference.paragraph);
        let resolution = paragraph.resolution;
        let tracked = &mut self.tracked;
        let tracked = || *tracked.entry((file.id, resolution)).or_insert_with(|| is_tracked(document, resolution));
        if let Some(edit) = carry(file.text(), paragraph, step, label, tracked) {
            self.result.references += 1;
            self.result.edits.entry(file.id).or_default().push(edit);
        }
    }

    /// Leaves a remark behind each reference that would now name another clause than the one it named.
    fn remark(&mut self, parts: &[Part<'_>]) {
        let mut suspects: BTreeMap<FileId, Vec<Suspect<'_>>> = BTreeMap::new();
        for suspect in std::mem::take(&mut self.suspects) {
            if !is_remarked(suspect.file.text(), suspect.paragraph, suspect.step) {
                suspects.entry(suspect.file.id).or_default().push(suspect);
            }
        }
        for (id, suspects) in suspects {
            let edits = self.result.edits.entry(id).or_default();
            let Some(file) = suspects.first().map(|suspect| suspect.file) else { continue };
            let part = parts.iter().find(|part| part.file.id == id);
            let after = if suspects.iter().any(|suspect| !suspect.certain) { After::read(file, edits) } else { None };
            let mut remarks: Vec<TextEdit> = Vec::new();
            for suspect in suspects {
                let names = after.as_ref().and_then(|after| after.clause_of(suspect.step));
                let renamed = names.is_some_and(|clause| part.is_some_and(|part| part.labels.contains_key(&clause)));
                if !renamed && !suspect.certain {
                    continue;
                }
                let place = remark_place(suspect.paragraph, suspect.step);
                let within = |edit: &&TextEdit| edit.range.start() < place && place < edit.range.end();
                let place = edits.iter().find(within).map_or(place, |edit| edit.range.end());
                let message = message(suspect.why);
                self.result.doubts.push(Doubt { file: id, range: suspect.step.range, message });
                let remark = TextEdit::replace(TextRange::empty(place), comment(suspect.why));
                if !remarks.iter().any(|other| other.range == remark.range) {
                    remarks.push(remark);
                }
            }
            edits.extend(remarks);
            edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
        }
    }
}

/// What references mean after the edits.
struct After {
    /// The clause of each label of a reference, by where its number begins.
    targets: HashMap<TextSize, ParagraphIndex>,
    /// Where the edits end, in the text before them, and how far they shift what stands behind, in all.
    shifts: Vec<(TextSize, i64)>,
}

impl After {
    fn read(file: &File, edits: &[TextEdit]) -> Option<After> {
        let text = TextEdit::apply_all(file.text(), edits)?;
        let document = lower(&text, &parse(&text));
        let references = reference::read(&document);
        let steps = references.iter().filter(|reference| reference.is_own());
        let steps = steps.flat_map(|reference| reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps));
        let targets = steps.filter_map(|step| Some((step.core.first()?.start(), step.target.amended.clause()?)));
        let mut shift = 0;
        let shifts = edits.iter().map(|edit| {
            shift += edit.text.len() as i64 - i64::from(u32::from(edit.range.len()));
            (edit.range.end(), shift)
        });
        Some(After { targets: targets.collect(), shifts: shifts.collect() })
    }

    /// The clause that a label of a reference, which no edit touches, names then. Renumbering keeps paragraphs in their
    /// places, so it has the same index before.
    fn clause_of(&self, step: &Step) -> Option<ParagraphIndex> {
        let start = step.core.first()?.start();
        let before = self.shifts.partition_point(|(end, _)| *end <= start);
        let shift = before.checked_sub(1).and_then(|index| self.shifts.get(index)).map_or(0, |(_, shift)| *shift);
        let start = u32::try_from(i64::from(u32::from(start)) + shift).ok()?;
        self.targets.get(&TextSize::new(start)).copied()
    }
}

fn message(why: Why<'_>) -> String {
    match why {
        Why::Gone(gone) => format!(
            "The clause that this reference named, “{}”, has been deleted, and its number is now another clause’s; look \
             at the remark behind it",
            excerpt(gone)
        ),
        Why::Nothing => {
            "This reference named no clause, and would name one now; look at the remark behind it".to_owned()
        }
        Why::Range => {
            "The ends of this range have changed places; see which clauses it is to name, at the remark behind it"
                .to_owned()
        }
    }
}

/// The remark that stays in the text.
fn comment(why: Why<'_>) -> String {
    match why {
        Why::Gone(gone) => format!("{{>>{REMARK} this named a clause that was deleted, “{}”<<}}", excerpt(gone)),
        Why::Nothing => format!("{{>>{REMARK} this named no clause before<<}}"),
        Why::Range => format!("{{>>{REMARK} the ends of this range have changed places<<}}"),
    }
}

/// The first words of a clause with its label, without anything that could be markup.
fn excerpt(gone: &Gone) -> String {
    const LENGTH: usize = 40;
    let words = format!("{} {}", gone.label, gone.words);
    let plain = |c: char| if c.is_whitespace() || "{}<>~*[]\\".contains(c) { ' ' } else { c };
    let words: String = words.chars().map(plain).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words,
    }
}

/// Whether a citation means this version of a resolution; one that names none does, if the workspace has no other.
fn is_version(citation: &Citation, identity: &Identity, alone: bool) -> bool {
    match (&citation.version, &identity.version) {
        (Some(cited), Some(version)) => cited == version,
        (None, _) => alone,
        (Some(_), None) => false,
    }
}
