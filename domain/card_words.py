"""What a score card says beside its points: verdict, missing figures, overlaps; in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clause_words import short
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.card import ScoreCard, Verdict
    from domain.formulas import AnyFormula
    from domain.rulebook import Edition, Gate, Overlap

PASSED = Text(zh="合格", en="passed")
FAILED = Text(zh="不合格", en="failed")


def verdict_words(edition: Edition, verdict: Verdict) -> Text:
    """Passed or failed where it can fail, the grade, and every veto and gate that failed it."""
    said = [PASSED if verdict.passed else FAILED] if edition.can_fail else []
    if verdict.grade:
        said.append(verdict.grade.title)
    if verdict.vetoes:
        zh, en = "、".join(verdict.vetoes), ", ".join(verdict.vetoes)
        said.append(Text(zh=f"一票否决：{zh}", en=f"veto: {en}"))
    said += [_gate(edition, gate) for gate in verdict.gates]
    return joined(said, " · ")


def _gate(edition: Edition, gate: Gate) -> Text:
    titles = (one.title for one in edition.sections if one.id == gate.section)
    where = next(titles, Text(zh="总分", en="total"))
    below = short(gate.below) + ("%" if gate.measure == "percent" else "")
    zh = below if gate.measure == "percent" else f"{below} 分"
    return Text(zh=f"{where.zh}低于 {zh}", en=f"{where.en} below {below}")


def missing_words(missing: Iterable[str]) -> Text:
    """Which criteria still want figures, and what that means."""
    ids = list(missing)
    zh, en = "、".join(ids), ", ".join(ids)
    return Text(zh=f"缺数：{zh}（非最终分）", en=f"figures missing: {en} (not final)")


def overlap_words(overlap: Overlap) -> Text:
    """Which criteria were charged together although they may name one fact, and which fact."""
    zh, en = "、".join(overlap.criteria), ", ".join(overlap.criteria)
    return Text(
        zh=f"可能重复扣分 {zh}：{overlap.about.zh}（同一事实只扣一次）",
        en=f"perhaps charged twice, {en}: {overlap.about.en} (one fact costs once)",
    )


def beside_score(edition: Edition, card: ScoreCard) -> list[Text]:
    """All that a card says beside its points, a line each; nothing where there is nothing."""
    said = []
    if card.bonus is not None:
        added = short(card.bonus)
        said.append(Text(zh=f"其中加分 {added}", en=f"{added} of them bonus points"))
    if card.verdict:
        said.append(verdict_words(edition, card.verdict))
    if card.missing:
        said.append(missing_words(card.missing))
    return said + [overlap_words(one) for one in card.overlaps]


def figures_words(formula: AnyFormula, given: Mapping[str, str | None]) -> Text:
    """The figures of a formula as they were given, with their unit: 950 / 1000 吨."""
    figures = " / ".join(text for text in (given.get("of"), given.get("against")) if text)
    unit = formula.unit or Text(zh="", en="")
    return Text(zh=f"{figures} {unit.zh}".rstrip(), en=f"{figures} {unit.en}".rstrip())


def joined(said: Iterable[Text], between: str) -> Text:
    """Several texts as one."""
    texts = list(said)
    zh, en = between.join(one.zh for one in texts), between.join(one.en for one in texts)
    return Text(zh=zh, en=en)
