// A browser with VS Code in it, and what a drafter does there: keys, the command palette, reading what is shown.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
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

/**
 * How long anything on the screen may take, in milliseconds: the machine may have two slow cores, and others use them.
 * `RESMARK_PATIENCE` says it in seconds, for who writes a feature.
 */
export const PATIENCE = Number(process.env.RESMARK_PATIENCE ?? 60) * 1000;

/** The schemes in which pictures are taken: `RESMARK_SCHEMES=light,dark`; light alone where it is not said. */
const SCHEMES = (process.env.RESMARK_SCHEMES ?? "light").split(",");

/** One browser, with nothing of the user's; it keeps what it has fetched of VS Code from one window to the next. */
export class Browser {
  static async open() {
    const profile = await mkdtemp(path.join(tmpdir(), "resmark-browser-"));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: needed("RESMARK_BROWSER"),
      headless: true,
      args: FLAGS,
      viewport: { width: 1400, height: 900 },
      colorScheme: "light",
    });
    context.setDefaultTimeout(PATIENCE);
    return new Browser(context, profile);
  }

  constructor(context, profile) {
    this.context = context;
    this.profile = profile;
  }

  /** A new window with `folder` open in the VS Code `code`, as soon as its files are listed. */
  async window(code, folder) {
    const page = await this.context.newPage();
    const editor = new Editor(page, folder);
    await page.goto(code.address(folder));
    await page.locator(".monaco-workbench .part.editor").first().waitFor();
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
    return editor;
  }

  async close() {
    await this.context.close();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** A window of VS Code. */
export class Editor {
  constructor(page, folder) {
    this.page = page;
    this.folder = folder;
  }

  async close() {
    await this.page.close();
  }

  // Going places

  /** Opens the file at `name`, a path inside the folder, by the quick open list. */
  async file(name) {
    await this.pick("Control+P", name, path.basename(name));
    await this.tab(path.basename(name)).waitFor();
    await this.page.locator(".editor-group-container.active .editor-instance .view-line").first().waitFor();
    if (name.endsWith(".resmark")) {
      await this.ready();
    }
  }

  /** Waits until the server has started and read the folder, as the status bar says. */
  async ready() {
    const item = this.page.locator(".part.statusbar .statusbar-item[id*='resmark']").first();
    await item.waitFor();
    await item.locator(".codicon-modifier-spin").waitFor({ state: "detached" });
  }

  /** Runs a command of the palette by its title. */
  async command(title) {
    await this.pick("F1", `>${title}`, title);
  }

  /** Types `typed` into the list that `key` opens, and takes the row that shows `shown`. */
  async pick(key, typed, shown) {
    const input = this.input();
    // The first row of the list is what Enter takes; it lags behind the typing. What an extension brings may come after the
    // list was made, so it is asked for again; and what a new window opens last may have taken the list away.
    const row = this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: shown });
    const soon = { timeout: 3000 };
    await this.page.keyboard.press(key);
    await until(`the list shows ${shown}`, async () => {
      try {
        await input.waitFor(soon);
        await input.fill("", soon);
        await input.fill(typed, soon);
        await row.waitFor(soon);
        return true;
      } catch {
        if (!(await input.isVisible())) {
          await this.page.keyboard.press(key);
        }
        return false;
      }
    });
    await this.page.keyboard.press("Enter");
    // What was chosen may ask for more, in the same place.
    await until(`${shown} is taken`, async () => !(await input.isVisible()) || (await input.inputValue()) !== typed);
  }

  /** Takes a row of the list that is shown, by some of its words; another list may follow in its place. */
  async choose(words) {
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: words }).first();
    await row.waitFor();
    await row.click();
  }

  /** The field in which the lists at the top are filtered. */
  input() {
    return this.page.locator(".quick-input-widget input.input");
  }

  /** The tab whose label contains `name`, when it is the one in front. */
  tab(name) {
    return this.page.locator(".editor-group-container.active .tab.active", { hasText: name }).first();
  }

  /** Puts the cursor at a place: both numbers count from 1. */
  async goTo(line, column = 1) {
    const input = this.input();
    await this.page.keyboard.press("Control+G");
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
  }

  /** Puts the cursor `behind` characters behind the start of the first `words` of the file `name`, as it is on the disk. */
  async at(name, words, behind = 0) {
    const text = await this.text(name);
    assert.ok(text.includes(words), `${name} contains “${words}”`);
    const before = text.split(words)[0].split("\n");
    await this.goTo(before.length, before.at(-1).length + 1 + behind);
  }

  /** Goes back to where the cursor was before the last jump. */
  async back() {
    // As on Linux; elsewhere it is Alt+Left or Ctrl+-.
    await this.page.keyboard.press("Control+Alt+Minus");
  }

  // Seeing

  /** The lines of the text that are on the screen. */
  lines() {
    return this.page.locator(".editor-group-container.active .editor-instance .view-line");
  }

  /** The line above a title that counts citations: it is there when the server has read the text. */
  lens(words = "") {
    return this.page.locator(".editor-group-container.active .codelens-decoration", { hasText: words }).first();
  }

  /** The places that are underlined now: `error`, `warning`, `info`; hints have dots. */
  squiggles(kind = "warning") {
    return this.page.locator(`.editor-group-container.active .editor-instance .squiggly-${kind}`);
  }

  /** The lamp that says that something is offered where the cursor is. */
  lamp() {
    return this.page.locator(".editor-instance .lightBulbWidget, .editor-instance [class*='codicon-gutter-lightbulb']").first();
  }

  /** The list of completions, when it is open; with `words`, its first row that has them. */
  suggestions(words) {
    const list = this.page.locator(".suggest-widget.visible");
    return words === undefined ? list : list.locator(".monaco-list-row", { hasText: words }).first();
  }

  /** The place in the status bar that has `words`. */
  statusBar(words) {
    return this.page.locator(".part.statusbar .statusbar-item", { hasText: words }).first();
  }

  /** A message in the corner that has `words`. */
  notification(words) {
    return this.page.locator(".notifications-toasts .notification-list-item", { hasText: words }).first();
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

  /** What is in the page that stands in an editor's place or beside it: the preview, the graph. */
  webview() {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
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

  /** Where `what` is on the screen, as soon as it stands still: what is drawn anew is nowhere for a moment. */
  async place(what) {
    let box = null;
    await until("a place on the screen stands still", async () => {
      const before = box;
      box = await what.boundingBox();
      return box !== null && before !== null && box.x === before.x && box.y === before.y;
    });
    return box;
  }

  /**
   * Notes whether something that matches `selector` is on the screen, from now on. The answer is a function that says
   * whether it was seen since.
   */
  async watch(selector) {
    const handle = await this.page.evaluateHandle((selector) => {
      const seen = { value: false };
      const look = () => (seen.value ||= document.querySelector(selector) !== null);
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
      look();
      return seen;
    }, selector);
    return () => handle.evaluate((seen) => seen.value);
  }

  // Doing

  /** Takes what is offered where the cursor is, by the beginning of its title. */
  async quickFix(title) {
    const action = this.page.locator(".action-widget .monaco-list-row.action", { hasText: title }).first();
    // What the server finds meanwhile may take the list away, or come after it.
    await until(`“${title}” is offered`, async () => {
      await this.page.keyboard.press("Control+.");
      return action.waitFor({ timeout: 3000 }).then(
        () => true,
        async () => {
          await this.page.keyboard.press("Escape");
          return false;
        },
      );
    });
    await action.click();
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

  /** Writes the file in front. */
  async save() {
    await this.page.keyboard.press("Control+S");
  }

  /** The text of the file `name`, as it is on the disk. */
  text(name) {
    return readFile(path.join(this.folder, name), "utf8");
  }

  /** Waits until the file in front, which is `name`, has `words`, a text or a pattern, when it is saved. */
  async saved(name, words) {
    await until(`${name} has ${words}`, async () => {
      await this.save();
      const text = await this.text(name);
      return typeof words === "string" ? text.includes(words) : words.test(text);
    });
  }

  /** Waits until the file in front, which is `name`, holds the text `expected` when it is saved. */
  async expect(name, what, expected) {
    let text = "";
    await until(what, async () => {
      await this.save();
      text = await this.text(name);
      return text === expected;
    }).catch(() => assert.equal(text, expected, what));
  }

  /** Waits until line `number`, from 1, of the file in front, which is `name`, is `expected` when it is saved. */
  async expectLine(name, number, expected) {
    let line = "";
    await until(`line ${number} is ${expected}`, async () => {
      await this.save();
      line = (await this.text(name)).split(/\r?\n/)[number - 1];
      return line === expected;
    }).catch(() => assert.equal(line, expected));
  }

  /** Saves a picture of the window to the folder `RESMARK_SCREENSHOTS`, one for each scheme: `name-light.png`. */
  async screenshot(name, schemes = SCHEMES) {
    const folder = process.env.RESMARK_SCREENSHOTS;
    if (!folder) {
      return;
    }
    await mkdir(folder, { recursive: true });
    for (const scheme of schemes) {
      await this.scheme(scheme);
      await this.settled();
      await this.page.screenshot({ path: path.join(folder, `${name}-${scheme}.png`) });
    }
    await this.scheme("light");
  }

  /** Saves a picture for people to read beside, to the folder `RESMARK_IMAGES`, or else with the others: `name.png`. */
  async picture(name) {
    const folder = process.env.RESMARK_IMAGES ?? process.env.RESMARK_SCREENSHOTS;
    if (folder) {
      await mkdir(folder, { recursive: true });
      await this.settled();
      await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
    }
  }

  /** Makes the window light or dark, as the system does in the evening. */
  async scheme(scheme) {
    await this.page.emulateMedia({ colorScheme: scheme });
    await this.page.locator(scheme === "dark" ? ".monaco-workbench.vs-dark" : ".monaco-workbench.vs").waitFor();
  }

  /** Waits until what fades in has done so and what was changed is drawn. */
  async settled() {
    await this.page.evaluate(async () => {
      const finite = document.getAnimations().filter((it) => it.effect?.getTiming().iterations !== Infinity);
      await Promise.allSettled(finite.map((it) => it.finished));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
  }
}

/** Waits until `holds()` is true, or says what was waited for. */
export async function until(what, holds) {
  const deadline = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(`waited in vain until ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
