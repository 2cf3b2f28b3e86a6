// The preview's page: hands the messages of the script of every preview, `server/preview/preview.js`, to the extension.

interface Host {
  post(message: { type: string; line?: number }): void;
  onMessage(callback: (message: unknown) => void): void;
}

interface Editor {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Editor;
declare function resmarkPreview(host: Host): void;

const editor = acquireVsCodeApi();

// With the key that opens links in an editor, the text opens and not its preview.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-uri]") : null;
    if (link && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      editor.postMessage({ type: "open", uri: link.getAttribute("data-uri"), line: Number(link.getAttribute("data-line")) || 0 });
    }
  },
  true,
);

/** What is to be shown again when the window is opened the next time. */
interface State {
  uri: string;
  line: number;
}

let state: State | undefined;

function keep(kept: State): void {
  state = kept;
  editor.setState(kept);
}

window.addEventListener("message", ({ data }: MessageEvent<{ type?: string; state: State }>) => {
  if (data.type === "keep") {
    keep(data.state);
  }
});

resmarkPreview({
  post: (message) => {
    if (message.type === "scrolled" && state) {
      keep({ ...state, line: message.line ?? 0 });
    }
    editor.postMessage(message);
  },
  onMessage: (callback) => window.addEventListener("message", ({ data }) => callback(data)),
});
