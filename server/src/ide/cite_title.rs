//! Puts the title of what is cited beside the citation.

use super::actions::{Action, ActionKind};
use crate::rules;
use crate::syntax::TextSize;
use crate::workspace::{FileId, Snapshot};

/// The longest title that is shown whole in a menu, in characters.
const LONGEST: usize = 60;

/// The action for the citation at `offset`; `None` where there is none, or nothing to add.
pub(super) fn give_title(snapshot: &Snapshot, file: FileId, offset: TextSize) -> Option<Action> {
    let (title, edit) = rules::give_title(&snapshot.input(snapshot.file(file)?), offset)?;
    let mut shown: String = title.chars().take(LONGEST).collect();
    if shown.len() < title.len() {
        shown = format!("{}…", shown.trim_end());
    }
    Some(Action {
        title: format!("Give the title: “{shown}”"),
        kind: ActionKind::GiveTitle,
        edits: vec![(file, vec![edit])],
        finding: None,
        preferred: false,
        notes: Vec::new(),
    })
}
