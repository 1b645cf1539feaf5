"""What is known, and how it fades: two pictures, each drawn from the table that says the same."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd

from massage_workbook.answers.mastery import Mastery
from massage_workbook.figures.drawing import Drawing, in_our_look
from massage_workbook.figures.palette import colour

WIDTH = 5.6
"""Inches of both pictures."""
ROW = 0.42
"""Inches of a row of bars."""
SIZE = 10.5
"""Points of their words."""
WRAP = 30
"""Characters of a name, before it is cut."""


def mastery_table(of: Mapping[str, Mastery]) -> pd.DataFrame:
    """How much is known of each subject, by its name.

    The columns are `subject`, `questions`, `answered`, `right` (at the last answer) and
    `remembered`, the share (0-1) that can be expected to be known now.
    """
    rows = [
        (name, each.of, each.answered, each.right, each.remembered) for name, each in of.items()
    ]
    columns = ["subject", "questions", "answered", "right", "remembered"]
    return pd.DataFrame(rows, columns=columns)


@in_our_look
def mastery_bars(table: pd.DataFrame) -> Drawing:
    """A bar for each row of a `mastery_table`: remembered in colour, answered as an outline.

    Raises:
        ValueError: the table has no rows.
    """
    if table.empty:
        raise ValueError("there is nothing whose mastery could be drawn")
    drawing = Drawing(_bars_in_words(table), WIDTH, ROW * len(table) + 0.5)
    share = 0.5 / (ROW * len(table) + 0.5)
    axes = drawing.add_axes((0.46, share, 0.52, 1 - share))
    axes.set(xlim=(0, 1.22), ylim=(len(table) - 0.4, -0.6), yticks=[], facecolor="none")
    axes.set_xticks([0, 0.5, 1], ["nothing", "half", "all"])
    axes.tick_params(colors=colour("quiet"), labelsize=SIZE)
    axes.spines["bottom"].set(color=colour("quiet"), bounds=(0, 1))
    answered = table["answered"] / table["questions"]
    for i, row in table.iterrows():
        axes.barh(i, answered[i], 0.6, facecolor="none", edgecolor=colour("quiet"), linewidth=1)
        axes.barh(i, row["remembered"], 0.6, color=colour("motion"))
        said = f"{row['remembered']:.0%}" if row["answered"] else "not begun"
        after = max(answered[i], row["remembered"]) + 0.02
        axes.text(after, i, said, va="center", size=SIZE, color=colour("ink"))
        name = _short(row["subject"])
        axes.text(-0.03, i, name, ha="right", va="center", size=SIZE, color=colour("ink"))
    return drawing


def _short(name: str) -> str:
    return name if len(name) <= WRAP else f"{name[: WRAP - 1].rstrip()}…"


def _bars_in_words(table: pd.DataFrame) -> str:
    parts = "; ".join(
        f"{row['subject']} {row['remembered']:.0%}"
        if row["answered"]
        else f"{row['subject']} not begun"
        for _, row in table.iterrows()
    )
    return f"How much is known now. {parts}."


def practised_table(of: Mapping[str, Sequence[tuple[datetime, float]]]) -> pd.DataFrame:
    """How long each technique was practised, by its name, from when and for how many seconds.

    The columns are `technique`, `times`, `minutes` and `last` (the last time), most minutes first.
    """
    rows = [
        (name, len(each), sum(seconds for _, seconds in each) / 60, max(at for at, _ in each))
        for name, each in of.items()
    ]
    table = pd.DataFrame(rows, columns=["technique", "times", "minutes", "last"])
    return table.sort_values("minutes", ascending=False, kind="stable").reset_index(drop=True)


@in_our_look
def practised_bars(table: pd.DataFrame) -> Drawing:
    """A bar of minutes for each row of a `practised_table`.

    Raises:
        ValueError: the table has no rows.
    """
    if table.empty:
        raise ValueError("there is no practice that could be drawn")
    said = "; ".join(f"{row.technique} {row.minutes:.1f}" for row in table.itertuples())
    drawing = Drawing(f"Minutes practised. {said}.", WIDTH, ROW * len(table) + 0.1)
    axes = drawing.add_axes((0.46, 0, 0.52, 1))
    axes.set(xlim=(0, 1.3 * table["minutes"].max()), ylim=(len(table) - 0.4, -0.6))
    axes.set_axis_off()
    for i, row in enumerate(table.itertuples()):
        axes.barh(i, row.minutes, 0.6, color=colour("motion"))
        words = f" {row.minutes:.1f} min"
        axes.text(row.minutes, i, words, va="center", size=SIZE, color=colour("ink"))
        name = f"{_short(row.technique)} "
        axes.text(0, i, name, ha="right", va="center", size=SIZE, color=colour("ink"))
    return drawing


def memory_table(
    days: Sequence[datetime], expected: Sequence[float], now: datetime
) -> pd.DataFrame:
    """How many questions can be expected to be known each day; whether it is `ahead` of now."""
    ahead = [day > now for day in days]
    return pd.DataFrame({"day": list(days), "known": list(expected), "ahead": ahead})


@in_our_look
def memory_curve(table: pd.DataFrame) -> Drawing:
    """What was known day by day, and dashed how it fades if nothing is asked any more.

    Raises:
        ValueError: the table has fewer than two rows.
    """
    if len(table) < 2:  # noqa: PLR2004
        raise ValueError("a curve needs two days or more")
    drawing = Drawing(_curve_in_words(table), WIDTH, 2.6)
    axes = drawing.add_axes((0.09, 0.14, 0.89, 0.82))
    axes.set_facecolor("none")
    now = table[~table["ahead"]].iloc[-1]
    past, ahead = table[~table["ahead"]], pd.concat([now.to_frame().T, table[table["ahead"]]])
    axes.fill_between(past["day"], past["known"].astype(float), color=colour("motion"), alpha=0.18)
    axes.plot(past["day"], past["known"], color=colour("motion"), linewidth=2.4)
    axes.plot(
        ahead["day"], ahead["known"], color=colour("motion"), linewidth=2, linestyle=(0, (2, 2))
    )
    axes.plot([now["day"]], [now["known"]], "o", color=colour("ink"), markersize=5)
    axes.annotate(
        f"now {now['known']:.0f}", (now["day"], now["known"]), (0, 8), ha="right",
        textcoords="offset points", size=SIZE, color=colour("ink"), weight="bold",
    )  # fmt: skip
    axes.set_ylim(0, 1.25 * max(1, table["known"].max()))
    axes.locator_params(axis="y", nbins=4, integer=True)
    ends = [table["day"].iloc[0], now["day"], table["day"].iloc[-1]]
    axes.set_xticks(ends, [_date(ends[0]), "", f"{_date(ends[2])}"])
    axes.get_xticklabels()[0].set_ha("left")
    axes.get_xticklabels()[-1].set_ha("right")
    axes.tick_params(colors=colour("quiet"), labelsize=SIZE)
    axes.spines["bottom"].set_color(colour("quiet"))
    return drawing


def _date(day: datetime) -> str:
    return f"{day.day} {day:%B}"


def _curve_in_words(table: pd.DataFrame) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    now = table[~table["ahead"]].iloc[-1]
    return (
        f"Questions that can be expected to be known: {first['known']:.0f} on"
        f" {_date(first['day'])}, {now['known']:.0f} now, {last['known']:.0f} on"
        f" {_date(last['day'])} if nothing is asked any more."
    )
