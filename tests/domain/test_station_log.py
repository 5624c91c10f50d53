"""The electronic log as a value: what a line says, what a filter leaves, where a round stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from domain.months import CHINA
from domain.organisation import Directory, Person, Place, Role, ScanPoint
from domain.parts import Round
from domain.patrols import RoundNow, Visit, rounds_between
from domain.register.shelf import load_rulebooks
from domain.station_log import (
    Handover,
    LogFilter,
    LogLine,
    came_late,
    days_of_month,
    handover_says,
    happened,
    log_of,
    round_says,
)
from domain.text import Text, same
from domain.windows import Span

NOON = datetime(2026, 11, 20, 12, tzinfo=CHINA)
FRIDAY = NOON.date()
WEEKLY = Round(
    id="weekly", title=same("weekly"), by=("staff",), every="week", first="00:00", last="23:59",
    points=("pump",),
)  # fmt: skip


def a_line(**changes: Any) -> LogLine:
    values: dict[str, Any] = {
        "kind": "note",
        "at": NOON,
        "station": "s1",
        "station_name": Text(zh="湖滨", en="Lakeside"),
        "title": Text(zh="值班记录", en="Note"),
        "person": "王强",
        "persons": ("p-wang",),
        "says": same("AdBlue 20 桶"),
    }
    return LogLine(**values | changes)


def weekly(first: date, last: date, *scans: datetime, now: datetime = NOON) -> list[RoundNow]:
    """The weekly round of a station with one pump, in the weeks that touch some days."""
    edition = msgspec.structs.replace(
        load_rulebooks().edition("station/patrol", "2026-1"), rounds=(WEEKLY,)
    )
    places = {"s": Place("s", "station", same("s"), "/co/s/", "co")}
    people = {"p": Person("p", "甲", (Role("staff", "s"),))}
    points = {"s-1": ScanPoint("s-1", "s", "pump", same("pump"), "token")}
    directory = Directory(places, people, points, {}, {})
    visits: dict[date, list[Visit]] = {}
    for number, at in enumerate(scans, start=1):
        visits.setdefault(at.date(), []).append(Visit("s-1", "p", at, number, 0))
    return list(rounds_between(edition, directory, "s", visits, Span(first, last), now, CHINA))


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 11, 30), date(2026, 11, 30)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2026, 2, 28), date(2026, 2, 28)),
    ],
)
def test_a_month_has_its_own_length(day: date, last: date) -> None:
    assert days_of_month(day) == Span(day.replace(day=1), last)


@pytest.mark.parametrize(
    ("where", "left"),
    [
        (LogFilter(), 1),
        (LogFilter(words="adblue 湖滨"), 1),
        (LogFilter(words="lakeside NOTE 王强"), 1),
        (LogFilter(words="adblue 北关"), 0),
        (LogFilter(words="   "), 1),
        (LogFilter(kind="patrol"), 0),
        (LogFilter(person="p-li"), 0),
    ],
)
def test_every_word_has_to_occur_somewhere_in_either_language(where: LogFilter, left: int) -> None:
    assert len(log_of([a_line()], Span(FRIDAY, FRIDAY), where)) == left


def test_what_a_line_stands_for_is_found_too() -> None:
    handover = Handover(same("李敏"), readings=("钥匙 6 把",), remark="少一把")
    lines = [a_line(handover=handover), a_line(hidden=(same("f.3 接听手机"),))]

    found = [
        len(log_of(lines, Span(FRIDAY, FRIDAY), LogFilter(words=w))) for w in ("少一把", "f.3")
    ]

    assert found == [1, 1]


def test_a_hand_over_says_whom_it_waits_for_until_somebody_has_taken_it_over() -> None:
    waiting = Handover(Text(zh="员工", en="Staff"))
    taken = msgspec.structs.replace(waiting, accepted_by="陈静", accepted_at=NOON)

    assert handover_says("夜班", waiting).en == "waits for Staff · 夜班"
    assert handover_says("夜班", taken).zh == "陈静已接班 · 夜班"


def test_only_what_came_in_much_later_is_marked() -> None:
    assert came_late(NOON, NOON + timedelta(minutes=15)) is None
    assert came_late(NOON, NOON + timedelta(minutes=16)) == NOON + timedelta(minutes=16)


def test_a_round_of_a_week_is_named_once_in_every_week_that_touches_the_days() -> None:
    rounds = weekly(date(2026, 11, 22), date(2026, 11, 30), now=NOON + timedelta(days=30))

    assert [one.begins.day for one in rounds] == [16, 23, 30]


def test_a_scan_counts_for_its_week_though_that_began_in_another_month() -> None:
    scan = datetime(2026, 11, 30, 9, tzinfo=CHINA)
    (one,) = weekly(date(2026, 12, 1), date(2026, 12, 2), scan, now=NOON + timedelta(days=30))

    assert (one.state, happened(one, NOON)) == ("done", scan)


def test_a_round_that_nobody_made_stands_where_its_time_ended_and_not_before() -> None:
    (one,) = weekly(FRIDAY, FRIDAY)

    assert happened(one, NOON) is None
    assert happened(one, NOON + timedelta(days=9)) == datetime(2026, 11, 22, 23, 59, tzinfo=CHINA)
    assert round_says(one, [same("pump")]) == Text(zh="进行中 0/1", en="open 0/1")
