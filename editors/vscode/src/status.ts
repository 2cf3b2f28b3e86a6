// The item in the status bar: whose habits the text in front is judged by, the view of its preview, what was found. A
// click lists what can be done.

import * as vscode from "vscode";
import type { Current } from "./current";
import { type Previews, VIEWS, type View } from "./preview";
import type { Server } from "./server";

/** What the server answers: contract of `resmark/status`. */
interface Status {
  /** `null` where nothing says which house it is. */
  profile: string | null;
  profileName: string | null;
  profileFrom: string;
  profileReason?: string;
  language: string | null;
  asOf: string;
  changes: boolean;
  findings: { error: number; warning: number; information: number; hint: number };
  reading: boolean;
}

interface Choice extends vscode.QuickPickItem {
  run?: () => unknown;
}

const COMMAND = "resmark.showStatus";

const VIEW_NAMES: Record<View, string> = { inForce: "in force", tracked: "tracked", asAmended: "as amended" };
const VIEW_DETAILS: Record<View, string> = {
  inForce: "The text as in force, without the changes",
  tracked: "Insertions underlined, deletions struck out",
  asAmended: "The text with the changes made",
};

/** How often it is looked again while the workspace is being read, in milliseconds. */
const LOOK_AGAIN = 400;

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("resmark.status", vscode.StatusBarAlignment.Right, 101);
  private readonly subscriptions: vscode.Disposable[];
  private status: Status | undefined;
  private asking: vscode.CancellationTokenSource | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    private readonly current: Current,
    private readonly previews: Previews,
  ) {
    this.item.name = "Resmark";
    this.item.command = COMMAND;
    this.subscriptions = [
      this.item,
      vscode.commands.registerCommand(COMMAND, () => this.choose()),
      current.onDidChange(() => this.renew(true)),
      current.onDidEdit(() => this.renew()),
      previews.onDidSwitch(() => this.draw()),
      server.onDidChangeState(() => this.renew()),
    ];
    void this.renew();
  }

  private async renew(another = false): Promise<void> {
    this.asking?.cancel();
    clearTimeout(this.timer);
    const asking = new vscode.CancellationTokenSource();
    this.asking = asking;
    if (another) {
      this.status = undefined;
    }
    this.draw();
    const uri = this.current.uri;
    if (!uri) {
      return;
    }
    try {
      const status = await this.server.ask<Status | null>("resmark/status", { textDocument: { uri: uri.toString() } }, asking.token);
      if (!asking.token.isCancellationRequested) {
        this.status = status ?? undefined;
        this.draw();
        if (status?.reading) {
          this.timer = setTimeout(() => void this.renew(), LOOK_AGAIN);
        }
      }
    } catch (error) {
      if (!asking.token.isCancellationRequested) {
        this.server.output.warn(`The status of ${uri.toString()} is not known: ${error}`);
      }
    }
  }

  private draw(): void {
    if (!this.current.uri) {
      this.item.hide();
      return;
    }
    this.item.backgroundColor = undefined;
    if (this.server.state === "failed") {
      this.put("$(error) Resmark stopped", "The Resmark server is not running. Click to start it anew, or to see why.");
      this.item.backgroundColor = new vscode.ThemeColor("statusBarItem.errorBackground");
    } else if (this.server.state === "starting") {
      this.put("$(sync~spin) Resmark", "The Resmark server is starting.");
    } else if (!this.status) {
      // A page of the catalogue has no findings.
      this.put("Resmark", "Resmark");
    } else {
      const { status } = this;
      const view = status.changes ? VIEW_NAMES[this.previews.view] : undefined;
      const found = status.reading ? "$(sync~spin) reading…" : short(status);
      const words = [house(status), view, found].filter((part) => part !== undefined);
      const lines = [
        status.profileName ?? "No profile: only what all houses hold is checked",
        ...(status.changes ? [`Preview: ${VIEW_NAMES[this.previews.view]}`] : []),
        status.reading ? "The files of the workspace are being read; more may be found" : long(status),
        `Citations are judged as of ${status.asOf}`,
      ];
      this.put(words.join(" · "), lines.join("\n"));
    }
    this.item.show();
  }

  private put(text: string, tooltip: string): void {
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label: `Resmark: ${tooltip.replaceAll("\n", ". ")}`, role: "button" };
  }

  /** Lists what is known and what can be done about it. */
  private async choose(): Promise<void> {
    const chosen = await vscode.window.showQuickPick(this.choices(), { title: "Resmark", placeHolder: "What is known of this text, and what to do" });
    await chosen?.run?.();
  }

  private choices(): Choice[] {
    const command = (name: string) => () => vscode.commands.executeCommand(name);
    const separator = (label: string): Choice => ({ label, kind: vscode.QuickPickItemKind.Separator });
    const restart: Choice = { label: "$(debug-restart) Restart Server", run: command("resmark.restartServer") };
    const output: Choice = { label: "$(output) Show Server Output", run: command("resmark.showOutput") };
    if (this.server.state === "failed") {
      const settings: Choice = {
        label: "$(settings-gear) Open Settings",
        detail: "“resmark.server.path” names the program",
        run: () => vscode.commands.executeCommand("workbench.action.openSettings", "resmark.server.path"),
      };
      return [separator("The server is not running"), restart, output, settings];
    }
    const { status } = this;
    const choices: Choice[] = [];
    if (status) {
      choices.push(
        separator("Text"),
        { label: `$(list-unordered) ${long(status)}`, description: "Show Problems", run: command("workbench.actions.view.problems") },
        {
          label: `$(organization) ${status.profileName ?? "No profile"}`,
          description: "Why this profile",
          detail: status.profileReason,
          run: () => vscode.window.showInformationMessage(`${status.profileName ?? "No profile"}: ${status.profileReason ?? ""}`),
        },
        { label: `$(calendar) Citations judged as of ${status.asOf}`, description: "Change", run: () => chooseDay() },
        { label: "$(references) Citations", description: "What this text cites and who cites it", run: command("resmark.citations.focus") },
        { label: "$(type-hierarchy) Citation Graph", run: command("resmark.showGraph") },
      );
    }
    choices.push(separator("Preview"), { label: "$(open-preview) Open Preview to the Side", run: command("resmark.preview.openToSide") });
    if (status?.changes) {
      for (const view of VIEWS) {
        const chosen = view === this.previews.view;
        choices.push({
          label: `${chosen ? "$(check)" : "$(blank)"} ${capitalised(VIEW_NAMES[view])}`,
          description: VIEW_DETAILS[view],
          run: command(`resmark.preview.view.${view}`),
        });
      }
    }
    choices.push(separator("Server"), restart, output);
    return choices;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asking?.cancel();
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }
}

