// Make Back and Forward move between lessons: JupyterLab pushes the address of each document into the
// browser's history, but does not handle going back.

export function followHistory(app) {
  const push = history.pushState.bind(history);
  let shown = location.href;
  // After going back JupyterLab pushes the same address again, which would drop the forward history.
  history.pushState = (state, title, url) => {
    if (new URL(url ?? "", location.href).href !== location.href) push(state, title, url);
    shown = location.href;
  };
  window.addEventListener("popstate", () => {
    // A practice fills the page: an accidental swipe back must not leave its lesson.
    if (document.querySelector("dialog[open]")) return push(null, "", shown);
    shown = location.href;
    const path = pathInAddress(location.pathname);
    if (path) app.commands.execute("docmanager:open", { path });
  });
}

/** The file in the address of a single document. */
function pathInAddress(pathname) {
  const [, path] = pathname.split("/doc/tree/");
  return path && decodeURIComponent(path);
}
