// Keep only the latest lessons open in the background, so that Back finds them unchanged: each one
// takes a kernel's memory and slows the page.

const MOST_OPEN = 3; // including the visible one

/**
 * `settled(panel)` is the promise that all cells of a lesson have run; `wake(panel)` runs it again.
 */
export function limitOpenLessons(tracker, settled, wake) {
  let latest = [];
  tracker.currentChanged.connect((_tracker, panel) => {
    if (!panel) return;
    latest = [panel, ...latest.filter((each) => each !== panel)];
    for (const old of latest.splice(MOST_OPEN)) close(old, settled(old), () => latest.includes(old), wake);
  });
}

// A changed lesson that cannot be saved stays open: it is read-only, or JupyterLab has said why. A
// running lesson is saved when it has finished; a second save at the same time would raise a
// conflict dialog.
async function close(panel, settled, isWanted, wake) {
  await Promise.allSettled([settled]);
  if (panel.isDisposed || isWanted()) return;
  const { model, contentsModel } = panel.context;
  if (model.dirty && !contentsModel.writable) return;
  if (model.dirty) await panel.context.save();
  if (isWanted()) return;
  await panel.sessionContext.shutdown();
  // The learner may have come back while the kernel was shut down.
  if (isWanted()) await wake(panel);
  else panel.dispose();
}
