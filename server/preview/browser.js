// The host of the preview in a browser: follows the server's events, keeps the view and the place in the address, and
// sends a double click to the editor.
(() => {
  "use strict";

  const callbacks = [];
  let source = null;
  /** The line to go to once the text is there; `null` for none. */
  let wanted = null;
  /** The line at the top. */
  let top = 0;
  let state = read();

  function read() {
    const query = new URLSearchParams(location.search);
    const line = query.get("line");
    wanted = line === null ? null : Number(line);
    return { uri: query.get("uri") || "", view: query.get("view") || "tracked" };
  }

  function address() {
    return `?${new URLSearchParams(state)}`;
  }

  function tell(message) {
    for (const callback of callbacks) callback(message);
  }

  function connect() {
    if (source) source.close();
    if (document.hidden) return;
    const own = new EventSource(`events${address()}`);
    source = own;
    own.addEventListener("show", (event) => {
      tell({ type: "notice", text: "" });
      tell({ type: "show", preview: JSON.parse(event.data) });
      if (wanted !== null) tell({ type: "scroll", line: wanted });
      wanted = null;
    });
    own.addEventListener("scroll", (event) => tell({ type: "scroll", line: JSON.parse(event.data).line }));
    own.addEventListener("gone", (event) => tell({ type: "notice", text: JSON.parse(event.data).text }));
    own.addEventListener("error", () => {
      const text =
        own.readyState === EventSource.CLOSED
          ? "The editor has ended. Open the preview from the editor again."
          : "The editor is not answering. It may have ended.";
      tell({ type: "notice", text });
    });
  }

  async function reveal(line) {
    try {
      const body = JSON.stringify({ uri: state.uri, line });
      const answer = await fetch("reveal", { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (!answer.ok) tell({ type: "notice", text: await answer.text() });
    } catch {
      tell({ type: "notice", text: "The editor is not answering. It may have ended." });
    }
  }

  // A page that nobody looks at follows nothing; a browser has few connections to one server.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      connect();
    } else if (source) {
      source.close();
    }
  });

  window.addEventListener("popstate", (event) => {
    state = read();
    wanted = event.state ? event.state.line : wanted;
    connect();
  });

  // The place is in our hands: what is behind a link comes over the network first.
  history.scrollRestoration = "manual";

  globalThis.resmarkPreview({
    post(message) {
      if (message.type === "ready") connect();
      else if (message.type === "reveal") reveal(message.line);
      else if (message.type === "scrolled") top = message.line;
      else if (message.type === "view") {
        state.view = message.view;
        history.replaceState({ line: top }, "", address());
        connect();
      } else if (message.type === "follow") {
        history.replaceState({ line: top }, "", address());
        state = { uri: message.uri, view: state.view };
        history.pushState({ line: message.line }, "", address());
        wanted = message.line;
        connect();
      }
    },
    onMessage(callback) {
      callbacks.push(callback);
    },
  });
})();
