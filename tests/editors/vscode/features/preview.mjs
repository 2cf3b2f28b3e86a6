// The preview beside the text: it looks like the printed resolution, follows edits, the cursor's text and scrolling,
// switches views, leads along citations and back, and loads nothing from elsewhere.

import assert from "node:assert/strict";
import { until } from "../browser.mjs";

const CLAUSES = Array.from({ length: 60 }, (_, index) => `${index + 1}. to mend bench ${index + 1} of the park;`);

export const files = { "long.resmark": `# Resolution 9001 (Bucharest, 2022)\n\n*resolves*\n\n${CLAUSES.join("\n")}\n` };

export default async function (editor) {
  const { page } = editor;
  const refused = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) {
      refused.push(message.text());
    }
  });
  const preview = editor.webview();
  const sheet = preview.locator("article.resolution .sheet");

  await editor.file("start-here.resmark");
  await page.keyboard.press("Control+K");
  await page.keyboard.press("v");
  await sheet.first().waitFor();
  assert.match(await sheet.first().innerText(), /Community networks in remote valleys/i);
  assert.equal(await page.locator(".editor-group-container").count(), 2, "it stands beside the text");
  await editor.screenshot("preview-itu");

  // It follows edits; the title in the editor has the focus still.
  await editor.at("start-here.resmark", "Community networks", "Community networks".length);
  await page.keyboard.type("-of-all");
  await sheet.filter({ hasText: /Community networks-of-all in remote valleys/i }).waitFor();
  await page.keyboard.press("Control+Z");
  await sheet.filter({ hasText: /Community networks in remote valleys/i }).waitFor();

  // A citation leads to the preview of what is cited, and Back leads back.
  await preview.locator("a.citation", { hasText: "Resolution 191 (Kigali, 2022)" }).first().click();
  await sheet.filter({ hasText: /Upkeep of shared equipment/ }).waitFor();
  await editor.tab("Preview wtdc-191.resmark").waitFor();
  await page.keyboard.press("Alt+ArrowLeft");
  await sheet.filter({ hasText: /Community networks/i }).waitFor();
  await page.keyboard.press("Alt+ArrowRight");
  await sheet.filter({ hasText: /Upkeep of shared equipment/ }).waitFor();
  await page.keyboard.press("Alt+ArrowLeft");
  await sheet.filter({ hasText: /Community networks/i }).waitFor();
  // Three citations on, where there is only the catalogue's page.
  await preview.locator("a.citation", { hasText: "Resolution 140" }).first().click();
  await preview.locator("body", { hasText: "PP-140" }).waitFor();
  await editor.screenshot("preview-page");
  await page.keyboard.press("Alt+ArrowLeft");
  await sheet.filter({ hasText: /Community networks/i }).waitFor();

  // With Ctrl the text opens.
  await preview.locator("a.citation", { hasText: "Resolution 191 (Kigali, 2022)" }).first().click({ modifiers: ["Control"] });
  await editor.tab("wtdc-191.resmark").waitFor();
  // And the preview follows the text in front.
  await sheet.filter({ hasText: /Upkeep of shared equipment/ }).waitFor();

  // A double click goes to the source.
  await editor.file("start-here.resmark");
  const clause = preview.locator(".sheet > [data-line]", { hasText: "a valley without a road" });
  await clause.dblclick();
  await editor.tab("start-here.resmark").waitFor();
  const line = (await editor.text("start-here.resmark")).split("\n").findIndex((it) => it.includes("a valley without a road")) + 1;
  await editor.statusBar(`Ln ${line}, Col 1`).waitFor();
  console.log("    the preview follows edits, citations and clicks");

  await scrolling(editor, preview);
  await views(editor, preview, sheet);
  await others(editor, preview, sheet);
  assert.deepEqual(refused, [], "the page asks for nothing that it must not have");
}

/** The page scrolls with the editor, and the editor with the page. */
async function scrolling(editor, preview) {
  const { page } = editor;
  const place = (words) => preview.locator(".sheet > [data-line]", { hasText: words });
  const inSight = async (words) => {
    const box = await place(words).evaluate((it) => [it.getBoundingClientRect().top, innerHeight]);
    return box[0] >= 0 && box[0] < box[1];
  };
  await editor.file("long.resmark");
  await place("bench 1 of").waitFor();
  await editor.goTo(60);
  await until("the page has scrolled with the editor", () => inSight("bench 50 of"));
  await preview.locator("body").evaluate(() => window.scrollTo({ top: 0 }));
  await editor.lines().filter({ hasText: "Resolution 9001" }).first().waitFor();
  // Neither pushes the other on: the page stays where it was put.
  const top = () => preview.locator("body").evaluate(() => window.scrollY);
  await preview.locator("body").evaluate(() => window.scrollTo({ top: 400 }));
  await until("the editor has followed", async () => (await editor.lines().filter({ hasText: "Resolution 9001" }).count()) === 0);
  await editor.settled();
  const before = await top();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 800)));
  assert.equal(await top(), before, "what the page sent to the editor does not come back");
  console.log("    the page and the editor scroll together");
}

/** The views are switched in the page and by commands, and stay. */
async function views(editor, preview, sheet) {
  await editor.file("wtdc-191-proposal.resmark");
  await preview.locator("ins", { hasText: "and re-use" }).waitFor();
  await preview.locator("del", { hasText: "Kigali, 2022" }).first().waitFor();
  await editor.screenshot("preview-tracked");
  await preview.getByRole("button", { name: "As amended" }).click();
  await until("nothing is struck out any more", async () => (await preview.locator("del").count()) === 0);
  assert.match(await sheet.first().innerText(), /upkeep and re-use of shared equipment/i);
  await editor.statusBar("as amended").waitFor();
  await editor.command("Resmark: Preview as in Force");
  await until("what is new is gone", async () => !/re-use/i.test(await sheet.first().innerText()));
  await editor.command("Resmark: Preview Tracked Changes");
  await preview.locator("ins").first().waitFor();
  console.log("    the views are switched");
}

/** Other houses and scripts, a page in the place of the text, and what is left of it after a reload. */
async function others(editor, preview, sheet) {
  const { page } = editor;
  // The page was clicked; what is opened now would cover it.
  await editor.command("View: Focus First Editor Group");
  await editor.file("general-assembly-902.resmark");
  await sheet.filter({ hasText: /Shade in public places/i }).waitFor();
  await editor.screenshot("preview-un");
  await editor.file("القرار-193.resmark");
  await preview.locator('article[dir="rtl"]').waitFor();
  assert.equal(await preview.locator("article").evaluate((it) => getComputedStyle(it).direction), "rtl");
  await editor.screenshot("preview-arabic");
  await editor.file("第301号决议-修订提案.resmark");
  await preview.locator('article[lang="zh"]').waitFor();
  await editor.screenshot("preview-chinese");

  // Which text was the last one that the window has noted is the editor's affair.
  await page.reload();
  await page.locator(".tab", { hasText: /^Preview .*\.resmark/ }).waitFor();
  await sheet.first().waitFor();
  console.log("    it is there again after a reload");
}
