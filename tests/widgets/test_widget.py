"""What all widgets share: one module for each, of one script or of several."""

import re
from collections import Counter

import pytest

from massage_workbook.widgets import back_map, player
from massage_workbook.widgets.widget import LINKS, NODE, Widget, one_module

DECLARED = re.compile(
    r"^(?:export )?(?:default )?(?:async )?(?:function\*?|const|let|var|class) +([\w$]+)",
    re.MULTILINE,
)


def made_of_several():
    assert back_map.BackMap
    assert player.Player
    return [each for each in Widget.__subclasses__() if each.scripts]


@pytest.mark.parametrize("widget", made_of_several(), ids=lambda each: each.__name__)
def test_scripts_that_make_one_module_share_no_name(widget):
    assert Counter(DECLARED.findall(widget._esm)).most_common(1)[0][1] == 1


@pytest.mark.parametrize("widget", made_of_several(), ids=lambda each: each.__name__)
def test_scripts_that_make_one_module_end_with_its_only_export_of_a_widget(widget):
    *others, last = (path.read_text(encoding="utf-8") for path in widget.scripts)
    assert [text.count("export default") for text in (*others, last)] == [0] * len(others) + [1]
    assert not any(re.search(r"^import\b", text, re.MULTILINE) for text in (*others, last))


def test_a_module_has_all_of_its_scripts_in_their_order():
    motion, own = back_map.BackMap.scripts
    assert one_module([motion, own]).startswith(motion.read_text(encoding="utf-8"))
    assert one_module([motion, own]).endswith(own.read_text(encoding="utf-8"))
    assert back_map.BackMap()._esm == one_module([LINKS, NODE, motion, own])


def test_every_widget_follows_links_to_lessons():
    links = LINKS.read_text(encoding="utf-8")
    assert [each.__name__ for each in Widget.__subclasses__() if links not in each._esm] == []
