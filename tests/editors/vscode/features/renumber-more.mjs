// The commands renumber more than a list: a resolution, and every text of the workspace.

import assert from "node:assert/strict";
import { until } from "../browser.mjs";

const TEXT = `# Resolution 310 (Doha, 2026)

The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

*recalling*

a) what was;
c) what is,

*resolves*

1. to go on;
3. to report on *resolves* 3 above.

# Resolution 313 (Doha, 2026)

The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

*resolves*

1. to begin;
5. to end.
`;
const FIRST = TEXT.replace("c) what", "b) what").replace("3. to report on *resolves* 3", "2. to report on *resolves* 2");
const CITED = `---
body: PP
language: en
---

# Resolution 311 (Doha, 2026)

The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

*resolves*

1. to begin;
2. to end.
`;
const OTHER = `---
body: PP
language: en
---

# Resolution 312 (Doha, 2026)

The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

*resolves*

1. to follow *resolves* 2 of Resolution 311 (Doha, 2026) of this conference;
4. to end.
`;

export const files = { "several.resmark": TEXT, "cited.resmark": CITED, "other.resmark": OTHER };

export default async function (editor) {
  await editor.file("several.resmark");
  await editor.squiggles().first().waitFor();
  await editor.at("several.resmark", "1. to go on");
  await editor.command("Resmark: Renumber Resolution");
  await editor.expect("several.resmark", "one resolution is renumbered, the other is not", FIRST);

  // A clause is put in; as another text cites the one behind it, nothing moves by itself, and a number is there twice.
  await editor.file("cited.resmark");
  await editor.lens("Cited").waitFor();
  await editor.at("cited.resmark", "1. to begin;", "1. to begin;".length);
  await editor.page.keyboard.press("Enter");
  await editor.expect("cited.resmark", "a clause is opened", CITED.replace("2. to end", "2. \n2. to end"));
  await editor.page.keyboard.type("to go on;");
  await editor.squiggles().first().waitFor();
  await editor.command("Resmark: Renumber Workspace");
  await editor.statusBar("changes made in").waitFor();
  await editor.command("File: Save All Files");
  await until("the other text is renumbered as well", async () => (await editor.text("other.resmark")).includes("2. to end."));
  assert.equal(await editor.text("cited.resmark"), CITED.replace("2. to end", "2. to go on;\n3. to end"));
  assert.equal(await editor.text("several.resmark"), FIRST.replace("5. to end", "2. to end"));
  const other = await editor.text("other.resmark");
  assert.match(other, /1\. to follow \*resolves\* 3 of Resolution 311/, "a pinpoint in another text follows");
}
