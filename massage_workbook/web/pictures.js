// The pictures of a lesson, files of the edition: each is fetched once.

const NAMED = /picture:[0-9a-f]{16}/g;

export function makePictures() {
  const texts = new Map(); // name → promise of its SVG
  const fetched = async (name) => {
    const response = await fetch(`pictures/${name.slice("picture:".length)}.svg`);
    return response.ok ? response.text() : "";
  };
  return {
    /** The same values with each picture in the place of its name. */
    async put(values) {
      const text = JSON.stringify(values);
      const names = [...new Set(text.match(NAMED))];
      for (const name of names) if (!texts.has(name)) texts.set(name, fetched(name));
      const drawn = new Map(await Promise.all(names.map(async (name) => /** @type {[string, string]} */ ([name, await texts.get(name)]))));
      return JSON.parse(text, (_, value) => drawn.get(value) ?? value);
    },
  };
}
