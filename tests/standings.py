"""How a learner stands with a question after all answers to it."""

from functools import reduce

from massage_workbook.answers.standing import after


def standing(answers):
    return reduce(
        lambda before, each: after(each, before), sorted(answers, key=lambda e: e.at), None
    )
