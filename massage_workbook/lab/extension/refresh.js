// Refresh widgets when a lesson becomes visible: a plan, the screening or answers may have changed in
// another lesson.

export function refreshShownLessons(tracker) {
  const tell = () => {
    const node = tracker.currentWidget?.node;
    if (document.hidden || node?.dataset.lesson !== "awake") return;
    for (const each of node.querySelectorAll(".mw")) each.dispatchEvent(new Event("mw-refresh"));
  };
  tracker.currentChanged.connect(tell);
  document.addEventListener("visibilitychange", tell);
}
