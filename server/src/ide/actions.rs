//! Code actions: the fixes of findings, and renumbering.

use super::fix_all::fix_all;
use super::renumber::{Scope, renumber};
use crate::excuse;
use crate::rules::{self, Finding, Remedy};
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
    /// Makes every fix of the file that cannot be wrong.
    FixAll,
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
        let touched = findings.into_iter().filter(|finding| finding.range.intersect(range).is_some());
        let touched: Vec<Finding> = touched.collect();
        for finding in &touched {
            quick_fixes(snapshot, file, finding, &mut actions);
        }
        excuses(snapshot, file, &touched, &mut actions);
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
    if wanted(ActionKind::FixAll)
        && let Some(all) = fix_all(snapshot, file)
    {
        let title = format!("Fix everything that has only one right form ({})", all.fixes);
        let edits = vec![(file, all.edits)];
        actions.push(Action { title, kind: ActionKind::FixAll, edits, finding: None, preferred: false });
    }
    actions
}

/// What leaves the findings as they are and says so in the text; last, since it puts nothing right.
fn excuses(snapshot: &Snapshot, file: FileId, findings: &[Finding], actions: &mut Vec<Action>) {
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
            finding: Some(finding.clone()),
            preferred: false,
        });
    }
}

fn quick_fixes(snapshot: &Snapshot, file: FileId, finding: &Finding, actions: &mut Vec<Action>) {
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
