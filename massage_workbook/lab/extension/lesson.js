// Opens a lesson alive and calm: it runs by itself, and its code is out of sight until asked for.

import { keepFewOpen } from "./behind.js";
import { followHistory } from "./history.js";
import { keepKeysInOutputs } from "./keyboard.js";
import { followLinks } from "./links.js";
import { tellWhatIsSeenAgain } from "./seen.js";
import { makeStrip } from "./strip.js";
import { askServer, codeCells } from "./trust.js";

const MARK = "massage_workbook";
const GONE = ["restarting", "autorestarting", "dead"];
const PATIENCE = 15_000; // milliseconds a kernel may take before the lesson says that it sleeps
const running = new WeakMap(); // of each lesson the promise that all of it has run
const byHand = new WeakMap(); // of each lesson what the learner has run of it, cell by cell

export function plugin({ INotebookTracker, NotebookActions }, { Widget }, { ServerConnection }) {
  return {
    id: "massage-workbook:lessons",
    autoStart: true,
    requires: [INotebookTracker],
    activate: (app, tracker) => {
      const ask = askServer(ServerConnection, app.serviceManager.serverSettings);
      // What the learner has run by hand may run again when the lesson is woken.
      const mayRun = async (panel) => byHand.get(panel) === codeOf(panel) || ask(panel);
      const jupyter = { actions: NotebookActions, Widget, mayRun };
      const open = (panel) => running.set(panel, openLesson(panel, jupyter));
      followHistory(app); // before JupyterLab writes the first address once more
      followLinks(app, tracker);
      tellWhatIsSeenAgain(tracker);
      app.restored.then(() => showOneDocument(app, tracker));
      tracker.forEach(open);
      tracker.widgetAdded.connect((_tracker, panel) => open(panel));
      NotebookActions.executed.connect((_actions, { notebook, cell }) => {
        const panel = tracker.find((each) => each.content === notebook);
        if (panel && hasRun(cell.model) && isLesson(panel) && hasRunWhole(panel)) wakeUp(panel, jupyter);
      });
    },
  };
}

// The view of a single document has JupyterLab's side bars until they are sent away.
function showOneDocument(app, tracker) {
  const { shell } = app;
  if (shell.mode !== "single-document") return;
  keepFewOpen(tracker, (panel) => running.get(panel));
  for (const side of ["left", "right"]) {
    if (shell.isSideTabBarVisible(side)) shell.toggleSideTabBarVisibility(side);
  }
}

async function openLesson(panel, jupyter) {
  await panel.context.ready;
  if (!isLesson(panel)) return;
  keepKeysInOutputs(panel.content.node, () => panel.context.save());
  // A widget that gets no reply asks for what restarts the kernel.
  panel.content.node.addEventListener("mw-restart", ({ detail }) => (detail.restart = () => restart(panel, jupyter)));
  panel.sessionContext.statusChanged.connect((_session, status) => {
    if (GONE.includes(status) && isCalm(panel)) show(panel, "asleep");
  });
  if (await jupyter.mayRun(panel)) await run(panel, jupyter);
}

async function run(panel, jupyter) {
  makeCalm(panel, jupyter);
  show(panel, "waking");
  const giveUp = setTimeout(() => show(panel, "asleep"), PATIENCE);
  const kernel = await readyKernel(panel.sessionContext);
  clearTimeout(giveUp);
  if (panel.isDisposed) return;
  if (!kernel) return show(panel, "asleep"); // JupyterLab has said why
  // Widgets of the last visit are dead; an error in their place would be the first sight.
  jupyter.actions.clearAllOutputs(panel.content);
  // Asked again: another cell may have come in while the kernel started.
  if (!(await jupyter.mayRun(panel))) return show(panel, "changed");
  show(panel, "awake");
  // Not runAll, which leaves the learner at the end of the lesson.
  await jupyter.actions.runCells(panel.content, panel.content.widgets, panel.sessionContext);
  // Otherwise the browser asks on leaving whether to give up changes the learner never made.
  await panel.context.save();
}

async function restart(panel, jupyter) {
  show(panel, "waking");
  await panel.sessionContext.restartKernel();
  running.set(panel, run(panel, jupyter));
}

// Widgets that found no kernel as the page opened never find one; the page is opened anew.
function wake(panel, jupyter) {
  if (panel.sessionContext.session?.kernel) running.set(panel, run(panel, jupyter));
  else location.reload();
}

// What the learner has run by hand is as awake as what ran by itself.
function wakeUp(panel, jupyter) {
  byHand.set(panel, codeOf(panel));
  makeCalm(panel, jupyter);
  show(panel, "awake");
}

// Text is "executed" as well, and so is code that found no kernel yet.
function hasRun(model) {
  return model.type === "code" && model.executionCount !== null;
}

function hasRunWhole(panel) {
  return codeCells(panel).every((model) => hasRun(model) || !model.sharedModel.getSource().trim());
}

function codeOf(panel) {
  return JSON.stringify(codeCells(panel).map((model) => model.sharedModel.getSource()));
}

function isLesson(panel) {
  return Boolean(panel.context.model?.getMetadata(MARK)?.lesson);
}

async function readyKernel(context) {
  await context.ready;
  if (context.kernelDisplayStatus === "dead") await context.restartKernel();
  const kernel = context.session?.kernel;
  await kernel?.info;
  return kernel;
}

function isCalm(panel) {
  return panel.hasClass("mw-lesson");
}

function makeCalm(panel, jupyter) {
  if (isCalm(panel)) return;
  panel.addClass("mw-lesson");
  panel.toolbar.hide();
  panel.contentHeader.addWidget(new jupyter.Widget({ node: makeStrip(panel, () => wake(panel, jupyter)) }));
  panel.content.node.addEventListener("dblclick", (event) => keepTextAsItReads(panel, event), true);
  for (const cell of panel.content.widgets) markWhatToClick(cell);
}

function show(panel, state) {
  panel.node.dataset.lesson = state;
}

// A double click selects a word; JupyterLab would turn the paragraph into its source.
function keepTextAsItReads(panel, event) {
  if (panel.hasClass("mw-code")) return;
  if (event.target.closest(".jp-MarkdownOutput")) event.stopPropagation();
}

function markWhatToClick(cell) {
  if (cell.model.getMetadata("tags")?.includes("asleep")) cell.addClass("mw-asleep");
}
