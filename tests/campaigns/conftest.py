"""Long campaigns, of which the suite runs a short form.

The whole: CAMPAIGN=long python -m pytest tests/campaigns
"""

import os

import pytest


@pytest.fixture
def rounds():
    """How many rounds: `short` in the suite, `long` when asked for."""
    return lambda *, short, long: long if os.environ.get("CAMPAIGN") == "long" else short
