// The VS Code side of Resmark: starts the server, shows its pages, and offers its actions as commands.

import * as vscode from "vscode";
import { Catalogue } from "./catalogue";
import { Citations } from "./citations";
import { Current } from "./current";
import { noteFixes, openExample, showFirstSteps } from "./firstSteps";
import { CitationGraph } from "./graph";
import { importText } from "./import";
import { newResolution } from "./newResolution";
import { Previews } from "./preview";
import { type Places, showReferences } from "./references";
import { renumber, SCOPES } from "./renumber";
import { Server } from "./server";
import { StatusItem } from "./status";
import { updateCitations } from "./update";

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = new Server(context);
  const current = new Current();
  const previews = new Previews(context, server, current);
  // What stands beside the texts is there once there are texts.
  void vscode.commands.executeCommand("setContext", "resmark.active", true);
  context.subscriptions.push(
    server,
    current,
    previews,
    new Citations(server, current),
    new CitationGraph(context, server, current),
    new StatusItem(server, current, previews),
    vscode.workspace.registerTextDocumentContentProvider(Catalogue.scheme, new Catalogue(server)),
    ...SCOPES.map((scope) => vscode.commands.registerCommand(`resmark.renumber${capitalised(scope)}`, () => renumber(scope))),
    vscode.commands.registerCommand("resmark.updateCitations", () => updateCitations()),
    vscode.commands.registerCommand("resmark.newResolution", () => newResolution(context.globalState)),
    vscode.commands.registerCommand("resmark.openExample", () => openExample(context)),
    vscode.commands.registerCommand("resmark.firstSteps", () => showFirstSteps()),
    noteFixes(),
    vscode.commands.registerCommand("resmark.importText", (file?: vscode.Uri) => importText(server, file)),
    vscode.commands.registerCommand("resmark.showReferences", (...places: Places) => showReferences(server, ...places)),
    vscode.commands.registerCommand("resmark.restartServer", () => server.restart()),
    vscode.commands.registerCommand("resmark.showOutput", () => server.output.show()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("resmark.server.path")) {
        void server.restart();
      }
    }),
    // What a folder was not trusted to say before may matter now.
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.restart()),
  );
  await server.start();
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