/** Asks for the day as of which citations are judged, and keeps it in the settings. */
async function chooseDay(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("resmark");
  const day = await vscode.window.showInputBox({
    title: "Judge citations as of",
    prompt: "A day as 2022-10-14; empty: today",
    placeHolder: "today",
    value: settings.get<string>("asOf"),
    validateInput: (value) => (isDay(value.trim()) ? undefined : "A date looks like 2022-10-14. Leave it empty to judge as of today."),
  });
  if (day !== undefined) {
    const target = vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
    await settings.update("asOf", day.trim() || undefined, target);
  }
}

function isDay(value: string): boolean {
  if (value === "") {
    return true;
  }
  const day = new Date(`${value}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function house(status: Status): string {
  return status.profile?.toUpperCase() ?? "No profile";
}

/** The findings in signs, for where there is little room. */
function short({ findings }: Status): string {
  const signs: [number, string][] = [
    [findings.error, "$(error)"],
    [findings.warning, "$(warning)"],
    [findings.information, "$(info)"],
    [findings.hint, "$(lightbulb)"],
  ];
  const parts = signs.filter(([count]) => count > 0).map(([count, sign]) => `${sign} ${count}`);
  return parts.length > 0 ? parts.join(" ") : "$(check)";
}

/** The same in words. */
function long({ findings }: Status): string {
  const names: [number, string, string][] = [
    [findings.error, "error", "errors"],
    [findings.warning, "warning", "warnings"],
    [findings.information, "remark", "remarks"],
    [findings.hint, "hint", "hints"],
  ];
  const parts = names.filter(([count]) => count > 0).map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  return parts.length > 0 ? parts.join(", ") : "Nothing found";
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
