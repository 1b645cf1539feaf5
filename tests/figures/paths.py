"""Paths of the SVG, read back."""

import re

TOKEN = re.compile(r"[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)")
NUMBERS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "z": 0}


def steps(d):
    """Each letter of a path with its numbers; one that is left out is that of the step before."""
    tokens, letter = TOKEN.findall(d), ""
    while tokens:
        letter = tokens.pop(0) if tokens[0].isalpha() else {"m": "l"}.get(letter, letter)
        count = NUMBERS[letter]
        yield letter, [float(each) for each in tokens[:count]]
        del tokens[:count]


def ends(d):
    """Where each step of a path with relative steps ends."""
    start = x, y = 0, 0
    found = []
    for letter, numbers in steps(d):
        right, down = {"h": [*numbers, 0], "v": [0, *numbers]}.get(letter, numbers[-2:] or (0, 0))
        x, y = start if letter == "z" else (x + right, y + down)
        start = (x, y) if letter == "m" else start
        found.append((x, y))
    return found
