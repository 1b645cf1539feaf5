// Sections that wait to be opened: a heading cell tagged "folded", and the cells below it up to the
// next heading of its level or above. Another front end, and paper, show all of it.

const HEADING = /^(#+) (.+)/;

export function foldSections(cells) {
  cells.forEach((cell, i) => {
    const heading = textOf(cell).match(HEADING);
    if (!heading || !cell.model.getMetadata("tags")?.includes("folded")) return;
    const [, level, title] = heading;
    const below = cells.slice(i + 1);
    const end = below.findIndex((each) => (textOf(each).match(HEADING)?.[1].length ?? Infinity) <= level.length);
    cell.node.append(opener(title, end < 0 ? below : below.slice(0, end)));
  });
}

function textOf({ model }) {
  return model.type === "markdown" ? model.sharedModel.getSource() : "";
}

function opener(title, section) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mw-opener";
  const fold = (folded) => {
    for (const cell of section) cell.toggleClass("mw-folded", folded);
    button.textContent = folded ? "Open this part" : "Fold this part up";
    button.setAttribute("aria-expanded", String(!folded));
    button.setAttribute("aria-label", `${button.textContent}: ${title}`);
  };
  button.addEventListener("click", () => fold(button.getAttribute("aria-expanded") === "true"));
  fold(true);
  return button;
}
