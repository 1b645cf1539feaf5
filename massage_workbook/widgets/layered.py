"""Muscles and bones under the skin, sent to the page on request."""

from typing import Any, Literal

from pydantic import TypeAdapter

from massage_workbook.widgets.body import OnBody
from massage_workbook.widgets.pictures import layers_svg
from massage_workbook.widgets.widget import Interactive, Message, course


class Layers(Message):
    """Request for the muscles and bones, which the page then keeps for all its pictures."""

    do: Literal["layers"]


class Layered(OnBody, Interactive):
    """A widget with pictures of the back that can show muscles and bones."""

    messages = TypeAdapter(Layers)

    def _carry_out(self, message: Any) -> dict[str, Any] | None:  # noqa: ANN401, ARG002
        return {"svg": layers_svg(course().structures)}
