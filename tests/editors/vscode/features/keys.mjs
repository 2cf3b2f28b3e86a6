// The keys of the extension are in nobody's way: VS Code has nothing on them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

export default async function (editor) {
  const { page } = editor;
  const manifest = JSON.parse(await readFile(new URL("../../../../editors/vscode/package.json", import.meta.url), "utf8"));
  // What holds in a page of ours alone is in nobody's way.
  const own = manifest.contributes.keybindings.filter(({ when }) => !/activeWebviewPanelId == resmark/.test(when));
  const keys = own.map(({ key }) => key);
  assert.ok(keys.length > 0);

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await editor.command("Preferences: Open Default Keyboard Shortcuts (JSON)");
  await editor.lines().filter({ hasText: '"key"' }).first().waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+C");
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const taken = JSON.parse(text.replace(/^\s*\/\/.*$/gm, "")).filter(({ command }) => !command.startsWith("resmark."));
  assert.ok(taken.length > 500, "all of VS Code's own are there");
  for (const key of keys) {
    // One that holds in texts of another language alone, as Markdown's preview, or in a field elsewhere is no clash.
    const clashes = taken.filter((it) => it.key === key && !/editorLangId == '?markdown|notebookEditorFocused|terminal|chatInputHasFocus|resourceLang/.test(it.when ?? ""));
    assert.deepEqual(clashes, [], `${key} is free`);
  }
}
