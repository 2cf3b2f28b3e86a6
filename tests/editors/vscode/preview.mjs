// `node preview.mjs FOLDER`: the preview in a browser, without an editor around it: what a reader sees and does there, on a
// copy of the example workspace FOLDER. Pictures go to the folder `RESMARK_SHOTS`, if that is set.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Browser, PATIENCE } from "./browser.mjs";
import { HOSTILE, hostileText, trespassing, watched } from "./hostile.mjs";
import { needed } from "./code.mjs";

const [examples] = process.argv.slice(2);
const shots = process.env.RESMARK_SHOTS;

/** The language server, and an editor as small as can be. */
class Server {
  constructor(folder) {
    this.process = spawn(needed("RESMARK_SERVER"), ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
    this.folder = folder;
    this.waiting = new Map();
    this.shown = [];
    this.id = 0;
    this.versions = new Map();
    let buffer = Buffer.alloc(0);
    this.process.stdout.on("data", (data) => {
      buffer = Buffer.concat([buffer, data]);
      for (;;) {
        const head = buffer.indexOf("\r\n\r\n");
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(buffer.subarray(0, head).toString())[1]);
        if (buffer.length < head + 4 + length) return;
        this.take(JSON.parse(buffer.subarray(head + 4, head + 4 + length).toString()));
        buffer = buffer.subarray(head + 4 + length);
      }
    });
  }

  take(message) {
    if (message.method === undefined) {
      this.waiting.get(message.id)?.(message);
    } else if (message.id !== undefined) {
      if (message.method === "window/showDocument") this.shown.push(message.params);
      const result = message.method === "window/showDocument" ? { success: true } : null;
      this.send({ id: message.id, result });
    }
  }

  send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  request(method, params) {
    const id = ++this.id;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.send({ id, method, params });
    });
  }

  async start() {
    const workspaceFolders = [{ uri: pathToFileURL(this.folder).href, name: "examples" }];
    const capabilities = { window: { showDocument: { support: true } } };
    await this.request("initialize", { processId: null, capabilities, workspaceFolders });
    this.send({ method: "initialized", params: {} });
  }

  uri(name) {
    return pathToFileURL(path.join(this.folder, name)).href;
  }

  async open(name, text) {
    text ??= await readFile(path.join(this.folder, name), "utf8");
    this.versions.set(name, 1);
    this.send({
      method: "textDocument/didOpen",
      params: { textDocument: { uri: this.uri(name), languageId: "resmark", version: 1, text } },
    });
    return text;
  }

  change(name, text) {
    const version = this.versions.get(name) + 1;
    this.versions.set(name, version);
    const textDocument = { uri: this.uri(name), version };
    this.send({ method: "textDocument/didChange", params: { textDocument, contentChanges: [{ text }] } });
  }

  async address(name, more = {}) {
    const answer = await this.request("resmark/previewAddress", { textDocument: { uri: this.uri(name) }, ...more });
    return answer.result.url;
  }

  async stop() {
    await this.request("shutdown");
    this.send({ method: "exit" });
    await new Promise((resolve) => this.process.once("exit", resolve));
  }
}

/** Waits until `condition` is true in the page. */
function until(page, condition, argument) {
  return page.waitForFunction(condition, argument, { timeout: PATIENCE });
}

/** The words of each block that is on the page. */
function blocks(page) {
  return page.locator(".sheet > *").allInnerTexts();
}

/** The line of the first block that can be seen. */
function topLine(page) {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll(".sheet > [data-line]")];
    return Number(seen.find((block) => block.getBoundingClientRect().bottom > 60)?.dataset.line);
  });
}

async function picture(page, name, options = {}) {
  if (!shots) return;
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: path.join(shots, `${name}.png`), ...options });
}

const PROPOSAL = "itu/wtdc-191-proposal.resmark";
const LONG = ["# Resolution 1 (Geneva, 2026)", "", "*resolves*", ""]
  .concat(Array.from({ length: 300 }, (_, at) => `${at + 1}. to put a chair in room ${at + 1};\n`))
  .join("\n");

