// What is wrong is underlined and listed, whatever the colours; a text with tracked changes shows them.

import assert from "node:assert/strict";

export default async function (editor) {
  await editor.file("start-here.resmark");
  await editor.squiggles().first().waitFor();
  await editor.screenshot("findings");
  const problems = (await editor.problems("start-here.resmark")).join("\n");
  for (const id of ["citation/outdated", "reference/dangling", "numbering/gap"]) {
    assert.ok(problems.includes(id), `${id} is in the Problems panel:\n${problems}`);
  }
  assert.ok((await editor.squiggles("hint").count()) > 0, "what has been revised since has a hint");

  await editor.file("wtdc-191-proposal.resmark");
  await editor.lens("Cited").waitFor();
  await editor.screenshot("changes");
}
