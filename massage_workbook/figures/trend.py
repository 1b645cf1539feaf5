"""Charts of mastery, memory over time, and minutes practised."""

from collections.abc import Mapping
from datetime import date

from matplotlib.axes import Axes

from massage_workbook.answers.curve import Curve
from massage_workbook.answers.mastery import Mastery
from massage_workbook.figures.drawing import Drawing, with_style
from massage_workbook.figures.labels import write
from massage_workbook.figures.palette import colour

_WIDTH = 5.6
"""Width of the charts, in inches."""
_ROW_INCHES = 0.42
"""Height of a row of bars, in inches."""
_FONT_SIZE = 10.5
"""Font size, in points."""
_NAME_LENGTH = 30
"""Maximum length of a name; longer ones are cut."""


@with_style
def mastery_bars(mastery: Mapping[str, Mastery]) -> Drawing:
    """A bar for each subject: the retained share filled, the asked share as an outline.

    Raises:
        ValueError: there is no subject.
    """
    if not mastery:
        raise ValueError("there is nothing whose mastery could be drawn")
    drawing = Drawing(_bars_alt_text(mastery), _WIDTH, _ROW_INCHES * len(mastery) + 0.5)
    share = 0.5 / (_ROW_INCHES * len(mastery) + 0.5)
    axes = drawing.add_axes((0.46, share, 0.52, 1 - share))
    axes.set(xlim=(0, 1.22), ylim=(len(mastery) - 0.4, -0.6), yticks=[], facecolor="none")
    axes.set_xticks([0, 0.5, 1], ["nothing", "half", "all"])
    axes.tick_params(colors=colour("quiet"), labelsize=_FONT_SIZE)
    axes.spines["bottom"].set(color=colour("quiet"), bounds=(0, 1))
    for i, (name, each) in enumerate(mastery.items()):
        asked = each.asked / each.total
        axes.barh(i, asked, 0.6, facecolor="none", edgecolor=colour("quiet"), linewidth=1)
        axes.barh(i, each.retained, 0.6, color=colour("motion"))
        _text(axes, max(asked, each.retained) + 0.02, i, _retained_label(each))
        _text(axes, -0.03, i, _shortened(name), ha="right")
    return drawing


def _text(axes: Axes, x: float, row: int, text: str, ha: str = "left") -> None:
    write(axes, (x, row), text, ha=ha, va="center", size=_FONT_SIZE)


def _retained_label(each: Mastery) -> str:
    return f"{each.retained:.0%}" if each.asked else "not begun"


def _shortened(name: str) -> str:
    return name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1].rstrip()}…"


def _bars_alt_text(mastery: Mapping[str, Mastery]) -> str:
    parts = "; ".join(f"{name} {_retained_label(each)}" for name, each in mastery.items())
    return f"How much is known now. {parts}."


@with_style
def practised_bars(minutes: Mapping[str, float]) -> Drawing:
    """A bar of the minutes practised for each technique, by name.

    Raises:
        ValueError: there is no technique.
    """
    if not minutes:
        raise ValueError("there is no practice that could be drawn")
    parts = "; ".join(f"{name} {each:.1f}" for name, each in minutes.items())
    drawing = Drawing(f"Minutes practised. {parts}.", _WIDTH, _ROW_INCHES * len(minutes) + 0.1)
    axes = drawing.add_axes((0.46, 0, 0.52, 1))
    axes.set(xlim=(0, 1.3 * max(minutes.values())), ylim=(len(minutes) - 0.4, -0.6))
    axes.set_axis_off()
    for i, (name, each) in enumerate(minutes.items()):
        axes.barh(i, each, 0.6, color=colour("motion"))
        _text(axes, each, i, f" {each:.1f} min")
        _text(axes, 0, i, f"{_shortened(name)} ", ha="right")
    return drawing


@with_style
def memory_curve(curve: Curve) -> Drawing:
    """Concepts known day by day; dashed, the forecast without reviews, and solid the one with them.

    Raises:
        ValueError: there are fewer than two days.
    """
    days, known, today = curve.days, curve.known, curve.today
    if len(days) < 2:  # noqa: PLR2004
        raise ValueError("a curve needs two days or more")
    drawing = Drawing(_curve_alt_text(curve), _WIDTH, 2.6)
    axes = drawing.add_axes((0.09, 0.14, 0.89, 0.82))
    axes.set_facecolor("none")
    past = days[: today + 1], known[: today + 1]
    axes.fill_between(*past, color=colour("motion"), alpha=0.18)
    axes.plot(*past, color=colour("motion"), linewidth=2.4)
    ahead = days[today:]
    axes.plot(ahead, known[today:], color=colour("motion"), linewidth=2, linestyle=(0, (2, 2)))
    axes.plot(ahead, curve.with_review, color=colour("motion"), linewidth=2.4)
    axes.plot([days[today]], [known[today]], "o", color=colour("ink"), markersize=5)
    _label(axes, f"now {known[today]:.0f}", days[today], known[today])
    _label(axes, f"with {curve.minutes} minutes a day", days[-1], curve.with_review[-1])
    axes.set_ylim(0, 1.25 * max(1, *known, *curve.with_review))
    axes.locator_params(axis="y", nbins=4, integer=True)
    ends = [days[0], days[today], days[-1]]
    axes.set_xticks(ends, [_date(ends[0]), "", _date(ends[2])])
    axes.get_xticklabels()[0].set_ha("left")
    axes.get_xticklabels()[-1].set_ha("right")
    axes.tick_params(colors=colour("quiet"), labelsize=_FONT_SIZE)
    axes.spines["bottom"].set_color(colour("quiet"))
    return drawing


def _label(axes: Axes, text: str, day: date, height: float) -> None:
    axes.annotate(
        text, (day, height), (0, 8), ha="right",
        textcoords="offset points", size=_FONT_SIZE, color=colour("ink"), weight="bold",
    )  # fmt: skip


def _date(day: date) -> str:
    return f"{day.day} {day:%B}"


def _curve_alt_text(curve: Curve) -> str:
    days, known = curve.days, curve.known
    return (
        f"Concepts that can be expected to be known: {known[0]:.0f} on {_date(days[0])},"
        f" {known[curve.today]:.0f} now; on {_date(days[-1])} {known[-1]:.0f} if nothing is asked"
        f" any more, {curve.with_review[-1]:.0f} with {curve.minutes} minutes a day."
    )
