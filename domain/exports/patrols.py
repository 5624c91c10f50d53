"""Rounds of patrols as a list to hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.exports import looks
from domain.exports.cells import CHINA
from domain.exports.list_sheet import ListColumn
from domain.patrols import REMARKS, STATES
from domain.text import Text

if TYPE_CHECKING:
    from datetime import datetime

    from domain.organisation import Directory
    from domain.patrols import RoundNow, Stop

TITLE = Text(zh="巡检清单", en="Patrols")


class StopLine(NamedTuple):
    """One point of one round."""

    round: RoundNow
    stop: Stop
    directory: Directory


def _time(at: datetime | None) -> datetime | None:
    return at.astimezone(CHINA).replace(tzinfo=None, microsecond=0) if at else None


COLUMNS: tuple[ListColumn[StopLine], ...] = (
    ListColumn(
        Text(zh="加油站", en="Station"),
        20,
        looks.TEXT,
        lambda s, g: s.directory.station_name(s.round.station).in_(g),
    ),
    ListColumn(
        Text(zh="巡检", en="Round"), 20, looks.TEXT, lambda s, g: s.round.round.title.in_(g)
    ),
    ListColumn(Text(zh="开始", en="From"), 17, looks.MOMENT, lambda s, _: _time(s.round.begins)),
    ListColumn(Text(zh="结束", en="To"), 17, looks.MOMENT, lambda s, _: _time(s.round.ends)),
    ListColumn(
        Text(zh="状态", en="State"), 10, looks.CENTRED, lambda s, g: STATES[s.round.state].in_(g)
    ),
    ListColumn(
        Text(zh="点位", en="Point"),
        18,
        looks.TEXT,
        lambda s, g: s.directory.points[s.stop.point].name.in_(g),
    ),
    ListColumn(
        Text(zh="扫码", en="Scanned"),
        17,
        looks.MOMENT,
        lambda s, _: _time(s.stop.visit.at) if s.stop.visit else None,
    ),
    ListColumn(
        Text(zh="谁", en="Who"),
        10,
        looks.CENTRED,
        lambda s, _: s.directory.person_name(s.stop.visit.person) if s.stop.visit else "",
    ),
    ListColumn(Text(zh="隔（分）", en="Minutes"), 8, looks.NUMBER, lambda s, _: s.stop.minutes),
    ListColumn(
        Text(zh="问题", en="Found"),
        7,
        looks.NUMBER,
        lambda s, _: s.stop.visit.findings if s.stop.visit else None,
    ),
    ListColumn(
        Text(zh="值得看", en="Worth a look"),
        16,
        looks.CENTRED,
        lambda s, g: REMARKS[s.stop.remark].in_(g) if s.stop.remark else "",
    ),
    ListColumn(
        Text(zh="检查编号", en="Inspection"),
        10,
        looks.NUMBER,
        lambda s, _: s.stop.visit.inspection if s.stop.visit else None,
    ),
)
