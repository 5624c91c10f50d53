"""Words, times and points as several screens say them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from domain.canonical import plain
from domain.exports.cells import station_time
from domain.exports.words import GRADES, KINDS, SEVERITIES, WAYS, scanned_code
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.organisation import PlaceKind
    from domain.presence import Presence
    from domain.text import Lang
    from domain.views import FindingLine

__all__ = ["GRADES", "KINDS", "PLACE_KINDS", "SEVERITIES", "WAYS"]

HUNDREDTH = Decimal("0.01")
PLACE_KINDS: dict[PlaceKind, Text] = {
    "company": Text(zh="公司", en="company"),
    "unit": Text(zh="所属单位", en="unit"),
    "area": Text(zh="零管片区", en="area"),
    "station": Text(zh="加油站", en="station"),
}
NETWORKS = {
    "local": Text(zh="在本站网络内", en="on the station's network"),
    "outside": Text(zh="不在本站网络内", en="not on the station's network"),
}
ENROLLED = {
    True: Text(zh="手机已绑定", en="enrolled phone"),
    False: Text(zh="不是已绑定的手机", en="no enrolled phone"),
}
SCANNED = {
    True: Text(zh="扫了点位码", en="scanned the point's code"),
    False: Text(zh="没有扫点位码", en="scanned no code"),
}
BAD_PROOF = Text(
    zh="带来的在场证明不属于这部手机、本站或这段时间",
    en="its proof of presence is not this phone's for this station and time",
)


def short_time(moment: str, year: int | None = None) -> str:
    """Month, day, hour and minute at the station; only the date where it is of another `year`."""
    at = station_time(moment)
    return f"{at:%m-%d %H:%M}" if year in (None, at.year) else f"{at:%Y-%m-%d}"


def long_time(moment: str) -> str:
    """Day and time at the station, to the second."""
    return f"{station_time(moment):%Y-%m-%d %H:%M:%S}"


def span(first: str, last: str) -> str:
    """From one moment to another at the station; the day is said once if it is the same."""
    begun, ended = (f"{station_time(each):%Y-%m-%d %H:%M}" for each in (first, last))
    return f"{begun}–{ended[11:]}" if begun[:10] == ended[:10] else f"{begun} – {ended}"


def points(value: Decimal) -> str:
    """Points without trailing noughts."""
    return plain(value.normalize()) if value else "0"


def aligned(value: Decimal) -> str:
    """Points to the hundredth, so that a column of them lines up."""
    return plain(value.quantize(HUNDREDTH))


def lost(value: Decimal) -> str:
    """Points taken off, with the sign that says so."""
    return f"-{aligned(value)}" if value else "0"


def who(person: str, lang: Lang) -> str:
    """A person's name, or who sits at the console."""
    return person or Text(zh="控制台", en="console").in_(lang)


def pictures(line: FindingLine, lang: Lang) -> str:
    """How many pictures there are, and how many of them are still on their way."""
    if not line.pictures:
        return ""
    if line.pictures_here == line.pictures:
        return Text(zh=f"{line.pictures} 张", en=f"{line.pictures}").in_(lang)
    here = f"{line.pictures_here}/{line.pictures}"
    return Text(zh=f"{here} 张", en=here).in_(lang)


def presence_reasons(presence: Presence, lang: Lang) -> Iterator[str]:
    """What the grade of presence rests on, one reason at a time."""
    if presence.network == "console":
        return  # The grade says so already.
    yield NETWORKS[presence.network].in_(lang)
    yield ENROLLED[presence.enrolled].in_(lang)
    yield SCANNED[presence.scanned].in_(lang)
    if presence.proved_at:
        yield scanned_code(presence.proved_at).in_(lang)
    if presence.proof == "bad":
        yield BAD_PROOF.in_(lang)
    off = presence.clock_off_s
    if abs(off) <= 60:
        yield Text(zh="手机时钟准确", en="phone's clock is right").in_(lang)
    else:
        yield Text(zh=f"手机时钟偏差 {off} 秒", en=f"phone's clock is off by {off} s").in_(lang)
    minutes, seconds = divmod(max(0, presence.spent_s), 60)
    yield Text(zh=f"填写用时 {minutes} 分 {seconds} 秒", en=f"took {minutes} min {seconds} s").in_(
        lang
    )


def page_marks(presence: Presence, lang: Lang) -> Iterator[str]:
    """What the phone's page says of itself: two marks under one enrolment are two phones."""
    if presence.page:
        yield Text(zh=f"手机页面标记 {presence.page}", en=f"page mark {presence.page}").in_(lang)
    if presence.after:
        yield Text(
            zh=f"该页面上一份回执 №{presence.after}", en=f"its receipt before was #{presence.after}"
        ).in_(lang)
