// A link in a widget opens its lesson in this page, as a link in a lesson's text does. Followed
// by the browser it would load all of JupyterLab anew, and leave the kernels behind.

import { pathInAddress } from "./history.js";

export function followLinks(app) {
  document.addEventListener("click", (event) => {
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const way = event.composedPath();
    const link = way.find((each) => each instanceof HTMLAnchorElement && each.href);
    const ours = way.some((each) => each instanceof Element && each.matches(".mw"));
    if (elsewhere || event.defaultPrevented || !link || !ours || link.download) return;
    const { origin, pathname } = new URL(link.href);
    const path = origin === location.origin && pathInAddress(pathname);
    if (!path) return;
    event.preventDefault();
    app.commands.execute("docmanager:open", { path });
  });
}
