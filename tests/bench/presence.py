"""Is it real: recall and false alarms on simulated chains, and how fast the board of visits is.

Chains of the test are others than those on which the limits were chosen, as are the seeds.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from domain.canonical import instant
from domain.organisation import Actor, Directory
from domain.procedures.chain import found_chain
from domain.register.queries import Asker
from domain.register.register import Register
from domain.register.worth import worth_board
from domain.traces import Trace
from domain.windows import Span
from tests.bench.report import Spread, table, verdict
from tests.chains import large_chain
from tests.presence.attacks import ATTACKS
from tests.presence.chain import Chain
from tests.presence.judging import Judged, false_alarms, recall
from tests.presence.layouts import CODED_ON, TESTED_ON, Layout

SEEDS = range(200, 203)
"""Used for nothing else: limits were chosen on seeds below ten."""
LAST = date(2026, 9, 30)
BEYOND = 1_000_000
"""Numbers of the simulated submissions lie beyond those of founding the chain."""
MONTH_MS, WEEK_MS = 1_000.0, 3_000.0


def run(folder: Path, *, seeds: Sequence[int] = SEEDS, rounds: int = 3) -> None:
    """Measure all of it."""
    _false_alarms(seeds)
    _recall(seeds)
    _speed(folder, rounds)


def _false_alarms(seeds: Sequence[int]) -> None:
    shares = false_alarms(TESTED_ON, seeds)
    shares["all, codes in use"] = false_alarms(CODED_ON, seeds)[""]
    rows = [
        (name or "all", one.submissions.show(), one.rounds.show(), _signs(one))
        for name, one in sorted(shares.items())
    ]
    title = "Honest submissions that are worth a look in vain (95 % interval; how many)"
    table(title, ("what is special", "submissions", "rounds", "by which signs"), rows)


def _recall(seeds: Sequence[int]) -> None:
    rows = []
    named = [(attack, attack, TESTED_ON) for attack in ATTACKS]
    for name, attack, layouts in (*named, ("believable, codes in use", "believable", CODED_ON)):
        one = recall(attack, layouts, seeds)
        shares = (one.submissions, one.rounds, one.people)
        rows.append((name, *(share.show() for share in shares), _signs(one)))
    title = "Faked submissions that are worth a look (95 % interval; how many)"
    table(title, ("attack", "submissions", "rounds", "people", "by which signs"), rows)


def _signs(one: Judged) -> str:
    ordered = sorted(one.signs.items(), key=lambda each: -each[1])
    return ", ".join(f"{kind} {times}" for kind, times in ordered[:3])


def _speed(folder: Path, rounds: int) -> None:
    columns = ("what", "submissions shown", "ms", "target")
    rows = [
        _row(what, stations, folder, span, target, rounds)
        for what, stations, span, target in (
            ("71 stations, a month", 71, Span(date(2026, 9, 1), LAST), MONTH_MS),
            ("1,000 stations, a week", 1000, Span(date(2026, 9, 1), date(2026, 9, 7)), WEEK_MS),
        )
    ]
    table("Opening the board of visits; processor time", columns, rows)


def _row(
    what: str, stations: int, folder: Path, span: Span, target: float, rounds: int
) -> tuple[str, str, str, str]:
    days = (span.last - span.first).days + 1
    layout = Layout(f"speed{stations}", stations=stations, days=days)
    sent, took = _opened(folder / layout.name, large_chain(1, 1, stations), layout, span, rounds)
    return what, f"{sent:,}", took.show(0), f"{target:g}: {verdict(took.median < target)}"


def _opened(
    folder: Path, directory: Directory, layout: Layout, span: Span, rounds: int
) -> tuple[int, Spread]:
    with Register.open(folder) as register:
        people = list(directory.people.values())
        places = list(directory.places.values())
        register.carry_out(found_chain, places, people, [], by=Actor("demo"))
    _fill(folder, Chain(layout, 1).traces()[0], [one.id for one in directory.stations])
    with Register.open(folder) as register:
        asker = Asker(register.directory, register.rulebooks, register.directory.sight(None))
        figures = []
        for _ in range(rounds):
            with register.read() as connection:
                begun = time.process_time()
                board = worth_board(connection, asker, span)
                figures.append((time.process_time() - begun) * 1000)
    return board.sent, Spread.of(figures)


def _fill(folder: Path, traces: Sequence[Trace], stations: Sequence[str]) -> None:
    """Put submissions straight into SQL; those of the n-th simulated station at the n-th real."""
    rows = list(_rows(traces, stations))
    with closing(sqlite3.connect(folder / "forecourt.sqlite3")) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        columns = ", ".join(rows[0])
        marks = ", ".join(f":{column}" for column in rows[0])
        connection.executemany(f"INSERT INTO inspection ({columns}) VALUES ({marks})", rows)
        connection.commit()
        connection.execute("ANALYZE")


def _rows(traces: Sequence[Trace], stations: Sequence[str]) -> Iterator[dict[str, Any]]:
    figures = dict.fromkeys(("score", "max", "applied_score", "applied_max"), "100")
    for one in traces:
        after = one.presence.after
        presence = msgspec.structs.replace(one.presence, after=after and BEYOND + after)
        yield {
            "number": BEYOND + one.number,
            "id": secrets.token_hex(16),
            "rulebook": "station/patrol",
            "edition": "2026-1",
            "kind": "patrol",
            "station": stations[int(one.station[1:])],
            "point": one.point,
            "person": one.person,
            "device": one.device,
            "via": "demo",
            "started_at": instant(one.started_at),
            "submitted_at": instant(one.submitted_at),
            "received_at": instant(one.received_at),
            "form_sha256": "0" * 64,
            "findings": 0,
            "not_applicable": "[]",
            "inputs": "{}",
            "note": "",
            "presence": msgspec.json.encode(presence).decode(),
            **figures,
        }
