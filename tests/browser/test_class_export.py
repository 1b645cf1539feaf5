"""What a teacher would get: folded at first, then all rows, and a file of them."""

from playwright.sync_api import expect

from massage_workbook.classroom.sending import ADDRESS
from massage_workbook.widgets.class_export import FILE_NAME, ClassExport

from ..classroom.classes import SINGLES, answer, submission
from .widget_page import widget_page

GIVEN = submission(1, [answer(q, right=i % 3 > 0) for i, q in enumerate(SINGLES[:30])])


def test_rows_are_shown_before_they_are_written_and_an_error_is_told(browser):
    # Port 9 discards; nobody listens there.
    widget = ClassExport(lambda: GIVEN, {ADDRESS: "http://127.0.0.1:9/submit"})
    with widget_page(browser, widget) as host:
        share = host.page.locator(".mw-class-export")
        expect(share.get_by_role("button")).to_have_count(0)
        share.locator("summary").press("Enter")
        expect(share.locator("tbody tr")).to_have_count(len(GIVEN.rows))
        with host.page.expect_download() as downloading:
            share.get_by_role("button", name="Write it to a file").click()
        assert downloading.value.suggested_filename == FILE_NAME
        assert downloading.value.path().read_text() == GIVEN.to_text()
        share.get_by_role("button", name="Send it to my class").click()
        expect(share.get_by_role("alert")).to_contain_text("Your class cannot be reached")
        expect(share.locator(".said")).to_be_empty()
