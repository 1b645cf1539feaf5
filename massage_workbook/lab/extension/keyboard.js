// Keys pressed in an output belong to what is shown there: without this, `b` on a focused button
// inserts a cell, `x` on a slider cuts it and an arrow leaves a group of radio buttons.
// The widget itself comes first, for the event is stopped on its way up, at the notebook.

export function keepKeysInOutputs(node, save) {
  node.addEventListener("keydown", (event) => {
    if (!inOutput(event)) return;
    event.stopPropagation();
    if (!savesThePage(event)) return;
    event.preventDefault(); // the browser would offer to save a copy of the page
    save();
  });
}

// Out of a shadow root the event seems to come from the root's host, which stands in the output.
function inOutput(event) {
  return event.target instanceof Element && event.target.closest(".jp-OutputArea") !== null;
}

function savesThePage(event) {
  return (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s";
}
