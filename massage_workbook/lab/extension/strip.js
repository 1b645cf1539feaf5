// The strip above a lesson: its state, and a button that shows or hides its code and JupyterLab's
// toolbar.

const CHANGED =
  "This lesson holds code that is not the workbook's, so it waits: look at it with Show code, then click Run, then Run All Cells.";

export function makeStrip(panel, wake) {
  const strip = document.createElement("div");
  strip.className = "mw-strip";
  strip.append(line("mw-if-waking", "Waking the lesson …"), asleep(wake), line("mw-if-changed", CHANGED), codeButton(panel));
  return strip;
}

function line(name, text) {
  const element = document.createElement("span");
  element.className = name;
  element.setAttribute("role", "status");
  element.textContent = text;
  return element;
}

function asleep(wake) {
  const element = line("mw-if-asleep", "This lesson is asleep: what you answer or plan in it now is not kept. ");
  element.append(button("Wake it", wake));
  return element;
}

function codeButton(panel) {
  const element = button("Show code", () => {
    const shown = !panel.hasClass("mw-code");
    panel.toggleClass("mw-code", shown);
    panel.toolbar.setHidden(!shown);
    if (shown) unfold(panel);
    element.textContent = shown ? "Hide code" : "Show code";
  });
  element.classList.add("mw-code-button");
  return element;
}

function button(text, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.addEventListener("click", act);
  return element;
}

function unfold(panel) {
  for (const cell of panel.content.widgets) cell.inputHidden = false;
}
