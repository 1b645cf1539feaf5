"""Check that no text overstates health effects. Never weaken a pattern to let a text pass."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from massage_workbook.course.schema import Claim, Course, NotTaught, Reference, Term, Viewpoint
from massage_workbook.invariants.reporting import Checks, Violations
from massage_workbook.invariants.wording import LocatedText, texts_in
from massage_workbook.questions.choices import Choice

REFUTED: dict[tuple[type[BaseModel], object], str] = {
    (Claim, "claim"): "an article's promise, refuted by the other fields",
    (Viewpoint, "says"): "an article's view, beside that of the course",
    (Term, "article_says"): "an article's garbled words",
    (NotTaught, "name"): "the name of a practice that is not taught",
    (NotTaught, "why"): "an article's promise, and why the course rejects it",
    (Reference, "title"): "the title of an outside source",
}
"""Fields that quote a promise which other fields of the item refute, each with the reason."""

_BETTER = (
    r"(?:improv\w+|boost\w*|increas\w+|rais(?:es?|ing)|stimulat\w+|enhanc\w+|normalis\w+|"
    r"promot\w+|better)"
)
_AWAY = (
    r"(?:gets? rid of|rid you of|frees?|takes? away|eliminat\w+|remov\w+|reliev\w+|eas(?:es?|ing)|"
    r"sooth\w+|reduc\w+|lessen\w*|dissolv\w+|drives? out|banish\w*|melts?|breaks? (?:down|up)|"
    r"flush\w*|squeez\w+ out|ends?(?! in| at))"
)
_LOWER = r"(?:lower\w*|normalis\w+|reduc\w+|brings? down)"
_GAP = r"\W+(?:\w+(?:['-]\w+)*\W+){0,4}?"
"""Up to four words between two parts of a pattern."""
PROMISES = {
    "cures": r"\bcur(?:e|es|ed|ing)\b",
    "heals": r"\bheal(?:s|ed|ing)?\b",
    "treats": r"\btreat(?:s|ed|ing|ments?)?\b",
    "is a therapy": r"\b(?:therapeutic|medicinal|remed(?:y|ies))\b",
    "cleanses": r"\b(?:toxins?|detox\w*|slags?|waste|purif\w+|cleanse[sd]?|cleansing)\b",
    "takes pain away": (
        rf"\b{_AWAY}{_GAP}(?:pains?|\w*aches?|spasms?|cramps?|migraines?)\b|"
        rf"\b(?:pains?|\w*aches?|spasms?){_GAP}(?:goes|go) (?:away|as if)\b"
    ),
    "takes strain away": (
        rf"\b{_AWAY}{_GAP}(?:stress|tiredness|fatigue|tensions?|anxiety|swellings?)\b|"
        rf"\b(?:stress|tensions?|pains?|\w*aches?){_GAP}(?:disappears?|vanish\w*|goes as if)\b"
    ),
    "dissolves": rf"\b{_AWAY}{_GAP}(?:salts?|fat|cellulite|deposits?|knots?|adhesions?|acid)\b",
    "betters the body": (
        rf"\b{_BETTER}{_GAP}(?:circulation|blood flow|metabolism|lymph|posture|sleep|digestion|"
        r"mobility|elasticity)\b|\bsleeps? better\b|\bnutrients?\b|\boxygen\b|"
        r"\btones? (?:the )?(?:skin|muscles?|body)\b"
    ),
    "makes normal": (
        rf"\b(?:back to|returns? to) normal\b|\bmakes?{_GAP}normal\b|\bmore elastic\b"
    ),
    "acts on nerves": (
        rf"\b(?:relax|calm|sooth|stimulat|act|work)\w*{_GAP}(?:nerves?|nervous system)\b"
    ),
    "moves lymph": (
        rf"\blymph\w*{_GAP}(?:drains?|drained|flows?|moves?|is pushed)\b|"
        r"\b(?:drain|push|mov)\w*\W+(?:the\W+)?lymph"
    ),
    "strengthens": (
        r"\bimmun\w+|\brejuvenat\w+|\bslim(?:s|mer|ming)?\b|\bweight loss\b|\bcapillar\w+"
    ),
    "lowers blood pressure": rf"\b{_LOWER}{_GAP}blood pressure\b",
    "is certain": (
        r"\bguarant\w+|\bmiracl\w+|\bproven\b|\bwithout fail\b|"
        r"\balways (?:helps?|works|relaxes|calms)\b|\bamong the best\b|\bmost effective\b"
    ),
    "is without risk": (
        r"\b(?:harmless|risk-free|safest|(?:perfectly|completely|quite|always) safe|no risk|"
        r"cannot (?:do any )?harm|can do no harm)\b"
    ),
    "helps against illness": (
        r"\b(?:helps?|good|works?|effective) (?:against|for|with) (?:an? |the |your )?"
        r"(?:back pain|pain|\w*aches?|migraines?|insomnia|sleeplessness|depression|anxiety|"
        r"arthritis|sciatica|slipped discs?|illness\w*|diseases?)\b"
    ),
    "prevents": rf"\bprevents?{_GAP}(?:pain|illness|disease|injur\w+|strain)\b",
    "warms the muscle": r"\bwarm(?:s|ed|ing)?\W+(?:\w+\W+){0,3}?muscles?\b",
    "makes muscle yield": (
        r"\b(?:lets?|makes?|gets?)\W+(?:the\W+)?(?:tight\W+)?muscles?\W+"
        r"(?:give way|let go|relax|ready|soft)"
    ),
}
"""Patterns of effects that massage at home has not been shown to have; reviewed."""

_DENIAL = re.compile(
    r"\b(?:no|not(?! only| just)|nothing|never|neither|nor|nobody|none|cannot|without|instead of|"
    r"rather than|false|myth|whether)\b[^.;:!?]{0,60}$",
    re.IGNORECASE,
)
"""A denial before the promise, in the same clause."""


_ANY_PROMISE = re.compile("|".join(PROMISES.values()), re.IGNORECASE)
"""One combined search, since most texts contain no promise."""


def find_promises(text: str) -> Iterator[tuple[str, str]]:
    """The promises in a text: the kind and the sentence of each."""
    flat = re.sub(r"(?:\s|-{2,})+", " ", text)  # a run of dashes would backtrack exponentially
    for sentence in re.split(r"(?<=[.!?])\s+", flat) if _ANY_PROMISE.search(flat) else ():
        for name, pattern in PROMISES.items():
            for match in re.finditer(pattern, sentence, re.IGNORECASE):
                if not _DENIAL.search(sentence[: match.start()]):
                    yield name, sentence


ALLOWED = {
    # Treatment by others, and healing by itself: nothing to do with massage.
    r"treatment team|(?:doctor|team|people|those) (?:who|that) treats?": "who is asked",
    r"ask (?:those|the people) who treat": "who is asked",
    r"(?:clot|swelling) (?:that )?is being treated|are you being treated for": "a doctor treats it",
    r"^it is (?:being )?treated(?: already|, so|\.$)": "a doctor treats the illness of a question",
    r"treated for (?:breast )?cancer|treated with rays|ask those who treated it": "as before",
    r"draining (?:a swelling )?is a treatment": "what trained people do",
    r"treatment is a profession|for treatment one trains": "sends to trained people",
    r"(?:everything that|what) needs treatment": "sends to trained people",
    r"the team that treats it": "who is asked",
    r"course treats it as a (?:stop )?sign": "another meaning of the word",
    r"are healing|still (?:sore or )?healing|healing scars|hinders healing": "wounds, left alone",
    r"until it has healed|^the place heals longer|^you can heal in peace": "wounds, left alone",
    r"fever.{0,60}weight loss|weight loss without (?:a reason|trying)": "a warning sign",
    r"one still being treated\?$|where a tumour was treated": "a doctor treats it",
    r"its treatment lasts|was any treatment, tablets too": "a doctor treats it",
    r"any treatment or tablet for it": "a doctor treats it",
    r"do you need oxygen or get breathless": "a sign of illness",
    r"such beats are harmless, but only|^usually harmless; have them": "sends to a doctor",
    r"one calls it harmless and|^moles, bites, harmless": "a doctor's word",
    r"a doctor called harmless": "a doctor's word",
    r"(?:called it|it is|has called) harmless": "a doctor's word on a rash or a lump",
    # Quoted and refuted in the same text.
    r"^can massage treat illness\?$": "the question whose answer is no",
    r"^will this take away|^.will this take away my back pain": "the question whose answer is no",
    r"one article calls (?:that pain|the pain of a tender knot) harmless": "refuted there",
    r"says that rubbing removes swelling; the course does not": "refuted there",
    r"^kneading flushes waste out of the muscle$": "a claim to match with its verdict",
    r"promise of better sleep has hardly been shown": "refuted there",
    r"promises less spasm and a better metabolism; neither is known": "refuted there",
    r"waste, toxins or lactic acid is a myth": "refuted there",
    r"that one of them heals has not been shown": "refuted there",
    r"a home massage treats neither": "refuted there",
    r"that it is among the best of methods has not been shown": "refuted there",
    r"brings the pressure back to normal; the course does not follow": "refuted there",
    # Anatomy of the lymph, not an effect of massage.
    r"how lymph (?:drains|flows from the skin of the back) differs": "why no direction is promised",
    r"lymph that cannot drain": "what lymphoedema is",
}
"""Patterns of reviewed sentences that promise nothing, each with the reason."""


def is_allowed(sentence: str) -> bool:
    """Whether a sentence was reviewed and allowed."""
    return any(re.search(pattern, sentence, re.IGNORECASE) for pattern in ALLOWED)


def texts_stated(item: BaseModel) -> Iterator[LocatedText]:
    """The texts of an item, without refuted quotations and wrong choices."""
    for loc, owner, text in texts_in(item, item):
        wrong = isinstance(owner, Choice) and not owner.right and loc[-1] == "text"
        if not wrong and (type(owner), loc[-1]) not in REFUTED:
            yield loc, owner, text


def _promises(item: BaseModel, _: Course) -> Violations:
    """Texts promise no effect that massage at home has not been shown to have."""
    for loc, _owner, text in texts_stated(item):
        for name, sentence in find_promises(text):
            if not is_allowed(sentence):
                yield loc, f'"{sentence}" promises too much ({name}); say what is known'


CHECKS: Checks = dict.fromkeys(Course.model_fields, (_promises,))
