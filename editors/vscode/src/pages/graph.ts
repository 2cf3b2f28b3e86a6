// The page of the citation graph: shows the server's picture, moves and scales it, and tells what is to be opened.
// The picture is told in words as well, for who cannot see it.

interface Editor {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Editor;

type Scope = "text" | "workspace";

interface Shown {
  type: "show";
  svg: string;
  resolutions: number;
  links: number;
  scope: Scope;
  name: string;
  /** Whether there is a text in front, so that there is a choice. */
  choice: boolean;
}

/** The least and the most that the picture is scaled. */
const SCALES = [0.1, 4] as const;
/** How much a step of the keys or buttons scales it, and moves it in pixels. */
const STEP = 1.25;
const PAN = 60;

const editor = acquireVsCodeApi();

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}

const bar = element("nav", { className: "bar", ariaLabel: "Graph" });
const about = element("p", { className: "about", role: "status" });
const scopes = element("div", { className: "choice" });
const notice = element("p", { className: "notice", hidden: true, role: "status" });
const canvas = element("main", { className: "canvas" });
const list = element("section", { className: "list", hidden: true, ariaLabel: "Who cites whom, in words" });
const buttons = new Map<Scope, HTMLButtonElement>();

function button(words: string, title: string, press: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", textContent: words, title });
  made.setAttribute("aria-label", title);
  made.addEventListener("click", press);
  return made;
}

for (const [scope, words, title] of [
  ["text", "This text", "The text in front, what it cites and who cites it"],
  ["workspace", "Workspace", "All texts of the workspace"],
] as const) {
  const made = button(words, title, () => editor.postMessage({ type: "scope", scope }));
  buttons.set(scope, made);
  scopes.append(made);
}
const asList = button("As a list", "Who cites whom, in words", () => turn(list.hidden));
asList.setAttribute("aria-pressed", "false");
const tools = element("div", { className: "tools" });
tools.append(
  button("−", "Smaller (-)", () => zoom(1 / STEP)),
  button("+", "Larger (+)", () => zoom(STEP)),
  button("Fit", "All of it (0)", () => fit()),
  asList,
);
bar.append(scopes, about, tools);
document.body.append(bar, notice, canvas, list);
canvas.tabIndex = 0;
canvas.setAttribute("aria-label", "Citation graph: arrows move it, + and - scale it, 0 fits it, Tab goes from text to text");

/** The picture, and where it stands: the scale, and the upper left corner in pixels. */
let picture: SVGSVGElement | undefined;
let [scale, left, top] = [1, 0, 0];
let drawn = "";
/** Whether the reader has moved it, so that it is left where it is. */
let moved = false;

function size(): [number, number] {
  return [Number(picture?.getAttribute("width")) || 1, Number(picture?.getAttribute("height")) || 1];
}

function place(): void {
  if (picture) {
    const [width, height] = size();
    // At least a corner of it stays in sight.
    left = Math.min(Math.max(left, 80 - width * scale), canvas.clientWidth - 80);
    top = Math.min(Math.max(top, 60 - height * scale), canvas.clientHeight - 60);
    picture.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
  }
}

/** Scales it around a point of the canvas, the middle where none is named. */
function zoom(factor: number, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2): void {
  const next = Math.min(Math.max(scale * factor, SCALES[0]), SCALES[1]);
  left = x - ((x - left) * next) / scale;
  top = y - ((y - top) * next) / scale;
  scale = next;
  moved = true;
  place();
}

function pan(x: number, y: number): void {
  left += x;
  top += y;
  moved = true;
  place();
}

function fit(): void {
  const [width, height] = size();
  scale = Math.max(Math.min(canvas.clientWidth / width, canvas.clientHeight / height, 1), SCALES[0]);
  left = (canvas.clientWidth - width * scale) / 2;
  // What is higher than the page begins at the top.
  top = Math.max((canvas.clientHeight - height * scale) / 2, 0);
  moved = false;
  place();
}

function turn(toList: boolean): void {
  list.hidden = !toList;
  canvas.hidden = toList;
  asList.setAttribute("aria-pressed", String(toList));
  if (!toList) {
    place();
  }
}

function show(shown: Shown): void {
  notice.hidden = true;
  for (const [scope, made] of buttons) {
    made.setAttribute("aria-pressed", String(scope === shown.scope));
    made.disabled = scope === "text" && !shown.choice;
  }
  editor.setState({ scope: shown.scope });
  const count = (number: number, one: string) => `${number} ${one}${number === 1 ? "" : "s"}`;
  const of = shown.scope === "text" ? `${shown.name}: ` : "";
  about.textContent = `${of}${count(shown.resolutions, "resolution")}, ${count(shown.links, "link")}`;
  about.title = about.textContent;
  // The colours are those of the editor, `graph.css`; the picture's own may not even be read here.
  const plain = shown.svg.replace(/<style>[^<]*<\/style>/, "");
  const parsed = new DOMParser().parseFromString(plain, "image/svg+xml").documentElement;
  if (parsed.localName !== "svg") {
    return;
  }
  const focused = document.activeElement?.closest("[data-uri]")?.getAttribute("data-uri");
  picture = document.importNode(parsed, true) as unknown as SVGSVGElement;
  canvas.replaceChildren(picture);
  const empty = shown.resolutions === 0;
  if (empty) {
    canvas.replaceChildren(element("p", { className: "empty", textContent: "Nothing is cited here, and nobody cites it." }));
  }
  tell();
  const same = drawn === `${shown.scope} ${shown.name}`;
  drawn = `${shown.scope} ${shown.name}`;
  if (same && moved) {
    place();
  } else if (!empty) {
    fit();
  }
  if (focused) {
    nodes().find((node) => node.getAttribute("data-uri") === focused)?.focus();
  }
}

