// What a lesson shows may have become old while it was out of sight: a plan was laid ready, someone
// was asked, questions were answered. Its widgets are told once it is seen again, and look again.

export function tellWhatIsSeenAgain(tracker) {
  const tell = () => {
    const node = tracker.currentWidget?.node;
    if (document.hidden || node?.dataset.lesson !== "awake") return;
    for (const each of node.querySelectorAll(".mw")) each.dispatchEvent(new Event("seen-again"));
  };
  tracker.currentChanged.connect(tell);
  document.addEventListener("visibilitychange", tell);
}
