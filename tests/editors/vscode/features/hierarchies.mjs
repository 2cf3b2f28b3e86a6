// Call hierarchy shows who cites whom, type hierarchy the chain of versions.

const FILE = "start-here.resmark";

export default async function (editor) {
  const { page } = editor;
  const rows = (words) => page.locator(".peekview-widget .monaco-list-row", { hasText: words }).first();

  await editor.file(FILE);
  await editor.squiggles().first().waitFor();
  await editor.at(FILE, "Resolution 191 (Kigali", 3);
  await editor.command("Peek Call Hierarchy");
  await rows("Resolution 191").waitFor();
  // What cites it: the resolution of this very text.
  await rows("Resolution 190").waitFor();
  await editor.screenshot("who-cites-it");
  await page.keyboard.press("Escape");
  await page.locator(".peekview-widget").waitFor({ state: "hidden" });

  await editor.at(FILE, "Resolution 140 (Rev. Busan", 3);
  await editor.command("Peek Type Hierarchy");
  await rows("Busan, 2014").waitFor();
  await rows("Dubai, 20").waitFor();
  await editor.screenshot("versions");
}
