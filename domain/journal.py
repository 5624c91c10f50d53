"""The journal: who did what, sealed in one line.

A header says what happened, the body (facts and row images) is stored apart and bound by its
digest. Each seal covers its header and, through `prev`, all headers before it, so that a later
edit, deletion or reordering shows. It does not show an end cut off, nor a journal recomputed as a
whole by whoever owns the file: therefore heads are printed on every export, label sheet and
receipt, where they can be compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from domain.canonical import canonical, digest

if TYPE_CHECKING:
    from collections.abc import Iterable

GENESIS = "0" * 64
"""What the first entry names as the seal before it."""


class Header(msgspec.Struct, frozen=True, gc=False):
    """What an entry's seal is taken over; the body enters through its digest.

    Attributes:
        seq: 1 for the node's first entry, then one more each.
        at: UTC, as `canonical.instant` writes it.
        actor: Who did it: `person:…`, `console`, `demo` …
        action: `noun.participle`, such as `inspection.submitted`.
        subject: Id of what it was done to.
        prev: Seal of the entry before.
    """

    action: str
    actor: str
    at: str
    body_sha256: str
    node: str
    prev: str
    seq: int
    subject: str


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A header with its seal, and its body while that is kept."""

    header: Header
    seal: str
    body: bytes | None = None


class Break(msgspec.Struct, frozen=True):
    """The first entry that does not hold, and what is wrong with it."""

    seq: int
    reason: str


def seal(header: Header) -> str:
    """The seal of a header: SHA-256 over its canonical bytes."""
    return digest(canonical(header))


def first_broken(entries: Iterable[Entry], *, prev: str = GENESIS, seq: int = 1) -> Break | None:
    """The first entry whose place, seal, link or body does not hold, or None if all hold.

    Args:
        entries: In the order of their numbers.
        prev: Seal that the first of them must name.
        seq: Number that the first of them must have.
    """
    for entry in entries:
        header = entry.header
        if header.seq != seq:
            return Break(seq, "missing" if header.seq > seq else "out of order")
        if header.prev != prev:
            return Break(seq, "does not follow the entry before it")
        if entry.seal != seal(header):
            return Break(seq, "header does not match its seal")
        if entry.body is not None and digest(entry.body) != header.body_sha256:
            return Break(seq, "body does not match its digest")
        prev, seq = entry.seal, seq + 1
    return None
