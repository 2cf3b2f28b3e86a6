// VS Code as a server, with the packaged extension and nothing else of the user's.
//
// `RESMARK_CODE_SERVER` is the script that starts it, `RESMARK_VSIX` the package to install.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const SETTINGS = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  // The browser says whether it is light or dark.
  "window.autoDetectColorScheme": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

// The galleries of extensions are not asked: nothing but the package is installed.
const NO_GALLERY = JSON.stringify({ serviceUrl: "http://127.0.0.1:9/", itemUrl: "http://127.0.0.1:9/" });

/**
 * Starts VS Code with a home folder that holds nothing but the package, installed as a drafter installs it.
 *
 * Returns `address(folder)`, `settings(more)`, which writes the user's settings for the windows that are opened next,
 * `stop()`, and `ended`, which is settled when VS Code ends. `bare` leaves out the settings that keep a test on its
 * track: VS Code is as it comes.
 */
export async function start({ bare = false } = {}) {
  const entry = needed("RESMARK_CODE_SERVER");
  const home = await mkdtemp(path.join(tmpdir(), "resmark-vscode-"));
  // By this a test tells what belongs to this VS Code from what another run has started.
  process.env.RESMARK_TEST_HOME = home;
  const environment = { ...process.env, HOME: home, EXTENSIONS_GALLERY: NO_GALLERY };
  for (const name of Object.keys(environment).filter((name) => name.startsWith("XDG_"))) {
    delete environment[name];
  }
  const user = path.join(home, ".local/share/code-server/User");
  const settings = async (more = {}) => {
    await mkdir(user, { recursive: true });
    await writeFile(path.join(user, "settings.json"), JSON.stringify({ ...SETTINGS, ...more }));
  };
  if (!bare) {
    await settings();
  }
  await run([entry, "--install-extension", needed("RESMARK_VSIX")], environment);

  const port = await freePort();
  const server = spawn(
    process.execPath,
    [
      entry,
      ...["--bind-addr", `127.0.0.1:${port}`, "--auth", "none", "--disable-telemetry", "--disable-update-check"],
      // What belongs to a window that is closed goes with it.
      ...["--reconnection-grace-time", "1"],
    ],
    { env: environment, stdio: ["ignore", "pipe", "pipe"] },
  );
  const printed = [];
  server.stdout.on("data", (data) => printed.push(data));
  server.stderr.on("data", (data) => printed.push(data));
  const ended = once(server, "exit").then(() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  await answering(port, server, printed);
  return {
    address: (folder) => `http://127.0.0.1:${port}/?folder=${encodeURI(folder)}`,
    settings,
    ended,
    async stop() {
      server.kill();
      await ended;
    },
  };
}

/** The value of an environment variable that must be set. */
export function needed(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run this through \`cargo xtask\``);
  }
  return value;
}

async function run(command, env) {
  const child = spawn(process.execPath, command, { env, stdio: ["ignore", "pipe", "pipe"] });
  const printed = [];
  child.stdout.on("data", (data) => printed.push(data));
  child.stderr.on("data", (data) => printed.push(data));
  const [code] = await once(child, "exit");
  if (code !== 0) {
    throw new Error(`installing the extension failed:\n${Buffer.concat(printed)}`);
  }
}

async function freePort() {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

async function answering(port, server, printed) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) {
      break;
    }
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`VS Code did not start:\n${Buffer.concat(printed)}`);
}
