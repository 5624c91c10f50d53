"""The line of the first screen that says what is to be done today and what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from domain.text import Text

if TYPE_CHECKING:
    from domain.register.today import Today
    from domain.text import Lang

NOTHING_DUE = Text(zh="今天没有到期的任务", en="nothing is due today")
TO_DUTIES, TO_PATROLS = "  → 6", "  → 5"
"""The keys that show them; what is behind a key stands above, in the tabs."""


class TodayLine(Static):
    """Figures of today, the late ones in red; empty until they are known."""

    DEFAULT_CSS = """
    TodayLine { height: 1; text-wrap: nowrap; }
    """

    def show(self, today: Today, lang: Lang) -> None:
        """Say what is to be done, in the reader's language."""
        self.update(said(today, lang))


def said(today: Today, lang: Lang) -> Content:
    """What has to be done, the late first after today's, and which key shows it."""
    parts: list[tuple[str, str]] = [(Text(zh="  今天 ", en="  Today ").in_(lang), "bold")]
    if today.due:
        due = Text(zh=f"{today.due} 项到期", en=f"{today.due} due")
        parts.append((due.in_(lang), "bold $accent"))
    else:
        parts.append((NOTHING_DUE.in_(lang), "$foreground-muted"))
    if today.late:
        late = Text(zh=f" · 逾期可补 {today.late}", en=f" · {today.late} late")
        parts.append((late.in_(lang), "bold $error"))
    if today.week:
        week = Text(zh=f" · 本周还有 {today.week}", en=f" · {today.week} more this week")
        parts.append((week.in_(lang), ""))
    if today.due or today.late or today.week:
        parts.append((TO_DUTIES, "$accent"))
    parts += _rounds(today, lang)
    return Content.assemble(*parts)


def _rounds(today: Today, lang: Lang) -> list[tuple[str, str]]:
    if not today.walking and not today.missed:
        return []
    parts = [(Text(zh="   巡检", en="   Rounds").in_(lang), "bold")]
    if today.missed:
        missed = Text(zh=f" 漏 {today.missed}", en=f" {today.missed} missed")
        parts.append((missed.in_(lang), "bold $error"))
    if today.walking:
        walking = Text(zh=f" 进行中 {today.walking}", en=f" {today.walking} open")
        parts.append((walking.in_(lang), "$accent"))
    parts.append((TO_PATROLS, "$accent"))
    return parts
