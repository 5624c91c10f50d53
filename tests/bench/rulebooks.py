"""Rulebooks: scoring one full sheet, loading all of them, and a year's sheets scored again."""

from __future__ import annotations

import os
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from domain.checking import check_shelf
from domain.formulas import Given, asked
from domain.register.register import Register
from domain.register.shelf import RULEBOOKS, load_rulebooks
from domain.rulebook import Edition
from domain.scoring import score_lines
from domain.sheet import Line
from tests.bench.report import Spread, table, verdict

COMPREHENSIVE = "petrochina-shandong-2012/comprehensive"
STATIONS, MONTHS = 1_000, 12
FOUND = 40
"""Lines of a sheet, about as many as a team writes down."""
SCORE_MS, LOAD_MS, SHEETS_A_MINUTE = 1.0, 300.0, 20_000
FLAT = 1.10
"""Peak memory of the whole year against that of a quarter."""


def run(folder: Path, *, rounds: int = 5) -> None:
    """Measure all of it."""
    edition = load_rulebooks().editions(COMPREHENSIVE)[-1]
    rows = [_scoring(edition, rounds), _loading(rounds)]
    table("Rulebooks, in-process, processor time", ("what", "ms", "target"), rows)
    data = folder / "rulebooks"
    begun = time.perf_counter()
    _fill(data, edition)
    built = time.perf_counter() - begun
    draft = folder / "draft.yaml"
    _write_draft(draft)
    quarter = _simulated(data, draft, "2026-01..2026-03")
    year = [_simulated(data, draft, "2026-01..2026-12") for _ in range(3)]
    _tell(quarter, year, built)


def _scoring(edition: Edition, rounds: int) -> tuple[str, str, str]:
    """All criteria found, by every clause, and every formula with figures."""
    criteria = [placed.criterion for placed in edition.placed.values()]
    lines = [Line(one.id, n, 2) for one in criteria for n in range(len(one.clauses))]
    inputs: dict[str, Given] = {
        one.id: {str(name): "30" if name == "of" else "40" for name in asked(one.formula)}
        for one in criteria
        if one.formula
    }
    took = _ms(lambda: score_lines(edition, lines, inputs=inputs), rounds, times=200)
    what = f"a full sheet: {len(criteria)} criteria, {len(lines)} lines, {len(inputs)} formulas"
    return what, took.show(), f"{SCORE_MS:g}: {verdict(took.median < SCORE_MS)}"


def _loading(rounds: int) -> tuple[str, str, str]:
    """Reading and checking every edition, from the disk, as a start does."""
    files = [file for file in sorted(RULEBOOKS.rglob("*.yaml")) if file.name != "cases.yaml"]
    took = _ms(lambda: _load(files), rounds, times=1)
    what = f"loading and validating {len(files)} editions"
    return what, took.show(0), f"{LOAD_MS:g}: {verdict(took.median < LOAD_MS)}"


def _load(files: list[Path]) -> None:
    assert not check_shelf({str(file): file.read_bytes() for file in files}).problems


def _ms(work: Callable[[], object], rounds: int, *, times: int) -> Spread:
    """Milliseconds of processor time: what else the machine does is not the question here."""
    work()
    figures = []
    for _ in range(rounds):
        begun = time.process_time()
        for _ in range(times):
            work()
        figures.append((time.process_time() - begun) * 1000 / times)
    return Spread.of(figures)


