//! A finding: what is wrong, where, why, and how to put it right.

use serde::{Deserialize, Serialize};

use crate::citation::{ResolutionId, Version};
use crate::syntax::{TextEdit, TextRange, TextSize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something to know.
    Hint,
    /// Something to look at.
    Information,
    /// Probably wrong.
    Warning,
    /// Certainly wrong.
    Error,
}

/// Something found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What to underline.
    pub range: TextRange,
    /// One or two short sentences in plain language: what is wrong, and the next step.
    pub message: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// How to put it right, the best first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// A finding without related places or fixes.
    pub fn new(rule: &'static str, severity: Severity, range: TextRange, message: impl Into<String>) -> Finding {
        Finding { rule, severity, range, message: message.into(), related: Vec::new(), fixes: Vec::new() }
    }

    /// With one more related place.
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Finding {
        self.related.push(Related { place, message: message.into() });
        self
    }

    /// With one more fix, which a person has to look at.
    pub fn fix(mut self, title: impl Into<String>, remedy: Remedy) -> Finding {
        self.fixes.push(Fix { title: title.into(), remedy, certain: false });
        self
    }

    /// With one more fix that cannot be wrong.
    pub fn sure_fix(mut self, title: impl Into<String>, remedy: Remedy) -> Finding {
        self.fixes.push(Fix { title: title.into(), remedy, certain: true });
        self
    }
}

/// A place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is to be seen there.
    pub message: String,
}

/// A place in this text or in whatever text a resolution has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the text that was checked.
    Here(TextRange),
    /// A resolution: its file in the workspace, or the catalogue's page about it.
    Resolution(ResolutionId, Option<Version>),
}

/// A way to put a finding right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: “Renumber this list”.
    pub title: String,
    /// How.
    pub remedy: Remedy,
    /// Whether it cannot be wrong, so that “fix all” may take it.
    pub certain: bool,
}

/// What a fix does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Replacements in the text that was checked.
    Edits(Vec<TextEdit>),
    /// Renumber the list that the clause at this place stands in, with all that refers to it.
    Renumber(TextSize),
}
