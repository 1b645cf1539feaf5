"""Conversion of markup in imported texts to plain text, and of plain text to HTML.

Only real HTML elements are markup: `a<b` is unchanged. Line breaks, code, superscripts, subscripts
and links keep their meaning; elements that cannot be shown as text raise an error.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_MAX_CHARACTERS = 2_000
"""Maximum characters of a text."""

_BREAKS = {
    "br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "dl", "dt", "dd", "hr", "section", "article", "header", "footer", "center",
    "thead", "tbody", "tfoot", "caption", "pre", "figure", "figcaption", "summary", "details",
}  # fmt: skip
_INLINE = {
    "a", "b", "i", "u", "s", "q", "em", "strong", "span", "small", "big", "font", "code", "kbd",
    "samp", "var", "tt", "mark", "sub", "sup", "del", "ins", "strike", "abbr", "cite", "dfn",
    "bdi", "bdo", "label", "ruby", "rt", "rp", "time", "td", "th",
}  # fmt: skip
_VOID = {"img", "wbr"}
_SILENT = {"script", "style", "template", "title", "head", "noscript", "textarea"}
"""Elements whose content is not shown."""
UNSUPPORTED = {
    "audio", "video", "iframe", "svg", "canvas", "object", "embed", "math", "input", "select",
    "button", "form", "map", "source", "track", "picture",
}  # fmt: skip
"""Elements that cannot be shown as text."""
ELEMENTS = (
    _BREAKS | _INLINE | _VOID | _SILENT | UNSUPPORTED | {"html", "body", "link", "meta", "colgroup"}
)
_STRUCK = {"del", "s", "strike"}
_BOOLEAN_ATTRIBUTES = {
    "checked", "controls", "disabled", "hidden", "nowrap", "async", "defer", "open", "autoplay",
}  # fmt: skip
"""Attributes without a value."""

_ATTRIBUTE = r"""\s+[a-zA-Z_:@][-\w:.]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:{_ATTRIBUTE})*)\s*/?>|<!--.*?-->", re.DOTALL)
_NAMED = re.compile(
    r"""\s+([a-zA-Z_:@][-\w:.]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""", re.DOTALL
)
_MARKDOWN_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_MARKDOWN_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((https?://[^)\s]+)\)")
_ADDRESS = re.compile(r"<(https?://[^<>\s]+)>")
_TEX = re.compile(r"(?<!\\)\$(?=\S)[^$\n]+(?<![\s\\])\$(?!\d)|\$\$|\\\(|\\\[|\\begin\{")
_OVERRIDES = {"\u202d", "\u202e"}
"""Characters that reverse the text after them, which could disguise it."""
_CELL = "\x1f"
"""Internal separator between table cells."""
_EMPTY_DESCRIPTIONS = {
    "", "image", "img", "picture", "photo", "figure", "graph", "diagram", "alt", "alt text",
}  # fmt: skip
"""Alternative texts that describe nothing."""


class UnsupportedMarkupError(ValueError):
    """A text has unsupported markup; the message names it."""


@dataclass(frozen=True)
class Rendered:
    """The plain text, whether it has TeX formulas, and notes about lost markup."""

    text: str
    tex: bool = False
    notes: tuple[str, ...] = ()


def render(text: str) -> Rendered:
    """Convert a text with markup to plain text.

    Raises:
        ValueError: it is too long.
        UnsupportedMarkupError: it has a picture without a description, or another element that
            cannot be shown as text.
    """
    _check_length(text)
    notes: list[str] = []
    made = _TextBuilder(notes)
    for part in _parts(_markdown(text, notes)):
        made.add(part)
    result = _tidy(made.text())
    return Rendered(result, bool(_TEX.search(result)), tuple(notes))


def clean_code(text: str) -> str:
    """Lines of code with entities resolved, and without control characters and blank ends.

    Raises:
        ValueError: it is too long.
    """
    _check_length(text)
    lines = _readable(html.unescape(text).replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(line.rstrip() for line in lines).rstrip()


def _check_length(text: str) -> None:
    if len(text) > _MAX_CHARACTERS:
        raise ValueError(
            f"a text has {len(text):,} characters; at most {_MAX_CHARACTERS:,} are allowed"
        )


def to_html(text: str) -> str:
    """Escape a text, with line breaks as `<br>` and without tabs."""
    return html.escape(text).replace("\n", "<br>").replace("\t", " ")


def code_to_html(lines: str) -> str:
    """Escape lines of code as a `<pre>` element on one line."""
    return f"<pre>{html.escape(lines)}</pre>".replace("\n", "&#10;").replace("\t", "&#9;")


# --- markdown that jupyterquiz knows -----------------------------------------------------------


def _markdown(text: str, notes: list[str]) -> str:
    def pictured(found: re.Match[str]) -> str:
        return html.escape(_description(found[1], found[2], notes))

    text = _MARKDOWN_PICTURE.sub(pictured, text)
    text = _MARKDOWN_LINK.sub(lambda found: f"{found[1]} ({found[2]})", text)
    return _ADDRESS.sub(lambda found: found[1], text)


def _description(alt: str, source: str, notes: list[str]) -> str:
    name = source.rsplit("/", 1)[-1][:60] or "no name"
    words = html.unescape(alt).strip()
    if words.lower() in _EMPTY_DESCRIPTIONS or words == name or words == name.rsplit(".", 1)[0]:
        raise UnsupportedMarkupError(
            f"contains a picture ({name}) without a description; give it one (alt)"
        )
    notes.append(f"the picture {name} is not shown; its description replaces it")
    return words


# --- HTML --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Tag:
    name: str
    closes: bool
    attributes: dict[str, str]


def _parts(text: str) -> Iterator[str | _Tag]:
    """Unescaped texts, and the tags between them."""
    found = [each for each in _TAG.finditer(text) if _is_markup(each, text)]
    at = 0
    for each in found:
        yield html.unescape(text[at : each.start()])
        if each[2]:
            yield _Tag(each[2].lower(), bool(each[1]), _attributes(each[3]))
        at = each.end()
    yield html.unescape(text[at:])


def _is_markup(found: re.Match[str], text: str) -> bool:
    """Whether a match is meant as markup: `<b>` in `a <b> c`, never closed, is not."""
    if found[2] is None:
        return True
    name = found[2].lower()
    if name not in ELEMENTS:
        return False
    names = [each for each in _NAMED.findall(found[3]) if not each[1]]
    if any(each[0].lower() not in _BOOLEAN_ATTRIBUTES for each in names):
        return False
    if name in _INLINE and not found[1]:
        return re.search(rf"</{name}\s*>", text[found.end() :], re.IGNORECASE) is not None
    if name in _INLINE:
        return re.search(rf"<{name}[\s>]", text[: found.start()], re.IGNORECASE) is not None
    return True


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): html.unescape(value.strip("\"'")) for name, value in _NAMED.findall(text)}


class _TextBuilder:
    """Builds the plain text from texts and tags."""

    def __init__(self, notes: list[str]) -> None:
        self._notes = notes
        self._texts: list[str] = []
        self._silent: list[str] = []
        self._preformatted = 0
        self._links: list[str] = []

    def text(self) -> str:
        lines = "".join(self._texts).split("\n")
        return "\n".join(line.strip(f" {_CELL}").replace(_CELL, " | ") for line in lines)

    def add(self, part: str | _Tag) -> None:
        if isinstance(part, str):
            self._add_text(part)
        elif part.name in _SILENT:
            self._track_silent(part)
        elif not self._silent:
            self._tag(part)

    def _add_text(self, text: str) -> None:
        if self._silent:
            return
        if self._preformatted:
            self._texts.append(text.replace("\t", "    ").replace(" ", "\N{NO-BREAK SPACE}"))
        else:
            self._texts.append(re.sub(r"[ \t\r\f\v]+", " ", text))

    def _track_silent(self, tag: _Tag) -> None:
        if not tag.closes:
            self._silent.append(tag.name)
        elif tag.name in self._silent:
            while self._silent.pop() != tag.name:
                pass

    def _tag(self, tag: _Tag) -> None:
        if tag.name in UNSUPPORTED:
            raise UnsupportedMarkupError(f"contains a <{tag.name}>, which cannot be shown here")
        if tag.name == "img":
            alt, source = tag.attributes.get("alt", ""), tag.attributes.get("src", "")
            self._texts.append(_description(alt, source, self._notes))
        elif tag.name in _STRUCK:
            self._texts.append("~~")
        elif tag.name in {"sup", "sub"}:
            self._texts.append("" if tag.closes else "^" if tag.name == "sup" else "_")
        elif tag.name in {"td", "th"}:
            self._texts.append(_CELL if tag.closes else "")
        elif tag.name == "a":
            self._link(tag)
        elif tag.name in _BREAKS:
            if tag.name == "pre":
                self._preformatted = max(0, self._preformatted + (-1 if tag.closes else 1))
            self._texts.append("\n- " if tag.name == "li" and not tag.closes else "\n")

    def _link(self, tag: _Tag) -> None:
        if not tag.closes:
            self._links.append(tag.attributes.get("href", ""))
        elif self._links and (address := self._links.pop()).startswith(("http:", "https:")):
            self._texts.append(f" ({address})")


# --- characters --------------------------------------------------------------------------------


def _readable(text: str) -> str:
    """The text without control characters; joiners and other format characters stay."""
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\ufeff", "")
    return "".join(
        each
        for each in text
        if each in "\n\t"
        or (unicodedata.category(each) not in {"Cc", "Cs"} and each not in _OVERRIDES)
    )


def _tidy(text: str) -> str:
    """Lines stripped of white space, without empty ones."""
    lines = (re.sub(r"[ \t]+", " ", line).strip(" ") for line in _readable(text).split("\n"))
    return "\n".join(filter(None, lines)).strip()
