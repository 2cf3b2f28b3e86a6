// `node serve.mjs FOLDER FILE`: VS Code in a browser, until it is interrupted.

import { start } from "./code.mjs";

const [folder, file] = process.argv.slice(2);
const code = await start();
console.log(`\n  VS Code with the examples: ${code.address(folder)}\n\n  Begin with ${file}. Ctrl+C ends it.\n`);
process.once("SIGINT", () => void code.stop());
process.once("SIGTERM", () => void code.stop());
await code.ended;
