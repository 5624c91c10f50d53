"""What may stand in a cell: text that stays text, the station's clock, widths in Chinese."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from domain.canonical import moment

if TYPE_CHECKING:
    from domain.text import Lang

CHINA = timezone(timedelta(hours=8))
"""Stations keep one time, without summer time; a workbook's dates know no zone."""
LONGEST = 32_767
"""Characters that a cell can hold."""
CUT = {"zh": "…（内容过长，已截断）", "en": "… (too long, cut off)"}
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML file can carry, and the half ones."""


def clean(text: str, lang: Lang = "zh") -> str:
    """The text as a cell can hold it: no control characters, cut with a mark where too long."""
    kept = _UNFIT.sub("", text)
    # Counted as Excel counts: characters outside the basic plane are two.
    if len(kept) * 2 > LONGEST and (size := len(kept.encode("utf-16-le")) // 2) > LONGEST:
        room = LONGEST - len(CUT[lang])
        units = kept.encode("utf-16-le")[: 2 * room] if size > LONGEST else b""
        kept = units.decode("utf-16-le", errors="ignore") + CUT[lang]
    return kept


def station_time(text: str) -> datetime:
    """A stored moment as the station's clock showed it, without a zone, in whole seconds."""
    return moment(text).astimezone(CHINA).replace(tzinfo=None, microsecond=0)


def width(text: str) -> int:
    """Columns that a line of text takes: Chinese characters two, others one; the longest line."""
    return max((_line_width(line) for line in text.splitlines()), default=0)


def lines(text: str, columns: float) -> int:
    """How many lines the text takes in a cell of that many columns."""
    usable = max(columns - 2.5, 1)
    return sum(max(1, ceil(_line_width(line) / usable)) for line in text.split("\n"))


def _line_width(line: str) -> int:
    if line.isascii():
        return len(line)
    return sum(2 if east_asian_width(each) in "WFA" else 1 for each in line)
