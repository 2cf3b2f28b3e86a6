// In a folder that is not trusted, a text full of scripts is previewed as words: no dialog, nothing asked of elsewhere, nothing
// of the page or of the editor changed.

import assert from "node:assert/strict";
import { HOSTILE, hostileText, trespassing } from "../hostile.mjs";

export const settings = { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" };

export const files = { "hostile.resmark": hostileText() };

export default async function (editor) {
  const { page } = editor;
  const problems = [];
  const asked = [];
  page.on("dialog", (dialog) => {
    problems.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("request", (request) => asked.push(request.url()));
  await editor.statusBar("Restricted Mode").waitFor();
  await editor.file("hostile.resmark");
  await page.keyboard.press("Control+K");
  await page.keyboard.press("v");
  const sheet = editor.webview().locator("article .sheet");
  await sheet.first().waitFor();
  await sheet.filter({ hasText: "document.title='broken'" }).first().waitFor();
  assert.deepEqual(await editor.webview().locator("body").evaluate(trespassing), []);
  await editor.screenshot("hostile");

  // What is said of it in a hover, in the outline and in the list of problems is words as well.
  await editor.at("hostile.resmark", HOSTILE[0], 3);
  assert.equal(await page.locator(".monaco-workbench :is(img[src='x'], svg[onload], base, iframe[src*='evil'])").count(), 0);
  assert.deepEqual(asked.filter((url) => url.includes("evil.example")), []);
  assert.deepEqual(problems, []);
}
