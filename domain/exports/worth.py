"""Visits that are worth a look, and the figure of each inspector, as lists to hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.exports import looks
from domain.exports.cells import station_time
from domain.exports.list_sheet import ListColumn
from domain.exports.words import GRADES
from domain.looks import VERDICTS
from domain.signs import TITLES
from domain.text import Text

if TYPE_CHECKING:
    from domain.text import Lang
    from domain.worth_views import InspectorLine, WorthLine

VISITS = Text(zh="值得看一看", en="Worth a look")
INSPECTORS = Text(zh="检查人在场情况", en="Presence by inspector")


def _reasons(line: WorthLine, lang: Lang) -> str:
    return ("；" if lang == "zh" else "; ").join(sign.said.in_(lang) for sign in line.signs)


def _points(line: WorthLine, lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(point.in_(lang) for point in line.points)


VISIT_COLUMNS: tuple[ListColumn[WorthLine], ...] = (
    ListColumn(Text(zh="谁", en="Who"), 12, looks.TEXT, lambda w, _: w.name),
    ListColumn(Text(zh="加油站", en="Station"), 20, looks.TEXT, lambda w, g: w.station_name.in_(g)),
    ListColumn(Text(zh="检查表", en="List"), 20, looks.TEXT, lambda w, g: w.title.in_(g)),
    ListColumn(
        Text(zh="开始", en="From"), 17, looks.MOMENT, lambda w, _: station_time(w.started_at)
    ),
    ListColumn(
        Text(zh="结束", en="To"), 17, looks.MOMENT, lambda w, _: station_time(w.submitted_at)
    ),
    ListColumn(Text(zh="点位", en="Points"), 24, looks.TEXT, _points),
    ListColumn(Text(zh="为什么", en="Why"), 44, looks.TEXT, _reasons),
    ListColumn(
        Text(zh="在场证据", en="Presence"), 10, looks.CENTRED, lambda w, g: GRADES[w.grade].in_(g)
    ),
    ListColumn(
        Text(zh="认定", en="Seen"),
        8,
        looks.CENTRED,
        lambda w, g: VERDICTS[w.look.verdict].in_(g) if w.look else "",
    ),
    ListColumn(
        Text(zh="说明", en="Note"), 24, looks.TEXT, lambda w, _: w.look.note if w.look else ""
    ),
    ListColumn(
        Text(zh="编号", en="Numbers"),
        24,
        looks.TEXT,
        lambda w, _: " ".join(f"#{one}" for one in w.numbers),
    ),
)
INSPECTOR_COLUMNS: tuple[ListColumn[InspectorLine], ...] = (
    ListColumn(Text(zh="谁", en="Who"), 14, looks.TEXT, lambda i, _: i.name),
    ListColumn(Text(zh="手机提交", en="Sent"), 10, looks.NUMBER, lambda i, _: i.sent),
    ListColumn(Text(zh="值得看", en="Worth a look"), 10, looks.NUMBER, lambda i, _: i.worth),
    ListColumn(Text(zh="占 %", en="Percent"), 8, looks.NUMBER, lambda i, _: i.percent),
    ListColumn(Text(zh="看过", en="Looked at"), 10, looks.NUMBER, lambda i, _: i.looked_at),
    ListColumn(Text(zh="存疑", en="Doubtful"), 10, looks.NUMBER, lambda i, _: i.doubtful),
    ListColumn(Text(zh="在场充分", en="Firm presence"), 12, looks.NUMBER, lambda i, _: i.firm),
    ListColumn(
        Text(zh="每条用时（秒，中位数）", en="Seconds a criterion (median)"),
        16,
        looks.NUMBER,
        lambda i, _: round(i.entry_s) if i.entry_s is not None else "",
    ),
    ListColumn(
        Text(zh="最多的原因", en="Mostly"),
        22,
        looks.TEXT,
        lambda i, g: TITLES[i.most].in_(g) if i.most else "",
    ),
)
