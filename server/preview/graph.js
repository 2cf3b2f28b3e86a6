// The page with the graph: shows the picture, and goes to the text of what is clicked on.
(() => {
  "use strict";

  const main = document.createElement("main");
  const notice = document.createElement("p");
  notice.className = "resmark-notice";
  notice.hidden = true;
  document.body.append(notice, main);

  function say(text) {
    notice.textContent = text;
    notice.hidden = text === "";
  }

  function show(picture) {
    const svg = new DOMParser().parseFromString(picture.svg, "image/svg+xml").documentElement;
    if (svg.localName !== "svg") return;
    // The style is in a file: a page with a strict policy takes none from elsewhere.
    for (const style of svg.querySelectorAll("style")) style.remove();
    main.replaceChildren(document.adoptNode(svg));
    say(picture.resolutions === 0 ? "This text cites nothing, and nothing cites it." : "");
  }

  function follow(target) {
    const node = target instanceof Element ? target.closest("[data-uri]") : null;
    if (!node) return;
    const query = new URLSearchParams({ uri: node.getAttribute("data-uri"), line: node.getAttribute("data-line") || "0" });
    location.assign(`./?${query}`);
  }

  main.addEventListener("click", (event) => follow(event.target));
  main.addEventListener("keydown", (event) => {
    if (event.key === "Enter") follow(event.target);
  });

  const query = new URLSearchParams(location.search);
  query.set("page", "graph");
  const source = new EventSource(`events?${query}`);
  source.addEventListener("graph", (event) => show(JSON.parse(event.data)));
  source.addEventListener("gone", (event) => say(JSON.parse(event.data).text));
  source.addEventListener("error", () => say("The editor is not answering. It may have ended."));
})();