function nodes(): SVGGElement[] {
  return picture ? [...picture.querySelectorAll<SVGGElement>("g[data-uri]")] : [];
}

/** The picture in words: the resolutions, and each link as a sentence. */
function tell(): void {
  const title = (node: Element) => node.querySelector(":scope > title")?.textContent ?? "";
  const texts = element("ul");
  for (const node of picture?.querySelectorAll("g.node") ?? []) {
    const line = element("li");
    const uri = node.getAttribute("data-uri");
    if (uri === null) {
      line.textContent = title(node);
    } else {
      const link = element("a", { href: "#", textContent: title(node) });
      link.dataset.uri = uri;
      link.dataset.line = node.getAttribute("data-line") ?? "0";
      line.append(link);
    }
    texts.append(line);
  }
  const links = element("ul");
  for (const path of picture?.querySelectorAll("path.link") ?? []) {
    const words = title(path);
    if (words) {
      links.append(element("li", { textContent: words, className: path.classList.contains("old") ? "old" : "" }));
    }
  }
  list.replaceChildren(
    element("h2", { textContent: "Resolutions" }),
    texts,
    element("h2", { textContent: "Who cites whom" }),
    links,
  );
}

function open(from: Element | null, asPreview: boolean): boolean {
  const node = from?.closest("[data-uri]");
  if (!node) {
    return false;
  }
  const [uri, line] = [node.getAttribute("data-uri"), Number(node.getAttribute("data-line")) || 0];
  editor.postMessage({ type: asPreview ? "preview" : "open", uri, line });
  return true;
}

/** Whether a move has just ended. */
let dragged = false;
let drag: { x: number; y: number; far: boolean } | undefined;

canvas.addEventListener("pointerdown", (event) => {
  if (event.button === 0) {
    drag = { x: event.clientX, y: event.clientY, far: false };
  }
});
window.addEventListener("pointermove", (event) => {
  if (!drag) {
    return;
  }
  const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
  if (drag.far || Math.hypot(x, y) > 4) {
    drag = { x: event.clientX, y: event.clientY, far: true };
    canvas.classList.add("dragged");
    pan(x, y);
  }
});
window.addEventListener("pointerup", () => {
  // The click that ends a move opens nothing; it comes right after this.
  dragged = drag?.far === true;
  drag = undefined;
  canvas.classList.remove("dragged");
  setTimeout(() => (dragged = false));
});
document.addEventListener("click", (event) => {
  if (!dragged && event.target instanceof Element && open(event.target, event.ctrlKey || event.metaKey)) {
    event.preventDefault();
  }
});
canvas.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    const bounds = canvas.getBoundingClientRect();
    // Two fingers on a pad come as the wheel with Ctrl.
    if (event.ctrlKey || event.metaKey) {
      zoom(Math.exp(-event.deltaY / 300), event.clientX - bounds.left, event.clientY - bounds.top);
    } else {
      pan(event.shiftKey ? -event.deltaY : -event.deltaX, event.shiftKey ? 0 : -event.deltaY);
    }
  },
  { passive: false },
);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || canvas.hidden) {
    return;
  }
  const keys: Record<string, () => void> = {
    ArrowLeft: () => pan(PAN, 0),
    ArrowRight: () => pan(-PAN, 0),
    ArrowUp: () => pan(0, PAN),
    ArrowDown: () => pan(0, -PAN),
    "+": () => zoom(STEP),
    "=": () => zoom(STEP),
    "-": () => zoom(1 / STEP),
    "0": () => fit(),
  };
  if (event.key === "Enter" && document.activeElement instanceof SVGElement) {
    open(document.activeElement, false);
  } else if (keys[event.key]) {
    keys[event.key]();
  } else {
    return;
  }
  event.preventDefault();
});
canvas.addEventListener("focusin", (event) => {
  // Who goes from text to text by the keyboard sees where.
  const node = event.target instanceof Element ? event.target.closest("g[data-uri]") : null;
  if (!node) {
    return;
  }
  const [here, all] = [node.getBoundingClientRect(), canvas.getBoundingClientRect()];
  const beyond = (from: number, to: number, first: number, last: number) =>
    from < first ? first - from + 16 : to > last ? last - to - 16 : 0;
  const [x, y] = [beyond(here.left, here.right, all.left, all.right), beyond(here.top, here.bottom, all.top, all.bottom)];
  if (x !== 0 || y !== 0) {
    canvas.scrollTo(0, 0);
    pan(x, y);
  }
});
window.addEventListener("resize", () => (moved ? place() : fit()));
window.addEventListener("message", ({ data }: MessageEvent<Shown | { type: "notice"; text: string }>) => {
  if (data.type === "show") {
    show(data);
  } else if (data.type === "notice") {
    notice.textContent = data.text;
    notice.hidden = false;
  }
});
editor.postMessage({ type: "ready" });
