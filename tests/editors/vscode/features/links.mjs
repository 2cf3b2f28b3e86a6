// Citations and references are links: Ctrl and a click open what they name, and so does the command.

const FILE = "start-here.resmark";

export default async function (editor) {
  const { page } = editor;
  await editor.file(FILE);
  const inLine = (words) => page.locator(".editor-instance .view-line", { hasText: words }).locator(".detected-link").first();
  await inLine("to follow resolves 2").waitFor();
  const link = inLine("of this conference, on the upkeep");
  await link.waitFor();
  // The line above the title comes later, and moves all others down.
  await editor.lens("Cites 5 resolutions").waitFor();
  await editor.screenshot("links");
  // Under Ctrl the words are drawn anew, so the place is clicked and not they.
  const { x, y, width, height } = await editor.place(link);
  await page.mouse.move(x + width / 2 - 10, y + height / 2);
  await page.keyboard.down("Control");
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.locator(".editor-instance .goto-definition-link, .editor-instance .detected-link-active").first().waitFor();
  await page.mouse.click(x + width / 2, y + height / 2);
  await page.keyboard.up("Control");
  await opened(editor);

  await editor.file(FILE);
  await link.waitFor();
  await editor.at(FILE, "Resolution 191 (Kigali", 3);
  await editor.command("Open Link");
  await opened(editor);
}

/** Waits until the resolution that the link names is in front. */
async function opened(editor) {
  await editor.tab("wtdc-191.resmark").waitFor();
  await editor.lines().filter({ hasText: "Upkeep of shared equipment" }).first().waitFor();
}
