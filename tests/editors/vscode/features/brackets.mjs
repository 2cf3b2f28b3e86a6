// Signs that come in pairs are closed, words are words in any script, and a comment is one of the markup.

export const files = { "pairs.resmark": "\n\n一、国际电联第140号决议\n" };

export default async function (editor) {
  const { keyboard } = editor.page;
  const line = (number, text) => editor.expectLine("pairs.resmark", number, text);
  const clear = async () => {
    await keyboard.press("End");
    await keyboard.press("Shift+Home");
    await keyboard.press("Delete");
  };

  await editor.file("pairs.resmark");
  await editor.goTo(1, 1);
  await keyboard.type("*recalling*");
  await line(1, "*recalling*");
  await clear();
  await keyboard.type("a) the {++new {--old");
  await line(1, "a) the {++new {--old--}++}");
  await clear();
  await keyboard.type("（2022年");
  await line(1, "（2022年）");
  await keyboard.type("）");
  await line(1, "（2022年）");
  await clear();
  await keyboard.type("noted");
  await keyboard.press("Control+/");
  await line(1, "{>> noted <<}");
  await keyboard.press("Control+/");
  await line(1, "noted");

  // A citation's number is one word, also where no spaces part the words.
  await keyboard.press("Control+Home");
  await keyboard.press("End");
  await keyboard.type(" A/RES/70/1 rest");
  await keyboard.press("Control+Backspace");
  await line(1, "noted A/RES/70/1 ");
}
