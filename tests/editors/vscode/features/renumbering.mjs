// The command renumbers a list and all that refers to it.

import assert from "node:assert/strict";
import { until } from "../browser.mjs";

const FILE = "start-here.resmark";

export default async function (editor) {
  await editor.file(FILE);
  await editor.squiggles().first().waitFor();
  await editor.at(FILE, "4. to invite");
  await editor.command("Resmark: Renumber List");
  await until("renumbering changes the file", async () => {
    await editor.save();
    return (await editor.text(FILE)).includes("3. to invite");
  });
  const now = await editor.text(FILE);
  assert.ok(now.includes("4. to review progress on *resolves* 3 above"), "a reference in the list follows");
  assert.ok(now.includes("*resolves* 2 b) and 4 above"), "a reference in another section follows");
}
