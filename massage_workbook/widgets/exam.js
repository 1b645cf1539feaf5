// The final check: a beginning, questions that are asked as everywhere, an end with a certificate.
// The name on the certificate is typed into the page, and stays there.

async function render({ model, el }) {
  el.classList.add("mw", "mw-exam");
  // Keys pressed here stay here: in any notebook `x` would cut the cell. Jupyter asks what has the focus.
  el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = ""));
  const quiz = await loaded(model.get("quiz"));
  let asking = null;
  let sheet = null;
  const print = (certificate) => {
    sheet?.remove();
    sheet = printed(certificate, model.get("_css"));
  };
  const show = () => {
    const page = model.get("page");
    const own = PAGES[page.show];
    if (!own && asking) return asking.tell();
    const hadFocus = el.contains(document.activeElement);
    asking?.leave();
    asking = own ? null : questions(quiz, model, el);
    if (own) el.replaceChildren(own(page, model, print));
    if (hadFocus) el.querySelector(FOCUSABLE)?.focus();
  };
  show();
  model.on("change:page", show);
  return () => {
    model.off("change:page", show);
    asking?.leave();
    sheet?.remove();
  };
}

const PAGES = { beginning, end };
const FOCUSABLE = "h3, fieldset input, fieldset button, fieldset [tabindex='0']";

/** A script from its text, as anywidget loads the widget's own. */
async function loaded(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return (await import(address)).default;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The quiz in a place of its own; it hears of pages only while they are questions. */
function questions(quiz, model, el) {
  const place = node("div", {});
  let tell = () => {};
  const heard = {
    get: (name) => model.get(name),
    send: (message) => model.send(message),
    on: (_, listener) => (tell = listener),
    off: () => (tell = () => {}),
  };
  el.replaceChildren(place);
  const leave = quiz.render({ model: heard, el: place });
  return { tell: () => tell(), leave };
}

// --- the beginning ---------------------------------------------------------------------------

function beginning({ title: text, says, wants, why, of, answered, notice: told }, model) {
  const begun = answered > 0;
  const start = begun ? `Go on with question ${answered + 1}` : "Begin";
  return panel(
    title(text),
    ...notice(told),
    ...says.map((each) => node("p", {}, each)),
    node("p", {}, "It counts as passed when"),
    list(wants),
    node("p", {}, why),
    ...(begun ? [node("p", { className: "begun" }, `You have begun: ${answered} of ${of} are answered.`)] : []),
    buttons(
      button(start, "main", () => model.send({ do: "begin" })),
      ...(begun ? [button("Begin a new one", "", () => model.send({ do: "another" }))] : []),
    ),
  );
}

// --- the end ---------------------------------------------------------------------------------

function end(page, model, print) {
  const met = page.conditions.map(({ met: is, says }) => {
    const row = node("li", {}, node("span", { className: "mark" }, is ? "✓ met" : "✗ not met"), says);
    row.dataset.met = is;
    return row;
  });
  return node(
    "div",
    {},
    panel(
      title(page.title),
      ...notice(page.notice),
      node("ul", { className: "conditions" }, ...met),
      ...(page.then ? [node("p", {}, page.then)] : []),
      ...daring(page.daring),
      ...again(page.again),
      node("p", {}, page.next),
      buttons(button("Take another one", "", () => model.send({ do: "another" }))),
    ),
    ...(page.certificate ? [paper(page.certificate, print)] : []),
  );
}

function daring(rows) {
  if (!rows.length) return [];
  const items = rows.map(({ prompt, why }) => node("li", {}, node("q", {}, prompt), ` ${why}`));
  return [node("p", {}, "Read these again, for here somebody could come to harm:"), node("ul", {}, ...items)];
}

function again(prompts) {
  if (!prompts.length) return [];
  const summary = node("summary", {}, `To look at once more (${prompts.length})`);
  return [node("details", {}, summary, list(prompts))];
}

// --- the certificate -------------------------------------------------------------------------

function paper({ title: text, says, workbook, facts, is_not: isNot }, print) {
  const name = node("p", { className: "name" });
  const certificate = node(
    "div",
    { className: "certificate" },
    node("h4", {}, text),
    name,
    node("p", {}, says),
    node("p", { className: "workbook" }, workbook),
    node("ul", { className: "facts" }, ...facts.map((each) => node("li", {}, each))),
    node("h5", {}, "What this paper is not"),
    list(isNot),
  );
  const input = node("input", { type: "text", maxLength: 80, autocomplete: "name" });
  input.oninput = () => (name.textContent = input.value.trim());
  input.onkeydown = (event) => {
    if (event.key === "Enter") print(certificate);
  };
  return node(
    "section",
    { className: "paper" },
    node("label", {}, node("span", {}, "Name on the certificate"), input),
    node("p", { className: "hint" }, "The name is kept nowhere. Without one a line is left to write on."),
    certificate,
    button("Print the certificate", "main", () => print(certificate)),
  );
}

/** A page of its own out of sight, which holds the certificate alone and prints itself. */
function printed(certificate, css) {
  const frame = node("iframe", { title: "The certificate, as it is printed" });
  frame.style.cssText = "position: fixed; width: 0; height: 0; border: 0; visibility: hidden";
  frame.srcdoc = '<!doctype html><html lang="en"><title>Certificate of completion</title></html>';
  frame.onload = () => {
    const page = frame.contentDocument;
    const style = page.createElement("style");
    style.textContent = `@page { size: auto; margin: 20mm } ${css}`;
    page.head.append(style);
    page.body.className = "mw mw-exam printed";
    page.body.append(page.importNode(certificate, true));
    frame.contentWindow.onafterprint = () => frame.remove();
    frame.contentWindow.print();
  };
  document.body.append(frame);
  return frame;
}

// --- parts -----------------------------------------------------------------------------------

/** What is on the page besides questions looks as they do. */
const panel = (...children) => node("section", { className: "mw-quiz" }, ...children);

/** The focus comes here when a page comes, so that it is read from its beginning. */
const title = (text) => node("h3", { tabIndex: -1 }, text);

const notice = (text) => (text ? [node("p", { className: "notice" }, text)] : []);

const list = (texts) => node("ul", {}, ...texts.map((each) => node("li", {}, each)));

const buttons = (...children) => node("div", { className: "buttons" }, ...children);

const button = (text, className, onclick) => node("button", { type: "button", className, onclick }, text);

export default { render };
