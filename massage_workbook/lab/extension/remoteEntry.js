// The door JupyterLab knocks at: what a bundler would make, written by hand.
// The extension itself stands beside it in plain modules.
(() => {
  const base = document.currentScript.src;
  const beside = (name) => new URL(name, base).href;
  let shared;

  // JupyterLab's own copy of a package, as it gives it to every extension.
  async function own(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  function wear(sheet) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = beside(sheet);
    document.head.append(link);
    return new Promise((resolve) => {
      link.onload = link.onerror = resolve;
    });
  }

  async function get() {
    const [{ plugin }, notebook, widgets, services] = await Promise.all([
      import(beside("lesson.js")),
      own("@jupyterlab/notebook"),
      own("@lumino/widgets"),
      own("@jupyterlab/services"),
      wear("lesson.css"), // a lesson must not show its code for a moment first
    ]);
    return () => ({ __esModule: true, default: plugin(notebook, widgets, services) });
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["massage-workbook"] = {
    init: (scope) => {
      shared = scope;
    },
    get,
  };
})();
