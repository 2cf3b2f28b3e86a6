// The server is started again by a command and when it ends by itself; when that happens again and again, it is said.

import { readdir, readFile } from "node:fs/promises";
import { until } from "../browser.mjs";

export default async function (editor) {
  await editor.file("start-here.resmark");
  await editor.squiggles().first().waitFor();
  const [first] = await servers();
  await editor.command("Resmark: Restart Server");
  await until("another server runs", async () => {
    const now = await servers();
    return now.length === 1 && now[0] !== first;
  });
  await editor.squiggles().first().waitFor();

  const told = editor.notification("ended several times in a row");
  for (let ended; !(await told.isVisible()); ) {
    const [running] = await servers();
    if (running !== undefined && running !== ended) {
      process.kill(running, "SIGKILL");
      ended = running;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await editor.screenshot("crashed");
  await editor.page.getByRole("button", { name: "Restart Server" }).first().click();
  await until("it runs again", async () => (await servers()).length === 1);
  await editor.squiggles().first().waitFor();
}

/** The servers that the tests' VS Code runs: no others have the home folder of this run in their path. */
async function servers() {
  const found = [];
  for (const id of (await readdir("/proc")).filter((it) => /^\d+$/.test(it))) {
    const line = await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "");
    if (/resmark-vscode-[^/]*\/.*\/server\/resmark\0lsp/.test(line) && !isZombie(await readFile(`/proc/${id}/stat`, "utf8").catch(() => ""))) {
      found.push(Number(id));
    }
  }
  return found;
}

function isZombie(stat) {
  return / Z /.test(stat);
}
