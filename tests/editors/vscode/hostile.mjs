// A text that would like to be a program, and what is looked at to see that it is none. Pages of the preview, served, written
// to a file and in VS Code, all show it.

/** Words that do something where they are taken for markup. */
export const HOSTILE = [
  `<img src=x onerror="document.title='broken'"> "quoted" 'it' & <script>document.title='broken'</script>`,
  `<svg/onload=alert(1)><style>*{display:none}</style><base href=https://evil.example/>`,
  `<iframe src=https://evil.example/></iframe><object data=https://evil.example/></object><link rel=stylesheet href=https://evil.example/>`,
  `</article></main></body><form action=https://evil.example/><input autofocus onfocus=alert(1)></form><meta http-equiv=refresh content=0;url=https://evil.example/>`,
  "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;alert(1)&#60;/script&#62; \\u003cscript\\u003e ${alert(1)} {{alert(1)}} ]]> --> <!-- */",
];

/** They stand in every place that a text has. */
export function hostileText() {
  const [first, ...others] = HOSTILE;
  const clause = (words, at) =>
    `${at + 1}. ${words} [${words}](javascript:alert(1)) [x](data:text/html,<script>alert(1)</script>) {++${words}++} {--${words}--} ` +
    `{~~${words}~>${words}~~} {>>${words}<<} *${words}* https://evil.example/"onmouseover=alert(1)// [^1];\n`;
  return (
    `---\nbody: "<script>alert(1)</script>"\nlanguage: en\"><script>alert(1)</script>\n---\n\n# ${first}\n## ${others[0]}\n\n` +
    `${others[1]}\n\n*${first}*\n\n${HOSTILE.map(clause).join("")}\n### ${others[2]}\n\n[^1]: ${first}\n[^<script>]: ${others[0]}\n`
  );
}

/** What of the page in which it runs is not as a page of ours has it: names of elements and attributes. */
export function trespassing() {
  const found = [];
  const never = "article :is(script, img, iframe, object, embed, style, link, base, meta, form, input), svg :is(script, image, foreignObject, style)";
  for (const element of document.querySelectorAll(never)) found.push(element.outerHTML);
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || /^\s*(javascript|data|vbscript):/i.test(value) && element.localName !== "link") found.push(`${element.localName} ${name}=${value}`);
    }
  }
  for (const element of document.body.children) {
    const own = element.matches("nav.resmark-bar, p.resmark-notice, main, article, script, svg, .resmark-graph *, [class^=resmark]");
    if (!own) found.push(element.outerHTML.slice(0, 200));
  }
  for (const name of ["script", "base", "meta[http-equiv=refresh]"]) {
    for (const element of document.querySelectorAll(name)) {
      if (name !== "script" || /alert|broken|evil/.test(element.textContent)) found.push(element.outerHTML);
    }
  }
  return found;
}

/** Watches a page from now on; the answer says which hosts were asked and what went wrong: dialogs, windows, refusals. */
export function watched(page) {
  const hosts = new Set();
  const problems = [];
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", (popup) => problems.push(`window: ${popup.url()}`));
  page.on("pageerror", (error) => problems.push(`error: ${error}`));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  return async () => {
    // Whatever waits for its turn has had it.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    return { hosts: [...hosts], problems };
  };
}
