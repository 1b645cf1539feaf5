"""What all readers share: questions built of what a file says, and a list of what it leaves out.

The rule of every reader: a question comes in with the meaning that it has in its file, or it is
left out with the reason. Its id hangs on its topic, its prompt and its answers, never on what is
said of them: whoever corrects a comma in the feedback keeps all answers that were given.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from massage_workbook.exchange.markup import LONGEST, Shown, shown, verbatim
from massage_workbook.questions import (
    ManyQuestion,
    Question,
    RecallQuestion,
    SingleQuestion,
    Topic,
    ValuesQuestion,
)
from massage_workbook.questions.choosing import Choice
from massage_workbook.questions.values import Verdict

OWN = "OWN"
"""The source of a question that a teacher brought in."""
LARGEST = 1_000_000
"""Characters that a file of questions may have."""
NO_REASON = "The teacher who wrote this question gave no further reason."
NOT_THIS = "This is not the answer."
EACH_REASON = "The reasons stand with the answers."
NOTE = "A teacher's own question. The course has not checked it."

__all__ = ["LARGEST", "LONGEST", "OWN", "Import", "ImportFailedError"]


class ImportFailedError(Exception):
    """The file holds no questions that can be asked; the message says where and why."""


@dataclass(frozen=True)
class Import:
    """The questions of a teacher's file as a topic.

    `left_out` names each question that is not in it, and why; `notes` what is shown otherwise
    than in the file.
    """

    topic: Topic
    left_out: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass
class Said:
    """What one question of a file says, and what there is to report of it."""

    topic: str
    notes: list[str] = field(default_factory=list)
    tex: bool = False

    def text(self, markup: object) -> str:
        """A text with markup as it is shown.

        Raises:
            ValueError: it is no text, too long, or cannot be shown.
        """
        return self._seen(shown(_text(markup)))

    def code(self, lines: object) -> str | None:
        """Lines of code; None where there are none."""
        return None if lines is None else verbatim(_text(lines)) or None

    def _seen(self, each: Shown) -> str:
        self.tex = self.tex or each.tex
        self.notes += each.notes
        return each.text


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.17g}" if isinstance(value, float) else str(value)
    raise ValueError(f"has {_short(value)} where a text belongs")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."  # noqa: PLR2004


def has_size(text: str) -> None:
    """Raises ImportFailedError where a text is too large for a file of questions."""
    if len(text) > LARGEST:
        raise ImportFailedError(f"has {len(text):,} characters; {LARGEST:,} are the most")


# --- a topic -----------------------------------------------------------------------------------


def gathered(
    items: Iterable[tuple[str, Any]],
    make: Callable[[Any, Said], Question],
    name: str,
    title: str,
    notes: Iterable[str] = (),
) -> Import:
    """The topic of what `make` makes of each item of a file, named by its place.

    Raises:
        ImportFailedError: none of them can be asked.
    """
    questions: dict[str, Question] = {}
    places: dict[str, str] = {}
    left_out: list[str] = []
    told = [*notes]
    for place, item in items:
        said = Said(name)
        try:
            question = _unlike(make(item, said), questions, name)
        except ValueError as error:
            left_out.append(f"{place}: {_reason(error)}")
            continue
        if question.id in questions:
            left_out.append(f"{place}: is {places[question.id]} again; it is asked once")
            continue
        questions[question.id] = question
        places[question.id] = place
        told += [f"{place}: {each}" for each in _noted(question, said)]
    if not questions:
        why = f": {'; '.join(left_out)}" if left_out else ""
        raise ImportFailedError(f"holds no question that can be asked here{why}")
    topic = Topic(id=name, title=title, questions=tuple(questions.values()))
    return Import(topic, tuple(left_out), tuple(told))


def _unlike(question: Question, others: Mapping[str, Question], topic: str) -> Question:
    """The question; a card with the front of another one and another back has its own id."""
    other = others.get(question.id)
    if question.kind != "recall" or other is None or other.why == question.why:
        return question
    return question.model_copy(update={"id": _id(topic, [*_key(question), ("back", question.why)])})


def _noted(question: Question, said: Said) -> list[str]:
    tex = ["formulas are shown as TeX writes them"] if question.tex else []
    return [*dict.fromkeys([*tex, *said.notes])]


def _reason(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        return error.errors()[0]["msg"].removeprefix("Value error, ")
    return str(error)


# --- a question --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """One of the answers of a question to choose from, as a file has it."""

    text: str
    right: bool
    feedback: str = ""
    code: str | None = None


def choosing(  # noqa: PLR0913 - what a file says of such a question
    said: Said,
    prompt: str,
    answers: Sequence[Answer],
    *,
    many: bool = False,
    code: str | None = None,
    why: str = "",
    lettered: bool = False,
) -> Question:
    """A question to choose; `many` is asked as such also where one answer is right.

    `why` is the reason that the file gives for the whole. `lettered` says that its program shows
    letters before the answers, so that one may mean another by its letter.

    Raises:
        ValueError: it cannot be asked; it says why.
    """
    if len(answers) < 2:  # noqa: PLR2004
        raise ValueError(f"has {len(answers)} answer to choose from; 2 are the least")
    if not any(each.right for each in answers):
        raise ValueError("no answer of it is right")
    several = many or sum(each.right for each in answers) > 1
    texts = [each.text for each in answers]
    if lettered and any(map(_means_letters, texts)):
        texts = [f"{chr(ord('A') + i)}. {text}" for i, text in enumerate(texts)]
    reasons = [each.feedback for each in answers if each.right and each.feedback]
    shared = len(set(reasons)) == 1 and (
        not several or len(reasons) == sum(e.right for e in answers)
    )
    choices = [
        Choice(
            id=f"choice-{i}",
            text=text,
            code=each.code,
            right=each.right,
            feedback=_feedback(each, hidden=shared or not several),
        )
        for i, (each, text) in enumerate(zip(answers, texts, strict=True), start=1)
    ]
    reason = " ".join(dict.fromkeys([*(reasons if shared else ()), *filter(None, [why])]))
    else_ = EACH_REASON if several and reasons else NO_REASON
    kept = {
        "choices": choices,
        "keeps_order": any(map(_means_others, texts)),
        **_common(said, prompt, code, reason or else_),
    }
    if several:
        return _with_id(ManyQuestion(kind="many", **kept), said.topic)
    return _with_id(SingleQuestion(kind="single", **kept), said.topic)


def _feedback(answer: Answer, *, hidden: bool) -> str | None:
    """A right answer's reason stands in the question's own, unless others have reasons too."""
    if answer.right:
        return None if hidden else answer.feedback or None
    return answer.feedback or NOT_THIS


_LETTERS = r"\(?[A-Ha-h]\)?"
_MEANS_LETTERS = re.compile(
    rf"^(?:both|only|neither|either|all of|none of|options?|answers?|choices?)?\s*{_LETTERS}"
    rf"(?:\s*(?:,|and|or|&|\+|nor|und|et|y|e|и)\s*{_LETTERS})+(?:\s+only|\s+are\b.*)?\.?$",
    re.IGNORECASE,
)
_MEANS_OTHERS = re.compile(
    r"""\b(?: (?:all|both|none|neither|any|each|either|some|two|three|most)\b .{0,20}
            \b(?:above|below|these|those|preceding|previous|following|listed|options?|answers?
               |choices?|others?|mentioned)
          | (?:the\s+)?(?:above|preceding|previous|other)\s+(?:two|three|answers?|options?|ones?)
          | (?:first|last)\s+(?:two|three|one|answer|option)
          | all\s+of\s+them | none\s+of\s+them | both\s+of\s+them
          | (?:only\s+)?(?:i{1,3}|iv|v|[1-9])\s*(?:,|and|&|or)\s*(?:i{1,3}|iv|v|[1-9])(?:\s+only)?$
          | (?:alle|keine?|beide)\b.{0,20}\b(?:genannt|oben|davon|antwort|oberen)
          | (?:tou(?:te)?s|aucune?|les\s+deux)\b.{0,25}\b(?:ci-dessus|précédent|réponses?|deux)
          | (?:todas|ningun[ao]|ambas)\b.{0,20}\b(?:anteriores|respuestas|correctas)
          | (?:todas|nenhuma|ambas)\b.{0,20}\b(?:anteriores|alternativas|respostas)
          | (?:tutt[ei]|nessun[ao]|entrambe)\b.{0,20}\b(?:precedenti|risposte)
          | (?:alla|inget|ingen|båda)\b.{0,20}\b(?:ovan|alternativ|dessa)
          | (?:all[et]|ingen|begge)\b.{0,20}\b(?:over|ovenfor|alternativene?|nevnte)
          | (?:alle|geen|beide)\b.{0,20}\b(?:bovenstaande|antwoorden)
          | (?:все|оба|ни\s+од\w+|ничего|всё)\b.{0,25}(?:выше|перечисл|вариант|ответ)
      )
      | 以上 | 上記 | 上述 | すべて正し | 두\s*가지\s*모두 | 모두\s*(?:맞|정답)
      | همه\s*موارد | هیچ\s*کدام | جميع\s*ما
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _means_letters(text: str) -> bool:
    """Whether an answer names others by their letters, such as `Both A and C`."""
    return bool(_MEANS_LETTERS.match(text.strip()))


