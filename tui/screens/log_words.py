"""What the screen of the electronic log says: its columns, its head, one line in full."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from textual.content import Content

from domain.exports.cells import CHINA
from domain.station_log import KINDS
from domain.text import Text
from tui.widgets.cells import safe, safe_lines
from tui.widgets.columns import Column
from tui.words import who

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from domain.station_log import LogKind, LogLine
    from domain.text import Lang

NAME = Text(zh="电子日志", en="Log")
LATE = Text(zh="补记", en="late")
COUNTED: dict[LogKind, Text] = {
    "self_check": Text(zh="自查", en="checks"),
    "patrol": Text(zh="巡检", en="patrols"),
    "inspection": Text(zh="检查", en="audits"),
    "note": Text(zh="记录", en="notes"),
    "handover": Text(zh="交接班", en="shifts"),
}
"""Short enough for the head of a narrow screen."""
STYLES = {"missed": "critical", "gaps": "major", "done": "quiet"}


def time(at: datetime) -> str:
    """Day and time at the station."""
    return f"{at.astimezone(CHINA):%m-%d %H:%M}"


def style(line: LogLine) -> str:
    """What was missed or waits stands out, what went well is quiet."""
    if line.round:
        return STYLES.get(line.round.state, "heading")
    if line.handover and not line.handover.accepted_by:
        return "major"
    return "minor"


def says(line: LogLine, lang: Lang) -> str:
    """What it says, with a mark where it came in much later; at narrow ends the title is first."""
    mark = f"[{LATE.in_(lang)}] " if line.received_at else ""
    return f"{mark}{line.says.in_(lang)}"


def person(line: LogLine, lang: Lang) -> str:
    """Who it was; of a round that nobody made, nobody."""
    return line.person if line.round else who(line.person, lang)


COLUMNS: tuple[Column[LogLine], ...] = (
    Column(Text(zh="时间", en="When"), 11, lambda line, _: time(line.at)),
    Column(
        Text(zh="加油站", en="Station"), 12, lambda line, lang: line.station_name.in_(lang), grow=1
    ),
    Column(
        Text(zh="事项", en="What"),
        13,
        lambda line, lang: line.title.in_(lang),
        grow=1,
        style=style,
    ),
    Column(Text(zh="谁", en="Who"), 8, person),
    Column(Text(zh="内容", en="It says"), 26, says, grow=4, style=style),
    Column(
        Text(zh="类别", en="Kind"),
        10,
        lambda line, lang: KINDS[line.kind].in_(lang),
        from_width=120,
    ),
)


def counts(lines: Sequence[LogLine], lang: Lang, left_out: int = 0) -> str:
    """How many lines there are of each kind, and how many missed rounds are not listed."""
    many = Counter(line.kind for line in lines)
    counted = (f"{said.in_(lang)} {many[kind]}" for kind, said in COUNTED.items() if many[kind])
    missed = Text(zh=f"未做 {left_out} 轮", en=f"missed {left_out}")
    # First, so that a narrow screen does not cut off what matters most.
    said = [*([missed.in_(lang)] if left_out else []), *counted]
    return (" · " if lang == "zh" else ", ").join(said)


def whole(line: LogLine, lang: Lang) -> Content:
    """A note or hand-over in full."""
    label = "$foreground-muted"
    rows = [
        Content.assemble((f"{name.in_(lang)}  ", label), safe_lines(said))
        for name, said in _facts(line, lang)
    ]
    return Content("\n").join(rows)


def _facts(line: LogLine, lang: Lang) -> Iterator[tuple[Text, str]]:
    yield Text(zh="加油站", en="Station"), safe(line.station_name.in_(lang))
    yield Text(zh="谁", en="Who"), person(line, lang)
    yield Text(zh="时间", en="When"), time(line.at)
    if line.received_at:
        yield Text(zh="补记：收到时间", en="Came in later"), time(line.received_at)
    yield Text(zh="内容", en="It says"), line.says.in_(lang)
    if line.handover:
        more = line.handover
        yield Text(zh="交给", en="To"), safe(more.to.in_(lang))
        for title, lines in (
            (Text(zh="未了事项", en="Open matters"), more.matters),
            (Text(zh="交接数", en="Counted"), more.readings),
        ):
            if lines:
                yield title, "".join(f"\n  · {each}" for each in lines)
        if more.accepted_at:
            yield Text(zh="接班", en="Accepted"), f"{more.accepted_by} {time(more.accepted_at)}"
        if more.remark:
            yield Text(zh="接班意见", en="Remark"), more.remark
    yield Text(zh="日志编号", en="Journal no."), f"#{line.number}"
