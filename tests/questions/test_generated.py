"""Questions generated from the data."""

from massage_workbook.questions import generated
from massage_workbook.questions.grading import grade

from ..shipped import COURSE

TOPICS = generated.topics(COURSE)
EVERY = [question for topic in TOPICS for question in topic.questions]
CORE = {each.id: each for each in COURSE.techniques if each.standing == "core"}


def test_each_core_technique_and_zone_has_its_questions():
    names = {f"made-{kind}-{name}" for kind in ("hands", "contact") for name in CORE}
    names |= {f"made-zone-{zone.id}" for zone in COURSE.zones}
    assert names <= {question.id for question in EVERY}


def test_only_techniques_that_do_not_glide_have_a_tempo_question():
    tapped = {question.about[0] for question in EVERY if question.kind == "tempo"}
    assert tapped == {name for name, each in CORE.items() if not each.glides}
    assert 0 < len(tapped) < len(CORE)


def test_ids_and_choices_are_unique():
    ids = [question.id for question in EVERY]
    written = {question.id for topic in COURSE.topics for question in topic.questions}
    assert len({*ids} - written) == len(ids)
    for question in EVERY:
        assert question.id.endswith(question.about[0])
        texts = [choice.text for choice in getattr(question, "choices", ())]
        assert len({*texts}) == len(texts)
        assert len(texts) >= 3 or question.kind != "single"


def test_the_course_s_own_stroke_is_right_and_its_reverse_is_not():
    for question in [q for q in EVERY if q.kind == "stroke"]:
        way = question.path(COURSE)
        straight = [way[0], way[-1]]
        assert any(grade(question, each, COURSE).right for each in (straight, way))
        assert not grade(question, way[::-1], COURSE).right
