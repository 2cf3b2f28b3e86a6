// Renumbering as a command: asks for the code action of that kind where the cursor is, and applies it.

import * as vscode from "vscode";

/** How much to renumber: what the cursor stands in. */
export type Scope = (typeof SCOPES)[number];
export const SCOPES = ["list", "section", "resolution", "document", "workspace"] as const;

/** Renumbers, in one step that one undo takes back; says so when there is nothing to do. */
export async function renumber(scope: Scope): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "resmark") {
    return;
  }
  const kind = `source.renumber.${scope}`;
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    editor.document.uri,
    editor.selection,
    kind,
    1,
  );
  const edit = actions?.find((action) => action.kind?.value === kind)?.edit;
  if (!edit || edit.size === 0) {
    vscode.window.setStatusBarMessage(`Resmark: nothing to renumber in this ${scope}`, 5000);
    return;
  }
  await vscode.workspace.applyEdit(edit);
  const changes = edit.entries().reduce((sum, [, edits]) => sum + edits.length, 0);
  const files = edit.size > 1 ? ` in ${edit.size} files` : "";
  vscode.window.setStatusBarMessage(`Resmark: ${changes} ${changes === 1 ? "change" : "changes"} made${files}`, 5000);
}
