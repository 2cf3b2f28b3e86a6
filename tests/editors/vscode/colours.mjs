// `node colours.mjs`: the colours that VS Code gives without the server, read off the grammar as VS Code reads it. Each file
// of `colours/` is a text with what is expected below its lines:
//
//     # Resolution 1
//     > "Resolution 1" entity.name.section
//     > "Resolution 1" !comment
//
// The words, which stand in the line above, have a scope that begins like this; with `!` none of them has.

import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const oniguruma = require("vscode-oniguruma");
const { INITIAL, parseRawGrammar, Registry } = require("vscode-textmate");

const GRAMMAR = new URL("../../../editors/vscode/syntaxes/resmark.tmLanguage.json", import.meta.url);
const FOLDER = new URL("colours/", import.meta.url);

await oniguruma.loadWASM(await readFile(require.resolve("vscode-oniguruma/release/onig.wasm")));
const registry = new Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => parseRawGrammar(await readFile(GRAMMAR, "utf8"), "resmark.tmLanguage.json"),
});
const grammar = await registry.loadGrammar("text.resmark");

let checked = 0;
for (const name of (await readdir(FOLDER)).sort()) {
  const wrong = check((await readFile(new URL(name, FOLDER), "utf8")).split("\n"));
  console.log(`${wrong.length > 0 ? "FAILED" : "ok"}  ${name}`);
  for (const line of wrong) {
    console.error(`${name}: ${line}`);
    process.exitCode = 1;
  }
}
if (checked === 0) {
  throw new Error("nothing was expected of any line");
}

/** What is not as expected in one fixture. */
function check(lines) {
  const wrong = [];
  let state = INITIAL;
  let text = "";
  let tokens = [];
  for (const [index, line] of lines.entries()) {
    const expected = /^> "(.+)" (!?)(\S+)$/.exec(line);
    if (!expected) {
      ({ tokens, ruleStack: state } = grammar.tokenizeLine(line, state));
      text = line;
      continue;
    }
    checked += 1;
    const [, words, not, scope] = expected;
    const start = text.indexOf(words);
    if (start < 0) {
      wrong.push(`line ${index + 1}: “${words}” does not stand in “${text}”`);
      continue;
    }
    const inside = tokens.filter((token) => token.startIndex < start + words.length && token.endIndex > start);
    const has = (token) => token.scopes.some((it) => it === scope || it.startsWith(`${scope}.`));
    const right = not ? !inside.some(has) : inside.every(has);
    if (!right) {
      const seen = inside.map((token) => `“${text.slice(token.startIndex, token.endIndex)}” ${token.scopes.slice(1).join(" ")}`);
      wrong.push(`line ${index + 1}: “${words}” should ${not ? "not " : ""}have ${scope}; it has ${seen.join("; ")}`);
    }
  }
  return wrong;
}
