"""What the screens of patrols and rounds say: states, times, who, how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.exports.cells import CHINA
from domain.patrols import REMARKS, STATES
from domain.text import Text
from tui.screens.points_lines import ROLES
from tui.widgets.columns import Column
from tui.widgets.time_line import time_line

if TYPE_CHECKING:
    from datetime import datetime

    from domain.organisation import Directory
    from domain.patrols import RoundNow, Stop
    from domain.text import Lang

NOT_SCANNED = Text(zh="未扫", en="not scanned")


class Line:
    """A round in the list, with what its cells need to know."""

    def __init__(self, one: RoundNow, directory: Directory, now: datetime) -> None:
        self.round, self.directory, self.now = one, directory, now


def state_style(line: Line) -> str:
    """What was missed stands out, what is done is quiet."""
    styles = {"missed": "critical", "gaps": "major", "open": "heading", "done": "quiet"}
    return styles.get(line.round.state, "minor")


def progress(one: RoundNow) -> str:
    """Points scanned, of how many."""
    return f"{one.done}/{len(one.stops)}"


def hours(one: RoundNow, lang: Lang) -> str:
    """From when to when, at the station."""
    begins, ends = (each.astimezone(CHINA) for each in (one.begins, one.ends))
    if one.round.every == "day":
        return f"{one.round.first}–{one.round.last}"
    until = Text(zh=f"{ends.month}月{ends.day}日前", en=f"by {ends:%m-%d}")
    return until.in_(lang) if begins.date() != ends.date() else one.round.last


def remarks(one: RoundNow, lang: Lang) -> str:
    """How many stops are worth a look."""
    return (
        Text(zh=f"看 {one.remarks} 处", en=f"look: {one.remarks}").in_(lang) if one.remarks else ""
    )


def makers(one: RoundNow, lang: Lang) -> str:
    """The posts that make it."""
    return "、".join(ROLES[role].in_(lang) for role in one.round.by)


COLUMNS: tuple[Column[Line], ...] = (
    Column(
        Text(zh="状态", en="State"),
        8,
        lambda line, lang: STATES[line.round.state].in_(lang),
        style=state_style,
    ),
    Column(
        Text(zh="加油站", en="Station"),
        12,
        lambda line, lang: line.directory.station_name(line.round.station).in_(lang),
        grow=2,
        style=state_style,
    ),
    Column(
        Text(zh="巡检", en="Round"),
        14,
        lambda line, lang: line.round.round.title.in_(lang),
        grow=1,
        style=state_style,
    ),
    Column(Text(zh="时间", en="Time"), 11, lambda line, lang: hours(line.round, lang)),
    Column(
        Text(zh="谁", en="Who"), 20, lambda line, lang: makers(line.round, lang), from_width=120
    ),
    Column(Text(zh="已扫", en="Done"), 5, lambda line, _: progress(line.round), right=True),
    Column(
        Text(zh="时间线", en="Time line"),
        16,
        lambda line, _: time_line(line.round, line.now, 16),
        style=state_style,
    ),
    Column(
        Text(zh="值得看", en="Look"), 9, lambda line, lang: remarks(line.round, lang), from_width=90
    ),
)


def stop_remark(stop: Stop, lang: Lang) -> str:
    """What is worth a look at a stop."""
    return REMARKS[stop.remark].in_(lang) if stop.remark else ""
