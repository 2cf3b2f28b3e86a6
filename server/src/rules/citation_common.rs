//! What the rules about citations share: which citations are judged, as of when, and how a version is named.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use jiff::ToSpan;
use jiff::civil::Date;

use super::answers::{self, Answers, Sort};
use super::citation_unknown_version::problem as unknown_version;
use super::{Finding, Fix, Input, Place, Remedy, Severity, citation_contradiction, citation_fix, citation_update};
use crate::catalogue::{AdoptionWindow, Certainty, Fact, Link, Status, VersionKind, VersionView, adoption_window};
use crate::citation::{Citation, Identity, ResolutionId, Wording, WrittenVersion, body_name, written, written_version};
use crate::config::Level;
use crate::drafting::Part;
use crate::syntax::{Language, Side, TextRange};

/// What is settled of a document's citations once for all rules.
pub(super) struct Prepared {
    /// By the place in the list of citations: those that can be judged.
    ready: Vec<Option<Ready>>,
    /// What the catalogue says of each sort of citation.
    sorts: Vec<Arc<Answers>>,
    /// For each resolution of the file, its place in the list of identities and as of which day its citations are judged.
    resolutions: HashMap<u32, (usize, Option<Date>)>,
    /// The day of the first resolution that has one.
    first_date: Option<Date>,
    /// All that the text as amended cites.
    cited: HashSet<ResolutionId>,
    /// The citations that contradict themselves, by their places in the list.
    contradictory: OnceCell<BTreeSet<usize>>,
}

/// What is settled of one citation.
struct Ready {
    /// The place in the list of identities of the resolution that it stands in.
    identity: Option<usize>,
    /// The day on which the text was written, where it says so and the day is past.
    written: Option<Date>,
    history: bool,
    /// Which sort it is of: of those that name the same version of the same resolution on the same day, the catalogue says
    /// the same.
    sort: usize,
}

impl Prepared {
    fn new(input: &Input<'_>) -> Prepared {
        let mut prepared = Prepared::without_citations(input);
        let mut sorts: HashMap<Sort<'_>, usize, RandomState> = HashMap::default();
        let ready = input.facts.citations.iter().map(|citation| {
            // One mistake gives one finding: where a citation is taken up again in short, the full one has it.
            if citation.side != Side::Amended || matches!(citation.wording, Wording::Short(_)) {
                return None;
            }
            let id = citation.id.as_ref()?;
            let (identity, written) = prepared.written(input, citation);
            let own = identity.and_then(|index| input.facts.identities.get(index)?.id.as_ref());
            let session = citation.cited_version.as_ref().map(|version| (version.year, version.place));
            let next = sorts.len();
            let sort = Sort { id, version: citation.version.as_deref(), session, written };
            let sort = *sorts.entry(sort).or_insert(next);
            Some(Ready { identity, written, history: citation.historical || own == Some(id), sort })
        });
        prepared.ready = ready.collect();
        prepared.sorts = answers::of(sorts, input.answered.as_deref());
        prepared
    }

    fn without_citations(input: &Input<'_>) -> Prepared {
        let facts = input.facts;
        let resolutions = facts.identities.iter().enumerate();
        let resolutions = resolutions.map(|(index, own)| (own.resolution.0, (index, date_of(input, own)))).collect();
        let amended = facts.citations.iter().filter(|citation| citation.side == Side::Amended);
        Prepared {
            ready: Vec::new(),
            sorts: Vec::new(),
            first_date: facts.identities.iter().find_map(|own| date_of(input, own)),
            resolutions,
            cited: amended.filter_map(|citation| citation.id.clone()).collect(),
            contradictory: OnceCell::new(),
        }
    }

