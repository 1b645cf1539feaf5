// Opens a lesson alive and calm: it runs by itself, and its code is out of sight until asked for.

import { keepKeysInOutputs } from "./keyboard.js";
import { codeButton } from "./code_button.js";

const MARK = "massage_workbook";

export function plugin({ INotebookTracker, NotebookActions }, { Widget }) {
  return {
    id: "massage-workbook:lessons",
    autoStart: true,
    requires: [INotebookTracker],
    activate: (_app, tracker) => {
      const open = (panel) => openLesson(panel, NotebookActions, Widget);
      tracker.forEach(open);
      tracker.widgetAdded.connect((_tracker, panel) => open(panel));
    },
  };
}

async function openLesson(panel, actions, Widget) {
  await panel.context.ready;
  if (!isLesson(panel)) return;
  keepKeysInOutputs(panel.content.node);
  if (!isTrusted(panel)) return;
  makeCalm(panel, Widget);
  await kernelIsReady(panel);
  // Asked again: what is to run now may have changed while the kernel started.
  if (panel.isDisposed || !isTrusted(panel)) return;
  panel.addClass("mw-awake");
  await actions.runAll(panel.content, panel.sessionContext);
}

function isLesson(panel) {
  return Boolean(panel.context.model.getMetadata(MARK)?.lesson);
}

// JupyterLab trusts a cell if the notebook carries the signature it was laid down with
// or if the learner has run the cell. Nothing else may run unasked.
function isTrusted(panel) {
  const cells = Array.from(panel.context.model.cells);
  return cells.every((cell) => cell.type !== "code" || cell.trusted);
}

async function kernelIsReady(panel) {
  await panel.sessionContext.ready;
  await panel.sessionContext.session?.kernel?.info;
}

function makeCalm(panel, Widget) {
  panel.addClass("mw-lesson");
  panel.toolbar.hide();
  panel.contentHeader.addWidget(new Widget({ node: codeButton(panel) }));
  for (const cell of panel.content.widgets) markTags(cell);
}

function markTags(cell) {
  const tags = cell.model.getMetadata("tags") ?? [];
  if (tags.includes("asleep")) cell.addClass("mw-asleep");
}
