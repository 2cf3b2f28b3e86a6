//! `resmark/preview`: a text as it would be printed, as HTML or as lines for a terminal.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{TextDocumentIdentifier, Uri};

use super::context::Context;
use super::{features, uri};
use crate::ide::definition::Destination;
use crate::ide::preview::page::of_markdown;
use crate::ide::preview::{Link, Preview, View, html, preview, text};
use crate::syntax::Language;

/// How wide a terminal is where nobody says so, in columns.
const WIDTH: usize = 80;

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PreviewParams {
    pub text_document: TextDocumentIdentifier,
    #[serde(default)]
    pub view: ViewName,
    #[serde(default)]
    pub format: Format,
    /// In columns.
    pub width: Option<usize>,
}

/// A view as the protocol names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum ViewName {
    InForce,
    #[default]
    Tracked,
    AsAmended,
}

impl ViewName {
    const ALL: [ViewName; 3] = [ViewName::InForce, ViewName::Tracked, ViewName::AsAmended];

    /// As the protocol writes it.
    pub(super) fn name(self) -> &'static str {
        match self {
            ViewName::InForce => "inForce",
            ViewName::Tracked => "tracked",
            ViewName::AsAmended => "asAmended",
        }
    }

    /// The view of a name.
    pub(super) fn named(name: &str) -> Option<ViewName> {
        ViewName::ALL.into_iter().find(|view| view.name() == name)
    }

    fn view(self) -> View {
        match self {
            ViewName::InForce => View::InForce,
            ViewName::Tracked => View::Tracked,
            ViewName::AsAmended => View::AsAmended,
        }
    }
}

/// What a preview is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Format {
    #[default]
    Html,
    Text,
}

/// A preview.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PreviewAnswer {
    pub uri: Uri,
    /// The version of the document that it shows; `null` for one that is not open.
    pub version: Option<i32>,
    pub view: ViewName,
    pub title: String,
    pub language: Language,
    pub direction: &'static str,
    pub layout: &'static str,
    /// Whether the document has tracked changes, so that its views differ.
    pub changes: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<TextLine>>,
}

/// A line of a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct TextLine {
    pub text: String,
    /// The line of the document on which its paragraph begins, from 0.
    pub line: Option<u32>,
    pub marks: Vec<TextMark>,
}

/// A stretch of a line, in bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct TextMark {
    pub start: usize,
    pub end: usize,
    pub kind: &'static str,
    /// Of a citation: where it leads, and on which line there, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Of a citation: what it is, as the classes of the HTML say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<&'static str>,
}

/// `resmark/preview`. `None` for a document that there is not.
pub(super) fn answer(context: &Context, params: &PreviewParams) -> Option<PreviewAnswer> {
    let uri = &params.text_document.uri;
    let file = context.file(uri);
    let made: Preview = match file {
        Some(file) => preview(&context.snapshot, file.id, params.view.view())?,
        None => of_markdown(&features::page(context, uri)?),
    };
    let (html, lines) = match params.format {
        Format::Html => (Some(html::write(&made, &|place| address(context, place))), None),
        Format::Text => (None, Some(text::lines(&made, params.width.unwrap_or(WIDTH), text::Changes::Marked))),
    };
    Some(PreviewAnswer {
        uri: uri.clone(),
        version: file.and_then(|file| file.version),
        view: params.view,
        direction: html::direction(made.language),
        layout: &made.layout.id,
        language: made.language,
        changes: made.changes,
        html,
        lines: lines.map(|lines| lines.into_iter().map(|line| text_line(context, &made.links, line)).collect()),
        title: made.title,
    })
}

fn text_line(context: &Context, links: &[Link], line: text::Line) -> TextLine {
    let mark = |mark: text::Mark| {
        let link = mark.link.and_then(|link| links.get(link));
        let leads = link.and_then(|link| address(context, link.destination.as_ref()?));
        let (uri, line) = leads.unzip();
        TextMark {
            start: mark.range.start,
            end: mark.range.end,
            kind: mark.kind,
            uri,
            line,
            class: link.map(|link| link.class),
        }
    };
    TextLine { text: line.text, line: line.line, marks: line.marks.into_iter().map(mark).collect() }
}

/// The address of a place. A page of the catalogue has one for everybody: the preview shows it itself.
fn address(context: &Context, place: &Destination) -> Option<html::Address> {
    match place {
        Destination::File { file, selection, .. } => {
            let rope = &context.snapshot.file(*file)?.reading().rope;
            let line = rope.try_byte_to_line(selection.start().into()).ok()?;
            Some((context.uri(*file)?.as_str().to_owned(), u32::try_from(line).ok()?))
        }
        Destination::Page { id, version } => Some((uri::of_page_at(id, version.as_ref())?.as_str().to_owned(), 0)),
    }
}
