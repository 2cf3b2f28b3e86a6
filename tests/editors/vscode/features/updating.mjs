// Citations that are out of date are brought to what is in force, each shown before it is changed.

import assert from "node:assert/strict";
import { until } from "../browser.mjs";

const FILE = "start-here.resmark";

export default async function (editor) {
  await editor.file(FILE);
  await editor.squiggles().first().waitFor();
  const before = await editor.text(FILE);
  assert.match(before, /Resolution 140 \(Rev\. Busan, 2014\)/, "an example is out of date");
  await editor.command("Resmark: Update Outdated Citations");
  const rows = editor.page.locator(".bulk-edit-panel .monaco-list-row, .refactor-preview .monaco-list-row");
  await rows.filter({ hasText: "Resolution 140 (Rev. Busan, 2014Bucharest, 2022)" }).first().waitFor();
  await editor.screenshot("update-preview");
  assert.equal(await editor.text(FILE), before, "nothing is changed before the drafter says so");
  await rows.first().locator("input[type=checkbox], .monaco-checkbox").first().click();
  await editor.page.getByRole("button", { name: "Apply", exact: true }).first().click();
  await until("updating changes the file", async () => {
    await editor.save();
    return (await editor.text(FILE)).includes("Resolution 140 (Rev. Bucharest, 2022)");
  });
  assert.equal((await editor.text(FILE)).split("\n").length, before.split("\n").length, "nothing else is changed");
}
