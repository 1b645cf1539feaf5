from massage_workbook.views.stop_signs import sign_groups
from massage_workbook.widgets.stop_signs import StopSigns

from ..shipped import COURSE

GROUPS = {group["id"]: group["signs"] for group in sign_groups(COURSE)}


def test_what_is_an_emergency_comes_first_then_what_stops_then_what_comes_after():
    assert [group["id"] for group in StopSigns(COURSE).groups] == ["emergency", "stop", "after"]


def test_every_sign_stands_once():
    shown = [row["sign"] for rows in GROUPS.values() for row in rows]
    assert sorted(shown) == sorted(sign.sign for sign in COURSE.stop_signs)


def test_every_emergency_stands_first_and_says_to_call():
    urgent = {sign.sign for sign in COURSE.stop_signs if sign.emergency}
    assert {row["sign"] for row in GROUPS["emergency"]} == urgent
    assert all("your local emergency number" in row["do"] for row in GROUPS["emergency"])


def test_a_sign_says_what_to_do_why_and_who_says_so():
    for sign in COURSE.stop_signs:
        rows = [row for each in GROUPS.values() for row in each if row["sign"] == sign.sign]
        assert rows[0]["do"] == sign.do
        assert rows[0]["why"] == sign.why
        assert rows[0]["who"]["sources"]
