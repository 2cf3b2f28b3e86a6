// The two pictures of the README: what is found in a text, with what is cited; and the printed resolution beside its text.
// `cargo xtask pictures` makes them anew in `docs/images`.

// So that the head of the text is seen as well.
export const settings = { "editor.hover.above": false };

export default async function (editor) {
  const { page } = editor;
  await page.setViewportSize({ width: 1200, height: 700 });
  await editor.file("start-here.resmark");
  await editor.squiggles().first().waitFor();
  await editor.at("start-here.resmark", "Resolution 140", 3);
  await editor.hover();
  const hover = page.locator(".monaco-hover:not(.hidden)", { hasText: "In force" }).first();
  await hover.waitFor();
  await hover.filter({ hasNotText: "Checking for quick fixes" }).waitFor();
  await editor.picture("findings");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");

  // The text and the paper side by side want the room of the explorer.
  await editor.command("View: Toggle Primary Side Bar Visibility");
  await editor.file("wtdc-191-proposal.resmark");
  await editor.lens("Cited").waitFor();
  await editor.command("Resmark: Open Preview to the Side");
  await editor.webview().locator("article.resolution ins").first().waitFor();
  await editor.picture("preview");
}