def _means_others(text: str) -> bool:
    """Whether an answer speaks of others, such as `All of the above`: then all keep their place.

    Where in doubt it does: an order that is kept changes nothing.
    """
    return bool(_MEANS_OTHERS.search(text)) or _means_letters(text) or _is_lettered(text)


def _is_lettered(text: str) -> bool:
    return bool(re.match(r"^\(?[A-Ha-h1-9][.)]\s", text))


def counting(  # noqa: PLR0913 - what a file says of such a question
    said: Said,
    prompt: str,
    verdicts: Sequence[Verdict],
    *,
    otherwise: str = "",
    digits: int | None = None,
    code: str | None = None,
    why: str = "",
) -> Question:
    """A number to type.

    Raises:
        ValueError: no number is right, or a verdict cannot be kept.
    """
    if not any(each.right for each in verdicts):
        raise ValueError("no right number is given")
    reasons = [each.feedback for each in verdicts if each.right and each.feedback]
    reason = " ".join(dict.fromkeys([*reasons[:1], *filter(None, [why])]))
    question = ValuesQuestion(
        kind="values",
        verdicts=verdicts,
        otherwise=otherwise or NOT_THIS,
        digits=digits,
        **_common(said, prompt, code, reason or NO_REASON),
    )
    said.notes += _roundings(question)
    return _with_id(question, said.topic)


