// What happens in VS Code while a list is drafted: Enter opens clauses and ends lists; a clause that is put in by hand
// brings the offer to renumber; a clause is renamed; and all of it can be undone.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { until } from "./browser.mjs";

const TEXT = `*resolves*

1. to mend the benches;
2. to paint them;
3. to report on *resolves* 1 and 2 above.
`;

const TRACKED = `MOD X/1

# Resolution 1

*resolves*

1. to mend;
2. to paint.
`;

const OFFERS = `*resolves*\r
\r
1. to mend 😀;\r
2. to paint them;\r
3. to report on *resolves* 2 above.\r
`;

/** Files that the tests need, before the editor opens the folder. */
export async function prepare(folder) {
  await writeFile(path.join(folder, "typing.resmark"), TEXT);
  await writeFile(path.join(folder, "tracked.resmark"), TRACKED);
  await writeFile(path.join(folder, "offers.resmark"), OFFERS);
}

/** Waits until the text of a file, saved, is `expected`. */
async function expect(editor, file, what, expected) {
  let text = "";
  await until(what, async () => {
    await editor.save();
    text = await readFile(file, "utf8");
    return text === expected;
  }).catch(() => assert.equal(text, expected, what));
}

export async function typing(editor, folder) {
  const { keyboard } = editor.page;
  const [list, tracked] = ["typing.resmark", "tracked.resmark"].map((name) => path.join(folder, name));

  await editor.file("typing.resmark");
  await editor.goTo(3, "1. to mend the benches;".length + 1);
  await keyboard.press("Enter");
  const opened = TEXT.replace("2. to paint", "2. \n3. to paint").replace("3. to report on *resolves* 1 and 2", "4. to report on *resolves* 1 and 3");
  await expect(editor, list, "Enter opens the next clause", opened);
  await keyboard.type("to clean them:");
  await keyboard.press("Enter");
  const below = opened.replace("2. \n", "2. to clean them:\n   a) \n");
  await expect(editor, list, "a colon opens a sub-clause", below);
  await keyboard.type("daily;");
  await keyboard.press("Enter");
  const second = below.replace("   a) \n", "   a) daily;\n   b) \n");
  await expect(editor, list, "the next sub-clause", second);
  await keyboard.press("Enter");
  const out = second.replace("   b) \n3. to paint", "3. \n4. to paint").replace("4. to report on *resolves* 1 and 3", "5. to report on *resolves* 1 and 4");
  await expect(editor, list, "an empty sub-clause goes on further out", out);
  await keyboard.press("Enter");
  const ended = second.replace("   b) \n3. to paint", "\n\n3. to paint");
  await expect(editor, list, "an empty clause ends the list", ended);
  // What the server did and the line break itself are each one step back.
  await keyboard.press("Control+Z");
  await keyboard.press("Control+Z");
  await expect(editor, list, "undo takes back the end of the list", out);
  console.log("Enter opens clauses and ends lists");

  await editor.file("tracked.resmark");
  await editor.goTo(7, "1. to mend;".length + 1);
  await keyboard.press("Enter");
  const inserted = TRACKED.replace("2. to paint", "{++2. ++}\n{~~2~>3~~}. to paint");
  await expect(editor, tracked, "a new clause of a tracked text is an insertion", inserted);
  await keyboard.type("to clean;");
  await expect(editor, tracked, "typing goes on inside of it", inserted.replace("{++2. ++}", "{++2. to clean;++}"));
  console.log("a clause that is new in a tracked text is an insertion");
}

export async function offers(editor, folder) {
  const { keyboard } = editor.page;
  const file = path.join(folder, "offers.resmark");

  await editor.file("offers.resmark");
  await editor.goTo(4, 1);
  await keyboard.press("Enter");
  await keyboard.press("ArrowUp");
  await keyboard.type("2. to clean them;");
  const broken = OFFERS.replace("2. to paint", "2. to clean them;\r\n2. to paint");
  await expect(editor, file, "a clause is put in by hand", broken);
  // The cursor is in the new clause, the list breaks in the next line.
  await editor.squiggles().first().waitFor();
  await editor.lamp().waitFor();
  await editor.quickFix("Renumber this list");
  const mended = broken.replace("2. to paint", "3. to paint").replace("3. to report on *resolves* 2", "4. to report on *resolves* 3");
  await expect(editor, file, "the list is renumbered", mended);
  await keyboard.press("Control+Z");
  await expect(editor, file, "one undo gives back the same bytes", broken);
  await keyboard.press("Control+Shift+Z");
  await expect(editor, file, "redo", mended);
  console.log("a clause that was put in brings the offer to renumber");

  await editor.goTo(6, 1);
  await editor.rename("1");
  const renamed = OFFERS.replace(
    /1\. .*/s,
    "1. to report on *resolves* 4 above;\r\n2. to mend 😀;\r\n3. to clean them;\r\n4. to paint them.\r\n",
  );
  await expect(editor, file, "a clause gets another number and moves there", renamed);
  await keyboard.press("Control+Z");
  await expect(editor, file, "one undo takes the rename back", mended);
  console.log("a clause is renamed");
}
