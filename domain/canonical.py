"""Canonical bytes: the one spelling of a value that seals and digests are taken over.

JSON with sorted keys, decimals as strings, times in UTC, no floats: another program in another
language finds the same bytes. What was hashed is stored as it was hashed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from decimal import Decimal

_encoder = msgspec.json.Encoder(order="sorted", decimal_format="string")


def canonical(value: object) -> bytes:
    """The canonical bytes of structs, dicts, lists, text, whole numbers and decimals."""
    return _encoder.encode(value)


def digest(content: bytes) -> str:
    """SHA-256 of some bytes, as 64 hexadecimal digits."""
    return sha256(content).hexdigest()


def instant(moment: datetime) -> str:
    """An aware moment as UTC text, always of one length, so that texts sort as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def moment(text: str) -> datetime:
    """The aware moment that `instant` wrote."""
    return datetime.fromisoformat(text)


def plain(points: Decimal) -> str:
    """A decimal as text without an exponent."""
    return format(points, "f")
