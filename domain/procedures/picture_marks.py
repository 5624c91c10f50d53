"""Keeping the marks of pictures that were looked at in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.picture_marks import packed
from domain.register.picture_marks import already_marked
from domain.register.picture_tables import PictureAlikeRow, PictureKeyRow, PictureMarkRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.picture_marks import Mark
    from domain.register.work import Work


class Found(NamedTuple):
    """What was found of a picture.

    Attributes:
        marks: None where it could not be read.
        alike: Digests of pictures marked before that are the same shot.
    """

    sha256: str
    marks: tuple[Mark, ...]
    alike: tuple[str, ...] = ()


def mark_pictures(work: Work, found: Sequence[Found]) -> int:
    """Keep the marks of pictures, with one entry for all of them. Safe to repeat.

    Returns:
        How many had none before.
    """
    before = already_marked(work.connection, [one.sha256 for one in found])
    fresh = list({each.sha256: each for each in found}.values())
    fresh = [one for one in fresh if one.sha256 not in before]
    if not fresh:
        return 0
    number = work.next_seq * 1000
    for place, one in enumerate(fresh, number):
        work.insert(PictureMarkRow, _mark(place, one))
        keys = {mark.key for mark in one.marks}
        work.insert(PictureKeyRow, *({"key": key, "picture": place} for key in sorted(keys)))
        pairs = ({"sha256": one.sha256, "other": other} for other in sorted(set(one.alike)))
        work.insert(PictureAlikeRow, *pairs)
    work.journal("pictures.marked", fresh[0].sha256, pictures=len(fresh))
    return len(fresh)


def _mark(number: int, one: Found) -> dict[str, object]:
    return {"number": number, "sha256": one.sha256, "marks": packed(one.marks)}
