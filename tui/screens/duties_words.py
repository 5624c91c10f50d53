"""What the screen of duties says: the list, the head, one duty in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from domain.duty_life import STATES
from domain.duty_views import POSTS
from domain.text import Text
from tui.screens.duties_drawn import drawn_words
from tui.widgets.cells import safe
from tui.words import long_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.duty_life import State
    from domain.duty_notices import Notice
    from domain.duty_views import DutyBoard, DutyLine
    from domain.organisation import Directory
    from domain.rulebook import Rulebooks
    from domain.text import Lang

LATE = Text(zh="逾期！", en="late!")
VACANT = Text(zh="（空缺）", en="(vacant)")
TODAY = Text(zh="今天", en="today")
BAR, NARROW_BAR = 6, 5
"""Cells of the bar of coverage."""
SHORT_STATES: dict[State, Text] = {
    "planned": Text(zh="未开始", en="planned"),
    "due": Text(zh="待办", en="due"),
    "done": Text(zh="已完成", en="done"),
    "done_late": Text(zh="已补做", en="made up"),
    "missed": Text(zh="漏做", en="missed"),
    "excused": Text(zh="已免除", en="excused"),
}
"""The states where there is little room."""


def state_cell(line: DutyLine, lang: Lang) -> str:
    """Late while it can still be done; else its state."""
    return (LATE if line.late else STATES[line.state]).in_(lang)


def style_of(line: DutyLine) -> str:
    """What is late stands out, then what is missed or due today; done is quiet."""
    if line.late:
        return "critical"
    if line.state == "missed" or (line.state == "due" and line.days_left <= 0):
        return "major"
    return "quiet" if line.state in ("done", "excused") else "minor"


def due_cell(line: DutyLine, lang: Lang) -> str:
    """The due day, and how far it is."""
    if line.days_left == 0:
        return f"{line.due:%m-%d} {TODAY.in_(lang)}"
    days = abs(line.days_left)
    away = (
        Text(zh=f"剩{days}天", en=f"in {days}d")
        if line.days_left > 0
        else Text(zh=f"过{days}天", en=f"{days}d ago")
    )
    return f"{line.due:%m-%d} {away.in_(lang)}"


def who_cell(line: DutyLine, lang: Lang) -> str:
    """Who answers for it now."""
    names = ("、" if lang == "zh" else ", ").join(map(safe, line.names))
    return names or VACANT.in_(lang)


def cover_cell(line: DutyLine, _: Lang) -> str:
    """Stations inspected, of how many; as a bar where there are several."""
    return covered(line, BAR)


def covered(line: DutyLine, cells: int) -> str:
    """Stations inspected, with a bar of so many cells."""
    done, wanted = min(len(line.covered), line.wanted), line.wanted
    if wanted == 1:
        return f"{done}/1"
    return f"{bar(done / wanted, cells)} {done}/{wanted}"


def bar(share: float, cells: int = BAR) -> str:
    """A bar of so many cells; full only when all of it is."""
    filled = int(share * cells + 1e-9)
    return f"{'█' * filled}{'·' * (cells - filled)}"


def head(board: DutyBoard, where: str, when: Text, state: State | None, lang: Lang) -> Content:
    """What is shown, and how many are in each state; what is done comes last, if room is scarce."""
    tally = board.tally()
    late = sum(line.late for line in board.lines)
    counts = [
        f"{SHORT_STATES[one].in_(lang)} {tally[one]}"
        for one in ("due", "missed", "planned", "done", "done_late", "excused")
        if tally[one]
    ]
    only = f" · {STATES[state].in_(lang)} ◂" if state else ""
    parts: list[tuple[str, str]] = [
        (f"  {when.in_(lang)} ", "bold"),
        (f"{where}{only}   ", ""),
        (f"{LATE.in_(lang)} {late}  " if late else "", "bold $error"),
    ]
    if vacant := sum(one.vacant and one.state in ("due", "missed") for one in board.lines):
        parts.append((Text(zh=f"空缺 {vacant}  ", en=f"vacant {vacant}  ").in_(lang), "$warning"))
    parts.append(("  ".join(counts), "$accent"))
    if board.unpublished:
        years = ", ".join(map(str, board.unpublished))
        said = Text(
            zh=f"  {years} 年节假日尚未公布，按周末推算",
            en=f"  holidays of {years} not published yet",
        )
        parts.append((said.in_(lang), "$warning"))
    return Content.assemble(*parts)


def whole(line: DutyLine, directory: Directory, rulebooks: Rulebooks, lang: Lang) -> Content:
    """One duty in full."""
    return Content("\n").join(Content(said) for said in _whole(line, directory, rulebooks, lang))


def _whole(line: DutyLine, directory: Directory, rulebooks: Rulebooks, lang: Lang) -> Iterator[str]:
    post, at = POSTS[line.post].in_(lang), directory.places.get(line.post_place)
    where = safe(at.name.in_(lang)) if at else line.post_place
    who = who_cell(line, lang)
    yield f"{safe(line.place_name.in_(lang))} · {state_cell(line, lang)}"
    yield Text(zh=f"负责  {where}{post}：{who}", en=f"Answers for it  {post}, {where}: {who}").in_(
        lang
    )
    days = f"{line.opens:%m-%d} – {line.due:%m-%d}"
    moved = line.printed != line.due
    was = (
        f"（原定 {line.printed:%m-%d}，遇休息日）",
        f" (printed {line.printed:%m-%d}, no working day)",
    )
    yield Text(
        zh=f"时间  {days}{was[0] if moved else ''}，最晚 {line.closes:%m-%d}",
        en=f"When  {days}{was[1] if moved else ''}, late until {line.closes:%m-%d}",
    ).in_(lang)
    titles = [rulebooks.editions(one)[-1].title for one in line.rulebooks]
    lists = " / ".join(one.in_(lang) for one in titles)
    if lists:
        yield Text(zh=f"用表  {lists}", en=f"By  {lists}").in_(lang)
    if line.minutes and line.effort:
        effort = line.effort
        yield Text(
            zh=f"至少  {line.minutes} 分钟{effort.zh}",
            en=f"At least  {line.minutes} min of {effort.en}",
        ).in_(lang)
    if line.result:
        yield Text(zh=f"结果  {line.result.zh}", en=f"Result  {line.result.en}").in_(lang)
    yield Text(zh=f"依据  {line.clause}", en=f"Clause  {line.clause}").in_(lang)
    yield Text(zh=f"已查  {cover_cell(line, lang)}", en=f"Covered  {cover_cell(line, lang)}").in_(
        lang
    )
    if line.draw:
        yield from drawn_words(line.draw, lang)
    yield from _evidence(line, directory, lang)


def _told(one: Notice, directory: Directory, lang: Lang) -> str:
    """Who was told, as what, and when."""
    names = map(safe, map(directory.person_name, one.persons))
    people = ("、" if lang == "zh" else ", ").join(names) or VACANT.in_(lang)
    post, day = POSTS[one.post.name], f"{one.on:%m-%d}"
    if one.kind == "reminder":
        return Text(zh=f"提醒  {day} {people}", en=f"Reminded  {day} {people}").in_(lang)
    return Text(
        zh=f"上报  {day} {post.zh}：{people}", en=f"Escalated  {day} to {post.en}: {people}"
    ).in_(lang)


def _evidence(line: DutyLine, directory: Directory, lang: Lang) -> Iterator[str]:
    """Stations that are missing, inspections that speak for it, the excuse."""
    if line.missing and not (line.draw and line.draw.stations):
        names = [safe(directory.station_name(one).in_(lang)) for one in line.missing[:12]]
        more = f" … +{len(line.missing) - 12}" if len(line.missing) > 12 else ""
        said = ("、" if lang == "zh" else ", ").join(names) + more
        yield Text(zh=f"必查未查  {said}", en=f"Must be, and were not  {said}").in_(lang)
    if line.inspections:
        numbers = " ".join(f"#{one}" for one in line.inspections[:12])
        yield Text(zh=f"凭据  {numbers}", en=f"By inspections  {numbers}").in_(lang)
    for one in line.told:
        yield _told(one, directory, lang)
    if line.excuse:
        said = f"{safe(line.excuse.person)} {long_time(line.excuse.at)} {safe(line.excuse.reason)}"
        yield Text(zh=f"免除  {said}", en=f"Excused  {said}").in_(lang)
