// The preview in a page: shows what the server writes, keeps its place, and tells its host what the reader does.
//
// It knows its host only through `{ post(message), onMessage(callback) }`.
// From the host: { type: "show", preview }, { type: "scroll", line }, { type: "notice", text } (an empty text takes it away).
// To the host:   { type: "ready" }, { type: "view", view }, { type: "follow", uri, line }, { type: "reveal", line },
//                { type: "scrolled", line }.
// Lines count from 0. It sets no markup but that of `preview.html`, which the server has escaped.
(() => {
  "use strict";

  const VIEWS = [
    ["inForce", "In force", "The text as in force, without the changes"],
    ["tracked", "Tracked changes", "Insertions underlined, deletions struck out"],
    ["asAmended", "As amended", "The text with the changes made"],
  ];

  /** How long a place that was jumped to stands out, in milliseconds. */
  const FLASH = 1600;

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function resmarkPreview(host) {
    const bar = element("nav", "resmark-bar");
    const views = element("div", "resmark-views");
    const notice = element("p", "resmark-notice");
    const main = element("main", "resmark-desk");
    const buttons = new Map();
    bar.hidden = true;
    bar.setAttribute("aria-label", "View");
    notice.hidden = true;
    notice.setAttribute("role", "status");
    for (const [view, label, title] of VIEWS) {
      const button = element("button", "", label);
      button.type = "button";
      button.title = title;
      button.addEventListener("click", () => host.post({ type: "view", view }));
      views.append(button);
      buttons.set(view, button);
    }
    bar.append(views);
    document.body.append(bar, notice, main);

    /** What is shown. */
    let shown = null;
    /** The words of each block, by which a block that has not changed is known. */
    const keys = new WeakMap();
    /** The blocks that come from the text, by line. */
    let index = [];
    /** Where the page was last put by us: the reader has not scrolled there. */
    let placed = -1;
    /** A line that was asked for before there was anything to show. */
    let wanted = null;

    function show(preview) {
      const article = new DOMParser().parseFromString(preview.html || "", "text/html").querySelector("article");
      if (!article) return;
      const same = shown !== null && shown.uri === preview.uri;
      const anchor = same ? topBlock() : null;
      const offset = anchor ? anchor.getBoundingClientRect().top : 0;
      const line = anchor ? lineOf(anchor) : 0;
      shown = preview;
      document.title = preview.title;
      document.documentElement.lang = preview.language;
      bar.hidden = !preview.changes;
      for (const [view, button] of buttons) button.setAttribute("aria-pressed", String(view === preview.view));
      const old = main.querySelector("article");
      if (old && same) {
        for (const name of ["class", "lang", "dir"]) old.setAttribute(name, article.getAttribute(name) || "");
        patchSheets(old, [...article.children]);
      } else {
        main.replaceChildren(document.adoptNode(article));
      }
      index = [...main.querySelectorAll(".sheet > [data-line]")].map((block) => [lineOf(block), block]);
      index.sort((a, b) => a[0] - b[0]);
      if (anchor && anchor.isConnected) {
        put(window.scrollY + anchor.getBoundingClientRect().top - offset);
      } else if (anchor) {
        const near = blockAt(line);
        if (near) put(window.scrollY + near.getBoundingClientRect().top - offset);
      } else if (!same) {
        put(0);
      }
      if (wanted !== null) {
        const at = wanted;
        wanted = null;
        scrollTo(at);
      }
    }

    function keyOf(block) {
      let key = keys.get(block);
      if (key === undefined) {
        const line = block.getAttribute("data-line");
        block.removeAttribute("data-line");
        key = block.outerHTML;
        if (line !== null) block.setAttribute("data-line", line);
        keys.set(block, key);
      }
      return key;
    }

    function patchSheets(article, sheets) {
      const old = [...article.children];
      const alike = (a, b) => {
        const [x, y] = [a.children, b.children];
        if (a.className !== b.className || a.lang !== b.lang || x.length !== y.length) return false;
        for (let at = 0; at < x.length; at++) if (keyOf(x[at]) !== keyOf(y[at])) return false;
        return true;
      };
      patch(article, old, sheets, alike, (mine, theirs) => {
        for (const name of ["class", "lang", "dir"]) mine.setAttribute(name, theirs.getAttribute(name) || "");
        patch(mine, [...mine.children], [...theirs.children], (a, b) => keyOf(a) === keyOf(b), carryLine);
      });
    }

    function carryLine(mine, theirs) {
      const line = theirs.getAttribute("data-line");
      if (line === null) mine.removeAttribute("data-line");
      else mine.setAttribute("data-line", line);
    }

    /**
     * Makes the children of `parent` those of `fresh`. What is alike at both ends stays, brought up to date by `update`;
     * of the rest, sheets are updated in pairs and blocks exchanged.
     */
    function patch(parent, old, fresh, alike, update) {
      let start = 0;
      while (start < old.length && start < fresh.length && alike(old[start], fresh[start])) {
        update(old[start], fresh[start]);
        start++;
      }
      let [end, freshEnd] = [old.length, fresh.length];
      while (end > start && freshEnd > start && alike(old[end - 1], fresh[freshEnd - 1])) {
        end--;
        freshEnd--;
        update(old[end], fresh[freshEnd]);
      }
      const next = old[end] || null;
      if (parent.localName === "article") {
        while (start < end && start < freshEnd) {
          update(old[start], fresh[start]);
          start++;
        }
      }
      for (let at = start; at < end; at++) old[at].remove();
      const added = document.createDocumentFragment();
      for (let at = start; at < freshEnd; at++) added.append(document.adoptNode(fresh[at]));
      parent.insertBefore(added, next);
    }

    function lineOf(block) {
      return Number(block.getAttribute("data-line"));
    }

    /** How much of the window the bar covers. */
    function covered() {
      return bar.hidden ? 0 : bar.getBoundingClientRect().height;
    }

    /** The first block of which something can be seen. */
    function topBlock() {
      const blocks = main.querySelectorAll(".sheet > [data-line]");
      let [low, high] = [0, blocks.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (blocks[middle].getBoundingClientRect().bottom > covered()) high = middle;
        else low = middle + 1;
      }
      return blocks[low] || null;
    }

    /** The place in `index` of the last block that begins at or before a line; 0 where none does. */
    function placeOf(line) {
      let [low, high] = [0, index.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (index[middle][0] <= line) low = middle + 1;
        else high = middle;
      }
      return Math.max(0, low - 1);
    }

    function blockAt(line) {
      const found = index[placeOf(line)];
      return found ? found[1] : null;
    }

    function put(y) {
      window.scrollTo({ top: Math.max(0, y), behavior: "instant" });
      placed = window.scrollY;
    }

    /** Brings a line to the top; a line inside a block, that much of the way to the next one. */
    function scrollTo(line) {
      if (shown === null) {
        wanted = line;
        return;
      }
      const at = placeOf(line);
      if (index.length === 0) return;
      if (at === 0 && line <= index[0][0]) {
        put(0);
        return;
      }
      const [first, block] = index[at];
      const here = block.getBoundingClientRect();
      const next = index[at + 1];
      let y = here.top;
      if (next && next[0] > first && line > first) {
        const there = next[1].getBoundingClientRect().top;
        // Footnotes stand elsewhere than in the text.
        const height = there > here.top ? there - here.top : here.height;
        y += ((line - first) / (next[0] - first)) * height;
      }
      put(window.scrollY + y - covered() - 16);
    }

    function flash(block) {
      block.classList.add("resmark-flash");
      setTimeout(() => {
        block.classList.remove("resmark-flash");
        if (block.className === "") block.removeAttribute("class");
      }, FLASH);
    }

    main.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link) return;
      event.preventDefault();
      const uri = link.getAttribute("data-uri");
      if (uri === null || shown === null) return;
      const line = lineOf(link);
      if (uri !== shown.uri) {
        host.post({ type: "follow", uri, line });
        return;
      }
      const block = blockAt(line);
      if (!block) return;
      const { top, bottom } = block.getBoundingClientRect();
      if (top < covered() || bottom > window.innerHeight) block.scrollIntoView({ block: "center", behavior: "instant" });
      flash(block);
    });

    main.addEventListener("dblclick", (event) => {
      const block = event.target instanceof Element ? event.target.closest(".sheet > [data-line]") : null;
      if (block) host.post({ type: "reveal", line: lineOf(block) });
    });

    let waiting = false;
    window.addEventListener(
      "scroll",
      () => {
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => {
          waiting = false;
          if (Math.abs(window.scrollY - placed) < 2) return;
          placed = -1;
          const top = topBlock();
          if (top) host.post({ type: "scrolled", line: window.scrollY < 8 ? 0 : lineOf(top) });
        });
      },
      { passive: true },
    );

    host.onMessage((message) => {
      if (message.type === "show" && message.preview) show(message.preview);
      else if (message.type === "scroll") scrollTo(Number(message.line) || 0);
      else if (message.type === "notice") {
        notice.textContent = message.text || "";
        notice.hidden = !message.text;
      }
    });
    host.post({ type: "ready" });
  }

  globalThis.resmarkPreview = resmarkPreview;
})();
