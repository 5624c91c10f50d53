"""Duties: a year worked out, boards and the screen over a year of inspections, 1,000 stations."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from domain.duties import duties_due, duties_open
from domain.duty_views import DutyFilter
from domain.organisation import Actor
from domain.procedures.chain import found_chain
from domain.procedures.organisation import name_node
from domain.register.duties import duty_board, notices_of_today
from domain.register.duty_overview import duty_month
from domain.register.queries import Asker
from domain.register.register import Register
from domain.register.today import today_of
from domain.text import same
from domain.windows import Span
from tests.bench import duties_screen
from tests.bench.report import Spread, table, verdict
from tests.chains import large_chain

TODAY = date(2026, 11, 20)
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
WEEK = Span(date(2026, 11, 16), date(2026, 11, 22))
DAY = Span(TODAY, TODAY)
MONTH = Span(date(2026, 11, 1), date(2026, 11, 30))
YEAR_MS, WINDOW_MS, BOARD_MS, MONTH_MS = 3_000.0, 30.0, 200.0, 1_000.0
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
VIDEO = "petrochina-shandong-2012/video"
ONSITE = "petrochina-shandong-2012/onsite"
COMPREHENSIVE = "petrochina-shandong-2012/comprehensive"


def run(folder: Path, *, rounds: int = 5) -> None:
    """Measure all of it."""
    chain = large_chain(25, 5, 8)
    data = folder / "duties"
    with Register.open(data) as register:
        people = list(chain.people.values())
        register.carry_out(found_chain, list(chain.places.values()), people, [], by=Actor("demo"))
    inspections = _fill(data, [one.id for one in chain.stations])
    with Register.open(data) as register:
        rows = [*_worked_out(register, rounds), *_boards(register, rounds)]
    title = f"Duties of 1,000 stations, beside {inspections:,} inspections; processor time, ms"
    table(title, ("what", "how many", "ms", "target"), rows)
    duties_screen.run(data, rounds=rounds)


Row = tuple[str, int, str, str]


def _worked_out(register: Register, rounds: int) -> Iterator[Row]:
    known, directory = register.rulebooks, register.directory
    for what, work, span, target in (
        ("working out a year", duties_due, YEAR, YEAR_MS),
        ("working out a week", duties_open, WEEK, WINDOW_MS),
        ("working out a day", duties_open, DAY, WINDOW_MS),
    ):
        yield _row(
            what,
            lambda work=work, span=span: len(  # type: ignore[misc]
                work(known.calendars, directory, span, known.working_days)
            ),
            rounds,
            target,
        )


def _boards(register: Register, rounds: int) -> Iterator[Row]:
    directory = register.directory

    def board(span: Span, person: str | None, where: DutyFilter) -> int:
        asker = Asker(directory, register.rulebooks, directory.sight(person))
        with register.read() as connection:
            return len(duty_board(connection, asker, span, TODAY, where).lines)

    every = DutyFilter()
    for what, span, person, where in (
        ("board of today, all stations", DAY, None, every),
        ("board of this week, all stations", WEEK, None, every),
        ("board of this month, all stations", MONTH, None, every),
        ("board of today, one unit", DAY, "p-u3", every),
        ("board of this month, one station", MONTH, "p-u3a1s1", every),
    ):
        yield _row(
            what,
            lambda span=span, person=person, where=where: board(span, person, where),  # type: ignore[misc]
            rounds,
            BOARD_MS,
            before=partial(_move_journal, register),
        )
    yield _row(
        "board of today, nothing new since the first screen's line",
        lambda: board(DAY, None, every),
        rounds,
        BOARD_MS,
    )
    asker = Asker(directory, register.rulebooks, directory.sight(None))

    def news() -> int:
        with register.read() as connection:
            return len(notices_of_today(connection, asker, TODAY))

    def first_screen() -> int:
        with register.read() as connection:
            return today_of(connection, asker, NOON).due

    def month() -> int:
        with register.read() as connection:
            days = duty_month(connection, asker, MONTH.first, TODAY).days
            return sum(one.total for one in days)

    move = partial(_move_journal, register)
    yield _row("news of today, all stations", news, rounds, BOARD_MS, before=move)
    yield _row("the first screen's line", first_screen, rounds, BOARD_MS, before=move)
    yield _row("a month by days, all stations", month, rounds, MONTH_MS)


def _move_journal(register: Register) -> None:
    """Somebody does something: nothing that was read before holds for sure."""
    register.carry_out(name_node, register.node.id, same("公司"), by=Actor("demo"))


def _row(
    what: str,
    work: Callable[[], int],
    rounds: int,
    target: float,
    before: Callable[[], None] = lambda: None,
) -> Row:
    found, figures = work(), []
    for _ in range(rounds):
        before()
        begun = time.process_time()
        work()
        figures.append((time.process_time() - begun) * 1000)
    took = Spread.of(figures)
    return what, found, took.show(0), f"{target:g}: {verdict(took.median < target)}"


def _fill(folder: Path, stations: list[str]) -> int:
    """A year of inspections up to today, put straight into SQL; answers how many."""
    rows = list(_inspections(stations))
    with closing(sqlite3.connect(folder / "forecourt.sqlite3")) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("UPDATE node SET created_at = '2026-01-01T00:00:00.000000Z'")
        connection.execute("UPDATE role SET since = '2026-01-01T00:00:00.000000Z'")
        columns = ", ".join(rows[0])
        marks = ", ".join(f":{column}" for column in rows[0])
        connection.executemany(f"INSERT INTO inspection ({columns}) VALUES ({marks})", rows)
        connection.commit()
        connection.execute("ANALYZE")
    return len(rows)


def _inspections(stations: list[str]) -> Iterator[dict[str, Any]]:
    """What diligent people send: of ten duties nine, each on its day."""
    number = -1_000_000  # An inspection's number is its entry's: these came before all of them.
    day = YEAR.first
    while day <= TODAY:
        for n, station in enumerate(stations):
            for rulebook, person in _made(day, n, station):
                number += 1
                yield _row_of(number, rulebook, station, person, day)
        day += timedelta(1)


def _made(day: date, n: int, station: str) -> Iterator[tuple[str, str]]:
    area, unit = station.split("s", 1)[0], station.split("a", 1)[0]
    if (n + day.toordinal()) % 10:
        yield VIDEO, f"p-{station}"
    if day.weekday() == 3:
        yield ONSITE, f"p-{station}"
    if day.day == 1 + n % 20:
        yield VIDEO, f"p-{area}"
        yield ONSITE, f"p-{area}"
        yield COMPREHENSIVE, f"p-{station}"
        if n % 3 == 0:
            yield VIDEO, f"p-{unit}"
            yield ONSITE, f"p-{unit}"
        if day.month % 3 == 2:
            yield COMPREHENSIVE, f"p-{unit}"


def _row_of(number: int, rulebook: str, station: str, person: str, day: date) -> dict[str, Any]:
    at = f"{day.isoformat()}T04:00:00.000000Z"
    nothing = dict.fromkeys(("point", "device"))
    figures = dict.fromkeys(("score", "max", "applied_score", "applied_max"), "100")
    texts = {"not_applicable": "[]", "inputs": "{}", "note": "", "presence": "{}"}
    return {
        "number": number,
        "id": secrets.token_hex(16),
        "rulebook": rulebook,
        "edition": "2012-A0",
        "kind": "video_audit",
        "station": station,
        "person": person,
        "via": "demo",
        "form_sha256": "0" * 64,
        "findings": 0,
        "started_at": at,
        "submitted_at": at,
        "received_at": at,
        **nothing,
        **figures,
        **texts,
    }
