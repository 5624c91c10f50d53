"""Signs in what was answered: copied from another station, always the same, never anything."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from domain.signs import Sign
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from domain.signs import Limits
    from domain.traces import History, Trace

    Counts = Mapping[str | None, Sequence[int]]

ENOUGH_VISITS = 20
"""Visits of others to a point, from which on their share of findings says something."""
MANY_FINDINGS = 4
"""So many findings alike are no chance, however short their notes."""
OTHERS_SAW = 3
"""Visits of others in between that did not find the same."""


def copied_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Several findings, word for word those of another station before.

    Two findings with stock phrases are alike by chance every day in a large chain: what suffices
    has notes of some length, or many findings.
    """
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
            certain = one.noted >= limits.same_letters or one.findings >= MANY_FINDINGS
            yield one, Sign("copied_answers", 100 if certain else 40, said)


def same_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """The same findings at a point again and again, by one person and by nobody in between.

    A fault that lasts is found by the others as well.
    """
    for visits in history.by_point.values():
        seen: dict[tuple[str | None, str], list[int]] = defaultdict(list)
        for place, one in enumerate(visits):
            if one.findings >= limits.same_findings:
                seen[one.person, one.answers].append(place)
        for (person, answers), places in seen.items():
            if len(places) < limits.same_times:
                continue
            between = [one for one in visits[places[0] : places[-1]] if one.person != person]
            if len(between) < OTHERS_SAW or any(one.answers == answers for one in between):
                continue
            for times, place in enumerate(places[limits.same_times - 1 :], limits.same_times):
                yield visits[place], _same(times, len(between))


def never_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Whoever finds nothing where others, at the same points, would have found something.

    That says something about the inspector and nothing about one visit, so only the newest one
    is worth a look, and not all of them.
    """
    found: dict[tuple[str, str], Counts] = {}
    points: dict[str | None, set[tuple[str, str]]] = defaultdict(set)
    for place, visits in history.by_point.items():
        counts: dict[str | None, list[int]] = defaultdict(lambda: [0, 0])
        for one in visits:
            counts[one.person][0] += 1
            counts[one.person][1] += one.findings > 0
            points[one.person].add(place)
        found[place] = counts
    for person, sent in history.by_person.items():
        if any(one.findings for one in sent):
            continue
        expected = sum(_expected(found[place], person) for place in points[person])
        if expected >= limits.expected:
            said = Text(
                zh=f"{len(sent)} 次一个问题也没有；别人在同样的点位约会发现 {expected:.0f} 次",
                en=f"{len(sent)} visits, nothing found; others would have {expected:.0f} times",
            )
            yield sent[-1], Sign("never_finds", 100, said)


def _same(times: int, others: int) -> Sign:
    said = Text(
        zh=f"第 {times} 次一字不差；其间别人去过 {others} 次，没有一次这样写",
        en=f"the same answers for the {times}th time; others went there {others} times meanwhile "
        "and never found that",
    )
    return Sign("same_answers", 100, said)


def _expected(counts: Counts, person: str) -> float:
    visits = sum(one[0] for who, one in counts.items() if who != person)
    hits = sum(one[1] for who, one in counts.items() if who != person)
    return counts[person][0] * hits / visits if visits >= ENOUGH_VISITS else 0.0
