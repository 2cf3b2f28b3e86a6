// Resting on a citation shows what is cited.

export default async function (editor) {
  await editor.file("start-here.resmark");
  await editor.squiggles().first().waitFor();
  await editor.at("start-here.resmark", "Resolution 140", 3);
  await editor.hover();
  await editor.page.locator(".monaco-hover:not(.hidden)", { hasText: /In force: Bucharest, 2022/ }).first().waitFor();
  await editor.screenshot("hover");
}
