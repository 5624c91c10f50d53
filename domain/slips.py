"""The slips that several checks of a rulebook report, in the words for those who write them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from domain.counting import COUNTED_BY
from domain.shape import Place, Slip, spoken
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_POINTS = Decimal(1_000_000)


def unusable_points(points: Decimal, place: Place) -> Iterator[Slip]:
    """What is no usable number of points: none, too many, too fine."""
    if points.is_finite() and 0 < points <= MOST_POINTS and points == round(points, 4):
        return
    yield Slip(
        place,
        Text(zh=f"{points:.40} 不是可用的分值。", en=f"{points} is no usable number of points."),
        Text(
            zh=f"请写大于 0、不超过 {MOST_POINTS} 且最多四位小数的数。",
            en=f"Give more than 0, at most {MOST_POINTS}, with four decimals at most.",
        ),
    )


def empty_text(place: Place, lang: str) -> Slip:
    """A text that is empty in one language."""
    return Slip(
        place,
        Text(zh=f"{spoken(place).zh} 是空的。", en=f"{spoken(place).en} is empty."),
        Text(zh=f"请填写“{lang}”的文字。", en=f'Write the text for "{lang}".'),
    )


def no_name(place: Place) -> Slip:
    """An id that is none."""
    return Slip(
        place,
        Text(
            zh=f"{spoken(place).zh} 是空的或带空格。",
            en=f"{spoken(place).en} is empty or has spaces.",
        ),
        Text(zh="请写一个编号，首尾不带空格。", en="Write an id without spaces around it."),
    )


def nothing_in(place: Place) -> Slip:
    """A list that must hold something."""
    return Slip(
        place,
        Text(zh=f"{spoken(place).zh} 里没有内容。", en=f"There is nothing in {spoken(place).en}."),
        Text(zh="请至少写一条，或删去上一级。", en="Write at least one, or remove what holds it."),
    )


def unknown_unit(per: str, place: Place, units: Iterable[str] = ()) -> Slip:
    """A counting unit that nobody defined."""
    known = ", ".join([*COUNTED_BY, *units])
    return Slip(
        place,
        Text(zh=f"不认识计数单位“{per:.40}”。", en=f'Unknown counting unit "{per:.40}".'),
        Text(zh=f"可用的有：{known}。", en=f"These are known: {known}."),
    )


def twice(place: Place, named: str, before: str) -> Slip:
    """A name that is already taken by something before."""
    return Slip(
        place,
        Text(zh=f"“{named}”已用于 {before}。", en=f'"{named}" is already used by {before}.'),
        Text(zh="请换一个编号。", en="Choose another one."),
    )
