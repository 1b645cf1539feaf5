"""GIFT, the text format of Moodle.

Moodle's grading is preserved: ranges include both ends, and the first range that contains a number
counts.
"""

import html
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from massage_workbook.exchange import exporting, importing
from massage_workbook.exchange.exporting import ORIGINAL_KEY, Export
from massage_workbook.exchange.importing import Context, Import, ImportedChoice, ImportFailedError
from massage_workbook.exchange.markup import code_to_html, to_html
from massage_workbook.questions import MatchQuestion, Question, Topic
from massage_workbook.questions.match import Option, Pair
from massage_workbook.questions.numeric import JudgedRange, NumericKind

_WEIGHTS = {right: f"{100 / right:.7g}" for right in range(1, 11)}
"""Number of right answers -> percent of each; Moodle accepts no other percentages."""
_ORIGINAL_COMMENT = f"// {ORIGINAL_KEY}: "
_SPECIAL = re.compile(r"([\\~=#{}:])")
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_WEIGHT = re.compile(r"^%(-?\d{1,3}(?:\.\d*)?)%")


# --- writing -----------------------------------------------------------------------------------


def to_gift(topics: Iterable[Topic]) -> Export:
    """Export the questions that Moodle supports, with feedback and reasons.

    A comment before each contains the original question, for a lossless import.
    """

    def write(rows: Sequence[tuple[Topic, Question]]) -> str:
        return "\n".join(f"{_comment(question)}\n{_block(question)}\n" for _, question in rows)

    return exporting.build_export(topics, write, _is_supported)


def _comment(question: Question) -> str:
    return _ORIGINAL_COMMENT + exporting.to_safe_json(exporting.serialised(question))


def _is_supported(question: Question) -> bool:
    if question.kind == "many":
        return sum(each.right for each in question.choices) in _WEIGHTS
    if question.kind == "values":
        return not question.digits and not any(each.open_end for each in question.verdicts)
    return question.kind in {"single", "case", "number", "match"}


def _block(question: Question) -> str:
    unit = getattr(question, "unit", "")
    prompt = to_html(f"{question.prompt} ({unit})" if unit else question.prompt)
    code = code_to_html(question.code) if question.code else ""
    asked = _escaped(f"<p>{prompt}</p>{code}" if code else prompt)
    answers = "\n".join(f"\t{each}" for each in _answers(question))
    why = _to_markup(question.why)
    return f"::{_escaped(question.id)}::[html]{asked}{{{answers}\n\t####{why}\n}}\n"


def _answers(question: Question) -> list[str]:
    if isinstance(question, NumericKind):
        return ["#", *_numbers(question)]
    if isinstance(question, MatchQuestion):
        return ["", *_pairs(question)]
    return ["", *_choices(question)]


def _choices(question: Question) -> Iterator[str]:
    remarks = question.remarks()
    right, wrong = "=", "~"
    if question.kind == "many":
        share = _WEIGHTS[sum(each.right for each in remarks)]
        right, wrong = f"~%{share}%", f"~%-{share}%"
    for markup, remark in zip(exporting.choices_to_html(question), remarks, strict=True):
        feedback = f"#{_to_markup(remark.feedback)}" if remark.feedback else ""
        yield f"{right if remark.right else wrong}{_safe(markup)}{feedback}"


def _numbers(question: Question) -> Iterator[str]:
    for each in question.verdicts:
        weight = 100 if each.right else 0
        yield f"=%{weight}%{_span(*each.between)}#{_to_markup(each.feedback or '')}"
    yield f"~#{_to_markup(question.otherwise)}"


def _span(low: float, high: float) -> str:
    return f"{low!r}:0" if low == high else f"{low!r}..{high!r}"


def _pairs(question: MatchQuestion) -> Iterator[str]:
    texts = {option.id: option.text for option in question.options}
    for pair in question.pairs:
        yield f"={_to_markup(pair.text)} -> {_to_markup(texts[pair.option])}"
    used = {pair.option for pair in question.pairs}
    for option in question.options:
        if option.id not in used:
            yield f"= -> {_to_markup(option.text)}"


def _to_markup(text: str) -> str:
    return _safe(to_html(text))


def _safe(markup: str) -> str:
    """Markup that cannot be mistaken for a weight, a format or the arrow of a pair."""
    if markup.startswith(("%", "[")):
        markup = f"&#{ord(markup[0])};{markup[1:]}"
    return _escaped(markup.replace("-&gt;", "&#45;&gt;"))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


# --- reading -----------------------------------------------------------------------------------


