"""Marks pictures in the background, when nothing else happens, so that reuse is found.

Never on the way of a form or an upload: it begins once the journal has stood still for some
seconds, takes one picture at a time, and stops between two of them when something moves.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from domain.organisation import Actor
from domain.picture_alignment import same_shot
from domain.picture_marks import marks_of
from domain.picture_warps import nearest
from domain.procedures.picture_marks import Found, mark_pictures
from domain.register.picture_marks import candidates, without_marks
from domain.register.pictures import grids_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.picture_marks import Grid, Mark, Marked
    from domain.register.register import Register

QUIET_S = 5.0
"""How long nothing must have happened."""
AT_ONCE = 16
"""Pictures in one entry of the journal."""
NODE = Actor("console")
log = logging.getLogger(__name__)


class Marking:
    """The marking of pictures beside one receiver."""

    def __init__(self, register: Register, quiet_s: float = QUIET_S) -> None:
        self._register, self._quiet_s = register, quiet_s
        self._absent: set[str] = set()
        self._closed = False
        self._task: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin; called on the loop."""
        self._task = asyncio.get_running_loop().create_task(self._go_on())

    async def close(self) -> None:
        """End, once the two pictures at hand are compared."""
        self._closed = True
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _go_on(self) -> None:
        seen, done = -1, -1
        while True:
            await asyncio.sleep(self._quiet_s)
            now = self._register.journal_seq
            if now != seen or now == done or self._register.waiting:
                seen = now
                continue
            try:
                if not await self._mark_some(now):
                    done = now
            except Exception:
                # Nobody waits for marks; the next round tries again.
                log.exception("Pictures could not be marked")
                done = now
            seen = self._register.journal_seq

    async def _mark_some(self, seq: int) -> bool:
        """Mark the next pictures as long as nothing else happens; False if there are none."""
        waiting = await asyncio.to_thread(self._waiting)
        found: list[Found] = []
        for digest in waiting:
            if self._register.journal_seq != seq or self._register.waiting:
                break
            if one := await asyncio.to_thread(self._look_at, digest, found):
                found.append(one)
        if found:
            await self._register.carry_out_soon(mark_pictures, found, by=NODE)
        return bool(waiting)

    def _waiting(self) -> list[str]:
        with self._register.read() as connection:
            known = without_marks(connection, AT_ONCE + len(self._absent))
        return [digest for digest in known if digest not in self._absent][:AT_ONCE]

    def _look_at(self, digest: str, before: list[Found]) -> Found | None:
        if not self._register.media.has(digest):
            self._absent.add(digest)
            return None
        return found_of(self._register, digest, before, lambda: self._closed)


def found_of(
    register: Register, digest: str, before: list[Found], is_over: Callable[[], bool]
) -> Found | None:
    """The marks of a picture, and what it is a copy of: among those kept and these before.

    Computes for a fifth of a second, and as long again for each other picture that comes near.

    Returns:
        None where it was broken off.
    """
    grids = grids_of(register.media.path(digest))
    marked = [marks_of(grid) for grid in grids]
    if not marked:
        return Found(digest, ())
    keys = frozenset[int]().union(*(each.keys for each in marked))
    with register.read() as connection:
        near = candidates(connection, keys)
    near += [(one.sha256, one.marks) for one in before]
    alike: set[str] = set()
    pairs = [
        (grid, own, *other)
        for grid, own in zip(grids, marked, strict=True)
        for other in nearest(own.marks, near)
    ]
    for grid, own, other, marks in pairs:
        if is_over():
            return None
        theirs = grids_of(register.media.path(other))
        if theirs and _is_copy(grid, own, (theirs[0], marks)):
            alike.add(other)
    return Found(digest, marked[0].marks[0], tuple(sorted(alike)))


def _is_copy(grid: Grid, marked: Marked, theirs: tuple[Grid, Sequence[Mark]]) -> bool:
    return same_shot((grid, marked.marks), theirs)
