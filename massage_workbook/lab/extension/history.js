// The browser's own Back and Forward lead from lesson to lesson: JupyterLab writes the address
// of each document it shows into the browser's history, but does not follow it back.

export function followHistory(app) {
  const push = history.pushState.bind(history);
  let shown = location.href;
  // Led back to a document, JupyterLab writes its address once more; that would bury the way on.
  history.pushState = (state, title, url) => {
    if (new URL(url ?? "", location.href).href !== location.href) push(state, title, url);
    shown = location.href;
  };
  window.addEventListener("popstate", () => {
    // A practice fills the page: an oily hand that swipes back must not take its lesson away.
    if (document.querySelector("dialog[open]")) return push(null, "", shown);
    shown = location.href;
    const path = pathInAddress(location.pathname);
    if (path) app.commands.execute("docmanager:open", { path });
  });
}

/** The file that an address shows as a single document. */
function pathInAddress(pathname) {
  const [, path] = pathname.split("/doc/tree/");
  return path && decodeURIComponent(path);
}
