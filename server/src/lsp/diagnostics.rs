//! Findings as the protocol's diagnostics, for a client that waits for them and for one that asks.

use std::hash::{DefaultHasher, Hash, Hasher};

use std::collections::{BTreeSet, HashMap};

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::error_codes::SERVER_CANCELLED;
use tower_lsp::ls_types::*;

use super::context::Context;
use super::outbox::Outbox;
use super::progress::Bar;
use super::{SOURCE, position, uri};
use crate::rules::{Finding, Place, Severity};
use crate::workspace::{File, FileId, Problem};

/// Rules whose findings are of something that has ended: editors strike it through.
const ENDED: &[&str] = &["citation/abrogated"];

/// The diagnostics of a document, with the version that they are true for.
pub(super) fn of_file(context: &Context, id: FileId) -> (Vec<Diagnostic>, Option<i32>) {
    let Some(file) = context.snapshot.file(id) else { return (Vec::new(), None) };
    let findings = context.snapshot.findings(id);
    (findings.iter().map(|finding| of_finding(context, file, finding)).collect(), file.version)
}

/// A finding for the client, in as much detail as it can show.
pub(super) fn of_finding(context: &Context, file: &File, finding: &Finding) -> Diagnostic {
    let profile = &context.profile;
    let related = finding.related.iter().filter_map(|related| {
        let location = match &related.place {
            Place::Here(range) => context.location(file.id, *range),
            Place::Resolution(id, version) => context.location_of_resolution(id, version.as_ref()),
        }?;
        Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
    });
    let related: Vec<_> = if profile.related_information { related.collect() } else { Vec::new() };
    let deprecated = profile.deprecated_tag && ENDED.contains(&finding.rule);
    Diagnostic {
        range: context.range(file, finding.range),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Information => DiagnosticSeverity::INFORMATION,
            Severity::Hint => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        // A link to a page that the client could not show would lead nowhere.
        code_description: (profile.code_description && profile.catalogue_pages)
            .then(|| uri::of_rule(finding.rule))
            .flatten()
            .map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: (!related.is_empty()).then_some(related),
        tags: deprecated.then(|| vec![DiagnosticTag::DEPRECATED]),
        data: None,
    }
}

/// What keeps a file from being read, at its place.
pub(super) fn of_problem(problem: &Problem) -> Diagnostic {
    Diagnostic {
        range: position::of_place(problem.place),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: problem.message.clone(),
        ..Diagnostic::default()
    }
}

/// `textDocument/diagnostic`: the findings of a document and, for a client that takes them, of the open documents that cite
/// it and have other findings now than it was told last.
pub(super) fn pull(context: &Context, params: &DocumentDiagnosticParams) -> DocumentDiagnosticReportResult {
    let uri = &params.text_document.uri;
    let file = context.file(uri);
    let items = file.map(|file| of_file(context, file.id).0).unwrap_or_default();
    let related = file.filter(|_| context.profile.related_documents).map(|file| related(context, file));
    let related_documents = related.filter(|related| !related.is_empty());
    let report = report(items, params.previous_result_id.as_deref());
    context.answered.insert(uri.clone(), report.id().to_owned());
    let report = match report {
        Report::Full(full_document_diagnostic_report) => {
            DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
                related_documents,
                full_document_diagnostic_report,
            })
        }
        Report::Unchanged(unchanged_document_diagnostic_report) => {
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents,
                unchanged_document_diagnostic_report,
            })
        }
    };
    DocumentDiagnosticReportResult::Report(report)
}

/// What is to be said of the other open documents that cite what this one holds: an edit here may have changed it.
fn related(context: &Context, file: &File) -> HashMap<Uri, DocumentDiagnosticReportKind> {
    let held = file.facts().identities.iter().filter_map(|identity| identity.id.as_ref());
    let citing: BTreeSet<FileId> = held.flat_map(|id| context.snapshot.citing(id)).copied().collect();
    let mut related = HashMap::new();
    for other in citing.into_iter().filter_map(|id| context.snapshot.file(id)) {
        let Some(uri) = context.uri(other.id).filter(|_| other.is_open() && other.id != file.id) else { continue };
        // Of one that it has not asked about yet the client will.
        let Some(before) = context.answered.get(&uri).map(|before| before.clone()) else { continue };
        if let Report::Full(report) = report(of_file(context, other.id).0, Some(&before)) {
            context.answered.insert(uri.clone(), report.result_id.clone().unwrap_or_default());
            related.insert(uri, DocumentDiagnosticReportKind::Full(report));
        }
    }
    related
}

/// How many documents' findings go out at once to a client that takes them in parts.
const AT_ONCE: usize = 50;

