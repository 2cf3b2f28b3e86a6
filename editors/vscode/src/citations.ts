// The view “Citations”: what the text in front cites, who cites it, and what of that is out of date.

import * as vscode from "vscode";
import type { Location } from "vscode-languageclient/node";
import type { Current } from "./current";
import type { Server } from "./server";
import { updateCitations } from "./update";

type State = "inForce" | "outdated" | "revisedSince" | "abrogated" | "unknown" | "open" | "pinned";

/** One resolution of the lists of `resmark/citations`. */
interface Entry {
  label: string;
  detail: string;
  tooltip: string;
  state: State;
  id: string | null;
  /** Where it is cited. */
  locations: Location[];
  /** Where it can be read. */
  target: Location | null;
}

interface Overview {
  cites: Entry[];
  citedBy: Entry[];
}

/** What stands in the tree: a list, a resolution, one of several places where it is cited. */
type Node =
  | { kind: "list"; name: ListName; entries: Entry[] }
  | { kind: "entry"; list: ListName; entry: Entry }
  | { kind: "place"; list: ListName; entry: Entry; location: Location };

type ListName = keyof typeof LISTS;
const LISTS = { outOfDate: "Out of date", cites: "Cites", citedBy: "Cited by" };

const ICONS: Record<State, vscode.ThemeIcon> = {
  inForce: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
  outdated: new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground")),
  abrogated: new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("list.errorForeground")),
  revisedSince: new vscode.ThemeIcon("history"),
  unknown: new vscode.ThemeIcon("question"),
  open: new vscode.ThemeIcon("question"),
  pinned: new vscode.ThemeIcon("pinned"),
};

/** How often it is looked again while the workspace is being read, in milliseconds. */
const LOOK_AGAIN = 400;

const VIEW = "resmark.citations";

