// `node tour.mjs FOLDER FILE`: drives VS Code through what a drafter does first, and prints what is seen.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { Browser, until } from "./browser.mjs";
import { start } from "./code.mjs";

const [folder, file] = process.argv.slice(2);
const code = await start();
try {
  const browser = await Browser.open();
  try {
    await tour(await browser.window(code, folder));
  } finally {
    await browser.close();
  }
} finally {
  await code.stop();
}

async function tour(editor) {
  await editor.file(file);
  await editor.squiggles().first().waitFor();

  section(`What is marked in ${file}`);
  for (const problem of await editor.problems(file)) {
    console.log(`  ${problem}`);
  }

  const text = await read();
  const cited = text.search(/Resolution \d+ \(Rev\./);
  section(`A preview, resting on “${text.slice(cited, text.indexOf(")", cited) + 1)}”`);
  await editor.goTo(...place(text, cited));
  console.log(indented(await editor.hover()));
  await editor.screenshot("tour");

  section("The text after renumbering (Resmark: Renumber Document)");
  await editor.command("Resmark: Renumber Document");
  await until("renumbering changes the file", async () => {
    await editor.save();
    // While the file is being written it is empty for a moment.
    const now = await read();
    return now !== "" && now !== text;
  });
  const before = text.split("\n");
  (await read()).split("\n").forEach((line, index) => {
    if (line !== before[index]) {
      console.log(`  ${index + 1}: ${before[index]}\n  ${" ".repeat(String(index + 1).length)}→ ${line}`);
    }
  });
}

function read() {
  return readFile(path.join(folder, file), "utf8");
}

function section(title) {
  console.log(`\n${title}\n`);
}

function indented(text) {
  return text.replace(/^/gm, "  ");
}

/** Line and column, from 1, of the character at `offset` and a little behind it. */
function place(text, offset) {
  const lines = text.slice(0, offset).split("\n");
  return [lines.length, lines.at(-1).length + 3];
}
