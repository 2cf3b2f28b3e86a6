//! The citations of a text that are out of date today, each brought to what is in force: what changes, and what is left
//! as it is and why.

use super::citation_common::{Judge, Judged, Newer, name, newer, parenthesis, to_write};
use super::citation_fix::{self, Left};
use super::pinpoint::{Carried, Outcome};
use super::{Fix, Input, Remedy};
use crate::catalogue::VersionView;
use crate::citation::{Citation, ResolutionId, written, written_version};
use crate::syntax::{Language, Side, TextEdit, TextRange};

/// A citation that is out of date, or several that share a parenthesis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Where it stands.
    pub range: TextRange,
    /// What is cited: “Resolution 140”.
    pub name: String,
    /// The version as the text has it, “(Rev. Dubai, 2018)”; empty for a draft.
    pub from: String,
    /// What is in force: “(Rev. Bucharest, 2022)”, or the resolution that a draft has become.
    pub to: String,
    /// What brings it there, its pinpoints included, in text order; or why it is left, as the end of a sentence.
    pub outcome: Result<Vec<TextEdit>, String>,
    /// The pinpoints that get another label.
    pub carried: Vec<CarriedPinpoint>,
    /// The pinpoints that a person has to look at, since nothing shows which clause they mean in what is in force.
    pub doubts: Vec<DoubtfulPinpoint>,
}

impl Update {
    /// What it does, in one line: “Resolution 140: (Rev. Dubai, 2018) → (Rev. Bucharest, 2022)”.
    pub fn label(&self) -> String {
        let colon = if self.from.is_empty() { "" } else { ": " };
        format!("{}{colon}{} → {}", self.name, self.from, self.to)
    }
}

/// A pinpoint that gets another label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedPinpoint {
    /// Its words: “resolves 7”.
    pub from: String,
    /// The words that name the same clause in what is in force: “resolves 9”.
    pub to: String,
}

/// A pinpoint that a person has to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulPinpoint {
    /// Its labels, in the text as it was.
    pub range: TextRange,
    /// Its words: “resolves 7”.
    pub words: String,
    /// What is the matter, as the end of a sentence.
    pub why: String,
}

/// All citations of a document that are out of date as of today, in text order. Left aside without a word is what is
/// meant to be old: pinned citations, history, the earlier version of the text itself. So is what belongs to a series: a
/// newer resolution on the same subject leaves the older one as it was.
pub fn updates(input: &Input<'_>) -> Vec<Update> {
    let judge = Judge::new(input);
    let mut found: Vec<Update> = Vec::new();
    let mut seen = None;
    for cited in judge.all().filter(|cited| !cited.history) {
        match newer(&cited, input.today) {
            Some(Newer::Version(target)) => {
                // Those that share a parenthesis are one.
                let group =
                    cited.citation.cited_version.as_ref().map(|version| (cited.citation.paragraph, version.range));
                if group.is_none() || seen != group {
                    seen = group;
                    found.push(of_version(&cited, &target));
                }
            }
            Some(Newer::Adopted(id)) => found.push(of_draft(&cited, id)),
            Some(Newer::Series(_)) | None => {}
        }
    }
    found
}

fn of_version(cited: &Judged<'_>, target: &VersionView<'_>) -> Update {
    let input = cited.judge.input;
    let (citation, today) = (cited.citation, input.today);
    let members: Vec<Judged<'_>> =
        cited.judge.group(cited.index).into_iter().filter_map(|index| cited.judge.at(index)).collect();
    let old_ones = members.iter().filter(|other| newer(other, today).is_some());
    let names: Vec<String> = old_ones.map(|other| name(other.id)).collect();
    let range = members.iter().fold(citation.range, |range, other| range.cover(other.citation.range));
    let language = citation_fix::language_of(input, citation).filter(|_| citation.cited_version.is_some());
    let to = language.and_then(|language| written_version(cited.id, to_write(target), language));
    let from = match &citation.cited_version {
        Some(version) => words_at(input, citation, version.range),
        None => words_at(input, citation, citation.range),
    };
    let outcome = match members.iter().any(|other| other.history) {
        true => Err(Left::Shared),
        false => citation_fix::bring_to(cited, target, today),
    };
    let mut update = Update {
        range,
        name: names.join(", "),
        from,
        to: to.unwrap_or_else(|| parenthesis(cited.id, target)),
        outcome: outcome.map_err(|left| left.message().to_owned()),
        carried: Vec::new(),
        doubts: Vec::new(),
    };
    let carried = with_members(cited, Some(target));
    add(&mut update, &carried);
    update
}

