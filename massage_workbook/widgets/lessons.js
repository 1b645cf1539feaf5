// The list of lessons, and how far the learner is.

function render({ model, el }) {
  el.classList.add("mw", "mw-lessons");
  // Keys pressed here stay here: in any notebook `x` would cut the cell. Jupyter asks what has the focus.
  el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = ""));
  el.addEventListener("seen-again", () => model.send({ do: "look again" }));
  const show = () => {
    const notice = model.get("notice");
    el.replaceChildren(
      ...(notice ? [node("p", { className: "notice" }, notice)] : []),
      step(model.get("next")),
      node("ol", {}, ...model.get("lessons").map(lesson)),
    );
  };
  show();
  model.on("change:lessons change:next change:notice", show);
  return () => model.off("change:lessons change:next change:notice", show);
}

/** One step, in the lesson in which it is done. */
function step({ text, notebook }) {
  const link = notebook && node("a", { className: "next", href: encodeURIComponent(notebook) }, text);
  return node("p", {}, link || text);
}

function lesson({ notebook, title, promise, minutes, ...soFar }) {
  const link = node("a", { href: encodeURIComponent(notebook) }, title);
  return node(
    "li",
    {},
    node("span", { className: "number" }, notebook.slice(0, 2)),
    node("span", { className: "title" }, link),
    node("span", { className: "promise" }, promise),
    node("span", { className: "how-long" }, howLong({ minutes, ...soFar })),
    node("span", { className: "so-far" }, ...(soFar.questions ? far(soFar) : [])),
  );
}

function howLong({ minutes, questions }) {
  return `${minutes} minutes to read${questions ? ` and ${questions} questions` : ""}`;
}

function far({ questions, answered, right, passed }) {
  const bar = node("progress", { max: questions, value: answered });
  bar.setAttribute("aria-hidden", "true");
  const counts = answered ? `${answered} of ${questions} answered, ${right} right` : "not begun";
  const words = passed ? `${counts}: passed` : counts;
  return [bar, node("span", {}, words)];
}

export default { render };
