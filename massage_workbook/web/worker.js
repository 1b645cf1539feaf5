// Python beside the page: it makes the widgets, and carries out what they are sent.

import { makeHome } from "./storage.js";

const RUNTIME = "./pyodide/pyodide.mjs";
const LEARNER = "/home/learner";
const LIBRARIES = "/lib/python3.14/site-packages";
const NOT_STORED = "This browser did not store it. It counts while this page is open: save your answers as a file, at the end of the page.";
const CHANGING = ["open_call", "receive", "add_answers"];
let starting = null;

self.onmessage = async ({ data: { id, act, given } }) => {
  try {
    if (act === "begin") starting = begin(...given);
    const { page, home } = await starting;
    if (act === "begin") return postMessage({ id, result: { stores: home.stores } });
    const { result, failed } = await home.use(() => page[act](...given));
    const final = failed && CHANGING.includes(act) ? page.not_stored(result, NOT_STORED) : result;
    postMessage({ id, result: final });
  } catch (error) {
    postMessage({ id, error: lastLine(error) });
  }
};

async function begin(drawn) {
  const { loadPyodide } = await import(RUNTIME);
  const env = { HOME: LEARNER, MASSAGE_WORKBOOK_HOME: LEARNER };
  const loading = loadPyodide({ indexURL: new URL("pyodide/", self.location.href).href, env });
  const [pyodide, packed] = await Promise.all([loading, fetched("python.zip")]);
  pyodide.unpackArchive(packed, "zip", { extractDir: LIBRARIES });
  const home = await makeHome(pyodide.FS, LEARNER);
  const page = pyodide.pyimport("massage_workbook.web.page");
  page.begin(drawn);
  return { page, home };
}

async function fetched(name) {
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${name} is missing: ${response.status}`);
  return response.arrayBuffer();
}

/** Of Python's traceback the error itself. */
function lastLine(error) {
  return String(error.message ?? error).trim().split("\n").at(-1);
}
