"""Every screen, small and large, in both languages, as it was last looked at.

What comes from outside the program stands still: the clock and chance are given, the data folder
has a relative name, a process receives at a known address, and the machine says the same of its
disk and its packages wherever this runs. Only the size of SQLite's own files is blanked.
"""

from __future__ import annotations

import platform
import re
import secrets
import shutil
from collections.abc import Iterator
from datetime import timedelta
from importlib import metadata
from itertools import product
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pytest
from _pytest.mark import ParameterSet
from textual.app import App

from domain.organisation import Actor
from domain.presence import Arrival
from domain.procedures.submission import submit_inspection
from domain.procedures.weighing import weigh
from domain.register.register import Register
from domain.submission import Found
from domain.text import Lang
from tests.looks import SIZES, Size, Snap
from tests.scenes import SCREENS, console_on, pressing
from tests.things import CONSOLE, VIDEO, Chain, Clock, a_form, a_picture, build_chain
from tui.receiver_lock import ReceiverLock
from tui.screens.health import HealthScreen

DATABASE_SIZE = re.compile(r'textLength="[\d.]+"([^>]*>)([^<]*?)&#160;\d[\d,.]*&#160;[kM]B')
"""The one figure of Health that is not the same with every SQLite: how large its files are."""
DISK = shutil.disk_usage
VERSIONS = {"forecourt": "1.0.0", "textual": "8.0.0", "litestar": "2.0.0"}


@pytest.fixture
def same_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a machine that has, and says, the same in every run."""
    monkeypatch.chdir(tmp_path)
    usage = type(DISK(tmp_path))(500_000_000_000, 380_000_000_000, 120_000_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    monkeypatch.setattr(platform, "python_version", lambda: "3.11.0")
    installed = metadata.distribution
    monkeypatch.setattr(
        metadata,
        "distribution",
        lambda name: (
            SimpleNamespace(version=VERSIONS[name]) if name in VERSIONS else installed(name)
        ),
    )
    return Path("data")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose seals, codes and times are the same in every run."""
    folder, clock = tmp_path_factory.mktemp("records"), Clock()
    with pytest.MonkeyPatch.context() as patches:
        draw_by_lot(patches, Random(1))
        with Register.open(folder, clock=clock) as register:
            fill(build_chain(register, clock), clock)
    return folder


@pytest.fixture
def settled_register(
    records: Path, same_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Register]:
    """A copy of the records, received for by a process at a known address."""
    draw_by_lot(monkeypatch, Random(2))
    shutil.copytree(records, same_machine)
    clock = Clock()
    clock.forward(minutes=7)
    lock = ReceiverLock.take(same_machine)
    assert lock is not None
    with lock, Register.open(same_machine, clock=clock) as register:
        lock.announce(("http://192.168.1.10:8600",))
        yield register


def draw_by_lot(patches: pytest.MonkeyPatch, chance: Random) -> None:
    """Draw ids, codes and keys from a chance that is the same in every run."""
    patches.setattr(secrets, "token_hex", lambda size: chance.randbytes(size).hex())
    patches.setattr(secrets, "token_urlsafe", lambda size: chance.randbytes(size).hex())
    patches.setattr(secrets, "randbelow", chance.randrange)


def fill(chain: Chain, clock: Clock) -> None:
    """Two audits: by phone with a picture on its way, at the console with places on a recording."""
    picture = a_picture(b"on its way", id=f"{3:08}-0000-7000-8000-000000000000")
    found = (
        Found("A.a.1", note="早高峰两辆车同时进站，只引导了前车。"),
        Found("A.d.1", count=2),
        Found("E.b.2", note="进口地面裂缝长约2米", evidence=(picture.id,)),
    )
    id_of = "{:08}-0000-7000-8000-000000000000".format
    chain.submit(chain.form(id=id_of(1), found=found, evidence=(picture,), not_applicable=("B.a",)))
    clock.forward(minutes=7)
    video = (Found("f.3", at="00:12:34", note="司机接听手机"), Found("a.2", count=3))
    audit = a_form(id=id_of(2), rulebook=VIDEO, station="s2", found=video, at=clock.now)
    chain.submit(audit, by=CONSOLE)


def hurry(register: Register) -> None:
    """The manager's phone sends a whole audit that took twenty seconds, its picture an old one."""
    clock = cast("Clock", register.clock)
    (token,) = register.directory.points_by_token
    (device,) = register.directory.devices
    again = a_picture(b"on its way", id=f"{5:08}-0000-7000-8000-000000000000")
    found = (Found("A.a.1", note="迎候时背对车道", evidence=(again.id,)),)
    started = clock.now - timedelta(seconds=20)
    form = a_form(
        id=f"{4:08}-0000-7000-8000-000000000000",
        token=token,
        at=clock.now,
        started_at=started,
        found=found,
        evidence=(again,),
    )
    arrival = Arrival("192.168.1.23", clock.now)
    weighed = weigh(register.rulebooks, form)
    by = Actor("phone", "p-wang", device)
    register.carry_out(submit_inspection, weighed, arrival, by=by)


@pytest.fixture
def settled_snap(snap: Snap, monkeypatch: pytest.MonkeyPatch) -> Snap:
    """`snap`, whatever room the SQLite at hand takes for the same records."""
    export = App.export_screenshot

    def export_settled(app: App[Any], **how: Any) -> str:
        drawn = export(app, **how)
        health = isinstance(app.screen, HealthScreen)
        return DATABASE_SIZE.sub(r'textLength="0"\1\2 … kB', drawn) if health else drawn

    monkeypatch.setattr(App, "export_screenshot", export_settled)
    return snap


DAILY = ("live", "inspections", "inspection", "audit", "points", "health")
"""Screens that the daily loop looks at, on the smallest terminal in the first language."""


def every_look() -> Iterator[ParameterSet]:
    """Every screen at every size in every language."""
    for screen, size, lang in product(SCREENS, SIZES, ("zh", "en")):
        daily = screen in DAILY and (size, lang) == (SIZES[0], "zh")
        marks = () if daily else pytest.mark.slow
        yield pytest.param(
            screen, size, lang, marks=marks, id=f"{screen}-{size[0]}x{size[1]}-{lang}"
        )


@pytest.mark.parametrize(("screen", "size", "lang"), every_look())
def test_screen(
    settled_register: Register, settled_snap: Snap, screen: str, size: Size, lang: Lang
) -> None:
    if "worth" in screen:
        hurry(settled_register)
    app = console_on(lambda: settled_register, screen, lang)

    assert settled_snap(app, terminal_size=size, run_before=pressing(*SCREENS[screen]))
