"""Fills in the form of an audit: what was found, noted, photographed, and what does not apply."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from domain.canonical import digest
from domain.rulebook import Edition, Severity
from domain.submission import Evidence, Found, Submission
from tui.demo.character import Inspector, Station
from tui.demo.lore import lore
from tui.demo.plan import Visit
from tui.demo.scenes import draw_scene

USUAL: dict[Severity, float] = {"minor": 0.068, "major": 0.04, "critical": 0.015}
"""How likely a criterion of usual frequency is found at an average station in one audit."""
LIKELIEST = 0.8
NO_DELIVERY = 0.3
"""Share of the recordings watched in which no tank truck unloads."""
REMARKS = (
    "已现场反馈站经理，要求三日内整改并反馈照片。",
    "问题已当场讲评，员工态度较好。",
    "部分问题为上月重复问题，请重点督促。",
    "现场整体较好，夜班管理需加强。",
)


class Scribe(NamedTuple):
    """What is at hand when a form is filled in.

    Attributes:
        pumps: How many pumps the station has.
        staff: Names of its staff.
        token: The code that was scanned; None for what is entered at a console.
        pictures: Likelihood that something worth a picture gets one.
    """

    station: Station
    inspector: Inspector
    edition: Edition
    pumps: int
    staff: tuple[str, ...]
    token: str | None
    pictures: float


class Filled(NamedTuple):
    """A form and the pictures that follow it, by evidence id."""

    form: Submission
    pictures: dict[str, bytes]


def fill_in(visit: Visit, scribe: Scribe, chance: Random) -> Filled:
    """The form that an inspector sends at the end of an audit."""
    spared = _not_applicable(scribe, chance)
    pictures: dict[str, bytes] = {}
    announced: list[Evidence] = []
    found = []
    for line in _found(visit, scribe, spared, chance):
        taken = _picture(line, visit, scribe, chance)
        if taken is None:
            found.append(line)
        else:
            evidence, pictures[taken[0].id] = taken
            announced.append(evidence)
            found.append(_with_picture(line, evidence))
    off = scribe.inspector.clock_off if scribe.token else timedelta(0)
    form = Submission(
        id=uuid_of(visit.ended, chance),
        rulebook=scribe.edition.id,
        edition=scribe.edition.edition,
        started_at=visit.started + off,
        submitted_at=visit.ended + off,
        token=scribe.token,
        station=None if scribe.token else visit.station,
        found=tuple(found),
        not_applicable=tuple(spared),
        evidence=tuple(announced),
        note=_remark(visit, chance),
    )
    return Filled(form, pictures)


def uuid_of(moment: datetime, chance: Random) -> str:
    """A UUID of version 7: the time in milliseconds, then chance."""
    number = int(moment.timestamp() * 1000) << 80 | chance.getrandbits(76)
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _found(visit: Visit, scribe: Scribe, spared: list[str], chance: Random) -> Iterator[Found]:
    skipped = set(spared)
    for criterion, placed in scribe.edition.placed.items():
        known, group = lore()[criterion], placed.group.id
        likely = (
            USUAL[placed.severity]
            * known.weight(visit.started.month)
            * scribe.station.weight(group, visit.month)
            * scribe.inspector.sees
        )
        if chance.random() >= min(likely, LIKELIEST) or {criterion, group} & skipped:
            continue
        pump, who = chance.randint(1, scribe.pumps), chance.choice(scribe.staff)
        note = known.note(chance, pump=pump, who=who)
        yield Found(
            criterion=criterion,
            count=chance.choices((1, 2, 3), (86, 11, 3))[0],
            note=note,
            at=moment_on_tape(note, chance) if visit.way == "video" else None,
        )


def moment_on_tape(note: str, chance: Random) -> str:
    """A time of day at which a recording may show it: by night what is said to be by night."""
    first, last = (1, 5) if "夜" in note or "凌晨" in note else (6, 22)
    seconds = chance.randint(first * 3600, last * 3600 - 1)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _not_applicable(scribe: Scribe, chance: Random) -> list[str]:
    spared = [one for one in sorted(scribe.station.spared) if one in scribe.edition.placed]
    if "g" in scribe.edition.groups and chance.random() < NO_DELIVERY:
        spared.append("g")
    return spared


def _picture(
    line: Found, visit: Visit, scribe: Scribe, chance: Random
) -> tuple[Evidence, bytes] | None:
    scene = lore()[line.criterion].scene
    if scene is None or chance.random() >= scribe.pictures:
        return None
    taken_at = visit.started + (visit.ended - visit.started) * chance.random()
    content = draw_scene(scene, chance, taken_at)
    evidence = Evidence(
        id=uuid_of(taken_at, chance),
        kind="picture",
        name=f"IMG_{taken_at:%Y%m%d_%H%M%S}.jpg",
        media_type="image/jpeg",
        size=len(content),
        sha256=digest(content),
        taken_at=taken_at,
    )
    return evidence, content


def _with_picture(line: Found, evidence: Evidence) -> Found:
    return Found(line.criterion, line.clause, line.count, line.note, line.at, (evidence.id,))


def _remark(visit: Visit, chance: Random) -> str:
    if visit.way == "video":
        tape = visit.started.date() - timedelta(days=chance.randint(1, 3))
        return f"抽查{tape.month}月{tape.day}日全天录像（含夜间），快进查看约2小时。"
    return chance.choice(REMARKS) if chance.random() < 0.25 else ""
