// What the walkthrough ticks that is no command: a finding that was put right, a citation that was rested on.

import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";

/** The walkthrough of `package.json`. */
const WALKTHROUGH = "resmark.resmark#firstSteps";

/** Opens the walkthrough. */
export async function showFirstSteps(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, false);
}

/** Opens the example that comes with the extension, as a text of its own that is not saved yet. */
export async function openExample(context: vscode.ExtensionContext): Promise<void> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, "examples/start-here.resmark"));
  const document = await vscode.workspace.openTextDocument({ language: "resmark", content: new TextDecoder().decode(bytes) });
  await vscode.window.showTextDocument(document);
}

/** Notes when an edit leaves fewer findings in an open text. */
export function noteFixes(): vscode.Disposable {
  const counts = new Map<string, number>();
  return vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    const open = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]));
    for (const uri of uris) {
      const document = open.get(uri.toString());
      if (document?.languageId !== "resmark") {
        counts.delete(uri.toString());
        continue;
      }
      const now = vscode.languages.getDiagnostics(uri).length;
      // Fewer because the server was stopped is no fix; a text that was not touched was not put right.
      if (now < (counts.get(uri.toString()) ?? 0) && document.isDirty) {
        tick("resmark.fixed");
      }
      counts.set(uri.toString(), now);
    }
  });
}

/** Notes when something is shown about the place that the drafter rests on. */
export const provideHover: Middleware["provideHover"] = async (document, position, token, next) => {
  const hover = await next(document, position, token);
  if (hover) {
    tick("resmark.rested");
  }
  return hover;
};

const ticked = new Set<string>();

function tick(step: string): void {
  if (!ticked.has(step)) {
    ticked.add(step);
    void vscode.commands.executeCommand("setContext", step, true);
  }
}
