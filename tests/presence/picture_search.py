"""Measures the search of a picture among 100,000: `python -m tests.presence.picture_search`.

The rows are synthetic: hashes as drawn scenes have them, some of their bits turned, so that they
crowd together as those of real pictures do.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from domain.organisation import Actor
from domain.picture_marks import BITS, Mark, Marked, marks_of
from domain.procedures.picture_marks import Found, mark_pictures
from domain.register.picture_marks import candidates
from domain.register.pictures import small_grids
from domain.register.register import Register
from tests.presence.staged import HELD_OUT, Scene

if TYPE_CHECKING:
    from collections.abc import Sequence

PICTURES = 100_000
AT_ONCE = 1_000


def _seen(seed: int, layout: str) -> Marked:
    picture = Scene(layout, seed, HELD_OUT).shoot(0)
    return marks_of(small_grids(picture.convert("L"))[0])


def _stranger(of: Random, seen: Sequence[Mark], number: int) -> Found:
    marks = tuple(
        mark._replace(key=mark.key ^ 1 << of.randrange(BITS) ^ 1 << of.randrange(BITS))
        for mark in of.sample(seen, 46)
    )
    return Found(f"{number:064x}", marks)


def main() -> None:
    """Fill a register and print how long a search takes, and how much a picture takes on disk."""
    of = Random(11)
    real = [_seen(seed, layout) for seed in range(6) for layout in HELD_OUT.layouts]
    pool = [mark for each in real for mark in each.marks[0]]
    with tempfile.TemporaryDirectory() as folder, Register.open(Path(folder)) as register:
        start, size = perf_counter(), _size(Path(folder))
        for first in range(0, PICTURES, AT_ONCE):
            found = [_stranger(of, pool, first + one) for one in range(AT_ONCE)]
            register.carry_out(mark_pictures, found, by=Actor("console"))
        print(f"{PICTURES} kept in {perf_counter() - start:.0f} s,", end=" ")
        print(f"{(_size(Path(folder)) - size) // PICTURES} bytes each with journal and index")
        own = [Found("f" * 60 + f"{one:04}", each.marks[0]) for one, each in enumerate(real)]
        register.carry_out(mark_pictures, own, by=Actor("console"))
        took, right = [], 0
        for one, each in enumerate(real):
            start = perf_counter()
            with register.read() as connection:
                near = candidates(connection, each.keys)
            took.append(perf_counter() - start)
            right += near[0][0] == own[one].sha256
        print(
            f"a search: {1000 * median(took):.0f} ms (slowest {1000 * max(took):.0f} ms);", end=" "
        )
        print(f"{right} of {len(real)} come first")


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("forecourt.sqlite3*"))


if __name__ == "__main__":
    main()