def from_gift(text: str, name: str, title: str, course: Iterable[Question] = ()) -> Import:
    """Import a teacher's questions from the text of a GIFT file.

    Raises:
        ImportFailedError: the text is too large, or has no usable question.
    """
    importing.check_size(text)
    blocks = list(_blocks(text.lstrip("\ufeff")))
    if not any("{" in block for _, block, _ in blocks):
        raise ImportFailedError(
            "is not a file of questions: it is neither JSON of jupyterquiz or"
            " jupytercards, nor GIFT, Aiken, or text of Anki"
        )
    items = [
        (f"question {i} (line {line})", (block, original))
        for i, (line, block, original) in enumerate(blocks, start=1)
    ]
    categories = ["categories are not kept"] if re.search(r"(?m)^\s*\$CATEGORY:", text) else []
    return importing.build_import(items, _import_question, (name, title), course, categories)


def _blocks(text: str) -> Iterator[tuple[int, str, str | None]]:
    """The first line number, the text and the original comment of each question."""
    rows: list[str] = []
    first, original = 1, None
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip().startswith("//"):
            if line.strip().startswith(_ORIGINAL_COMMENT):
                original = line.strip().removeprefix(_ORIGINAL_COMMENT)
        elif line.strip().startswith("$CATEGORY:"):
            continue
        elif line.strip():
            first = first if rows else number
            rows.append(line.strip())
        elif rows:
            yield first, "\n".join(rows), original
            rows, original = [], None


def _import_question(item: tuple[str, str | None], context: Context) -> Question:
    block, original = item
    theirs = _parse_question(block, context)
    if original is None:
        return theirs
    try:
        stored = json.loads(original)
    except (ValueError, RecursionError):
        stored = None
    return importing.original_or(theirs, stored, context, lambda one: _reparsed(one, context.topic))


def _reparsed(question: Question, topic: str) -> Question | None:
    if not _is_supported(question):
        return None
    ((_, block, _),) = _blocks(_block(question))
    return _parse_question(block, Context(topic))


def _hide_escapes(text: str) -> str:
    """The text with each escaped character mapped to a private-use one."""
    return _ESCAPED.sub(lambda found: chr(0xE000 + ord(found[1])), text)


def _restore_escapes(text: str) -> str:
    """The text with its escaped characters restored."""
    return re.sub("[\ue000-\ue07f]", lambda each: chr(ord(each[0]) - 0xE000), text)


class _Texts:
    """Converts the texts of a question from its text format."""

    def __init__(self, context: Context, form: str) -> None:
        self.context, self._form = context, form

    def __call__(self, text: str) -> str:
        form, text = _format(text.strip(), self._form)
        text = text.replace(chr(0xE000 + ord("n")), "\n")
        if form == "markdown":
            self.context.notes.append("Markdown is shown as it is written")
        if form in {"plain", "markdown"}:
            text = html.escape(text)
        if form != "html":
            text = text.replace("\n", "<br>")
        return self.context.text(_restore_escapes(text))


def _format(text: str, otherwise: str) -> tuple[str, str]:
    found = re.match(r"^\[(html|plain|markdown|moodle)\]", text)
    return (found[1], text[found.end() :]) if found else (otherwise, text)


def _parse_question(block: str, context: Context) -> Question:
    text = _hide_escapes(block)
    if text.startswith("::") and "::" in text[2:]:
        text = text[2:].split("::", 1)[1].strip()
    if "{" not in text and "}" not in text:
        raise ValueError("is a description, which asks nothing")
    begins, ends = text.find("{"), text.find("}")
    if begins < 0 or ends < begins:
        raise ValueError("has { without } in one block; its lines have no empty line between them")
    before, inside, after = text[:begins], text[begins + 1 : ends].strip(), text[ends + 1 :]
    if "{" in after or "}" in after:
        raise ValueError("has more than one place for an answer, or a { or } that is not escaped")
    form, before = _format(before.lstrip(), "moodle")
    texts = _Texts(context, form)
    gap = "_____" if after.strip() else ""
    prompt = texts(f"{before}{gap}{after}")
    inside, _, general = inside.partition("####") if "####" in inside else (inside, "", "")
    return _parse_answers(prompt, inside.strip(), texts(general) if general.strip() else "", texts)


def _parse_answers(prompt: str, inside: str, why: str, texts: _Texts) -> Question:
    if not inside:
        raise ValueError("is an essay, which cannot be graded here")
    if inside.startswith("#"):
        return _parse_numbers(prompt, inside[1:].strip(), why, texts)
    if "~" in inside:
        return _parse_choices(prompt, inside, why, texts)
    if inside.startswith("=") and "->" in inside:
        return _parse_pairs(prompt, inside, why, texts)
    verdict, *feedback = (each.strip() for each in inside.split("#", 2))
    if verdict.upper() in {"T", "TRUE", "F", "FALSE"}:
        wrong, right = ([texts(each) for each in feedback] + ["", ""])[:2]
        is_true = verdict.upper().startswith("T")
        answers = [
            ImportedChoice(name, value == is_true, right if value == is_true else wrong)
            for name, value in (("True", True), ("False", False))
        ]
        question = importing.choice_question(texts.context, prompt, answers, why=why)
        return question.model_copy(update={"keeps_order": True})
    raise ValueError("a text to type cannot be asked here")


