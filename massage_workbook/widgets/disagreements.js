// Where the sources differ. What the course follows comes from the kernel, after the guess.

import { connect } from "./shared/channel.js";
import { button, list, node, status } from "./shared/elements.js";
import { folded, foldedSources } from "./shared/sources.js";
import { follow, widget } from "./shared/widget.js";

function render({ model, el }) {
  const channel = connect(model, el, "No reply.");
  let open = null;
  const body = node("div", { className: "body" });
  const show = () => {
    const page = model.get("page");
    if (page.show === "one" && page.answer && open?.id === page.asked.id) return open.reveal(page);
    const hadFocus = body.contains(document.activeElement);
    open = page.show === "one" ? one(page, channel) : null;
    body.replaceChildren(...(open ? open.nodes : page.all.map(whole)));
    if (hadFocus) body.querySelector("input, .main")?.focus();
  };
  el.append(everything(model, channel), body, channel.notice);
  return [follow(model, ["page"], show), channel.close];
}

function everything(model, channel) {
  const input = node("input", { type: "checkbox", checked: model.get("page").show === "all" });
  input.onchange = () => channel.request({ do: "show all", on: input.checked });
  return node("label", { className: "switch" }, input, "Show all with their answers");
}

// --- one at a time ---------------------------------------------------------------------------

function one(page, channel) {
  const { asked, at, list } = page;
  const rows = [...asked.positions, asked.own_way].map(choice);
  const said = status("div", "answer");
  const main = node("button", { type: "submit", className: "main" }, "Check my guess");
  const look = button("Show me", () => send(null));
  const others = list.length > 1 ? [step("Previous", -1), step("Skip", 1)] : [];
  const form = node(
    "form",
    {},
    node("p", { className: "how-far aside" }, `Question ${at + 1} of ${list.length} · ${asked.severity}`),
    node(
      "fieldset",
      {},
      node("legend", {}, asked.question),
      node("p", { className: "aside" }, "Which side does the course take? Guess first."),
      node("div", { className: "sides columns" }, ...rows),
    ),
    node("div", { className: "buttons" }, main, look, ...others),
    said,
  );
  const send = (position) => channel.request({ do: "guess", question: asked.id, position });
  form.onsubmit = (event) => {
    event.preventDefault();
    if ("answered" in form.dataset) return channel.request({ do: "go", to: at + 1 });
    const guess = form.elements.side.value;
    if (guess) send(guess);
    else said.replaceChildren(node("p", {}, "Choose a side first, or press Show me."));
  };
  for (const each of others) each.onclick = () => channel.request({ do: "go", to: at + Number(each.value) });
  const questions = jump(page, channel);
  const reveal = ({ answer, list: now }) => {
    form.dataset.answered = "";
    for (const row of rows) mark(row, answer);
    said.replaceChildren(...answerParts(answer));
    main.textContent = list.length > 1 ? "Next question" : "That is all";
    main.disabled = list.length === 1;
    for (const each of [look, others[1]]) if (each) hide(each, main);
    questions.mark(now);
  };
  if (page.answer) reveal(page);
  return { id: asked.id, nodes: [form, questions.node, sources(asked.sources)], reveal };
}

function step(text, by) {
  return node("button", { type: "button", value: by }, text);
}

/** Hidden, not removed, so that nothing moves; the focus goes on to what comes next. */
function hide(button, next) {
  if (button === document.activeElement) next.focus();
  button.style.visibility = "hidden";
}

function choice({ id, by, says, where }) {
  const input = node("input", { type: "radio", name: "side", value: id });
  // A click after the guess changes nothing, and the focus can stay where it is.
  input.onclick = (event) => {
    if ("answered" in input.form.dataset) event.preventDefault();
  };
  input.onkeydown = (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      input.form.requestSubmit();
    } else if ("answered" in input.form.dataset && event.key.startsWith("Arrow")) event.preventDefault();
  };
  return node("label", { className: "framed" }, ...side({ by: [input, by], says, where }));
}

/** Who says what, and where. */
function side({ by, says, where }) {
  return [
    node("b", {}, ...[by].flat()),
    node("span", {}, says),
    node("span", { className: "where aside" }, where),
    node("span", { className: "mark" }),
  ];
}

/** What the course does with a side, in words as well as in colour. */
function mark(row, { guess, marks }) {
  const input = row.querySelector("input");
  input.checked = input.value === guess;
  const stands = marks[input.value];
  row.querySelector(".mark").textContent = [input.checked ? "Your guess" : "", stands ?? ""]
    .filter(Boolean)
    .join(" · ");
}

function answerParts({ verdict, follows, why, sure, attribution }) {
  return [
    node("p", { className: "verdict" }, verdict),
    node("p", { className: "follows notice" }, node("b", {}, "The course: "), follows),
    node("p", {}, node("b", {}, "Why: "), why),
    node("p", {}, node("b", {}, "How sure: "), sure),
    foldedSources(attribution),
  ];
}

/** All the questions, to jump to one. */
function jump({ at, list: questions }, channel) {
  const rows = questions.map(({ question }, i) => {
    const go = button(question, () => channel.request({ do: "go", to: i }));
    if (i === at) go.setAttribute("aria-current", "true");
    return node("li", {}, go, node("span", { className: "state" }));
  });
  const mark = (now) => {
    for (const [i, row] of rows.entries()) row.querySelector(".state").textContent = now[i].state;
  };
  mark(questions);
  const made = folded(`All ${questions.length} questions`, [node("ol", {}, ...rows)], { className: "jump" });
  return { node: questions.length > 1 ? made : "", mark };
}

function sources(named) {
  return folded("Where the positions stand", [list(named)]);
}

// --- all of them -----------------------------------------------------------------------------

function whole({ asked, answer }) {
  const { verdict, ...rest } = answer;
  const sides = asked.positions.map((position) => {
    const made = node("li", { className: "framed" }, ...side(position));
    made.querySelector(".mark").textContent = answer.marks[position.id];
    return made;
  });
  return node(
    "section",
    {},
    node("h3", {}, asked.question),
    node("p", { className: "aside" }, asked.severity),
    node("ul", { className: "sides bare columns" }, ...sides),
    ...answerParts({ verdict: "", ...rest }).slice(1),
    sources(asked.sources),
  );
}

export default widget("mw-disagreements", render);
