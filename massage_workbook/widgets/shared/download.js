import { node } from "./elements.js";

const LIFETIME = 60_000; // milliseconds that the browser may take to read the file

/**
 * Put a file into the learner's downloads.
 * @param {string} name
 * @param {string} type such as `text/csv`
 * @param {BlobPart[]} parts
 */
export function download(name, type, parts) {
  const href = URL.createObjectURL(new Blob(parts, { type }));
  node("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), LIFETIME);
}
