// The list opens where a citation has begun, what is chosen takes the place of what was typed and of the bracket that the
// editor put in by itself, and prose is left alone.

import assert from "node:assert/strict";

const TEXT = `# Resolution 300 (Doha, 2026)

The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

*recalling*

a)
b) last
`;

export const files = { "completion.resmark": TEXT };

export default async function (editor) {
  const { keyboard } = editor.page;
  const line = (text) => editor.expectLine("completion.resmark", 7, text);

  await editor.file("completion.resmark");
  await editor.goTo(7, 3);
  await keyboard.type(" Resolution ");
  await editor.suggestions("Resolution 2 (Rev. Bucharest, 2022)").waitFor();
  await keyboard.type("140");
  await editor.suggestions("Resolution 140 (Rev. Dubai, 2018)").waitFor();
  await editor.suggestions("Resolution 140 (Rev. Bucharest, 2022)").waitFor();
  await editor.screenshot("completion");
  await keyboard.press("Tab");
  await line("a) Resolution 140 (Rev. Bucharest, 2022)");
  await keyboard.type("; Resolution 130 (");
  await editor.suggestions("Rev. Busan, 2014").waitFor();
  await keyboard.press("Tab");
  await line("a) Resolution 140 (Rev. Bucharest, 2022); Resolution 130 (Rev. Dubai, 2018)");

  const opened = await editor.watch(".suggest-widget.visible");
  await keyboard.type(" and this resolution is one of 14 ");
  await line("a) Resolution 140 (Rev. Bucharest, 2022); Resolution 130 (Rev. Dubai, 2018) and this resolution is one of 14 ");
  assert.equal(await opened(), false, "prose is left alone");
  await keyboard.press("Control+Space");
  await editor.suggestions().filter({ hasText: "No suggestions" }).waitFor();
}
