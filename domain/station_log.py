"""The electronic log of a station: one line for whatever happened there; derived, never stored.

Self-checks whose result goes into it (I9 to I11), rounds of patrols, other inspections, notes,
hand-overs. Nothing can be ticked or edited in it: it follows from forms, scans and notes.

Source: facts I9 to I11, W3, W4, W12.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import msgspec

from domain.canonical import plain
from domain.months import CHINA
from domain.patrols import STATES, RoundNow
from domain.text import Text, same
from domain.windows import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LogKind = Literal["self_check", "patrol", "inspection", "note", "handover"]
KINDS: dict[LogKind, Text] = {
    "self_check": Text(zh="自查", en="Self-check"),
    "patrol": Text(zh="巡检", en="Patrol"),
    "inspection": Text(zh="检查", en="Inspection"),
    "note": Text(zh="记录", en="Note"),
    "handover": Text(zh="交接班", en="Hand-over"),
}
LATE = timedelta(minutes=15)
"""What came in so long after it was written is marked: the phone was out of reach, or its clock
was set back."""
LONGEST = 31
"""Days that are asked for at once at most."""


class LogFilter(msgspec.Struct, frozen=True):
    """What a log is narrowed to.

    Attributes:
        place: Any place of the tree.
        person: Id of somebody who took part.
        words: All of them have to occur somewhere in what a line says or stands for.
    """

    place: str | None = None
    kind: LogKind | None = None
    person: str | None = None
    words: str = ""


class Handover(msgspec.Struct, frozen=True):
    """What only a hand-over has: to whom, what is open, what was read, who took over when."""

    to: Text
    matters: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    accepted_by: str = ""
    accepted_at: datetime | None = None
    remark: str = ""


class LogLine(msgspec.Struct, frozen=True):
    """One thing that happened at a station.

    Attributes:
        at: When; `received_at` is named where it came in much later than that.
        persons: Ids of everybody who took part; `person` is who is shown.
        says: What there is to know, in a few words.
        number: Journal number: of the inspection, or of the note; none for rounds.
        note: Id of the note, `about` of the one that it corrects.
        round: A round of a patrol as it is, to open it.
        hidden: What it is found by beside what it shows: criteria and notes of findings.
    """

    kind: LogKind
    at: datetime
    station: str
    station_name: Text
    title: Text
    person: str
    persons: tuple[str, ...]
    says: Text
    number: int = 0
    note: str | None = None
    about: str | None = None
    received_at: datetime | None = None
    handover: Handover | None = None
    round: RoundNow | None = None
    hidden: tuple[Text, ...] = ()

    @property
    def inspection(self) -> int | None:
        """Number of the inspection, where it is one."""
        return self.number if self.kind in ("self_check", "inspection") else None

    @property
    def missed(self) -> bool:
        """Whether it is a round that nobody made."""
        return self.round is not None and self.round.state == "missed"

    @property
    def day(self) -> date:
        """The day at the station."""
        return self.at.astimezone(CHINA).date()


def days_of_month(day: date) -> Span:
    """The days of the month that a day lies in."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Span(day.replace(day=1), following - timedelta(days=1))


def log_of(lines: Iterable[LogLine], days: Span, where: LogFilter) -> tuple[LogLine, ...]:
    """The lines of some days that a filter leaves, the newest first."""
    words = where.words.casefold().split()
    kept = [
        line
        for line in lines
        if days.first <= line.day <= days.last
        and where.kind in (None, line.kind)
        and (where.person is None or where.person in line.persons)
        and (not words or _has(line, words))
    ]
    kept.sort(key=lambda line: (line.at, line.number, line.station), reverse=True)
    return tuple(kept)


def happened(one: RoundNow, now: datetime) -> datetime | None:
    """When a round took place: at its last scan; if it had none, when its time was over.

    None while there is nothing to tell: no scan yet, and still time.
    """
    scans = [stop.visit.at for stop in one.stops if stop.visit]
    if scans:
        return max(scans)
    return one.ends - timedelta(minutes=1) if one.stops and one.ends <= now else None


def round_says(one: RoundNow, missing: Sequence[Text]) -> Text:
    """How far a round is, what was left out, how much was found, what is worth a look.

    Args:
        missing: Names of the points that nobody scanned.
    """
    zh = [f"{STATES[one.state].zh} {one.done}/{len(one.stops)}"]
    en = [f"{STATES[one.state].en} {one.done}/{len(one.stops)}"]
    found = sum(stop.visit.findings for stop in one.stops if stop.visit)
    if found:
        zh.append(f"问题 {found}")
        en.append(f"{found} found")
    if one.remarks:
        zh.append(f"值得看 {one.remarks}")
        en.append(f"worth a look: {one.remarks}")
    if missing and one.done:
        zh.append("漏：" + "、".join(name.zh for name in missing))
        en.append("left out: " + ", ".join(name.en for name in missing))
    return Text(zh=" · ".join(zh), en=" · ".join(en))


def inspection_says(score: Decimal, of: Decimal, findings: int, note: str) -> Text:
    """The score, how much was found, and the note of the whole form."""
    points = f"{plain(score)}/{plain(of.normalize())}"
    said = f" · {note}" if note else ""
    return Text(zh=f"{points} · 问题 {findings}{said}", en=f"{points} · {findings} found{said}")


def handover_says(text: str, handover: Handover) -> Text:
    """Whether it was taken over and by whom, else whom it waits for, and what it says."""
    to, by = handover.to, handover.accepted_by
    if by:
        return Text(zh=f"{by}已接班 · {text}", en=f"accepted by {by} · {text}")
    return Text(zh=f"待{to.zh}接班 · {text}", en=f"waits for {to.en} · {text}")


def came_late(at: datetime, received_at: datetime) -> datetime | None:
    """When it came in, if that was much later than it was written."""
    return received_at if received_at - at > LATE else None


def _has(line: LogLine, words: Sequence[str]) -> bool:
    """Whether every word occurs in one of its texts, in either language, capitals or not."""
    texts = [line.title, line.says, line.station_name, KINDS[line.kind], *line.hidden]
    if line.handover:
        more = line.handover
        texts += map(same, (*more.matters, *more.readings, more.remark))
    said = [*(each for text in texts for each in (text.zh, text.en)), line.person]
    hay = "\n".join(said).casefold()
    return all(word in hay for word in words)
