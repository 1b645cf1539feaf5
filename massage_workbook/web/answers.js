// What becomes of the answers in the browser, and how they leave it and come back as a file.

import { download } from "../widgets/shared/download.js";
import { button, node, status, write } from "../widgets/shared/elements.js";

/** A section on the learner's answers; `changed` is called once others came in. */
export function answersKept(python, changed) {
  const said = status("p", "said");
  const save = button("Save them as a file", async () => {
    const result = await python.ask("answers");
    if (!result) return;
    download("massage-answers.json", "application/json", [result.reply.text]);
    const kept = await navigator.storage?.persist?.();
    write(said, kept ? "The file is in your downloads, and this browser keeps the answers." : "The file is in your downloads.");
  });
  const file = node("input", { type: "file", accept: ".json,application/json" });
  file.onchange = async () => {
    const result = await python.ask("add_answers", await file.files[0].text());
    write(said, result?.reply.error ?? result?.reply.said ?? "");
    file.value = "";
    changed();
  };
  const add = node("label", { className: "add" }, "Bring answers in from a file ", file);
  return node(
    "section",
    { className: "kept mw" },
    node("h2", {}, "Your answers"),
    node("p", {}, "They stay in this browser, and no server sees them. A browser may remove them when it needs room, and a private window forgets them: save them as a file now and then. The same file goes into the workbook by massage-workbook progress import."),
    node("div", { className: "buttons" }, save, add),
    said,
  );
}
