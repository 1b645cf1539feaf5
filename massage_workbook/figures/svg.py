"""Compact the SVG that matplotlib writes: the same picture in half the bytes or less."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal
from xml.etree import ElementTree as ET
from zlib import crc32

import numpy as np

Body = Literal["drawn", "shared", "below"]
"""`drawn`: the picture draws its body; `shared`: it has an empty group `body`, which a page fills
from `figures.back.plain_back`; `below`: it is laid over that body and refers to none of it."""
_BODY = {"paper", "ears", "back", "skin"}
"""Ids of the parts of a body."""
_XMLNS = "http://www.w3.org/2000/svg"
_GENERATED = re.compile(r"(figure|axes|patch|line2d|text|matplotlib\.axis|[xy]tick)_\d+|heads")
"""Ids that matplotlib generates, and others that no page refers to."""
_COMMAND = re.compile(r"([MLCQz])([^MLCQz]*)")
_REDUNDANT = re.compile(r"(?<=[:;,]) +|stroke-dashoffset: 0; ")
_MOVE_TO = re.compile(r"m(-?(?:\d+\.?\d*|\.\d+)) ?(-?(?:\d+\.?\d*|\.\d+))")
_MIN_SHARED_LENGTH = 60
"""Length of a path from which a reference to it is shorter."""
_LINE_JOIN = "stroke-linejoin:round"
_FONT = re.compile(r"font-family:[^;]*")
_NO_ROTATION = re.compile(r"rotate\(-?0[ )]")


def compact(text: str, body: Body = "drawn") -> ET.Element:
    """The `<svg>` of a file that matplotlib wrote, compacted, with its body or without."""
    text = text[text.index("<svg") :].replace("xlink:href", "href")
    svg = ET.fromstring(text.replace(f' xmlns="{_XMLNS}"', "", 1))  # noqa: S314 - our own drawing
    _remove(svg, [*svg.findall("metadata"), *svg.findall("defs/style/..")])
    svg.set("style", _LINE_JOIN)
    del svg.attrib["version"]
    _unwrap(svg)
    _remove_outer_clips(svg)
    for each in svg.iter():
        _shorten_attributes(each)
    _group_clips(svg)
    if body == "below":
        _remove_body(svg)
    _share_paths(svg)
    if body == "shared":
        svg.insert(0, ET.Element("g", id="body"))
        _remove_body(svg)
    _styles_to_classes(svg)
    return svg


def svg_text(svg: ET.Element) -> str:
    """The text of a parsed picture."""
    svg.set("xmlns", _XMLNS)
    return ET.tostring(svg, encoding="unicode").replace(" />", "/>")


def _remove(parent: ET.Element, children: list[ET.Element]) -> None:
    for child in children:
        parent.remove(child)


def _remove_body(svg: ET.Element) -> None:
    _remove(svg, [each for each in svg if each.get("id") in _BODY])


def _unwrap(parent: ET.Element) -> None:
    """Replace groups with generated ids by their children."""
    children: list[ET.Element] = []
    for child in parent:
        _unwrap(child)
        generated = child.tag == "g" and _GENERATED.fullmatch(child.get("id", ""))
        children += list(child) if generated else [child]
    parent[:] = children


def _remove_outer_clips(svg: ET.Element) -> None:
    """Remove clips to the whole picture, which its own edges clip."""
    size = svg.get("viewBox", "").split()[2:]
    for defs in svg.findall("defs"):
        whole = [
            clip
            for clip in defs.findall("clipPath")
            for rect in clip.findall("rect")
            if [rect.get("width"), rect.get("height")] == size
        ]
        names = {f"url(#{clip.get('id')})" for clip in whole}
        for each in svg.iter():
            if each.get("clip-path") in names:
                del each.attrib["clip-path"]
        _remove(defs, whole)
    _remove(svg, [defs for defs in svg.findall("defs") if not len(defs)])


def _group_clips(svg: ET.Element) -> None:
    """Clip neighbours as one group: a clip on a `<use>` would move with its reference."""
    children: list[ET.Element] = []
    for clip, run in groupby(svg, key=lambda each: each.get("clip-path")):
        if clip is None:
            children += run
            continue
        group = ET.Element("g", {"clip-path": clip})
        for each in run:
            del each.attrib["clip-path"]
            group.append(each)
        children.append(group)
    svg[:] = children


def _shorten_attributes(element: ET.Element) -> None:
    """Shorten the attributes of an element without changing its look."""
    if element.tag != "text":
        element.text = None
    element.tail = None
    if "style" in element.attrib:
        element.set("style", _REDUNDANT.sub("", element.attrib["style"]))
    for name in {"x", "y"} & element.attrib.keys():
        element.set(name, f"{round(float(element.attrib[name]), 1):g}")
    if _NO_ROTATION.match(element.get("transform", "")):
        del element.attrib["transform"]
    if "d" in element.attrib:
        element.set("d", relative(element.attrib["d"]))


def _styles_to_classes(svg: ET.Element) -> None:
    """Replace styles of several elements by classes, and set the font of all texts once."""
    for text in svg.iter("text"):
        font = _FONT.search(text.attrib["style"])
        svg.set("style", f"{_LINE_JOIN};{font[0]}")
        text.set("style", text.attrib["style"].replace(f"{font[0]};", ""))
    count = Counter(each.get("style", "") for each in svg.iter() if each is not svg)
    names = {style: f"s{_digest(style)}" for style, times in count.items() if style and times > 1}
    for each in svg.iter():
        if name := names.get(each.get("style", "")):
            del each.attrib["style"]
            each.set("class", name)
    if names:
        rules = ET.Element("style")
        rules.text = "".join(f".{name}{{{style}}}" for style, name in names.items())
        svg.insert(0, rules)


def _share_paths(svg: ET.Element) -> None:
    """Write a long path once, and refer to it from its repetitions.

    Paths in a group stay, since pages find them by id; a clip may refer to one.
    """
    for path in svg.findall("g[@id='back']/path"):
        path.set("id", _path_id(path))
    grouped = {_without_start(path): path for path in svg.findall("g[@id]//path")}
    clips = svg.findall("defs/clipPath/path")
    loose = [*svg.findall("path"), *svg.findall("g[@clip-path]/path")]
    count = Counter(map(_without_start, [*clips, *loose]))
    shapes = ET.Element("defs")
    once: dict[str, ET.Element] = {}
    for path in [*clips, *loose]:
        shape = _without_start(path)
        if path in clips and shape in grouped:
            _replace_with_use(path, grouped[shape])
        elif count[shape] > 1 and len(shape) > _MIN_SHARED_LENGTH:
            if shape not in once:
                once[shape] = ET.SubElement(shapes, "path", d=path.attrib["d"])
            _replace_with_use(path, once[shape])
    if len(shapes):
        svg.insert(0, shapes)


def _without_start(path: ET.Element) -> str:
    """A path without its first point."""
    return _MOVE_TO.sub("", path.get("d", ""), count=1)


def _path_id(path: ET.Element) -> str:
    """An id that is unique to the path on a page."""
    return f"p{_digest(path.attrib['d'])}"


def _digest(text: str) -> str:
    return np.base_repr(crc32(text.encode()), 36).lower()


def _replace_with_use(path: ET.Element, drawn: ET.Element) -> None:
    """Replace a path by a reference to one that is drawn elsewhere."""
    here, there = (_MOVE_TO.match(each.attrib["d"]) for each in (path, drawn))
    drawn.set("id", _path_id(drawn))
    path.tag = "use"
    del path.attrib["d"]
    path.set("href", f"#{drawn.get('id')}")
    for axis, one, other in zip("xy", here.groups(), there.groups(), strict=True):
        if away := round(float(one) - float(other), 1):
            path.set(axis, f"{away:g}")


# --- paths -----------------------------------------------------------------------------------

_ROUNDING_BIAS = 1e-4
"""Added before rounding, so that noise in the sixth decimal does not decide it."""
_Step = tuple[str, list[int]]
"""A path command, and its coordinates relative to the end of the last one, in tenths of points."""


def relative(d: str) -> str:
    """A path in relative coordinates, rounded to a tenth of a point (0.04 mm)."""
    tokens, last = [""], ""
    for letter, numbers in map(_shorthand, _smooth_curves(_steps(d))):
        if letter != last or letter == "z":
            tokens.append(letter)
        for number in map(_tenths, numbers):
            tokens.append(f" {number}" if _needs_space(tokens[-1], number) else number)
        last = "l" if letter == "m" else letter
    return "".join(tokens)


def _needs_space(before: str, number: str) -> bool:
    """Whether a number would run on from the token before it without a space."""
    if number[0] == ".":
        return before[-1].isdecimal() and "." not in before
    return number[0] != "-" and before[-1].isdecimal()


def _steps(d: str) -> Iterator[_Step]:
    """Relative steps, rounded from the start of the path, so that a moved shape stays the same."""
    (_, start), *pieces = (
        (letter, [float(each) for each in numbers.split()])
        for letter, numbers in _COMMAND.findall(d)
    )
    yield "m", [round(10 * each) for each in start]
    began = at = [0, 0]
    for letter, places in pieces:
        tenths = [
            round(10 * (each - start[i % 2]) + _ROUNDING_BIAS) for i, each in enumerate(places)
        ]
        yield letter.lower(), [each - at[i % 2] for i, each in enumerate(tenths)]
        at = tenths[-2:] or began
        began = at if letter == "M" else began


def _smooth_curves(steps: Iterable[_Step]) -> Iterator[_Step]:
    """Shorten curves whose first control point mirrors the last one of the curve before."""
    mirrored: list[int] | None = None
    for letter, numbers in steps:
        smooth = letter == "c" and mirrored and _nearly_equal(mirrored, numbers[:2])
        yield ("s", numbers[2:]) if smooth else (letter, numbers)
        mirrored = [numbers[4] - numbers[2], numbers[5] - numbers[3]] if letter == "c" else None


def _nearly_equal(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether coordinates differ by at most a tenth of a point."""
    return all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def _shorthand(step: _Step) -> _Step:
    """Horizontal and vertical lines with one coordinate."""
    match step:
        case "l", [x, 0]:
            return "h", [x]
        case "l", [0, y]:
            return "v", [y]
    return step


def _tenths(number: int) -> str:
    """A number of tenths, such as `12.5`, `-.5` or `3`."""
    whole, rest = divmod(abs(number), 10)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole or '' if rest else whole}{f'.{rest}' if rest else ''}"
