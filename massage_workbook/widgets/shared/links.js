// Without the workbook's extension, a link to a lesson would replace all of JupyterLab; it opens a new
// tab instead.

/** Follow links of all widgets of the page; only the first call has an effect. */
export function followLinks() {
  const page = /** @type {any} */ (globalThis);
  if (page.massageWorkbookLinks) return;
  page.massageWorkbookLinks = true;
  document.addEventListener("click", (event) => {
    const path = event.composedPath();
    const link = path.find((each) => each instanceof HTMLAnchorElement);
    const ours = path.some((each) => each instanceof Element && each.matches(".mw"));
    const lab = location.pathname.match(/^(.*\/lab)(?:\/workspaces\/[^/]+)?(?:\/tree\/(.*\/)?.*)?$/);
    if (event.defaultPrevented || !ours || !lab || !document.querySelector(".jp-LabShell")) return;
    const name = link?.getAttribute("href") ?? "";
    if (!/^[^/?#:]+\.ipynb$/.test(name)) return;
    event.preventDefault();
    open(`${lab[1]}/tree/${lab[2] ?? ""}${name}`, "_blank");
  });
}
