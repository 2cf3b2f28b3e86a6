// Enter opens the next clause, ends the list, and in a tracked text writes an insertion; undo takes it back.

const TEXT = `*resolves*

1. to mend the benches;
2. to paint them;
3. to report on *resolves* 1 and 2 above.
`;

const TRACKED = `MOD X/1

# Resolution 1

*resolves*

1. to mend;
2. to paint.
`;

export const files = { "typing.resmark": TEXT, "tracked.resmark": TRACKED };

export default async function (editor) {
  const { keyboard } = editor.page;

  await editor.file("typing.resmark");
  await editor.goTo(3, "1. to mend the benches;".length + 1);
  await keyboard.press("Enter");
  const opened = TEXT.replace("2. to paint", "2. \n3. to paint").replace("3. to report on *resolves* 1 and 2", "4. to report on *resolves* 1 and 3");
  await editor.expect("typing.resmark", "Enter opens the next clause", opened);
  await keyboard.type("to clean them:");
  await keyboard.press("Enter");
  const below = opened.replace("2. \n", "2. to clean them:\n   a) \n");
  await editor.expect("typing.resmark", "a colon opens a sub-clause", below);
  await keyboard.type("daily;");
  await keyboard.press("Enter");
  const second = below.replace("   a) \n", "   a) daily;\n   b) \n");
  await editor.expect("typing.resmark", "the next sub-clause", second);
  await keyboard.press("Enter");
  const out = second.replace("   b) \n3. to paint", "3. \n4. to paint").replace("4. to report on *resolves* 1 and 3", "5. to report on *resolves* 1 and 4");
  await editor.expect("typing.resmark", "an empty sub-clause goes on further out", out);
  await keyboard.press("Enter");
  const ended = second.replace("   b) \n3. to paint", "\n\n3. to paint");
  await editor.expect("typing.resmark", "an empty clause ends the list", ended);
  // What the server did and the line break itself are each one step back.
  await keyboard.press("Control+Z");
  await keyboard.press("Control+Z");
  await editor.expect("typing.resmark", "undo takes back the end of the list", out);

  await editor.file("tracked.resmark");
  await editor.goTo(7, "1. to mend;".length + 1);
  await keyboard.press("Enter");
  const inserted = TRACKED.replace("2. to paint", "{++2. ++}\n{~~2~>3~~}. to paint");
  await editor.expect("tracked.resmark", "a new clause of a tracked text is an insertion", inserted);
  await keyboard.type("to clean;");
  await editor.expect("tracked.resmark", "typing goes on inside of it", inserted.replace("{++2. ++}", "{++2. to clean;++}"));
}
