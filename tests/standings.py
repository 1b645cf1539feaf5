"""How a learner stands with a question after all answers to it."""

from functools import reduce

from massage_workbook.answers.standing import updated_standing


def standings_of(history):
    """The standings of all questions that follow from a history."""
    names = {each.question for each in history}
    return {name: standing(each for each in history if each.question == name) for name in names}


def standing(answers):
    return reduce(
        lambda before, each: updated_standing(each, before),
        sorted(answers, key=lambda e: e.at),
        None,
    )
