// Citations and references are links: Ctrl and a click open what they name.

const FILE = "start-here.resmark";

export default async function (editor) {
  const { page } = editor;
  await editor.file(FILE);
  const link = page.locator(".editor-instance .view-line", { hasText: "Resolution 191 (Kigali" }).locator(".detected-link").first();
  await link.waitFor();
  await editor.screenshot("links");
  await link.click({ modifiers: ["Control"] });
  await editor.tab("wtdc-191.resmark").waitFor();
  await editor.lines().filter({ hasText: "Upkeep of shared equipment" }).first().waitFor();
}
