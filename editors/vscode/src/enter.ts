// Enter in a list: the server says how the next clause begins. In a tracked text that is an insertion, `{++3. ++}`, and the
// drafter goes on inside of it; the protocol cannot say where the cursor belongs, and the editor leaves it behind.

import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";

const CLOSE = "++}";

/** How long the editor may take to apply what the server said, in milliseconds. */
const PATIENCE = 2000;

export const provideOnTypeFormattingEdits: Middleware["provideOnTypeFormattingEdits"] = async (
  document,
  position,
  ch,
  options,
  token,
  next,
) => {
  const edits = await next(document, position, ch, options, token);
  const opened = edits?.find((edit) => edit.range.end.isEqual(position) && edit.newText.endsWith(CLOSE));
  if (opened && document.lineAt(position).range.end.isEqual(position)) {
    goInside(document, opened.newText.split("\n").at(-1) ?? "");
  }
  return edits;
};

/** Moves the cursor into the insertion `written` as soon as the editor has put it behind it. */
function goInside(document: vscode.TextDocument, written: string): void {
  const waiting = vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
    if (textEditor.document !== document || selections.length !== 1) {
      return;
    }
    const at = selections[0].active;
    if (document.lineAt(at).text === written && at.character === written.length) {
      const inside = at.translate(0, -CLOSE.length);
      textEditor.selection = new vscode.Selection(inside, inside);
      waiting.dispose();
    }
  });
  setTimeout(() => waiting.dispose(), PATIENCE);
}
