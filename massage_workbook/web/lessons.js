// From lesson to lesson within the page, so that Python goes on.

/**
 * Show the lesson of this page, then follow links to others, by the names of their notebooks or
 * pages. A lesson is shown whole before the next one takes its place.
 */
export function followLessons(pages, show) {
  const known = new Set(["index.html", ...Object.values(pages)]);
  const go = async (page) => {
    const text = await (await fetch(page)).text();
    const other = new DOMParser().parseFromString(text, "text/html");
    document.title = other.title;
    for (const part of ["header", "main", "footer"]) document.querySelector(part)?.replaceWith(other.querySelector(part) ?? "");
    scrollTo(0, 0);
    await show();
  };
  let last = show();
  const follow = (page) => {
    last = last.catch(() => {}).then(() => go(page));
  };
  document.addEventListener("click", (event) => {
    const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement);
    const name = decodeURIComponent(link?.getAttribute("href") ?? "");
    const page = pages[name] ?? name;
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    if (event.defaultPrevented || elsewhere || !known.has(page)) return;
    event.preventDefault();
    history.pushState(null, "", page);
    follow(page);
  });
  window.addEventListener("popstate", () => follow(location.pathname.split("/").at(-1) || "index.html"));
}
