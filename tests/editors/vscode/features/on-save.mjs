// Where the folder wants it, what has only one right form is put right when the file is saved.

const TEXT = `# 第300号决议（2026年，多哈）

国际电信联盟全权代表大会（2026年，多哈），

*做出决议*

1. 每份通知都要注明日期;
2. 没有日期的通知应予撤下。
`;

export const files = {
  "saved.resmark": TEXT,
  ".vscode/settings.json": JSON.stringify({ "[resmark]": { "editor.codeActionsOnSave": { "source.fixAll.resmark": "explicit" } } }),
};

export default async function (editor) {
  await editor.file("saved.resmark");
  await editor.squiggles("info").first().waitFor();
  await editor.at("saved.resmark", "每份");
  await editor.page.keyboard.type("今后");
  // The words are there before anything is saved: a browser under load hands keys over late.
  await editor.lines().filter({ hasText: "今后每份" }).first().waitFor();
  await editor.saved("saved.resmark", "1. 今后每份通知都要注明日期；");
}
