//! Files that are made, moved and deleted in the editor: what names them follows, and what breaks is said.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use tower_lsp::ls_types::*;

use super::actions::workspace_edit;
use super::context::Context;
use super::outbox::Outbox;
use super::uri;
use crate::ide::losses::{Loss, losses};
use crate::ide::moved::{moved, moved_in_json, moved_links};
use crate::syntax;
use crate::workspace::{CONFIG_FILE, FileId, FileKind, read_text};

/// How many files a warning names.
const MOST_NAMED: usize = 3;

/// What the server wants to be told of, of what the client tells.
pub(super) fn offered(
    client: &WorkspaceFileOperationsClientCapabilities,
) -> Option<WorkspaceFileOperationsServerCapabilities> {
    let filter = |glob: &str, matches: FileOperationPatternKind| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern { glob: glob.to_owned(), matches: Some(matches), options: None },
    };
    let folders = filter("**", FileOperationPatternKind::Folder);
    let ours = filter("**/*.{resmark,json}", FileOperationPatternKind::File);
    // A link may lead to a file of any kind.
    let any = filter("**", FileOperationPatternKind::File);
    let options = |wanted: Option<bool>, files: &FileOperationFilter| {
        let filters = vec![files.clone(), folders.clone()];
        (wanted == Some(true)).then_some(FileOperationRegistrationOptions { filters })
    };
    let offered = WorkspaceFileOperationsServerCapabilities {
        did_create: options(client.did_create, &ours),
        will_create: None,
        did_rename: options(client.did_rename, &any),
        will_rename: options(client.will_rename, &any),
        did_delete: options(client.did_delete, &any),
        will_delete: options(client.will_delete, &any),
    };
    (offered != WorkspaceFileOperationsServerCapabilities::default()).then_some(offered)
}

/// What is moved, from where to where.
pub(super) fn moves(params: &RenameFilesParams) -> Vec<(PathBuf, PathBuf)> {
    let path = |file: &FileRename| Some((uri::parse(&file.old_uri)?, uri::parse(&file.new_uri)?));
    params.files.iter().filter_map(path).collect()
}

/// What is deleted.
pub(super) fn deletions(params: &DeleteFilesParams) -> BTreeSet<PathBuf> {
    params.files.iter().filter_map(|file| uri::parse(&file.uri)).collect()
}

/// `workspace/willRenameFiles`: what names the files by their path follows, in texts, catalogue and configuration files.
/// Where a file will no longer be read as what it is, a warning says what that breaks.
pub(super) fn will_rename(context: &Context, outbox: &Outbox, params: &RenameFilesParams) -> Option<WorkspaceEdit> {
    let moves = moves(params);
    warn_of_moves(context, outbox, &moves);
    let exists = |path: &Path| path.exists();
    let links: Vec<(FileId, Vec<syntax::TextEdit>)> =
        moved_links(&context.snapshot, &moves, &exists).into_iter().collect();
    let mut edit = workspace_edit(context, links)?;
    for (path, edits) in json_edits(context, &moves, &exists) {
        add(context, &mut edit, path, edits);
    }
    let none = WorkspaceEdit { changes: Some(HashMap::new()), ..WorkspaceEdit::default() };
    let empty =
        WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(Vec::new())), ..WorkspaceEdit::default() };
    (edit != none && edit != empty).then_some(edit)
}

/// The edits of the catalogue and configuration files, by their paths.
fn json_edits(
    context: &Context,
    moves: &[(PathBuf, PathBuf)],
    exists: &dyn Fn(&Path) -> bool,
) -> BTreeMap<PathBuf, Vec<TextEdit>> {
    let snapshot = &context.snapshot;
    let catalogues = snapshot.catalogue().files().map(PathBuf::from);
    let configs = snapshot.config_folders().map(|folder| folder.join(CONFIG_FILE));
    let mut edits = BTreeMap::new();
    for path in catalogues.chain(configs) {
        // What cannot be read now names nothing.
        let Ok(text) = read_text(&path) else { continue };
        let own = moved_in_json(&text, &path, &context.folders, moves, exists);
        if own.is_empty() {
            continue;
        }
        let rope = ropey::Rope::from_str(&text);
        let range = |range| context.profile.encoding.range(&rope, range);
        let own = own.into_iter().map(|edit| TextEdit { range: range(edit.range), new_text: edit.text }).collect();
        edits.insert(path, own);
    }
    edits
}

/// Puts the edits of one more file into an edit.
fn add(context: &Context, edit: &mut WorkspaceEdit, path: PathBuf, edits: Vec<TextEdit>) {
    let Some(uri) = uri::of_path(&path) else { return };
    match &mut edit.document_changes {
        Some(DocumentChanges::Edits(documents)) if context.profile.document_changes => {
            documents.push(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri, version: None },
                edits: edits.into_iter().map(OneOf::Left).collect(),
            });
        }
        _ => drop(edit.changes.get_or_insert_default().insert(uri, edits)),
    }
}

