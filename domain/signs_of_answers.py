"""Signs in what was answered: copied from another station, always the same, never anything."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from domain.signs import Sign
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.signs import Limits
    from domain.traces import History, Trace

ENOUGH_VISITS = 20
"""Visits of others to a point, from which on their share of findings says something."""


def copied_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Several findings, word for word those of another station before."""
    first: dict[tuple[str, str], Trace] = {}
    for one in sorted(history.scans, key=lambda each: each.number):
        if one.findings < limits.same_findings:
            continue
        before = first.setdefault((one.rulebook, one.answers), one)
        if before.station != one.station:
            said = Text(
                zh=f"{one.findings} 个问题与另一座站 #{before.number} 一字不差",
                en=f"{one.findings} findings word for word those of another station,"
                f" #{before.number}",
            )
            yield one, Sign("copied_answers", 100, said)


def same_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """The same findings at the same point again and again, by the same person."""
    for visits in history.by_point.values():
        by_person: dict[str | None, list[Trace]] = defaultdict(list)
        for one in visits:
            by_person[one.person].append(one)
        for own in by_person.values():
            times = 1
            for before, one in pairwise(own):
                alike = one.findings >= limits.same_findings and one.answers == before.answers
                times = times + 1 if alike else 1
                if times >= limits.same_times:
                    said = Text(
                        zh=f"连续 {times} 次答案一字不差",
                        en=f"the same answers {times} times in a row",
                    )
                    yield one, Sign("same_answers", 40, said)


def never_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Whoever finds nothing where others, at the same points, would have found something."""
    found: dict[tuple[str, str], dict[str | None, list[int]]] = {}
    for place, visits in history.by_point.items():
        counts: dict[str | None, list[int]] = defaultdict(lambda: [0, 0])
        for one in visits:
            counts[one.person][0] += 1
            counts[one.person][1] += one.findings > 0
        found[place] = counts
    for person, sent in history.by_person.items():
        if any(one.findings for one in sent):
            continue
        expected = sum(_expected(counts, person) for counts in found.values() if person in counts)
        if expected >= limits.expected:
            said = Text(
                zh=f"{len(sent)} 次一个问题也没有；别人在同样的点位约会发现 {expected:.0f} 次",
                en=f"{len(sent)} visits, nothing found; others would have {expected:.0f} times",
            )
            yield from ((one, Sign("never_finds", 40, said)) for one in sent)


def _expected(counts: dict[str | None, list[int]], person: str) -> float:
    visits = sum(one[0] for who, one in counts.items() if who != person)
    hits = sum(one[1] for who, one in counts.items() if who != person)
    return counts[person][0] * hits / visits if visits >= ENOUGH_VISITS else 0.0
