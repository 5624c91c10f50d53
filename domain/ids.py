"""Ids made where a form begins: time-ordered UUIDs (version 7), so that indexes stay small."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from datetime import datetime

RANDOM_BYTES = 10


def time_ordered_id(now: datetime, random_bytes: bytes) -> str:
    """A version 7 UUID in lower case.

    Args:
        now: An aware moment; its milliseconds come first, so later ids sort after earlier ones.
        random_bytes: At least 10 bytes nobody can guess.

    Raises:
        ValueError: Too few random bytes.

    Source: RFC 9562, section 5.7.
    """
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"{RANDOM_BYTES} random bytes are needed, not {len(random_bytes)}")
    milliseconds = int(now.timestamp() * 1000)
    raw = bytearray(milliseconds.to_bytes(6, "big") + random_bytes[:RANDOM_BYTES])
    raw[6] = raw[6] & 0x0F | 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    return str(UUID(bytes=bytes(raw)))
