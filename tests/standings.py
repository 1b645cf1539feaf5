"""How a learner stands with a question after all answers to it."""

from functools import reduce

from massage_workbook.answers.standing import updated_standing


def standing(answers):
    return reduce(
        lambda before, each: updated_standing(each, before),
        sorted(answers, key=lambda e: e.at),
        None,
    )
