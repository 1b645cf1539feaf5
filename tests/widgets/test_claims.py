from massage_workbook.views.claims import VERDICT_LABELS
from massage_workbook.widgets.claims import Claims

from ..shipped import COURSE

PAGE = Claims(COURSE)


def test_every_claim_is_there_with_its_verdict():
    assert [row["claim"] for row in PAGE.claims] == [claim.claim for claim in COURSE.claims]
    assert {row["verdict"] for row in PAGE.claims} <= VERDICT_LABELS.keys()


def test_the_counts_of_the_verdicts_add_up():
    counted = {each["id"]: each["count"] for each in PAGE.verdicts}
    assert sum(counted.values()) == len(COURSE.claims)
    for verdict, count in counted.items():
        assert count == sum(claim.verdict == verdict for claim in COURSE.claims) > 0


def test_a_claim_says_who_promises_it_and_who_says_what_is_known():
    for claim in PAGE.claims:
        assert claim["honest"]
        assert claim["known"]
        assert all("line" in each for each in claim["claimed_in"])
        assert claim["who"]["sources"]
