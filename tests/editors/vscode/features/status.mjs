// The item in the status bar: profile, view, findings; a click lists what can be done. It says when the workspace is being
// read, and when the server has stopped.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { until } from "../browser.mjs";

export const files = { "house.resmark": "---\nprofile: mun\n---\n\n1. *Decides* to go on.\n" };

export default async function (editor) {
  const { page } = editor;
  const item = page.locator('.part.statusbar [id="resmark.resmark.status"], .part.statusbar .statusbar-item[id*="resmark.status"]').first();
  const words = async () => (await item.innerText()).replace(/\s+/g, " ").trim();
  const list = page.locator(".quick-input-list .monaco-list-row");

  await editor.file("start-here.resmark");
  await item.filter({ hasText: /ITU/ }).waitFor();
  await until("the findings are counted", async () => /^ITU · 3 2$/.test(await words()));
  const label = await item.locator("[aria-label]").first().getAttribute("aria-label");
  assert.match(label, /3 warnings, 2 hints/, "it says the same in words");

  // It follows what is put right.
  await editor.at("start-here.resmark", "4. to invite", 0);
  await editor.command("Resmark: Renumber List");
  await until("there is less to find", async () => /^ITU · [12] 2$/.test(await words()));

  await item.click();
  await list.filter({ hasText: "Why this profile" }).waitFor();
  await list.filter({ hasText: "The acting organ is the World Telecommunication Development Conference." }).waitFor();
  await editor.screenshot("status");
  await editor.choose("Show Problems");
  await page.locator(".markers-panel").waitFor();
  await editor.command("View: Toggle Panel Visibility");
  console.log("    the status is shown, and leads to the findings");

  // The day as of which citations are judged.
  await item.click();
  await editor.choose("Citations judged as of");
  await editor.input().fill("2019");
  await page.locator(".quick-input-message", { hasText: "A date looks like" }).waitFor();
  await editor.input().fill("2015-01-31");
  await page.keyboard.press("Enter");
  await item.locator('[aria-label*="as of 2015-01-31"]').waitFor();
  await item.click();
  await list.filter({ hasText: "Citations judged as of 2015-01-31" }).waitFor();
  await page.keyboard.press("Escape");

  // The view of the preview, where there is a choice.
  await editor.file("wtdc-191-proposal.resmark");
  await until("the view is told", async () => /^ITU · tracked/.test(await words()));
  await item.click();
  await editor.choose("The text with the changes made");
  await until("the view is another", async () => /^ITU · as amended/.test(await words()));
  await editor.webview().locator("article").waitFor();
  await editor.file("house.resmark");
  await until("the text says itself which house it is", async () => /^MUN/.test(await words()));
  console.log("    the day and the view are chosen");

  // The server dies, again and again: at last it is left alone, and the item says so.
  await until("the item says that the server has stopped", async () => {
    await endServers();
    return /stopped/.test(await words());
  });
  await editor.screenshot("status-stopped");
  await item.click();
  await editor.choose("Restart Server");
  await until("it is there again", async () => /^MUN/.test(await words()));
  console.log("    a server that has stopped is started again");
}

/** Ends the servers that this very run has started. */
async function endServers() {
  const parents = new Map();
  const servers = [];
  for (const id of (await readdir("/proc")).filter((it) => /^\d+$/.test(it))) {
    const read = (name) => readFile(`/proc/${id}/${name}`, "utf8").catch(() => "");
    // The name of the program, in parentheses, may hold anything.
    const stat = (await read("stat")).replace(/^.*\) /s, "").split(" ");
    parents.set(Number(id), Number(stat[1]));
    if (stat[0] !== "Z" && /\/server\/resmark\0lsp/.test(await read("cmdline"))) {
      servers.push(Number(id));
    }
  }
  const isOurs = (id) => id === process.pid || (parents.has(id) && isOurs(parents.get(id)));
  servers.filter(isOurs).forEach((id) => process.kill(id, "SIGKILL"));
}
