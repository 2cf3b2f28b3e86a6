// A resolution is found by words of its title, in the workspace and in the catalogue; the outline has the clauses.

export default async function (editor) {
  const { page } = editor;
  const row = (words) => page.locator(".quick-input-list .monaco-list-row", { hasText: words }).first();
  const search = async (words) => {
    await page.keyboard.press("Control+T");
    await editor.input().waitFor();
    await editor.input().fill(`#${words}`);
  };

  await editor.file("start-here.resmark");
  await editor.squiggles().first().waitFor();
  await search("upkeep equip");
  await row("Upkeep of shared equipment").waitFor();
  await editor.screenshot("workspace-symbols");
  await row("Upkeep of shared equipment").click();
  await editor.tab("wtdc-191").waitFor();

  await page.keyboard.press("Control+Shift+O");
  await row("instructs the Director").waitFor();
  await editor.screenshot("symbols");
  await editor.choose("instructs the Director");
  await editor.statusBar("Ln 28").waitFor();
}
