"""What the articles promise, what is known of it, and what can honestly be said."""

from collections import Counter
from pathlib import Path
from typing import Any

import traitlets

from massage_workbook.course import Course
from massage_workbook.course.schema import Claim
from massage_workbook.widgets.sources import cited, who
from massage_workbook.widgets.widget import Widget

HERE = Path(__file__).parent
VERDICTS = {
    "false": "Not true",
    "contradicted": "What is known speaks against it",
    "unsupported": "Nothing was found that shows it",
    "exaggerated": "More is promised than is known",
    "short term only": "True for a short while at most",
}


class Claims(Widget):
    """Every claim with its verdict. `verdicts` are what the page can narrow them down to."""

    script = HERE / "claims.js"
    stylesheets = (HERE / "claims.css",)
    claims = traitlets.List().tag(sync=True)
    verdicts = traitlets.List().tag(sync=True)

    def __init__(self, course: Course) -> None:
        counts = Counter(claim.verdict for claim in course.claims)
        super().__init__(
            claims=[_row(claim, course) for claim in course.claims],
            verdicts=[
                {"id": verdict, "text": text, "count": counts[verdict]}
                for verdict, text in VERDICTS.items()
                if counts[verdict]
            ],
        )


def _row(claim: Claim, course: Course) -> dict[str, Any]:
    return {
        "honest": claim.honest,
        "claim": claim.claim,
        "known": claim.known,
        "verdict": claim.verdict,
        "claimed_in": cited(claim.claimed_in, course),
        "who": who(claim, course),
    }
