"""The line beside a score: verdict, bonus, what is missing, what may be charged twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from domain.card_words import beside_score, verdict_words
from domain.text import Text
from tui.words import points

if TYPE_CHECKING:
    from domain.rulebook import Edition
    from domain.scoring import ScoreCard
    from domain.text import Lang

SAID = 4
"""Remarks in full on one line; further ones are counted."""


def beside(edition: Edition, card: ScoreCard, lang: Lang, *, brief: bool) -> Content:
    """One line in words, or nothing; `brief`: how much of each there is."""
    remarks = _brief(edition, card) if brief else beside_score(edition, card)
    if not remarks:
        return Content("")
    said = (" · " if brief else "  ·  ").join(one.in_(lang) for one in remarks[:SAID])
    further = len(remarks) - SAID
    more = Text(zh=f"  ·  另 {further} 处", en=f"  ·  {further} more").in_(lang)
    return Content.styled(f"⚠ {said}{more if further > 0 else ''}", "$warning")


def _brief(edition: Edition, card: ScoreCard) -> list[Text]:
    parts = [verdict_words(edition, card.verdict)] if card.verdict else []
    if card.bonus:
        parts.append(Text(zh=f"加分 {points(card.bonus)}", en=f"bonus {points(card.bonus)}"))
    if many := len(card.missing):
        parts.append(Text(zh=f"缺数 {many}，非最终分", en=f"{many} missing"))
    if many := len(card.overlaps):
        parts.append(Text(zh=f"疑重复 {many}", en=f"twice? {many}"))
    return parts
