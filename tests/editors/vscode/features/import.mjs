// A text of a word processor is imported from the explorer; the result lies beside it when it is saved.

import { until } from "../browser.mjs";

const PASTED = `RESOLUTION 7 (Geneva, 2024)

The Plenipotentiary Conference of the International Telecommunication Union (Geneva, 2024),

recalling

a)\tthat there was a meeting;

b)\tthat there was a report,

resolves

1\tto meet again;

2\tto report on resolves 1 above.
`;

export const files = { "pasted.txt": PASTED };

export default async function (editor) {
  const { page } = editor;
  await editor.file("start-here.resmark");
  await editor.squiggles().first().waitFor();
  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "pasted.txt" }).click({ button: "right" });
  const item = page.locator(".monaco-menu .action-item", { hasText: "Import Text as Resmark" }).first();
  await item.waitFor();
  await editor.screenshot("import-menu");
  await item.click();
  await editor.tab("pasted.resmark").waitFor();
  await editor.lines().filter({ hasText: "*recalling*" }).first().waitFor();
  await editor.screenshot("imported");
  await until("the result is saved beside the text", async () => {
    await editor.save();
    return (await editor.text("pasted.resmark").catch(() => "")).includes("1. to meet again;");
  });
}
