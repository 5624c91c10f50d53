"""Draws of stations: quotas and must-ins hold, chance is fair, the list's order does not matter."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.canonical import digest
from domain.drawing import (
    STANDARD,
    Candidate,
    DrawnStratum,
    FrozenList,
    MustIns,
    Quota,
    Rule,
    Stratum,
    Weight,
    draw,
    mixed,
)

DAY = date(2026, 11, 20)
LIMITS = {5: 20.52, 4: 18.47}
"""The 99.9 % points of chi-square by degrees of freedom: a fair draw passes them but once in a
thousand choices of seeds. Ours are fixed, so the outcome is the same on every machine; a draw that
favours one station of six by a twentieth of its share misses by far at 100,000 draws."""
MUST = Candidate("s0", stars=3)
PLAIN = tuple(Candidate(f"s{n}", stars=n % 3) for n in range(1, 7))
UNIFORM = FrozenList(
    "d",
    DAY,
    Rule(Quota(at_least=3), must_stars=3),
    (Stratum("u1", (MUST, *PLAIN)), Stratum("u2", PLAIN[:1])),
)
FEW = 10_000
IN_ONE_WORKER = pytest.mark.xdist_group("draws")
"""Or each worker of a run draws them anew."""
many = pytest.mark.parametrize(
    "draws",
    [FEW, pytest.param(100_000, marks=(pytest.mark.slow, IN_ONE_WORKER))],
    ids=["few", "many"],
)


@cache
def drawn(draws: int) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The stations that came in, by stratum, for so many seeds."""
    each = (draw(mixed(str(seed), "seal"), UNIFORM) for seed in range(draws))
    return [(first.stations, second.stations) for first, second in each]


def chi_square(counts: Sequence[int], expected: Sequence[float]) -> float:
    return sum((c - e) ** 2 / e for c, e in zip(counts, expected, strict=True))


@many
def test_quotas_and_must_ins_hold_in_every_draw(draws: int) -> None:
    for first, second in drawn(draws):
        assert len(first) == len(set(first)) == 3
        assert "s0" in first
        assert second == ("s1",)


@many
def test_every_eligible_station_of_a_stratum_comes_in_equally_often(draws: int) -> None:
    """Two of six come in by chance.

    Those of one draw exclude each other, which makes the sum
    smaller by (6 - 2) / (6 - 1) than that of independent counts.
    """
    came_in = Counter(station for first, _ in drawn(draws) for station in first)
    counts = [came_in[station.id] for station in PLAIN]

    assert chi_square(counts, [draws * 2 / 6] * 6) * 5 / 4 < LIMITS[5]


@many
def test_weighted_stations_come_first_as_often_as_their_tickets_say(draws: int) -> None:
    days = (10, 59, 60, 119, 120)
    rule = Rule(Quota(at_least=1), unseen="weighted", weights=(Weight(60, 2), Weight(120, 4)))
    stations = tuple(Candidate(f"s{n}", last=DAY - timedelta(n)) for n in days)
    listed = FrozenList("w", DAY, rule, (Stratum("u", stations),))

    won = Counter(draw(mixed(str(seed), "x"), listed)[0].stations[0] for seed in range(draws))

    expected = [draws * tickets / 10 for tickets in (1, 1, 2, 2, 4)]
    assert chi_square([won[station.id] for station in stations], expected) < LIMITS[4]


def test_chi_square_notices_a_draw_that_favours_a_station_by_a_fifth() -> None:
    """The test above can fail: one ticket in six more for the last of them."""
    chance = Random(1)
    names = [*range(6), *range(6), *range(6), *range(6), *range(6), 5]
    counts = Counter(chance.choice(names) for _ in range(FEW))

    assert chi_square([counts[n] for n in range(6)], [FEW / 6] * 6) > LIMITS[5]


def test_a_number_can_be_recomputed_with_sha256sum() -> None:
    seed = mixed("a seed", "a seal", "12345")
    first = draw(seed, UNIFORM)[0].order[0]

    def sha256sum(words: str) -> str:
        run = subprocess.run(["sha256sum"], input=words.encode(), capture_output=True, check=True)
        return run.stdout.decode().split()[0]

    assert sha256sum("a seed/a seal/12345") == seed
    assert sha256sum(f"{seed}/d/u1/{first.station}/1") == first.number


def test_the_same_draw_comes_out_on_every_platform() -> None:
    order = draw(digest(b"forecourt"), UNIFORM)[0].order

    assert [one.station for one in order] == ["s0", "s5", "s6", "s3", "s2", "s1", "s4"]


