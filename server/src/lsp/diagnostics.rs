//! Findings as the protocol's diagnostics, for a client that waits for them and for one that asks.

use std::hash::{DefaultHasher, Hash, Hasher};

use std::collections::HashMap;

use tower_lsp::ls_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    NumberOrString, RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportResult, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use super::context::Context;
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

/// `textDocument/diagnostic`
pub(super) fn pull(context: &Context, params: &DocumentDiagnosticParams) -> DocumentDiagnosticReportResult {
    let items = match context.file(&params.text_document.uri) {
        Some(file) => of_file(context, file.id).0,
        None => Vec::new(),
    };
    let report = match report(items, params.previous_result_id.as_deref()) {
        Report::Full(report) => DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: report,
        }),
        Report::Unchanged(report) => DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: report,
        }),
    };
    DocumentDiagnosticReportResult::Report(report)
}

/// `workspace/diagnostic`
pub(super) fn pull_all(context: &Context, params: &WorkspaceDiagnosticParams) -> WorkspaceDiagnosticReportResult {
    let mut before: HashMap<&Uri, &str> =
        params.previous_result_ids.iter().map(|previous| (&previous.uri, previous.value.as_str())).collect();
    let mut items = Vec::new();
    for file in context.snapshot.files() {
        if context.is_cancelled() {
            break;
        }
        let Some(uri) = context.uri(file.id) else { continue };
        let (diagnostics, version) = of_file(context, file.id);
        let previous = before.remove(&uri);
        items.push(with_uri(report(diagnostics, previous), uri, version));
    }
    // A document that is gone has no findings any more.
    let gone = before.into_keys().filter(|uri| context.file(uri).is_none()).cloned();
    items.extend(gone.map(|uri| with_uri(report(Vec::new(), None), uri, None)));
    WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items })
}

enum Report {
    Full(FullDocumentDiagnosticReport),
    Unchanged(UnchangedDocumentDiagnosticReport),
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
