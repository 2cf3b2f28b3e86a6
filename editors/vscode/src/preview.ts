// The preview: the text as it would be printed, beside the editor. The server writes the page; the style sheet and the
// script are those of every preview, `server/preview/`. It follows the editor in front, its edits and its scrolling.

import * as path from "node:path";
import * as vscode from "vscode";
import { Catalogue } from "./catalogue";
import { type Current, isOurs } from "./current";
import type { Server } from "./server";
import { beside, openText, pageOf, pageOptions } from "./webview";

/** Which text of a proposal is shown. */
export type View = (typeof VIEWS)[number];
export const VIEWS = ["inForce", "tracked", "asAmended"] as const;

const TYPE = "resmark.preview";

/** How long nothing may be typed before the page is made anew, in milliseconds. */
const PAUSE = 120;

/** How long an editor that was scrolled by the page may take to arrive, in milliseconds. */
const ARRIVAL = 400;

/** What the server answers: contract of `resmark/preview`. */
interface Printed {
  uri: string;
  version: number | null;
  view: View;
  title: string;
  changes: boolean;
  html?: string;
}

/** What the page says. */
type Said =
  | { type: "ready" }
  | { type: "view"; view: View }
  | { type: "follow" | "open"; uri: string; line: number }
  | { type: "reveal" | "scrolled"; line: number };

/** A text, and the line that was on top. */
interface Place {
  uri: vscode.Uri;
  line: number;
}

/** Opens the preview, keeps the one that is open, and carries the commands to it. */
export class Previews implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private preview: Preview | undefined;
  private readonly switched = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];

  /** Another view was chosen. */
  readonly onDidSwitch = this.switched.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly current: Current,
  ) {
    const command = (name: string, run: (...given: never[]) => unknown) => vscode.commands.registerCommand(`${TYPE}.${name}`, run);
    this.subscriptions = [
      vscode.window.registerWebviewPanelSerializer(TYPE, this),
      command("open", (uri?: vscode.Uri) => this.open(uri, vscode.ViewColumn.Active)),
      command("openToSide", (uri?: vscode.Uri) => this.open(uri, vscode.ViewColumn.Beside)),
      ...VIEWS.map((view) => command(`view.${view}`, () => this.show(view))),
      command("back", () => this.preview?.go(-1)),
      command("forward", () => this.preview?.go(1)),
      command("showSource", () => this.preview?.source()),
      this.switched,
    ];
  }

  /** The view that previews show. */
  get view(): View {
    const kept = this.context.workspaceState.get<string>("view");
    return VIEWS.find((view) => view === kept) ?? "tracked";
  }

  /** Switches the view; opens the preview where there is none. */
  async show(view: View): Promise<void> {
    await this.keep(view);
    if (!this.preview) {
      this.open(undefined, vscode.ViewColumn.Beside);
    }
  }

  /** Opens the preview of a text, of the one in front where none is named. */
  open(named: vscode.Uri | undefined, where: vscode.ViewColumn): void {
    const uri = named instanceof vscode.Uri ? named : this.current.uri;
    if (!uri) {
      void vscode.window.showInformationMessage("Open a resolution to see its preview.");
      return;
    }
    const line = topLine(this.current.editor);
    if (this.preview) {
      this.preview.panel.reveal(where === vscode.ViewColumn.Beside ? undefined : where, where === vscode.ViewColumn.Beside);
      this.preview.begin({ uri, line });
      return;
    }
    // As Markdown's: beside the text one goes on writing, in its place one reads.
    const preserveFocus = where === vscode.ViewColumn.Beside;
    const panel = vscode.window.createWebviewPanel(TYPE, "Preview", { viewColumn: where, preserveFocus }, { enableFindWidget: true });
    this.adopt(panel, { uri, line });
  }

  /** Brings back a preview that was open when the window was left. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const { uri, line } = (kept ?? {}) as { uri?: unknown; line?: unknown };
    const named = typeof uri === "string" ? vscode.Uri.parse(uri) : this.current.uri;
    if (!named || this.preview) {
      panel.dispose();
      return;
    }
    this.adopt(panel, { uri: named, line: typeof line === "number" ? line : 0 });
  }

  private adopt(panel: vscode.WebviewPanel, place: Place): void {
    const preview = new Preview(this.context, this.server, this.current, this, panel, place);
    this.preview = preview;
    panel.onDidDispose(() => {
      preview.dispose();
      this.preview = undefined;
    });
  }

  /** Remembers the view for this workspace. */
  async keep(view: View): Promise<void> {
    if (view !== this.view) {
      await this.context.workspaceState.update("view", view);
      this.switched.fire();
    }
  }

  dispose(): void {
    this.preview?.panel.dispose();
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }
}

