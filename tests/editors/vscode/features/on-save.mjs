// Where the folder wants it, what has only one right form is put right when the file is saved.

import { until } from "../browser.mjs";

const TEXT = `# Resolution 300 (Doha, 2026)

The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

*recaling*

that notices hang in every corridor,

*resolves*

that each notice bear a date.
`;

export const files = {
  "saved.resmark": TEXT,
  ".vscode/settings.json": JSON.stringify({ "[resmark]": { "editor.codeActionsOnSave": { "source.fixAll.resmark": "explicit" } } }),
};

export default async function (editor) {
  await editor.file("saved.resmark");
  await editor.squiggles().first().waitFor();
  await editor.at("saved.resmark", "that each");
  await editor.page.keyboard.type("in all rooms, ");
  await editor.save();
  await until("saving puts the verb right", async () => (await editor.text("saved.resmark")).includes("*recalling*"));
  await editor.squiggles().first().waitFor({ state: "detached" });
}
