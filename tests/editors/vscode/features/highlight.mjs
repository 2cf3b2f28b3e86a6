// The cursor in a label shows where the clause is referred to, and in a citation where the same resolution is cited.

import assert from "node:assert/strict";
import { until } from "../browser.mjs";

const TEXT = `# Resolution 310 (Doha, 2026)

The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

*recalling*

a) Resolution 140 (Rev. Bucharest, 2022) of this conference;
b) once more Resolution 140 (Rev. Bucharest, 2022),

*resolves*

1. to begin;
2. to report on *resolves* 1 above.
`;

export const files = { "seen.resmark": TEXT };

export default async function (editor) {
  const marks = editor.page.locator(".editor-instance .wordHighlight, .editor-instance .wordHighlightStrong, .editor-instance .wordHighlightText");
  await editor.file("seen.resmark");
  await editor.lens("Cites").waitFor();
  await editor.at("seen.resmark", "1. to begin", 0);
  await until("the label and the reference to it are marked", async () => (await marks.count()) === 2);
  await editor.screenshot("highlight");
  await editor.at("seen.resmark", "Resolution 140", 4);
  await until("both citations are marked", async () => (await marks.count()) === 2);
  const widths = await marks.evaluateAll((found) => found.map((it) => it.getBoundingClientRect().width));
  assert.ok(Math.min(...widths) > 150, `whole citations, not their first words: ${widths}`);
}
