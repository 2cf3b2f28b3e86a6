//! Findings as SARIF 2.1.0, which code hosts show beside the lines of a change.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_sarif::sarif::{
    ArtifactLocation, Invocation, Location, Message, PhysicalLocation, Region, ReportingConfiguration,
    ReportingDescriptor, Result as SarifResult, ResultLevel, Run, Sarif, Tool, ToolComponent,
};

use super::check::{Judged, to_json};
use super::place::Span;
use crate::rules::{RULES, Severity};
use crate::workspace::Snapshot;

/// What a relative URI holds beside letters and digits.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// The log of one run; `complete`: whether everything that was named could be read.
pub(super) fn log(judged: &[Judged<'_>], snapshot: &Snapshot, complete: bool) -> String {
    let rules: Vec<ReportingDescriptor> = RULES
        .iter()
        .map(|rule| {
            let level = serde_json::json!(level(rule.severity));
            ReportingDescriptor::builder()
                .id(rule.id)
                .default_configuration(ReportingConfiguration::builder().level(level).build())
                .build()
        })
        .collect();
    let driver = ToolComponent::builder().name("resmark").version(env!("CARGO_PKG_VERSION")).rules(rules).build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .invocations(vec![Invocation::builder().execution_successful(complete).build()])
        .column_kind(serde_json::json!("unicodeCodePoints"))
        .results(judged.iter().flat_map(|file| results(file, snapshot)).collect::<Vec<_>>())
        .build();
    let log = Sarif::builder()
        .schema("https://json.schemastore.org/sarif-2.1.0.json")
        .version(serde_json::json!("2.1.0"))
        .runs(vec![run])
        .build();
    to_json(&log)
}

fn results(Judged { target, findings }: &Judged<'_>, snapshot: &Snapshot) -> Vec<SarifResult> {
    let Some(file) = snapshot.file(target.file) else { return Vec::new() };
    let artifact = ArtifactLocation::builder().uri(uri(&target.name)).build();
    findings
        .iter()
        .map(|finding| {
            let span = Span::of(finding.range, &file.rope());
            let region = Region::builder()
                .start_line(span.line as i64)
                .start_column(span.column as i64)
                .end_line(span.end_line as i64)
                .end_column(span.end_column as i64)
                .build();
            let place = PhysicalLocation::builder().artifact_location(artifact.clone()).region(region).build();
            let result = SarifResult::builder()
                .rule_id(finding.rule)
                .message(Message::builder().text(finding.message.as_str()).build())
                .level(level(finding.severity))
                .locations(vec![Location::builder().physical_location(place).build()]);
            match RULES.iter().position(|rule| rule.id == finding.rule) {
                Some(index) => result.rule_index(index as i64).build(),
                None => result.build(),
            }
        })
        .collect()
}

/// A path as a URI reference: relative to the folder that the command ran in, or `file:` where it is absolute.
fn uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let encoded = utf8_percent_encode(&text, IN_PATH).to_string();
    match path.is_absolute() {
        true => format!("file://{}{encoded}", if encoded.starts_with('/') { "" } else { "/" }),
        false => encoded,
    }
}

/// SARIF has no level below a note.
fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
        Severity::Information | Severity::Hint => ResultLevel::Note,
    }
}
