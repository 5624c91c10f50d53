"""Every screen of the first half, small and large, in both languages, as it was last looked at."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual.pilot import Pilot

from domain.register.register import Register
from domain.submission import Found
from domain.text import Lang
from tests.looks import SIZES, Size, Snap
from tests.things import CONSOLE, VIDEO, Chain, Clock, a_form, a_picture, build_chain
from tests.tui.terminal import opened, press, write
from tui.app import ConsoleApp

SCREENS: dict[str, tuple[str, ...]] = {
    "live": ("down",),
    "choosing_a_place": ("slash",),
    "inspections": ("2",),
    "inspection": ("2", "down", "enter", "down", "down", "down"),
    "evidence_and_seal": ("2", "down", "enter", "v"),
    "audit": ("2", "n", "enter", "enter", "enter", "plus", "down", "3", "TYPE:f3+", "o", "up"),
    "help": ("question_mark",),
}


@pytest.fixture
def settled_chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    """A chain whose seals, codes and times are the same in every run."""
    chance = Random(1)
    monkeypatch.setattr(secrets, "token_hex", lambda size: chance.randbytes(size).hex())
    monkeypatch.setattr(secrets, "token_urlsafe", lambda size: chance.randbytes(size).hex())
    monkeypatch.setattr(secrets, "randbelow", chance.randrange)
    clock = Clock()
    with Register.open(tmp_path / "data", clock=clock) as register:
        chain = build_chain(register, clock)
        fill(chain, clock)
        yield chain


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


def pressing(keys: tuple[str, ...]) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Open the console, press the keys, wait until it is at rest."""

    async def before(pilot: Pilot[Any]) -> None:
        await opened(pilot)
        for key in keys:
            if key.startswith("TYPE:"):
                await write(pilot, key.removeprefix("TYPE:"))
            else:
                await press(pilot, key)

    return before


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("screen", SCREENS)
def test_screen(settled_chain: Chain, snap: Snap, screen: str, size: Size, lang: Lang) -> None:
    app = ConsoleApp(lambda: settled_chain.register, lang=lang)

    assert snap(app, terminal_size=size, run_before=pressing(SCREENS[screen]))
