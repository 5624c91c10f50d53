"""The screens and pages that `just looks` draws, on the demonstration chain."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from domain.text import Lang
from tests.looks import Page, Scene
from tests.tui.terminal import opened, press, write
from tui.app import ConsoleApp
from tui.demo.build import open_demo
from tui.receiver import Receiver

TODAY = date(2026, 11, 20)
SEED = 7


@contextmanager
def demo_console(lang: Lang) -> Iterator[App[Any]]:
    """A console on a fresh demonstration chain, with no receiver."""
    with tempfile.TemporaryDirectory() as folder:
        yield ConsoleApp(partial(open_demo, Path(folder) / "demo", SEED, TODAY), lang=lang)


@contextmanager
def phone_page(path: str, lang: Lang) -> Iterator[str]:
    """The address of a phone page, served from a fresh demonstration chain."""
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.create_server(("127.0.0.1", 0)) as probe,
        open_demo(Path(folder) / "demo", SEED, TODAY) as register,
    ):
        port = probe.getsockname()[1]
        probe.close()
        receiver = Receiver(register, "127.0.0.1", port)
        receiver.start()
        try:
            yield f"http://127.0.0.1:{port}{path}?lang={lang}"
        finally:
            receiver.stop()


def pressing(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Open the console, press the keys, wait until it is at rest. `TYPE:…` types a text."""

    async def before(pilot: Pilot[Any]) -> None:
        await opened(pilot)
        for key in keys:
            if key.startswith("TYPE:"):
                await write(pilot, key.removeprefix("TYPE:"))
            else:
                await press(pilot, key)

    return before


SCENES: tuple[Scene, ...] = tuple(
    Scene(name, demo_console, pressing(*keys))
    for name, keys in {
        "live": ("down",),
        "choosing-a-place": ("slash",),
        "inspections": ("2",),
        "inspection": ("2", "down", "enter", "down", "down", "down"),
        "evidence-and-seal": ("2", "down", "enter", "v"),
        "audit": ("2", "n", "enter", "enter", "enter", "plus", "down", "3", "TYPE:f3+", "o", "up"),
        "points": ("3", "down"),
        "health": ("4",),
        "help": ("question_mark",),
    }.items()
)
PAGES: tuple[Page, ...] = (Page("phone-enrolment", partial(phone_page, "/enrol")),)
