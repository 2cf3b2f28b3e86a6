// Sections fold, and unfold.

export default async function (editor) {
  const { page } = editor;
  const line = (words) => editor.lines().filter({ hasText: words }).first();

  await editor.file("itu/wtdc-191.resmark");
  await editor.lens("Cited").waitFor();
  await editor.at("itu/wtdc-191.resmark", "*noting*", 1);
  await page.keyboard.press("Control+Shift+[");
  await line("seldom repaired together").waitFor({ state: "hidden" });
  await line("be set aside for repairs").waitFor();
  await editor.screenshot("folded");
  await page.keyboard.press("Control+Shift+]");
  await line("seldom repaired together").waitFor();
}
