// The entry point that JupyterLab loads, written by hand instead of by a bundler.
// The extension itself is in the ES modules beside it.
(() => {
  const base = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const urlOf = (name) => new URL(name, base).href;
  let shared;

  // JupyterLab's shared copy of a package.
  async function sharedPackage(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  function loadStyles(sheet) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = urlOf(sheet);
    document.head.append(link);
    return new Promise((resolve) => {
      link.onload = link.onerror = resolve;
    });
  }

  async function get() {
    const [{ plugin }, notebook, widgets, services] = await Promise.all([
      import(urlOf("lesson.js")),
      sharedPackage("@jupyterlab/notebook"),
      sharedPackage("@lumino/widgets"),
      sharedPackage("@jupyterlab/services"),
      loadStyles("lesson.css"), // before a lesson can show its code
    ]);
    return () => ({ __esModule: true, default: plugin(notebook, widgets, services) });
  }

  const page = /** @type {any} */ (window);
  page._JUPYTERLAB ??= {};
  page._JUPYTERLAB["massage-workbook"] = {
    init: (scope) => {
      shared = scope;
    },
    get,
  };
})();
