"""Texts of other programs as plain text, with nothing lost that a page would show of them.

Only real HTML elements are markup: `a<b` stays as it is. Line breaks, code, raised and lowered
figures and links keep their meaning; what cannot be shown as text is an error that names it.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 2_000
"""Characters that one text may have."""

BREAKS = {
    "br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "dl", "dt", "dd", "hr", "section", "article", "header", "footer", "center",
    "thead", "tbody", "tfoot", "caption", "pre", "figure", "figcaption", "summary", "details",
}  # fmt: skip
INLINE = {
    "a", "b", "i", "u", "s", "q", "em", "strong", "span", "small", "big", "font", "code", "kbd",
    "samp", "var", "tt", "mark", "sub", "sup", "del", "ins", "strike", "abbr", "cite", "dfn",
    "bdi", "bdo", "label", "ruby", "rt", "rp", "time", "td", "th",
}  # fmt: skip
VOID = {"img", "wbr"}
SILENT = {"script", "style", "template", "title", "head", "noscript", "textarea"}
"""Elements of which a page shows nothing."""
UNSHOWN = {
    "audio", "video", "iframe", "svg", "canvas", "object", "embed", "math", "input", "select",
    "button", "form", "map", "source", "track", "picture",
}  # fmt: skip
"""Elements that show something which is no text."""
ELEMENTS = BREAKS | INLINE | VOID | SILENT | UNSHOWN | {"html", "body", "link", "meta", "colgroup"}
STRUCK = {"del", "s", "strike"}
BARE = {"checked", "controls", "disabled", "hidden", "nowrap", "async", "defer", "open", "autoplay"}
"""Attributes that may stand without a value."""

_ATTRIBUTE = r"""\s+[a-zA-Z_:@][-\w:.]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:{_ATTRIBUTE})*)\s*/?>|<!--.*?-->", re.DOTALL)
_NAMED = re.compile(
    r"""\s+([a-zA-Z_:@][-\w:.]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""", re.DOTALL
)
_MARKDOWN_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_MARKDOWN_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((https?://[^)\s]+)\)")
_ADDRESS = re.compile(r"<(https?://[^<>\s]+)>")
_TEX = re.compile(
    r"(?<!\\)\$(?=\S)[^$\n]+(?<![\s\\])\$(?!\d)|\$\$|\\\(|\\\[|\\begin\{",
)
_OVERRIDES = {"\u202d", "\u202e"}
"""Characters that turn the letters after them round, so that a text reads as another one."""
CELL = "\x1f"
"""What stands between the cells of a table until its text is put together."""
NO_NAME = {"", "image", "img", "picture", "photo", "figure", "graph", "diagram", "alt", "alt text"}
"""Descriptions of a picture that describe nothing."""


class UnshownError(ValueError):
    """Something of a text cannot be shown here; the message names it."""


@dataclass(frozen=True)
class Shown:
    """A text as it is shown, and what there is to say of the way it became so."""

    text: str
    tex: bool = False
    notes: tuple[str, ...] = ()


def plain(text: str) -> str:
    """The text alone, as `shown` has it.

    Raises:
        ValueError: it is too long, or holds what cannot be shown.
    """
    return shown(text).text


def shown(text: str) -> Shown:
    """What a page would show of a text with markup in it.

    Raises:
        ValueError: it is too long.
        UnshownError: it holds a picture without a description, or something else that is no text.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a text has {len(text):,} characters; {LONGEST:,} are the most")
    notes: list[str] = []
    made = _Maker(notes)
    for part in _parts(_markdown(text, notes)):
        made.add(part)
    said = _tidy(made.text())
    return Shown(said, bool(_TEX.search(said)), tuple(notes))


def verbatim(text: str) -> str:
    """Lines of code, of which nothing is changed but what no page can hold.

    Raises:
        ValueError: it is too long.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a text has {len(text):,} characters; {LONGEST:,} are the most")
    lines = _readable(html.unescape(text).replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(line.rstrip() for line in lines).rstrip()


def in_html(text: str) -> str:
    """A text for a page: escaped, with its line breaks, and no tab."""
    return html.escape(text).replace("\n", "<br>").replace("\t", " ")


def code_in_html(lines: str) -> str:
    """Lines of code for a page, on one line of a file."""
    return f"<pre>{html.escape(lines)}</pre>".replace("\n", "&#10;").replace("\t", "&#9;")


# --- markdown that jupyterquiz knows -----------------------------------------------------------


def _markdown(text: str, notes: list[str]) -> str:
    def pictured(found: re.Match[str]) -> str:
        return html.escape(_described(found[1], found[2], notes))

    text = _MARKDOWN_PICTURE.sub(pictured, text)
    text = _MARKDOWN_LINK.sub(lambda found: f"{found[1]} ({found[2]})", text)
    return _ADDRESS.sub(lambda found: found[1], text)


def _described(alt: str, source: str, notes: list[str]) -> str:
    name = source.rsplit("/", 1)[-1][:60] or "no name"
    words = html.unescape(alt).strip()
    if words.lower() in NO_NAME or words == name or words == name.rsplit(".", 1)[0]:
        raise UnshownError(f"holds a picture ({name}) without a description; give it one (alt)")
    notes.append(f"the picture {name} is not shown; its description stands in its place")
    return words


# --- HTML --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Tag:
    name: str
    closes: bool
    attributes: dict[str, str]


def _parts(text: str) -> Iterator[str | _Tag]:
    """Texts, unescaped, and the tags between them."""
    found = [each for each in _TAG.finditer(text) if _is_markup(each, text)]
    at = 0
    for each in found:
        yield html.unescape(text[at : each.start()])
        if each[2]:
            yield _Tag(each[2].lower(), bool(each[1]), _attributes(each[3]))
        at = each.end()
    yield html.unescape(text[at:])


def _is_markup(found: re.Match[str], text: str) -> bool:
    """Whether a page would show no letter of it, and its author meant that: not so of `a <b> c`."""
    if found[2] is None:
        return True
    name = found[2].lower()
    if name not in ELEMENTS:
        return False
    names = [each for each in _NAMED.findall(found[3]) if not each[1]]
    if any(each[0].lower() not in BARE for each in names):
        return False
    if name in INLINE and not found[1]:
        return re.search(rf"</{name}\s*>", text[found.end() :], re.IGNORECASE) is not None
    if name in INLINE:
        return re.search(rf"<{name}[\s>]", text[: found.start()], re.IGNORECASE) is not None
    return True


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): html.unescape(value.strip("\"'")) for name, value in _NAMED.findall(text)}


class _Maker:
    """Puts together what is shown."""

    def __init__(self, notes: list[str]) -> None:
        self._notes = notes
        self._texts: list[str] = []
        self._silent: list[str] = []
        self._kept = 0
        self._links: list[str] = []

    def text(self) -> str:
        lines = "".join(self._texts).split("\n")
        return "\n".join(line.strip(f" {CELL}").replace(CELL, " | ") for line in lines)

    def add(self, part: str | _Tag) -> None:
        if isinstance(part, str):
            self._said(part)
        elif part.name in SILENT:
            self._silence(part)
        elif not self._silent:
            self._tag(part)

    def _said(self, text: str) -> None:
        if self._silent:
            return
        if self._kept:
            self._texts.append(text.replace("\t", "    ").replace(" ", "\N{NO-BREAK SPACE}"))
        else:
            self._texts.append(re.sub(r"[ \t\r\f\v]+", " ", text))

    def _silence(self, tag: _Tag) -> None:
        if not tag.closes:
            self._silent.append(tag.name)
        elif tag.name in self._silent:
            while self._silent.pop() != tag.name:
                pass

    def _tag(self, tag: _Tag) -> None:
        if tag.name in UNSHOWN:
            raise UnshownError(f"holds a <{tag.name}>, which cannot be shown here")
        if tag.name == "img":
            alt, source = tag.attributes.get("alt", ""), tag.attributes.get("src", "")
            self._texts.append(_described(alt, source, self._notes))
        elif tag.name in STRUCK:
            self._texts.append("~~")
        elif tag.name in {"sup", "sub"}:
            self._texts.append("" if tag.closes else "^" if tag.name == "sup" else "_")
        elif tag.name in {"td", "th"}:
            self._texts.append(CELL if tag.closes else "")
        elif tag.name == "a":
            self._link(tag)
        elif tag.name in BREAKS:
            self._kept += {False: 1, True: -1}[tag.closes] if tag.name == "pre" else 0
            self._kept = max(0, self._kept)
            self._texts.append("\n- " if tag.name == "li" and not tag.closes else "\n")

    def _link(self, tag: _Tag) -> None:
        if not tag.closes:
            self._links.append(tag.attributes.get("href", ""))
        elif self._links and (address := self._links.pop()).startswith(("http:", "https:")):
            self._texts.append(f" ({address})")


# --- characters --------------------------------------------------------------------------------


def _readable(text: str) -> str:
    """The text without control characters; joiners and other marks of a script stay."""
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\ufeff", "")
    return "".join(
        each
        for each in text
        if each in "\n\t"
        or (unicodedata.category(each) not in {"Cc", "Cs"} and each not in _OVERRIDES)
    )


def _tidy(text: str) -> str:
    """Lines without white space at their ends, and without empty ones."""
    lines = (re.sub(r"[ \t]+", " ", line).strip(" ") for line in _readable(text).split("\n"))
    return "\n".join(filter(None, lines)).strip()
