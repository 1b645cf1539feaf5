// In a JupyterLab without the workbook's extension a link to a lesson would replace the whole page,
// after a question whether to leave it: there the lesson opens in a tab of its own.
if (!globalThis.massageWorkbookLinks) {
  globalThis.massageWorkbookLinks = true;
  document.addEventListener("click", (event) => {
    const way = event.composedPath();
    const link = way.find((each) => each instanceof HTMLAnchorElement);
    const ours = way.some((each) => each instanceof Element && each.matches(".mw"));
    const lab = location.pathname.match(/^(.*\/lab)(?:\/workspaces\/[^/]+)?(?:\/tree\/(.*\/)?.*)?$/);
    if (event.defaultPrevented || !ours || !lab || !document.querySelector(".jp-LabShell")) return;
    const name = link?.getAttribute("href");
    if (!/^[^/?#:]+\.ipynb$/.test(name)) return;
    event.preventDefault();
    open(`${lab[1]}/tree/${lab[2] ?? ""}${name}`, "_blank");
  });
}
