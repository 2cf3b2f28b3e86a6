// Above a title stands how often the resolution is cited; a click shows where.

import assert from "node:assert/strict";

export default async function (editor) {
  await editor.file("itu/wtdc-191.resmark");
  await editor.lens("Cites 2 resolutions").waitFor();
  await editor.lens("Cited 5 times in 3 texts").click();
  const peek = editor.page.locator(".peekview-widget");
  await peek.locator(".ref-tree .monaco-list-row", { hasText: "start-here.resmark" }).waitFor();
  await editor.settled();
  await editor.screenshot("lenses");
  const files = await peek.locator(".ref-tree .monaco-list-row").allInnerTexts();
  assert.ok(files.some((it) => it.includes("start-here.resmark")), `the text that cites it is listed: ${files}`);
  await editor.page.keyboard.press("Escape");
  await peek.waitFor({ state: "hidden" });
}