def _fill(folder: Path, edition: Edition) -> None:
    """A sheet for each station and month, scored for real, its rows put straight into SQL."""
    Register.open(folder).close()
    with closing(sqlite3.connect(folder / "forecourt.sqlite3", isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        _insert(connection, "place", _places())
        sheets = list(_sheets(edition))
        _insert(connection, "inspection", (row for row, _ in sheets))
        _insert(connection, "finding", (row for _, rows in sheets for row in rows))
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _insert(connection: sqlite3.Connection, name: str, rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows)
    columns = ", ".join(first)
    marks = ", ".join(f":{column}" for column in first)
    statement = f"INSERT INTO {name} ({columns}) VALUES ({marks})"
    connection.execute(statement, first)
    connection.executemany(statement, rows)


def _places() -> Iterator[dict[str, Any]]:
    top = {"kind": "company", "name_zh": "示范", "name_en": "Model", "parent": None, "stars": 0}
    yield {**top, "id": "co", "path": "/co/"}
    for n in range(STATIONS):
        name = {"name_zh": f"第{n}加油站", "name_en": f"Station {n}"}
        yield {
            **top,
            **name,
            "id": f"s{n}",
            "kind": "station",
            "parent": "co",
            "path": f"/co/s{n}/",
        }


def _sheets(edition: Edition) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Rows of inspections with those of their findings, the months one after the other."""
    chance = Random(3)
    clauses = [
        (placed.criterion.id, n)
        for placed in edition.placed.values()
        for n in range(len(placed.criterion.clauses))
    ]
    for number in range(1, STATIONS * MONTHS + 1):
        month, station = divmod(number - 1, STATIONS)
        lines = [Line(*one, chance.randint(1, 3)) for one in chance.sample(clauses, FOUND)]
        yield (
            _inspection(edition, number, f"s{station}", month, lines),
            [_finding(number * 1000 + n, f"s{station}", line) for n, line in enumerate(lines, 1)],
        )


def _inspection(
    edition: Edition, number: int, station: str, month: int, lines: list[Line]
) -> dict[str, Any]:
    card = score_lines(edition, lines)
    at = f"2026-{month + 1:02}-15T04:00:00.000000Z"
    moments = dict.fromkeys(("started_at", "submitted_at", "received_at"), at)
    nothing = dict.fromkeys(("point", "person", "device"))
    texts = {"not_applicable": "[]", "inputs": "{}", "note": "", "presence": "{}"}
    figures = {"score": card.total, "max": card.max}
    figures |= {"applied_score": card.applied.score, "applied_max": card.applied.max}
    return {
        "number": number,
        "id": secrets.token_hex(16),
        "rulebook": edition.id,
        "edition": edition.edition,
        "kind": edition.kind,
        "station": station,
        "via": "demo",
        "form_sha256": "0" * 64,
        "findings": len(lines),
        **moments,
        **nothing,
        **texts,
        **{name: f"{points:f}" for name, points in figures.items()},
    }


def _finding(number: int, station: str, line: Line) -> dict[str, Any]:
    return {
        "number": number,
        "station": station,
        "severity": "minor",
        "criterion": line.criterion,
        "clause": line.clause,
        "occurrences": line.count,
        "points": "1",
        "note": "现场发现，已当场提醒。",
        "at": None,
    }


def _write_draft(file: Path) -> None:
    """The list with another name, half of its one-point clauses dearer and one id renamed."""
    written = (RULEBOOKS / COMPREHENSIVE / "2012-A0.yaml").read_text(encoding="utf-8")
    pieces = written.replace("edition: 2012-A0", "edition: draft", 1).split("points: 1,")
    joined = "".join(
        piece + ("points: 2," if n % 2 else "points: 1,") for n, piece in enumerate(pieces[:-1])
    )
    file.write_text(joined + pieces[-1], encoding="utf-8")


class _Simulated(tuple[int, float, float]):
    """Sheets, seconds of scoring, and the peak of resident memory in MB."""


def _simulated(folder: Path, draft: Path, months: str) -> _Simulated:
    """In a process of its own, so that its peak is nobody else's."""
    words = [sys.executable, "-m", "tests.bench.simulating", str(folder), str(draft), months]
    done = subprocess.run(words, check=True, capture_output=True, text=True, env=os.environ)
    sheets, seconds, peak = done.stdout.split()
    return _Simulated((int(sheets), float(seconds), float(peak)))


def _tell(quarter: _Simulated, year: list[_Simulated], built: float) -> None:
    rate = Spread.of([sheets * 60 / seconds for sheets, seconds, _ in year])
    grown = max(peak for *_, peak in year) / quarter[2]
    rows = [
        ("a quarter", f"{quarter[0]:,}", f"{quarter[1]:.1f}", f"{quarter[2]:.0f}", ""),
        *((("the year", f"{one[0]:,}", f"{one[1]:.1f}", f"{one[2]:.0f}", "")) for one in year),
        ("sheets a minute", rate.show(0), "", "", f"{SHEETS_A_MINUTE:,}: {_rate(rate)}"),
        ("memory, year / quarter", f"{grown:.2f}", "", "", f"{FLAT:g}: {verdict(grown <= FLAT)}"),
    ]
    table(
        f"Simulating {STATIONS:,} stations x {MONTHS} months of sheets with {FOUND} lines "
        f"(register made in {built:.0f} s)",
        ("what", "sheets", "seconds", "peak MB", "target"),
        rows,
    )


def _rate(rate: Spread) -> str:
    return verdict(rate.median >= SHEETS_A_MINUTE)
