//! Code actions: the fixes of findings, and renumbering.

use super::renumber::{Scope, renumber};
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
    /// Renumbers every resolution of the file.
    RenumberDocument,
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
    let sources = [
        (ActionKind::RenumberList, Scope::List(range.start()), "Renumber this list"),
        (ActionKind::RenumberSection, Scope::Section(range.start()), "Renumber this section"),
        (ActionKind::RenumberDocument, Scope::Document, "Renumber the whole document"),
    ];
    for (kind, scope, title) in sources.into_iter().filter(|(kind, ..)| wanted(*kind)) {
        if let Some(renumbering) = renumber(snapshot, file, scope) {
            let edits = renumbering.edits.into_iter().collect();
            actions.push(Action { title: title.to_owned(), kind, edits, finding: None, preferred: false });
        }
    }
    actions
}

fn quick_fixes(snapshot: &Snapshot, file: FileId, finding: Finding, actions: &mut Vec<Action>) {
    for (index, fix) in finding.fixes.iter().enumerate() {
        let edits = match &fix.remedy {
            Remedy::Edits(edits) => vec![(file, edits.clone())],
            Remedy::Renumber(offset) => {
                let renumbering = renumber(snapshot, file, Scope::List(*offset)).unwrap_or_default();
                renumbering.edits.into_iter().collect()
            }
        };
        if edits.is_empty() {
            continue;
        }
        actions.push(Action {
            title: fix.title.clone(),
            kind: ActionKind::QuickFix,
            edits,
            finding: Some(finding.clone()),
            preferred: index == 0,
        });
    }
}
