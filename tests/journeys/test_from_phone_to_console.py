"""The one journey of the daily loop: a real phone, a real receiver, a real terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.journeys.conftest import Station
from tests.journeys.phone import Phone
from tests.journeys.terminal import Terminal


@pytest.fixture
def console(tmux: str, station: Station) -> Iterator[Terminal]:
    """A console beside the receiver."""
    command = [sys.executable, "-m", "tui", "--data", str(station.folder), "--lang", "zh"]
    opened = Terminal(tmux, *command, "console")
    opened.wait_for("动态")
    yield opened
    opened.close()


def test_what_is_found_by_phone_is_seen_on_the_console_without_a_key_pressed(
    filling: Phone, console: Terminal
) -> None:
    filling.find("A.a.1")
    filling.send()

    console.wait_for("湖滨加油站")
    console.wait_for("A.a.1")