def _roundings(question: ValuesQuestion) -> list[str]:
    """A decimal with many places is a rounded number, and only its own digits are right."""
    exact = [
        each.range
        for each in question.verdicts
        if each.right and each.between[0] == each.between[1] and _places(each.between[0]) > 2  # noqa: PLR2004
    ]
    if question.digits or not exact:
        return []
    return [f"only exactly {', '.join(exact)} is right, no nearer number and no fraction"]


def _places(number: float) -> int:
    """Decimal places of a number as it is written."""
    return len(f"{number!r}".partition(".")[2]) if "e" not in repr(number) else 0


def card(said: Said, front: str, back: str, *, code: str | None = None) -> Question:
    """A flash card.

    Raises:
        ValueError: one of its sides is empty.
    """
    if not front or not back:
        raise ValueError(f"its {'front' if not front else 'back'} is empty")
    return _with_id(RecallQuestion(kind="recall", **_common(said, front, code, back)), said.topic)


def common(said: Said, prompt: str, why: str) -> dict[str, Any]:
    """The fields that every question of a teacher has."""
    return _common(said, prompt, None, why or NO_REASON)


def _common(said: Said, prompt: str, code: str | None, why: str) -> dict[str, Any]:
    if not prompt and not code:
        raise ValueError("asks nothing: its text is empty")
    return {
        "id": "own",
        "prompt": prompt or "Which answer goes with this code?",
        "code": code,
        "tex": said.tex,
        "why": why,
        "about": [said.topic],
        "sources": [OWN],
        "basis": "added",
        "note": NOTE,
    }


# --- ids ---------------------------------------------------------------------------------------


def _with_id(question: Question, topic: str) -> Question:
    return question.model_copy(update={"id": _id(topic, _key(question))})


with_id = _with_id


def _id(topic: str, key: Sequence[Any]) -> str:
    text = json.dumps([topic, *key], ensure_ascii=False, separators=(",", ":"))
    return f"{topic}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _key(question: Question) -> list[Any]:
    """What makes a question this question: what is asked, and what is right."""
    values = question.model_dump(mode="json", exclude_defaults=True)
    asked = {name: values[name] for name in ("kind", "prompt", "code") if name in values}
    told = {
        name: [
            {key: each[key] for key in each if key not in {"feedback", "id"}}
            for each in values[name]
        ]
        for name in ("choices", "verdicts")
        if name in values
    }
    matched = {name: values[name] for name in ("digits", "unit", "accepts") if name in values}
    if "pairs" in values:
        texts = {each["id"]: each["text"] for each in values["options"]}
        told["pairs"] = [[each["text"], texts[each["option"]]] for each in values["pairs"]]
    return [[name, each] for name, each in sorted({**asked, **told, **matched}.items())]


def with_known_ids(found: Import, before: Topic | None) -> Import:
    """The same import, its questions under the ids that they have in the topic of before."""
    if before is None:
        return found
    known = {json.dumps(_key(each)): each.id for each in before.questions}
    taken = {each.id for each in found.topic.questions}
    questions = []
    for each in found.topic.questions:
        name = known.pop(json.dumps(_key(each)), each.id)
        free = name == each.id or name not in taken
        questions.append(each.model_copy(update={"id": name}) if free else each)
    return Import(
        found.topic.model_copy(update={"questions": tuple(questions)}), found.left_out, found.notes
    )


# --- questions that the workbook wrote -----------------------------------------------------------

_ONE: TypeAdapter[Question] = TypeAdapter(Question)


def ours_or(
    theirs: Question,
    stored: Any,  # noqa: ANN401
    course: Iterable[Question],
    said: Said,
    again: Callable[[Question], Question | None],
) -> Question:
    """The question that the workbook wrote into a file, if the file still says the same of it.

    `theirs` is what the file shows to other programs, and `again` what it would show of ours; None
    where it cannot show it. Where somebody changed it there, or where ours is another one than the
    course has, what the file says counts.
    """
    ours = _whole(stored, course)
    if ours and again(ours) == theirs:
        said.notes.clear()
        return ours
    said.notes.append("was changed after the workbook wrote it: what the file says counts")
    return theirs


def _whole(stored: Any, course: Iterable[Question]) -> Question | None:  # noqa: ANN401
    try:
        question = _ONE.validate_python(stored)
    except ValidationError:
        return None
    known = {each.id: each for each in course}
    if question.picture is not None or known.get(question.id, question) != question:
        return None
    if known and question.id not in known and tuple(question.sources) != (OWN,):
        return None
    return question
