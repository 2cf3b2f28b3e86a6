// Turns text as word processors leave it into Resmark, in a new editor that is not saved yet.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import type { Server } from "./server";

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** Asks for a file, imports it and opens the result; what was dropped goes to the output. */
export async function importText(server: Server): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({
    title: "Import a text as Resmark",
    openLabel: "Import",
    canSelectMany: false,
    filters: { "Text and Markdown": ["txt", "md", "markdown", "text"], "All files": ["*"] },
  });
  const file = chosen?.[0];
  if (!file) {
    return;
  }
  try {
    const { stdout, stderr } = await promisify(execFile)(server.program(), ["import", file.fsPath], {
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    const document = await vscode.workspace.openTextDocument({ language: "resmark", content: stdout });
    await vscode.window.showTextDocument(document);
    if (stderr.trim()) {
      server.output.info(`Importing ${file.fsPath}:\n${stderr.trim()}`);
    }
  } catch (error) {
    const reason = (error as { stderr?: string }).stderr?.trim() || String(error);
    void vscode.window.showErrorMessage(`This file could not be imported: ${reason}`);
  }
}