export class Citations implements vscode.Disposable, vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<Node>;
  private readonly subscriptions: vscode.Disposable[];
  private overview: Overview | undefined;
  private asking: vscode.CancellationTokenSource | undefined;
  private timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly server: Server,
    private readonly current: Current,
  ) {
    this.view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.subscriptions = [
      this.view,
      this.changed,
      current.onDidChange(() => this.renew(true)),
      current.onDidEdit(() => this.renew()),
      server.onDidChangeState(() => this.renew()),
      vscode.commands.registerCommand(`${VIEW}.show`, () => vscode.commands.executeCommand(`${VIEW}.focus`)),
      vscode.commands.registerCommand(`${VIEW}.update`, () => this.update()),
      vscode.commands.registerCommand(`${VIEW}.goTo`, (node: Node) => this.goTo(node)),
      vscode.commands.registerCommand(`${VIEW}.openCited`, (node: Node) => this.openCited(node)),
      vscode.commands.registerCommand(`${VIEW}.previewCited`, (node: Node) => this.previewCited(node)),
    ];
    void this.renew();
  }

  getChildren(node?: Node): Node[] {
    if (!this.overview) {
      return [];
    }
    if (!node) {
      const { cites, citedBy } = this.overview;
      const outOfDate = cites.filter(isOutOfDate);
      const lists: [ListName, Entry[]][] = [["outOfDate", outOfDate], ["cites", cites], ["citedBy", citedBy]];
      return lists.filter(([, entries]) => entries.length > 0).map(([name, entries]) => ({ kind: "list", name, entries }));
    }
    switch (node.kind) {
      case "list":
        return node.entries.map((entry) => ({ kind: "entry", list: node.name, entry }));
      case "entry":
        return severally(node.entry) ? node.entry.locations.map((location) => ({ ...node, kind: "place", location })) : [];
      case "place":
        return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    if (node.kind === "list") {
      const item = new vscode.TreeItem(LISTS[node.name], Expanded);
      item.id = node.name;
      item.description = String(node.entries.length);
      item.contextValue = node.name;
      item.accessibilityInformation = { label: `${LISTS[node.name]}: ${resolutions(node.entries.length)}` };
      return item;
    }
    const { entry } = node;
    if (node.kind === "place") {
      const item = new vscode.TreeItem(`Line ${node.location.range.start.line + 1}`, None);
      item.description = this.words(node.location);
      item.contextValue = "place";
      item.command = { command: `${VIEW}.goTo`, title: "Go to the Citation", arguments: [node] };
      return item;
    }
    const item = new vscode.TreeItem(entry.label, severally(entry) ? Collapsed : None);
    const times = entry.locations.length > 1 ? ` · ${entry.locations.length} times` : "";
    item.description = `${entry.detail}${times}`;
    item.tooltip = entry.tooltip;
    item.iconPath = node.list === "citedBy" && entry.state === "inForce" ? new vscode.ThemeIcon("file") : ICONS[entry.state];
    item.contextValue = entry.target ? "entry.readable" : "entry";
    item.accessibilityInformation = { label: `${entry.label}, ${entry.detail}${times}` };
    item.command = { command: `${VIEW}.goTo`, title: "Go to the Citation", arguments: [node] };
    return item;
  }

  /** Brings what is out of date up to date, in the text whose citations are listed. */
  private async update(): Promise<void> {
    const uri = this.current.uri;
    if (uri) {
      await vscode.window.showTextDocument(uri, { viewColumn: this.current.editor?.viewColumn });
      await updateCitations();
    }
  }

  /** Goes to where it is cited: to the first place, of several. */
  private async goTo(node: Node): Promise<void> {
    if (node.kind !== "list") {
      await this.reveal(node.kind === "place" ? node.location : node.entry.locations[0]);
    }
  }

  /** Opens what is cited, or who cites. */
  private async openCited(node: Node): Promise<void> {
    if (node.kind === "entry") {
      await this.reveal(node.entry.target);
    }
  }

  private async previewCited(node: Node): Promise<void> {
    const converter = this.server.converter();
    if (node.kind === "entry" && node.entry.target && converter) {
      await vscode.commands.executeCommand("resmark.preview.openToSide", converter.asUri(node.entry.target.uri));
    }
  }

  private async reveal(location: Location | null | undefined): Promise<void> {
    const place = location && this.server.converter()?.asLocation(location);
    if (place) {
      await vscode.window.showTextDocument(place.uri, { selection: place.range });
    }
  }

  /** The words of a line, of a text that is open. */
  private words(location: Location): string {
    const place = this.server.converter()?.asLocation(location);
    const document = vscode.workspace.textDocuments.find((it) => it.uri.toString() === place?.uri.toString());
    const line = place?.range.start.line ?? 0;
    return document && line < document.lineCount ? document.lineAt(line).text.trim() : "";
  }

  /** Asks anew; `another` when it is another text, whose lists are not those that are shown. */
  private async renew(another = false): Promise<void> {
    this.asking?.cancel();
    clearTimeout(this.timer);
    const asking = new vscode.CancellationTokenSource();
    this.asking = asking;
    const uri = this.current.uri;
    if (!uri) {
      this.set(undefined, "none");
      return;
    }
    const textDocument = { uri: uri.toString() };
    let answer: Overview | null | undefined;
    let reading = false;
    try {
      answer = await this.server.ask<Overview | null>("resmark/citations", { textDocument }, asking.token);
      const status = await this.server.ask<{ reading: boolean } | null>("resmark/status", { textDocument }, asking.token);
      reading = status?.reading === true;
    } catch (error) {
      if (!asking.token.isCancellationRequested) {
        this.server.output.warn(`The citations of ${uri.toString()} could not be listed: ${error}`);
      }
      return;
    }
    if (asking.token.isCancellationRequested) {
      return;
    }
    if (answer === undefined) {
      // Between two starts the lists stay, unless they are of another text.
      if (another || this.server.state === "failed") {
        this.set(undefined, this.server.state === "failed" ? "failed" : "reading");
      }
      return;
    }
    const isEmpty = !answer || answer.cites.length + answer.citedBy.length === 0;
    this.set(answer ?? undefined, !isEmpty ? "listed" : reading ? "reading" : "empty");
    if (reading) {
      this.timer = setTimeout(() => void this.renew(), LOOK_AGAIN);
    }
  }

  /** Shows the lists, or by what `state` says why there are none. */
  private set(overview: Overview | undefined, state: "none" | "reading" | "failed" | "empty" | "listed"): void {
    const unchanged = JSON.stringify(overview) === JSON.stringify(this.overview);
    this.overview = overview;
    void vscode.commands.executeCommand("setContext", `${VIEW}.state`, state);
    const old = overview?.cites.filter(isOutOfDate).length ?? 0;
    void vscode.commands.executeCommand("setContext", `${VIEW}.outOfDate`, old > 0);
    this.view.badge = old > 0 ? { value: old, tooltip: `${resolutions(old)} cited here ${old === 1 ? "is" : "are"} out of date` } : undefined;
    if (!unchanged) {
      this.changed.fire();
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asking?.cancel();
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }
}

/** Whether the citation has to be put right. */
function isOutOfDate(entry: Entry): boolean {
  return entry.state === "outdated" || entry.state === "abrogated";
}

function severally(entry: Entry): boolean {
  return entry.locations.length > 1;
}

function resolutions(count: number): string {
  return count === 1 ? "1 resolution" : `${count} resolutions`;
}
