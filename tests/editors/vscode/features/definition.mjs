// F12 opens what is cited: a file of the workspace, or else a page made from the catalogue.

const FILE = "start-here.resmark";

export default async function (editor) {
  await editor.file(FILE);
  await editor.squiggles().first().waitFor();
  await editor.at(FILE, "Resolution 191 (Kigali", 3);
  await editor.page.keyboard.press("F12");
  await editor.tab("wtdc-191.resmark").waitFor();
  await editor.back();
  await editor.tab(FILE).waitFor();
  await editor.at(FILE, "Resolution 70", 3);
  await editor.page.keyboard.press("F12");
  await editor.tab("PP-70").waitFor();
  await editor.lines().filter({ hasText: "70" }).first().waitFor();
  await editor.screenshot("page");
}
