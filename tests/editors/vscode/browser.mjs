// A browser with VS Code in it, and what a drafter does there: keys, the command palette, reading what is shown.

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { needed } from "./code.mjs";

// Nothing is asked of the network but the server on this machine.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** How long anything on the screen may take, in milliseconds: the machine may have two slow cores. */
const PATIENCE = 60_000;

export class Editor {
  /** Opens VS Code at `address`. `scheme` is `light` or `dark`. */
  static async open(address, scheme = "light") {
    const profile = await mkdtemp(path.join(tmpdir(), "resmark-browser-"));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: needed("RESMARK_BROWSER"),
      headless: true,
      args: FLAGS,
      viewport: { width: 1400, height: 900 },
      colorScheme: scheme,
    });
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(PATIENCE);
    await page.goto(address);
    await page.locator(".monaco-workbench .part.editor").first().waitFor();
    const editor = new Editor(page, context, profile);
    await editor.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
    return editor;
  }

  constructor(page, context, profile) {
    this.page = page;
    this.context = context;
    this.profile = profile;
  }

  async close() {
    await this.context.close();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Opens the file at `name`, a path inside the folder, by the quick open list. */
  async file(name) {
    await this.pick("Control+P", name, path.basename(name));
    await this.tab(path.basename(name)).waitFor();
    await this.page.locator(".editor-instance .view-line").first().waitFor();
  }

  /** Runs a command of the palette by its title. */
  async command(title) {
    await this.pick("F1", `>${title}`, title);
  }

  async pick(key, typed, shown) {
    const input = this.page.locator(".quick-input-widget input.input");
    await this.page.keyboard.press(key);
    await input.waitFor();
    await input.fill(typed);
    // The first row of the list is what Enter takes; it lags behind the typing.
    await this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: shown }).waitFor();
    await this.page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
  }

  /** The tab whose label contains `name`, when it is the one in front. */
  tab(name) {
    return this.page.locator(".tab.active", { hasText: name }).first();
  }

  /** Puts the cursor at a place: both numbers count from 1. */
  async goTo(line, column = 1) {
    const input = this.page.locator(".quick-input-widget input.input");
    await this.page.keyboard.press("Control+G");
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
  }

  /** The places that are underlined now: `error`, `warning`, `info`; hints have dots. */
  squiggles(kind = "warning") {
    return this.page.locator(`.editor-instance .squiggly-${kind}`);
  }

  /** The lamp that says that something is offered where the cursor is. */
  lamp() {
    return this.page.locator(".editor-instance .lightBulbWidget, .editor-instance [class*='codicon-gutter-lightbulb']").first();
  }

  /** Takes what is offered where the cursor is, by the beginning of its title. */
  async quickFix(title) {
    await this.page.keyboard.press("Control+.");
    await this.page.locator(".action-widget .monaco-list-row.action", { hasText: title }).first().click();
  }

  /** Gives what the cursor stands on the new name `name`. */
  async rename(name) {
    await this.page.keyboard.press("F2");
    const input = this.page.locator(".rename-box input").first();
    await input.waitFor();
    await input.fill(name);
    await this.page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
  }

  /** What the Problems panel lists for the file `name`, one string for each row. Hints are not listed there. */
  async problems(name) {
    await this.command("View: Focus Problems");
    await this.page.locator(".part.panel .viewpane-filter input").first().fill(name);
    const rows = this.page.locator(".markers-panel .monaco-list-row");
    await rows.filter({ hasText: "[Ln" }).first().waitFor();
    await until("only that file is listed", async () =>
      (await rows.locator(".resource-label-container, .file-icon").allInnerTexts()).every((it) => it.includes(name)),
    );
    const texts = await rows.allInnerTexts();
    await this.command("View: Toggle Panel Visibility");
    return texts.map((text) => text.replace(/\s+/g, " ").trim());
  }

  /** What is shown about the place of the cursor. */
  async hover() {
    await this.command("Show or Focus Hover");
    const hover = this.page.locator(".monaco-hover:not(.hidden) .hover-contents");
    await hover.first().waitFor();
    await this.page.waitForFunction(() => {
      const texts = [...document.querySelectorAll(".monaco-hover:not(.hidden) .hover-contents")].map((it) => it.textContent);
      return texts.length > 0 && !texts.some((text) => text.includes("Loading"));
    });
    return (await hover.allInnerTexts()).join("\n").replace(/\u00a0/g, " ");
  }

  /** Writes the file in front. */
  async save() {
    await this.page.keyboard.press("Control+S");
  }

  async screenshot(name) {
    const folder = process.env.RESMARK_SCREENSHOTS;
    if (folder) {
      await mkdir(folder, { recursive: true });
      // What fades in has done so.
      await this.page.waitForTimeout(500);
      await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
    }
  }
}

/** Waits until `holds()` is true, or says what was waited for. */
export async function until(what, holds) {
  const deadline = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(`waited in vain until ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
