// Run a lesson when it opens, and hide its code until the learner asks for it.

import { foldSections } from "./fold.js";
import { followHistory } from "./history.js";
import { keepKeysInOutputs } from "./keyboard.js";
import { followLinks } from "./links.js";
import { limitOpenLessons } from "./open-lessons.js";
import { refreshShownLessons } from "./refresh.js";
import { waitForWidgets } from "./slow-machines.js";
import { makeStrip } from "./strip.js";
import { autorunCheck, codeCells } from "./trust.js";

const MARK = "massage_workbook";
const KERNEL = "massage-workbook"; // imports nothing from the lesson's folder
const GONE_STATUSES = ["restarting", "autorestarting", "dead"];
const KERNEL_TIMEOUT = 15_000; // milliseconds
const running = new WeakMap(); // lesson -> the promise that all its cells have run
const runByHand = new WeakMap(); // lesson -> the code that the learner ran by hand
const cellsRun = new WeakSet(); // the models of cells that have run in this page

export function plugin({ INotebookTracker, NotebookActions }, { Widget }, { ServerConnection }) {
  return {
    id: "massage-workbook:lessons",
    autoStart: true,
    requires: [INotebookTracker],
    activate: (app, tracker) => {
      const ask = autorunCheck(ServerConnection, app.serviceManager.serverSettings);
      // Code that the learner has run by hand may run again when the lesson is restarted.
      const mayRun = async (panel) => runByHand.get(panel) === codeOf(panel) || ask(panel);
      const jupyter = { actions: NotebookActions, Widget, mayRun };
      const open = (panel) => running.set(panel, openLesson(panel, jupyter));
      waitForWidgets();
      followHistory(app); // before JupyterLab pushes the first address
      followLinks(app, tracker);
      refreshShownLessons(tracker);
      app.restored.then(() => showOneDocument(app, tracker, jupyter));
      tracker.forEach(open);
      tracker.widgetAdded.connect((_tracker, panel) => open(panel));
      NotebookActions.executed.connect((_actions, { notebook, cell }) => {
        const panel = tracker.find((each) => each.content === notebook);
        if (!panel || !isLesson(panel) || !hasRun(cell.model)) return;
        cellsRun.add(cell.model);
        if (hasRunWhole(panel)) markAwake(panel, jupyter);
      });
    },
  };
}

// Hide JupyterLab's side bars in the single-document view.
function showOneDocument(app, tracker, jupyter) {
  const { shell } = app;
  if (shell.mode !== "single-document") return;
  limitOpenLessons(tracker, (panel) => running.get(panel), (panel) => wake(panel, jupyter));
  for (const side of ["left", "right"]) {
    if (shell.isSideTabBarVisible(side)) shell.toggleSideTabBarVisibility(side);
  }
}

async function openLesson(panel, jupyter) {
  await panel.context.ready;
  if (!isLesson(panel)) return;
  keepKeysInOutputs(panel.content.node, () => isWritable(panel) && panel.context.save());
  // A widget that gets no reply requests a callback to restart the kernel.
  panel.content.node.addEventListener("mw-restart", ({ detail }) => (detail.restart = () => restart(panel, jupyter)));
  const fallAsleep = () => isLessonView(panel) && showState(panel, "asleep");
  panel.sessionContext.statusChanged.connect((_context, status) => GONE_STATUSES.includes(status) && fallAsleep());
  // If JupyterLab hears of a culled session before its kernel, the status does not change.
  panel.sessionContext.sessionChanged.connect((_context, { newValue }) => newValue || fallAsleep());
  if (await jupyter.mayRun(panel)) await run(panel, jupyter);
}

async function run(panel, jupyter) {
  makeLessonView(panel, jupyter);
  showState(panel, "waking");
  const giveUp = setTimeout(() => showState(panel, "asleep"), KERNEL_TIMEOUT);
  const kernel = await readyKernel(panel.sessionContext);
  clearTimeout(giveUp);
  if (panel.isDisposed) return;
  if (!kernel) return showState(panel, "asleep"); // JupyterLab has said why
  // Widgets of an earlier kernel would show an error.
  jupyter.actions.clearAllOutputs(panel.content);
  // Check again: a cell may have been added while the kernel started.
  if (!(await jupyter.mayRun(panel))) return showState(panel, "changed");
  showState(panel, "awake");
  // Not runAll, which scrolls to the end of the lesson.
  await jupyter.actions.runCells(panel.content, panel.content.widgets, panel.sessionContext);
  // Otherwise the browser asks about unsaved changes on leaving; outputs are not saved anyway.
  if (isWritable(panel)) await panel.context.save();
  else panel.context.model.dirty = false;
}

async function restart(panel, jupyter) {
  showState(panel, "waking");
  await panel.sessionContext.restartKernel();
  running.set(panel, run(panel, jupyter));
}

// Widgets created without a kernel never connect to one, so reload the page.
async function wake(panel, jupyter) {
  const { sessionContext } = panel;
  showState(panel, "waking");
  // The server may have ended the kernel a moment ago, which JupyterLab learns on asking.
  await sessionContext.sessionManager.refreshRunning().catch(() => {});
  if (sessionContext.session?.kernel) running.set(panel, run(panel, jupyter));
  else location.reload();
}

// A lesson whose cells were all run by hand counts as running.
function markAwake(panel, jupyter) {
  runByHand.set(panel, codeOf(panel));
  makeLessonView(panel, jupyter);
  showState(panel, "awake");
}

// Markdown cells are "executed" too, and so is code without a kernel.
function hasRun(model) {
  return model.type === "code" && model.executionCount !== null;
}

function hasRunWhole(panel) {
  return codeCells(panel).every((model) => cellsRun.has(model) || !model.sharedModel.getSource().trim());
}

function codeOf(panel) {
  return JSON.stringify(codeCells(panel).map((model) => model.sharedModel.getSource()));
}

function isWritable(panel) {
  return panel.context.contentsModel.writable;
}

function isLesson(panel) {
  const mark = panel.context.model?.getMetadata(MARK);
  return Boolean(mark?.lesson) && mark.run !== "by hand";
}

async function readyKernel(context) {
  await context.ready;
  if (context.kernelDisplayStatus === "dead") await context.restartKernel();
  if (![undefined, KERNEL].includes(context.session?.kernel?.name)) await context.changeKernel({ name: KERNEL });
  const kernel = context.session?.kernel;
  await kernel?.info;
  return kernel;
}

function isLessonView(panel) {
  return panel.hasClass("mw-lesson");
}

function makeLessonView(panel, jupyter) {
  if (isLessonView(panel)) return;
  panel.addClass("mw-lesson");
  panel.toolbar.hide();
  panel.contentHeader.addWidget(new jupyter.Widget({ node: makeStrip(panel, () => wake(panel, jupyter)) }));
  panel.content.node.addEventListener("dblclick", (event) => keepTextRendered(panel, event), true);
  for (const cell of panel.content.widgets) markStartCell(cell);
  foldSections(panel.content.widgets);
}

function showState(panel, state) {
  panel.node.dataset.lesson = state;
}

// A double click selects a word; JupyterLab would open the Markdown source.
function keepTextRendered(panel, event) {
  if (panel.hasClass("mw-code")) return;
  if (event.target.closest(".jp-MarkdownOutput")) event.stopPropagation();
}

function markStartCell(cell) {
  if (cell.model.getMetadata("tags")?.includes("asleep")) cell.addClass("mw-asleep");
}
