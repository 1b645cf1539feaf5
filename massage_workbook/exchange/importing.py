"""Building imported questions, their ids, and the report of an import; shared by all readers.

A question is imported with the meaning that it has in its file, or left out with the reason. Its id
depends on topic, prompt and answers, not on feedback, so that correcting the feedback keeps all
recorded answers.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from massage_workbook.exchange.markup import Rendered, clean_code, render
from massage_workbook.questions import MODELS, Question, Topic
from massage_workbook.questions.choices import Choice
from massage_workbook.questions.numeric import JudgedRange

_SOURCE = "OWN"
"""The source of an imported question."""
_MAX_CHARACTERS = 1_000_000
"""Maximum characters of a file."""
_NO_REASON = "The teacher who wrote this question gave no further reason."
_WRONG_ANSWER = "This is not the answer."
_REASONS_ABOVE = "The reasons are given with the answers."
_NOTE = "A teacher's own question. The course has not checked it."


class ImportFailedError(Exception):
    """The file has no usable questions; the message says where and why."""


@dataclass(frozen=True)
class Import:
    """The result of an import.

    `left_out` has the place of each question that is not in the topic, with the reason; `notes`
    list differences from the file.
    """

    topic: Topic
    left_out: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass
class Context:
    """The import of one question: its topic, and the questions of the course.

    `notes` list differences from the file; `tex` tells whether a text contains formulas.
    """

    topic: str
    course: Sequence[Question] = ()
    notes: list[str] = field(default_factory=list)
    tex: bool = False

    def text(self, markup: object) -> str:
        """Convert a text with markup.

        Raises:
            ValueError: it is not text, too long, or has unsupported markup.
        """
        return self._record(render(_text(markup)))

    def code(self, lines: object) -> str | None:
        """Lines of code; None if there are none.

        Raises:
            ValueError: they are not text, or too long.
        """
        return None if lines is None else clean_code(_text(lines)) or None

    def _record(self, each: Rendered) -> str:
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


def check_size(text: str) -> None:
    """Check the size of a file.

    Raises:
        ImportFailedError: it is too large.
    """
    if len(text) > _MAX_CHARACTERS:
        raise ImportFailedError(
            f"has {len(text):,} characters; at most {_MAX_CHARACTERS:,} are allowed"
        )


# --- a topic -----------------------------------------------------------------------------------


def build_import(
    items: Iterable[tuple[str, Any]],
    make: Callable[[Any, Context], Question],
    topic: tuple[str, str],
    course: Iterable[Question] = (),
    notes: Iterable[str] = (),
) -> Import:
    """Import each item of a file, given with its place, by `make`; `topic` is its id and title.

    Raises:
        ImportFailedError: no item is usable.
    """
    questions: dict[str, Question] = {}
    places: dict[str, str] = {}
    left_out: list[str] = []
    all_notes, course, (name, title) = [*notes], tuple(course), topic
    for place, item in items:
        context = Context(name, course)
        try:
            question = _with_distinct_id(make(item, context), questions, name)
        except ValueError as error:
            left_out.append(f"{place}: {_reason(error)}")
            continue
        if question.id in questions:
            left_out.append(f"{place}: repeats {places[question.id]}; it is asked once")
            continue
        questions[question.id] = question
        places[question.id] = place
        all_notes += [f"{place}: {each}" for each in _notes_of(question, context)]
    if not questions:
        why = f": {'; '.join(left_out)}" if left_out else ""
        raise ImportFailedError(f"contains no question that can be asked here{why}")
    found = Topic(id=name, title=title, questions=tuple(questions.values()))
    return Import(found, tuple(left_out), tuple(all_notes))


def _with_distinct_id(question: Question, others: Mapping[str, Question], topic: str) -> Question:
    """The question; a card that shares its front but not its back gets another id."""
    other = others.get(question.id)
    if question.kind != "recall" or other is None or other.why == question.why:
        return question
    return question.model_copy(update={"id": _id(topic, [*_key(question), ("back", question.why)])})


def _notes_of(question: Question, context: Context) -> list[str]:
    tex = ["formulas are shown as TeX writes them"] if question.tex else []
    return [*dict.fromkeys([*tex, *context.notes])]


def _reason(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        return error.errors()[0]["msg"].removeprefix("Value error, ")
    return str(error)


# --- a question --------------------------------------------------------------------------------


@dataclass(frozen=True)
class ImportedChoice:
    """A choice of a question in a file."""

    text: str
    right: bool
    feedback: str = ""
    code: str | None = None


def choice_question(  # noqa: PLR0913 - the fields of such a question
    context: Context,
    prompt: str,
    answers: Sequence[ImportedChoice],
    *,
    many: bool = False,
    code: str | None = None,
    why: str = "",
    lettered: bool = False,
) -> Question:
    """Build a question with one right choice, or several; `many` forces the latter kind.

    `why` is the general feedback of the file. `lettered` means that its program shows letters
    before the choices, which other choices may refer to.

    Raises:
        ValueError: there are too few choices, or no right one.
    """
    if len(answers) < 2:  # noqa: PLR2004
        raise ValueError("needs at least 2 answers to choose from")
    if not any(each.right for each in answers):
        raise ValueError("has no right answer")
    several = many or sum(each.right for each in answers) > 1
    texts = [each.text for each in answers]
    if lettered and any(map(_refers_to_letters, texts)):
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
    if several and reasons and not reason:
        reason = _REASONS_ABOVE
    kind, keeps_order = "many" if several else "single", any(map(_refers_to_others, texts))
    return build_question(
        kind, context, prompt, reason, code=code, choices=choices, keeps_order=keeps_order
    )


def _feedback(answer: ImportedChoice, *, hidden: bool) -> str | None:
    """The feedback of a choice; hidden where it is part of the question's reason."""
    if answer.right:
        return None if hidden else answer.feedback or None
    return answer.feedback or _WRONG_ANSWER


