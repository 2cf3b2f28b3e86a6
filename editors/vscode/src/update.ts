// Citations that are out of date, brought to what is in force: the editor shows each change before it is made.

import * as vscode from "vscode";

const KIND = "source.updateCitations.resmark";

/** Updates the citations of the file in front; says so when none can be brought to a newer version. */
export async function updateCitations(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "resmark") {
    return;
  }
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    editor.document.uri,
    editor.selection,
    KIND,
  );
  if (!actions?.some((action) => action.kind?.value === KIND)) {
    vscode.window.setStatusBarMessage("Resmark: no citation of this file can be brought to a newer version", 5000);
    return;
  }
  // An extension is handed the edits without what is said of each; the editor's own command keeps that, and previews them.
  await vscode.commands.executeCommand("editor.action.sourceAction", { kind: KIND, apply: "first" });
}
