"""A period of whole months, as people write it: `2026-01..2026-06`, or one month, `2026-03`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from domain.canonical import instant
from domain.refusals import Refusal
from domain.text import Text

CHINA = timezone(timedelta(hours=8))
"""A sheet's day is the day at the station; China keeps one time zone and no summer time."""
WRITTEN = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class NotAPeriod(Refusal):
    """No months are named, or the last comes before the first."""

    code = "not-a-period"
    status = 422

    def __init__(self, word: str) -> None:
        super().__init__(
            Text(zh=f"“{word:.40}”不是可用的期间。", en=f'"{word:.40}" is no period.'),
            remedy=Text(
                zh="请写起止月份，如 2026-01..2026-06，或一个月份，如 2026-03。",
                en="Write the first and the last month, such as 2026-01..2026-06, or one month.",
            ),
        )


class Months(NamedTuple):
    """From the beginning of the first month to the end of the last; months counted from year 0."""

    first: int
    last: int

    @classmethod
    def written(cls, word: str) -> Months:
        """The months that are written, or `NotAPeriod`."""
        months = [_month(part, word) for part in word.strip().split("..")]
        if len(months) > 2 or months[-1] < months[0]:
            raise NotAPeriod(word)
        return cls(months[0], months[-1])

    def moments(self) -> tuple[str, str]:
        """When it begins, and when what comes after it does, as stored."""
        return _begins(self.first), _begins(self.last + 1)

    def __str__(self) -> str:
        """As it is written."""
        first, last = (f"{one // 12:04}-{one % 12 + 1:02}" for one in self)
        return first if first == last else f"{first}..{last}"


def _month(part: str, word: str) -> int:
    found = WRITTEN.fullmatch(part.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not 1990 < int(found[1]) < 2200:
        raise NotAPeriod(word)
    return int(found[1]) * 12 + int(found[2]) - 1


def _begins(month: int) -> str:
    return instant(datetime(month // 12, month % 12 + 1, 1, tzinfo=CHINA))
