// The citation graph: who cites whom, as a picture that the server draws. A click opens a text.

import * as vscode from "vscode";
import type { Current } from "./current";
import type { Server } from "./server";
import { beside, openText, pageOf, pageOptions } from "./webview";

const TYPE = "resmark.graph";

/** How long the graph waits for further edits, in milliseconds: it reads the whole workspace. */
const PAUSE = 800;

interface Picture {
  svg: string;
  resolutions: number;
  links: number;
}

/** What the page says. */
type Said = { type: "ready" } | { type: "scope"; scope: Scope } | { type: "open" | "preview"; uri: string; line: number };

/** How much is drawn: the text in front with its neighbours, or the workspace. */
type Scope = "text" | "workspace";

export class CitationGraph implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | undefined;
  private scope: Scope = "text";
  private ready = false;
  private timer: NodeJS.Timeout | undefined;
  private asking: vscode.CancellationTokenSource | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly current: Current,
  ) {
    this.subscriptions = [
      vscode.window.registerWebviewPanelSerializer(TYPE, this),
      vscode.commands.registerCommand("resmark.showGraph", () => this.show()),
      current.onDidChange(() => this.later(0)),
      current.onDidEdit(() => this.later()),
      server.onDidChangeState(() => this.later(0)),
    ];
  }

  private show(): void {
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    this.scope = this.current.uri ? "text" : "workspace";
    // A picture wants all the room there is; who wants it beside the text drags it there.
    this.adopt(vscode.window.createWebviewPanel(TYPE, "Citation Graph", vscode.ViewColumn.Active, { enableFindWidget: true }));
  }

  /** Brings back a graph that was open when the window was left. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    if (this.panel) {
      panel.dispose();
      return;
    }
    this.scope = (kept as { scope?: unknown } | undefined)?.scope === "workspace" ? "workspace" : "text";
    this.adopt(panel);
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    this.ready = false;
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.context.extensionUri, "media", "graph-light.svg"),
      dark: vscode.Uri.joinPath(this.context.extensionUri, "media", "graph-dark.svg"),
    };
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.asking?.cancel();
    });
    panel.webview.onDidReceiveMessage((said: Said) => this.hear(said));
    panel.webview.options = pageOptions(this.context);
    panel.webview.html = pageOf(this.context, panel.webview, ["graph.css"], ["graph-page.js"]);
  }

  private hear(said: Said): void {
    switch (said.type) {
      case "ready":
        this.ready = true;
        this.later(0);
        break;
      case "scope":
        this.scope = said.scope;
        this.later(0);
        break;
      case "open":
        void openText(vscode.Uri.parse(said.uri, true), said.line, beside(this.panel?.viewColumn) ?? this.panel?.viewColumn);
        break;
      case "preview":
        void vscode.commands.executeCommand("resmark.preview.openToSide", vscode.Uri.parse(said.uri, true));
        break;
    }
  }

  private later(pause = PAUSE): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.renew(), pause);
  }

  private async renew(): Promise<void> {
    if (!this.panel?.visible) {
      this.ready = false;
      return;
    }
    if (!this.ready) {
      return;
    }
    this.asking?.cancel();
    const asking = new vscode.CancellationTokenSource();
    this.asking = asking;
    const uri = this.current.uri;
    const scope: Scope = uri ? this.scope : "workspace";
    const params = scope === "text" && uri ? { textDocument: { uri: uri.toString() } } : {};
    try {
      const picture = await this.server.ask<Picture | null>("resmark/graph", params, asking.token);
      if (asking.token.isCancellationRequested) {
        return;
      }
      if (picture) {
        const name = scope === "text" ? uri?.path.split("/").pop() : undefined;
        void this.panel?.webview.postMessage({ type: "show", ...picture, scope, name: name ?? "", choice: uri !== undefined });
      } else if (this.server.state === "failed") {
        this.notice("The Resmark server is not running. Start it anew by the command “Resmark: Restart Server”.");
      }
    } catch (error) {
      if (!asking.token.isCancellationRequested) {
        this.server.output.warn(`The graph could not be drawn: ${error}`);
        this.notice("The graph could not be drawn. The output “Resmark” says why.");
      }
    }
  }

  private notice(text: string): void {
    void this.panel?.webview.postMessage({ type: "notice", text });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asking?.cancel();
    this.panel?.dispose();
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }
}
