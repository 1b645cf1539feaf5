"""Fair questions: none gives its answer away, and situations agree with the screening."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import mean

from massage_workbook.course.schema import Course
from massage_workbook.invariants.reporting import BANK, Checks, Found, within
from massage_workbook.questions import KINDS, Question, Topic
from massage_workbook.questions.case import DECISIONS, CaseQuestion
from massage_workbook.questions.single import SingleQuestion

MOST_WORDS = 60
"""Of a prompt."""
ENOUGH_TO_COUNT = 8
"""Single questions of a topic, from which on it can be said where the right choice mostly is."""
LONGEST_TOO_OFTEN = 0.6
"""Share of the single questions of a topic whose right choice is the longest: fewer than this."""
USUAL_RANK = (0.4, 0.6)
"""Where the right choice stands by length, on average: 0 the shortest, 1 the longest."""
ONE_WRONG, ALL_RIGHT = 0.5, 0.05
"""Shares of questions, at most: those of kind `many` with one wrong choice; with no wrong one."""
ONE_DECISION, GO, GO_OR_ADAPT = 0.5, 0.1, (0.3, 0.5)
"""Shares of the situations: of any decision at most, of `go` at least, of those with a massage."""
MOST_CRITICAL = 60
"""Questions marked `critical`: the few whose misconception could do serious harm."""
MEANS = {"adapt": {"adapt", "keep off"}}
"""Decisions of a situation that go with an outcome of the screening, where not the same one."""


def _prompt(question: Question, _: Course) -> Found:
    """A prompt is short."""
    if (words := len(question.prompt.split())) > MOST_WORDS:
        yield ("prompt",), f"has {words} words; {MOST_WORDS} are the most"


def _choices(question: Question, _: Course) -> Found:
    """Each choice differs, stands for itself, and has feedback of its own where it is wrong."""
    told, texts = set(), set()
    for i, choice in enumerate(getattr(question, "choices", ())):
        if not choice.right and choice.feedback in told:
            yield ("choices", i, "feedback"), "is that of another choice; say what is wrong here"
        text = getattr(choice, "said", choice.id).lower()
        if text in texts:
            yield ("choices", i, "text"), "stands twice; write another choice"
        if re.search(r"\b(all|none|both) of (the above|these)\b", text):
            yield ("choices", i, "text"), "speaks of the other choices; let it stand for itself"
        told.add(choice.feedback)
        texts.add(text)


def _case(question: Question, course: Course) -> Found:
    """A situation that calls for help is critical, and is decided as the screening decides."""
    if not isinstance(question, CaseQuestion):
        return
    if question.right == "emergency" and not question.critical:
        yield ("right",), 'is "emergency"; give critical: true'
    for reason in course.contraindications:
        outcome = reason.yes.leads_to
        if question.about == (reason.id,) and question.right not in MEANS.get(outcome, {outcome}):
            yield ("right",), f'is "{question.right}"; "{reason.id}" leads to "{outcome}"'


def _lengths(topic: Topic, _: Course) -> Found:
    """The right choice is not always the longest of its topic."""
    ranks = [_rank(each) for each in topic.questions if each.kind == "single"]
    longest = sum(rank == 1 for rank in ranks)
    if len(ranks) >= ENOUGH_TO_COUNT and longest >= LONGEST_TOO_OFTEN * len(ranks):
        says = f"the right choice is the longest in {longest} of {len(ranks)} single questions"
        yield ("questions",), f"{says}; less than {LONGEST_TOO_OFTEN:.0%} is fair"


def _rank(question: SingleQuestion) -> float:
    """Where the right choice stands by length: 0 the shortest, 1 the longest."""
    lengths = sorted(len(choice.text) for choice in question.choices)
    right = next(choice for choice in question.choices if choice.right)
    return lengths.index(len(right.text)) / (len(lengths) - 1)


def _bank(_: Course, course: Course) -> Iterator[tuple[tuple[()], str]]:
    """What holds of all questions together."""
    every = [question for topic in course.topics for question in topic.questions]
    for message in (*_kinds(every), *_giveaways(every), *_decisions(every)):
        yield (), message


def _kinds(every: list[Question]) -> Iterator[str]:
    for kind in sorted(KINDS.keys() - {each.kind for each in every}):
        yield f"no question is of the kind {kind}; write some"
    if (critical := sum(each.critical for each in every)) > MOST_CRITICAL:
        yield f"{critical} questions are marked critical; {MOST_CRITICAL} are the most"


def _giveaways(every: list[Question]) -> Iterator[str]:
    """Nothing about a question tells which choices are right."""
    ranks = [_rank(each) for each in every if each.kind == "single"]
    if ranks and not within(mean(ranks), USUAL_RANK):
        which = "long" if mean(ranks) > USUAL_RANK[1] else "short"
        yield f"the right choice of single questions is too {which} on average; make it even"
    wrong = [_wrong(each) for each in every if each.kind == "many"]
    if (ones := wrong.count(1)) > ONE_WRONG * len(wrong):
        yield f"{ones} of {len(wrong)} many have one wrong choice; {ONE_WRONG:.0%} are the most"
    choosing = [each for each in every if each.kind in {"single", "many"}]
    whole = [each.id for each in choosing if not _wrong(each)]
    if len(whole) > ALL_RIGHT * len(choosing):
        yield f"every choice is right in {', '.join(whole)}; {ALL_RIGHT:.0%} at most may be so"


def _wrong(question: Question) -> int:
    return sum(not choice.right for choice in question.choices)


def _decisions(every: Iterable[Question]) -> Iterator[str]:
    """Situations lead to every decision, and to none too often: being careful is not enough."""
    right = Counter(each.right for each in every if isinstance(each, CaseQuestion))
    total = right.total() or 1
    for decision in DECISIONS:
        if not right[decision]:
            yield f'no situation leads to "{decision}"; write one'
        if right[decision] >= ONE_DECISION * total:
            yield f'{right[decision]} of {total} situations lead to "{decision}"; fewer than half'
    if right["go"] < GO * total:
        yield f'{right["go"]} of {total} situations lead to "go"; {GO:.0%} at least'
    if not within((right["go"] + right["adapt"]) / total, GO_OR_ADAPT):
        low, high = GO_OR_ADAPT
        yield f"too few or too many situations lead to a massage; {low:.0%} to {high:.0%} may"


CHECKS: Checks = {
    "questions": (_prompt, _choices, _case),
    "topics": (_lengths,),
    BANK: (_bank,),
}
