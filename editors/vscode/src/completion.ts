// The list of citations: narrow, so that a title beside a long citation takes the room of its end, the version.

import type * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";

/** A number, a symbol or what follows one was typed last: it is the version that is looked for, not the title. */
const BY_NUMBER = /[\p{N}/(（][\s.]*$/u;

/** How many characters of a citation leave room for some of a title, in a list as wide as VS Code makes it. */
const SHORT = 26;

/** Leaves the titles out where the versions are what differs; the description beside the list has the title. */
export const provideCompletionItem: Middleware["provideCompletionItem"] = async (document, position, context, token, next) => {
  const found = await next(document, position, context, token);
  if (found && BY_NUMBER.test(document.lineAt(position).text.slice(0, position.character))) {
    (Array.isArray(found) ? found : found.items).forEach(shorten);
  }
  return found;
};

function shorten(item: vscode.CompletionItem): void {
  if (typeof item.label !== "string" && item.label.description && item.label.label.length > SHORT) {
    item.label = { label: item.label.label, detail: item.label.detail };
  }
}
