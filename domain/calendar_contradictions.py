"""Contradictions in one calendar: what it may say by its shape but cannot mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import (
    LEVELS,
    EveryMonth,
    EveryStation,
    NamedMonths,
    NumberOfStations,
    ShareOfStations,
)
from domain.contradictions import empty_texts
from domain.shape import Place, Slip, spoken
from domain.slips import no_name, nothing_in, twice
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.calendar import Calendar, Obligation
    from domain.organisation import PlaceKind, RoleName

POST_LEVELS: dict[RoleName, PlaceKind] = {
    "company_staff": "company",
    "unit_staff": "unit",
    "area_manager": "area",
    "station_manager": "station",
    "staff": "station",
}
"""At which kind of place somebody is what."""
LATEST_NEWS = 60
"""Days after its due day until which somebody is told of a duty that was missed."""
SHORT_ZH, SHORT_EN = 8, 17
"""Characters of a short name: what a list of 80 columns has room for."""
ANOTHER = Text(zh="请换一个简称。", en="Choose another short name.")


def calendar_contradictions(calendar: Calendar) -> Iterator[Slip]:
    """Everything in one calendar that cannot be meant, with its place."""
    yield from empty_texts(calendar)
    for key in ("id", "edition"):
        if not getattr(calendar, key).strip():
            yield no_name((key,))
    last = calendar.in_force.last
    if last and last < calendar.in_force.first:
        yield Slip(
            ("in_force", "to"),
            Text(zh="终止日期早于起始日期。", en="The last day is before the first."),
            Text(zh="请核对 in_force 的 from 和 to。", en="Check from and to of in_force."),
        )
    if not calendar.obligations:
        yield nothing_in(("obligations",))
    yield from _ids([one.id for one in calendar.obligations], "obligations")
    yield from _ids([one.id for one in calendar.readings], "readings")
    yield from _short_names(calendar.obligations)
    for n, one in enumerate(calendar.obligations):
        yield from _obligation(one, ("obligations", n))


def _short_names(obligations: tuple[Obligation, ...]) -> Iterator[Slip]:
    """Short names that a narrow list would cut, or by which one cannot tell two apart."""
    seen: dict[str, Place] = {}
    for n, one in enumerate(obligations):
        if one.short is None:
            continue
        for lang, said, most in (("zh", one.short.zh, SHORT_ZH), ("en", one.short.en, SHORT_EN)):
            place: Place = ("obligations", n, "short", lang)
            if len(said) > most:
                yield _too_long(place, said, most)
            if said in seen:
                yield Slip(place, twice(place, said, spoken(seen[said]).en).reason, ANOTHER)
            seen.setdefault(said, place)


def _too_long(place: Place, said: str, most: int) -> Slip:
    return Slip(
        place,
        Text(
            zh=f"简称“{said:.40}”有 {len(said)} 个字符，窄的清单放不下。",
            en=f'The short name "{said:.40}" has {len(said)} characters, too many for a list.',
        ),
        Text(
            zh=f"请写最多 {most} 个字符，或删去 short（就用标题）。",
            en=f"Write {most} at most, or leave short out: the title stands in.",
        ),
    )


def _ids(ids: list[str], key: str) -> Iterator[Slip]:
    seen: dict[str, Place] = {}
    for n, named in enumerate(ids):
        if not named or not named.replace("-", "").replace(".", "").isalnum():
            yield _not_an_id((key, n, "id"))
        elif named in seen:
            yield twice((key, n, "id"), named, spoken(seen[named]).en)
        seen.setdefault(named, (key, n))


def _obligation(one: Obligation, place: Place) -> Iterator[Slip]:
    if LEVELS.index(one.run_by.level) > LEVELS.index(one.about):
        yield Slip(
            (*place, "run_by", "level"),
            Text(
                zh=f"{one.run_by.level} 不能负责 {one.about} 一级的检查。",
                en=f"A post at {one.run_by.level} level cannot answer for a whole {one.about}.",
            ),
            Text(
                zh="level 应与 about 同级或更高。", en="Let level be that of about, or one above."
            ),
        )
    if POST_LEVELS[one.run_by.post] != one.run_by.level:
        yield Slip(
            (*place, "run_by", "post"),
            Text(
                zh=f"{one.run_by.level} 一级没有 {one.run_by.post} 这个岗位。",
                en=f"There is no {one.run_by.post} at {one.run_by.level} level.",
            ),
            Text(
                zh=f"{one.run_by.post} 属于 {POST_LEVELS[one.run_by.post]} 一级。",
                en=f"Write {POST_LEVELS[one.run_by.post]}, or another post.",
            ),
        )
    yield from _cadence(one, (*place, "cadence"))
    yield from _coverage(one, (*place, "coverage"))
    for n, days in enumerate(one.remind):
        yield from _between(days, 0, 366, (*place, "remind", n))
    for n, days in enumerate(one.escalate):
        yield from _between(days, 1, LATEST_NEWS, (*place, "escalate", n))
    if one.effort:
        yield from _between(one.effort.minutes, 1, 24 * 60, (*place, "effort", "minutes"))


def _cadence(one: Obligation, place: Place) -> Iterator[Slip]:
    if isinstance(one.cadence, EveryMonth):
        yield from _between(one.cadence.day, 1, 31, (*place, "day"))
    if not isinstance(one.cadence, NamedMonths):
        return
    months = one.cadence.months
    if len(months) not in (1, 2, 4):
        yield Slip(
            (*place, "months"),
            Text(
                zh="一年只能分为 1、2 或 4 期。", en="A year has one, two or four of these parts."
            ),
            Text(
                zh="请写 1、2 或 4 个月份；每月一次请用 every: month。",
                en="Name one, two or four months; for each month write every: month.",
            ),
        )
        return
    length = 12 // len(months)
    for n, month in enumerate(months):
        first = n * length + (2 if one.cadence.by == "before_month" else 1)
        yield from _between(month, first, (n + 1) * length, (*place, "months", n))


def _coverage(one: Obligation, place: Place) -> Iterator[Slip]:
    cover = one.coverage
    if isinstance(cover, ShareOfStations):
        yield from _between(cover.percent, 1, 100, (*place, "percent"))
    if isinstance(cover, NumberOfStations):
        yield from _between(cover.at_least, 0, 1_000_000, (*place, "at_least"))
        yield from _between(cover.always_from, 1, 6, (*place, "always_from"))
    if one.about == "station" and not isinstance(cover, EveryStation):
        yield Slip(
            (*place, "cover"),
            Text(
                zh="一座加油站自己的任务不能抽查。",
                en="A duty about one station has nothing to choose from.",
            ),
            Text(
                zh="请写 cover: all，或把 about 改为 area、unit、company。",
                en="Write cover: all, or let about be area, unit or company.",
            ),
        )


def _between(number: int, least: int, most: int, place: Place) -> Iterator[Slip]:
    if not least <= number <= most:
        yield Slip(
            place,
            Text(zh=f"{number} 不在可用范围内。", en=f"{number} is out of range."),
            Text(
                zh=f"请写 {least} 到 {most}。",
                en=f"Write a number from {least} to {most}.",
            ),
        )


def _not_an_id(place: Place) -> Slip:
    return Slip(
        place,
        Text(zh=f"{spoken(place).zh} 不是可用的编号。", en=f"{spoken(place).en} is no usable id."),
        Text(
            zh="请只用字母、数字、“-”和“.”。",
            en="Use letters, digits, hyphens and full stops.",
        ),
    )
