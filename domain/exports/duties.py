"""Duties and rounds of patrols as lists to hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.duty_life import STATES
from domain.duty_views import POSTS
from domain.exports import looks
from domain.exports.list_sheet import ListColumn
from domain.text import Text

if TYPE_CHECKING:
    from domain.duty_views import DutyLine
    from domain.text import Lang

TITLE = Text(zh="任务清单", en="Duties")


def _names(line: DutyLine, lang: Lang) -> str:
    between = "、" if lang == "zh" else ", "
    return between.join(line.names) or Text(zh="（岗位空缺）", en="(vacant)").in_(lang)


COLUMNS: tuple[ListColumn[DutyLine], ...] = (
    ListColumn(Text(zh="状态", en="State"), 12, looks.CENTRED, lambda d, g: STATES[d.state].in_(g)),
    ListColumn(Text(zh="任务", en="Duty"), 26, looks.TEXT, lambda d, g: d.title.in_(g)),
    ListColumn(Text(zh="单位 / 站", en="Place"), 22, looks.TEXT, lambda d, g: d.place_name.in_(g)),
    ListColumn(Text(zh="岗位", en="Post"), 14, looks.CENTRED, lambda d, g: POSTS[d.post].in_(g)),
    ListColumn(Text(zh="负责人", en="Who"), 18, looks.TEXT, _names),
    ListColumn(Text(zh="开始", en="Opens"), 12, looks.CENTRED, lambda d, _: f"{d.opens}"),
    ListColumn(Text(zh="截止", en="Due"), 12, looks.CENTRED, lambda d, _: f"{d.due}"),
    ListColumn(
        Text(zh="完成", en="Done"),
        12,
        looks.CENTRED,
        lambda d, _: f"{d.done_on}" if d.done_on else "",
    ),
    ListColumn(Text(zh="应查", en="Wanted"), 7, looks.NUMBER, lambda d, _: d.wanted),
    ListColumn(Text(zh="已查", en="Covered"), 7, looks.NUMBER, lambda d, _: len(d.covered)),
    ListColumn(
        Text(zh="检查编号", en="Inspections"),
        24,
        looks.TEXT,
        lambda d, _: " ".join(f"#{n}" for n in d.inspections),
    ),
    ListColumn(Text(zh="依据", en="Clause"), 14, looks.CENTRED, lambda d, _: d.clause),
    ListColumn(
        Text(zh="免除理由", en="Excused"),
        24,
        looks.TEXT,
        lambda d, _: d.excuse.reason if d.excuse else "",
    ),
)
