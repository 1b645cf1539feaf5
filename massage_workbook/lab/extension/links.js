// Open a widget's link to a lesson in this page, as links in a lesson's text do. The browser would
// reload JupyterLab, disconnect the kernels, and might ask whether to leave the page.

const LESSON = /^[^/?#:]+\.ipynb$/; // a file in the same folder

export function followLinks(app, tracker) {
  document.addEventListener("click", (event) => {
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const path = event.composedPath();
    const link = path.find((each) => each instanceof HTMLAnchorElement);
    const ours = path.some((each) => each instanceof Element && each.matches(".mw"));
    if (elsewhere || event.defaultPrevented || !link || !ours || link.download) return;
    const name = link.getAttribute("href") ?? "";
    const panel = tracker.find(({ node }) => path.includes(node)) ?? tracker.currentWidget;
    if (!panel || !LESSON.test(name)) return;
    event.preventDefault();
    const folder = panel.context.path.replace(/[^/]*$/, "");
    app.commands.execute("docmanager:open", { path: folder + decodeURIComponent(name) });
  });
}
