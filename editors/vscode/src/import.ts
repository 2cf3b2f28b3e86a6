// Turns text as word processors leave it into Resmark, in a new editor that is not saved yet.

import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import type { Server } from "./server";

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** Imports `chosen`, or a file that is asked for, and opens the result; says what was dropped. */
export async function importText(server: Server, chosen?: vscode.Uri): Promise<void> {
  const file = chosen ?? (await ask());
  if (!file) {
    return;
  }
  const name = path.posix.basename(file.path);
  try {
    const bytes = await vscode.workspace.fs.readFile(file);
    // By its standard input, so that the file may lie wherever the editor can read.
    const importing = promisify(execFile)(server.program(), ["import", "-"], { cwd: server.folder(), maxBuffer: MAX_OUTPUT_BYTES });
    // A program that cannot be started, or ends early, says so by its exit.
    importing.child.stdin?.on("error", () => {});
    importing.child.stdin?.end(bytes);
    const { stdout, stderr } = await importing;
    await show(stdout, await beside(file));
    await remark(server, name, stderr.trim());
  } catch (error) {
    const reason = (error as { stderr?: string }).stderr?.trim() || String(error);
    void vscode.window.showErrorMessage(`${name} could not be imported: ${reason}`);
  }
}

async function ask(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: "Import a text as Resmark",
    openLabel: "Import",
    canSelectMany: false,
    filters: { "Text and Markdown": ["txt", "md", "markdown", "text"], "All files": ["*"] },
  });
  return chosen?.[0];
}

/** The name beside `file` under which the result is saved; `undefined` when there is such a file already. */
async function beside(file: vscode.Uri): Promise<vscode.Uri | undefined> {
  if (file.scheme !== "file") {
    return undefined;
  }
  const { dir, name } = path.posix.parse(file.path);
  const target = file.with({ path: path.posix.join(dir, `${name}.resmark`) });
  const exists = await vscode.workspace.fs.stat(target).then(
    () => true,
    () => false,
  );
  return exists ? undefined : target.with({ scheme: "untitled" });
}

async function show(text: string, target: vscode.Uri | undefined): Promise<void> {
  if (!target) {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "resmark", content: text }));
    return;
  }
  const document = await vscode.workspace.openTextDocument(target);
  const editor = await vscode.window.showTextDocument(document);
  // Imported once and not saved, it is open already: what is there is replaced.
  const whole = new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  await editor.edit((edit) => edit.replace(whole, text));
  editor.selection = new vscode.Selection(0, 0, 0, 0);
}

async function remark(server: Server, name: string, remarks: string): Promise<void> {
  if (!remarks) {
    return;
  }
  server.output.info(`Importing ${name}:\n${remarks}`);
  const shown = "Show";
  const choice = await vscode.window.showInformationMessage(`${name} was imported. There are remarks on what was dropped or remains open.`, shown);
  if (choice === shown) {
    server.output.show();
  }
}
