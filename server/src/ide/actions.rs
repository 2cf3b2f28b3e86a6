//! Code actions: the fixes of findings, and renumbering.

use super::renumber::{Renumbering, Scope, renumber};
use crate::numbering::Problem;
use crate::rules::{Finding, Remedy};
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
}

/// What can be done at `range` of a file, of the kinds that `wanted` asks for. Actions that would change nothing are
/// left out.
pub fn actions(
    snapshot: &Snapshot,
    file: FileId,
    range: TextRange,
    wanted: impl Fn(ActionKind) -> bool,
) -> Vec<Action> {
    let mut actions = Vec::new();
    if wanted(ActionKind::QuickFix) {
        let findings = snapshot.findings(file);
        // A finding that the range touches, be it only at an end.
        for finding in findings.into_iter().filter(|finding| finding.range.intersect(range).is_some()) {
            quick_fixes(snapshot, file, finding, &mut actions);
        }
    }
    if wanted(ActionKind::QuickFix) {
        // Where a clause was put in, taken out or moved, the list breaks at another label, maybe out of sight.
        let renumbering = renumber(snapshot, file, Scope::List(range.start()));
        let action = renumbering.map(|renumbering| action(ActionKind::QuickFix, FIX, renumbering));
        actions.extend(action.filter(|action| !actions.iter().any(|other| other.edits == action.edits)));
    }
    // One that is asked for by its name is wanted even where it does no more than a smaller one.
    let by_name = !wanted(ActionKind::RenumberDocument);
    let several = snapshot.file(file).is_some_and(|file| file.facts().document.resolutions.len() > 1);
    let others = || {
        let out_of_order = |problem: &Problem| problem.renumbers;
        snapshot.files().any(|other| other.id != file && other.facts().numbering.iter().any(out_of_order))
    };
    let at = range.start();
    let sources = [
        (ActionKind::RenumberList, Scope::List(at), "Renumber this list"),
        (ActionKind::RenumberSection, Scope::Section(at), "Renumber this section"),
        (ActionKind::RenumberResolution, Scope::Resolution(at), "Renumber this resolution"),
        (ActionKind::RenumberDocument, Scope::Document, "Renumber the whole document"),
        (ActionKind::RenumberWorkspace, Scope::Workspace, "Renumber the whole workspace"),
    ];
    for (kind, scope, title) in sources.into_iter().filter(|(kind, ..)| wanted(*kind)) {
        let adds = match kind {
            ActionKind::RenumberResolution => by_name || several,
            ActionKind::RenumberWorkspace => by_name || others(),
            _ => true,
        };
        let renumbering = if adds { renumber(snapshot, file, scope) } else { None };
        actions.extend(renumbering.map(|renumbering| action(kind, title, renumbering)));
    }
    actions
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
    }
}

fn quick_fixes(snapshot: &Snapshot, file: FileId, finding: Finding, actions: &mut Vec<Action>) {
    for (index, fix) in finding.fixes.iter().enumerate() {
        let fix = match &fix.remedy {
            Remedy::Edits(edits) => Action {
                title: fix.title.clone(),
                kind: ActionKind::QuickFix,
                edits: vec![(file, edits.clone())],
                finding: None,
                preferred: false,
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
