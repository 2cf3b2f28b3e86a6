//! Code actions: the fixes of findings, renumbering, and citations brought up to date.

use super::cite_title::give_title;
use super::fix_all::{fix_all, fixes_at_once};
use super::renumber::{Renumbering, Scope, is_wanted, renumber};
use super::update::{as_wholes, update};
use crate::excuse;
use crate::rules::{self, Finding, Remedy, Update};
use crate::syntax::{TextEdit, TextRange};
use crate::workspace::{FileId, Snapshot};

/// What an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// Puts a finding right.
    QuickFix,
    /// Renumbers the list that the cursor stands in.
    RenumberList,
    /// Renumbers the section.
    RenumberSection,
    /// Renumbers the resolution, in a file that holds several.
    RenumberResolution,
    /// Renumbers every resolution of the file.
    RenumberDocument,
    /// Renumbers every file of the workspace, where others than this one are out of order.
    RenumberWorkspace,
    /// Makes every fix of the file that cannot be wrong.
    FixAll,
    /// Brings every citation of the file that is out of date to what is in force.
    UpdateCitations,
    /// Puts the title of what is cited at the cursor beside the citation.
    GiveTitle,
}

/// Something that can be done to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does, as a command.
    pub title: String,
    /// What it is.
    pub kind: ActionKind,
    /// What it changes, in this file and in others that refer to it.
    pub edits: Vec<(FileId, Vec<TextEdit>)>,
    /// What it puts right.
    pub finding: Option<Finding>,
    /// Whether it is the one to take without asking: the first fix of a finding.
    pub preferred: bool,
    /// What is to be said of single changes, for a person who looks at each before it is made; empty where the title says
    /// it all.
    pub notes: Vec<Note>,
}

/// What is to be said of one change among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it does: “Resolution 140: (Rev. Dubai, 2018) → (Rev. Bucharest, 2022)”.
    pub label: String,
    /// What to look at, as a sentence, if there is anything.
    pub description: Option<String>,
    /// The edits that it is made of, by the places that they replace in the file that was asked about.
    pub edits: Vec<TextRange>,
}

/// How much of an action is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// All of it.
    Whole,
    /// That there is something to do, and what it is called: its edits may be missing, and its title may say less. Made
    /// whole, the same actions stand in the same order, but for the rare one that turns out to change nothing.
    Listed,
}

/// What can be done at `range` of a file, of the kinds that `wanted` asks for. Actions that would change nothing are
/// left out.
pub fn actions(
    snapshot: &Snapshot,
    file: FileId,
    range: TextRange,
    detail: Detail,
    wanted: impl Fn(ActionKind) -> bool,
) -> Vec<Action> {
    let mut actions = Vec::new();
    if wanted(ActionKind::QuickFix) {
        let mut findings = snapshot.findings(file);
        // A finding that the range touches, be it only at an end.
        findings.retain(|finding| finding.range.intersect(range).is_some());
        for finding in &findings {
            quick_fixes(snapshot, file, finding, &mut actions);
        }
        // Where a clause was put in, taken out or moved, the list breaks at another label, maybe out of sight.
        let renumbering = renumber(snapshot, file, Scope::List(range.start()));
        let action = renumbering.map(|renumbering| action(ActionKind::QuickFix, FIX, renumbering));
        actions.extend(action.filter(|action| !actions.iter().any(|other| other.edits == action.edits)));
        excuses(snapshot, file, &findings, &mut actions);
    }
    // One that is asked for by its name is wanted even where it does no more than a smaller one.
    let by_name = !wanted(ActionKind::RenumberDocument);
    let several = snapshot.file(file).is_some_and(|file| file.facts().document.resolutions.len() > 1);
    let others = || snapshot.files().any(|other| other.id != file && other.summary().renumbers);
    let at = range.start();
    let sources = [
        (ActionKind::RenumberList, Scope::List(at)),
        (ActionKind::RenumberSection, Scope::Section(at)),
        (ActionKind::RenumberResolution, Scope::Resolution(at)),
        (ActionKind::RenumberDocument, Scope::Document),
        (ActionKind::RenumberWorkspace, Scope::Workspace),
    ];
    for (kind, scope) in sources.into_iter().filter(|(kind, ..)| wanted(*kind)) {
        let title = title_of(kind).unwrap_or_default();
        let adds = match kind {
            ActionKind::RenumberResolution => by_name || several,
            ActionKind::RenumberWorkspace => by_name || others(),
            _ => true,
        };
        let renumbering = match detail {
            Detail::Whole => adds.then(|| renumber(snapshot, file, scope)).flatten(),
            Detail::Listed => adds.then(|| is_wanted(snapshot, file, scope)).flatten(),
        };
        actions.extend(renumbering.map(|renumbering| action(kind, title, renumbering)));
    }
    if wanted(ActionKind::GiveTitle) {
        actions.extend(give_title(snapshot, file, at));
    }
    let all = || match detail {
        Detail::Whole => fix_all(snapshot, file).map(|all| (all.fixes, all.edits)),
        Detail::Listed => fixes_at_once(snapshot, file).map(|fixes| (fixes, Vec::new())),
    };
    if wanted(ActionKind::FixAll)
        && let Some((fixes, edits)) = all()
    {
        let title = format!("{} ({fixes})", title_of(ActionKind::FixAll).unwrap_or_default());
        let edits = vec![(file, edits)];
        let notes = Vec::new();
        actions.push(Action { title, kind: ActionKind::FixAll, edits, finding: None, preferred: false, notes });
    }
    if wanted(ActionKind::UpdateCitations) {
        actions.extend(update_citations(snapshot, file, detail));
    }
    actions
}

