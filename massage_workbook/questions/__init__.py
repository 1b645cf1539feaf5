"""Questions: a module for each kind, grading, and questions generated from the data."""

from typing import Annotated, Any, get_args

from pydantic import Field

from massage_workbook.course import schema
from massage_workbook.questions.case import CaseQuestion
from massage_workbook.questions.many import ManyQuestion
from massage_workbook.questions.match import MatchQuestion
from massage_workbook.questions.number import NumberQuestion
from massage_workbook.questions.order import OrderQuestion
from massage_workbook.questions.recall import RecallQuestion
from massage_workbook.questions.single import SingleQuestion
from massage_workbook.questions.stroke import StrokeQuestion
from massage_workbook.questions.tempo import TempoQuestion
from massage_workbook.questions.values import ValuesQuestion
from massage_workbook.questions.zones import ZonesQuestion

Question = Annotated[
    SingleQuestion
    | ManyQuestion
    | NumberQuestion
    | OrderQuestion
    | MatchQuestion
    | ZonesQuestion
    | StrokeQuestion
    | TempoQuestion
    | CaseQuestion
    | ValuesQuestion
    | RecallQuestion,
    Field(discriminator="kind"),
]
MODELS: dict[str, Any] = {
    get_args(model.model_fields["kind"].annotation)[0]: model
    for model in get_args(get_args(Question)[0])
}
"""The model of each kind of question."""
KINDS = {kind: model for kind, model in MODELS.items() if not model.only_imported}
"""The model of each kind in the course; the others are only imported by teachers."""


class Topic(schema.Topic):
    """Questions of these kinds that belong together."""

    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
