"""Signs that a submission is worth a look, and the limits from which on something is one.

A sign has a weight in hundredths: at 100 together a submission is worth a look. Nothing follows of
itself: a person looks, and says by name what it was. Limits are ours (facts W1, W2 name only the
purpose); a company changes them in the file `presence.yaml` of its data folder.
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from domain.parts import Part
from domain.text import Text

SignKind = Literal[
    "outside",
    "unproven",
    "clock",
    "backdated",
    "two_places",
    "too_fast",
    "quicker",
    "hasty",
    "rhythm",
    "copied_answers",
    "same_answers",
    "never_finds",
    "picture_again",
    "picture_alike",
    "picture_old",
    "picture_later",
    "two_pages",
    "chain_forks",
    "in_step",
]
ENOUGH = 100
PROVEN = 50
"""What the console's changing code, scanned on that visit, takes off signs of being elsewhere."""
ELSEWHERE: frozenset[SignKind] = frozenset(
    {"outside", "two_places", "two_pages", "chain_forks", "clock"}
)
"""What that code speaks against. It says that somebody was there and nothing of what he did: not
that he walked, looked or took a picture."""

TITLES: dict[SignKind, Text] = {
    "outside": Text(zh="不在本站网络", en="outside the network"),
    "unproven": Text(zh="没有动态码", en="no changing code"),
    "clock": Text(zh="手机时钟偏差", en="clock is off"),
    "backdated": Text(zh="时间倒填", en="backdated"),
    "two_places": Text(zh="同时在两处", en="two places at once"),
    "too_fast": Text(zh="比走过去还快", en="faster than one walks"),
    "quicker": Text(zh="比别人快得多", en="far quicker than others"),
    "hasty": Text(zh="填得太快", en="filled in too fast"),
    "rhythm": Text(zh="节奏像机器", en="machine-like rhythm"),
    "copied_answers": Text(zh="照抄别站答案", en="answers of another station"),
    "same_answers": Text(zh="答案总是一样", en="always the same answers"),
    "never_finds": Text(zh="从未发现问题", en="never finds anything"),
    "picture_again": Text(zh="照片用过", en="picture used before"),
    "picture_alike": Text(zh="照片疑似用过", en="picture looks used before"),
    "picture_old": Text(zh="照片早于到场", en="picture older than the visit"),
    "picture_later": Text(zh="照片晚于提交", en="picture newer than its form"),
    "two_pages": Text(zh="两部手机共用绑定", en="two phones, one enrolment"),
    "chain_forks": Text(zh="回执链分叉", en="receipts fork"),
    "in_step": Text(zh="几部手机同步走", en="phones walk in step"),
}

Seconds = Annotated[int, Meta(ge=0, le=86_400)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Count = Annotated[int, Meta(ge=1, le=10_000)]


class Limits(Part, frozen=True):
    """From when on something is a sign; every one may be left out of the file.

    They were chosen on four simulated chains and tested on four others (docs/presence.md).

    Attributes:
        clock_s: A phone's clock may be off by so much.
        back_s: Forms that all came so late, one by one, suffice alone: that is a clock set back.
        fast_s: From one code to the next takes at least so long, whoever runs.
        in_a_row: So many steps in a row below that suffice alone.
        pace_percent: Of the time that others take between the same points; below it is not walked.
            Who hurries honestly takes about 55.
        demand_percent: Of the least time that the patrol demands; the measure where fewer than
            three others walk.
        pace_steps: So many steps are needed to tell.
        stations_s: From one station to another takes at least so long.
        entry_ms: Reading and answering one criterion takes at least so long.
        even_percent: Steps between points that differ by less than so much are machine-like.
        even_points: So many points in a row are needed to tell.
        same_findings: So many findings alike, notes included, say something.
        same_letters: With notes of so many letters they are no chance.
        same_times: So often the same answers at a point, when nobody else gives them.
        expected: Others would have found so much there; whoever found nothing stands out.
        old_s: A picture may be older than the visit by so much.
        together_s: Phones that scan the same point within so long.
        together_points: So many points in a row.
        together_walks: On so many rounds it suffices alone: once may be a superior who walks along.
        outside_percent: Where fewer of the others' forms come from outside, one suffices alone.
        proven_percent: Where at least so many of the others' forms come with the console's changing
            code, one without it suffices alone; below, it takes company.
    """

    clock_s: Seconds = 300
    back_s: Seconds = 1800
    fast_s: Seconds = 10
    in_a_row: Count = 3
    pace_percent: Percent = 35
    demand_percent: Percent = 30
    pace_steps: Count = 5
    stations_s: Seconds = 300
    entry_ms: Annotated[int, Meta(ge=0, le=60_000)] = 1000
    even_percent: Percent = 4
    even_points: Annotated[int, Meta(ge=3, le=100)] = 6
    same_findings: Count = 2
    same_letters: Count = 16
    same_times: Count = 4
    expected: Count = 8
    old_s: Seconds = 900
    together_s: Seconds = 15
    together_points: Count = 4
    together_walks: Count = 2
    outside_percent: Percent = 2
    proven_percent: Percent = 90


class Sign(NamedTuple):
    """One reason to look: how much it weighs, and the sentence that says it."""

    kind: SignKind
    weight: int
    said: Text


class Doubt(msgspec.Struct, frozen=True):
    """What all signs of one submission come to.

    Attributes:
        weight: In hundredths, what speaks for presence taken off.
        signs: The heaviest first.
    """

    weight: int
    signs: tuple[Sign, ...]

    @property
    def worth_a_look(self) -> bool:
        """Whether somebody should look."""
        return self.weight >= ENOUGH
