"""Contradictions in the rounds of a patrol, and in where its groups are checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.point_kinds import POINT_KINDS
from domain.shape import Place, Slip
from domain.slips import no_name, nothing_in, twice
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.rulebook import Edition, Round

TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def patrol_contradictions(edition: Edition) -> Iterator[Slip]:
    """What a patrol cannot mean, and what only a patrol may say."""
    if edition.kind != "patrol":
        yield from _only_in_patrols(edition)
        return
    if not edition.rounds:
        yield nothing_in(("rounds",))
    checked: set[str] = set()
    for s, section in enumerate(edition.sections):
        for g, group in enumerate(section.groups):
            place: Place = ("sections", s, "groups", g, "at")
            if not group.at:
                yield nothing_in(place)
            yield from _kinds(group.at, place)
            checked.update(group.at)
    seen: dict[str, int] = {}
    for n, one in enumerate(edition.rounds):
        place = ("rounds", n)
        if not one.id or one.id != one.id.strip():
            yield no_name((*place, "id"))
        elif one.id in seen:
            yield twice((*place, "id"), one.id, f"rounds[{seen[one.id]}]")
        seen.setdefault(one.id, n)
        yield from _round(one, checked, place)


def _only_in_patrols(edition: Edition) -> Iterator[Slip]:
    remedy = Text(
        zh="请把 kind 写成 patrol，或删去这一项。", en="Write kind: patrol, or remove this."
    )
    if edition.rounds:
        reason = Text(zh="只有巡检才有 rounds。", en="Only a patrol has rounds.")
        yield Slip(("rounds",), reason, remedy)
    for s, section in enumerate(edition.sections):
        for g, group in enumerate(section.groups):
            if group.at:
                reason = Text(zh="只有巡检的分项才有 at。", en="Only groups of a patrol have at.")
                yield Slip(("sections", s, "groups", g, "at"), reason, remedy)


def _round(one: Round, checked: set[str], place: Place) -> Iterator[Slip]:
    if not one.by:
        yield nothing_in((*place, "by"))
    if not one.points:
        yield nothing_in((*place, "points"))
    yield from _kinds(one.points, (*place, "points"))
    for n, kind in enumerate(one.points):
        if kind in POINT_KINDS and kind not in checked:
            yield Slip(
                (*place, "points", n),
                Text(zh=f"“{kind}”处没有要查的内容。", en=f'Nothing is to be checked at "{kind}".'),
                Text(
                    zh="请在某个分项的 at 中写上它，或从这一轮中删去。",
                    en="Name it in the at of a group, or take it out of this round.",
                ),
            )
    yield from _times(one, place)


def _times(one: Round, place: Place) -> Iterator[Slip]:
    remedy = Text(zh="请写 HH:MM，例如 07:30。", en="Write HH:MM, such as 07:30.")
    wrong = [
        key for key, said in (("from", one.first), ("to", one.last)) if not TIME.fullmatch(said)
    ]
    for key in wrong:
        yield Slip((*place, key), Text(zh="这不是时间。", en="This is no time of day."), remedy)
    if not wrong and one.every == "day" and one.last <= one.first:
        yield Slip(
            (*place, "to"),
            Text(zh="结束时间不晚于开始时间。", en="It ends before it begins."),
            Text(zh="跨夜的巡检请分成两轮。", en="Make two rounds of one that goes past midnight."),
        )
    most = one.most_minutes
    if one.least_minutes < 0 or (most is not None and most <= one.least_minutes):
        yield Slip(
            (*place, "least_minutes"),
            Text(
                zh="两点之间的最少、最多分钟数不合理。",
                en="The minutes between two points make no sense.",
            ),
            Text(
                zh="最少不小于 0，最多须大于最少。", en="At least 0, and the most above the least."
            ),
        )


def _kinds(kinds: tuple[str, ...], place: Place) -> Iterator[Slip]:
    for n, kind in enumerate(kinds):
        if kind not in POINT_KINDS:
            known = ", ".join(POINT_KINDS)
            yield Slip(
                (*place, n),
                Text(zh=f"没有“{kind:.40}”这类点位。", en=f'No scan point is a "{kind:.40}".'),
                Text(zh=f"可用的有：{known}。", en=f"These are known: {known}."),
            )
        elif kind in kinds[:n]:
            yield twice((*place, n), kind, f"[{kinds.index(kind)}]")
