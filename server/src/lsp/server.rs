//! The handlers: each hands its message to the owner and, if it is a request, waits for the answer.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use futures::channel::oneshot;
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::request::{
    GotoDeclarationParams, GotoDeclarationResponse, GotoImplementationParams, GotoImplementationResponse,
    GotoTypeDefinitionParams, GotoTypeDefinitionResponse,
};
use tower_lsp::ls_types::*;
use tower_lsp::{Client, LanguageServer};

use super::client::{ClientProfile, Settings};
use super::context::Context;
use super::outbox::Outbox;
use super::owner::{self, Mailbox, Message, Question, When, local_folders};
use super::pool::guarded;
use super::preview_server::{Address, AddressParams, PreviewServer, ScrollParams};
use super::progress::Bar;
use super::socket::Marks;
use super::{
    actions, capabilities, citations, completion, diagnostics, features, files, folding, formatting, goto, graph,
    hierarchy, hover, inlay, lens, links, outline, preview, rename, selection, status, tokens, workspace_symbols,
};

/// The server, as the library sees it.
pub(super) struct Backend {
    mailbox: Mailbox,
    outbox: Outbox,
    /// When it was last said that an answer is not for sure, in the count of [`Context::epoch`].
    told: Arc<AtomicU64>,
    /// The pages in browsers, from the first one on.
    preview_server: tokio::sync::OnceCell<PreviewServer>,
    goodbye: Arc<AtomicBool>,
    /// The last semantic tokens of each document.
    tokens: Arc<tokens::Answers>,
}

/// A document named by its URI.
#[derive(Debug, Deserialize)]
pub(super) struct DocumentName {
    pub uri: Uri,
}

/// The text of a page that the server writes.
#[derive(Debug, Serialize)]
pub(super) struct DocumentContent {
    pub text: String,
}

/// The text of a document as the server has it.
#[derive(Debug, Serialize)]
pub(super) struct DocumentText {
    pub text: String,
    pub version: Option<i32>,
}