_LETTERS = r"\(?[A-Ha-h]\)?"
_REFERS_TO_LETTERS = re.compile(
    rf"^(?:both|only|neither|either|all of|none of|options?|answers?|choices?)?\s*{_LETTERS}"
    rf"(?:\s*(?:,|and|or|&|\+|nor|und|et|y|e|и)\s*{_LETTERS})+(?:\s+only|\s+are\b.*)?\.?$",
    re.IGNORECASE,
)
_REFERS_TO_OTHERS = re.compile(
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


def _refers_to_letters(text: str) -> bool:
    """Whether a choice refers to others by letter, such as `Both A and C`."""
    return bool(_REFERS_TO_LETTERS.match(text.strip()))


def _refers_to_others(text: str) -> bool:
    """Whether a choice refers to others, such as `All of the above`: then the order is kept.

    A false positive only keeps an order.
    """
    return bool(_REFERS_TO_OTHERS.search(text)) or _refers_to_letters(text) or _is_lettered(text)


def _is_lettered(text: str) -> bool:
    return bool(re.match(r"^\(?[A-Ha-h1-9][.)]\s", text))


def number_question(  # noqa: PLR0913 - the fields of such a question
    context: Context,
    prompt: str,
    verdicts: Sequence[JudgedRange],
    *,
    otherwise: str = "",
    digits: int | None = None,
    code: str | None = None,
    why: str = "",
) -> Question:
    """Build a question with a number to type.

    Raises:
        ValueError: no number is right, or a verdict is invalid.
    """
    if not any(each.right for each in verdicts):
        raise ValueError("has no right number")
    reasons = [each.feedback for each in verdicts if each.right and each.feedback]
    reason = " ".join(dict.fromkeys([*reasons[:1], *filter(None, [why])]))
    question = build_question(
        "values",
        context,
        prompt,
        reason,
        code=code,
        verdicts=verdicts,
        otherwise=otherwise or _WRONG_ANSWER,
        digits=digits,
    )
    context.notes += _roundings(question)
    return question


def _roundings(question: Question) -> list[str]:
    """A note for right answers with more than two decimals, which must match exactly."""
    exact = [
        each.in_words
        for each in question.verdicts
        if each.right and each.between[0] == each.between[1] and _places(each.between[0]) > 2  # noqa: PLR2004
    ]
    if question.digits or not exact:
        return []
    return [f"only exactly {', '.join(exact)} is right, no nearer number and no fraction"]


def _places(number: float) -> int:
    """The decimal places in a number's representation."""
    return len(f"{number!r}".partition(".")[2]) if "e" not in repr(number) else 0


def card_question(context: Context, front: str, back: str, *, code: str | None = None) -> Question:
    """Build a flash card.

    Raises:
        ValueError: one of its sides is empty.
    """
    if not front or not back:
        raise ValueError(f"its {'front' if not front else 'back'} is empty")
    return build_question("recall", context, front, back, code=code)


def build_question(
    kind: str,
    context: Context,
    prompt: str,
    why: str,
    *,
    code: str | None = None,
    **fields: Any,  # noqa: ANN401
) -> Question:
    """Build a question of a kind, with its own `fields` and those of all imported questions.

    Raises:
        ValueError: there is neither a prompt nor code, or a field is invalid.
    """
    if not prompt and not code:
        raise ValueError("asks nothing: its text is empty")
    question = MODELS[kind](
        id="own",
        kind=kind,
        prompt=prompt or "Which answer goes with this code?",
        code=code,
        tex=context.tex,
        why=why or _NO_REASON,
        about=[context.topic],
        sources=[_SOURCE],
        basis="added",
        note=_NOTE,
        **fields,
    )
    return question.model_copy(update={"id": _id(context.topic, _key(question))})


# --- ids ---------------------------------------------------------------------------------------


def _id(topic: str, key: Sequence[Any]) -> str:
    text = json.dumps([topic, *key], ensure_ascii=False, separators=(",", ":"))
    return f"{topic}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _key(question: Question) -> list[Any]:
    """The identity of a question: prompt and answers, without feedback."""
    values = question.model_dump(mode="json", exclude_defaults=True)
    asked = {name: values[name] for name in ("kind", "prompt", "code") if name in values}
    answers = {
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
        answers["pairs"] = [[each["text"], texts[each["option"]]] for each in values["pairs"]]
    return [[name, each] for name, each in sorted({**asked, **answers, **matched}.items())]


def with_known_ids(found: Import, before: Topic | None) -> Import:
    """The import, with the ids of equal questions in an earlier version of the topic."""
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


# --- questions exported by the workbook ----------------------------------------------------------

_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)


def original_or(
    theirs: Question,
    stored: Any,  # noqa: ANN401
    context: Context,
    reparsed: Callable[[Question], Question | None],
) -> Question:
    """The original question that the workbook stored in a file, unless the file was edited.

    `theirs` is parsed from the texts that other programs show, and `reparsed` exports and parses
    the original; None if its kind is not supported. If they differ, or the original differs from
    the course, `theirs` counts.
    """
    ours = _valid_original(stored, context.course)
    if ours and reparsed(ours) == theirs:
        context.notes.clear()
        return ours
    context.notes.append("was changed after the workbook wrote it: the file's version counts")
    return theirs


def _valid_original(stored: Any, course: Iterable[Question]) -> Question | None:  # noqa: ANN401
    try:
        question = _QUESTION.validate_python(stored)
    except ValidationError:
        return None
    known = {each.id: each for each in course}
    if question.picture is not None or known.get(question.id, question) != question:
        return None
    if known and question.id not in known and tuple(question.sources) != (_SOURCE,):
        return None
    return question
