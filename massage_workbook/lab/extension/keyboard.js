// Keep key presses in outputs from JupyterLab's shortcuts: `b` on a focused button would insert a
// cell, `x` on a slider cut it, and an arrow leave a group of radio buttons. The event is stopped at
// the notebook while it bubbles, after the widget has handled it.

export function keepKeysInOutputs(node, save) {
  node.addEventListener("keydown", (event) => {
    if (!inOutput(event)) return;
    event.stopPropagation();
    if (!savesThePage(event)) return;
    event.preventDefault(); // or the browser offers to save the page
    save();
  });
}

// An event from a shadow root has the root's host as its target, which is in the output.
function inOutput(event) {
  return event.target instanceof Element && event.target.closest(".jp-OutputArea") !== null;
}

function savesThePage(event) {
  return (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s";
}
