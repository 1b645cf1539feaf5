"""The report on the submissions of a class: only figures of at least five learners."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean, median

from massage_workbook.answers.knowledge import questions_of
from massage_workbook.answers.mastery import passing_state
from massage_workbook.answers.memory import concept
from massage_workbook.answers.review import expected_seconds
from massage_workbook.answers.self_check import self_check
from massage_workbook.answers.statistics import ItemStatistics, statistics_of
from massage_workbook.classroom.submission import LARGEST, Submission, SubmissionError, from_text
from massage_workbook.course import Course
from massage_workbook.questions import Question

SMALL = 5
"""Figures of fewer learners are not shown, since they could identify somebody."""
_TO_TEACH = 3
"""Maximum number of concepts and of topics that are suggested."""
_ENOUGH_TO_BLAME_A_QUESTION = 20
"""Minimum answers before a question with negative discrimination is suggested for review."""


@dataclass(frozen=True)
class Misconception:
    """A concept: how many `learners` were asked about it, how many `misled` (sure and wrong)."""

    concept: str
    learners: int
    misled: int


@dataclass(frozen=True)
class ClassReport:
    """The results of a class of `learners`.

    `passed` are how many passed the self-check of each lesson, by its title; `misconceptions` come
    most frequent first, `questions` hardest first, `topics` are mean latest scores (0-1), weakest
    first. `minutes` is a learner's median time, estimated from the usual seconds of each question,
    and `days` the median number of days on which a question was answered last.
    """

    learners: int
    passed: Mapping[str, int]
    misconceptions: Sequence[Misconception]
    questions: Sequence[ItemStatistics]
    topics: Mapping[str, float]
    minutes: float
    days: float


def read_folder(folder: Path) -> list[Submission]:
    """Read every CSV file of a folder.

    Raises:
        SubmissionError: a file is no submission, or two have the same pseudonym.
        OSError: the folder or a file cannot be read.
    """
    found: dict[str, tuple[Path, Submission]] = {}
    for path in sorted(path for path in folder.iterdir() if path.suffix == ".csv"):
        submission = _read(path)
        if submission.pseudonym in found:
            other = found[submission.pseudonym][0].name
            raise SubmissionError(
                f"{path.name} and {other} are from the same learner: keep only the newer file"
            )
        found[submission.pseudonym] = path, submission
    return [submission for _, submission in found.values()]


def _read(path: Path) -> Submission:
    if path.stat().st_size > LARGEST:
        raise SubmissionError(f"{path.name}: a submission has {LARGEST:,} bytes at most")
    try:
        return from_text(path.read_text(encoding="utf-8-sig"), path.name)
    except UnicodeDecodeError:
        raise SubmissionError(f"{path.name}: a submission is text in UTF-8") from None


def report(submissions: Sequence[Submission], course: Course) -> ClassReport:
    """Summarise a class; rows of questions that the course does not have do not count."""
    questions = {question.id: question for question in questions_of(course)}
    rows = [[row for row in each.rows if row.question in questions] for each in submissions]
    right = [{row.question for row in learner if row.latest == 1} for learner in rows]
    firsts = [{row.question: row.first_answer() for row in learner} for learner in rows]
    usual = {name: expected_seconds(question, pace=1) for name, question in questions.items()}
    seconds = [sum(usual[row.question] for row in learner) for learner in rows]
    return ClassReport(
        learners=len(rows),
        passed={
            title: sum(passing_state(asked, names).passed for names in right)
            for title, asked in _self_checks(course).items()
        },
        misconceptions=_misconceptions(
            [{(concept(questions[row.question]), row.misled) for row in each} for each in rows]
        ),
        questions=[
            _without_few(each) for each in statistics_of(firsts, course) if each.answers >= SMALL
        ],
        topics=_topics([{row.question: row.latest for row in learner} for learner in rows], course),
        minutes=median(seconds) / 60 if seconds else 0,
        days=median(len({row.day for row in learner}) for learner in rows) if rows else 0,
    )


def _without_few(of: ItemStatistics) -> ItemStatistics:
    """Leave out options that few learners chose."""
    return replace(of, attracting=tuple(each for each in of.attracting if each[1] >= SMALL))


def _self_checks(course: Course) -> dict[str, list[Question]]:
    """The questions on which each lesson is passed, by its title."""
    topics = {topic.id: topic for topic in course.topics}
    return {
        lesson.title: self_check([topics[name] for name in lesson.topics])
        for lesson in course.lessons
        if lesson.topics
    }


def _misconceptions(learners: Sequence[set[tuple[str, bool]]]) -> list[Misconception]:
    asked = Counter(name for learner in learners for name in {name for name, _ in learner})
    misled = Counter(name for learner in learners for name, wrong in learner if wrong)
    found = [Misconception(name, asked[name], misled[name]) for name in misled]
    shown = (each for each in found if each.misled >= SMALL)
    return sorted(shown, key=lambda each: (-each.misled / each.learners, each.concept))


def _topics(learners: Sequence[Mapping[str, float]], course: Course) -> dict[str, float]:
    scores: dict[str, list[float]] = {}
    for topic in course.topics:
        names = {question.id for question in topic.questions}
        given = [[learner[name] for name in names & learner.keys()] for learner in learners]
        if sum(map(bool, given)) >= SMALL:
            scores[topic.title] = [score for each in given for score in each]
    means = {title: fmean(each) for title, each in scores.items()}
    return dict(sorted(means.items(), key=lambda each: each[1]))


def shown(count: int, of: int) -> str:
    """A number of learners; in words where it, or the rest, would be fewer than five."""
    if count < SMALL:
        return f"fewer than {SMALL}"
    return str(count) if count == of or of - count >= SMALL else f"more than {of - SMALL}"


def suggestions(found: ClassReport) -> Iterator[str]:
    """Recommendations: what to teach next, and which questions to review."""
    for each in found.misconceptions[:_TO_TEACH]:
        share = shown(each.misled, each.learners)
        yield f"Teach {each.concept}: {share} of {each.learners} were sure of a wrong answer."
    for title, score in [*found.topics.items()][:_TO_TEACH]:
        if score < 1:
            yield f"Repeat {title}: {score:.0%} right in the latest answers."
    for each in found.questions:
        if (each.discrimination or 0) < 0 and each.answers >= _ENOUGH_TO_BLAME_A_QUESTION:
            yield f"Review the question {each.question.id}: learners who know more get it wrong."
