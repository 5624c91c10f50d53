"""What the rounds of a patrol's rulebook cannot mean is found with its line."""

from __future__ import annotations

import pytest

from domain.checking import check_shelf

PATROL = """\
id: example/patrol
edition: "1"
kind: patrol
title: {zh: 巡检, en: Patrol}
source: {document: X, part: {zh: 例, en: example}}
in_force: {from: 2026-01-01}
complete: true
total: 2
scoring: {deduct: equal_share, not_applicable: rescale, round: 0.01}
rounds:
  - {id: a, title: {zh: 甲, en: A}, by: [staff], from: "07:00", to: "08:00", points: [pump]}
sections:
  - id: s
    title: {zh: 设备, en: Equipment}
    total: 2
    owner: {zh: 处, en: Dept}
    groups:
      - id: g
        title: {zh: 加油机, en: Pump}
        at: [pump]
        cap: 2
        severity: minor
        criteria:
          - {id: g.1, text: {zh: 漏油, en: leaks}}
          - {id: g.2, text: {zh: 脏, en: dirty}}
"""


def problems(text: str) -> list[tuple[int, str]]:
    """Line and reason of everything that is wrong."""
    return [(one.line, one.reason.en) for one in check_shelf({"p.yaml": text.encode()}).problems]


def test_a_patrol_that_means_something_has_no_problem() -> None:
    assert problems(PATROL) == []


@pytest.mark.parametrize(
    ("was", "becomes", "line", "reason"),
    [
        ('"07:00"', '"7:00"', 11, "This is no time of day."),
        ('to: "08:00"', 'to: "07:00"', 11, "It ends before it begins."),
        ("by: [staff]", "by: []", 11, "There is nothing in rounds[0].by."),
        ("points: [pump]", "points: []", 11, "There is nothing in rounds[0].points."),
        ("points: [pump]", "points: [pump, safe]", 11, 'Nothing is to be checked at "safe".'),
        ("points: [pump]", "points: [cellar]", 11, 'No scan point is a "cellar".'),
        ("at: [pump]", "at: [pump, pump]", 20, '"pump" is already used by [0].'),
        ("        at: [pump]\n", "", 18, None),
        ("points: [pump]}", "points: [pump], least_minutes: 9, most_minutes: 3}", 11, None),
        ("kind: patrol", "kind: self_check", 10, "Only a patrol has rounds."),
        ("kind: patrol", "kind: self_check", 20, "Only groups of a patrol have at."),
    ],
)
def test_what_cannot_be_meant_is_named_with_its_line(
    was: str, becomes: str, line: int, reason: str | None
) -> None:
    found = problems(PATROL.replace(was, becomes, 1))

    assert line in [at for at, _ in found]
    assert reason is None or (line, reason) in found


def test_a_round_named_twice_is_refused() -> None:
    (line,) = [one for one in PATROL.splitlines() if "id: a," in one]

    assert (12, '"a" is already used by rounds[0].') in problems(
        PATROL.replace(line, f"{line}\n{line}")
    )
