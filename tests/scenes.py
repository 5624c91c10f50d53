"""The screens and pages worth looking at: `just looks` draws them, snapshots hold the screens.

Screens are drawn on the demonstration chain, built once and copied for each; the phone's pages
on the small chain of the tests, by a real receiver.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Page as BrowserPage
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from domain.register.register import Register
from domain.text import Lang
from tests.journeys.phone import Phone, chromium
from tests.looks import Page, Scene
from tests.phone_scenes import VIEWS, Visit
from tests.things import Chain, Clock, build_chain
from tests.tui.terminal import opened, press, write
from tui.app import ConsoleApp
from tui.demo.build import open_demo
from tui.receiver import Receiver

TODAY = date(2026, 11, 20)
SEED = 7
COMPREHENSIVE = ("2", "n", "enter", "TYPE:comprehensive", "enter", "enter", "enter")
TEAM = (*COMPREHENSIVE[:-2], "down", "enter", "enter")
ANNOUNCED = ("2", "d", "n", "enter", "enter", "TYPE:2026-11", "enter", "enter", "enter")
LOG = (
    *("7", "n", "TYPE:s1", "enter", "enter", "TYPE:Nozzle 3 out of use", "enter"),
    *("h", "TYPE:s1", "enter", "enter", "enter", "TYPE:All in order", "enter"),
    *("TYPE:nozzle 3", "enter", "TYPE:6 keys; float 2000", "enter"),
)
SCREENS: dict[str, tuple[str, ...]] = {
    "live": ("down",),
    "choosing_a_place": ("slash",),
    "inspections": ("2",),
    "inspection": ("2", "down", "enter", "down", "down", "down"),
    "evidence_and_seal": ("2", "down", "enter", "v"),
    "audit": ("2", "n", "enter", "enter", "enter", "plus", "down", "3", "TYPE:f3+", "o", "up"),
    "comprehensive": (*COMPREHENSIVE, "TYPE:25+34+226.2+"),
    "figures": (*COMPREHENSIVE, "enter", "TYPE:950", "enter", "TYPE:1000"),
    "sections": (*COMPREHENSIVE, "TYPE:163+", "k", "g"),
    "team": (*TEAM, "TYPE:25+34+226.2+"),
    "team_sections": (*TEAM, "TYPE:163+", "p", "enter", "g"),
    "draws": ANNOUNCED,
    "announcing_a_draw": ANNOUNCED[:-3],
    "draw": (*ANNOUNCED, "enter", "f", "r", "x", "TYPE:closed", "enter"),
    "points": ("3", "down"),
    "code": ("3", "tab", "enter"),
    "enrolling": ("3", "b", "enter"),
    "adding_a_place": ("3", "s"),
    "adding_a_point": ("3", "down", "a", "enter"),
    "presence_code": ("3", "down", "f2"),
    "replacing_a_code": ("3", "tab", "r"),
    "health": ("4",),
    "journal_verified": ("4", "v"),
    "patrols": ("5",),
    "round": ("5", "enter"),
    "worth_a_look": ("5", "v"),
    "worth_by_inspector": ("5", "v", "g"),
    "why_it_is_worth_a_look": ("5", "v", "enter"),
    "duties": ("6",),
    "duties_of_the_month": ("6", "t", "t"),
    "duty": ("6", "down", "enter"),
    "duties_by_station": ("6", "g", "g"),
    "month_of_duties": ("6", "v"),
    "told_today": ("6", "n"),
    "handing_on": ("3", "h", "enter", "enter"),
    "log": LOG,
    "log_in_full": (*LOG, "enter"),
    "help": ("question_mark",),
    "help_on_points": ("3", "question_mark"),
    "commands": ("ctrl+p",),
    "receiver_refused": (),
}
"""What to press after opening the console; `TYPE:…` types a text."""
ELSEWHERE = "203.0.113.1"
"""An address for documentation: no machine has it, so no receiver can start there."""


def console_on(register: Callable[[], Register], screen: str, lang: Lang) -> ConsoleApp:
    """The console that a screen is drawn from; one of them cannot start its receiver."""
    refused = partial(start_receiver, ELSEWHERE) if screen == "receiver_refused" else None
    return ConsoleApp(register, receiver_opener=refused, lang=lang)


def start_receiver(host: str, register: Register) -> Receiver:
    """A receiver at an address, answering."""
    receiver = Receiver(register, host)
    receiver.start()
    return receiver


@cache
def demo_folder() -> Path:
    """The demonstration chain, built once for all screens; it goes with the process."""
    folder = tempfile.TemporaryDirectory(prefix="looks-")
    KEPT.append(folder)
    demo = Path(folder.name) / "demo"
    open_demo(demo, SEED, TODAY).close()
    return demo


KEPT: list[tempfile.TemporaryDirectory[str]] = []


@contextmanager
def demo_console(screen: str, lang: Lang) -> Iterator[App[Any]]:
    """A console on a demonstration chain of its own."""
    with tempfile.TemporaryDirectory() as folder:
        demo = shutil.copytree(demo_folder(), Path(folder) / "demo")
        yield console_on(partial(open_demo, demo, SEED, TODAY), screen, lang)


def pressing(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Open the console, press the keys, wait until it is at rest."""

    async def before(pilot: Pilot[Any]) -> None:
        await opened(pilot)
        for key in keys:
            if key.startswith("TYPE:"):
                await write(pilot, key.removeprefix("TYPE:"))
            else:
                await press(pilot, key)
        pilot.app.clear_notifications()  # They go by themselves: a slow run would lack them.
        for field in pilot.app.screen.query(Input):
            field.cursor_blink = False  # Shown for good, or half of the pictures would lack it.
        await pilot.pause()

    return before


@contextmanager
def phone_view(view: Callable[[Visit], None], lang: Lang) -> Iterator[BrowserPage]:
    """The page of a phone at the small chain's first pump, after what `view` does there."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Register.open(Path(folder) / "data") as register,
        chromium() as browser,
    ):
        chain = build_chain(register, Clock())
        receiver = Receiver(register, "127.0.0.1", free_port())
        receiver.start()
        try:
            yield visited(
                chain,
                receiver,
                Phone.new(
                    browser,
                    int(receiver.address.split(":")[1]),
                    {"zh": "zh-CN", "en": "en-GB"}[lang],
                    device_scale_factor=2,
                ),
                view,
            )
        finally:
            receiver.stop()


def visited(
    chain: Chain, receiver: Receiver, phone: Phone, view: Callable[[Visit], None]
) -> BrowserPage:
    """The phone's page once the visit is over and nothing moves any more."""
    view(Visit(chain, receiver, phone))
    phone.page.wait_for_timeout(400)
    return phone.page


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


SCENES: tuple[Scene, ...] = tuple(
    Scene(name.replace("_", "-"), partial(demo_console, name), pressing(*keys))
    for name, keys in SCREENS.items()
)
PAGES: tuple[Page, ...] = tuple(
    Page(f"phone-{name.replace('_', '-')}", partial(phone_view, view))
    for name, view in VIEWS.items()
)
