"""Titles of sections and groups as lists print them: id, words, points in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from domain.checklists.numerals import NUMBER, half_width, number

if TYPE_CHECKING:
    from decimal import Decimal

_POINTS = re.compile(
    rf"(?P<words>.*?)[（(]\s*(?:共|计|满分)?(?P<points>{NUMBER})\s*分"
    rf"(?:，最多扣(?P<cap>{NUMBER})分)?(?:，权重(?P<weight>{NUMBER}))?\s*[）)]"
)
_NUMBERED = (
    re.compile(r"([A-Za-z0-9][\w.\-]*|[一二三四五六七八九十]{1,3})　+(\S.*)"),
    re.compile(r"第?([一二三四五六七八九十]{1,3})(?:部分)?[、.．\s　]+(\S.*)"),
    re.compile(r"([A-Z]|\d{1,2}(?:\.\d{1,2})*)[、．.\s　]+(?!\d)(\S.*)"),
)


class Title(NamedTuple):
    """What a title says: an id where it is numbered, its words, points where it prints them."""

    id: str | None
    words: str
    points: Decimal | None = None
    cap: Decimal | None = None
    weight: Decimal | None = None


def title_in(text: str) -> Title:
    """The parts of a title; a text without any is all words."""
    whole = "".join(text.split("\n")).strip()
    parts: dict[str, Decimal | None] = {}
    if matched := _POINTS.fullmatch(half_width(whole)):
        try:
            parts = {
                name: number(matched[name]) if matched[name] else None
                for name in ("points", "cap", "weight")
            }
            whole = whole[: matched.end("words")].strip()
        except ValueError:
            parts = {}
    for pattern in _NUMBERED:
        if numbered := pattern.fullmatch(whole):
            return Title(_id(numbered[1]), numbered[2].strip(), **parts)
    return Title(None, whole, **parts)


def _id(printed: str) -> str:
    """The id as it is typed: 三 is 3."""
    try:
        return printed if printed[0].isascii() else str(number(printed))
    except ValueError:
        return printed
