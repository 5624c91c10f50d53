"""Workbooks: one long inspection, and a hundred thousand findings against openpyxl by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from domain.exports.findings import COLUMNS, Heading, findings_workbook
from domain.exports.looks import Seal
from domain.organisation import Actor
from domain.procedures.submission import submit_inspection
from domain.procedures.weighing import weigh
from domain.register.queries import Asker, Page, findings
from domain.register.register import Register
from domain.submission import Found
from domain.views import FindingFilter, FindingLine
from tests.bench.report import Spread, table, verdict
from tests.bench.stations import EDITION, FOUND, ONSITE, Bench, a_form, make_bench
from tui.exporting import export_findings, export_inspection

LINES = 291
MANY = 100_000
TARGET = 1.3
TICK_S = 0.005


def run(folder: Path, *, rounds: int = 3) -> None:
    """Write both kinds of workbook."""
    bench = make_bench(folder / "exports", MANY // len(FOUND) + 1)
    with Register.open(bench.folder) as register:
        number = _submit_long(register, bench)
        one = Spread.of([_seconds_of_one(register, number) for _ in range(rounds)])
        lines = list(_lines(register))
        pairs = [(_by_openpyxl(lines), _by_forecourt(lines)) for _ in range(rounds)]
        ratio = Spread.of([ours / theirs for theirs, ours in pairs])
        whole, stall = asyncio.run(_beside_a_loop(register))
    table(
        "Workbooks",
        ("what", "seconds", "target"),
        [
            (f"an inspection of {LINES} lines", one.show(), f"1 s: {verdict(one.median < 1)}"),
            (
                f"openpyxl write-only, {MANY:,} rows, no styles",
                Spread.of([theirs for theirs, _ in pairs]).show(),
                "",
            ),
            (f"the findings list, {MANY:,} rows", Spread.of([o for _, o in pairs]).show(), ""),
            ("ratio", ratio.show(), f"{TARGET}: {verdict(ratio.median <= TARGET)}"),
            ("the same from the register, in a child process", f"{whole:.2f}", ""),
            ("longest pause of an event loop beside it", f"{stall:.3f}", ""),
        ],
    )


def _submit_long(register: Register, bench: Bench) -> int:
    criteria = list(register.rulebooks.edition(ONSITE, EDITION).placed)
    found = tuple(Found(criteria[n % len(criteria)], note=f"第{n}处问题") for n in range(LINES))
    weighed = weigh(register.rulebooks, a_form(bench, found=found))
    by = Actor("phone", bench.person, bench.device)
    receipt: Any = register.carry_out(submit_inspection, weighed, None, by=by)
    return int(receipt.number)


def _seconds_of_one(register: Register, number: int) -> float:
    begun = time.perf_counter()
    export_inspection(register, number, "zh")
    return time.perf_counter() - begun


def _lines(register: Register) -> Iterator[FindingLine]:
    directory = register.directory
    asker = Asker(directory, register.rulebooks, directory.sight(None))
    with register.read() as connection:
        yield from findings(connection, asker, Page(MANY))


def _by_openpyxl(lines: list[FindingLine]) -> float:
    """The same cells, by nothing but openpyxl."""
    begun = time.perf_counter()
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines:
        sheet.append([column.of(line, "zh") for column in COLUMNS])
    book.save(BytesIO())
    return time.perf_counter() - begun


def _by_forecourt(lines: list[FindingLine]) -> float:
    begun = time.perf_counter()
    heading = Heading(None, len(lines), lines[0].received_at, Seal(1, "0" * 64))
    findings_workbook(lines, heading, "zh", BytesIO())
    return time.perf_counter() - begun


async def _beside_a_loop(register: Register) -> tuple[float, float]:
    """Seconds of the whole export, and the longest pause of the loop that goes on meanwhile."""
    directory = register.directory
    asker = Asker(directory, register.rulebooks, directory.sight(None))
    begun = last = time.perf_counter()
    longest = 0.0
    task = asyncio.create_task(
        asyncio.to_thread(export_findings, register, asker, FindingFilter(), "zh")
    )
    while not task.done():
        await asyncio.sleep(TICK_S)
        now = time.perf_counter()
        longest, last = max(longest, now - last - TICK_S), now
    await task
    return last - begun, longest
