"""Check that questions do not give their answers away, and agree with the screening."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import mean

from massage_workbook.answers.memory import by_concept
from massage_workbook.course.schema import Course
from massage_workbook.invariants.reporting import BANK, Checks, Violations, is_within
from massage_workbook.questions import KINDS, Question, Topic
from massage_workbook.questions.case import DECISIONS, CaseQuestion
from massage_workbook.questions.generated import complete
from massage_workbook.questions.single import SingleQuestion

_MAX_WORDS = 60
"""Maximum words of a prompt."""
_MIN_SINGLE_QUESTIONS = 8
"""Single questions that a topic needs before the length of right choices is judged."""
_MAX_LONGEST = 0.6
"""Limit of the share of a topic's single questions whose right choice is the longest."""
_USUAL_RANK = (0.4, 0.6)
"""Range of the average rank of right choices by length: 0 the shortest, 1 the longest."""
_MAX_ONE_WRONG, _MAX_ALL_RIGHT = 0.5, 0.05
"""Maximum shares of `many` questions with one wrong choice, and of questions with none."""
_MAX_ONE_DECISION, _MIN_GO, _GO_OR_ADAPT = 0.5, 0.1, (0.3, 0.5)
"""Shares of situations: maximum of one decision, minimum of `go`, range of massages."""
_MAX_CRITICAL = 60
"""Maximum number of questions marked `critical`, whose misconception could do serious harm."""
_EQUIVALENT = {"adapt": {"adapt", "keep off"}}
"""Decisions of a situation that match an outcome of the screening, if not the same one."""


def _prompt(question: Question, _: Course) -> Violations:
    """A prompt is short."""
    if (words := len(question.prompt.split())) > _MAX_WORDS:
        yield ("prompt",), f"has {words} words; at most {_MAX_WORDS} are allowed"


def _choices(question: Question, _: Course) -> Violations:
    """Choices differ, do not refer to each other, and have their own feedback if wrong."""
    feedback, texts = set(), set()
    for i, choice in enumerate(getattr(question, "choices", ())):
        if not choice.right and choice.feedback in feedback:
            yield ("choices", i, "feedback"), "is that of another choice; say what is wrong here"
        text = getattr(choice, "full_text", choice.id).lower()
        if text in texts:
            yield ("choices", i, "text"), "is a duplicate; write another choice"
        if re.search(r"\b(all|none|both) of (the above|these)\b", text):
            yield ("choices", i, "text"), "refers to the other choices; make it independent of them"
        feedback.add(choice.feedback)
        texts.add(text)


def _case(question: Question, course: Course) -> Violations:
    """Situations that end in an emergency are critical, and all match the screening."""
    if not isinstance(question, CaseQuestion):
        return
    if question.right == "emergency" and not question.critical:
        yield ("right",), 'is "emergency"; give critical: true'
    outcomes = {each.id: each.yes.leads_to for each in course.contraindications}
    if not outcomes.keys() >= {*question.about}:
        return
    found = [outcomes[name] for name in question.about]
    if not any(question.right in _EQUIVALENT.get(each, {each}) for each in found):
        leads = " or ".join(f'"{each}"' for each in dict.fromkeys(found))
        yield ("right",), f'is "{question.right}"; what it is about leads to {leads}'


def _lengths(topic: Topic, _: Course) -> Violations:
    """The right choice is not mostly the longest in a topic."""
    ranks = [_rank(each) for each in topic.questions if each.kind == "single"]
    longest = sum(rank == 1 for rank in ranks)
    if len(ranks) >= _MIN_SINGLE_QUESTIONS and longest >= _MAX_LONGEST * len(ranks):
        message = f"the right choice is the longest in {longest} of {len(ranks)} single questions"
        yield ("questions",), f"{message}; less than {_MAX_LONGEST:.0%} is fair"


def _rank(question: SingleQuestion) -> float:
    """The rank of the right choice by length: 0 the shortest, 1 the longest."""
    lengths = sorted(len(choice.text) for choice in question.choices)
    right = next(choice for choice in question.choices if choice.right)
    return lengths.index(len(right.text)) / (len(lengths) - 1)


def _bank(_: Course, course: Course) -> Iterator[tuple[tuple[()], str]]:
    """Invariants of all questions together."""
    every = [question for topic in course.topics for question in topic.questions]
    messages = (*_kinds(every), *_giveaways(every), *_decisions(every), *_single_questions(course))
    for message in messages:
        yield (), message


def _kinds(every: list[Question]) -> Iterator[str]:
    for kind in sorted(KINDS.keys() - {each.kind for each in every}):
        yield f"no question is of the kind {kind}; write some"
    if (critical := sum(each.critical for each in every)) > _MAX_CRITICAL:
        yield f"{critical} questions are marked critical; at most {_MAX_CRITICAL} may be"


def _giveaways(every: list[Question]) -> Iterator[str]:
    """The form of a question does not reveal the right choices."""
    ranks = [_rank(each) for each in every if each.kind == "single"]
    if ranks and not is_within(mean(ranks), _USUAL_RANK):
        which = "long" if mean(ranks) > _USUAL_RANK[1] else "short"
        yield f"the right choice of single questions is too {which} on average; make it even"
    wrong = [_wrong(each) for each in every if each.kind == "many"]
    if (ones := wrong.count(1)) > _MAX_ONE_WRONG * len(wrong):
        found = f"{ones} of {len(wrong)} questions of the kind many have one wrong choice"
        yield f"{found}; at most {_MAX_ONE_WRONG:.0%} may"
    choosing = [each for each in every if each.kind in {"single", "many"}]
    whole = [each.id for each in choosing if not _wrong(each)]
    if len(whole) > _MAX_ALL_RIGHT * len(choosing):
        yield f"every choice is right in {', '.join(whole)}; that may be so in {_MAX_ALL_RIGHT:.0%}"


def _wrong(question: Question) -> int:
    return sum(not choice.right for choice in question.choices)


def _decisions(every: Iterable[Question]) -> Iterator[str]:
    """Situations lead to every decision, and to none too often."""
    right = Counter(each.right for each in every if isinstance(each, CaseQuestion))
    total = right.total() or 1
    for decision in DECISIONS:
        if not right[decision]:
            yield f'no situation leads to "{decision}"; write one'
        if right[decision] >= _MAX_ONE_DECISION * total:
            yield f'{right[decision]} of {total} situations lead to "{decision}"; at most half may'
    if right["go"] < _MIN_GO * total:
        yield f'{right["go"]} of {total} situations lead to "go"; at least {_MIN_GO:.0%} must'
    if not is_within((right["go"] + right["adapt"]) / total, _GO_OR_ADAPT):
        low, high = _GO_OR_ADAPT
        yield f"too few or too many situations lead to a massage; {low:.0%} to {high:.0%} should"


def _single_questions(course: Course) -> Iterator[str]:
    """Each concept has several questions: a review does not repeat the last one."""
    every = (question for topic in complete(course).topics for question in topic.questions)
    for name, about in by_concept(every).items():
        if len(about) == 1:
            advice = "write another, or let its about begin with a related subject"
            yield f'"{about[0].id}" is the only question about "{name}" first; {advice}'


CHECKS: Checks = {"questions": (_prompt, _choices, _case), "topics": (_lengths,), BANK: (_bank,)}