    /// The place in the list of identities of the resolution that a citation stands in, and the day on which it was written,
    /// where the text says so and the day is past.
    fn written(&self, input: &Input<'_>, citation: &Citation) -> (Option<usize>, Option<Date>) {
        let document = &input.facts.document;
        let Some(paragraph) = document.paragraphs.get(citation.paragraph.index()) else { return (None, None) };
        let resolution = paragraph.resolution;
        let (identity, date) = self.resolutions.get(&resolution.0).copied().unzip();
        // Cover matter is of the time of what it covers.
        let place = document.resolution(resolution);
        let is_cover = place.title.is_none() && place.proposal.is_none();
        let date = date.flatten().or(self.first_date.filter(|_| is_cover));
        (identity, date.filter(|date| *date < input.today))
    }
}

/// A document's citations, ready for judging.
pub(super) struct Judge<'a> {
    pub input: &'a Input<'a>,
    prepared: &'a Prepared,
    /// Whether it is told of what contradicts itself.
    told: bool,
}

/// A citation to be judged.
pub(super) struct Judged<'a> {
    pub judge: &'a Judge<'a>,
    pub citation: &'a Citation,
    /// Its place in the list of citations.
    pub index: usize,
    pub id: &'a ResolutionId,
    /// The resolution of the file that it stands in.
    pub identity: Option<&'a Identity>,
    /// The day on which the text was written, or today where it does not say or lies ahead.
    pub written: Date,
    /// Whether the text was written before today, so that things may have changed since.
    pub past: bool,
    /// Whether an old version is meant: history recalled on purpose, or the version of this very resolution before
    /// this one.
    pub history: bool,
    /// What the catalogue says of all that name the same.
    pub answers: &'a Answers,
}

