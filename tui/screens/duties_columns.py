"""The columns of the lists of duties and of their groups, narrow and wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.duty_views import DRAW_STATES, POSTS
from domain.text import Text
from tui.screens.duties_words import (
    LATE,
    NARROW_BAR,
    SHORT_STATES,
    bar,
    cover_cell,
    covered,
    due_cell,
    state_cell,
    style_of,
    who_cell,
)
from tui.widgets.cells import safe
from tui.widgets.columns import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.duty_draw import DutyDrawState
    from domain.duty_overview import DutyGroup
    from domain.duty_views import DutyLine
    from domain.text import Lang

REMINDED = Text(zh="提醒", en="due soon")
ESCALATED = Text(zh="已报", en="told")
NOT_DRAWN = Text(zh="未抽签", en="no draw")
WIDE = 140
"""From this width on a line says titles, names and draws in full."""
SHORT_DRAWS: dict[DutyDrawState, Text] = {
    "none": Text(zh="未抽签", en="no draw"),
    "announced": Text(zh="公告", en="begun"),
    "frozen": Text(zh="冻结", en="frozen"),
    "drawn": Text(zh="抽出", en="drawn"),
    "replaced": Text(zh="抽出", en="drawn"),
}
"""How the draw of a duty stands, where there is little room."""


def short_state_cell(line: DutyLine, lang: Lang) -> str:
    """The same in few cells."""
    return (LATE if line.late else SHORT_STATES[line.state]).in_(lang)


def short_who_cell(line: DutyLine, lang: Lang) -> str:
    """Who answers for it, and how many more."""
    if len(line.names) < 2:
        return who_cell(line, lang)
    return f"{safe(line.names[0])} +{len(line.names) - 1}"


def short_cover_cell(line: DutyLine, lang: Lang) -> str:
    """The same in few cells; of a sampled duty, how its draw stands."""
    if line.draw is None:
        return covered(line, NARROW_BAR)
    done = min(len(line.covered), line.wanted)
    return f"{done}/{line.wanted} {SHORT_DRAWS[line.draw.state].in_(lang)}"


def wide_cover_cell(line: DutyLine, lang: Lang) -> str:
    """Stations inspected, and how the draw stands."""
    if line.draw is None:
        return cover_cell(line, lang)
    said = DRAW_STATES["drawn" if line.draw.state == "replaced" else line.draw.state]
    said = NOT_DRAWN if line.draw.state == "none" else said
    return f"{cover_cell(line, lang)} {said.in_(lang)}"


def mark_cell(line: DutyLine, lang: Lang) -> str:
    """Whether a reminder was given or a superior told."""
    if not line.told:
        return ""
    escalated = line.told[-1].kind == "escalation"
    return (Text(zh="报", en="^") if escalated else Text(zh="提", en="!")).in_(lang)


def told_cell(line: DutyLine, lang: Lang) -> str:
    """Who was told last, and when."""
    if not line.told:
        return ""
    last = line.told[-1]
    day = f"{last.on:%m-%d}"
    if last.kind == "reminder":
        return f"{REMINDED.in_(lang)} {day}"
    return f"{ESCALATED.in_(lang)}{POSTS[last.post.name].in_(lang)} {day}"


def done_cell(group: DutyGroup, _: Lang) -> str:
    """The part that is done, as a bar and in numbers."""
    begun = group.total - group.planned
    return f"{bar(group.share, 10)} {group.done}/{begun}" if begun else "–"


def group_style(group: DutyGroup) -> str:
    """What is late stands out, then what is missed; what is wholly done is quiet."""
    if group.late:
        return "critical"
    return "major" if group.missed else "quiet" if not group.due else "minor"


COLUMNS: tuple[Column[DutyLine], ...] = (
    Column(Text(zh="状态", en="State"), 7, short_state_cell, style=style_of, to_width=WIDE - 1),
    Column(Text(zh="状态", en="State"), 10, state_cell, style=style_of, from_width=WIDE),
    Column(Text(zh="知", en=""), 2, mark_cell, style=style_of, to_width=119),
    Column(
        Text(zh="任务", en="Duty"),
        17,
        lambda line, lang: line.short.in_(lang),
        style=style_of,
        to_width=WIDE - 1,
    ),
    Column(
        Text(zh="任务", en="Duty"),
        38,
        lambda line, lang: line.title.in_(lang),
        style=style_of,
        from_width=WIDE,
    ),
    Column(
        Text(zh="单位 / 站", en="Place"), 12, lambda line, lang: line.place_name.in_(lang), grow=2
    ),
    Column(Text(zh="谁", en="Who"), 8, short_who_cell, grow=1, to_width=WIDE - 1),
    Column(Text(zh="谁", en="Who"), 8, who_cell, grow=1, from_width=WIDE),
    Column(Text(zh="截止", en="Due"), 13, due_cell, style=style_of),
    Column(Text(zh="已查", en="Covered"), 11, short_cover_cell, to_width=WIDE - 1),
    Column(Text(zh="已查", en="Covered"), 23, wide_cover_cell, from_width=WIDE),
    Column(Text(zh="提醒 / 上报", en="Told"), 23, told_cell, from_width=120),
)


def _number(of: Callable[[DutyGroup], int]) -> Callable[[DutyGroup, Lang], str]:
    """A number, nothing for none: zeros would hide what is there."""
    return lambda group, _: str(of(group) or "")


GROUP_COLUMNS: tuple[Column[DutyGroup], ...] = (
    Column(
        Text(zh="谁 / 哪里", en="Who / where"),
        14,
        lambda group, lang: group.name.in_(lang),
        grow=2,
        style=group_style,
    ),
    Column(
        Text(zh="所属", en="Of"), 16, lambda group, lang: group.above.in_(lang), 1, from_width=100
    ),
    Column(Text(zh="完成", en="Done"), 21, done_cell, style=group_style),
    Column(Text(zh="逾期", en="Late"), 5, _number(lambda one: one.late), right=True),
    Column(Text(zh="待办", en="Due"), 5, _number(lambda one: one.due), right=True),
    Column(Text(zh="漏做", en="Miss"), 5, _number(lambda one: one.missed), right=True),
    Column(Text(zh="免除", en="Exc."), 5, _number(lambda one: one.excused), right=True),
    Column(
        Text(zh="已查/应查站次", en="Stations"),
        14,
        lambda group, _: f"{group.covered}/{group.wanted}",
        right=True,
        from_width=76,
    ),
)
