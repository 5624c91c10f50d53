"""A few of the measured pictures: what must be found, and what must not be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.presence.pictures import measure
from tests.presence.staged import HANDS, HELD_OUT

pytestmark = pytest.mark.slow

MUST_BE_FOUND = ("recompressed, quality 30", "cropped by 20 %", "mirrored")
NEARLY = list(HANDS)[1]
"""A second photograph the next day, from nearly the same place."""


def test_copies_are_found_and_a_second_photograph_is_not() -> None:
    style = replace(HELD_OUT, layouts=("island", "board"))

    measured = measure(style, 1, 9_000, (*MUST_BE_FOUND, NEARLY))

    assert sum(measured[name].found for name in MUST_BE_FOUND) >= 5
    assert measured[NEARLY].found == 0
    assert not any(one.wrong for one in measured.values())
