// The language server: where it is, and its life.

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions, State } from "vscode-languageclient/node";
import { provideCompletionItem } from "./completion";
import { Crashes } from "./crash";
import { provideOnTypeFormattingEdits } from "./enter";
import { provideHover } from "./firstSteps";

const ADVICE =
  "Without it there are colours and nothing else. Install Resmark and set “resmark.server.path”, or see the output for the reason.";

/** Whether the server can be asked: `failed` when it does not come up, or ended and is not started again. */
export type ServerState = "starting" | "running" | "failed";

/** The language server and the client that talks to it. */
export class Server implements vscode.Disposable {
  readonly output = vscode.window.createOutputChannel("Resmark", { log: true });
  private client: LanguageClient | undefined;
  private readonly stateChanged = new vscode.EventEmitter<void>();
  private current: ServerState = "starting";

  /** Whether the server can be asked has changed. */
  readonly onDidChangeState = this.stateChanged.event;

  get state(): ServerState {
    return this.current;
  }

  constructor(private readonly context: vscode.ExtensionContext) {}

  /** The program: the one the user's settings name, the one bundled with this extension, or the one in PATH. */
  program(): string {
    const settings = vscode.workspace.getConfiguration("resmark").inspect<string>("server.path");
    // Never a workspace's value: a folder from somewhere else must not choose what is run.
    const named = settings?.globalValue?.trim();
    if (named) {
      return named;
    }
    const name = process.platform === "win32" ? "resmark.exe" : "resmark";
    const bundled = path.join(this.context.extensionPath, "server", name);
    return fs.existsSync(bundled) ? bundled : name;
  }

  /** Where the program is run: not in the folder that is open, as some systems look there first for one without a path. */
  folder(): string {
    return this.context.extensionPath;
  }

  /** Starts the server. When that fails the user is told what to do, and highlighting goes on without it. */
  async start(): Promise<void> {
    const command = this.program();
    const settings = vscode.workspace.getConfiguration("resmark");
    const run: ServerOptions = { command, args: ["lsp"], options: { cwd: this.folder() } };
    const options: LanguageClientOptions = {
      documentSelector: [
        { language: "resmark", scheme: "file" },
        { language: "resmark", scheme: "untitled" },
      ],
      outputChannel: this.output,
      // This editor can show the catalogue's pages and the places that a lens counts: see `catalogue.ts`, `references.ts`.
      initializationOptions: {
        catalogPages: true,
        showReferences: true,
        asOf: settings.get<string>("asOf") || undefined,
        inlayHints: settings.get("inlayHints"),
      },
      middleware: { provideCompletionItem, provideHover, provideOnTypeFormattingEdits },
      errorHandler: new Crashes(() => this.crashed()),
      synchronize: { configurationSection: "resmark" },
    };
    const client = new LanguageClient("resmark", "Resmark", run, options);
    this.client = client;
    this.be("starting");
    client.onDidChangeState(({ newState }) => {
      if (this.client === client && (newState === State.Running || newState === State.Starting)) {
        this.be(newState === State.Running ? "running" : "starting");
      }
    });
    try {
      await client.start();
    } catch (error) {
      this.be("failed");
      this.output.error(String(error));
      void this.complain(`The Resmark server “${command}” could not be started. ${ADVICE}`);
    }
  }

  /** Says that the server ended again and again, and what can be done. */
  private crashed(): void {
    this.be("failed");
    void this.complain("The Resmark server ended several times in a row and is not started again. Your texts are untouched.");
  }

  /** Shows `message` with what can be done. */
  private async complain(message: string): Promise<void> {
    const choice = await vscode.window.showErrorMessage(message, "Restart Server", "Show Output", "Open Settings");
    if (choice === "Restart Server") {
      await this.restart();
    } else if (choice === "Open Settings") {
      await vscode.commands.executeCommand("workbench.action.openSettings", "resmark.server.path");
    } else if (choice === "Show Output") {
      this.output.show();
    }
  }

  private be(state: ServerState): void {
    if (this.current !== state) {
      this.current = state;
      this.stateChanged.fire();
    }
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Asks the server; `undefined` when it does not run. */
  async ask<T>(method: string, params: unknown, token?: vscode.CancellationToken): Promise<T | undefined> {
    return this.client?.isRunning() ? await this.client.sendRequest<T>(method, params, token) : undefined;
  }

  /** Turns what the server says into values of the editor; `undefined` when it does not run. */
  converter(): LanguageClient["protocol2CodeConverter"] | undefined {
    return this.client?.protocol2CodeConverter;
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A server that never came up, or does not go, must not keep the next one from starting.
    await client?.dispose(2000).catch((error: unknown) => this.output.warn(String(error)));
  }

  dispose(): void {
    void this.stop();
    this.stateChanged.dispose();
    this.output.dispose();
  }
}
