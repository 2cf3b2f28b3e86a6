// A clause that is put in by hand brings the offer to renumber; a clause is renamed; undo gives back the same bytes.

const OFFERS = `*resolves*\r
\r
1. to mend 😀;\r
2. to paint them;\r
3. to report on *resolves* 2 above.\r
`;

export const files = { "offers.resmark": OFFERS };

export default async function (editor) {
  const { keyboard } = editor.page;

  await editor.file("offers.resmark");
  await editor.goTo(4, 1);
  await keyboard.press("Enter");
  await keyboard.press("ArrowUp");
  await keyboard.type("2. to clean them;");
  const broken = OFFERS.replace("2. to paint", "2. to clean them;\r\n2. to paint");
  await editor.expect("offers.resmark", "a clause is put in by hand", broken);
  // The cursor is in the new clause, the list breaks in the next line.
  await editor.squiggles().first().waitFor();
  await editor.lamp().waitFor();
  await editor.quickFix("Renumber this list");
  const mended = broken.replace("2. to paint", "3. to paint").replace("3. to report on *resolves* 2", "4. to report on *resolves* 3");
  await editor.expect("offers.resmark", "the list is renumbered", mended);
  await keyboard.press("Control+Z");
  await editor.expect("offers.resmark", "one undo gives back the same bytes", broken);
  await keyboard.press("Control+Shift+Z");
  await editor.expect("offers.resmark", "redo", mended);

  await editor.goTo(6, 1);
  await editor.rename("1");
  const renamed = OFFERS.replace(
    /1\. .*/s,
    "1. to report on *resolves* 4 above;\r\n2. to mend 😀;\r\n3. to clean them;\r\n4. to paint them.\r\n",
  );
  await editor.expect("offers.resmark", "a clause gets another number and moves there", renamed);
  await keyboard.press("Control+Z");
  await editor.expect("offers.resmark", "one undo takes the rename back", mended);
}
