"""Duties and rounds of patrols as lists to hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.duty_life import STATES
from domain.duty_views import DRAW_STATES, POSTS
from domain.exports import looks
from domain.exports.list_sheet import ListColumn
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.duty_overview import DutyDay, DutyGroup
    from domain.duty_views import DutyLine
    from domain.text import Lang

TITLE = Text(zh="任务清单", en="Duties")
GROUPS = Text(zh="任务完成情况", en="Duties done")
DAYS = Text(zh="任务月历", en="Duties of a month")
WEEKDAYS = Text(zh="一二三四五六日", en="Mon Tue Wed Thu Fri Sat Sun")
REMINDED = Text(zh="提醒", en="Reminded")
ESCALATED = Text(zh="上报", en="Escalated to")


def _names(line: DutyLine, lang: Lang) -> str:
    between = "、" if lang == "zh" else ", "
    return between.join(line.names) or Text(zh="（岗位空缺）", en="(vacant)").in_(lang)


def _told(line: DutyLine, lang: Lang) -> str:
    """Notices so far: whom a missed duty was reported to, or that its post was reminded."""
    return "; ".join(
        f"{one.on:%m-%d} {ESCALATED.in_(lang)} {POSTS[one.post.name].in_(lang)}"
        if one.kind == "escalation"
        else f"{one.on:%m-%d} {REMINDED.in_(lang)}"
        for one in line.told
    )


def _draw(line: DutyLine, lang: Lang) -> str:
    """How the draw of a sampled duty stands, and its id."""
    if line.draw is None:
        return ""
    return f"{DRAW_STATES[line.draw.state].in_(lang)} {line.draw.id}".strip()


def _drawn(line: DutyLine, lang: Lang) -> str:
    """The stations that a draw made it want."""
    stations = line.draw.stations if line.draw else ()
    names = (f"{'✓ ' if one.inspected else ''}{one.name.in_(lang)}" for one in stations)
    return ("、" if lang == "zh" else ", ").join(names)


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
    ListColumn(Text(zh="抽签", en="Draw"), 24, looks.TEXT, _draw),
    ListColumn(Text(zh="抽中（✓ 已查）", en="Drawn (✓ inspected)"), 40, looks.TEXT, _drawn),
    ListColumn(Text(zh="依据", en="Clause"), 14, looks.CENTRED, lambda d, _: d.clause),
    ListColumn(
        Text(zh="免除理由", en="Excused"),
        24,
        looks.TEXT,
        lambda d, _: d.excuse.reason if d.excuse else "",
    ),
    ListColumn(Text(zh="提醒 / 上报", en="Told"), 28, looks.TEXT, _told),
)


def _number(zh: str, en: str, of: Callable[[DutyGroup], int]) -> ListColumn[DutyGroup]:
    return ListColumn(Text(zh=zh, en=en), 9, looks.NUMBER, lambda group, _: of(group))


def _share(group: DutyGroup, _: Lang) -> str:
    begun = group.total - group.planned
    return f"{group.share:.0%}" if begun else ""


GROUP_COLUMNS: tuple[ListColumn[DutyGroup], ...] = (
    ListColumn(Text(zh="谁 / 哪里", en="Who / where"), 22, looks.TEXT, lambda d, g: d.name.in_(g)),
    ListColumn(Text(zh="所属", en="Of"), 20, looks.TEXT, lambda d, g: d.above.in_(g)),
    ListColumn(Text(zh="完成率", en="Share done"), 10, looks.CENTRED, _share),
    _number("完成", "Done", lambda one: one.done),
    _number("逾期可补", "Late", lambda one: one.late),
    _number("待办", "Due", lambda one: one.due),
    _number("漏做", "Missed", lambda one: one.missed),
    _number("未开始", "Planned", lambda one: one.planned),
    _number("免除", "Excused", lambda one: one.excused),
    _number("已查站次", "Covered", lambda one: one.covered),
    _number("应查站次", "Wanted", lambda one: one.wanted),
)


def _weekday(day: DutyDay, lang: Lang) -> str:
    names = WEEKDAYS.zh if lang == "zh" else WEEKDAYS.en.split()
    return names[day.day.weekday()]


def _works(day: DutyDay, lang: Lang) -> str:
    said = Text(zh="班", en="working day") if day.working else Text(zh="休", en="day off")
    guess = "" if day.published else Text(zh="（推算）", en=" (guessed)").in_(lang)
    return said.in_(lang) + guess


def _count(zh: str, en: str, of: Callable[[DutyDay], int]) -> ListColumn[DutyDay]:
    return ListColumn(Text(zh=zh, en=en), 9, looks.NUMBER, lambda day, _: of(day))


DAY_COLUMNS: tuple[ListColumn[DutyDay], ...] = (
    ListColumn(Text(zh="日期", en="Day"), 12, looks.CENTRED, lambda d, _: f"{d.day}"),
    ListColumn(Text(zh="星期", en="Weekday"), 8, looks.CENTRED, _weekday),
    ListColumn(Text(zh="班 / 休", en="Worked"), 14, looks.CENTRED, _works),
    _count("到期", "Due that day", lambda one: one.total),
    _count("完成", "Done", lambda one: one.done),
    _count("待办", "To do", lambda one: one.open),
    _count("逾期可补", "Late", lambda one: one.late),
    _count("漏做", "Missed", lambda one: one.missed),
    _count("免除", "Excused", lambda one: one.excused),
)
