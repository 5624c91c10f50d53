"""What no record can hold is replaced in what is sent, and nothing else is touched."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.storable import is_one_line, is_storable, storable_json


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (rb'"a\u0000b"', "a�b"),
        (rb'"a\ud83d"', "a�"),
        (rb'"\ude00a"', "�a"),
        (rb'"\ud83d\ud83d\ude00"', "�😀"),
        (rb'"\ud83d\ude00\u0000"', "😀�"),
        (rb'"\\u0000"', r"\u0000"),
        (rb'"\\\u0000"', "\\�"),
        (rb'"\u4e2d\n\u0001"', "中\n\x01"),
    ],
)
def test_what_no_text_can_hold_is_replaced(sent: bytes, kept: str) -> None:
    assert json.loads(storable_json(sent)) == kept


@given(st.text(st.characters(codec=None)), st.booleans())
def test_whatever_was_typed_can_be_stored_afterwards(typed: str, escaped: bool) -> None:
    sent = json.dumps(typed, ensure_ascii=escaped).encode(errors="replace")
    kept = json.loads(storable_json(sent))

    assert is_storable(kept)
    if is_storable(typed):
        assert kept == typed


@pytest.mark.parametrize("name", ["a\nb", "a\x00", "\ud800", "a\u2028b", "a\x85", "\x1b[2J"])
def test_a_name_with_what_nobody_sees_is_no_line(name: str) -> None:
    assert not is_one_line(name)


@pytest.mark.parametrize("name", ["1号加油机", "Pump 1", "👩‍🔧", "a b"])
def test_what_people_are_called_is_one_line(name: str) -> None:
    assert is_one_line(name)
