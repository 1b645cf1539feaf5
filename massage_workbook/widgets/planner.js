// Sliders that request changes, and charts that follow: sums at once, all else as the kernel replies.

import { expected } from "./planner/charts.js";
import { comparison } from "./planner/comparison.js";
import { files } from "./planner/files.js";
import { findingList, screeningNotice, stepTable } from "./planner/findings.js";
import { pathMap, reachMap } from "./planner/maps.js";
import { requestQueue } from "./planner/requests.js";
import { blockRows } from "./planner/rows.js";
import { slider } from "./planner/slider.js";
import { sourceSelect } from "./planner/sources.js";
import { connect, refresh } from "./shared/channel.js";
import { download } from "./shared/download.js";
import { button, node, status } from "./shared/elements.js";
import { practiseLink } from "./shared/practise.js";
import { follow, widget } from "./shared/widget.js";

const NO_REPLY = "No reply: nothing was changed or saved.";

function render({ model, el }) {
  const channel = connect(model, el, NO_REPLY, () => show());
  const requests = requestQueue(channel, {
    onRequest: () => {
      for (const each of el.querySelectorAll(".problem")) each.textContent = "";
      showMinutes();
    },
    onReply: (reply) => {
      if (reply.name) download(reply.name, reply.type, reply.buffers);
      show();
      // In JupyterLab its lesson opens at once; elsewhere that would replace the page.
      if (reply.practise && document.querySelector(".jp-LabShell")) parts.message.querySelector("a")?.click();
    },
  });
  const parts = makeParts(model, requests, channel);
  el.append(...layout(parts, channel, model.get("draws")));
  const showMinutes = () => {
    const state = expected(model.get("state"), requests.pending());
    parts.total.show(state.total);
    parts.rows.showMinutes(state);
    parts.comparison.show(state);
  };
  const show = () => {
    const state = model.get("state");
    // Controls pressed since then are newer than this state.
    if (requests.areSliders()) showControls(parts, state);
    parts.screening.show(state);
    parts.rows.showPasses(state);
    showMinutes();
    parts.paths.shade(state.seconds_per_cm);
    parts.reach.follow(state);
    parts.steps.show(state.steps);
    showNotice(el, parts, state.notice);
  };
  refresh(el, channel);
  return [
    follow(model, ["paths"], () => parts.paths.draw(model.get("paths"))),
    follow(model, ["reach"], () => parts.reach.draw(model.get("reach"))),
    // The reply to a pending request shows the state.
    follow(model, ["state"], () => requests.isBusy() || show()),
    follow(model, ["saved"], () => showSaved(parts, model.get("sessions"), model.get("saved"))),
    channel.close,
  ];
}

function makeParts(model, requests, channel) {
  return {
    origin: sourceSelect("Begin from", "start from", requests, "your changes"),
    position: node("span", { className: "position" }),
    undo: button("Undo", () => requests.request({ do: "undo" }), "undo"),
    practise: button("Practise this plan", () => requests.request({ do: "practise" }), "main"),
    message: status("p", "message"),
    screening: screeningNotice(requests),
    total: slider({ block: "total", name: "Whole session" }, requests),
    rows: blockRows(requests, model.get("sides")),
    findings: findingList(requests),
    paths: pathMap(channel),
    comparison: comparison(model, requests),
    files: files(requests, model.get("draws")),
    steps: stepTable(model.get("columns")),
    reach: reachMap(requests),
  };
}

function layout({ origin, undo, practise, total, ...parts }, channel, draws) {
  origin.element.append(parts.position);
  const whole = node("div", { className: "row total" }, total.element, total.problem);
  const form = node("form", { onsubmit: (event) => event.preventDefault() }, whole, parts.rows.element);
  const more = [parts.files.element, parts.steps.element, ...(draws ? [parts.reach.element] : [])];
  return [
    parts.screening.element,
    node("div", { className: "top" }, origin.element, undo, practise),
    parts.message,
    channel.notice,
    node("div", { className: "board" }, form, parts.paths.element, parts.findings.element),
    node("div", { className: "below" }, parts.comparison.element, node("div", {}, ...more)),
  ];
}

/** Show the parts of the state that learners change by other controls than sliders. */
function showControls(parts, state) {
  parts.origin.show(state.origin);
  parts.comparison.select.show(state.comparison);
  parts.position.textContent = state.position;
  parts.undo.disabled = !state.can_undo;
  parts.rows.show(state);
  parts.findings.show(state.findings);
}

function showSaved({ origin, comparison: { select }, files: shown }, sessions, saved) {
  origin.showOptions(sessions, saved);
  select.showOptions(sessions, saved);
  shown.showSaved(saved);
}

/** Show the notice of a reply where the request was made: at a block, at the files, or at the top. */
function showNotice(el, { message, files: { message: ofFiles } }, { refused, done, practise, at }) {
  if (practise) return message.replaceChildren("This plan is ready. Open ", practiseLink(practise), " to be led through it.");
  const text = refused ? `Not possible: ${refused}` : (done ?? "");
  const problem = el.querySelector(`.slider[data-block="${at}"] + .problem`);
  message.textContent = problem || at === "files" ? "" : text;
  if (at === "files") ofFiles.textContent = text;
  if (problem && text) problem.textContent = text;
}

export default widget("mw-planner", render);
