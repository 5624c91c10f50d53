"""Contradictions in one edition: what it may say by its shape but cannot mean."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from domain.clause_contradictions import criterion_contradictions
from domain.counting import COUNTED_BY
from domain.formula_contradictions import formula_contradictions
from domain.patrol_contradictions import patrol_contradictions
from domain.rulebook import unknown_criterion
from domain.shape import Place, Slip, spoken
from domain.slips import empty_text, no_name, nothing_in, twice, unusable_points
from domain.text import Text
from domain.verdict_contradictions import verdict_contradictions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from msgspec.structs import FieldInfo

    from domain.rulebook import Edition, Group, Overlap, Section

STEPS = tuple(Decimal(one) for one in ("1", "0.5", "0.1", "0.01", "0.001", "0.0001"))
"""What figures may be rounded to; prices need no more decimals than the finest."""


def contradictions(edition: Edition) -> Iterator[Slip]:
    """Everything in one edition that cannot be meant, with its place."""
    yield from empty_texts(edition)
    yield from _head(edition)
    yield from _ids(edition)
    yield from _total(edition)
    yield from _units(edition)
    yield from verdict_contradictions(edition)
    yield from patrol_contradictions(edition)
    if not edition.sections:
        yield nothing_in(("sections",))
    for n, section in enumerate(edition.sections):
        yield from _section(section, edition, ("sections", n))
    for n, overlap in enumerate(edition.overlaps):
        yield from _overlap(overlap, edition, ("overlaps", n, "criteria"))


def empty_texts(value: object, place: Place = ()) -> Iterator[Slip]:
    """Texts that a reader of one language would not see."""
    if isinstance(value, Text):
        for lang in ("zh", "en"):
            if not getattr(value, lang).strip():
                yield empty_text((*place, lang), lang)
    elif isinstance(value, msgspec.Struct):
        for one in _fields(type(value)):
            yield from empty_texts(getattr(value, one.name), (*place, one.encode_name))
    elif isinstance(value, tuple):
        for n, one in enumerate(value):
            yield from empty_texts(one, (*place, n))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from empty_texts(one, (*place, key))


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[FieldInfo, ...]:
    """The fields of a kind of part; to find them out costs more than to read a whole edition."""
    return msgspec.structs.fields(kind)


def _head(edition: Edition) -> Iterator[Slip]:
    for key in ("id", "edition"):
        if not getattr(edition, key).strip():
            yield no_name((key,))
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
                zh="请写 1、0.5、0.1、0.01、0.001 或 0.0001。",
                en="Write 1, 0.5, 0.1, 0.01, 0.001 or 0.0001.",
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
        yield no_name((*place, "id"))
    elif named in seen:
        yield twice((*place, "id"), named, spoken(seen[named]).en)
    else:
        seen[named] = place


def _section(section: Section, edition: Edition, place: Place) -> Iterator[Slip]:
    if not section.groups:
        yield nothing_in((*place, "groups"))
    yield from _section_total(section, place)
    for n, group in enumerate(section.groups):
        yield from _group(group, edition, (*place, "groups", n))


def _total(edition: Edition) -> Iterator[Slip]:
    """The total is the sum of the sections, or of their weights where they have some."""
    weights = [one.weight for one in edition.sections if one.weight is not None]
    if not weights:
        yield from _sum(edition.total, [one.total for one in edition.sections], ("total",))
        return
    for n, section in enumerate(edition.sections):
        if section.weight is not None:
            yield from unusable_points(section.weight, ("sections", n, "weight"))
        elif section.total:
            yield _no_weight(("sections", n))
    yield from _sum(edition.total, weights, ("total",))


def _section_total(section: Section, place: Place) -> Iterator[Slip]:
    """A section is the sum of its caps; with a cap of its own these may be more."""
    caps = [one.cap for one in section.groups if not one.bonus]
    if section.groups and not caps:
        if section.total:
            yield _only_bonus((*place, "total"))
    elif section.cap is None:
        yield from _sum(section.total, caps, (*place, "total"))
    else:
        yield from unusable_points(section.total, (*place, "total"))
        yield from unusable_points(section.cap, (*place, "cap"))
        together = sum(caps)
        if not section.cap <= section.total <= together or section.cap == together:
            yield _cap_holds_nothing(section.cap, together, (*place, "cap"))


def _units(edition: Edition) -> Iterator[Slip]:
    for named in edition.units:
        if named in COUNTED_BY:
            yield twice(("units", named), named, "domain/counting.py")
        elif not named or named != named.strip():
            yield no_name(("units", named))


def _group(group: Group, edition: Edition, place: Place) -> Iterator[Slip]:
    yield from unusable_points(group.cap, (*place, "cap"))
    if not group.criteria:
        yield nothing_in((*place, "criteria"))
    for n, criterion in enumerate(group.criteria):
        there = (*place, "criteria", n)
        yield from criterion_contradictions(criterion, group, edition, there)
        if criterion.formula:
            formula = criterion.formula
            yield from formula_contradictions(formula, group, edition, (*there, "formula"))


def _overlap(overlap: Overlap, edition: Edition, place: Place) -> Iterator[Slip]:
    """Overlaps name two criteria or more, each once, that the edition has."""
    for n, named in enumerate(overlap.criteria):
        if named not in edition.placed:
            no = unknown_criterion(edition, named)
            yield Slip((*place, n), no.reason, no.remedy)
    if len(set(overlap.criteria)) < max(2, len(overlap.criteria)):
        yield Slip(
            place,
            Text(
                zh="重叠要写两条以上不同的条目。",
                en="An overlap names two criteria or more, each once.",
            ),
            Text(zh="请补上另一条，或删去这一项。", en="Add the other one or remove the overlap."),
        )


def _no_weight(place: Place) -> Slip:
    return Slip(
        place,
        Text(zh="有的项目有权重，这个没有。", en="Other sections have a weight, this has none."),
        Text(zh="请给每个项目写 weight，或全部删去。", en="Give every section a weight, or none."),
    )


def _only_bonus(place: Place) -> Slip:
    return Slip(
        place,
        Text(
            zh="只有加分项的项目，总分应为 0。",
            en="A section of nothing but bonus groups has a total of 0.",
        ),
        Text(
            zh="请写 total: 0；加分另计，不占总分。",
            en="Write total: 0; what is added does not count in the total.",
        ),
    )


def _cap_holds_nothing(cap: Decimal, together: Decimal | int, place: Place) -> Slip:
    return Slip(
        place,
        Text(
            zh=f"项目最高扣分 {cap}、项目总分与各分项之和 {together} 对不上。",
            en=f"A section cap of {cap} does not fit the total and the groups' sum of {together}.",
        ),
        Text(
            zh="cap 不超过 total，total 不超过各分项标准分之和，且 cap 小于该和。",
            en="Let cap be at most total, total at most the groups' sum, and cap less than that.",
        ),
    )


def _sum(total: Decimal, parts: list[Decimal], place: Place) -> Iterator[Slip]:
    wrong = list(unusable_points(total, place))
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
