"""The console in a real terminal: first paint, news on it, long lists, memory, idle time."""

from __future__ import annotations

import os
import re
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import msgspec

from domain.organisation import Actor
from domain.procedures.enrolment import enrol, offer_enrolment
from domain.register.register import Register
from domain.submission import Found
from tests.bench.report import Spread, table, verdict
from tests.bench.stations import FOUND, ONSITE, Bench, a_form, make_bench
from tests.bench.terminal import Terminal, frames, plain
from tui.receiver_lock import receiving

FRAME = "健康"
"""The name of the last tab: when it is painted, the frame is."""
PAGE_DOWN = b"\x1b[6~"
FIRST_PAINT_S = 0.4
NEWS_S = 0.3
PAGE_S = 0.05
MEMORY_MB = 130
IDLE_SHARE = 0.01
A_SECOND = 50
FINDINGS = 1_000_000
STATION_AND_ENTRY = re.compile(r"(\w+加油站) +([A-E]\.[a-h]\.\d+) ")
Line = tuple[str, str]


def run(folder: Path, *, rounds: int = 7, news_s: float = 20, idle_s: float = 20) -> None:
    """Measure all of it."""
    bench = make_bench(folder / "console", 2_000)
    rows = [_first_paint(bench, rounds)]
    with Terminal(_command(bench)) as terminal:
        terminal.wait_until_quiet(3.0)
        rows.append(_idle(terminal, idle_s))
        rows.append(_memory(terminal, "resident memory, receiver inside, idle"))
        rows += _news(terminal, bench, news_s)
        rows.append(_memory(terminal, "resident memory after that"))
    rows.append(_page_down(folder, 3 * rounds))
    table("The console, 160 x 48", ("what", "measured", "target"), rows)


def _command(bench: Bench) -> list[str]:
    return [sys.executable, "-m", "tui", "--data", str(bench.folder), "--lang", "zh"]


def _first_paint(bench: Bench, rounds: int) -> tuple[str, str, str]:
    times = []
    for _ in range(rounds):
        with Terminal(_command(bench)) as terminal:
            times.append(terminal.wait_for(FRAME) - terminal.began)
    paint = Spread.of(times)
    return (
        "first paint, s",
        paint.show(),
        f"{FIRST_PAINT_S}: {verdict(paint.median < FIRST_PAINT_S)}",
    )


def _idle(terminal: Terminal, seconds: float) -> tuple[str, str, str]:
    before = _cpu_seconds(terminal.pid)
    time.sleep(seconds)
    share = (_cpu_seconds(terminal.pid) - before) / seconds
    return (
        "share of a core when idle",
        f"{100 * share:.2f} %",
        f"{100 * IDLE_SHARE:g} %: {verdict(share < IDLE_SHARE)}",
    )


def _memory(terminal: Terminal, what: str) -> tuple[str, str, str]:
    status = Path(f"/proc/{terminal.pid}/status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    megabytes = int(resident.split()[1]) / 1000
    return what, f"{megabytes:.0f} MB", f"{MEMORY_MB} MB: {verdict(megabytes < MEMORY_MB)}"


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _news(terminal: Terminal, bench: Bench, seconds: float) -> list[tuple[str, str, str]]:
    """From the moment before a form is sent until its line is read from the terminal."""
    sender = NewsSender(bench, int(seconds * A_SECOND))
    first = len(terminal.painted)
    sender.start()
    sender.join()
    terminal.wait_until_quiet(1.0)
    waiting = dict(sender.sent)
    seen = [
        frame.at - sender.sent[line]
        for frame in frames(terminal.painted[first:])
        for line in _lines_on(plain([frame]), waiting)
        if waiting.pop(line, None)
    ]
    seen.sort()
    p99 = seen[len(seen) * 99 // 100]
    return [
        (f"findings sent at {A_SECOND}/s and seen", f"{len(seen)} of {len(sender.sent)}", ""),
        ("send to screen, p50, s", f"{seen[len(seen) // 2]:.3f}", ""),
        ("send to screen, p99, s", f"{p99:.3f}", f"{NEWS_S}: {verdict(p99 < NEWS_S)}"),
    ]


def _lines_on(text: str, waiting: dict[Line, float]) -> list[Line]:
    """Which of the lines waited for are painted: a station's name, then the criterion."""
    shown = set(STATION_AND_ENTRY.findall(text))
    return [line for line in waiting if line in shown]


class NewsSender(Thread):
    """Somebody of the company whose phone sends one finding a time, each on its own line.

    A line is known by its station and criterion together: no pair is sent twice.
    """

    def __init__(self, bench: Bench, count: int) -> None:
        super().__init__(daemon=True)
        self._bench = bench
        with Register.open(bench.folder) as register:
            directory = register.directory
            person = next(
                one for one in directory.people.values() if one.roles[0].name == "company_staff"
            )
            code = register.carry_out(offer_enrolment, person.id, by=Actor("demo"))
            self._key = register.carry_out(enrol, code, "news", by=Actor("phone")).key
            tokens = {p.station: p.token for p in directory.points.values() if p.token}
            edition = register.rulebooks.editions(ONSITE)[0]
            criteria = [each for each in edition.placed if each not in {f.criterion for f in FOUND}]
            pairs = [(s, c) for c in criteria for s in sorted(tokens)]
            self._orders = [(directory.station_name(s).zh, c, tokens[s]) for s, c in pairs[:count]]
        running = receiving(bench.folder)
        assert running is not None
        assert running.urls, "the console's receiver does not run: is its port taken?"
        self._port = urlsplit(running.urls[0]).port
        self.sent: dict[Line, float] = {}

    def run(self) -> None:
        """Send at an even pace."""
        connection = HTTPConnection("127.0.0.1", self._port)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"}
        while _asked(connection, "GET", "/api/me", b"", headers)[0] == 401:
            time.sleep(0.02)  # the receiver's process has yet to notice the new phone
        begun = time.monotonic()
        for number, (name, criterion, token) in enumerate(self._orders):
            time.sleep(max(0.0, begun + number / A_SECOND - time.monotonic()))
            form = a_form(self._bench, token=token, found=(Found(criterion, note="新问题"),))
            body = msgspec.json.encode(form)
            self.sent[name, criterion] = time.monotonic()
            status, said = _asked(connection, "POST", "/api/submissions", body, headers)
            assert status == 201, said


def _asked(
    connection: HTTPConnection, method: str, path: str, body: bytes, headers: dict[str, str]
) -> tuple[int, str]:
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def _page_down(folder: Path, presses: int) -> tuple[str, str, str]:
    """From the key until the page is painted, in a list of a million findings."""
    bench = make_bench(folder / "million", FINDINGS // 3 + 1)
    times = []
    with Terminal(_command(bench)) as terminal:
        terminal.wait_until_quiet(1.5)
        for _ in range(presses):
            first = len(terminal.painted)
            pressed = terminal.press(PAGE_DOWN)
            times.append(terminal.wait_for("加油站", first) - pressed)
            terminal.wait_until_quiet(0.3)
    page = Spread.of(times)
    return (
        f"page down among {FINDINGS:,} findings, s",
        page.show(3),
        f"{PAGE_S}: {verdict(page.median < PAGE_S)}",
    )
