"""Coverage of the articles by the course."""

from massage_workbook.course import coverage

from ..shipped import COURSE


def test_each_article_has_content_lines():
    for article in coverage.measure_coverage(COURSE):
        assert 0 < article.cited <= article.content


def test_a_reason_for_leaving_a_line_out_does_not_count_as_using_it():
    without = COURSE.model_copy(update={"not_used": ()})
    before, after = coverage.measure_coverage(COURSE), coverage.measure_coverage(without)
    assert [each.cited for each in before] == [each.cited for each in after]