const tests = {
  async "views are switched, and stay in the address"(server, page) {
    await server.open(PROPOSAL);
    await page.goto(await server.address(PROPOSAL));
    await page.locator("ins", { hasText: "Rev. Baku, 2025" }).first().waitFor();
    assert.equal(await page.locator("[aria-pressed=true]").innerText(), "Tracked changes");
    await picture(page, "tracked");
    await page.getByRole("button", { name: "In force" }).click();
    await page.locator("h1", { hasText: "Resolution 191 (Kigali, 2022)" }).waitFor();
    assert.equal(await page.locator("ins, del, .comment").count(), 0);
    await page.getByRole("button", { name: "As amended" }).click();
    await page.locator("h1", { hasText: "Resolution 191 (Rev. Baku, 2025)" }).waitFor();
    await picture(page, "as-amended");
    await page.reload();
    await page.locator("h1", { hasText: "Resolution 191 (Rev. Baku, 2025)" }).waitFor();
    assert.equal(await page.locator("[aria-pressed=true]").innerText(), "As amended");
  },

  async "an edit changes its block alone and keeps the place"(server, page) {
    await server.open("long.resmark", LONG);
    await page.goto(await server.address("long.resmark"));
    await page.locator(".clause").nth(299).waitFor();
    await page.evaluate(() => {
      for (const block of document.querySelectorAll(".sheet > *")) block.known = true;
      document.querySelectorAll(".clause")[149].scrollIntoView();
    });
    const before = await page.evaluate(() => document.querySelectorAll(".clause")[149].getBoundingClientRect().top);
    server.change("long.resmark", LONG.replace("room 5;", "the hall;").replace("# Res", "\n\n# Res"));
    await until(page, () => document.querySelectorAll(".clause")[4].innerText.includes("the hall"));
    const fresh = await page.evaluate(() => [...document.querySelectorAll(".sheet > *")].filter((it) => !it.known).length);
    assert.equal(fresh, 1, "the clause that changed");
    const [after, line] = await page.evaluate(() => {
      const block = document.querySelectorAll(".clause")[149];
      return [block.getBoundingClientRect().top, Number(block.dataset.line)];
    });
    assert.ok(Math.abs(after - before) < 2, `${before} became ${after}`);
    assert.equal(line, 2 + 4 + 2 * 149, "lines are those of the new text");
  },

  async "the page goes where the editor goes"(server, page) {
    await server.open("long.resmark", LONG);
    await page.goto(await server.address("long.resmark"));
    await page.locator(".clause").nth(299).waitFor();
    for (const line of [404, 104]) {
      server.send({ method: "resmark/previewScroll", params: { textDocument: { uri: server.uri("long.resmark") }, line } });
      await until(
        page,
        (line) => {
          const { top } = document.querySelector(`[data-line="${line}"]`).getBoundingClientRect();
          return top > 0 && top < 80;
        },
        line,
      );
    }
  },

  async "citations are followed, and Back leads back to the place"(server, page) {
    await server.open(PROPOSAL);
    await page.setViewportSize({ width: 900, height: 400 });
    await page.goto(await server.address(PROPOSAL));
    // The place of the other text is known once the folder has been read.
    const link = page.locator("a.citation[data-uri^='file:']", { hasText: "Resolution 190" });
    await link.waitFor();
    await link.evaluate((it) => it.scrollIntoView({ block: "center" }));
    await until(page, () => window.scrollY > 100);
    const line = await topLine(page);
    await link.click();
    await page.locator("h1", { hasText: "Resolution 190" }).waitFor();
    await page.goBack();
    await page.locator("h1", { hasText: "Rev. Baku, 2025" }).waitFor();
    await until(page, () => window.scrollY > 100);
    assert.equal(await topLine(page), line);
  },

  async "a reference within the text shows its clause"(server, page) {
    await server.open(PROPOSAL);
    await page.goto(await server.address(PROPOSAL));
    await page.locator("a.reference", { hasText: "resolves 2" }).click();
    await page.locator(".resmark-flash", { hasText: "one tenth" }).waitFor();
    assert.ok(page.url().includes("wtdc-191-proposal"));
  },

  async "a double click goes to the source"(server, page) {
    const text = await server.open(PROPOSAL);
    await page.goto(await server.address(PROPOSAL));
    await page.locator(".clause", { hasText: "seldom repaired" }).locator(".words").dblclick();
    const line = text.split("\n").findIndex((it) => it.includes("seldom repaired"));
    for (let tries = 0; server.shown.length === 0 && tries < 600; tries++) await page.waitForTimeout(50);
    assert.deepEqual(server.shown.map((it) => [it.uri, it.selection.start.line]), [[server.uri(PROPOSAL), line]]);
  },

  async "hostile words stay words"(server, page) {
    const watch = watched(page);
    await server.open("hostile.resmark", hostileText());
    await page.goto(await server.address("hostile.resmark"));
    await page.locator(".clause .comment").first().waitFor();
    assert.equal(await page.locator("h1").innerText(), HOSTILE[0].toUpperCase());
    assert.ok((await page.title()).startsWith("<img"), "the title is the text's own");
    for (const view of ["In force", "As amended", "Tracked changes"]) {
      await page.getByRole("button", { name: view }).click();
      await page.locator("[aria-pressed=true]", { hasText: view }).waitFor();
      assert.deepEqual(await page.evaluate(trespassing), [], view);
    }
    assert.deepEqual(await watch(), { hosts: [new URL(page.url()).host], problems: [] });
    const graph = watched(page);
    await page.goto(await server.address("hostile.resmark", { page: "graph" }));
    await page.locator("svg").first().waitFor();
    assert.deepEqual(await page.evaluate(trespassing), []);
    const { hosts, problems } = await graph();
    assert.deepEqual(hosts, [new URL(page.url()).host]);
    // The picture has a style of its own, for who keeps it as a file; the page takes none, and the browser says so.
    assert.deepEqual(problems.filter((it) => !it.startsWith("Applying inline style violates")), []);
  },

  async "a page in a file does no more than one that is served"(server, page) {
    const [source, target] = ["hostile.resmark", "hostile.html"].map((name) => path.join(server.folder, name));
    await writeFile(source, hostileText());
    const written = spawn(needed("RESMARK_SERVER"), ["preview", source, "-o", target], { stdio: "ignore" });
    await new Promise((resolve) => written.once("exit", resolve));
    const watch = watched(page);
    await page.goto(pathToFileURL(target).href);
    await page.locator(".clause .comment").first().waitFor();
    assert.deepEqual(await page.evaluate(trespassing), []);
    assert.deepEqual(await watch(), { hosts: [""], problems: [] });
  },

  async "an empty text says what to write"(server, page) {
    await server.open("empty.resmark", "");
    await page.goto(await server.address("empty.resmark"));
    await page.locator(".note", { hasText: "nothing to print yet" }).waitFor();
    await picture(page, "empty");
    server.change("empty.resmark", "# Resolution 1 (Geneva, 2026)\n");
    await page.locator("h1").waitFor();
    assert.deepEqual(await blocks(page), ["RESOLUTION 1 (GENEVA, 2026)"]);
  },

  async "the graph leads to the texts"(server, page) {
    await server.open(PROPOSAL);
    await page.goto(await server.address(PROPOSAL, { page: "graph" }));
    await page.locator("svg [data-uri]").first().waitFor();
    await picture(page, "graph");
    await page.locator("svg [data-uri]").first().click();
    await page.locator("article").waitFor();
  },

  async "a page says that its editor has ended"(server, page) {
    const other = new Server(server.folder);
    await other.start();
    await other.open(PROPOSAL);
    await page.goto(await other.address(PROPOSAL));
    await page.locator("h1").waitFor();
    await other.stop();
    await page.locator(".resmark-notice", { hasText: "may have ended" }).waitFor();
    assert.ok(await page.locator("h1").isVisible(), "what was there stays");
  },

  async "pictures of houses, languages and schemes"(server, page) {
    if (!shots) return;
    const files = {
      itu: PROPOSAL,
      un: "un/general-assembly.resmark",
      mun: "model-union/resolution-4.resmark",
      ar: "itu/ar/القرار-193.resmark",
      zh: "itu/zh/第301号决议-修订提案.resmark",
      several: "itu/proposals.resmark",
    };
    for (const [name, file] of Object.entries(files)) {
      await server.open(file);
      await page.goto(await server.address(file));
      await page.locator(".sheet").first().waitFor();
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        for (const width of [400, 1000]) {
          await page.setViewportSize({ width, height: 900 });
          await picture(page, `${name}-${colorScheme}-${width}`, { fullPage: true });
        }
      }
      await page.emulateMedia({ colorScheme: "light" });
      await page.pdf({ path: path.join(shots, `${name}.pdf`), preferCSSPageSize: true });
    }
  },
};

const folder = await mkdtemp(path.join(tmpdir(), "resmark-preview-"));
const failed = [];
try {
  await cp(examples, folder, { recursive: true });
  const browser = await Browser.open();
  try {
    for (const [name, test] of Object.entries(tests)) {
      const server = new Server(folder);
      const page = await browser.context.newPage();
      try {
        await server.start();
        await test(server, page);
        console.log(`ok  ${name}`);
      } catch (problem) {
        failed.push(name);
        console.log(`FAILED  ${name}`);
        console.error(`\n${name}: ${problem.stack ?? problem}\n`);
      } finally {
        await page.close();
        await server.stop();
      }
    }
  } finally {
    await browser.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
if (failed.length > 0) process.exitCode = 1;
