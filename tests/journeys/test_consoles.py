"""Consoles in real terminals: the same news on all of them without a key pressed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from domain.register.register import Register
from domain.submission import Found
from tests.journeys.terminal import Terminal
from tests.things import PATIENCE_S, Chain, Clock, build_chain, wait_until
from tui.receiver_lock import receiving

pytestmark = pytest.mark.slow


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Chain]:
    """A small chain whose phone is enrolled; nothing runs yet."""
    with Register.open(tmp_path / "data") as register:
        yield build_chain(register, Clock())


@pytest.fixture
def consoles(tmux: str, station: Chain) -> Iterator[list[Terminal]]:
    """Three consoles on one data folder; the first has the receiver in its process."""
    folder = str(station.register.folder)
    opened: list[Terminal] = []
    for more in (["--port", "0"], ["console"], ["console"]):
        command = [sys.executable, "-m", "tui", "--data", folder, "--lang", "zh", *more]
        opened.append(Terminal(tmux, *command))
        opened[-1].wait_for("动态")
        wait_until(lambda: address(station) != "")
    yield opened
    for each in opened:
        each.close()


def address(station: Chain) -> str:
    """Where the receiver listens; empty until it does."""
    running = receiving(station.register.folder)
    if running is None or not running.urls:
        return ""
    return f"http://127.0.0.1:{httpx.URL(running.urls[0]).port}"


def send(station: Chain, note: str) -> None:
    """Send a form as the manager's phone does, over HTTP."""
    answer = httpx.post(
        f"{address(station)}/api/submissions",
        content=msgspec.json.encode(station.form(found=(Found("A.a.1", note=note),))),
        headers={
            "content-type": "application/json",
            "authorization": f"Bearer {station.phone.key}",
        },
        timeout=PATIENCE_S,
    )
    assert answer.status_code == 201, answer.text


def test_three_consoles_show_the_same_new_finding_without_a_key_pressed(
    station: Chain, consoles: list[Terminal]
) -> None:
    send(station, "油枪漏油")

    for console in consoles:
        console.wait_for("湖滨加油站")
        console.wait_for("A.a.1")


def test_when_the_console_with_the_receiver_is_killed_the_others_go_on(
    station: Chain, consoles: list[Terminal]
) -> None:
    consoles[0].close()
    station.submit(station.form())

    for console in consoles[1:]:
        console.wait_for("湖滨加油站")
