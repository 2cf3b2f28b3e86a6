// The lists of citations and layouts: narrow, so that what is said beside a long name takes the room of its end.

import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";

/** A number, a symbol or what follows one was typed last: it is the version that is looked for, not the title. */
const BY_NUMBER = /[\p{N}/(（][\s.]*$/u;

/** How many characters leave room for some more beside them, in a list as wide as VS Code makes it. */
const SHORT = 26;

/** Keeps names whole: of what is left out, the description beside the list has the title, and `detail` the layout's name. */
export const provideCompletionItem: Middleware["provideCompletionItem"] = async (document, position, context, token, next) => {
  const found = await next(document, position, context, token);
  const byNumber = BY_NUMBER.test(document.lineAt(position).text.slice(0, position.character));
  for (const item of Array.isArray(found) ? found : (found?.items ?? [])) {
    const isLayout = item.kind === vscode.CompletionItemKind.Snippet;
    if ((isLayout || byNumber) && typeof item.label !== "string" && item.label.label.length > SHORT) {
      if (isLayout) {
        item.detail = item.label.description;
      }
      item.label = { label: item.label.label, detail: item.label.detail };
    }
  }
  return found;
};
