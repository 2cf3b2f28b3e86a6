// Read-only pages about resolutions that only the catalogue knows.

import * as vscode from "vscode";
import type { Server } from "./server";

/** Shows the documents `resmark-catalogue:/…`, whose text the server writes. */
export class Catalogue implements vscode.TextDocumentContentProvider {
  static readonly scheme = "resmark-catalogue";

  constructor(private readonly server: Server) {}

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const page = await this.server.ask<{ text: string }>("workspace/textDocumentContent", { uri: uri.toString() }, token);
    return page?.text ?? "The Resmark server is not running, so this page cannot be shown.";
  }
}
