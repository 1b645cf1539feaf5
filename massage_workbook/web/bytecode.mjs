// node bytecode.mjs PYODIDE SCRIPT FOLDER: the page's Python compiles the zip files of a folder.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, script, folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(runtime, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: runtime });
python.runPython(readFileSync(script, "utf-8"));
const compiled = python.globals.get("compiled");
for (const name of readdirSync(folder)) {
  const path = join(folder, name);
  const archive = python.toPy(new Uint8Array(readFileSync(path)));
  writeFileSync(path, compiled(archive).toJs());
}
