// The view “Citations”: what the text in front cites, who cites it and what is out of date, with a badge; a click goes to
// the citation, a second one opens what is cited; it follows the editor in front and its edits.

import assert from "node:assert/strict";

export const files = { "plain.resmark": "*resolves*\n\n1. to mend the benches.\n" };

export default async function (editor) {
  const { page } = editor;
  const view = page.locator(".part.sidebar");
  const row = (words) => view.locator(".monaco-list-row", { hasText: words });
  const badge = page.locator(".part.activitybar .action-item", { has: page.locator('[aria-label*="Resmark"]') }).locator(".badge-content");

  await editor.file("start-here.resmark");
  await badge.waitFor();
  assert.equal(await badge.innerText(), "1", "the badge counts what is out of date");
  await editor.command("Resmark: Show Citations");
  await row(/^Out of date/).waitFor();
  await row("out of date → Rev. Bucharest, 2022").first().waitFor();
  await row("in force · Upkeep of shared equipment").first().waitFor();
  const shown = await view.locator(".monaco-list-row").allInnerTexts();
  const lists = shown.map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => /^(Out of date|Cites|Cited by)/.test(text));
  assert.deepEqual(lists, ["Out of date1", "Cites5", "Cited by2"]);
  await editor.screenshot("citations");

  // A click goes to the citation in the text.
  await row("Resolution 70 (Rev. Dubai, 2018)").click();
  await editor.statusBar("Ln 15, Col").waitFor();
  // What is cited in several places opens up.
  await row("Upkeep of shared equipment").first().locator(".monaco-tl-twistie").click();
  await row(/Line \d+.*to follow/).first().click();
  await editor.statusBar("Ln 37, Col").waitFor();
  console.log("    citations are listed and gone to");

  // The second action opens what is cited; the view follows.
  const cited = row("Upkeep of shared equipment").first();
  await cited.hover();
  await cited.getByRole("button", { name: "Open the Resolution" }).click();
  await editor.tab("wtdc-191.resmark").waitFor();
  await row("Resolution 190 (Kigali, 2022)").first().waitFor();
  await row(/^Cited by/).waitFor();
  // Who cites leads there.
  await row("Resolution 190 (Kigali, 2022)").first().locator(".monaco-tl-twistie").click();
  await row(/Line \d+/).first().click();
  await editor.tab("start-here.resmark").waitFor();
  console.log("    what is cited opens, and the view follows");

  // Updating them takes them off the list.
  await row(/^Out of date/).waitFor();
  await view.getByRole("button", { name: "Update Outdated Citations" }).first().click();
  const changes = page.locator(".bulk-edit-panel .monaco-list-row, .refactor-preview .monaco-list-row");
  await changes.filter({ hasText: "Resolution 140 (Rev. Busan, 2014Bucharest, 2022)" }).first().waitFor();
  await changes.first().locator("input[type=checkbox], .monaco-checkbox").first().click();
  await page.getByRole("button", { name: "Apply", exact: true }).first().click();
  await row(/^Out of date/).waitFor({ state: "detached" });
  await badge.waitFor({ state: "hidden" });
  await row("Resolution 140 (Rev. Bucharest, 2022)").waitFor();
  console.log("    what is updated is out of date no longer");

  await editor.file("القرار-193.resmark");
  await row("القرار 139").waitFor();
  await editor.screenshot("citations-arabic");

  await editor.file("plain.resmark");
  await view.locator(".welcome-view", { hasText: "This text cites no resolution" }).waitFor();
  await editor.screenshot("citations-none");
  await page.keyboard.press("Control+K");
  await page.keyboard.press("Control+w");
  await view.locator(".welcome-view", { hasText: "Open a resolution" }).waitFor();
  await badge.waitFor({ state: "hidden" });
  console.log("    where there is nothing it says what to do");
}