/// What an action of this kind is called, as far as that is the same wherever it is done; `None` for fixes.
pub fn title_of(kind: ActionKind) -> Option<&'static str> {
    Some(match kind {
        ActionKind::RenumberList => "Renumber this list",
        ActionKind::RenumberSection => "Renumber this section",
        ActionKind::RenumberResolution => "Renumber this resolution",
        ActionKind::RenumberDocument => "Renumber the whole document",
        ActionKind::RenumberWorkspace => "Renumber the whole workspace",
        ActionKind::FixAll => "Fix everything that has only one right form",
        ActionKind::UpdateCitations => "Update the citations that are out of date",
        ActionKind::GiveTitle => "Give the title",
        ActionKind::QuickFix => return None,
    })
}

/// Why nothing of this kind can be done at `range`, as a sentence for the drafter who asked for it by its name; `None` where
/// something can, or there is no more to say.
pub fn obstacle(snapshot: &Snapshot, file: FileId, range: TextRange, kind: ActionKind) -> Option<&'static str> {
    let in_order = match kind {
        ActionKind::UpdateCitations => {
            let nothing = "No citation of this file can be brought to a newer version";
            return match snapshot.reservation() {
                Some(reservation) => Some(reservation),
                None => update(snapshot, file).edits.is_empty().then_some(nothing),
            };
        }
        ActionKind::RenumberList => (Scope::List(range.start()), "This list is in order"),
        ActionKind::RenumberSection => (Scope::Section(range.start()), "This section is in order"),
        ActionKind::RenumberResolution => (Scope::Resolution(range.start()), "This resolution is in order"),
        ActionKind::RenumberDocument => (Scope::Document, "All lists of this file are in order"),
        ActionKind::RenumberWorkspace => (Scope::Workspace, "All lists of the workspace are in order"),
        ActionKind::QuickFix | ActionKind::FixAll | ActionKind::GiveTitle => return None,
    };
    let (scope, words) = in_order;
    is_wanted(snapshot, file, scope).is_none().then_some(words)
}