impl<'a> Judge<'a> {
    pub fn new(input: &'a Input<'a>) -> Judge<'a> {
        let told = input.config.level(citation_contradiction::RULE.id) != Some(Level::Off);
        Judge { input, prepared: input.citations.get_or_init(|| Prepared::new(input)), told }
    }

    /// The citations that rules judge.
    pub fn all(&'a self) -> impl Iterator<Item = Judged<'a>> {
        (0..self.input.facts.citations.len()).filter_map(|index| self.at(index))
    }

    /// A citation, if it is one that rules judge: of a known resolution, not pinned, in the text as amended. What
    /// stands only in the text as in force is what the proposal takes away; and of what contradicts itself nothing can be
    /// said but that.
    pub fn at(&'a self, index: usize) -> Option<Judged<'a>> {
        let judged = self.any_at(index).filter(|judged| !judged.citation.pinned)?;
        (!self.told || !self.contradictions().contains(&index)).then_some(judged)
    }

    /// The citations that contradict themselves, pinned ones left out.
    pub fn contradictory(&'a self) -> impl Iterator<Item = Judged<'a>> {
        self.contradictions().iter().filter_map(|index| self.any_at(*index))
    }

    fn contradictions(&'a self) -> &'a BTreeSet<usize> {
        self.prepared.contradictory.get_or_init(|| {
            let all = (0..self.input.facts.citations.len()).filter_map(|index| self.any_at(index));
            let all = all.filter(|cited| !cited.citation.pinned && citation_contradiction::problem(cited).is_some());
            all.map(|cited| cited.index).collect()
        })
    }

    /// The same, pinned or not.
    pub fn any_at(&'a self, index: usize) -> Option<Judged<'a>> {
        let facts = self.input.facts;
        let ready = self.prepared.ready.get(index)?.as_ref()?;
        let citation = facts.citations.get(index)?;
        Some(Judged {
            judge: self,
            citation,
            index,
            id: citation.id.as_ref()?,
            identity: ready.identity.and_then(|index| facts.identities.get(index)),
            written: ready.written.unwrap_or(self.input.today),
            past: ready.written.is_some(),
            history: ready.history,
            answers: self.prepared.sorts.get(ready.sort)?,
        })
    }

    /// The resolution of the file that a citation stands in, and the day on which it was written, where the text says
    /// so and the day is past.
    pub fn written(&self, citation: &Citation) -> (Option<&'a Identity>, Option<Date>) {
        let (identity, written) = self.prepared.written(self.input, citation);
        (identity.and_then(|index| self.input.facts.identities.get(index)), written)
    }

    /// The citations that share a parenthesis with the one at `index`, itself included: `Resolutions 101 and 102 (Rev.
    /// Busan, 2014)`. They stand side by side in the list.
    pub fn group(&self, index: usize) -> Vec<usize> {
        let all = &self.input.facts.citations;
        let Some(own) = all.get(index) else { return Vec::new() };
        let near = |other: &usize| {
            all.get(*other)
                .is_some_and(|other| other.paragraph == own.paragraph && (other.side != own.side || shares(other, own)))
        };
        let before = (0..index).rev().take_while(near);
        let group = before.chain([index]).chain((index + 1..all.len()).take_while(near));
        group.filter(|other| all.get(*other).is_some_and(|other| other.side == own.side)).collect()
    }
}

/// Whether two citations have one parenthesis.
fn shares(one: &Citation, other: &Citation) -> bool {
    match (&one.cited_version, &other.cited_version) {
        (Some(one), Some(other)) => one.range == other.range,
        _ => false,
    }
}

/// The day as of which a resolution's citations are judged. A proposal is written before the session that it is made
/// to, and cannot know what that session adopts.
fn date_of(input: &Input<'_>, identity: &Identity) -> Option<Date> {
    let document = &input.facts.document;
    let resolution = document.resolutions.get(identity.resolution.index())?;
    let proposal = resolution.proposal.is_some() || input.is_tracked(identity.resolution);
    let date = identity.date?;
    if proposal { date.checked_sub(1.day()).ok() } else { Some(date) }
}

/// What is newer than what a citation names.
pub(super) enum Newer<'a> {
    /// A version of the same resolution.
    Version(VersionView<'a>),
    /// A resolution of the same series.
    Series(Series<'a>),
    /// The resolution that a draft has become.
    Adopted(&'a ResolutionId),
}

/// A newer resolution on a subject that comes back.
pub(super) struct Series<'a> {
    /// The newest of the series on that day.
    pub newest: &'a ResolutionId,
    /// From when on it was certainly there.
    pub since: Date,
    /// What makes it a series: the link to the latest of all.
    pub link: Fact<'a, Link>,
}

impl Series<'_> {
    /// Whether the catalogue names this one outright, in the place of what is cited. Otherwise it is concluded: the two
    /// have the same latest one, or it is another organ's.
    pub fn is_proven(&self) -> bool {
        self.link.certainty == Certainty::Proven && *self.newest == self.link.value.id
    }

    /// On what it rests, for a message.
    pub fn ground(&self) -> String {
        match self.is_proven() {
            true => format!("source: {}", self.link.source),
            false => "concluded, not proven".to_owned(),
        }
    }
}

/// What was newer, on a day, than what the citation names.
pub(super) fn newer<'a>(judged: &Judged<'a>, as_of: Date) -> Option<Newer<'a>> {
    let [then, now] = &judged.answers.newer;
    let may_be = match as_of {
        day if day == judged.written => *then.get_or_init(|| may_be_newer(judged, as_of)),
        day if day == judged.judge.input.today => *now.get_or_init(|| may_be_newer(judged, as_of)),
        _ => true,
    };
    if may_be { newer_for_sure(judged, as_of) } else { None }
}

/// Whether something may have been newer, whatever stands around the citation.
fn may_be_newer(judged: &Judged<'_>, as_of: Date) -> bool {
    match judged.judge.input.catalogue.status(judged.id, as_of) {
        Status::DraftAdopted { .. } | Status::NewerInSeries { .. } => true,
        Status::InForce { version: Some(version) } => is_replaced_by(judged, &version),
        _ => false,
    }
}

/// Whether a version that is in force is another one than what is cited, and newer.
fn is_replaced_by(judged: &Judged<'_>, version: &VersionView<'_>) -> bool {
    let Some(cited) = judged.citation.version.as_ref() else { return false };
    // A body that adopts a text once has no versions of it; there a year is that of the text.
    let versions = adoption_window(judged.id).is_none() && version.certainty > Certainty::Unproven;
    // What never was cannot have been replaced: that is a finding of its own.
    versions && version.version > cited && !has_unknown_version(judged)
}

/// Whether the resolution cannot have had the version that a citation names.
pub(super) fn has_unknown_version(judged: &Judged<'_>) -> bool {
    *judged.answers.unknown_version.get_or_init(|| unknown_version(judged).is_some())
}

fn newer_for_sure<'a>(judged: &Judged<'a>, as_of: Date) -> Option<Newer<'a>> {
    let catalogue = judged.judge.input.catalogue;
    match catalogue.status(judged.id, as_of) {
        Status::DraftAdopted { link } if link.certainty > Certainty::Unproven => {
            let id = &link.value.id;
            // Before it was adopted, the draft was all there was to cite.
            let there = catalogue.versions(id).first().map(|version| version.date <= as_of);
            there.unwrap_or(true).then_some(Newer::Adopted(id))
        }
        Status::NewerInSeries { newest, since, link } if !lists_the_series(judged) => {
            Some(Newer::Series(Series { newest, since, link }))
        }
        Status::InForce { version: Some(version) } => {
            is_replaced_by(judged, &version).then_some(Newer::Version(version))
        }
        _ => None,
    }
}

