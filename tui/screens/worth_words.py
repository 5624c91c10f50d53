"""What the screen «Worth a look» says: visits, inspectors, the head, one visit in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from domain.exports.words import GRADES
from domain.looks import VERDICTS
from domain.signs import ENOUGH, TITLES
from domain.text import Text
from tui.widgets.cells import safe
from tui.widgets.columns import Column
from tui.words import long_time, short_time, span, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.organisation import Directory
    from domain.text import Lang
    from domain.worth_views import InspectorLine, WorthBoard, WorthLine

NOT_YET = Text(zh="待看", en="to do")
NOBODY_YET = Text(zh="还没有人看过", en="Nobody looked yet")
BAR = 8
MANY_POINTS = 8


def style_of(line: WorthLine) -> str:
    """What nobody looked at stands out, and what is doubtful stays."""
    if line.look is None:
        return "critical" if line.weight > ENOUGH else "major"
    return "major" if line.look.verdict == "doubtful" else "quiet"


def verdict_cell(line: WorthLine, lang: Lang) -> str:
    """What somebody said it was."""
    return (VERDICTS[line.look.verdict] if line.look else NOT_YET).in_(lang)


def why_cell(line: WorthLine, lang: Lang) -> str:
    """The heaviest reason, and how many more there are."""
    more = f" +{len(line.signs) - 1}" if len(line.signs) > 1 else ""
    return f"{line.signs[0].said.in_(lang)}{more}"


def what_cell(line: WorthLine, lang: Lang) -> str:
    """The check list, and how many points of a walk."""
    many = len(line.numbers)
    if many == 1:
        return line.title.in_(lang)
    return Text(zh=f"{line.title.zh}（{many} 点）", en=f"{line.title.en} ({many})").in_(lang)


def visit_columns() -> tuple[Column[WorthLine], ...]:
    """The columns of the list of visits."""
    return (
        Column(Text(zh="认定", en="Seen"), 8, verdict_cell, style=style_of),
        Column(Text(zh="谁", en="Who"), 8, lambda line, lang: who(line.name, lang)),
        Column(
            Text(zh="加油站", en="Station"),
            12,
            lambda line, lang: line.station_name.in_(lang),
            grow=1,
        ),
        Column(Text(zh="何时", en="When"), 11, lambda line, _: short_time(line.started_at)),
        Column(Text(zh="检查", en="Check list"), 18, what_cell, grow=1, from_width=110),
        Column(Text(zh="为什么值得看", en="Why"), 24, why_cell, grow=4, style=style_of),
    )


def _bar(line: InspectorLine, _: Lang) -> str:
    filled = min(BAR, -(-line.percent * BAR // 100))
    return f"{'█' * filled}{'·' * (BAR - filled)} {line.percent}%"


def _pace(line: InspectorLine, lang: Lang) -> str:
    if line.entry_s is None:
        return ""
    return Text(zh=f"{line.entry_s:.0f} 秒", en=f"{line.entry_s:.0f} s").in_(lang)


INSPECTOR_COLUMNS: tuple[Column[InspectorLine], ...] = (
    Column(Text(zh="谁", en="Who"), 10, lambda line, lang: who(line.name, lang), grow=1),
    Column(Text(zh="提交", en="Sent"), 6, lambda line, _: str(line.sent), right=True),
    Column(Text(zh="值得看", en="Look"), 6, lambda line, _: str(line.worth or ""), right=True),
    Column(
        Text(zh="占比", en="Share"),
        13,
        _bar,
        style=lambda line: "major" if line.percent >= 20 else "minor",
    ),
    Column(Text(zh="看过", en="Seen"), 5, lambda line, _: str(line.looked_at or ""), right=True),
    Column(Text(zh="存疑", en="Doubtful"), 8, lambda line, _: str(line.doubtful or ""), right=True),
    Column(
        Text(zh="在场充分", en="Firm"),
        8,
        lambda line, _: f"{100 * line.firm // line.sent}%" if line.sent else "",
        right=True,
        from_width=90,
    ),
    Column(Text(zh="每条", en="Each"), 6, _pace, right=True, from_width=90),
    Column(
        Text(zh="最多的原因", en="Mostly"),
        14,
        lambda line, lang: TITLES[line.most].in_(lang) if line.most else "",
        grow=1,
    ),
)


def head(board: WorthBoard, where: str, lang: Lang, *, inspectors: bool) -> Content:
    """The span, what is narrowed to, and how much there is to look at; whole in 80 cells."""
    waiting = sum(line.look is None for line in board.lines)
    what = (
        Text(zh="按检查人", en="By inspector") if inspectors else Text(zh="按到访", en="By visit")
    )
    many = len(board.lines)
    seen = Text(zh=f"{many} 次到访", en=f"{many} visit{'s' * (many != 1)}")
    left = Text(zh=f" · 待看 {waiting}", en=f" · {waiting} to do")
    sent = Text(zh=f" · 共收 {board.sent} 份", en=f" · of {board.sent} sent")
    return Content.assemble(
        (f"  {board.first:%m-%d} – {board.last:%m-%d} ", "bold"),
        f"{where} · {what.in_(lang)}   ",
        (seen.in_(lang), "$accent"),
        (left.in_(lang) if waiting else "", "bold $error"),
        (sent.in_(lang), "$accent"),
    )


def whole(line: WorthLine, directory: Directory, lang: Lang) -> Content:
    """One visit in full: who, when, where, every reason, what was said of it."""
    return Content("\n").join(Content(said) for said in _whole(line, directory, lang))


def _whole(line: WorthLine, directory: Directory, lang: Lang) -> Iterator[str]:
    between = "、" if lang == "zh" else ", "
    yield f"{safe(line.station_name.in_(lang))} · {safe(who(line.name, lang))}"
    yield f"{span(line.started_at, line.submitted_at)} · {line.title.in_(lang)}"
    if line.points:
        names = between.join(safe(one.in_(lang)) for one in line.points[:MANY_POINTS])
        more = f" … +{len(line.points) - MANY_POINTS}" if len(line.points) > MANY_POINTS else ""
        yield Text(zh=f"点位  {names}{more}", en=f"Points  {names}{more}").in_(lang)
    numbers = " ".join(f"#{one}" for one in line.numbers[:MANY_POINTS])
    yield Text(zh=f"编号  {numbers}", en=f"Numbers  {numbers}").in_(lang)
    yield Text(zh=f"在场  {GRADES[line.grade].zh}", en=f"Presence  {GRADES[line.grade].en}").in_(
        lang
    )
    yield ""
    for sign in line.signs:
        yield f"◆ {TITLES[sign.kind].in_(lang)}: {sign.said.in_(lang)}".replace(
            ": ", "：" if lang == "zh" else ": ", 1
        )
    yield ""
    if line.look is None:
        yield NOBODY_YET.in_(lang)
        return
    look = line.look
    name = safe(directory.person_name(look.person))
    said = f"{VERDICTS[look.verdict].in_(lang)} · {name} · {long_time(look.at)}"
    yield f"{said} {safe(look.note)}".rstrip()
