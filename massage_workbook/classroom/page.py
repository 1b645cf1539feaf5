"""A class report as lines to read."""

from collections.abc import Iterator

from massage_workbook.classroom.report import SMALL, ClassReport, shown, suggestions
from massage_workbook.views import statistics


def lines(found: ClassReport) -> Iterator[str]:
    """The lines of a report; for fewer than five learners only a notice that they are too few."""
    if found.learners < SMALL:
        yield (
            f"{found.learners} of at least {SMALL} submissions: a report on fewer would reveal the"
            " answers of a single learner."
        )
        return
    yield f"{found.learners} learners; numbers of fewer than {SMALL} are not shown."
    yield f"A learner spent about {found.minutes:.0f} minutes on questions, on {found.days:g} days"
    yield "(medians; the minutes are estimated from the usual time of each question)."
    yield "\nSelf-checks passed"
    for title, count in found.passed.items():
        yield f"  {shown(count, found.learners):>14}  {title}"
    yield "\nConcepts that were answered wrongly and surely"
    for each in found.misconceptions:
        yield f"  {shown(each.misled, each.learners):>14} of {each.learners}  {each.concept}"
    yield "\nQuestions, the hardest first"
    yield from statistics.lines(found.questions)
    yield "\nWhat to teach next"
    yield from (f"  {line}" for line in suggestions(found))
