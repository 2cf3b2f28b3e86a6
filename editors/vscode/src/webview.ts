// Pages inside the editor: what they may load is said here, once for all of them.

import * as crypto from "node:crypto";
import * as vscode from "vscode";

/** The one folder that pages load from. */
export function media(context: vscode.ExtensionContext, ...names: string[]): vscode.Uri {
  return vscode.Uri.joinPath(context.extensionUri, "media", ...names);
}

/** What a page may do: run its own scripts, and load nothing but the media of this extension. */
export function pageOptions(context: vscode.ExtensionContext): vscode.WebviewOptions {
  return { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots: [media(context)] };
}

/** An empty page with style sheets and scripts, named by their files in the media folder. */
export function pageOf(context: vscode.ExtensionContext, webview: vscode.Webview, styles: string[], scripts: string[]): string {
  const nonce = crypto.randomBytes(16).toString("base64");
  const address = (name: string) => webview.asWebviewUri(media(context, name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; form-action 'none'; base-uri 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    ${styles.map((name) => `<link rel="stylesheet" href="${address(name)}">`).join("\n    ")}
  </head>
  <body>
    ${scripts.map((name) => `<script nonce="${nonce}" src="${address(name)}"></script>`).join("\n    ")}
  </body>
</html>
`;
}

/** The column of a text that is on the screen beside a page that stands in `column`; `undefined` when there is none. */
export function beside(column: vscode.ViewColumn | undefined): vscode.ViewColumn | undefined {
  const texts = vscode.window.visibleTextEditors.map((editor) => editor.viewColumn).filter((it) => it !== undefined && it !== column);
  return texts.length > 0 ? Math.min(...(texts as number[])) : undefined;
}

/** Opens a text at a line, from 0: where it is on the screen already, else in `column`. */
export async function openText(uri: vscode.Uri, line: number, column: vscode.ViewColumn | undefined): Promise<void> {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  try {
    const document = shown?.document ?? (await vscode.workspace.openTextDocument(uri));
    const editor = await vscode.window.showTextDocument(document, { viewColumn: shown?.viewColumn ?? column });
    const at = document.lineAt(Math.min(Math.max(line, 0), document.lineCount - 1)).range.start;
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  } catch (error) {
    void vscode.window.showErrorMessage(`${uri.path.split("/").pop()} could not be opened: ${(error as Error).message ?? error}`);
  }
}
