// A new resolution: asked for house and language, it opens filled with that house's layout, to be filled in with Tab. In an
// empty file of one's own the list of completions offers the same.

export const files = { "empty.resmark": "" };

export default async function (editor) {
  const { page } = editor;
  const { keyboard } = page;
  const line = (words) => editor.lines().filter({ hasText: words }).first();

  await editor.command("Resmark: New Resolution");
  await editor.choose("World Health Assembly");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Résolution" }).first().waitFor();
  await editor.screenshot("new-resolution-language");
  await editor.choose("Résolution (Assemblée mondiale de la Santé)");
  await editor.tab("Untitled").waitFor();
  await line("Assemblée mondiale de la Santé").waitFor();
  await editor.screenshot("new-resolution");
  await keyboard.type("80.1");
  await keyboard.press("Tab");
  await line("WHA80.1").waitFor();

  await editor.file("empty.resmark");
  await editor.lines().first().click();
  await keyboard.press("Control+Space");
  await editor.suggestions("Resolution (ITU)").waitFor();
  await editor.screenshot("skeletons");
  await keyboard.type("itu");
  await editor.suggestions("Resolution (ITU)").click();
  await line("The Plenipotentiary Conference").waitFor();
  await keyboard.press("Escape");
  await editor.saved("empty.resmark", /^# Resolution .*\n/);
}
