// `node walk.mjs FOLDER`: a new user's first quarter of an hour. A home folder with nothing in it but the package, no
// setting, a copy of the example workspace FOLDER; and then what a drafter does, step by step.

import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Browser, until } from "./browser.mjs";
import { start } from "./code.mjs";

const [examples] = process.argv.slice(2);
const FIRST = "start-here.resmark";
/** Without a setting the window does not get dark with the system. */
const SCHEMES = ["light"];
const folder = await mkdtemp(path.join(tmpdir(), "resmark-walk-"));
await cp(examples, folder, { recursive: true });
const code = await start({ bare: true });
let editor;
try {
  const browser = await Browser.open();
  try {
    editor = await browser.window(code, folder);
    for (const step of [welcome, findings, begin, complete, number, save, update, preview, jump, rename]) {
      const began = performance.now();
      try {
        await step();
      } catch (error) {
        await editor.screenshot(`failed-walk-${step.name}`, SCHEMES).catch(() => {});
        throw new Error(`the walk fails at “${step.name}”`, { cause: error });
      }
      console.log(`ok  ${step.name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    }
  } finally {
    await browser.close();
  }
} finally {
  await code.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** VS Code shows its welcome, and the first steps of Resmark on it. The folder is not trusted yet; nothing here needs it. */
async function welcome() {
  await editor.page.locator(".getting-started-category, .walkthrough-category, button", { hasText: "First Steps with Res" }).first().waitFor();
  await editor.statusBar("Restricted Mode").waitFor();
  await editor.screenshot("walk-0-welcome", SCHEMES);
  // A conversation takes a third of the window.
  await editor.command("View: Toggle Secondary Side Bar Visibility");
}

/** The first file is opened; what is wrong is underlined. How long that took is noted beside the pictures. */
async function findings() {
  await editor.page.evaluate((name) => {
    window.resmarkTimes = {};
    const look = () => {
      const open = document.querySelector(".editor-group-container.active .tab.active")?.textContent?.includes(name);
      const shown = document.querySelector(".editor-instance .view-line span");
      if (open && shown) {
        window.resmarkTimes.opened ??= performance.now();
      }
      if (window.resmarkTimes.opened && document.querySelector(".editor-instance [class*='squiggly-']")) {
        window.resmarkTimes.marked ??= performance.now();
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  }, FIRST);
  await editor.file(FIRST);
  await editor.squiggles().first().waitFor();
  const { opened, marked } = await editor.page.evaluate(() => window.resmarkTimes);
  const line = `From the text on the screen to the first finding underlined: ${Math.round(marked - opened)} ms`;
  console.log(`    ${line}`);
  const pictures = process.env.RESMARK_SCREENSHOTS;
  if (pictures) {
    await mkdir(pictures, { recursive: true });
    await writeFile(path.join(pictures, "walk-first-finding.txt"), `${line}\n`);
  }
  await editor.screenshot("walk-1-findings", SCHEMES);
}

/** A new resolution out of File › New File: the house, the language, the places filled in one after the other. */
async function begin() {
  const { keyboard } = editor.page;
  await editor.command("Create: New File...");
  await editor.choose("Resolution (Resmark)");
  await editor.choose("Resolution (ITU)");
  await editor.page.locator(".quick-input-list .monaco-list-row", { hasText: "Résolution (UIT)" }).waitFor();
  await editor.choose("Resolution (ITU)");
  await shown("## Subject of the resolution");
  for (const words of ["410", "Doha, 2026", "Lanterns in the stairwells"]) {
    await keyboard.type(words);
    await shown(words);
    await keyboard.press("Tab");
  }
  await shown("# Resolution 410 (Doha, 2026)");
  await shown("## Lanterns in the stairwells");
  await shown("Telecommunication Union (Doha, 2026),");
  await editor.screenshot("walk-2-new", SCHEMES);
}

/** In the first clause a citation is completed. */
async function complete() {
  const { keyboard } = editor.page;
  await keyboard.type("Resolution 140");
  await editor.suggestions("Resolution 140 (Rev. Bucharest, 2022)").waitFor();
  await editor.screenshot("walk-3-completion", SCHEMES);
  await keyboard.press("Tab");
  await shown("a) Resolution 140 (Rev. Bucharest, 2022);");
}

/** Behind the first operative clause another is opened, and what follows moves on. */
async function number() {
  const { keyboard } = editor.page;
  await keyboard.press("Escape");
  await editor.lines().filter({ hasText: /^1\.\s/ }).first().click();
  await keyboard.press("End");
  await keyboard.press("Enter");
  await shown(/^2\.\s*$/);
  await keyboard.type("that each stairwell have a lantern;");
  await shown("2. that each stairwell have a lantern;");
  await shown(/^3\.\s/);
  await editor.screenshot("walk-4-numbering", SCHEMES);
}

/** It is saved under a name. */
async function save() {
  await editor.save();
  // The field is filled with a proposal when the folder has been read.
  await until("a name is proposed", async () => (await editor.input().inputValue()).startsWith(folder));
  await editor.input().fill(path.join(folder, "lanterns.resmark"));
  await editor.page.keyboard.press("Enter");
  await editor.tab("lanterns.resmark").waitFor();
  const text = await editor.text("lanterns.resmark");
  assert.match(text, /^# Resolution 410 \(Doha, 2026\)\n## Lanterns in the stairwells\n/);
  assert.match(text, /\na\) Resolution 140 \(Rev\. Bucharest, 2022\);\n/);
  assert.match(text, /\n1\. [^\n]+\n2\. that each stairwell have a lantern;\n3\. /);
}

/** The outdated citations of the example are brought to what is in force, each shown before. */
async function update() {
  await editor.file(FIRST);
  await editor.squiggles().first().waitFor();
  await editor.command("Resmark: Update Outdated Citations");
  const rows = editor.page.locator(".bulk-edit-panel .monaco-list-row, .refactor-preview .monaco-list-row");
  await rows.filter({ hasText: "Resolution 140 (Rev. Busan, 2014Bucharest, 2022)" }).first().waitFor();
  await editor.screenshot("walk-5-update", SCHEMES);
  await rows.first().locator("input[type=checkbox], .monaco-checkbox").first().click();
  await editor.page.getByRole("button", { name: "Apply", exact: true }).first().click();
  await editor.saved(FIRST, "a) Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference");
}

/** The proposal is previewed beside its text, as amended and as in force. */
async function preview() {
  const { page } = editor;
  const paper = editor.webview();
  await editor.file("wtdc-191-proposal.resmark");
  await editor.lens("Cited").waitFor();
  await page.keyboard.press("Control+K");
  await page.keyboard.press("v");
  await paper.locator("ins", { hasText: "and re-use" }).waitFor();
  await editor.screenshot("walk-6-preview", SCHEMES);
  await paper.getByRole("button", { name: "As amended" }).click();
  await until("nothing is struck out any more", async () => (await paper.locator("del").count()) === 0);
  assert.match(await paper.locator("article").innerText(), /upkeep and re-use of shared equipment/i);
  await paper.getByRole("button", { name: "In force" }).click();
  await until("what is new is gone", async () => !/re-use/i.test(await paper.locator("article").innerText()));
  await page.locator(".tab", { hasText: "Preview" }).first().click({ button: "middle" });
  await editor.tab("wtdc-191-proposal.resmark").waitFor();
}

/** Along three citations by F12, and back again. */
async function jump() {
  const { keyboard } = editor.page;
  await editor.file("wtdc-191-proposal.resmark");
  await editor.lens("Cited").waitFor();
  await editor.at("itu/wtdc-191-proposal.resmark", "Resolution 190", 3);
  await keyboard.press("F12");
  await editor.tab(FIRST).waitFor();
  await editor.at(FIRST, "Resolution 191 (Kigali", 3);
  await keyboard.press("F12");
  await editor.tab("wtdc-191.resmark").waitFor();
  await editor.at("itu/wtdc-191.resmark", "Resolution 102", 3);
  await keyboard.press("F12");
  await editor.tab("PP-102").waitFor();
  await editor.screenshot("walk-7-jump", SCHEMES);
  for (const name of ["wtdc-191.resmark", FIRST, "wtdc-191-proposal.resmark"]) {
    // Each place where the cursor was put in a text is a step as well.
    await until(`back in ${name}`, async () => {
      await editor.back();
      return editor.tab(name).isVisible();
    });
  }
}

/** A clause gets another number by F2; what refers to it follows, in the other text as well. */
async function rename() {
  await editor.file("wtdc-191.resmark");
  await editor.at("itu/wtdc-191.resmark", "2. that one tenth");
  await editor.rename("1");
  await editor.saved("itu/wtdc-191.resmark", "1. that one tenth of the price");
  await editor.saved("itu/wtdc-191.resmark", "the repairs made under *resolves* 1 above");
  await editor.screenshot("walk-8-rename", SCHEMES);
  await editor.command("File: Save All Files");
  await until("the text that cites it follows", async () => (await editor.text(FIRST)).includes("to follow resolves 1 of Resolution 191"));
}

/** Waits until a line of the text on the screen has `words`. */
async function shown(words) {
  await editor.lines().filter({ hasText: words }).first().waitFor();
}
