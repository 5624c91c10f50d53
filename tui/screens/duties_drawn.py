"""What one duty says of its draw: how it stands, its stations, and where `d` leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.duty_views import DRAW_STATES
from domain.text import Text
from tui.keys import key
from tui.widgets.cells import safe
from tui.widgets.dialogs import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.content import Content

    from domain.duty_views import DrawLine, DrawnStation
    from domain.text import Lang

MOST = 24
"""Stations that are named; a large unit's are all on the screen of the draw."""


DRAW = Text(zh="抽签", en="Draw")


class DutyNotice(Notice):
    """One duty in full; `d` leads to its draw."""

    BINDINGS = [key("d", "draw", DRAW, DRAW)]

    def __init__(self, title: str, body: Content, lang: Lang, draw: Callable[[], None]) -> None:
        super().__init__(title, body, lang)
        self._draw = draw

    def action_draw(self) -> None:
        """Close, and go there."""
        self.app.pop_screen()
        self._draw()


def drawn_words(draw: DrawLine, lang: Lang) -> Iterator[str]:
    """How the draw stands, then the stations with what is inspected of them."""
    state = DRAW_STATES[draw.state].in_(lang)
    said = f"{state} · {safe(draw.id)}" if draw.id else state
    key = Text(zh="（d 查看）", en=" (d shows it)")
    if not draw.id:
        key = Text(zh="（d 公告）", en=" (d announces it)")
    yield Text(zh=f"抽签  {said}{key.zh}", en=f"Draw  {said}{key.en}").in_(lang)
    if not draw.stations:
        return
    done = sum(one.inspected for one in draw.stations)
    counts = f"{done}/{len(draw.stations)}"
    if draw.binding:
        yield Text(
            zh=f"抽中  {counts}，只算这些站", en=f"Drawn  {counts}; none but these count"
        ).in_(lang)
    else:
        yield Text(zh=f"抽中  {counts}，别的站也算", en=f"Drawn  {counts}; others count, too").in_(
            lang
        )
    for one in draw.stations[:MOST]:
        yield _station(one, lang)
    if len(draw.stations) > MOST:
        yield f"  … +{len(draw.stations) - MOST}"


def _station(one: DrawnStation, lang: Lang) -> str:
    """✓ or ○, the station, and why it is in where that is not chance."""
    notes = []
    if one.why in (None, "must"):
        notes.append(Text(zh="必查", en="must be in").in_(lang))
    if one.instead_of:
        gone = one.instead_of
        notes.append(Text(zh=f"顶替{gone.zh}", en=f"instead of {gone.en}").in_(lang))
    note = f"（{'，'.join(notes)}）" if lang == "zh" else f" ({', '.join(notes)})"
    return (
        f"  {'✓' if one.inspected else '○'} {safe(one.name.in_(lang))}{safe(note) if notes else ''}"
    )
