// Citations and references are marked as links. Where they lead is tried over the protocol, and here by going to the
// definition.

export default async function (editor) {
  await editor.file("start-here.resmark");
  for (const words of ["Resolution 191 (Kigali", "to follow resolves 2"]) {
    const line = editor.page.locator(".editor-instance .view-line", { hasText: words });
    await line.locator(".detected-link").first().waitFor();
  }
  await editor.screenshot("links");
}
