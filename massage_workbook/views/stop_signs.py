"""Stop signs, and what to do."""

from typing import Any

from massage_workbook.course import Course
from massage_workbook.course.schema import StopSign
from massage_workbook.views.sources import attribution


def sign_groups(course: Course) -> list[dict[str, Any]]:
    """The stop signs in groups: emergencies first, then during and after the massage."""
    urgent = [sign for sign in course.stop_signs if sign.emergency]
    others = [sign for sign in course.stop_signs if not sign.emergency]
    grouped = {
        "emergency": ("Stop, and call your local emergency number", urgent),
        "stop": ("Stop at once", [sign for sign in others if sign.when == "during"]),
        "after": ("After the massage", [sign for sign in others if sign.when == "after"]),
    }
    return [
        {"id": name, "title": title, "signs": [_row(sign, course) for sign in signs]}
        for name, (title, signs) in grouped.items()
    ]


def _row(sign: StopSign, course: Course) -> dict[str, Any]:
    return {
        "sign": sign.sign,
        "do": sign.do,
        "why": sign.why,
        "attribution": attribution(sign, course),
    }
