// Where the sources differ. What the course follows comes from the kernel, after the guess.

function render({ model, el }) {
  el.classList.add("mw", "mw-disagreements");
  // Keys pressed here stay here: in any notebook `x` would cut the cell. Jupyter asks what has the focus.
  el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = ""));
  let open = null;
  const body = node("div", { className: "body" });
  const show = () => {
    const page = model.get("page");
    if (page.show === "one" && page.answer && open?.id === page.asked.id) return open.reveal(page);
    const hadFocus = body.contains(document.activeElement);
    open = page.show === "one" ? one(page, model) : null;
    body.replaceChildren(...(open ? open.nodes : page.all.map(whole)));
    if (hadFocus) body.querySelector("input, .main")?.focus();
  };
  el.append(everything(model), body);
  show();
  model.on("change:page", show);
  return () => model.off("change:page", show);
}

function everything(model) {
  const input = node("input", { type: "checkbox", checked: model.get("page").show === "all" });
  input.onchange = () => model.send({ do: "show all", on: input.checked });
  return node("label", { className: "switch" }, input, "Show all with their answers");
}

// --- one at a time ---------------------------------------------------------------------------

function one(page, model) {
  const { asked, at, list } = page;
  const rows = [...asked.positions, asked.own_way].map(choice);
  const said = node("div", { className: "answer" });
  said.setAttribute("role", "status");
  const main = node("button", { type: "submit", className: "main" }, "Check my guess");
  const look = node("button", { type: "button" }, "Show me");
  const others = list.length > 1 ? [step("Previous", -1), step("Skip", 1)] : [];
  const form = node(
    "form",
    {},
    node("p", { className: "how-far" }, `Question ${at + 1} of ${list.length} · ${asked.severity}`),
    node(
      "fieldset",
      {},
      node("legend", {}, asked.question),
      node("p", { className: "hint" }, "Which side does the course take? Guess first."),
      node("div", { className: "sides" }, ...rows),
    ),
    node("div", { className: "buttons" }, main, look, ...others),
    said,
  );
  const send = (position) => model.send({ do: "guess", question: asked.id, position });
  form.onsubmit = (event) => {
    event.preventDefault();
    if ("answered" in form.dataset) return model.send({ do: "go", to: at + 1 });
    const guess = form.elements.side.value;
    if (guess) send(guess);
    else said.replaceChildren(node("p", {}, "Choose a side first, or press Show me."));
  };
  look.onclick = () => send(null);
  for (const each of others) each.onclick = () => model.send({ do: "go", to: at + Number(each.value) });
  const questions = jump(page, model);
  const reveal = ({ answer, list: now }) => {
    form.dataset.answered = "";
    rows.forEach((row) => mark(row, answer));
    said.replaceChildren(...told(answer));
    main.textContent = list.length > 1 ? "Next question" : "That is all";
    main.disabled = list.length === 1;
    for (const each of [look, others[1]]) if (each) hide(each, main);
    questions.follow(now);
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
  return node("label", {}, ...side({ by: [input, by], says, where }));
}

/** Who says what, and where. */
function side({ by, says, where }) {
  return [
    node("b", {}, ...[by].flat()),
    node("span", {}, says),
    node("span", { className: "where" }, where),
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

function told({ told: verdict, follows, why, sure, who }) {
  return [
    node("p", { className: "verdict" }, verdict),
    node("p", { className: "follows" }, node("b", {}, "The course: "), follows),
    node("p", {}, node("b", {}, "Why: "), why),
    node("p", {}, node("b", {}, "How sure: "), sure),
    source(who),
  ];
}

/** All the questions, to jump to one. */
function jump({ at, list }, model) {
  const rows = list.map(({ question }, i) => {
    const button = node("button", { type: "button" }, question);
    if (i === at) button.setAttribute("aria-current", "true");
    button.onclick = () => model.send({ do: "go", to: i });
    return node("li", {}, button, node("span", { className: "state" }));
  });
  const follow = (now) => rows.forEach((row, i) => (row.querySelector(".state").textContent = now[i].state));
  follow(list);
  const made = node(
    "details",
    { className: "jump" },
    node("summary", {}, `All ${list.length} questions`),
    node("ol", {}, ...rows),
  );
  return { node: list.length > 1 ? made : "", follow };
}

function sources(named) {
  return node(
    "details",
    {},
    node("summary", {}, "Where the positions stand"),
    node("ul", {}, ...named.map((each) => node("li", {}, each))),
  );
}

// --- all of them -----------------------------------------------------------------------------

function whole({ asked, answer }) {
  const { told: verdict, ...rest } = answer;
  const sides = asked.positions.map((position) => {
    const made = node("li", {}, ...side(position));
    made.querySelector(".mark").textContent = answer.marks[position.id];
    return made;
  });
  return node(
    "section",
    {},
    node("h3", {}, asked.question),
    node("p", { className: "how-far" }, asked.severity),
    node("ul", { className: "sides" }, ...sides),
    ...told({ told: "", ...rest }).slice(1),
    sources(asked.sources),
  );
}

// --- parts -----------------------------------------------------------------------------------

function source({ basis, note, sources: named }) {
  return node(
    "details",
    {},
    node("summary", {}, `Who says so? (${basis})`),
    ...(note ? [node("p", {}, note)] : []),
    node("ul", {}, ...named.map((each) => node("li", {}, each))),
  );
}

export default { render };
