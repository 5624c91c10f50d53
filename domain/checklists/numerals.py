"""Numbers as people type them in check lists: full-width digits, Chinese numerals, halves."""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = r"(?:\d{1,9}(?:\.\d{1,9})?|[一二两三四五六七八九十]{1,3}|半)"
"""A number of points or of occurrences; only finite ones of a usable length."""
COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
SPAN = r"(?:-|~|～|〜|－|—|–|至|到)+"
"""What stands between the two ends of a range."""

_HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_DIGITS = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_POINTS = re.compile(rf"[+＋]?\s*({NUMBER})\s*分?")


def half_width(text: str) -> str:
    """The text with ASCII digits, character for character, so that places stay the same."""
    return text.translate(_HALF_WIDTH)


def number(written: str) -> Decimal:
    """The value of what `NUMBER` matches; `ValueError` for numerals that are none (十十)."""
    if written[0].isdigit():
        return Decimal(written)
    if written == "半":
        return Decimal("0.5")
    tens, ten, ones = written.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        raise ValueError(written)
    whole = (_DIGITS[tens] if tens else 1) * 10 if ten else 0
    return Decimal(whole + (_DIGITS[ones] if ones else 0))


def points_in(text: str) -> Decimal | None:
    """The points that a cell of the score column gives: `10`, `１０分`, `十`; else None."""
    matched = _POINTS.fullmatch(half_width(text).strip())
    if not matched:
        return None
    try:
        return number(matched[1])
    except ValueError:
        return None


def plain(points: Decimal) -> str:
    """A number as one writes it: no exponent, no zeros at the end."""
    written = format(points, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