fn of_draft(cited: &Judged<'_>, id: &ResolutionId) -> Update {
    let edits = citation_fix::adopted(cited, id).ok_or(Left::Wording);
    let mut update = Update {
        range: cited.citation.range,
        name: name(cited.id),
        from: String::new(),
        to: written(id, None, Language::En),
        outcome: edits.map_err(|left| left.message().to_owned()),
        carried: Vec::new(),
        doubts: Vec::new(),
    };
    let pinpoints = cited.judge.input.pinpoints().of(cited.index, id, None);
    add(&mut update, &pinpoints.iter().collect::<Vec<_>>());
    update
}

/// The pinpoints of all that share a parenthesis, when it names `target`.
fn with_members<'a>(cited: &Judged<'a>, target: Option<&VersionView<'_>>) -> Vec<&'a Carried> {
    let pinpoints = cited.judge.input.pinpoints();
    let citations = &cited.judge.input.facts.citations;
    let members = cited.judge.group(cited.index).into_iter();
    let version = target.map(|target| target.version.as_str());
    let of = |index: usize| {
        let id = citations.get(index).and_then(|citation| citation.id.as_ref());
        id.map_or(&[][..], |id| pinpoints.of(index, id, version))
    };
    members.flat_map(of).collect()
}

/// Adds to an update that is made what becomes of its pinpoints.
fn add(update: &mut Update, pinpoints: &[&Carried]) {
    let Ok(edits) = &mut update.outcome else { return };
    for pinpoint in pinpoints {
        match &pinpoint.outcome {
            Outcome::Same => {}
            Outcome::Moved { words, edits: moved } => {
                edits.extend(moved.iter().filter(|edit| !edits.contains(edit)).cloned().collect::<Vec<_>>());
                update.carried.push(CarriedPinpoint { from: pinpoint.words.clone(), to: words.clone() });
            }
            Outcome::Unshown(why) => update.doubts.push(DoubtfulPinpoint {
                range: pinpoint.range,
                words: pinpoint.words.clone(),
                why: why.message(if update.from.is_empty() { "the draft" } else { &update.from }, &update.to),
            }),
        }
    }
    edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
}

/// The fix that brings a citation to a version, with its pinpoints; its title says which of them to look at.
pub(super) fn fix_to(cited: &Judged<'_>, target: &VersionView<'_>, edits: Vec<TextEdit>) -> Fix {
    let title = format!("Cite {}", parenthesis(cited.id, target));
    fix(title, edits, &with_members(cited, Some(target)))
}

/// The fix that puts the resolution that a draft has become in its place, with its pinpoints.
pub(super) fn fix_to_adopted(cited: &Judged<'_>, id: &ResolutionId, title: String, edits: Vec<TextEdit>) -> Fix {
    let pinpoints = cited.judge.input.pinpoints().of(cited.index, id, None);
    fix(title, edits, &pinpoints.iter().collect::<Vec<_>>())
}

fn fix(mut title: String, mut edits: Vec<TextEdit>, pinpoints: &[&Carried]) -> Fix {
    let (mut moved, mut doubts) = (Vec::new(), Vec::new());
    for pinpoint in pinpoints {
        match &pinpoint.outcome {
            Outcome::Same => {}
            Outcome::Moved { words, edits: own } => {
                edits.extend(own.iter().filter(|edit| !edits.contains(edit)).cloned().collect::<Vec<_>>());
                moved.push(format!("{} → {words}", pinpoint.words));
            }
            Outcome::Unshown(_) => doubts.push(pinpoint.words.as_str()),
        }
    }
    if !moved.is_empty() {
        title.push_str(&format!(", {}", moved.join(", ")));
    }
    if !doubts.is_empty() {
        title.push_str(&format!(" (look at the pinpoint: {})", doubts.join(", ")));
    }
    Fix { title, remedy: Remedy::Edits(edits), certain: false }
}

/// The words that a reader of the text as amended sees at a place of a citation's paragraph.
fn words_at(input: &Input<'_>, citation: &Citation, range: TextRange) -> String {
    let Some(paragraph) = input.facts.document.paragraphs.get(citation.paragraph.index()) else { return String::new() };
    let view = &paragraph.views[Side::Amended];
    let place = view.to_view(range.start()).zip(view.to_view(range.end()));
    let words = place.and_then(|(start, end)| view.text.get(usize::from(start)..usize::from(end)));
    words.unwrap_or_default().trim().to_owned()
}