def _parse_weight(answer: str, otherwise: float) -> tuple[float, str, str]:
    """The percentage, text and feedback of an answer."""
    found = _WEIGHT.match(answer)
    weight = float(found[1]) if found else otherwise
    text, _, feedback = answer[found.end() if found else 0 :].partition("#")
    return weight, text.strip(), feedback.strip()


def _parse_choices(prompt: str, inside: str, why: str, texts: _Texts) -> Question:
    parts = [each.strip() for each in re.split(r"(?=[~=])", inside) if each.strip()]
    if any(not each.startswith(("~", "=")) for each in parts):
        raise ValueError(f'has "{parts[0][:30]}" before its first answer')
    found = [_parse_weight(each[1:].strip(), 100 if each[0] == "=" else 0) for each in parts]
    single = any(each[0] == "=" for each in parts)
    full = [weight == 100 for weight, _, _ in found]  # noqa: PLR2004
    if single and (sum(full) != 1 or any(0 < weight < 100 for weight, _, _ in found)):  # noqa: PLR2004
        raise ValueError(
            "has several answers that count alone, wholly or in part, which cannot be asked here"
        )
    right = [weight > 0 for weight, _, _ in found]
    if not single and not math.isclose(sum(w for w, _, _ in found if w > 0), 100, abs_tol=0.1):
        raise ValueError("its right answers do not make 100% together")
    if not single and not _is_even([w for w, _, _ in found]):
        texts.context.notes.append("the percentages of its answers are not kept: each counts alike")
    answers = [
        ImportedChoice(texts(text), is_right, texts(feedback) if feedback else "")
        for (_, text, feedback), is_right in zip(found, right, strict=True)
    ]
    return importing.choice_question(
        texts.context, prompt, answers, many=not single, why=why, lettered=True
    )


def _is_even(weights: Sequence[float]) -> bool:
    """Whether all weights have the same size, as in our own exports."""
    sizes = [abs(each) for each in weights]
    return all(math.isclose(one, other, abs_tol=0.1) for one, other in pairwise(sizes))


def _parse_numbers(prompt: str, inside: str, why: str, texts: _Texts) -> Question:
    inside, _, wrong = inside.partition("~")
    otherwise = texts(wrong.partition("#")[2]) if "#" in wrong else ""
    verdicts = []
    for each in filter(None, (part.strip() for part in inside.split("="))):
        weight, number, feedback = _parse_weight(each, 100)
        if 0 < weight < 100:  # noqa: PLR2004
            raise ValueError("has a number that counts in part, which cannot be asked here")
        comment = (texts(feedback) if feedback else "") or None
        if _restore_escapes(number) == "*" and weight == 0:
            otherwise = comment or otherwise
            continue
        verdicts.append(
            JudgedRange(between=_ends(_restore_escapes(number)), right=weight > 0, feedback=comment)
        )
    return importing.number_question(texts.context, prompt, verdicts, otherwise=otherwise, why=why)


def _ends(text: str) -> tuple[float, float]:
    """The inclusive range of `3..5`, `4:1` or `4`."""
    try:
        if ".." in text:
            low, high = map(float, text.split("..", 1))
        elif ":" in text:
            number, around = map(float, text.split(":", 1))
            low, high = _sum(number, -around), _sum(number, around)
        else:
            low = high = float(text)
    except ValueError:
        raise ValueError(f'has "{text}" where a number belongs') from None
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError(f'has "{text}" where a number belongs')
    return low, high


def _sum(number: float, around: float) -> float:
    """The sum without rounding errors: 0.3, not 0.30000000000000004."""
    return float(f"{number + around:.15g}")


def _parse_pairs(prompt: str, inside: str, why: str, texts: _Texts) -> Question:
    rows: list[tuple[str, str]] = []
    for each in filter(None, (part.strip() for part in inside.split("="))):
        if "->" not in each:
            raise ValueError(
                f'has "{_restore_escapes(each)[:30]}" without -> and what it goes with'
            )
        left, _, right = each.partition("->")
        rows.append((texts(left) if left.strip() else "", texts(right)))
    names = list(dict.fromkeys(right for _, right in rows))
    options = {text: f"option-{i}" for i, text in enumerate(names, start=1)}
    pairs = [
        Pair(id=f"pair-{i}", text=left, option=options[right], feedback=f"It goes with: {right}")
        for i, (left, right) in enumerate((row for row in rows if row[0]), start=1)
    ]
    for what, count in (("pairs", len(pairs)), ("things to choose from", len(options))):
        if not 2 <= count <= 6:  # noqa: PLR2004
            raise ValueError(f"has {count} {what}; 2 to 6 can be asked here")
    listed = [Option(id=name, text=text) for text, name in options.items()]
    return importing.build_question(
        "match", texts.context, prompt, why, options=listed, pairs=pairs
    )
