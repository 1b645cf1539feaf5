"""No text promises more than is known. Nothing here may be weakened to let a text pass."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from massage_workbook.course.schema import (
    Claim,
    Course,
    NotTaught,
    Position,
    Reference,
    Term,
)
from massage_workbook.invariants.reporting import Checks, Found
from massage_workbook.invariants.wording import Written, written
from massage_workbook.questions.choosing import Choice

REFUTED: dict[tuple[type[BaseModel], object], str] = {
    (Claim, "claim"): "what an article promises; the fields beside it take it back",
    (Position, "says"): "what an article says, beside what the course does",
    (Term, "article_says"): "an article's garbled words",
    (NotTaught, "name"): "the name of what is left out",
    (NotTaught, "why"): "what an article promises, and why the course does not",
    (Reference, "title"): "the title of somebody else's text",
}
"""Fields that quote a promise in order to take it back. Files are not exempt, only fields."""

BETTER = (
    r"(?:improv\w+|boost\w*|increas\w+|rais(?:es?|ing)|stimulat\w+|enhanc\w+|normalis\w+|"
    r"promot\w+|better)"
)
AWAY = (
    r"(?:gets? rid of|rid you of|frees?|takes? away|eliminat\w+|remov\w+|reliev\w+|eas(?:es?|ing)|"
    r"sooth\w+|reduc\w+|lessen\w*|dissolv\w+|drives? out|banish\w*|melts?|breaks? (?:down|up)|"
    r"flush\w*|squeez\w+ out|ends?(?! in| at))"
)
LOWER = r"(?:lower\w*|normalis\w+|reduc\w+|brings? down)"
FEW = r"\W+(?:\w+(?:['-]\w+)*\W+){0,4}?"
"""Up to four words between."""
PROMISES = {
    "cures": r"\bcur(?:e|es|ed|ing)\b",
    "heals": r"\bheal(?:s|ed|ing)?\b",
    "treats": r"\btreat(?:s|ed|ing|ments?)?\b",
    "is a therapy": r"\b(?:therapeutic|medicinal|remed(?:y|ies))\b",
    "cleanses": r"\b(?:toxins?|detox\w*|slags?|waste|purif\w+|cleanse[sd]?|cleansing)\b",
    "takes pain away": (
        rf"\b{AWAY}{FEW}(?:pains?|\w*aches?|spasms?|cramps?|migraines?)\b|"
        rf"\b(?:pains?|\w*aches?|spasms?){FEW}(?:goes|go) (?:away|as if)\b"
    ),
    "takes strain away": (
        rf"\b{AWAY}{FEW}(?:stress|tiredness|fatigue|tensions?|anxiety|swellings?)\b|"
        rf"\b(?:stress|tensions?|pains?|\w*aches?){FEW}(?:disappears?|vanish\w*|goes as if)\b"
    ),
    "dissolves": rf"\b{AWAY}{FEW}(?:salts?|fat|cellulite|deposits?|knots?|adhesions?|acid)\b",
    "betters the body": (
        rf"\b{BETTER}{FEW}(?:circulation|blood flow|metabolism|lymph|posture|sleep|digestion|"
        r"mobility|elasticity)\b|\bsleeps? better\b|\bnutrients?\b|\boxygen\b|"
        r"\btones? (?:the )?(?:skin|muscles?|body)\b"
    ),
    "makes normal": (rf"\b(?:back to|returns? to) normal\b|\bmakes?{FEW}normal\b|\bmore elastic\b"),
    "acts on nerves": (
        rf"\b(?:relax|calm|sooth|stimulat|act|work)\w*{FEW}(?:nerves?|nervous system)\b"
    ),
    "moves lymph": (
        rf"\blymph\w*{FEW}(?:drains?|drained|flows?|moves?|is pushed)\b|"
        r"\b(?:drain|push|mov)\w*\W+(?:the\W+)?lymph"
    ),
    "strengthens": (
        r"\bimmun\w+|\brejuvenat\w+|\bslim(?:s|mer|ming)?\b|\bweight loss\b|\bcapillar\w+"
    ),
    "lowers blood pressure": rf"\b{LOWER}{FEW}blood pressure\b",
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
    "prevents": rf"\bprevents?{FEW}(?:pain|illness|disease|injur\w+|strain)\b",
    "warms the muscle": r"\bwarm(?:s|ed|ing)?\W+(?:\w+\W+){0,3}?muscles?\b",
    "makes muscle yield": (
        r"\b(?:lets?|makes?|gets?)\W+(?:the\W+)?(?:tight\W+)?muscles?\W+"
        r"(?:give way|let go|relax|ready|soft)"
    ),
}
"""Reviewed: what a massage at home has not been shown to do, whoever says that it does."""

DENIAL = re.compile(
    r"\b(?:no|not(?! only| just)|nothing|never|neither|nor|nobody|none|cannot|without|instead of|"
    r"rather than|false|myth|whether)\b[^.;:!?]{0,60}$",
    re.IGNORECASE,
)
"""A promise that is denied in the same breath is none."""


ANY = re.compile("|".join(PROMISES.values()), re.IGNORECASE)
"""Most texts hold none, which one search tells."""


def promises(text: str) -> Iterator[tuple[str, str]]:
    """What a text promises: which promise, and the sentence."""
    flat = re.sub(r"(?:\s|-{2,})+", " ", text)  # a row of dashes can be parted in a million ways
    for sentence in re.split(r"(?<=[.!?])\s+", flat) if ANY.search(flat) else ():
        for name, pattern in PROMISES.items():
            for match in re.finditer(pattern, sentence, re.IGNORECASE):
                if not DENIAL.search(sentence[: match.start()]):
                    yield name, sentence


ALLOWED = {
    # What others do, or what happens by itself; no massage comes into it.
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
    # Asked or quoted, and taken back at once.
    r"^can massage treat illness\?$": "the question whose answer is no",
    r"^will this take away|^.will this take away my back pain": "the question whose answer is no",
    r"one article calls (?:that pain|the pain of a tender knot) harmless": "taken back",
    r"says that rubbing removes swelling; the course does not": "taken back",
    r"^kneading flushes waste out of the muscle$": "a claim to match with its verdict",
    r"promise of better sleep has hardly been shown": "taken back",
    r"promises less spasm and a better metabolism; neither is known": "taken back",
    r"waste, toxins or lactic acid is a myth": "taken back",
    r"that one of them heals has not been shown": "taken back",
    r"a home massage treats neither": "taken back",
    r"that it is among the best of methods has not been shown": "taken back",
    r"brings the pressure back to normal; the course does not follow": "taken back",
    # What anatomy says of lymph, not what hands do with it.
    r"how lymph (?:drains|flows from the skin of the back) differs": "why no way is promised",
    r"lymph that cannot drain": "what lymphoedema is",
}
"""Reviewed sentences that a pattern finds and that promise nothing, each with the reason."""


def is_allowed(sentence: str) -> bool:
    """Whether a sentence is one of those that were reviewed."""
    return any(re.search(pattern, sentence, re.IGNORECASE) for pattern in ALLOWED)


def stated(item: BaseModel) -> Iterator[Written]:
    """The texts of an item but for promises that it quotes to take back, and wrong choices."""
    for loc, owner, text in written(item, item):
        wrong = isinstance(owner, Choice) and not owner.right and loc[-1] == "text"
        if not wrong and (type(owner), loc[-1]) not in REFUTED:
            yield loc, owner, text


def _promises(item: BaseModel, _: Course) -> Found:
    """It promises nothing that a massage at home has not been shown to do."""
    for loc, _owner, text in stated(item):
        for name, sentence in promises(text):
            if not is_allowed(sentence):
                yield loc, f'"{sentence}" promises too much ({name}); say what is known'


CHECKS: Checks = dict.fromkeys(Course.model_fields, (_promises,))
