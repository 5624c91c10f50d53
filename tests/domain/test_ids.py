"""Ids that forms get where they begin."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import time_ordered_id

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@given(st.binary(min_size=10, max_size=16))
def test_an_id_is_a_version_7_uuid(chance: bytes) -> None:
    made = UUID(time_ordered_id(NOW, chance))

    assert (made.version, made.variant) == (7, "specified in RFC 4122")


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_later_ids_sort_after_earlier_ones(chance: bytes, other: bytes) -> None:
    later = NOW + timedelta(milliseconds=1)

    assert time_ordered_id(NOW, chance) < time_ordered_id(later, other)


def test_too_little_chance_makes_no_id() -> None:
    with pytest.raises(ValueError, match="10 random bytes"):
        time_ordered_id(NOW, b"123456789")