class Preview implements vscode.Disposable {
  /** The texts that were come through by links, and where in them one is. */
  private trail: Place[];
  private at = 0;
  /** Whether the page has said that it can be spoken to. */
  private ready = false;
  /** The text that the page shows. */
  private drawn: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private asking: vscode.CancellationTokenSource | undefined;
  /** The line that an editor was scrolled to by the page, and since when. */
  private sent: { line: number; since: number } | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly current: Current,
    private readonly previews: Previews,
    readonly panel: vscode.WebviewPanel,
    place: Place,
  ) {
    this.trail = [place];
    panel.iconPath = {
      light: vscode.Uri.joinPath(context.extensionUri, "media", "preview-light.svg"),
      dark: vscode.Uri.joinPath(context.extensionUri, "media", "preview-dark.svg"),
    };
    this.subscriptions = [
      panel.webview.onDidReceiveMessage((said: Said) => this.hear(said)),
      panel.onDidChangeViewState(() => this.fronted()),
      current.onDidEdit(() => this.later()),
      previews.onDidSwitch(() => this.later(0)),
      server.onDidChangeState(() => this.later(0)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.isShown(document.uri) && this.later()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.scrolled(textEditor)),
    ];
    panel.webview.options = pageOptions(context);
    panel.webview.html = pageOf(context, panel.webview, ["preview.css"], ["preview.js", "preview-page.js"]);
    this.named();
    this.fronted();
  }

  /** Shows another text, not by a link: the way back begins here. */
  begin(place: Place): void {
    if (this.isShown(place.uri)) {
      this.place().line = place.line;
      this.scroll();
      return;
    }
    this.trail = [place];
    this.at = 0;
    this.moved();
  }

  /** Goes one link back or forward. */
  go(step: -1 | 1): void {
    if (this.trail[this.at + step]) {
      this.at += step;
      this.moved();
    }
  }

  /** Opens the text that is shown. */
  async source(): Promise<void> {
    await this.open(this.place().uri, this.place().line);
  }

  /** Opens a text where texts stand; where there is none beside the page, next to it. */
  private async open(uri: vscode.Uri, line: number): Promise<void> {
    const { viewColumn } = this.panel;
    const other = viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
    await openText(uri, line, beside(viewColumn) ?? other);
  }

  private place(): Place {
    return this.trail[this.at];
  }

  private isShown(uri: vscode.Uri): boolean {
    return this.place().uri.toString() === uri.toString();
  }

  /** The text in front is previewed, unless it is one already. */
  private follow(editor: vscode.TextEditor | undefined): void {
    if (editor && isOurs(editor.document) && !this.isShown(editor.document.uri)) {
      this.begin({ uri: editor.document.uri, line: topLine(editor) });
    }
  }

  private fronted(): void {
    if (this.panel.active) {
      this.current.previewed(this.place().uri);
    }
    this.contexts();
  }

  private contexts(): void {
    void vscode.commands.executeCommand("setContext", `${TYPE}.canGoBack`, this.at > 0);
    void vscode.commands.executeCommand("setContext", `${TYPE}.canGoForward`, this.at + 1 < this.trail.length);
  }

  private moved(): void {
    this.named();
    this.fronted();
    this.later(0);
  }

  private named(): void {
    const name = path.posix.basename(this.place().uri.path);
    this.panel.title = `Preview ${this.place().uri.scheme === Catalogue.scheme ? name.replace(/\.md$/, "") : name}`;
  }

  private hear(said: Said): void {
    switch (said.type) {
      case "ready":
        // Also after it was hidden: then it has been made anew.
        this.ready = true;
        this.drawn = undefined;
        this.later(0);
        break;
      case "view":
        void this.previews.keep(said.view);
        break;
      case "follow":
        this.through({ uri: vscode.Uri.parse(said.uri, true), line: said.line });
        break;
      case "open":
        void this.open(vscode.Uri.parse(said.uri, true), said.line);
        break;
      case "reveal":
        void this.open(this.place().uri, said.line);
        break;
      case "scrolled":
        this.carry(said.line);
        break;
    }
  }

  /** Follows a link, and remembers the way back. */
  private through(place: Place): void {
    if (this.isShown(place.uri)) {
      this.place().line = place.line;
      this.scroll();
      return;
    }
    this.trail = [...this.trail.slice(0, this.at + 1), place];
    this.at += 1;
    this.moved();
  }

  /** The reader has scrolled: the editor goes along. */
  private carry(line: number): void {
    this.place().line = line;
    const editor = vscode.window.visibleTextEditors.find((it) => this.isShown(it.document.uri));
    if (!editor || topLine(editor) === line) {
      return;
    }
    this.sent = { line, since: Date.now() };
    const at = new vscode.Position(Math.min(line, editor.document.lineCount - 1), 0);
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.AtTop);
  }

  /** The drafter has scrolled, or the editor is on its way to where the page sent it. */
  private scrolled(editor: vscode.TextEditor): void {
    if (!this.isShown(editor.document.uri)) {
      return;
    }
    const line = topLine(editor);
    if (this.sent && Date.now() - this.sent.since < ARRIVAL) {
      return;
    }
    this.sent = undefined;
    if (line !== this.place().line) {
      this.place().line = line;
      this.scroll();
    }
  }

  private scroll(): void {
    this.say({ type: "scroll", line: this.place().line });
  }

  private say(message: unknown): void {
    if (this.ready) {
      void this.panel.webview.postMessage(message);
    }
  }

  /** Makes the page anew, soon; once for several edits. */
  private later(pause = PAUSE): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.renew(), pause);
  }

  private async renew(): Promise<void> {
    // A page that is hidden has gone, and asks again when it comes back.
    if (!this.panel.visible) {
      this.ready = false;
      return;
    }
    if (!this.ready) {
      return;
    }
    this.asking?.cancel();
    const asking = new vscode.CancellationTokenSource();
    this.asking = asking;
    const { uri, line } = this.place();
    const params = { textDocument: { uri: uri.toString() }, view: this.previews.view };
    let printed: Printed | null | undefined;
    try {
      printed = await this.server.ask<Printed | null>("resmark/preview", params, asking.token);
    } catch (error) {
      if (!asking.token.isCancellationRequested) {
        this.server.output.warn(`The preview of ${uri.toString()} could not be made: ${error}`);
        this.say({ type: "notice", text: "The preview could not be brought up to date. The output “Resmark” says why." });
      }
      return;
    }
    if (asking.token.isCancellationRequested) {
      return;
    }
    if (printed === undefined) {
      // Between two starts the page stays as it is.
      if (this.server.state === "failed") {
        this.say({ type: "notice", text: "The Resmark server is not running. Start it anew by the command “Resmark: Restart Server”." });
      }
      return;
    }
    if (printed === null) {
      this.say({ type: "notice", text: "There is no such text any more." });
      return;
    }
    const open = vscode.workspace.textDocuments.find((it) => it.uri.toString() === uri.toString());
    if (open && printed.version !== null && printed.version < open.version) {
      // It was edited meanwhile; what was asked after that is on its way.
      return;
    }
    this.say({ type: "notice", text: "" });
    this.say({ type: "show", preview: printed });
    if (this.drawn !== uri.toString()) {
      this.drawn = uri.toString();
      this.say({ type: "scroll", line });
    }
    this.say({ type: "keep", state: { uri: uri.toString(), line } });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asking?.cancel();
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
    void vscode.commands.executeCommand("setContext", `${TYPE}.canGoBack`, false);
    void vscode.commands.executeCommand("setContext", `${TYPE}.canGoForward`, false);
  }
}

/** The first line of an editor that is on the screen. */
function topLine(editor: vscode.TextEditor | undefined): number {
  return editor?.visibleRanges[0]?.start.line ?? 0;
}
