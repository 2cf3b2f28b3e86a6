// The description for the package: `README.md` without its pictures, which only an address on the web could show there.
// The pictures of the first steps are in the package.

import { mkdir, readFile, writeFile } from "node:fs/promises";

const folder = new URL("../", import.meta.url);
const text = await readFile(new URL("README.md", folder), "utf8");
await mkdir(new URL("dist/", folder), { recursive: true });
await writeFile(new URL("dist/README.md", folder), text.replace(/^!\[[^\]]*\]\([^)]*\)\n\n?/gm, ""));
