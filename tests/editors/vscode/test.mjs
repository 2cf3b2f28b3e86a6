// `node test.mjs FOLDER [FEATURE…]`: what a drafter sees and does in VS Code, one file of `features/` after the other, each
// in its own window with its own copy of the example workspace FOLDER. How to write one is said in `README.md`.

import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Browser } from "./browser.mjs";
import { start } from "./code.mjs";

const [examples, ...wanted] = process.argv.slice(2);
const features = await load(wanted);
const failed = [];

const code = await start();
try {
  const browser = await Browser.open();
  try {
    for (const [name, feature] of features) {
      const began = performance.now();
      let problem = await attempt(browser, name, feature);
      if (problem) {
        // On a machine that has much else to do, a browser misses a key or a click now and then; what is broken fails twice.
        console.log(`again  ${name}: ${String(problem.message ?? problem).split("\n")[0]}`);
        problem = await attempt(browser, name, feature);
      }
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`${problem ? "FAILED" : "ok"}  ${name} (${seconds} s)`);
      if (problem) {
        failed.push(name);
        console.error(`\n${name}: ${problem.stack ?? problem}\n`);
      }
    }
  } finally {
    await browser.close();
  }
} finally {
  await code.stop();
}
if (failed.length > 0) {
  console.error(`${failed.length} of ${features.length} features failed: ${failed.join(", ")}`);
  process.exitCode = 1;
}

/** The features that are named, or all, in the order of their names. */
async function load(wanted) {
  const folder = new URL("features/", import.meta.url);
  const names = (await readdir(folder)).filter((it) => it.endsWith(".mjs")).map((it) => it.slice(0, -".mjs".length));
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(`there is no feature ${unknown.join(", ")}; there are ${names.sort().join(", ")}`);
  }
  const chosen = wanted.length > 0 ? wanted : names.sort();
  return Promise.all(chosen.map(async (name) => [name, await import(new URL(`${name}.mjs`, folder))]));
}

/** Runs one feature; returns why it failed, or nothing. */
async function attempt(browser, name, feature) {
  const folder = await mkdtemp(path.join(tmpdir(), `resmark-${name}-`));
  let editor;
  try {
    await cp(examples, folder, { recursive: true });
    const write = async (file, text) => {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), text);
    };
    for (const [file, text] of Object.entries(feature.files ?? {})) {
      await write(file, text);
    }
    await feature.prepare?.(folder, write);
    await code.settings(feature.settings);
    editor = await browser.window(code, folder);
    await feature.default(editor);
  } catch (error) {
    await editor?.screenshot(`failed-${name}`, ["light"]).catch(() => {});
    return error;
  } finally {
    await editor?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
