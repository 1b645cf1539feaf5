// The path of a hand to draw on the back.

import { directionOf } from "../shared/arrows.js";
import { button, node, reword, svgNode } from "../shared/elements.js";
import { CM, cross, inWords, makeDrawable, moved, onPicture, pointedAt } from "../shared/places.js";
import { plate, PRESSED } from "../shared/plate.js";
import { liveHint } from "./parts.js";

const CSS = `
  ${PRESSED}
  svg { touch-action: none; cursor: crosshair }
  svg:focus-visible { outline: 3px solid var(--mw-motion); outline-offset: 2px }
  .drawn, .right { fill: none; stroke-width: 5; stroke-linecap: round; stroke-linejoin: round }
  .drawn { stroke: var(--mw-motion) }
  .right { stroke: var(--mw-kneading) }
  .right:not(.head) { stroke-dasharray: 9 8 }
  .pen { fill: none; stroke: var(--mw-ink); stroke-width: 1.5 }
  svg:not(:focus-visible) .pen { visibility: hidden }
`;
const HOW_TO_DRAW =
  "Drag along the path of the hand, or click its start, its bends and its end. Keys: arrows move the pen, Space puts a point.";

export function stroke({ svg, frame }, form) {
  const { host, picture: shown } = plate(svg, { css: CSS });
  const picture = shown();
  const note = liveHint();
  const sketch = makeSketch(picture, frame, note);
  makeDrawable(picture);
  onDrag(picture, frame, { isOpen: () => !form.isClosed(), begin: sketch.begin, add: sketch.add });
  picture.onkeydown = (event) => {
    if (event.key === "Enter") form.submit();
    else if (!form.isClosed()) onPenKey(event, sketch);
  };
  const tool = (text, act) => button(text, () => form.isClosed() || act());
  const tools = node("div", { className: "tools" }, tool("Take back", sketch.back), tool("Clear", sketch.clear));
  sketch.clear();
  return {
    figure: host,
    note,
    nodes: [tools],
    missing: () => (sketch.points().length > 1 ? "" : "Draw the path of the hand first"),
    read: sketch.points,
    reveal: ({ response, answer }) => {
      sketch.show(response ?? []);
      lineWithHead(picture, "right")(answer, frame);
      tools.hidden = true;
      const [start, end] = [answer[0], answer.at(-1)].map(inWords);
      return [node("p", {}, `The dashed line is the path of the hand: it starts ${start} and ends ${end}.`)];
    },
  };
}

/** The points drawn so far, as a line with a pen that keys move; the note says where they are. */
function makeSketch(picture, frame, note) {
  const line = lineWithHead(picture, "drawn");
  const pen = picture.appendChild(svgNode("path", { class: "pen" }));
  let points = [];
  let at = [0.1, 0.5];
  const draw = (text) => {
    line(points, frame);
    pen.setAttribute("d", cross(onPicture(at, frame), 9));
    reword(note, text);
  };
  const clear = () => {
    points = [];
    draw(HOW_TO_DRAW);
  };
  const add = (place = at) => {
    at = place;
    points.push(place);
    const begins = `It starts ${inWords(place)}. Now put its bends, if it has any, and its end.`;
    draw(points.length === 1 ? begins : `It ends ${inWords(place)}.`);
  };
  return {
    points: () => points,
    add,
    clear,
    begin: (place) => points.splice(0, points.length, place),
    back() {
      points.pop();
      if (points.length) draw(`It ends ${inWords(points.at(-1))}.`);
      else clear();
    },
    move(direction, isFar) {
      at = moved(at, direction, isFar);
      draw(`The pen is ${inWords(at)}.`);
    },
    show(drawn) {
      points = drawn;
      draw("");
    },
  };
}

/** Arrows move the pen, Space puts a point, Backspace removes the last one. */
function onPenKey(event, { move, add, back }) {
  const direction = directionOf(event);
  if (direction) move(direction, event.shiftKey);
  else if (event.key === " ") add();
  else if (event.key === "Backspace") back();
  else return;
  event.preventDefault();
}

/** Report pointer events on a picture as places: the start and the moves of a drag, or a click. */
function onDrag(picture, frame, { isOpen, begin, add }) {
  let from = null;
  let isDragging = false;
  picture.onpointerdown = (event) => {
    if (event.button || !isOpen()) return;
    picture.setPointerCapture(event.pointerId);
    from = pointedAt(event, picture, frame);
    isDragging = false;
  };
  picture.onpointermove = (event) => {
    if (!from) return;
    const here = pointedAt(event, picture, frame);
    if (Math.hypot(here[0] - from[0], here[1] - from[1]) < CM / 2) return;
    if (!isDragging) begin(from);
    isDragging = true;
    from = here;
    add(here);
  };
  picture.onpointerup = () => {
    if (from && !isDragging) add(from);
    from = null;
  };
  picture.onpointercancel = () => {
    from = null;
  };
}

/** A function that draws a line through places with an arrow head; a dot for a single place. */
function lineWithHead(picture, name) {
  const [line, head] = [name, `${name} head`].map((each) => picture.appendChild(svgNode("path", { class: each })));
  return (places, frame) => {
    const drawn = places.map((place) => onPicture(place, frame));
    const dot = drawn.length === 1 ? "h0.01" : "";
    line.setAttribute("d", drawn.length ? `M${drawn.map((each) => each.join(" ")).join("L")}${dot}` : "");
    head.setAttribute("d", drawn.length > 1 ? arrowHead(drawn) : "");
  };
}

function arrowHead(drawn) {
  const [x, y] = drawn.at(-1);
  const from = drawn.findLast(([a, b]) => Math.hypot(x - a, y - b) > 12) ?? drawn[0];
  const angle = Math.atan2(y - from[1], x - from[0]);
  return [0.5, -0.5].map((turn) => `M${x} ${y}l${-16 * Math.cos(angle + turn)} ${-16 * Math.sin(angle + turn)}`).join("");
}