/// `workspace/diagnostic`: in parts for a client that has a token for these, and then nothing is left for the answer.
///
/// # Errors
///
/// When something changes meanwhile by which all is judged: the client is told to ask again.
pub(super) fn pull_all(
    context: &Context,
    params: &WorkspaceDiagnosticParams,
    outbox: &Outbox,
    bar: Option<&Bar>,
) -> Result<WorkspaceDiagnosticReportResult> {
    let token = params.partial_result_params.partial_result_token.as_ref();
    let send = |items: &mut Vec<WorkspaceDocumentDiagnosticReport>| {
        let items = std::mem::take(items);
        if let Some(token) = token.filter(|_| !items.is_empty()) {
            outbox.progress(token, &WorkspaceDiagnosticReportPartialResult { items });
        }
    };
    let all = context.snapshot.files().count();
    let mut done: usize = 0;
    let items = judge_all(context, params, |items| {
        done += 1;
        if let Some(bar) = bar {
            let percentage = (done * 100).checked_div(all).and_then(|percent| u32::try_from(percent).ok());
            bar.report(percentage, || format!("{done} of {all} documents"));
        }
        if token.is_some() && items.len() >= AT_ONCE {
            send(items);
        }
    });
    let mut items = items?;
    if token.is_some() {
        send(&mut items);
    }
    Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items }))
}

/// The findings of every document; `behind` sees what there is so far behind each of them, and may take it.
fn judge_all(
    context: &Context,
    params: &WorkspaceDiagnosticParams,
    mut behind: impl FnMut(&mut Vec<WorkspaceDocumentDiagnosticReport>),
) -> Result<Vec<WorkspaceDocumentDiagnosticReport>> {
    let mut before: HashMap<&Uri, &str> =
        params.previous_result_ids.iter().map(|previous| (&previous.uri, previous.value.as_str())).collect();
    let mut items = Vec::new();
    let files: Vec<FileId> = context.snapshot.files().map(|file| file.id).collect();
    for (at, id) in files.iter().enumerate() {
        if context.is_cancelled() {
            break;
        }
        if context.is_overtaken() {
            return Err(ask_again());
        }
        if at % AT_ONCE == 0 {
            let next = files.get(at..files.len().min(at + AT_ONCE)).unwrap_or_default();
            context.snapshot.judge(next, &|| context.is_cancelled() || context.is_overtaken());
        }
        let Some(file) = context.snapshot.file(*id) else { continue };
        let Some(uri) = context.uri(file.id) else { continue };
        let (diagnostics, version) = of_file(context, file.id);
        let previous = before.remove(&uri);
        items.push(with_uri(report(diagnostics, previous), uri, version));
        behind(&mut items);
    }
    // A document that is gone has no findings any more.
    let gone = before.into_keys().filter(|uri| context.file(uri).is_none()).cloned();
    items.extend(gone.map(|uri| with_uri(report(Vec::new(), None), uri, None)));
    Ok(items)
}

/// The answer of a server that gives up an answer of its own accord, which a client may ask for again.
fn ask_again() -> Error {
    Error {
        code: ErrorCode::ServerError(SERVER_CANCELLED),
        message: "the configuration or the catalogue has changed meanwhile".into(),
        data: serde_json::to_value(DiagnosticServerCancellationData { retrigger_request: true }).ok(),
    }
}

enum Report {
    Full(FullDocumentDiagnosticReport),
    Unchanged(UnchangedDocumentDiagnosticReport),
}

impl Report {
    /// The name of what is said.
    fn id(&self) -> &str {
        match self {
            Report::Full(report) => report.result_id.as_deref().unwrap_or_default(),
            Report::Unchanged(report) => &report.result_id,
        }
    }
}

/// Names the diagnostics by what they say, and says only the name to a client that has them.
fn report(items: Vec<Diagnostic>, previous: Option<&str>) -> Report {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(&items).unwrap_or_default().hash(&mut hasher);
    let result_id = format!("{:016x}", hasher.finish());
    if previous == Some(&result_id) {
        Report::Unchanged(UnchangedDocumentDiagnosticReport { result_id })
    } else {
        Report::Full(FullDocumentDiagnosticReport { result_id: Some(result_id), items })
    }
}

fn with_uri(report: Report, uri: Uri, version: Option<i32>) -> WorkspaceDocumentDiagnosticReport {
    let version = version.map(i64::from);
    match report {
        Report::Full(full_document_diagnostic_report) => {
            WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report }.into()
        }
        Report::Unchanged(unchanged_document_diagnostic_report) => {
            WorkspaceUnchangedDocumentDiagnosticReport { uri, version, unchanged_document_diagnostic_report }.into()
        }
    }
}
