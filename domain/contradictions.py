"""Contradictions in one edition: what it may say by its shape but cannot mean."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from domain.counting import COUNTED_BY
from domain.shape import Place, Slip, spoken
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from msgspec.structs import FieldInfo

    from domain.rulebook import Criterion, Edition, Group, Section

MOST_POINTS = Decimal(1_000_000)
STEPS = tuple(Decimal(one) for one in ("1", "0.1", "0.01", "0.001", "0.0001"))
"""What figures may be rounded to; prices need no more decimals than the finest."""


def contradictions(edition: Edition) -> Iterator[Slip]:
    """Everything in one edition that cannot be meant, with its place."""
    yield from empty_texts(edition)
    yield from _head(edition)
    yield from _ids(edition)
    yield from _sum(edition.total, [one.total for one in edition.sections], ("total",))
    if not edition.sections:
        yield _nothing_in(("sections",))
    for n, section in enumerate(edition.sections):
        yield from _section(section, edition, ("sections", n))


def empty_texts(value: object, place: Place = ()) -> Iterator[Slip]:
    """Texts that a reader of one language would not see."""
    if isinstance(value, Text):
        for lang in ("zh", "en"):
            if not getattr(value, lang).strip():
                yield _empty_text((*place, lang), lang)
    elif isinstance(value, msgspec.Struct):
        for one in _fields(type(value)):
            yield from empty_texts(getattr(value, one.name), (*place, one.encode_name))
    elif isinstance(value, tuple):
        for n, one in enumerate(value):
            yield from empty_texts(one, (*place, n))


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[FieldInfo, ...]:
    """The fields of a kind of part; to find them out costs more than to read a whole edition."""
    return msgspec.structs.fields(kind)


def _head(edition: Edition) -> Iterator[Slip]:
    for key in ("id", "edition"):
        if not getattr(edition, key).strip():
            yield _no_name((key,))
    last = edition.in_force.last
    if last and last < edition.in_force.first:
        yield Slip(
            ("in_force", "to"),
            Text(zh="终止日期早于起始日期。", en="The last day is before the first."),
            Text(zh="请核对 in_force 的 from 和 to。", en="Check from and to of in_force."),
        )
    if edition.complete == bool(edition.incomplete_because):
        yield Slip(
            ("complete",),
            Text(
                zh="complete 与 incomplete_because 不一致。",
                en="complete and incomplete_because do not agree.",
            ),
            Text(
                zh="complete: false 时写明 incomplete_because；完整时删去它。",
                en="Give incomplete_because with complete: false, and only then.",
            ),
        )
    if edition.scoring.round not in STEPS:
        yield Slip(
            ("scoring", "round"),
            Text(zh="不能按这个数取整。", en="Figures cannot be rounded to this."),
            Text(
                zh="请写 1、0.1、0.01、0.001 或 0.0001。", en="Write 1, 0.1, 0.01, 0.001 or 0.0001."
            ),
        )


def _ids(edition: Edition) -> Iterator[Slip]:
    """Ids that are empty or used twice; "not applicable" names groups and criteria alike."""
    sections: dict[str, Place] = {}
    rest: dict[str, Place] = {}
    for s, section in enumerate(edition.sections):
        yield from _id(section.id, ("sections", s), sections)
        for g, group in enumerate(section.groups):
            yield from _id(group.id, ("sections", s, "groups", g), rest)
            for c, criterion in enumerate(group.criteria):
                place = ("sections", s, "groups", g, "criteria", c)
                yield from _id(criterion.id, place, rest)


def _id(named: str, place: Place, seen: dict[str, Place]) -> Iterator[Slip]:
    if not named or named != named.strip():
        yield _no_name((*place, "id"))
    elif named in seen:
        yield twice((*place, "id"), named, spoken(seen[named]).en)
    else:
        seen[named] = place


def _section(section: Section, edition: Edition, place: Place) -> Iterator[Slip]:
    if not section.groups:
        yield _nothing_in((*place, "groups"))
    yield from _sum(section.total, [one.cap for one in section.groups], (*place, "total"))
    for n, group in enumerate(section.groups):
        yield from _group(group, edition, (*place, "groups", n))


def _group(group: Group, edition: Edition, place: Place) -> Iterator[Slip]:
    yield from _points(group.cap, (*place, "cap"))
    if not group.criteria:
        yield _nothing_in((*place, "criteria"))
    for n, criterion in enumerate(group.criteria):
        yield from _criterion(criterion, edition, (*place, "criteria", n))


def _criterion(criterion: Criterion, edition: Edition, place: Place) -> Iterator[Slip]:
    if edition.scoring.deduct == "equal_share" and criterion.clauses:
        yield Slip(
            (*place, "clauses"),
            Text(
                zh=f"{criterion.id}：均分扣分（equal_share）不用扣分条款。",
                en=f"{criterion.id}: clauses mean nothing under equal_share.",
            ),
            Text(
                zh="请删去 clauses，或改用 deduct: by_clause。",
                en="Remove clauses, or use deduct: by_clause.",
            ),
        )
    if edition.scoring.deduct == "by_clause" and not criterion.clauses:
        yield _nothing_in((*place, "clauses"))
    for n, clause in enumerate(criterion.clauses):
        yield from _points(clause.points, (*place, "clauses", n, "points"))
        if clause.per not in COUNTED_BY:
            yield _unknown_unit(clause.per, (*place, "clauses", n, "per"))


def _sum(total: Decimal, parts: list[Decimal], place: Place) -> Iterator[Slip]:
    wrong = list(_points(total, place))
    yield from wrong
    if wrong or not parts or not all(one.is_finite() for one in parts):
        return
    if total != sum(parts):
        yield Slip(
            place,
            Text(
                zh=f"写的是 {total}，但各部分之和是 {sum(parts)}。",
                en=f"This says {total}, but its parts sum to {sum(parts)}.",
            ),
            Text(zh="请改正总分或其中某个标准分。", en="Mend the total or one of the parts."),
        )


def _points(points: Decimal, place: Place) -> Iterator[Slip]:
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


def _empty_text(place: Place, lang: str) -> Slip:
    return Slip(
        place,
        Text(zh=f"{spoken(place).zh} 是空的。", en=f"{spoken(place).en} is empty."),
        Text(zh=f"请填写“{lang}”的文字。", en=f'Write the text for "{lang}".'),
    )


def _no_name(place: Place) -> Slip:
    return Slip(
        place,
        Text(
            zh=f"{spoken(place).zh} 是空的或带空格。",
            en=f"{spoken(place).en} is empty or has spaces.",
        ),
        Text(zh="请写一个编号，首尾不带空格。", en="Write an id without spaces around it."),
    )


def _nothing_in(place: Place) -> Slip:
    return Slip(
        place,
        Text(zh=f"{spoken(place).zh} 里没有内容。", en=f"There is nothing in {spoken(place).en}."),
        Text(zh="请至少写一条，或删去上一级。", en="Write at least one, or remove what holds it."),
    )


def _unknown_unit(per: str, place: Place) -> Slip:
    known = ", ".join(COUNTED_BY)
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