/// Whether the text is itself of the series, or names a newer one of it in the same paragraph: then it lists the series
/// on purpose.
fn lists_the_series(judged: &Judged<'_>) -> bool {
    let series = judged.judge.input.catalogue.series(judged.id);
    // Parts of one resolution, A and B, are as new as each other.
    let key = |id: &ResolutionId| {
        let numbers = id.number.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<u32>().ok());
        adoption_window(id).map(|window| (window.earliest, window.latest, numbers.collect::<Vec<_>>()))
    };
    let own = key(judged.id);
    if judged.identity.is_some_and(|identity| identity.id.as_ref().is_some_and(|id| series.contains(&id))) {
        return true;
    }
    let citations = &judged.judge.input.facts.citations;
    let first = citations.partition_point(|citation| citation.paragraph < judged.citation.paragraph);
    let here = citations.get(first..).unwrap_or_default();
    let here = here.iter().take_while(|citation| citation.paragraph == judged.citation.paragraph);
    let others = here.filter(|citation| citation.side == Side::Amended).filter_map(|citation| citation.id.as_ref());
    others.filter(|id| *id != judged.id && key(id) > own).any(|id| series.contains(&id))
}

/// How loudly to say that `series` has something newer, as of `as_of`. A warning where the catalogue names the newer one
/// outright and the text means what holds now; otherwise a hint. In these cases an older one is often cited on purpose,
/// as adopted texts show: in the preamble; with a paragraph of it; where the text cites the latest as well; and where it
/// is so old that it is cited for what it founded (46/182, of 1991, for the coordination of humanitarian assistance).
pub(super) fn severity_in_series(judged: &Judged<'_>, series: &Series<'_>, as_of: Date) -> Severity {
    let cites_latest = judged.judge.prepared.cited.contains(series.newest);
    let certain = series.is_proven() && !judged.history && !is_preamble(judged) && !cites_latest;
    if certain && !founded(judged.id, as_of) && !has_pinpoint(judged) { Severity::Warning } else { Severity::Hint }
}

/// Whether a citation stands in the preamble.
pub(super) fn is_preamble(judged: &Judged<'_>) -> bool {
    judged.judge.input.facts.parts.get(judged.citation.paragraph.index()) == Some(&Part::Preamble)
}

/// Whether a resolution is so old that it is cited for what it founded.
pub(super) fn founded(id: &ResolutionId, as_of: Date) -> bool {
    // Of the subjects that come back, most do so within three years; the programmes that follow them run for ten.
    let until = |window: AdoptionWindow| window.latest.checked_add(10.years()).ok();
    adoption_window(id).and_then(until).is_some_and(|until| until < as_of)
}

/// Whether words name a clause of the cited text: “paragraph 12 of resolution 73/346”.
fn has_pinpoint(judged: &Judged<'_>) -> bool {
    let facts = judged.judge.input.facts;
    let paragraph = judged.citation.paragraph;
    let first = facts.references.partition_point(|reference| reference.paragraph < paragraph);
    let here = facts.references.get(first..).unwrap_or_default();
    let here = here.iter().take_while(|reference| reference.paragraph == paragraph);
    here.filter_map(|reference| facts.citation_of(reference))
        .any(|citation| citation.number_range == judged.citation.number_range)
}

