// `node test.mjs FOLDER`: what a drafter sees and does in VS Code, in a copy of the example workspace.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Editor, until } from "./browser.mjs";
import { start } from "./code.mjs";
import { completion, prepare as prepareCompletion } from "./completion.mjs";
import { offers, prepare, typing } from "./typing.mjs";

const folder = process.argv[2];
await prepare(folder);
await prepareCompletion(folder);
const code = await start(folder);
try {
  for (const scheme of ["dark", "light"]) {
    const editor = await Editor.open(code.address, scheme);
    try {
      await editor.file("start-here.resmark");
      await editor.squiggles().first().waitFor();
      await editor.screenshot(`examples-${scheme}`);
      if (scheme === "light") {
        await findings(editor);
        await preview(editor);
        await definition(editor);
        await renumbering(editor);
        await updating(editor);
        await typing(editor, folder);
        await offers(editor, folder);
        await completion(editor, folder);
        await editor.file("wtdc-191-proposal.resmark");
        await editor.screenshot("changes-light");
      } else {
        await editor.file("wtdc-191-proposal.resmark");
        await editor.screenshot("changes-dark");
      }
    } catch (error) {
      await editor.screenshot("failed");
      throw error;
    } finally {
      await editor.close();
    }
  }
} finally {
  await code.stop();
}

async function findings(editor) {
  const problems = (await editor.problems("start-here.resmark")).join("\n");
  for (const id of ["citation/outdated", "reference/dangling", "numbering/gap"]) {
    assert.ok(problems.includes(id), `${id} is in the Problems panel:\n${problems}`);
  }
  assert.ok((await editor.squiggles("hint").count()) > 0, "what has been revised since has a hint");
  console.log("the findings are listed");
}

async function preview(editor) {
  await at(editor, "Resolution 140", 3);
  const shown = await editor.hover();
  assert.match(shown, /2022/, "the preview names the version in force");
  await editor.screenshot("preview");
  await editor.page.keyboard.press("Escape");
  console.log("a preview is shown");
}

async function definition(editor) {
  await at(editor, "Resolution 191 (Kigali", 3);
  await editor.page.keyboard.press("F12");
  await editor.tab("wtdc-191.resmark").waitFor();
  await editor.file("start-here.resmark");
  await at(editor, "Resolution 70", 3);
  await editor.page.keyboard.press("F12");
  await editor.tab("PP-70").waitFor();
  await editor.page.locator(".editor-instance .view-line", { hasText: "70" }).first().waitFor();
  await editor.screenshot("page");
  await editor.file("start-here.resmark");
  console.log("the cited resolution opens");
}

async function renumbering(editor) {
  await at(editor, "4. to invite", 0);
  await editor.command("Resmark: Renumber List");
  await until("renumbering changes the file", async () => {
    await editor.save();
    return (await text()).includes("3. to invite");
  });
  const now = await text();
  assert.ok(now.includes("4. to review progress on *resolves* 3 above"), "a reference in the list follows");
  assert.ok(now.includes("*resolves* 2 b) and 4 above"), "a reference in another section follows");
  console.log("the list is renumbered, with the references to it");
}

async function updating(editor) {
  const before = await text();
  assert.match(before, /Resolution 140 \(Rev\. Busan, 2014\)/, "an example is out of date");
  await editor.command("Resmark: Update Outdated Citations");
  const rows = editor.page.locator(".bulk-edit-panel .monaco-list-row, .refactor-preview .monaco-list-row");
  await rows.filter({ hasText: "Resolution 140 (Rev. Busan, 2014Bucharest, 2022)" }).first().waitFor();
  await editor.screenshot("update-preview");
  assert.equal(await text(), before, "nothing is changed before the drafter says so");
  await rows.first().locator("input[type=checkbox], .monaco-checkbox").first().click();
  await editor.page.getByRole("button", { name: "Apply", exact: true }).first().click();
  await until("updating changes the file", async () => {
    await editor.save();
    return (await text()).includes("Resolution 140 (Rev. Bucharest, 2022)");
  });
  assert.equal((await text()).split("\n").length, before.split("\n").length, "nothing else is changed");
  console.log("the citations are updated, each shown before");
}

function text() {
  return readFile(path.join(folder, "start-here.resmark"), "utf8");
}

/** Puts the cursor `behind` characters behind the start of the first `words`. */
async function at(editor, words, behind) {
  const before = (await text()).split(words)[0].split("\n");
  await editor.goTo(before.length, before.at(-1).length + 1 + behind);
}
