//! Which citations something newer has overtaken, as the findings have it.

use std::collections::HashMap;

use crate::rules::Severity;
use crate::syntax::TextRange;
use crate::workspace::{FileId, Snapshot};

/// What has happened to what is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Overtaken {
    /// Right when the text was written or named as history, and something newer is there today.
    Since,
    /// Out of date or abrogated, and to be put right.
    OutOfDate,
}

/// The citations of a file that something newer has overtaken, by their ranges. What is pinned or excused is not among
/// them: the old text is meant.
pub fn overtaken(snapshot: &Snapshot, file: FileId) -> HashMap<TextRange, Overtaken> {
    let mut found = HashMap::new();
    for finding in snapshot.findings(file) {
        let what = match finding.rule {
            "citation/outdated" | "citation/abrogated" | "citation/draft-symbol"
                if finding.severity > Severity::Hint =>
            {
                Overtaken::OutOfDate
            }
            "citation/outdated" | "citation/abrogated" | "citation/draft-symbol" | "citation/revised-since" => {
                Overtaken::Since
            }
            _ => continue,
        };
        let entry = found.entry(finding.range).or_insert(what);
        *entry = what.max(*entry);
    }
    found
}