@pytest.mark.parametrize(
    ("quota", "stations", "at_least"),
    [
        (Quota(at_least=2), 1, 1),
        (Quota(at_least=2), 9, 2),
        (Quota(per_cent=30), 10, 3),
        (Quota(per_cent=30), 11, 4),
        (Quota(per_cent=30), 1, 1),
        (Quota(per_cent=30), 0, 0),
        (Quota(per_cent=100), 7, 7),
        (Quota(at_least=2, per_cent=30), 5, 2),
    ],
)
def test_a_quota_is_rounded_up_and_never_more_than_there_are(
    quota: Quota, stations: int, at_least: int
) -> None:
    assert quota.of(stations) == at_least


@pytest.mark.parametrize(("reading", "stations"), [("within", 3), ("on_top", 4)])
def test_must_ins_count_towards_the_quota_or_come_on_top_as_declared(
    reading: MustIns, stations: int
) -> None:
    rule = msgspec.structs.replace(UNIFORM.rule, must_ins=reading)
    first, _ = draw("seed", msgspec.structs.replace(UNIFORM, rule=rule))

    assert first.taken == stations


def test_those_longest_unseen_come_before_chance() -> None:
    days = {"new": None, "old": 400, "older": 500, "fresh": 3, "recent": 179}
    stations = tuple(
        Candidate(name, last=DAY - timedelta(ago) if ago is not None else None)
        for name, ago in days.items()
    )
    rule = Rule(Quota(at_least=4), unseen="first", unseen_days=180)
    (drawn_one,) = draw("seed", FrozenList("f", DAY, rule, (Stratum("u", stations),)))

    assert [one.station for one in drawn_one.order[:3]] == ["new", "older", "old"]
    assert [one.why for one in drawn_one.order] == ["unseen"] * 3 + ["chance"] * 2


def test_the_rules_of_the_standard_make_sense() -> None:
    assert [name for name, rule in STANDARD.items() if not rule.fits()] == []


@pytest.mark.parametrize(
    "rule",
    [
        Rule(Quota()),
        Rule(Quota(per_cent=101)),
        Rule(Quota(at_least=-1, per_cent=30)),
        Rule(Quota(at_least=1), unseen="weighted"),
        Rule(Quota(at_least=1), weights=(Weight(1, 2),)),
        Rule(Quota(at_least=1), unseen="weighted", weights=(Weight(9, 2), Weight(3, 4))),
        Rule(Quota(at_least=1), unseen="weighted", weights=(Weight(9, 0),)),
    ],
)
def test_a_rule_that_makes_no_sense_does_not_fit(rule: Rule) -> None:
    assert not rule.fits()


days_ago = st.none() | st.integers(0, 900).map(lambda ago: DAY - timedelta(ago))
rules = st.builds(
    Rule,
    st.builds(Quota, st.integers(1, 5), st.integers(0, 100)),
    must_stars=st.integers(0, 5),
    must_ins=st.sampled_from(("within", "on_top")),
    unseen=st.sampled_from(("first", "uniform", "weighted")),
    weights=st.just((Weight(30, 2), Weight(300, 5))),
)
stations_of_a_unit = st.lists(
    st.builds(Candidate, st.text("abcd", min_size=1, max_size=4), st.integers(0, 5), days_ago),
    max_size=12,
    unique_by=lambda station: station.id,
)
seeds = st.text("0123456789abcdef", min_size=1)


def one_stratum(rule: Rule, stations: Sequence[Candidate], seed: str) -> DrawnStratum:
    (only,) = draw(seed, FrozenList("h", DAY, rule, (Stratum("u", tuple(stations)),)))
    return only


@given(rules, stations_of_a_unit, seeds, st.randoms(use_true_random=False))
def test_the_order_of_the_list_never_matters(
    rule: Rule, stations: list[Candidate], seed: str, chance: Random
) -> None:
    shuffled = chance.sample(stations, len(stations))

    assert one_stratum(rule, shuffled, seed) == one_stratum(rule, stations, seed)


@given(rules, stations_of_a_unit, seeds)
def test_another_must_in_never_drops_one_that_was_in(
    rule: Rule, stations: list[Candidate], seed: str
) -> None:
    musts = {station.id for station in stations if rule.must(station)}
    more = [*stations, Candidate("new", stars=9)]

    assert musts <= set(one_stratum(rule, more, seed).stations)


@given(rules, stations_of_a_unit, seeds)
def test_a_quota_is_exceeded_by_must_ins_alone(
    rule: Rule, stations: list[Candidate], seed: str
) -> None:
    came_in = one_stratum(rule, stations, seed)
    musts = sum(rule.must(station) for station in stations)
    beside = musts if rule.must_ins == "on_top" else 0
    others = [one for one in came_in.order[: came_in.taken] if one.why != "must"]

    assert came_in.taken >= rule.quota.of(len(stations))
    assert len(others) <= max(0, rule.quota.of(len(stations)) - musts + beside)
