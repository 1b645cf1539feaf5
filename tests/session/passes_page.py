"""Write docs/passes.md, the table of one pass of each technique.

Run it after a change of the techniques: python tests/session/passes_page.py. test_passes.py fails
while the page is outdated.
"""

from pathlib import Path

from massage_workbook.reader import read
from massage_workbook.session import passes
from massage_workbook.session.restricting import sides_of
from massage_workbook.views.technique import pass_in_words, stop_count

PAGE = Path(__file__).parents[2] / "docs" / "passes.md"
INTRODUCTION = """\
# One pass of each technique

The duration of a session follows from its passes, and that of a pass from this table: \
movements at each stop in the rhythm of the tempo, or a glide at the speed of the hand, both at \
the middle of their range; then the return to the start of the pass. The marks drawn along a \
stroke do not affect the duration. `massage_workbook/session/passes.py` computes it from \
`one_pass` and `tempo` in the file of each technique. `tests/session/passes_page.py` writes it.

Stops and seconds are those of one half of the back, or of both if both are worked at once. If \
some strokes have stops of their own, these follow after a comma.
"""
COLUMNS = (
    "technique",
    "a pass",
    "movements at a stop",
    "step, cm",
    "stops",
    "a minute",
    "cm a second",
    "seconds",
    "sources",
    "note",
)


def page(course):
    """The whole page, as Markdown."""
    families = dict.fromkeys(block.family for block in course.blocks)
    parts = [INTRODUCTION]
    for family in families:
        members = [each for each in course.techniques if each.family == family]
        lines = [_line(COLUMNS), _line("---" for _ in COLUMNS)]
        lines += [_line(_row(technique)) for technique in members]
        parts.append(f"## {family.capitalize()}\n\n" + "".join(lines))
    return "\n".join(parts)


def _row(technique):
    one, tempo = technique.one_pass, technique.tempo
    stops = [each.stops or one.stops for each in technique.strokes if not each.light_return]
    words, _, _ = pass_in_words(technique).rpartition(", about ")
    return (
        technique.names.english,
        words,
        _each(stop.movements for stop in stops if stop),
        _each(stop.step_cm for stop in stops if stop),
        str(stop_count(technique) or ""),
        _span(tempo.per_minute),
        _span(tempo.cm_per_second),
        f"{passes.seconds(technique):.1f}{' a side' if len(sides_of(technique)) > 1 else ''}",
        f"{one.basis}: {', '.join(one.sources)}",
        one.note or "",
    )


def _line(cells):
    return f"| {' | '.join(cells)} |\n"


def _each(numbers):
    return ", ".join(f"{number:g}" for number in dict.fromkeys(numbers))


def _span(ends):
    return "-".join(f"{end:g}" for end in dict.fromkeys(ends))


if __name__ == "__main__":
    PAGE.write_text(page(read()), encoding="utf-8")
