// A new resolution: asks for the house and the language, and opens a text with the layout of that house to fill in. The
// layouts are the server's, the same that completion offers in an empty file of any editor.

import * as vscode from "vscode";

/** What the server calls the layouts of whole resolutions: `resolution-itu`. */
const WHOLE = "resolution-";

/** Under which name the last choice is kept, to be offered first. */
const LAST = "newResolution.last";

/** A layout: of which house, and what it is called in its own language. */
interface Layout {
  house: string;
  label: string;
  text: vscode.SnippetString;
}

/** Asks, and opens the new text in an editor; nothing happens when a question is not answered. */
export async function newResolution(memory: vscode.Memento): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: "resmark", content: "" });
  const layouts = await layoutsOf(document);
  if (layouts.length === 0) {
    // Without the server there are no layouts; an empty text is what can be had.
    await vscode.window.showTextDocument(document);
    return;
  }
  const last = memory.get<{ house: string; label: string }>(LAST);

  // The first layout of each house is in the language that is most likely meant.
  const houses = layouts.filter((layout, at) => layouts.findIndex((other) => other.house === layout.house) === at);
  const house = await pick("New resolution: of which house?", houses, (layout) => layout.house === last?.house);
  if (!house) {
    return;
  }
  const languages = layouts.filter((layout) => layout.house === house.house);
  const layout = await pick("New resolution: in which language?", languages, (layout) => layout.label === last?.label);
  if (!layout) {
    return;
  }
  await memory.update(LAST, { house: layout.house, label: layout.label });
  const editor = await vscode.window.showTextDocument(document);
  await editor.insertSnippet(layout.text, new vscode.Position(0, 0));
}

/** The layouts that the server offers for the empty `document`, the likeliest first; none when it does not run. */
async function layoutsOf(document: vscode.TextDocument): Promise<Layout[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList | undefined>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    new vscode.Position(0, 0),
  );
  const layouts: Layout[] = [];
  for (const { label, detail, insertText } of list?.items ?? []) {
    if (typeof label === "string" || !(insertText instanceof vscode.SnippetString)) {
      continue;
    }
    // Where the list has no room for it, the name is in the details: see `completion.ts`.
    const house = label.description ?? detail;
    if (house?.startsWith(WHOLE)) {
      layouts.push({ house, label: label.label, text: insertText });
    }
  }
  return layouts;
}

/** Asks for one of `layouts`; what is `first` stands at the top. */
async function pick(title: string, layouts: Layout[], first: (layout: Layout) => boolean): Promise<Layout | undefined> {
  const items = layouts.map((layout) => ({ label: layout.label, layout }));
  items.sort((a, b) => Number(first(b.layout)) - Number(first(a.layout)));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: "Type to find, Enter to choose" }))?.layout;
}