/// A resolution as a sentence begins with it: “Resolution 140”, “Decision 5”, “General Assembly resolution 70/125”.
pub(super) fn name(id: &ResolutionId) -> String {
    sentence(&written(id, None, Language::En))
}

/// The parenthesis of a version in English: “(Rev. Bucharest, 2022)”, “(Minneapolis, 1998)”, “(Rev.WRC-19)”.
pub(super) fn parenthesis(id: &ResolutionId, version: &VersionView<'_>) -> String {
    written_version(id, to_write(version), Language::En).unwrap_or_else(|| format!("({})", version.name()))
}

/// A version of the catalogue as one to be written.
pub(super) fn to_write<'a>(version: &VersionView<'a>) -> WrittenVersion<'a> {
    WrittenVersion { place: version.place, year: version.year, revised: version.kind != VersionKind::Adopted }
}

/// A version's day, or its year where the day is not known: “14 October 2022”, “2016”.
pub(super) fn since(version: &VersionView<'_>) -> String {
    let rounded = !version.day_is_given && (version.date.month(), version.date.day()) == (12, 31);
    if rounded { version.year.to_string() } else { day(version.date) }
}

/// “14 October 2022”
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// The body's short name in English, “the World Health Assembly”.
pub(super) fn organ(id: &ResolutionId) -> String {
    body_in_words(base(id))
}

/// A body by its short name in English, with the article.
pub(super) fn body_in_words(body: &str) -> String {
    let name = body_name(body, Language::En).unwrap_or(body);
    format!("the {}", name.split(" of the International Telecommunication").next().unwrap_or(name))
}

/// The body of an id, without the kind that the id of a decision, an opinion or a recommendation has behind it.
pub(super) fn base(id: &ResolutionId) -> &str {
    let kinds = [" Decision", " Opinion", " Recommendation"];
    kinds.iter().find_map(|kind| id.body.strip_suffix(kind)).unwrap_or(&id.body)
}

/// What to underline: the citation; for a member of a group, its number with what it shares cut off.
pub(super) fn range(judged: &Judged<'_>) -> TextRange {
    judged.citation.range
}

/// Adds the pin, the fix that says that the old text is meant.
pub(super) fn with_pin(finding: Finding, judged: &Judged<'_>) -> Finding {
    match citation_fix::pin(judged) {
        Some(edits) => finding.fix("Pin this citation: the old text is meant", Remedy::Edits(edits)),
        None => finding,
    }
}

/// Adds the page or file of the resolution.
pub(super) fn with_resolution(finding: Finding, id: &ResolutionId, version: Option<&str>, message: String) -> Finding {
    finding.related(Place::Resolution(id.clone(), version.map(str::to_owned)), message)
}

/// Adds the fix that brings the citation to a version, its pinpoints included.
pub(super) fn with_version(
    mut finding: Finding,
    judged: &Judged<'_>,
    version: &VersionView<'_>,
    as_of: Date,
) -> Finding {
    let edits = citation_fix::bring_to(judged, version, as_of);
    finding.fixes.extend(edits.ok().map(|edits| citation_update::fix_to(judged, version, edits)));
    finding
}

/// The fix that makes a citation name `view` instead; `None` where others share its parenthesis and would change too.
pub(super) fn cite_alone(judged: &Judged<'_>, view: &VersionView<'_>) -> Option<Fix> {
    let version = judged.citation.cited_version.as_ref()?;
    if judged.judge.group(judged.index).len() != 1 {
        return None;
    }
    let revised = view.kind != VersionKind::Adopted;
    let edits = citation_fix::edits(judged.judge.input, judged.citation, version, view.place, view.year, revised)?;
    let title = format!("Cite {}", parenthesis(judged.id, view));
    Some(Fix { title, remedy: Remedy::Edits(edits), certain: false })
}

/// With a capital letter at the front.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
