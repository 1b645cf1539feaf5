// One question at a time. Native controls, so that the keyboard works as everywhere:
// arrows or Tab and Space choose, Enter checks and then goes on.

const KINDS = { single: "radio", many: "checkbox" };

function render({ model, el }) {
  el.classList.add("mw", "mw-quiz");
  const show = () => {
    const page = model.get("page");
    if (page.show === "feedback" && el.querySelector("form")?.dataset.question === page.id) {
      return answered(el.querySelector("form"), page);
    }
    const hadFocus = el.contains(document.activeElement);
    el.replaceChildren(page.show === "result" ? result(page, model) : asked(page, model));
    if (hadFocus) el.querySelector("input, button")?.focus();
  };
  show();
  model.on("change:page", show);
  return () => model.off("change:page", show);
}

// --- a question ------------------------------------------------------------------------------

function asked(page, model) {
  const form = node("form", {}, howFar(page), choices(page), feedback(), buttons());
  form.dataset.question = page.id;
  const began = performance.now();
  const send = (sure) => {
    const chosen = new FormData(form).getAll("choice");
    if (sure && chosen.length === 0) return say(form, "Choose an answer first, or press Not sure.");
    model.send({
      do: "check",
      question: page.id,
      choices: chosen,
      sure,
      seconds: (performance.now() - began) / 1000,
    });
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    if (isAnswered(form)) model.send({ do: "next" });
    else send(true);
  };
  form.querySelector(".unsure").onclick = () => send(false);
  if (page.show === "feedback") answered(form, page);
  return form;
}

function howFar({ topic, number, of, answered, notice }) {
  const bar = node("progress", { max: of, value: answered });
  bar.setAttribute("aria-label", `${answered} of ${of} questions answered`);
  return node(
    "div",
    { className: "how-far" },
    node("span", {}, `${topic} · question ${number} of ${of}`),
    bar,
    ...(notice ? [node("p", { className: "notice" }, notice)] : []),
  );
}

function choices({ id, kind, prompt, choices: all }) {
  const hint = kind === "many" ? [node("p", { className: "hint" }, "One or more are right.")] : [];
  return node("fieldset", {}, node("legend", {}, prompt), ...hint, ...all.map((each) => choice(id, kind, each)));
}

function choice(question, kind, { id, text }) {
  const input = node("input", { type: KINDS[kind], name: "choice", value: id });
  // A click on an answered question changes nothing, and the focus can stay where it is.
  input.onclick = (event) => {
    if (isAnswered(input.form)) event.preventDefault();
  };
  input.onkeydown = (event) => {
    if (event.key === "Enter") submit(event);
    else if (isAnswered(input.form) && event.key.startsWith("Arrow")) event.preventDefault();
  };
  return node("label", {}, input, node("span", { className: "text" }, text), node("span", { className: "remark" }));
}

const isAnswered = (form) => "answered" in form.dataset;

/** Enter in a choice is Check or Next; browsers agree on that for radios, not for checkboxes. */
function submit(event) {
  event.preventDefault();
  event.target.form.requestSubmit();
}

function feedback() {
  const region = node("div", { className: "feedback" });
  region.setAttribute("role", "status");
  return region;
}

function buttons() {
  return node(
    "div",
    { className: "buttons" },
    node("button", { type: "submit", className: "main" }, "Check"),
    node("button", { type: "button", className: "unsure" }, "Not sure"),
  );
}

function say(form, text) {
  form.querySelector(".feedback").replaceChildren(node("p", {}, text));
}

// --- its feedback ----------------------------------------------------------------------------

function answered(form, page) {
  form.dataset.answered = page.right ? "right" : "wrong";
  for (const input of form.elements.choice) {
    const { chose, right, feedback } = page.remarks[input.value];
    const label = input.closest("label");
    input.checked = chose;
    label.dataset.mark = mark(chose, right);
    label.querySelector(".remark").textContent = remark(chose, right, feedback);
  }
  form.querySelector(".feedback").replaceChildren(
    node("p", { className: "verdict" }, verdict(page)),
    node("p", {}, page.why),
    source(page.who),
    saved(page.saved),
  );
  form.querySelector(".main").textContent = page.last ? "See the result" : "Next";
  // Hidden, not removed, so that nothing moves; focus goes on to what comes next.
  const unsure = form.querySelector(".unsure");
  if (unsure === document.activeElement) form.querySelector(".main").focus();
  unsure.style.visibility = "hidden";
}

function mark(chose, right) {
  if (right) return chose ? "right" : "missed";
  return chose ? "wrong" : "";
}

function remark(chose, right, feedback) {
  if (right) return chose ? "Right." : "This was right.";
  return chose ? `Not this. ${feedback}` : "";
}

function verdict({ right, score, response }) {
  if (right) return "Right.";
  if (response.length === 0) return "Here is the answer.";
  return score > 0 ? "Partly right." : "Not right yet.";
}

function saved(text) {
  return node("p", { className: text === "saved" ? "saved" : "notice" }, text === "saved" ? "Saved" : text);
}

function source({ basis, note, sources }) {
  return node(
    "details",
    {},
    node("summary", {}, `Who says so? (${basis})`),
    ...(note ? [node("p", {}, note)] : []),
    node("ul", {}, ...sources.map((each) => node("li", {}, each))),
  );
}

// --- the result ------------------------------------------------------------------------------

function result({ topic, of, right, again, next, notice }, model) {
  const all = node("button", { type: "button", className: "main" }, "Ask all of them again");
  all.onclick = () => model.send({ do: "again", all: true });
  const some = node("button", { type: "button", className: "main" }, "Ask those again");
  some.onclick = () => model.send({ do: "again", all: false });
  return node(
    "section",
    { className: "result" },
    node("p", { className: "verdict" }, of ? `${topic}: ${right} of ${of} right.` : `${topic}.`),
    ...(notice ? [node("p", { className: "notice" }, notice)] : []),
    ...(again.length
      ? [node("p", {}, "To look at once more:"), node("ul", {}, ...again.map((each) => node("li", {}, each)))]
      : of
        ? [node("p", {}, "Nothing is left open here.")]
        : []),
    node("p", {}, next),
    node("div", { className: "buttons" }, ...(again.length ? [some] : []), ...(of ? [all] : [])),
  );
}

function node(tag, props, ...children) {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children);
  return made;
}

export default { render };
