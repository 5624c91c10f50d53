"""Registers to measure on: the demonstration's chain, one phone, and any number of audits."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from domain.canonical import digest, instant
from domain.journal import Header, seal
from domain.organisation import Actor
from domain.procedures.enrolment import enrol, offer_enrolment
from domain.procedures.submission import submit_inspection
from domain.procedures.weighing import weigh
from domain.register.register import Register
from domain.submission import Found, Submission
from tui.demo.build import build_demo

ONSITE = "petrochina-shandong-2012/onsite"
EDITION = "2012-A0"
TOGETHER = 20_000
FOUND = (
    Found("A.d.3", note="提枪前未提示顾客看回零，抽查三笔均未提示。"),
    Found("E.b.1", count=2, note="3号机前地面油污明显。"),
    Found("C.a.3", note="当班员工未戴胸卡，已当场提醒。"),
)


class Bench(NamedTuple):
    """A data folder and the phone that sends to it."""

    folder: Path
    key: str
    device: str
    person: str
    token: str


def make_bench(folder: Path, audits: int = 0) -> Bench:
    """A register with the demonstration's chain, one phone, and that many audits in it."""
    with Register.open(folder) as register:
        build_demo(register, seed=1, today=date(2026, 1, 1), months=0)
        directory = register.directory
        manager = next(
            person
            for person in directory.people.values()
            if person.roles[0].name == "station_manager"
        )
        station = manager.roles[0].place
        token = next(p.token for p in directory.points.values() if p.station == station and p.token)
        code = register.carry_out(offer_enrolment, manager.id, by=Actor("demo"))
        phone = register.carry_out(enrol, code, "bench", by=Actor("phone"))
        bench = Bench(folder, phone.key, phone.device, manager.id, token)
        weighed = weigh(register.rulebooks, a_form(bench))
        by = Actor("phone", manager.id, phone.device)
        receipt: Any = register.carry_out(submit_inspection, weighed, None, by=by)
    if audits:
        _fill(folder / "forecourt.sqlite3", receipt.number, audits)
    return bench


def a_form(bench: Bench, **changes: Any) -> Submission:
    """A form with three findings, sent now."""
    now = datetime.now(UTC)
    form = Submission(
        id=new_id(),
        rulebook=ONSITE,
        edition=EDITION,
        started_at=now - timedelta(minutes=20),
        submitted_at=now,
        token=bench.token,
        found=FOUND,
    )
    return msgspec.structs.replace(form, **changes)


def new_id() -> str:
    """A time-ordered id as phones make them."""
    stamp, rest = f"{int(time.time() * 1000):012x}", secrets.token_hex(10)
    return f"{stamp[:8]}-{stamp[8:]}-7{rest[:3]}-8{rest[3:6]}-{rest[6:18]}"


def _fill(file: Path, number: int, audits: int) -> None:
    """Copy one real audit with its findings and its entry, as often as wanted, straight into SQL.

    Headers are sealed one after the other as they have to be; bodies are all that of the audit
    that is copied, so that they have their real size without being made a million times.
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous=OFF")
        copied = _Copied(connection, number)
        for first in range(0, audits, TOGETHER):
            connection.execute("BEGIN")
            copied.append(min(TOGETHER, audits - first))
            connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class _Copied:
    """An audit, and the end of the journal that copies are added to."""

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self._connection = connection
        self._inspection = self._one("SELECT * FROM inspection WHERE number=?", number)
        asked = "SELECT * FROM finding WHERE number BETWEEN ? AND ? ORDER BY number"
        lines = connection.execute(asked, (number * 1000, number * 1000 + 999))
        self._findings = [dict(row) for row in lines]
        self._entry = self._one("SELECT * FROM journal WHERE seq=?", number)
        self._body = self._one("SELECT * FROM journal_body WHERE seq=?", number)["body"]
        self._stations = [
            row[0] for row in connection.execute("SELECT id FROM place WHERE kind='station'")
        ]
        last = self._one("SELECT * FROM journal ORDER BY seq DESC LIMIT 1")
        self._seq, self._seal = last["seq"], last["seal"]
        self._body_sha256 = digest(self._body)

    def append(self, count: int) -> None:
        """Add that many copies."""
        numbers = range(self._seq + 1, self._seq + 1 + count)
        ids = {number: new_id() for number in numbers}
        self._insert("inspection", [self._an_inspection(n, ids[n]) for n in numbers])
        self._insert("finding", [row for n in numbers for row in self._some_findings(n)])
        self._insert("journal", list(self._entries(ids)))
        self._insert("journal_body", [{"seq": n, "body": self._body} for n in numbers])
        self._seq = numbers[-1]

    def _an_inspection(self, number: int, audit: str) -> dict[str, Any]:
        station = self._stations[number % len(self._stations)]
        return {**self._inspection, "number": number, "id": audit, "station": station}

    def _some_findings(self, number: int) -> Iterator[dict[str, Any]]:
        station = self._stations[number % len(self._stations)]
        for line, finding in enumerate(self._findings, start=1):
            yield {**finding, "number": number * 1000 + line, "station": station}

    def _entries(self, ids: dict[int, str]) -> Iterator[dict[str, Any]]:
        now = instant(datetime.now(UTC))
        for number, audit in ids.items():
            header = Header(
                action="inspection.submitted",
                actor=self._entry["actor"],
                at=now,
                body_sha256=self._body_sha256,
                node=self._entry["node"],
                prev=self._seal,
                seq=number,
                subject=audit,
            )
            self._seal = seal(header)
            yield {**msgspec.structs.asdict(header), "seal": self._seal}

    def _one(self, asked: str, *values: object) -> dict[str, Any]:
        return dict(self._connection.execute(asked, values).fetchone())

    def _insert(self, name: str, rows: Sequence[dict[str, Any]]) -> None:
        columns = ", ".join(f'"{column}"' for column in rows[0])
        marks = ", ".join(f":{column}" for column in rows[0])
        self._connection.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)
