"""Forms taken in per second, against a bare JSON echo in the same run; and how that grows."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from tests.bench.load import Load, post_forms
from tests.bench.report import Spread, table, verdict
from tests.bench.serving import serving
from tests.bench.stations import a_form, make_bench

CONNECTIONS = (1, 16, 64, 256)
TARGETS = {1: 0.2, 16: 0.3}
STORED = (10**3, 10**5, 10**6)
P99_MS = 30


class Measured(NamedTuple):
    """A load, and the microseconds of processor time that each answer took the server."""

    load: Load
    cpu_us: float


Loads = defaultdict[tuple[str, int], list[Measured]]


def run(folder: Path, *, rounds: int = 3, seconds: float = 4) -> None:
    """Compare the receiver with the echo, taking turns."""
    bench = make_bench(folder / "ingest")
    loads: Loads = defaultdict(list)
    with serving("echo") as echo, serving("receiver", str(bench.folder)) as receiver:
        for server in (echo, receiver):
            post_forms(server.url, a_form(bench), bench.key, connections=4, seconds=1)
        for _ in range(rounds):
            for connections in CONNECTIONS:
                for name, server in (("echo", echo), ("receiver", receiver)):
                    before = server.cpu_seconds()
                    load = post_forms(
                        server.url,
                        a_form(bench),
                        bench.key,
                        connections=connections,
                        seconds=seconds,
                    )
                    cpu = (server.cpu_seconds() - before) * 1e6 / load.answered
                    loads[name, connections].append(Measured(load, cpu))
    table(
        f"Ingest against a bare echo ({rounds} rounds of {seconds:g} s, taking turns)",
        (
            "connections",
            "echo /s",
            "receiver /s",
            "ratio",
            "p50 ms",
            "p99 ms",
            "CPU us: echo",
            "receiver",
            "errors",
            "target",
        ),
        [_row(connections, loads) for connections in CONNECTIONS],
    )


def _row(connections: int, loads: Loads) -> tuple[object, ...]:
    echo, receiver = loads["echo", connections], loads["receiver", connections]
    ratio = Spread.of([r.load.rate / e.load.rate for r, e in zip(receiver, echo, strict=True)])
    p99 = Spread.of([each.load.p99 / 1000 for each in receiver])
    errors = sum(each.load.errors for each in receiver)
    holds = errors == 0 and ratio.median >= TARGETS.get(connections, 0)
    holds &= connections != 16 or p99.median <= P99_MS
    return (
        connections,
        Spread.of([each.load.rate for each in echo]).show(0),
        Spread.of([each.load.rate for each in receiver]).show(0),
        ratio.show(),
        Spread.of([each.load.p50 / 1000 for each in receiver]).show(1),
        p99.show(1),
        Spread.of([each.cpu_us for each in echo]).show(0),
        Spread.of([each.cpu_us for each in receiver]).show(0),
        errors,
        verdict(holds),
    )


def run_flatness(folder: Path, *, rounds: int = 3, seconds: float = 4) -> None:
    """The same load on registers of three sizes, taking turns."""
    benches = {stored: make_bench(folder / f"stored-{stored}", stored) for stored in STORED}
    rates: defaultdict[int, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for stored, bench in benches.items():
            with serving("receiver", str(bench.folder)) as receiver:
                form = a_form(bench)
                post_forms(receiver.url, form, bench.key, connections=16, seconds=1)
                load = post_forms(receiver.url, form, bench.key, connections=16, seconds=seconds)
            assert load.errors == 0
            rates[stored].append(load.rate)
    least = Spread.of(rates[STORED[0]])
    table(
        "Ingest at 16 connections by how many audits are stored",
        ("stored", "receiver /s", "of the smallest"),
        [
            (
                f"{stored:,}",
                Spread.of(rates[stored]).show(0),
                f"{Spread.of(rates[stored]).median / least.median:.2f}",
            )
            for stored in STORED
        ],
    )
