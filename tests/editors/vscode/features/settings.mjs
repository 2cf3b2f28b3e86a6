// What is set takes effect at once: the day for which citations are judged, and what a folder says of the findings.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

const TEXT = `# Resolution 300 (Doha, 2026)

The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

*recalling*

Resolution 140 (Rev. Bucharest, 2022) of this conference,

*resolves*

1. to go on;
3. to end.
`;

export const files = { "set.resmark": TEXT.replace("# Res", "---\ndate: 2026-11-01\n---\n\n# Res") };

export default async function (editor) {
  const write = async (name, value) => {
    const file = path.join(editor.folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(value));
  };

  await editor.file("set.resmark");
  await editor.squiggles().first().waitFor();
  // The gap, and nothing else: the citation is up to date today.
  await write("resmark.json", { rules: { "numbering/gap": "off" } });
  await editor.squiggles().first().waitFor({ state: "detached" });
  await write("resmark.json", { rules: { "numbering/gap": "error" } });
  await editor.squiggles("error").first().waitFor();

  // In 2019 that version did not exist yet.
  await editor.file("start-here.resmark");
  const hints = editor.squiggles("hint");
  await hints.first().waitFor();
  await write(".vscode/settings.json", { "resmark.asOf": "2017-01-01" });
  await hints.first().waitFor({ state: "detached" });
  await write(".vscode/settings.json", {});
  await hints.first().waitFor();
}
