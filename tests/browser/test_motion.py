"""How the hands on a map look."""

from massage_workbook.widgets.back_map import BackMap
from massage_workbook.widgets.bundle import bundle

from ..views.tours import leg, pass_of
from .bare import bare_page

SCRIPT = BackMap.script.parent / "shared" / "motion.js"
LOOK = """async ([text, tours]) => {
    const made = new Blob([text], { type: "text/javascript" });
    const { makeHands } = await import(URL.createObjectURL(made));
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const hands = makeHands(picture);
    return tours.map(tour => {
        hands.show(tour, 1);
        const [shadow, palm, contact] = picture.querySelectorAll("path");
        const [size] = palm.parentNode.getAttribute("transform").match(/[\\d.]+(?=\\)$)/);
        return { size: Number(size), contact: Number(contact.getAttribute("opacity")) };
    });
}"""


def test_a_hand_in_the_air_is_larger_and_a_firm_one_has_a_deeper_colour(browser):
    tours = [pass_of(leg()), pass_of(leg(), moves="lifts"), pass_of(leg(force=1))]
    with bare_page(browser) as bare:
        pressed, lifted, soft = bare.page.evaluate(LOOK, [bundle(SCRIPT), tours])
    assert lifted["size"] > pressed["size"] == soft["size"] == 1
    assert pressed["contact"] > soft["contact"] > lifted["contact"] == 0
