// A folder that is not trusted is read and underlined, and chooses neither the program, nor its arguments, nor its
// environment; when it is trusted it still does not.

import assert from "node:assert/strict";
import { access, chmod } from "node:fs/promises";
import path from "node:path";
import { until } from "../browser.mjs";

export const settings = { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" };

const SETTINGS = {
  "resmark.server.path": "${workspaceFolder}/evil.sh",
  "resmark.server.args": ["evil"],
  "resmark.server.env": { EVIL: "1" },
  "resmark.trace.server": "verbose",
};

export const files = { "evil.sh": "#!/bin/sh\ntouch \"$(dirname \"$0\")/was-run\"\n" };

export async function prepare(folder, write) {
  const evil = path.join(folder, "evil.sh");
  await chmod(evil, 0o755);
  await write(".vscode/settings.json", JSON.stringify({ ...SETTINGS, "resmark.server.path": evil }));
  // A program that is looked for by its name alone must not be found here.
  await write("resmark", "#!/bin/sh\ntouch was-run\n");
  await chmod(path.join(folder, "resmark"), 0o755);
}

export default async function (editor) {
  const wasRun = () =>
    access(path.join(editor.folder, "was-run")).then(
      () => true,
      () => false,
    );
  await editor.statusBar("Restricted Mode").waitFor();
  await editor.file("start-here.resmark");
  await editor.squiggles().first().waitFor();
  await editor.at("start-here.resmark", "Resolution 140", 3);
  assert.match(await editor.hover(), /2022/);
  await editor.page.keyboard.press("Escape");
  await editor.screenshot("untrusted");
  assert.equal(await wasRun(), false, "the folder's program is not run");

  await editor.command("Workspaces: Manage Workspace Trust");
  const trust = editor.page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true }).first();
  await trust.click();
  await editor.statusBar("Restricted Mode").waitFor({ state: "hidden" });
  await editor.file("start-here.resmark");
  await editor.squiggles().first().waitFor();
  await editor.command("Resmark: Restart Server");
  await until("the server answers", async () => (await editor.squiggles().count()) > 0);
  assert.equal(await wasRun(), false, "nor when it is trusted: programs are named in the user's settings alone");
}
