// Lessons that were left stay open behind the one that is shown, so that Back finds them as they
// were. Each of them takes a kernel's memory and slows the page: only the latest few stay.

const FEW = 3; // with the one that is shown

export function keepFewOpen(tracker) {
  let latest = [];
  tracker.currentChanged.connect((_tracker, panel) => {
    if (!panel) return;
    latest = [panel, ...latest.filter((each) => each !== panel)];
    for (const old of latest.splice(FEW)) close(old, () => tracker.currentWidget === old);
  });
}

// What cannot be saved stays open: JupyterLab has said why.
async function close(panel, isWanted) {
  if (panel.isDisposed) return;
  if (panel.context.model.dirty) await panel.context.save();
  if (isWanted()) return;
  await panel.sessionContext.shutdown();
  panel.dispose();
}
