// Resting on a citation shows what is cited.

import assert from "node:assert/strict";

export default async function (editor) {
  await editor.file("start-here.resmark");
  await editor.squiggles().first().waitFor();
  await editor.at("start-here.resmark", "Resolution 140", 3);
  assert.match(await editor.hover(), /2022/, "the version in force is named");
  await editor.screenshot("hover");
}
