// The text that the drafter is at: that of the editor in front or, while a preview is in front, the one that it shows.
// What stands beside the text, the citations and the status, follows it.

import * as vscode from "vscode";
import { Catalogue } from "./catalogue";

/** Whether this extension has something to say of a document. */
export function isOurs(document: vscode.TextDocument): boolean {
  return document.languageId === "resmark" || document.uri.scheme === Catalogue.scheme;
}

export class Current implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly edited = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[] = [];
  private timer: NodeJS.Timeout | undefined;
  private shown: vscode.Uri | undefined;

  /** Another text is in front, or none. */
  readonly onDidChange = this.changed.event;
  /** What is known of the text may have changed: it was edited, or others were. Comes once for several edits. */
  readonly onDidEdit = this.edited.event;

  constructor() {
    this.subscriptions.push(
      vscode.window.onDidChangeActiveTextEditor(() => this.look()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.look()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => isOurs(document) && this.later()),
      vscode.workspace.onDidOpenTextDocument((document) => isOurs(document) && this.later()),
      vscode.workspace.onDidCloseTextDocument((document) => isOurs(document) && this.later()),
      // The server has judged something anew.
      vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.some((uri) => uri.path.endsWith(".resmark")) && this.later()),
    );
    this.look();
  }

  /** The text in front. */
  get uri(): vscode.Uri | undefined {
    return this.shown;
  }

  /** The editor in which the text in front stands, if it is on the screen. */
  get editor(): vscode.TextEditor | undefined {
    const uri = this.shown?.toString();
    return vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri);
  }

  /** A preview shows this text now. */
  previewed(uri: vscode.Uri): void {
    this.set(uri);
  }

  private look(): void {
    const editor = vscode.window.activeTextEditor;
    if (editor && (editor.viewColumn !== undefined || isOurs(editor.document))) {
      this.set(isOurs(editor.document) ? editor.document.uri : undefined);
    } else if (!vscode.window.tabGroups.all.some((group) => group.activeTab)) {
      this.set(undefined);
    }
    // A page, a panel or a list is in front: the text beside it is still the one.
  }

  private set(uri: vscode.Uri | undefined): void {
    if (this.shown?.toString() !== uri?.toString()) {
      this.shown = uri;
      this.changed.fire();
    }
  }

  private later(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.edited.fire();
    }, 250);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of [...this.subscriptions, this.changed, this.edited]) {
      subscription.dispose();
    }
  }
}
