"""How much of the articles the course uses."""

from massage_workbook.course import coverage

from ..shipped import COURSE


def test_enough_of_the_articles_is_cited_and_the_rest_is_explained():
    assert coverage.shortfalls(coverage.coverage(COURSE)) == []


def test_each_article_has_its_lines_with_content():
    for article in coverage.coverage(COURSE):
        assert article.content > 0
        assert article.cited <= article.content


def without(file_lines):
    return COURSE.model_copy(update={"not_used": file_lines})


def test_a_line_left_out_without_a_reason_is_named():
    (told,) = coverage.shortfalls(coverage.coverage(without(())))
    assert told.startswith("sources.yaml: article E: line 251 is not cited; cite it, or give")


def test_a_reason_for_leaving_a_line_out_does_not_count_as_using_it():
    before, after = coverage.coverage(COURSE), coverage.coverage(without(()))
    assert [each.cited for each in before] == [each.cited for each in after]


def test_a_course_that_uses_little_is_refused():
    little = COURSE.model_copy(
        update=dict.fromkeys(("rules", "disagreements", "claims", "glossary", "techniques"), ())
    )
    told = coverage.shortfalls(coverage.coverage(little))
    assert told[-1].endswith("lines are cited; 98% must be")
