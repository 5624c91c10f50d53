"""Contradictions in gates and grades: verdicts that nobody or everybody would get."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from domain.shape import Place, Slip
from domain.slips import twice
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.rulebook import Edition, Gate, Grade


def verdict_contradictions(edition: Edition) -> Iterator[Slip]:
    """Everything in the gates and grades of an edition that cannot be meant."""
    for n, gate in enumerate(edition.gates):
        yield from _gate(gate, edition, ("gates", n))
    yield from _grades(edition)


def _gate(gate: Gate, edition: Edition, place: Place) -> Iterator[Slip]:
    totals = {section.id: section.total for section in edition.sections}
    if gate.section is not None and gate.section not in totals:
        known = ", ".join(totals)
        yield Slip(
            (*place, "section"),
            Text(
                zh=f"没有编号为“{gate.section:.40}”的项目。",
                en=f'There is no section "{gate.section:.40}".',
            ),
            Text(zh=f"可写：{known}。", en=f"These are known: {known}."),
        )
        return
    most = edition.total if gate.section is None else totals[gate.section]
    if gate.measure == "percent":
        most = Decimal(100)
    if not (gate.below.is_finite() and 0 < gate.below <= most):
        yield Slip(
            (*place, "below"),
            Text(
                zh="这道门槛谁都过或谁都过不了。",
                en="This gate lets everybody pass, or nobody.",
            ),
            Text(zh=f"请写大于 0、不超过 {most} 的数。", en=f"Give more than 0, at most {most}."),
        )


def _grades(edition: Edition) -> Iterator[Slip]:
    seen: dict[object, int] = {}
    for n, grade in enumerate(edition.grades):
        place: Place = ("grades", n)
        for key in (("id", grade.id), ("at_least", grade.at_least)):
            if key in seen and key[1] is not None:
                yield twice((*place, key[0]), str(key[1]), f"grades[{seen[key]}]")
            seen[key] = n
        if grade.when_failed == (grade.at_least is not None):
            yield _one_of_two(place)
        if grade.at_least is not None and not _reachable(grade.at_least, edition):
            yield _out_of_reach((*place, "at_least"))
    yield from _failing(edition.grades, edition)


def _reachable(points: Decimal, edition: Edition) -> bool:
    bonus = sum(group.cap for group in edition.groups.values() if group.bonus)
    return points.is_finite() and 0 <= points <= edition.total + bonus


def _failing(grades: tuple[Grade, ...], edition: Edition) -> Iterator[Slip]:
    failing = [n for n, grade in enumerate(grades) if grade.when_failed]
    if failing and not edition.can_fail:
        yield Slip(
            ("grades", failing[0]),
            Text(
                zh="没有否决项或门槛，不会有不合格的结论。",
                en="Without a veto or a gate no verdict fails.",
            ),
            Text(
                zh="请写上 veto 或 gates，或删去这一等级。",
                en="Give a veto or gates, or remove this grade.",
            ),
        )
    if len(failing) > 1:
        yield twice(("grades", failing[1]), "when_failed", f"grades[{failing[0]}]")


def _one_of_two(place: Place) -> Slip:
    return Slip(
        place,
        Text(
            zh="等级要写 at_least 或 when_failed，且只写一个。",
            en="A grade has at_least or when_failed, and one of the two.",
        ),
        Text(zh="请二者留一。", en="Keep one of them."),
    )


def _out_of_reach(place: Place) -> Slip:
    return Slip(
        place,
        Text(zh="没有总分能达到这个等级。", en="No total reaches this grade."),
        Text(
            zh="请写 0 到总分（加分在内）之间的数。",
            en="Give a number from 0 to the total, bonus included.",
        ),
    )
