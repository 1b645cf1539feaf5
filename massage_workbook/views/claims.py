"""Health claims of the articles, with verdicts and honest sentences."""

from collections import Counter
from typing import Any

from massage_workbook.course import Course
from massage_workbook.course.schema import Claim
from massage_workbook.views.sources import attribution, citation_labels

VERDICT_LABELS = {
    "false": "Not true",
    "contradicted": "The evidence contradicts it",
    "unsupported": "No evidence for it was found",
    "exaggerated": "More is promised than is known",
    "short term only": "True for a short while at most",
}


def claim_rows(course: Course) -> list[dict[str, Any]]:
    """Every claim with its verdict."""
    return [_row(claim, course) for claim in course.claims]


def verdicts(course: Course) -> list[dict[str, Any]]:
    """The verdicts in use, and the number of claims with each."""
    counts = Counter(claim.verdict for claim in course.claims)
    return [
        {"id": verdict, "text": text, "count": counts[verdict]}
        for verdict, text in VERDICT_LABELS.items()
        if counts[verdict]
    ]


def _row(claim: Claim, course: Course) -> dict[str, Any]:
    return {
        "honest": claim.honest,
        "claim": claim.claim,
        "known": claim.known,
        "verdict": claim.verdict,
        "claimed_in": citation_labels(claim.claimed_in, course),
        "attribution": attribution(claim, course),
    }
