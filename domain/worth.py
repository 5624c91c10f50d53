"""Which submissions are worth a look, and why; what that makes for each inspector.

Never a verdict and never a penalty: somebody is asked to look. Source: fact W2 (false inspections
must become impossible to hide); signs and limits are ours (`domain/signs.py`, docs/presence.md).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from domain.signs import ELSEWHERE, PROVEN, Doubt, Limits, Sign
from domain.signs_of_answers import copied_signs, never_signs, same_signs
from domain.signs_of_pace import pace_signs, place_signs, rhythm_signs, walk_signs
from domain.signs_of_phones import (
    chain_signs,
    network_signs,
    page_signs,
    proof_signs,
    step_signs,
)
from domain.signs_of_pictures import later_signs, old_signs, reuse_signs
from domain.signs_of_time import back_signs, clock_signs, hasty_signs, known_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.traces import History, Trace

LOOKS: tuple[Callable[[History, Limits], Iterator[tuple[Trace, Sign]]], ...] = (
    network_signs,
    proof_signs,
    page_signs,
    chain_signs,
    step_signs,
    clock_signs,
    known_signs,
    back_signs,
    place_signs,
    walk_signs,
    pace_signs,
    hasty_signs,
    rhythm_signs,
    copied_signs,
    same_signs,
    never_signs,
    reuse_signs,
    old_signs,
    later_signs,
)
USUAL = Limits()


def doubts(history: History, limits: Limits = USUAL) -> dict[int, Doubt]:
    """What speaks against each submission that anything speaks against, by its number.

    Of several signs of one kind the heaviest counts; kinds add up; the console's changing code
    takes something off those of being elsewhere.
    """
    found: dict[int, dict[str, Sign]] = defaultdict(dict)
    proven = {one.number for one in history.scans if one.presence.proved_at}
    for look in LOOKS:
        for trace, sign in look(history, limits):
            known = found[trace.number].get(sign.kind)
            if known is None or known.weight < sign.weight:
                found[trace.number][sign.kind] = sign
    return {
        number: _doubt(tuple(signs.values()), proven=number in proven)
        for number, signs in found.items()
    }


def _doubt(signs: tuple[Sign, ...], *, proven: bool) -> Doubt:
    weight = sum(sign.weight for sign in signs)
    if proven:
        weight -= min(PROVEN, sum(sign.weight for sign in signs if sign.kind in ELSEWHERE))
    return Doubt(weight, tuple(sorted(signs, key=lambda one: -one.weight)))
