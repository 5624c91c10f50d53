"""The keys of Duties."""

from __future__ import annotations

from domain.text import Text
from tui.keys import Key, key
from tui.screens.base import EXPORT
from tui.screens.narrowed import CHOOSE_PLACE, EVERYTHING, LOG_KEY

DUTIES_KEYS: tuple[Key, ...] = (
    key(
        "t",
        "next_span",
        Text(zh="今天/周/月", en="Span"),
        Text(zh="换今天、本周、本月", en="Today, this week, this month"),
    ),
    key(
        "g",
        "next_grouping",
        Text(zh="分组", en="Group"),
        Text(
            zh="按单位、按站、按人看完成多少，再按回到清单；Enter 看这一组",
            en="By unit, station, person with what is done, then the list; Enter shows a group",
        ),
    ),
    key(
        "v",
        "month",
        Text(zh="月历", en="Month"),
        Text(zh="一个月里每天到期的任务", en="What is due on each day of a month"),
    ),
    key(
        "n",
        "told",
        Text(zh="通知", en="Told"),
        Text(zh="只看今天提醒和上报的", en="Shows what is told today: reminders, escalations"),
    ),
    CHOOSE_PLACE,
    key(
        "f",
        "next_state",
        Text(zh="状态", en="State"),
        Text(zh="只看待办、逾期……", en="Shows due ones only, then missed, …"),
    ),
    key(
        "p",
        "choose_person",
        Text(zh="人员", en="Person"),
        Text(zh="只看一个人的任务", en="Shows the duties of one person"),
    ),
    key(
        "x",
        "excuse",
        Text(zh="免除", en="Excuse"),
        Text(zh="上级免除这项任务，须写理由", en="A superior lets it pass, with a reason"),
    ),
    EXPORT,
    key(
        "d",
        "draws",
        Text(zh="抽签", en="Draws"),
        Text(
            zh="所选任务的抽签，没有就公告；别的任务上看全部抽签",
            en="The draw of the chosen duty, or announces it; on others all draws",
        ),
    ),
    LOG_KEY,
    EVERYTHING,
)
