// A preview of the rows for a teacher, which are sent or saved only by a click.

import { connect, refresh } from "./shared/channel.js";
import { download } from "./shared/download.js";
import { button, grid, node, notices, status } from "./shared/elements.js";
import { folded } from "./shared/sources.js";
import { follow, widget } from "./shared/widget.js";

function render({ model, el }) {
  const channel = connect(model, el, "No reply: it is not known whether anything was sent.");
  const said = status("p", "said");
  const isOpen = () => el.querySelector("details")?.open ?? false;
  refresh(el, channel, () => !isOpen()); // the rows shown are those sent
  const show = () => {
    const { columns, rows, pseudonym, sends, notice } = model.get("page");
    const body = rows.length ? [table(columns, rows, pseudonym), buttons(channel, said, sends)] : [nothing()];
    el.replaceChildren(...notices(notice), folded("What a teacher would get", body), said, channel.notice);
  };
  return [follow(model, ["page"], show), channel.close];
}

function table(columns, rows, pseudonym) {
  const words = `${rows.length} rows under the pseudonym ${pseudonym}, and nothing else:`;
  const scrolled = node("div", { className: "rows", tabIndex: 0 }, grid(columns, rows));
  scrolled.setAttribute("role", "region");
  scrolled.setAttribute("aria-label", "The rows");
  return node("div", {}, node("p", {}, words), scrolled);
}

function nothing() {
  return node("p", {}, "Nothing yet: no question has been answered.");
}

function buttons(channel, said, sends) {
  const send = async () => {
    said.textContent = "Sending …";
    said.textContent = (await channel.request({ do: "send" })).done ?? "";
  };
  const keep = async () => {
    const { name, buffers } = await channel.request({ do: "download" });
    if (name) download(name, "text/csv", buffers);
  };
  return node(
    "p",
    { className: "flow" },
    ...(sends ? [button("Send it to my class", send, "main")] : []),
    button("Write it to a file", keep),
  );
}

export default widget("mw-class-export", render);