/// Tells those who still work on an answer that nobody waits for it: the library drops a cancelled request's future.
struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Backend {
    pub(super) fn new(client: Client, marks: Marks) -> Backend {
        let outbox = Outbox::new(client, tokio::runtime::Handle::current(), marks);
        Backend {
            mailbox: owner::start(outbox.clone()),
            outbox,
            told: Arc::new(AtomicU64::new(u64::MAX)),
            preview_server: tokio::sync::OnceCell::new(),
            goodbye: Arc::default(),
            tokens: Arc::default(),
        }
    }

    /// Set when the client has asked to shut down.
    pub(super) fn goodbye(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.goodbye)
    }

    /// The way to the owner.
    pub(super) fn mailbox(&self) -> Mailbox {
        self.mailbox.clone()
    }

    /// Asks for something that a drafter waits for.
    fn ask<T: Send + 'static>(
        &self,
        feature: &'static str,
        answer: impl FnOnce(&Context) -> T + Send + 'static,
    ) -> impl Future<Output = Result<T>> {
        self.question(feature, When::Now, answer)
    }

    /// Hands a question to the owner, at once; the future waits for the answer.
    fn question<T: Send + 'static>(
        &self,
        feature: &'static str,
        when: When,
        answer: impl FnOnce(&Context) -> T + Send + 'static,
    ) -> impl Future<Output = Result<T>> {
        let (sender, receiver) = oneshot::channel();
        let cancelled = Arc::new(AtomicBool::new(false));
        let cancel = CancelOnDrop(Arc::clone(&cancelled));
        let outbox = self.outbox.clone();
        let answer = Box::new(move |context: &Context| {
            let answer = guarded(|| answer(context)).map_err(|panic| {
                let message = format!("{feature} failed ({panic}); please report it");
                outbox.log(MessageType::ERROR, message.clone());
                Error { message: message.into(), ..Error::internal_error() }
            });
            let _ = sender.send(answer);
        });
        self.mailbox.send(Message::Ask(Question { cancelled, when, answer }));
        async move {
            let _cancel = cancel;
            receiver.await.unwrap_or_else(|_| Err(Error::internal_error()))
        }
    }

    /// The answer to a question, behind the end of the progress bar that the client has prepared for it, if it has.
    async fn behind<T>(&self, bar: Option<Bar>, answer: impl Future<Output = Result<T>>) -> Result<T> {
        let answer = answer.await;
        if let Some(bar) = bar {
            bar.end(None);
            self.outbox.flushed().await;
        }
        answer
    }

    /// `window/workDoneProgress/cancel`: the drafter does not want to wait for the end of something.
    pub(super) async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.mailbox.send(Message::Cancel(params.token));
    }

    /// `workspace/textDocumentContent`: the text of a page about a resolution that only the catalogue knows.
    pub(super) async fn document_content(&self, params: DocumentName) -> Result<DocumentContent> {
        let unknown = format!("{}: there is no such page", params.uri.as_str());
        let page = self.ask("showing a page", move |context| features::page(context, &params.uri)).await?;
        page.map(|text| DocumentContent { text }).ok_or_else(|| Error::invalid_params(unknown))
    }

    /// `textDocument/rangesFormatting`, which the library does not have yet.
    pub(super) async fn ranges_formatting(
        &self,
        params: formatting::RangesFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let formatting::RangesFormattingParams { text_document, ranges } = params;
        self.ask("formatting", move |context| formatting::format_within(context, &text_document.uri, &ranges)).await
    }

    /// `resmark/preview`: a text as it would be printed.
    pub(super) async fn preview(&self, params: preview::PreviewParams) -> Result<Option<preview::PreviewAnswer>> {
        self.ask("the printed text", move |context| preview::answer(context, &params)).await
    }

    /// `resmark/citations`: what a document cites and who cites it.
    pub(super) async fn citations(&self, params: citations::Params) -> Result<Option<citations::Citations>> {
        self.ask("looking who cites whom", move |context| citations::of(context, &params)).await
    }

    /// `resmark/graph`: who cites whom, as a picture.
    pub(super) async fn graph(&self, params: graph::Params) -> Result<Option<graph::Picture>> {
        self.question("drawing who cites whom", When::Behind, move |context| graph::of(context, &params)).await
    }

    /// `resmark/status`: whose habits a document is judged by, and how much was found.
    pub(super) async fn status(&self, params: status::Params) -> Result<Option<status::Answer>> {
        self.ask("counting what was found", move |context| status::of(context, &params)).await
    }

    /// `resmark/previewAddress`: where a browser finds the printed text, on this machine alone.
    pub(super) async fn preview_address(&self, params: AddressParams) -> Result<Address> {
        let uri = params.text_document.uri.clone();
        let known = self.ask("looking for the text", move |context| {
            context.file(&uri).is_some() || features::page(context, &uri).is_some()
        });
        if !known.await? {
            let uri = params.text_document.uri.as_str();
            return Err(Error::invalid_params(format!("{uri}: this text is neither open nor in the workspace")));
        }
        let start = || PreviewServer::start(self.mailbox.clone(), self.outbox.clone());
        let server = self
            .preview_server
            .get_or_try_init(start)
            .await
            .map_err(|message| Error { message: message.into(), ..Error::internal_error() })?;
        Ok(server.address(&params))
    }

    /// `resmark/previewScroll`: the editor has scrolled.
    pub(super) async fn preview_scroll(&self, params: ScrollParams) {
        self.outbox.pages().scrolled(params.text_document.uri, params.line);
    }

    /// `resmark/viewText`: a document as the server has it; to find out whether client and server agree.
    pub(super) async fn view_text(&self, params: DocumentName) -> Result<Option<DocumentText>> {
        self.ask("showing the text", move |context| {
            let file = context.file(&params.uri)?;
            Some(DocumentText { text: file.text().to_owned(), version: file.version })
        })
        .await
    }

    /// `resmark/viewTree`: the syntax tree of a document, for who works on the grammar or its queries.
    pub(super) async fn view_tree(&self, params: DocumentName) -> Result<Option<String>> {
        self.ask("showing the tree", move |context| {
            Some(context.file(&params.uri)?.reading().tree.root_node().to_sexp())
        })
        .await
    }
}

