// Hints behind citations, when they are wanted: the version in force, and a double click that takes it. They come and go
// with the setting.

import { writeFile } from "node:fs/promises";
import path from "node:path";

const FILE = "start-here.resmark";
const SETTINGS = ".vscode/settings.json";

export const files = { [SETTINGS]: JSON.stringify({ "resmark.inlayHints.versionInForce": true }) };

export default async function (editor) {
  const { page } = editor;
  const hint = page.locator(".editor-instance .view-line span", { hasText: /^→.Rev\..Bucharest,.2022$/ }).first();

  await editor.file(FILE);
  await hint.waitFor();
  await editor.screenshot("hints");
  await hint.dblclick();
  await page.locator(".editor-instance .view-line", { hasText: /Resolution.140.\(Rev\..Bucharest,.2022\)/ }).first().waitFor();

  const other = page.locator(".editor-instance .view-line span", { hasText: /^→/ }).first();
  await other.waitFor();
  await writeFile(path.join(editor.folder, SETTINGS), JSON.stringify({ "resmark.inlayHints.versionInForce": false }));
  await other.waitFor({ state: "hidden" });
}
