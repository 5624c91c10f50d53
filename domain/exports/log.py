"""The electronic log of some days as a list to hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.exports import looks
from domain.exports.cells import CHINA
from domain.exports.list_sheet import ListColumn
from domain.station_log import KINDS
from domain.text import Text

if TYPE_CHECKING:
    from datetime import datetime

    from domain.station_log import LogLine
    from domain.text import Lang

TITLE = Text(zh="电子日志", en="Electronic log")


def _time(at: datetime | None) -> datetime | None:
    return at.astimezone(CHINA).replace(tzinfo=None, microsecond=0) if at else None


def _lines(line: LogLine, which: str, lang: Lang) -> str:
    found: tuple[str, ...] = getattr(line.handover, which) if line.handover else ()
    return ("；" if lang == "zh" else "; ").join(found)


COLUMNS: tuple[ListColumn[LogLine], ...] = (
    ListColumn(Text(zh="时间", en="When"), 17, looks.MOMENT, lambda n, _: _time(n.at)),
    ListColumn(Text(zh="加油站", en="Station"), 20, looks.TEXT, lambda n, g: n.station_name.in_(g)),
    ListColumn(Text(zh="类别", en="Kind"), 11, looks.CENTRED, lambda n, g: KINDS[n.kind].in_(g)),
    ListColumn(Text(zh="事项", en="What"), 24, looks.TEXT, lambda n, g: n.title.in_(g)),
    ListColumn(Text(zh="谁", en="Who"), 12, looks.CENTRED, lambda n, _: n.person),
    ListColumn(Text(zh="内容", en="It says"), 60, looks.TEXT, lambda n, g: n.says.in_(g)),
    ListColumn(
        Text(zh="未了事项", en="Open matters"),
        24,
        looks.TEXT,
        lambda n, g: _lines(n, "matters", g),
    ),
    ListColumn(
        Text(zh="交接数", en="Counted"), 24, looks.TEXT, lambda n, g: _lines(n, "readings", g)
    ),
    ListColumn(
        Text(zh="接班人", en="Taken over by"),
        12,
        looks.CENTRED,
        lambda n, _: n.handover.accepted_by if n.handover else "",
    ),
    ListColumn(
        Text(zh="接班时间", en="Taken over"),
        17,
        looks.MOMENT,
        lambda n, _: _time(n.handover.accepted_at) if n.handover else None,
    ),
    ListColumn(
        Text(zh="补记：收到", en="Came in later"),
        17,
        looks.MOMENT,
        lambda n, _: _time(n.received_at),
    ),
    ListColumn(Text(zh="编号", en="No."), 10, looks.NUMBER, lambda n, _: n.number or None),
)
