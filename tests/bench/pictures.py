"""Reused pictures: how many are found again, how many are wrongly, and what looking costs.

The search runs among 100,000 rows that are synthetic: hashes as drawn scenes have them, some of
their bits turned, so that they crowd together as those of real pictures do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TypeVar

from PIL import Image

from domain.organisation import Actor
from domain.picture_marks import BITS, Mark, Marked, marks_of
from domain.picture_warps import nearest
from domain.procedures.picture_marks import Found, mark_pictures
from domain.register.picture_marks import candidates
from domain.register.pictures import small_grids
from domain.register.register import Register
from tests.bench.report import Spread, table
from tests.presence.picture_attacks import ATTACKS
from tests.presence.pictures import SEEDS, Measured, measure
from tests.presence.staged import HANDS, HELD_OUT, Scene

SCENES = 8
"""Of each layout."""
KEPT, AT_ONCE = 100_000, 1_000
NODE = Actor("console")
T = TypeVar("T")


def run(folder: Path) -> None:
    """What is found on scenes that nothing was tuned on, and the search among many pictures."""
    measured = measure(HELD_OUT, SCENES)
    _print("attack", "found again", ATTACKS, measured)
    _print("honest second photograph", "false alarms", HANDS, measured)
    with Register.open(folder) as register:
        _costs(register, folder)


def _print(kind: str, found: str, names: Iterable[str], measured: dict[str, Measured]) -> None:
    rows = [
        (name, f"{one.found} of {one.all}", one.wrong)
        for name, one in ((name, measured[name]) for name in names)
    ]
    title = f"Pictures, scenes {SEEDS} and on, layouts {', '.join(HELD_OUT.layouts)}"
    table(title, (kind, found, "taken for another scene"), rows)


def _costs(register: Register, folder: Path) -> None:
    seen = [_seen(seed, layout) for seed in range(6) for layout in HELD_OUT.layouts]
    start, size = perf_counter(), _size(folder)
    _fill(register, [mark for each in seen for mark in each.marks[0]])
    filled, grown = perf_counter() - start, (_size(folder) - size) // KEPT
    own = [Found("f" * 60 + f"{one:04}", each.marks[0]) for one, each in enumerate(seen)]
    register.carry_out(mark_pictures, own, by=NODE)
    looked, chosen, first, among = [], [], 0, 0
    for found, each in zip(own, seen, strict=True):
        took, near = _timed(partial(_candidates, register, each))
        looked.append(took)
        took, few = _timed(partial(nearest, each.marks, near))
        chosen.append(took)
        first += near[0][0] == found.sha256
        among += found.sha256 in {digest for digest, _ in few}
    many = len(own)
    rows = [
        ("marks of a picture, ms", _marking()),
        ("candidates, ms", Spread.of(looked).show(0)),
        ("choice among them, ms", Spread.of(chosen).show(0)),
        ("the very picture is first; is compared closely", f"{first}; {among} of {many}"),
        ("bytes a picture, with journal and index", grown),
        (f"keeping {KEPT}, s", f"{filled:.0f}"),
    ]
    table(f"Search among {KEPT} pictures", ("what", "figure"), rows)


def _candidates(register: Register, each: Marked) -> list[tuple[str, tuple[Mark, ...]]]:
    with register.read() as connection:
        return candidates(connection, each.keys)


def _seen(seed: int, layout: str) -> Marked:
    return _marks(Scene(layout, seed, HELD_OUT).shoot(0))


def _marks(picture: Image.Image) -> Marked:
    return marks_of(small_grids(picture.convert("L"))[0])


def _fill(register: Register, pool: Sequence[Mark]) -> None:
    of = Random(11)
    for first in range(0, KEPT, AT_ONCE):
        found = [_stranger(of, pool, first + one) for one in range(AT_ONCE)]
        register.carry_out(mark_pictures, found, by=NODE)


def _stranger(of: Random, pool: Sequence[Mark], number: int) -> Found:
    marks = tuple(
        mark._replace(key=mark.key ^ 1 << of.randrange(BITS) ^ 1 << of.randrange(BITS))
        for mark in of.sample(pool, 46)
    )
    return Found(f"{number:064x}", marks)


def _marking() -> str:
    pictures = [Scene(layout, 1, HELD_OUT).shoot(0) for layout in HELD_OUT.layouts]
    took = [_timed(partial(_marks, one))[0] for one in pictures]
    return Spread.of(took).show(0)


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds, and what came of it."""
    start = perf_counter()
    done = act()
    return 1000 * (perf_counter() - start), done


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("forecourt.sqlite3*"))
