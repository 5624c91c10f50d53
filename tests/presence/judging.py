"""Counts how many fakes are seen and how many honest submissions are pointed at in vain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import sqrt
from typing import NamedTuple

from domain.signs import Limits
from domain.traces import History
from domain.worth import USUAL, doubts
from tests.presence.attacks import ALWAYS, ATTACKS
from tests.presence.chain import Chain, Form
from tests.presence.layouts import Layout

Z = 1.96


class Share(NamedTuple):
    """So many of so many."""

    hits: int
    of: int

    @property
    def percent(self) -> float:
        """In percent; 0 of none."""
        return 100 * self.hits / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95 %, in percent."""
        if not self.of:
            return 0.0, 100.0
        p, n = self.hits / self.of, self.of
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)

    def show(self) -> str:
        """As `97.1 % (96.0-98.0; 1165 of 1200)`."""
        low, high = self.interval()
        return f"{self.percent:.1f} % ({low:.1f}-{high:.1f}; {self.hits} of {self.of})"

    def __add__(self, other: object) -> Share:
        """Both counted together."""
        assert isinstance(other, Share)
        return Share(self.hits + other.hits, self.of + other.of)


NONE = Share(0, 0)


class Judged(NamedTuple):
    """Shares by submission, by round and by person, and which signs there were."""

    submissions: Share
    rounds: Share
    people: Share
    signs: dict[str, int]

    def __add__(self, other: object) -> Judged:
        """Both counted together."""
        assert isinstance(other, Judged)
        signs = dict(self.signs)
        for kind, times in other.signs.items():
            signs[kind] = signs.get(kind, 0) + times
        return Judged(
            self.submissions + other.submissions,
            self.rounds + other.rounds,
            self.people + other.people,
            signs,
        )


NOBODY = Judged(NONE, NONE, NONE, {})


def recall(
    attack: str, layouts: Sequence[Layout], seeds: Iterable[int], limits: Limits = USUAL
) -> Judged:
    """How many of the submissions, rounds and cheats of an attack are worth a look."""
    found = NOBODY
    for seed in seeds:
        for layout in layouts:
            chain = Chain(layout, seed, ATTACKS[attack], 1.0 if attack in ALWAYS else 0.7)
            judged = _judged(chain, limits)
            found += _counted([one for one in judged if one[0].fake])
    return found


def false_alarms(
    layouts: Sequence[Layout], seeds: Iterable[int], limits: Limits = USUAL
) -> dict[str, Judged]:
    """How many honest submissions are worth a look, by what is special about them; "" for all."""
    found: dict[str, Judged] = defaultdict(lambda: NOBODY)
    for seed in seeds:
        for layout in layouts:
            judged = _judged(Chain(layout, seed), limits)
            found[""] += _counted(judged)
            for habit in {one[0].habit for one in judged} - {""}:
                found[habit] += _counted([one for one in judged if one[0].habit == habit])
            found[layout.name] += _counted(judged)
    return dict(found)


def _judged(chain: Chain, limits: Limits) -> list[tuple[Form, tuple[str, ...]]]:
    """Each submission with the kinds of its signs, where it is worth a look."""
    traces, truth = chain.traces()
    found = doubts(History(traces), limits)
    return [
        (
            one,
            tuple(sign.kind for sign in found[number].signs)
            if number in found and found[number].worth_a_look
            else (),
        )
        for number, one in truth.items()
    ]


def _counted(judged: Iterable[tuple[Form, tuple[str, ...]]]) -> Judged:
    rounds: dict[str, bool] = defaultdict(bool)
    people: dict[str, bool] = defaultdict(bool)
    signs: dict[str, int] = defaultdict(int)
    hits = of = 0
    for one, kinds in judged:
        hits, of = hits + bool(kinds), of + 1
        rounds[one.round] |= bool(kinds)
        people[one.person] |= bool(kinds)
        for kind in kinds:
            signs[kind] += 1
    return Judged(
        Share(hits, of),
        Share(sum(rounds.values()), len(rounds)),
        Share(sum(people.values()), len(people)),
        dict(signs),
    )
