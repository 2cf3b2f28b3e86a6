//! `resmark/status`: what an editor's status bar says of a document.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::TextDocumentIdentifier;

use super::context::Context;
use crate::ide::status::{Counts, ProfileFrom, status};

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Params {
    pub text_document: TextDocumentIdentifier,
}

/// The answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    /// `null` where nothing says which house it is.
    profile: Option<&'static str>,
    profile_name: Option<&'static str>,
    /// `text`, `configuration`, `organ` or, where nothing says so, `default`.
    profile_from: &'static str,
    /// Why it is this profile, in a sentence.
    profile_reason: String,
    language: Option<&'static str>,
    /// The day as of which citations are judged, `YYYY-MM-DD`.
    as_of: String,
    changes: bool,
    findings: Findings,
    reading: bool,
}

#[derive(Debug, Serialize)]
struct Findings {
    error: usize,
    warning: usize,
    information: usize,
    hint: usize,
}

/// The status of a document; `None` for one that is not there.
pub(super) fn of(context: &Context, params: &Params) -> Option<Answer> {
    let file = context.file(&params.text_document.uri)?;
    let status = status(&context.snapshot, file.id)?;
    let Counts { error, warning, information, hint } = status.findings;
    Some(Answer {
        profile: status.profile,
        profile_name: status.profile_name,
        profile_from: match status.profile_from {
            ProfileFrom::Text => "text",
            ProfileFrom::Configuration => "configuration",
            ProfileFrom::Organ => "organ",
            ProfileFrom::Nobody => "default",
        },
        profile_reason: status.reason,
        language: status.language.map(|language| language.code()),
        as_of: context.snapshot.today_for(&file.location).to_string(),
        changes: status.changes,
        findings: Findings { error, warning, information, hint },
        reading: status.reading,
    })
}
