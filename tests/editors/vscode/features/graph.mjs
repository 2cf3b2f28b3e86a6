// The citation graph: the neighbours of the text in front, or the workspace, as a picture in the colours of the editor; it
// is moved and scaled by keys and wheel, told in words as well, and a click opens a text.

import assert from "node:assert/strict";
import { until } from "../browser.mjs";

export default async function (editor) {
  const { page } = editor;
  const refused = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) {
      refused.push(message.text());
    }
  });
  const graph = editor.webview();
  const svg = graph.locator("svg[role=group]");
  const node = (words) => graph.locator("g.node", { hasText: words });
  const drawn = () => svg.evaluate((it) => it.style.transform);

  await editor.file("start-here.resmark");
  await editor.lens("Cites").waitFor();
  await editor.command("Resmark: Show Citation Graph");
  await svg.waitFor();
  await node("WTDC-190").waitFor();
  assert.equal(await graph.locator("g.centre").count(), 1, "the text in front stands out");
  assert.ok((await graph.locator("path.link.old").count()) > 0, "a citation that is out of date is marked");
  await graph.locator(".about", { hasText: /start-here\.resmark: \d+ resolutions, \d+ links/ }).waitFor();
  await editor.screenshot("graph");
  // Nothing is cut off: all of it is in sight at once.
  const [inner, outer] = [await svg.boundingBox(), await graph.locator("main").boundingBox()];
  assert.ok(inner.x >= outer.x - 1 && inner.x + inner.width <= outer.x + outer.width + 1, "it fits in width");

  const before = await drawn();
  await graph.locator("main").click({ position: { x: 5, y: 5 } });
  await page.keyboard.press("+");
  await until("the key makes it larger", async () => /scale\(1\.|scale\(0\./.test(await drawn()) && (await drawn()) !== before);
  const larger = await drawn();
  await page.keyboard.press("ArrowRight");
  await until("the arrows move it", async () => (await drawn()) !== larger);
  const moved = await drawn();
  await graph.locator("main").hover({ position: { x: 200, y: 200 } });
  await page.mouse.wheel(0, 80);
  await until("the wheel moves it", async () => (await drawn()) !== moved);
  await page.keyboard.press("0");
  await until("0 shows all of it again", async () => (await drawn()) === before);
  console.log("    the graph is moved and scaled");

  // A click opens a text in the place of the graph, which is still there behind it, and follows.
  await node("WTDC-191").click();
  await editor.tab("wtdc-191").waitFor();
  await page.locator(".tab", { hasText: "Citation Graph" }).click();
  await graph.locator("g.centre", { hasText: "WTDC-191" }).waitFor();
  // By the keyboard: from text to text, and Enter.
  await graph.locator('g.node[aria-label^="WTDC-190"]').focus();
  await page.keyboard.press("Enter");
  await editor.tab("start-here.resmark").waitFor();
  await page.locator(".tab", { hasText: "Citation Graph" }).click();
  await graph.locator("g.centre", { hasText: "WTDC-190" }).waitFor();
  console.log("    a text is opened by a click and by Enter");

  await graph.getByRole("button", { name: /All texts of the workspace/ }).click();
  await node("UNGA-80/902").waitFor();
  await editor.screenshot("graph-workspace");
  await graph.getByRole("button", { name: /in words/ }).click();
  await graph.locator(".list li", { hasText: "WTDC-190 cites WTDC-191 2 times" }).waitFor();
  await graph.locator(".list li", { hasText: /WTDC-190 cites PP-140 once, out of date/ }).waitFor();
  await editor.screenshot("graph-words");
  await graph.locator(".list a", { hasText: "WTDC-191" }).first().click();
  await editor.tab("wtdc-191").waitFor();
  assert.deepEqual(refused, [], "the page asks for nothing that it must not have");
  console.log("    the workspace is drawn, and told in words");
}
