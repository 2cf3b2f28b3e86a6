// The outline and the breadcrumbs: sections with their clauses under their numbers, annexes, what tracked changes do; for
// texts of all houses and scripts.

import assert from "node:assert/strict";

export default async function (editor) {
  const { page } = editor;
  const outline = page.locator(".pane", { has: page.locator('[aria-label="Outline Section"], .pane-header[aria-label*="Outline"]') });
  const rows = outline.locator(".outline-element");
  const row = (words) => rows.filter({ hasText: words }).first();

  await editor.file("wtdc-191-proposal.resmark");
  await editor.command("Explorer: Focus on Outline View");
  await row("Resolution 191").waitFor();
  await row("recalling").waitFor();
  // The list of files makes room for it.
  await page.locator(".pane-header", { has: page.locator(".explorer-folders-view, h3", { hasText: /^resmark-outline/ }) }).first().click();
  await row("2bis. One set of tools").waitFor();
  const texts = (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  for (const words of ["recalling", "noting", "resolves", "Annex 1Spare parts to be kept with the equipment"]) {
    assert.ok(texts.some((text) => text.startsWith(words)), `${words} in ${texts.join("\n")}`);
  }
  assert.ok(texts.some((text) => /^b\) that a spare part .*deleted$/.test(text)), texts.join("\n"));
  assert.ok(texts.some((text) => /^b\) that what one village .*inserted$/.test(text)), texts.join("\n"));
  await editor.screenshot("outline");

  // The breadcrumbs tell where one is.
  await editor.at("itu/wtdc-191-proposal.resmark", "2bis", 2);
  const crumbs = page.locator(".breadcrumbs-control .monaco-breadcrumb-item");
  await crumbs.filter({ hasText: "Annex 1" }).waitFor();
  await crumbs.filter({ hasText: "2bis. One set of tools" }).waitFor();

  for (const [name, first, clause, shot] of [
    ["general-assembly-902.resmark", "Resolution 80/902", "3. Requests the Secretary-General", "outline-un"],
    ["القرار-193.resmark", "القـرار 193", "أ)\u200e بالقرار 139", "outline-arabic"],
    ["第301号决议-修订提案.resmark", "第301号决议", "1. 鼓励各成员国", "outline-chinese"],
  ]) {
    await editor.file(name);
    await row(first).waitFor();
    await row(clause).waitFor();
    await editor.screenshot(shot);
  }
  console.log("    clauses stand under their numbers, whatever the house and script");
}
