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
  let ended;
  await until("it is said that the server ends again and again", async () => {
    const [running] = await servers();
    if (running !== undefined && running !== ended) {
      process.kill(running, "SIGKILL");
      ended = running;
    }
    return told.isVisible();
  });
  await editor.screenshot("crashed");
  await editor.page.getByRole("button", { name: "Restart Server" }).first().click();
  await until("it runs again", async () => (await servers()).length === 1);
  await editor.squiggles().first().waitFor();
}

/** The servers of this run's VS Code: they lie in its home folder. */
async function servers() {
  const found = [];
  for (const id of (await readdir("/proc")).filter((it) => /^\d+$/.test(it))) {
    const line = await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "");
    if (line.startsWith(process.env.RESMARK_TEST_HOME) && line.includes("/server/resmark\0lsp") && !isZombie(await readFile(`/proc/${id}/stat`, "utf8").catch(() => ""))) {
      found.push(Number(id));
    }
  }
  return found;
}

function isZombie(stat) {
  return / Z /.test(stat);
}
