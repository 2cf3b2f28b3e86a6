// The walkthrough: each step has its picture, leads to what it speaks of, and is ticked when that was done.

import assert from "node:assert/strict";

export default async function (editor) {
  const { page } = editor;
  const step = (title) => page.locator(".getting-started-step", { hasText: title }).first();

  await editor.command("Resmark: First Steps");
  await step("Begin a resolution").waitFor();
  for (const title of ["Begin a resolution", "Put right what is wrong", "Rest on a citation", "Put a clause in", "See it as it will be printed", "Bring in what you have"]) {
    await step(title).click();
    await page.locator(".getting-started-step.expanded", { hasText: title }).waitFor();
    await page.frameLocator("iframe.webview.ready").frameLocator("#active-frame").locator("svg").first().waitFor();
    assert.equal(await step(title).locator(".codicon-getting-started-step-checked.complete").count(), 0, `${title} is not ticked yet`);
    await editor.screenshot(`step-${title.toLowerCase().replaceAll(" ", "-")}`);
  }

  await step("Put right what is wrong").click();
  await step("Put right what is wrong").getByRole("button", { name: "Open an Example" }).click();
  await editor.squiggles().first().waitFor();
  await page.keyboard.press("Control+F");
  await page.locator(".find-widget textarea").first().fill("4. to invite");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowLeft");
  await editor.quickFix("Renumber this list");
  await editor.lines().filter({ hasText: "3. to invite" }).first().waitFor();

  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+F");
  await page.locator(".find-widget textarea").first().fill("Resolution 140");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await editor.hover();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");

  await editor.command("Resmark: First Steps");
  for (const title of ["Put right what is wrong", "Rest on a citation"]) {
    await step(title).locator(".complete").first().waitFor();
  }
  await editor.screenshot("steps-ticked");
}
