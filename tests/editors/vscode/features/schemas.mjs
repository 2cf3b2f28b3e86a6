// `resmark.json` and catalogue files are completed and checked as they are typed; other JSON is left alone.

import assert from "node:assert/strict";

export const files = {
  "resmark.json": '{\n  "profile": "uno",\n  "rules": {}\n}\n',
  "catalogue/ours.json": '{\n  "resolutions": [{ "id": "LC-1", "titels": [] }]\n}\n',
  "catalogue/plain.json": '{\n  "anything": 1\n}\n',
  "lake.catalogue.json": '{\n  "resolutions": [{ "id": "LC-2" }],\n  "sauce": "none"\n}\n',
};

export default async function (editor) {
  const { keyboard } = editor.page;
  await editor.file("resmark.json");
  await editor.squiggles().first().waitFor();
  await editor.screenshot("schema");
  await editor.at("resmark.json", "{}", 1);
  await keyboard.press("Control+Space");
  await editor.suggestions("citation/outdated").waitFor();
  await editor.screenshot("schema-completion");
  await keyboard.press("Escape");
  await editor.at("resmark.json", "profile", 2);
  assert.match(await editor.hover(), /drafting profile/, "what a setting means is shown");
  await keyboard.press("Escape");

  await editor.file("ours.json");
  await editor.squiggles().first().waitFor();
  await editor.file("lake.catalogue.json");
  await editor.squiggles().first().waitFor();
  const problems = (await editor.problems("lake.catalogue.json")).join("\n");
  assert.match(problems, /sauce/);
  await editor.file("plain.json");
  await editor.lines().filter({ hasText: "anything" }).first().waitFor();
  await editor.command("View: Focus Problems");
  const rows = await editor.page.locator(".markers-panel .monaco-list-row").allInnerTexts();
  assert.ok(!rows.some((row) => row.includes("plain.json")), "JSON that is no catalogue is not complained of");
}
