// Completion in VS Code: the list opens where a citation has begun, what is chosen takes the place of what was typed and
// of the bracket that the editor put in by itself, and prose is left alone.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { until } from "./browser.mjs";

const TEXT = `# Resolution 300 (Doha, 2026)

The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

*recalling*

a)
b) last
`;

/** A file that the test needs, before the editor opens the folder. */
export async function prepare(folder) {
  await writeFile(path.join(folder, "completion.resmark"), TEXT);
}

export async function completion(editor, folder) {
  const { page } = editor;
  const { keyboard } = page;
  const file = path.join(folder, "completion.resmark");
  const list = page.locator(".suggest-widget.visible");
  const row = (words) => list.locator(".monaco-list-row", { hasText: words }).first();
  const lineIs = async (what, number, expected) => {
    let line = "";
    await until(what, async () => {
      await editor.save();
      line = (await readFile(file, "utf8")).split("\n")[number - 1];
      return line === expected;
    }).catch(() => assert.equal(line, expected, what));
  };

  await editor.file("completion.resmark");
  await editor.goTo(7, 3);
  await keyboard.type(" Resolution ");
  await row("Resolution 2 (Rev. Bucharest, 2022)").waitFor();
  await keyboard.type("140");
  await row("Resolution 140 (Rev. Dubai, 2018)").waitFor();
  await row("Resolution 140 (Rev. Bucharest, 2022)").waitFor();
  await editor.screenshot("completion");
  await keyboard.press("Tab");
  await lineIs("what is chosen", 7, "a) Resolution 140 (Rev. Bucharest, 2022)");
  await keyboard.type("; Resolution 130 (");
  await row("Rev. Busan, 2014").waitFor();
  await keyboard.press("Tab");
  await lineIs("the version, with its brackets", 7, "a) Resolution 140 (Rev. Bucharest, 2022); Resolution 130 (Rev. Dubai, 2018)");
  await keyboard.type(" and this resolution is one of 14 ");
  await page.waitForTimeout(1000);
  assert.equal(await list.count(), 0, "prose is left alone");
  console.log("citations are completed");
}