/// The action that brings all citations up to date; its title says how many, and what a person has to look at.
fn update_citations(snapshot: &Snapshot, file: FileId, detail: Detail) -> Option<Action> {
    if !snapshot.is_complete() {
        // A newer version may yet turn up.
        return None;
    }
    let updates = update(snapshot, file);
    if updates.edits.is_empty() {
        return None;
    }
    let made = updates.made().count();
    let left = match updates.left().count() {
        0 => String::new(),
        1 => ", 1 is left as it is".to_owned(),
        many => format!(", {many} are left as they are"),
    };
    let doubts = match updates.made().map(|update| update.doubts.len()).sum::<usize>() {
        0 => "",
        1 => "; look at its pinpoint afterwards",
        _ => "; look at their pinpoints afterwards",
    };
    let title = format!("Update the citations that are out of date ({made}{left}){doubts}");
    if detail == Detail::Listed {
        let edits = vec![(file, Vec::new())];
        return Some(Action {
            title,
            kind: ActionKind::UpdateCitations,
            notes: Vec::new(),
            edits,
            finding: None,
            preferred: false,
        });
    }
    let wholes = as_wholes(snapshot.file(file)?.text(), &updates);
    let notes = updates.made().zip(&wholes).map(|(update, edits)| Note {
        label: update.label(),
        description: describe(update),
        edits: edits.iter().map(|edit| edit.range).collect(),
    });
    let notes = notes.collect();
    let mut edits = wholes.concat();
    edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    edits.dedup();
    Some(Action {
        title,
        kind: ActionKind::UpdateCitations,
        notes,
        edits: vec![(file, edits)],
        finding: None,
        preferred: false,
    })
}

/// What becomes of the pinpoints of a citation.
fn describe(update: &Update) -> Option<String> {
    let carried = update.carried.iter().map(|pinpoint| format!("{} → {}", pinpoint.from, pinpoint.to));
    let doubts = update.doubts.iter().map(|doubt| format!("look at the pinpoint “{}”: {}", doubt.words, doubt.why));
    let words: Vec<String> = carried.chain(doubts).collect();
    (!words.is_empty()).then(|| words.join("; "))
}

/// What leaves the findings as they are and says so in the text; last, since it puts nothing right.
fn excuses(snapshot: &Snapshot, file: FileId, findings: &[&Finding], actions: &mut Vec<Action>) {
    let Some(of) = snapshot.file(file) else { return };
    let mut offered = Vec::new();
    for finding in findings.iter().filter(|finding| rules::is_excusable(finding.rule)) {
        let (text, document) = (of.text(), &of.facts().document);
        let Some(edit) = excuse::insertion(text, document, finding.range.start(), finding.rule) else { continue };
        if offered.contains(&edit) {
            continue;
        }
        offered.push(edit.clone());
        actions.push(Action {
            title: format!("Excuse this here: allow {}", finding.rule),
            kind: ActionKind::QuickFix,
            edits: vec![(file, vec![edit])],
            finding: Some(Finding::clone(finding)),
            preferred: false,
            notes: Vec::new(),
        });
    }
}

/// What the quick fix of a list that is out of order is called.
const FIX: &str = "Renumber this list and the references to it";

/// An action that renumbers. Its title says so where it reaches further than its name, and where a person has to look at
/// the result.
fn action(kind: ActionKind, title: &str, renumbering: Renumbering) -> Action {
    let reaches_on = if renumbering.reaches_on { ", and the lists that go on from it" } else { "" };
    let doubts = match renumbering.doubts.len() {
        0 => String::new(),
        1 => " (1 reference names a deleted clause)".to_owned(),
        many => format!(" ({many} references name deleted clauses)"),
    };
    Action {
        title: format!("{title}{reaches_on}{doubts}"),
        kind,
        edits: renumbering.edits.into_iter().collect(),
        finding: None,
        preferred: false,
        notes: Vec::new(),
    }
}

fn quick_fixes(snapshot: &Snapshot, file: FileId, finding: &Finding, actions: &mut Vec<Action>) {
    for (index, fix) in finding.fixes.iter().enumerate() {
        let fix = match &fix.remedy {
            Remedy::Edits(edits) => Action {
                title: fix.title.clone(),
                kind: ActionKind::QuickFix,
                edits: vec![(file, edits.clone())],
                finding: None,
                preferred: false,
                notes: Vec::new(),
            },
            Remedy::Renumber(offset) => {
                let renumbering = renumber(snapshot, file, Scope::List(*offset)).unwrap_or_default();
                action(ActionKind::QuickFix, &fix.title, renumbering)
            }
        };
        if !fix.edits.is_empty() {
            actions.push(Action { finding: Some(finding.clone()), preferred: index == 0, ..fix });
        }
    }
}
