"""What the console says about somebody having been there."""

from __future__ import annotations

import msgspec
import pytest

from domain.changing_code import proof_of
from domain.exports.words import graded
from domain.presence import Arrival, Presence, presence
from domain.text import Lang
from tests.things import NOON, a_form
from tui.words import page_marks, presence_reasons

PAGE = "019a0000-0000-7000-8000-000000000000"
FORM = a_form(
    token="t", page=PAGE, after=12, proof=proof_of(b"secret", "d-1", "s1", NOON), station=None
)


def heard(*, proved: bool = True) -> Presence:
    arrival = Arrival("192.168.1.7", NOON, NOON if proved else None)
    return presence(FORM, arrival, enrolled=True, scanned=True)


@pytest.mark.parametrize(
    ("lang", "grade", "said"),
    [
        ("zh", "已证实在场（12:00 扫了在场码）", "12:00 扫了在场码"),
        (
            "en",
            "proven (scanned the console's changing code at 12:00)",
            "scanned the console's changing code at 12:00",
        ),
    ],
)
def test_a_proof_is_said_with_its_time_at_the_station(lang: Lang, grade: str, said: str) -> None:
    assert graded(heard()).in_(lang) == grade
    assert said in list(presence_reasons(heard(), lang))


def test_a_bad_proof_is_said() -> None:
    told = " ".join(presence_reasons(heard(proved=False), "en"))

    assert "not this phone's for this station and time" in told
    assert graded(heard(proved=False)).en == "strong"


def test_the_marks_of_the_page_are_told_where_there_are_some() -> None:
    assert list(page_marks(heard(), "en")) == [f"page mark {PAGE}", "its receipt before was #12"]
    assert list(page_marks(msgspec.structs.replace(heard(), page="", after=None), "zh")) == []
