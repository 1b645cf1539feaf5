// One button brings a lesson's code into sight, with JupyterLab's tools for it, and away again.

export function codeButton(panel) {
  const strip = document.createElement("div");
  strip.className = "mw-strip";
  const button = document.createElement("button");
  button.type = "button";
  button.addEventListener("click", () => toggle(panel, button));
  strip.append(button);
  label(button, false);
  return strip;
}

function toggle(panel, button) {
  const shown = !panel.hasClass("mw-code");
  panel.toggleClass("mw-code", shown);
  panel.toolbar.setHidden(!shown);
  if (shown) unfold(panel);
  label(button, shown);
}

function unfold(panel) {
  for (const cell of panel.content.widgets) cell.inputHidden = false;
}

function label(button, shown) {
  button.textContent = shown ? "Hide code" : "Show code";
  button.setAttribute("aria-pressed", String(shown));
}
