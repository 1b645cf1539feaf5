// The learner's files in the browser's storage, of which Python has copies in its memory.

const NAME = "massage-workbook";
const EDITION = "edition"; // the key of how often they were stored, beside the files by their paths

/** The files below a folder of Python's file system, as the browser's storage has them. */
export async function makeHome(fs, folder) {
  const database = await opened().catch(() => null);
  let known = new Map(); // path → bytes, as they are stored
  let edition = -1;
  fs.mkdirTree(folder);
  const refresh = async () => {
    const [now, paths, contents] = await stored(database);
    if (now === edition) return;
    for (const path of known.keys()) if (!paths.includes(path) && fs.analyzePath(path).exists) fs.unlink(path);
    known = new Map(paths.map((path, i) => [path, contents[i]]));
    for (const [path, bytes] of known) {
      fs.mkdirTree(path.slice(0, path.lastIndexOf("/")));
      fs.writeFile(path, bytes);
    }
    edition = now;
  };
  const keep = async () => {
    const found = new Map(filesIn(fs, folder).map((path) => [path, fs.readFile(path)]));
    const changed = [...found].filter(([path, bytes]) => !same(bytes, known.get(path)));
    const gone = [...known.keys()].filter((path) => !found.has(path));
    if (!changed.length && !gone.length) return;
    if (!database) throw new DOMException("no storage here", "NotAllowedError");
    const [files, done] = begun(database, "readwrite");
    for (const [path, bytes] of changed) files.put(bytes, path);
    for (const path of gone) files.delete(path);
    files.put(edition + 1, EDITION);
    await done;
    [known, edition] = [found, edition + 1];
  };
  return {
    stores: Boolean(database),
    /** Let Python do something with the files, alone among all tabs, and store what it has changed. */
    use: (act) =>
      alone(async () => {
        if (database) await refresh();
        return { result: await act(), failed: await keep().then(() => null, (error) => error) };
      }),
  };
}

/** One tab at a time, where the browser has locks: over an unsafe connection it has none. */
function alone(act) {
  return navigator.locks ? navigator.locks.request(NAME, act) : act();
}

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("files");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The store within a transaction, and what resolves once the disk has it. */
function begun(database, mode) {
  const transaction = database.transaction("files", mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  return [transaction.objectStore("files"), done];
}

async function stored(database) {
  const [files, done] = begun(database, "readonly");
  const [keys, values] = [files.getAllKeys(), files.getAll()];
  await done;
  const found = new Map(keys.result.map((key, i) => [key, values.result[i]]));
  const edition = found.get(EDITION) ?? 0;
  found.delete(EDITION);
  return [edition, [...found.keys()], [...found.values()]];
}

function filesIn(fs, folder) {
  const names = fs.readdir(folder).filter((name) => name !== "." && name !== "..");
  return names.flatMap((name) => {
    const path = `${folder}/${name}`;
    return fs.isDir(fs.stat(path).mode) ? filesIn(fs, path) : [path];
  });
}

function same(one, other) {
  return one.length === other?.length && one.every((byte, i) => byte === other[i]);
}
