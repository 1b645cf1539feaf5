"""How much of the articles the course uses."""

from massage_workbook.course import coverage

from ..shipped import COURSE


def test_each_article_has_its_lines_with_content():
    for article in coverage.coverage(COURSE):
        assert 0 < article.cited <= article.content


def test_a_reason_for_leaving_a_line_out_does_not_count_as_using_it():
    without = COURSE.model_copy(update={"not_used": ()})
    before, after = coverage.coverage(COURSE), coverage.coverage(without)
    assert [each.cited for each in before] == [each.cited for each in after]
