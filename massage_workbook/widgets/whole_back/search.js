// The game on the map: a place is named, and the learner marks it.

import { directionOf } from "../shared/arrows.js";
import { button, node, svgNode } from "../shared/elements.js";
import { cross, inWords, makeDrawable, moved, onPicture, pointedAt } from "../shared/places.js";
import { exposeParts } from "../shared/plate.js";

/** The search on the picture and in the panel; `find` shows its state, `end` the map again. */
export function searchGame(map, panel, model, channel) {
  const isOpen = () => model.get("search").result === null;
  const mark = (place) => isOpen() && channel.request({ do: "mark", place });
  const pen = markingPen(map.picture, model.get("frame"), isOpen, mark);
  let isOn = false;
  return {
    find(state) {
      if (!isOn) pen.begin();
      isOn = true;
      const { result } = state;
      map.showAlone(result?.shown);
      pen.showMark(result?.mark);
      const next = result ? button("Next", () => channel.request({ do: "next" }), "main") : button("Show me", () => mark(null), "main");
      const hadFocus = panel.contains(document.activeElement);
      const task = [node("p", {}, model.get("words").how), pen.where];
      panel.replaceChildren(...question(state), ...(result ? answer(result) : task), node("div", { className: "buttons" }, next));
      if (hadFocus || result) next.focus({ preventScroll: true });
      if (result) panel.scrollIntoView({ block: "nearest" });
    },
    end() {
      if (isOn) pen.end();
      isOn = false;
    },
  };
}

const question = ({ name, number, of }) => [
  node("p", { className: "hint aside" }, `${number} of ${of}`),
  node("h3", {}, `Find: ${name}`),
];

const answer = ({ verdict, feedback }) => [
  node("p", { className: "verdict" }, verdict),
  ...feedback.map((text) => node("p", {}, text)),
];

/** A cross that arrow keys move; Enter marks its place, and a click its own. */
function markingPen(picture, frame, isOpen, onMark) {
  const [pen, mark] = ["pen", "mark"].map((name) => picture.appendChild(svgNode("path", { class: name })));
  const draw = (path, place, size) => path.setAttribute("d", place ? cross(onPicture(place, frame), size) : "");
  const where = node("p", { className: "hint aside" });
  let at = [0, 0.4];
  const move = (direction, isFar) => {
    at = moved(at, direction, isFar);
    draw(pen, at, 9);
    where.textContent = `The cross is ${inWords(at)}.`;
  };
  const onclick = (event) => onMark(pointedAt(event, picture, frame));
  const onkeydown = (event) => {
    const direction = directionOf(event);
    if (!isOpen()) return;
    if (direction) move(direction, event.shiftKey);
    else if (event.key === "Enter" || event.key === " ") onMark(at);
    else return;
    event.preventDefault();
  };
  return {
    where,
    showMark: (place) => draw(mark, place, 8),
    begin() {
      picture.classList.add("search");
      makeDrawable(picture);
      Object.assign(picture, { onclick, onkeydown });
      move([0, 0], false);
    },
    end() {
      picture.classList.remove("search");
      exposeParts(picture);
      picture.removeAttribute("aria-roledescription");
      picture.removeAttribute("tabindex");
      Object.assign(picture, { onclick: null, onkeydown: null });
      draw(mark, null, 0);
    },
  };
}
