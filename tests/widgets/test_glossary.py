from massage_workbook.widgets.glossary import Glossary

from ..shipped import COURSE

ROWS = Glossary(COURSE).terms
BY_ID = {row["id"]: row for row in ROWS}


def test_every_term_is_there_in_the_order_of_the_alphabet():
    assert BY_ID.keys() == {term.id for term in COURSE.glossary}
    english = [row["english"].lower().removeprefix("a ") for row in ROWS]
    assert english == sorted(english)
    assert english[0] == "acupressure"


def test_a_term_has_its_three_names_its_meaning_and_its_sources():
    for term in COURSE.glossary:
        row = BY_ID[term.id]
        names = row["english"], row["swedish"], row["russian"]
        assert names == (term.names.english, term.names.swedish, term.names.russian)
        assert row["meaning"] == term.meaning
        assert row["article_says"] == term.article_says
        assert row["who"]["sources"]
