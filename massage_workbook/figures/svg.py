"""The SVG that matplotlib writes, made small: the same picture in half the bytes or less."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal
from xml.etree import ElementTree as ET
from zlib import crc32

import numpy as np

Body = Literal["drawn", "shared", "below"]
"""Whether a picture draws its body; or has an empty group `body`, into which a page puts that of
`figures.back.plain_back`; or is laid over it, and owes it nothing."""
_BODY = {"paper", "ears", "back", "skin"}
"""Ids of what every body has."""
_XMLNS = "http://www.w3.org/2000/svg"
_GENERATED = re.compile(r"(figure|axes|patch|line2d|text|matplotlib\.axis|[xy]tick)_\d+|heads")
"""Ids that matplotlib makes up, and others that no page asks for."""
_PIECE = re.compile(r"([MLCQz])([^MLCQz]*)")
_NEEDLESS = re.compile(r"(?<=[:;,]) +|stroke-dashoffset: 0; ")
_PLACE = re.compile(r"m(-?(?:\d+\.?\d*|\.\d+)) ?(-?(?:\d+\.?\d*|\.\d+))")
_LONG = 60
"""Letters of a shape from which it is shorter to refer to it."""
_JOINS = "stroke-linejoin:round"
_FONT = re.compile(r"font-family:[^;]*")
_LEVEL = re.compile(r"rotate\(-?0[ )]")


def parsed(text: str, body: Body = "drawn") -> ET.Element:
    """The `<svg>` of a file that matplotlib wrote, small, and with its body or without."""
    text = text[text.index("<svg") :].replace("xlink:href", "href")
    svg = ET.fromstring(text.replace(f' xmlns="{_XMLNS}"', "", 1))  # noqa: S314 - our own drawing
    _remove(svg, [*svg.findall("metadata"), *svg.findall("defs/style/..")])
    svg.set("style", _JOINS)
    del svg.attrib["version"]
    _unwrap(svg)
    _leave_clips_out(svg)
    for each in svg.iter():
        _tidy(each)
    _clip_together(svg)
    if body == "below":
        _take_body_out(svg)
    _write_once(svg)
    if body == "shared":
        svg.insert(0, ET.Element("g", id="body"))
        _take_body_out(svg)
    _name_looks(svg)
    return svg


def written(svg: ET.Element) -> str:
    """The text of a parsed picture."""
    svg.set("xmlns", _XMLNS)
    return ET.tostring(svg, encoding="unicode").replace(" />", "/>")


def _remove(parent: ET.Element, children: list[ET.Element]) -> None:
    for child in children:
        parent.remove(child)


def _take_body_out(svg: ET.Element) -> None:
    _remove(svg, [each for each in svg if each.get("id") in _BODY])


def _unwrap(parent: ET.Element) -> None:
    """Put in its place what a group without an id of ours holds."""
    children: list[ET.Element] = []
    for child in parent:
        _unwrap(child)
        generated = child.tag == "g" and _GENERATED.fullmatch(child.get("id", ""))
        children += list(child) if generated else [child]
    parent[:] = children


def _leave_clips_out(svg: ET.Element) -> None:
    """A picture ends at its own edges: what is clipped there alone is not clipped."""
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


def _clip_together(svg: ET.Element) -> None:
    """Clip neighbours once: a clip on what refers to a shape elsewhere would go there with it."""
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


def _tidy(element: ET.Element) -> None:
    """Shorten what an element says without changing it."""
    if element.tag != "text":
        element.text = None
    element.tail = None
    if "style" in element.attrib:
        element.set("style", _NEEDLESS.sub("", element.attrib["style"]))
    for name in {"x", "y"} & element.attrib.keys():
        element.set(name, f"{round(float(element.attrib[name]), 1):g}")
    if _LEVEL.match(element.get("transform", "")):
        del element.attrib["transform"]
    if "d" in element.attrib:
        element.set("d", relative(element.attrib["d"]))


def _name_looks(svg: ET.Element) -> None:
    """Give looks that several elements have a name of their own, and all words their font."""
    for text in svg.iter("text"):
        font = _FONT.search(text.attrib["style"])
        svg.set("style", f"{_JOINS};{font[0]}")
        text.set("style", text.attrib["style"].replace(f"{font[0]};", ""))
    count = Counter(each.get("style", "") for each in svg.iter() if each is not svg)
    names = {look: f"s{_digest(look)}" for look, times in count.items() if look and times > 1}
    for each in svg.iter():
        if name := names.get(each.get("style", "")):
            del each.attrib["style"]
            each.set("class", name)
    if names:
        rules = ET.Element("style")
        rules.text = "".join(f".{name}{{{look}}}" for look, name in names.items())
        svg.insert(0, rules)


def _write_once(svg: ET.Element) -> None:
    """Write a long shape once; where it stands again, refer to it.

    Paths in a group stay paths, since a page asks for them: a clip may refer to one.
    """
    for path in svg.findall("g[@id='back']/path"):
        path.set("id", _name(path))
    grouped = {_shape(path): path for path in svg.findall("g[@id]//path")}
    clips = svg.findall("defs/clipPath/path")
    loose = [*svg.findall("path"), *svg.findall("g[@clip-path]/path")]
    count = Counter(map(_shape, [*clips, *loose]))
    shapes = ET.Element("defs")
    once: dict[str, ET.Element] = {}
    for path in [*clips, *loose]:
        shape = _shape(path)
        if path in clips and shape in grouped:
            _refer(path, grouped[shape])
        elif count[shape] > 1 and len(shape) > _LONG:
            if shape not in once:
                once[shape] = ET.SubElement(shapes, "path", d=path.attrib["d"])
            _refer(path, once[shape])
    if len(shapes):
        svg.insert(0, shapes)


def _shape(path: ET.Element) -> str:
    """A path without its place."""
    return _PLACE.sub("", path.get("d", ""), count=1)


def _name(path: ET.Element) -> str:
    """An id that other shapes of the same page do not have."""
    return f"p{_digest(path.attrib['d'])}"


def _digest(text: str) -> str:
    return np.base_repr(crc32(text.encode()), 36).lower()


def _refer(path: ET.Element, drawn: ET.Element) -> None:
    """Let a path be what is drawn elsewhere."""
    here, there = (_PLACE.match(each.attrib["d"]) for each in (path, drawn))
    drawn.set("id", _name(drawn))
    path.tag = "use"
    del path.attrib["d"]
    path.set("href", f"#{drawn.get('id')}")
    for axis, one, other in zip("xy", here.groups(), there.groups(), strict=True):
        if away := round(float(one) - float(other), 1):
            path.set(axis, f"{away:g}")


# --- paths -----------------------------------------------------------------------------------

_NOISE = 1e-4
"""What keeps the sixth decimal of a place from deciding how it is rounded."""
_Step = tuple[str, list[int]]
"""A letter of a path, and tenths of points from where the last step ended."""


def relative(d: str) -> str:
    """A path to a tenth of a point, 0.04 mm, each place given from the one before it."""
    tokens, last = [""], ""
    for letter, numbers in map(_shortest, _mirroring(_steps(d))):
        if letter != last or letter == "z":
            tokens.append(letter)
        for number in map(_tenths, numbers):
            tokens.append(f" {number}" if _goes_on(tokens[-1], number) else number)
        last = "l" if letter == "m" else letter
    return "".join(tokens)


def _goes_on(before: str, number: str) -> bool:
    """Whether a number would be read as more of what stands before it."""
    if number[0] == ".":
        return before[-1].isdecimal() and "." not in before
    return number[0] != "-" and before[-1].isdecimal()


def _steps(d: str) -> Iterator[_Step]:
    """Rounded as seen from the start, so that a shape is the same wherever it starts."""
    (_, start), *pieces = (
        (letter, [float(each) for each in numbers.split()]) for letter, numbers in _PIECE.findall(d)
    )
    yield "m", [round(10 * each) for each in start]
    began = at = [0, 0]
    for letter, places in pieces:
        tenths = [round(10 * (each - start[i % 2]) + _NOISE) for i, each in enumerate(places)]
        yield letter.lower(), [each - at[i % 2] for i, each in enumerate(tenths)]
        at = tenths[-2:] or began
        began = at if letter == "M" else began


def _mirroring(steps: Iterable[_Step]) -> Iterator[_Step]:
    """Leave out the first control of a curve that goes on as the one before it ended."""
    goes_on: list[int] | None = None
    for letter, numbers in steps:
        smooth = letter == "c" and goes_on and _alike(goes_on, numbers[:2])
        yield ("s", numbers[2:]) if smooth else (letter, numbers)
        goes_on = [numbers[4] - numbers[2], numbers[5] - numbers[3]] if letter == "c" else None


def _alike(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether places are within a tenth of a point of each other."""
    return all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def _shortest(step: _Step) -> _Step:
    """A level or an upright line by one number."""
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