/// The folder that a client was started in, if it may be a workspace: a whole home or a whole disk is none.
fn started_in(path: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(path);
    let whole = folder.parent().is_none() || std::env::home_dir().is_some_and(|home| home.starts_with(&folder));
    (folder.is_absolute() && !whole && folder.is_dir()).then_some(folder)
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let profile = ClientProfile::of(&params);
        let options = params.initialization_options.as_ref();
        let (settings, problems) = options.map(|options| Settings::default().with(options)).unwrap_or_default();
        problems.into_iter().for_each(|problem| self.mailbox.send(Message::Note(problem)));
        let result = InitializeResult {
            capabilities: capabilities::of(&profile),
            server_info: Some(ServerInfo {
                name: "resmark".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        };
        // Older clients name one folder, newer ones several. Helix names none where no repository is around the file, and
        // leaves it to the server, with the folder that it was started in at hand.
        #[allow(deprecated)]
        let folders = match &params.workspace_folders {
            Some(folders) if !folders.is_empty() => local_folders(folders.iter().map(|folder| &folder.uri)),
            _ if params.root_uri.is_some() => local_folders(params.root_uri.iter()),
            _ => params.root_path.as_deref().and_then(started_in).into_iter().collect(),
        };
        self.mailbox.send(Message::Initialize { profile, settings, folders });
        Ok(result)
    }

    async fn initialized(&self, _: InitializedParams) {
        self.mailbox.send(Message::Initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        self.goodbye.store(true, Ordering::Release);
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.mailbox.send(Message::Open(params));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.mailbox.send(Message::Change(params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.mailbox.send(Message::Close(params));
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {}

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.mailbox.send(Message::Watched(params));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.mailbox.send(Message::Folders(params));
    }

    async fn did_create_files(&self, params: CreateFilesParams) {
        self.mailbox.send(Message::Created(params));
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        let outbox = self.outbox.clone();
        self.ask("moving files", move |context| files::will_rename(context, &outbox, &params)).await
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        self.mailbox.send(Message::Renamed(params));
    }

    async fn will_delete_files(&self, params: DeleteFilesParams) -> Result<Option<WorkspaceEdit>> {
        let outbox = self.outbox.clone();
        self.ask("deleting files", move |context| files::will_delete(context, &outbox, &params)).await
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        self.mailbox.send(Message::Deleted(params));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.mailbox.send(Message::Configuration(params.settings));
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        self.ask("judging a document", move |context| diagnostics::pull(context, &params)).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let outbox = self.outbox.clone();
        let streams = params.partial_result_params.partial_result_token.is_some();
        // Before anything is awaited: the question has its place in the queue.
        let bar = Bar::of_request(&self.outbox, &params.work_done_progress_params, "Judging the workspace");
        let shows = bar.is_some();
        let answer = self.question("judging the workspace", When::Behind, move |context| {
            diagnostics::pull_all(context, &params, &outbox, bar.as_ref())
        });
        let answer = answer.await;
        if streams || shows {
            self.outbox.flushed().await;
        }
        answer?
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.ask("the preview", move |context| hover::hover(context, &params)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.ask("completion", move |context| completion::complete(context, &params)).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        self.ask("telling of an item", move |context| completion::resolve(context, item)).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let (outbox, told) = (self.outbox.clone(), Arc::clone(&self.told));
        let answer = move |context: &Context| {
            let found = goto::definition(context, &params);
            if found.is_none() {
                features::unsure(context, &params.text_document_position_params, &outbox, &told);
            }
            found
        };
        self.ask("finding the definition", answer).await
    }

    async fn goto_declaration(&self, params: GotoDeclarationParams) -> Result<Option<GotoDeclarationResponse>> {
        self.ask("finding the first version", move |context| goto::declaration(context, &params)).await
    }

    async fn goto_type_definition(
        &self,
        params: GotoTypeDefinitionParams,
    ) -> Result<Option<GotoTypeDefinitionResponse>> {
        self.ask("finding the versions", move |context| goto::type_definition(context, &params)).await
    }

    async fn goto_implementation(
        &self,
        params: GotoImplementationParams,
    ) -> Result<Option<GotoImplementationResponse>> {
        self.ask("finding who revised it", move |context| goto::implementation(context, &params)).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        self.ask("highlighting", move |context| goto::highlight(context, &params)).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.ask("growing the selection", move |context| selection::selection_ranges(context, &params)).await
    }

    async fn linked_editing_range(&self, params: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        self.ask("finding what changes together", move |context| selection::linked_ranges(context, &params)).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let bar = Bar::of_request(&self.outbox, &params.work_done_progress_params, "Finding references");
        self.behind(bar, self.ask("finding the references", move |context| goto::references(context, &params))).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.ask("the outline", move |context| outline::symbols(context, &params)).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.ask("folding", move |context| folding::folds(context, &params)).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let answers = Arc::clone(&self.tokens);
        self.ask("colouring", move |context| tokens::full(context, &answers, &params.text_document.uri))
            .await
            .map(|tokens| tokens.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let answers = Arc::clone(&self.tokens);
        self.ask("colouring", move |context| tokens::changes(context, &answers, &params)).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let SemanticTokensRangeParams { text_document, range, .. } = params;
        self.ask("colouring", move |context| tokens::within(context, &text_document.uri, range))
            .await
            .map(|tokens| tokens.map(SemanticTokensRangeResult::Tokens))
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.ask("finding what can be done here", move |context| actions::actions(context, &params)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        self.question("making the changes", When::Read, move |context| actions::resolve(context, action)).await?
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask("formatting", move |context| formatting::format(context, &params.text_document.uri)).await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let DocumentRangeFormattingParams { text_document, range, .. } = params;
        self.ask("formatting", move |context| formatting::format_within(context, &text_document.uri, &[range])).await
    }

    async fn on_type_formatting(&self, params: DocumentOnTypeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask("opening the next clause", move |context| formatting::on_type(context, &params)).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.ask("looking what can be renamed", move |context| rename::prepare(context, &params)).await?.map(Some)
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let bar = Bar::of_request(&self.outbox, &params.work_done_progress_params, "Renaming a clause");
        self.behind(
            bar,
            self.question("renaming a clause", When::Read, move |context| rename::rename(context, &params)),
        )
        .await?
        .map(Some)
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        // A client that is told to ask again while its question is under way may not: Neovim would show nothing then.
        self.question("looking who is cited", When::Read, move |context| lens::lenses(context, &params)).await
    }

    async fn code_lens_resolve(&self, params: CodeLens) -> Result<CodeLens> {
        self.ask("counting citations", move |context| lens::resolve(context, params)).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        self.ask("looking what is cited here", move |context| hierarchy::prepare_calls(context, &params)).await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.ask("looking who cites it", move |context| hierarchy::incoming(context, &params)).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.ask("looking what it cites", move |context| hierarchy::outgoing(context, &params)).await
    }

    async fn prepare_type_hierarchy(
        &self,
        params: TypeHierarchyPrepareParams,
    ) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.ask("looking what is cited here", move |context| hierarchy::prepare_types(context, &params)).await
    }

    async fn supertypes(&self, params: TypeHierarchySupertypesParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.ask("looking for the version before", move |context| hierarchy::supertypes(context, &params)).await
    }

    async fn subtypes(&self, params: TypeHierarchySubtypesParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.ask("looking for the version behind", move |context| hierarchy::subtypes(context, &params)).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        // What can be opened is a link, and a client cannot be told to ask again: one that was left out while the folders
        // are read would stay no link until the next edit.
        self.question("finding the links", When::Read, move |context| links::links(context, &params)).await
    }

    async fn document_link_resolve(&self, params: DocumentLink) -> Result<DocumentLink> {
        self.question("following a link", When::Read, move |context| links::resolve(context, params)).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        self.ask("finding resolutions", move |context| workspace_symbols::symbols(context, &params)).await
    }

    async fn symbol_resolve(&self, params: WorkspaceSymbol) -> Result<WorkspaceSymbol> {
        self.ask("going to a resolution", move |context| workspace_symbols::resolve(context, params)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.ask("the hints between the words", move |context| inlay::hints(context, &params)).await
    }
}