/// `workspace/willDeleteFiles`: nothing is changed; a warning says what breaks.
pub(super) fn will_delete(context: &Context, outbox: &Outbox, params: &DeleteFilesParams) -> Option<WorkspaceEdit> {
    warn_of_deletions(context, outbox, &deletions(params));
    None
}

/// Says what breaks when these files and folders are deleted; nothing, if nothing does.
pub(super) fn warn_of_deletions(context: &Context, outbox: &Outbox, gone: &BTreeSet<PathBuf>) {
    let is_gone = |path: &Path| path.ancestors().any(|folder| gone.contains(folder));
    let what = format!("deleted: {}", names(gone.iter().map(PathBuf::as_path)));
    warn(context, outbox, &losses(&context.snapshot, &is_gone), &what);
}

/// Says what breaks when files are moved to where they are not read as what they are; nothing, if nothing does.
pub(super) fn warn_of_moves(context: &Context, outbox: &Outbox, moves: &[(PathBuf, PathBuf)]) {
    let is_gone = |path: &Path| {
        let kind = FileKind::of(path);
        kind.is_some() && moved(moves, path).is_some_and(|new| FileKind::of(&new) != kind)
    };
    let unread = moves.iter().filter(|(old, _)| is_gone(old)).map(|(_, new)| new.as_path());
    let what = format!("no longer read as before: {}", names(unread));
    let mut losses = losses(&context.snapshot, &is_gone);
    // Links follow.
    losses.values_mut().for_each(|loss| loss.links = 0);
    losses.retain(|_, loss| loss.citations > 0);
    warn(context, outbox, &losses, &what);
}

fn warn(context: &Context, outbox: &Outbox, losses: &BTreeMap<FileId, Loss>, what: &str) {
    let name = |id: &FileId| context.snapshot.file(*id).map(|file| file.location.name());
    let losses: Vec<(String, Loss)> = losses.iter().filter_map(|(id, loss)| Some((name(id)?, *loss))).collect();
    if let Some(message) = warning(&losses, what) {
        outbox.show(MessageType::WARNING, message);
    }
}

/// What breaks, how much of it in which files, why, and what to do.
fn warning(losses: &[(String, Loss)], what: &str) -> Option<String> {
    let citations: usize = losses.iter().map(|(_, loss)| loss.citations).sum();
    let links: usize = losses.iter().map(|(_, loss)| loss.links).sum();
    let broken = match (citations, links) {
        (0, 0) => return None,
        (_, 0) => {
            format!("{} {} the text", counted(citations, "citation"), if citations == 1 { "loses" } else { "lose" })
        }
        (0, _) => format!("{} {} nowhere", counted(links, "link"), if links == 1 { "leads" } else { "lead" }),
        _ => format!("{} and {} lose what they lead to", counted(citations, "citation"), counted(links, "link")),
    };
    let named = losses.iter().take(MOST_NAMED).map(|(name, loss)| format!("{} in {name}", loss.citations + loss.links));
    let mut named: Vec<String> = named.collect();
    if losses.len() > MOST_NAMED {
        named.push(format!("others in {}", counted(losses.len() - MOST_NAMED, "more file")));
    }
    let named = named.join(", ");
    Some(format!("{broken}: {named} ({what}). Undo to keep it, or change them."))
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// The names of the first few files.
fn names<'a>(paths: impl Iterator<Item = &'a Path>) -> String {
    let all: Vec<_> = paths.filter_map(Path::file_name).map(|name| name.to_string_lossy().into_owned()).collect();
    let mut names: Vec<String> = all.iter().take(MOST_NAMED).cloned().collect();
    if all.len() > MOST_NAMED {
        names.push(format!("{} more", all.len() - MOST_NAMED));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss(name: &str, citations: usize, links: usize) -> (String, Loss) {
        (name.to_owned(), Loss { citations, links })
    }

    #[test]
    fn a_warning_counts_names_and_says_what_to_do() {
        assert_eq!(warning(&[], "deleted: a.resmark"), None);
        assert_eq!(
            warning(&[loss("b.resmark", 1, 0)], "deleted: a.resmark").as_deref(),
            Some("1 citation loses the text: 1 in b.resmark (deleted: a.resmark). Undo to keep it, or change them.")
        );
        let many = ["b", "c", "d", "e", "f"].map(|name| loss(name, 2, 1));
        assert_eq!(
            warning(&many, "deleted: a").as_deref(),
            Some(
                "10 citations and 5 links lose what they lead to: 3 in b, 3 in c, 3 in d, others in 2 more files \
                 (deleted: a). Undo to keep it, or change them."
            )
        );
    }

    #[test]
    fn only_what_the_client_tells_is_asked_for() {
        assert_eq!(offered(&Default::default()), None);
        let client = WorkspaceFileOperationsClientCapabilities { will_rename: Some(true), ..Default::default() };
        let offered = offered(&client).unwrap_or_default();
        assert!(offered.will_rename.is_some() && offered.did_rename.is_none() && offered.did_create.is_none());
    }
}
