// Lessons that were left stay open behind the one that is shown, so that Back finds them as they
// were. Each of them takes a kernel's memory and slows the page: only the latest few stay.

const FEW = 3; // with the one that is shown

/** `settled` gives, for a lesson, the promise that all of it has run. */
export function keepFewOpen(tracker, settled) {
  let latest = [];
  tracker.currentChanged.connect((_tracker, panel) => {
    if (!panel) return;
    latest = [panel, ...latest.filter((each) => each !== panel)];
    for (const old of latest.splice(FEW)) close(old, settled(old), () => latest.includes(old));
  });
}

// What cannot be saved stays open: JupyterLab has said why. A lesson that still runs saves itself
// at its end; saved twice at once, JupyterLab would ask which of the two is to be kept.
async function close(panel, settled, isWanted) {
  await Promise.allSettled([settled]);
  if (panel.isDisposed || isWanted()) return;
  if (panel.context.model.dirty) await panel.context.save();
  if (isWanted()) return;
  await panel.sessionContext.shutdown();
  panel.dispose();
}
