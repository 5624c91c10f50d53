"""The head of an inspection: what, where, who, when, its score and whether it still adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from domain.card_words import beside_score
from domain.scoring import score_lines
from domain.sheet import Line
from domain.text import Text
from tui.widgets.beside_score import beside
from tui.widgets.cells import safe, safe_lines
from tui.words import (
    GRADES,
    KINDS,
    WAYS,
    long_time,
    page_marks,
    points,
    presence_reasons,
    span,
    who,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.rulebook import Edition, Rulebooks
    from domain.scoring import ScoreCard
    from domain.text import Lang
    from domain.views import InspectionSheet

SEAL_CHARACTERS = 8

AGREES = Text(zh="✓ 重算一致", en="✓ recomputed")
SCORE = Text(zh="得分", en="Score")
APPLIED = Text(zh="适用部分 {} / {}", en="{} / {} applied")
INCOMPLETE = Text(zh="本表不完整", en="partial list")
EVIDENCE = Text(zh="证据 {}/{} 已到", en="evidence {}/{} here")
SIGNED = Text(zh="{}已会签", en="countersigned by {}")
CONTESTED = Text(zh="⚠ 有异议表单 {} 份（v 查看）", en="⚠ {} contested form(s), v shows them")


class Examined(NamedTuple):
    """An inspection with its edition, and its score computed again from the stored lines."""

    sheet: InspectionSheet
    edition: Edition
    card: ScoreCard

    @property
    def agrees(self) -> bool:
        """Whether the stored score is what the stored lines add up to."""
        line, card = self.sheet.line, self.card
        stored = (line.score, line.max, line.applied_score, line.applied_max)
        return stored == (card.total, card.max, card.applied.score, card.applied.max)


def examined(rulebooks: Rulebooks, sheet: InspectionSheet) -> Examined:
    """Compute the score of an inspection again.

    Raises what `score_lines` raises, if the stored lines no longer fit their edition.
    """
    edition = rulebooks.edition(sheet.line.rulebook, sheet.line.edition)
    lines = [
        Line(found.criterion, clause, found.count)
        for found, clause in zip(sheet.found, sheet.clauses, strict=True)
    ]
    card = score_lines(edition, lines, not_applicable=sheet.not_applicable, inputs=sheet.inputs)
    return Examined(sheet, edition, card)


def head_text(one: Examined, lang: Lang, *, reasons: bool) -> Content:
    """Four lines, the score among them, with the `reasons` for the grade of presence if wanted.

    A fifth one says what stands beside the score, where something does.
    """
    lines = [_what(one, lang), _who(one, lang), _score(one, lang)]
    if more := beside(one.edition, one.card, lang, brief=not reasons):
        lines.append(more)
    return Content("\n").join((*lines, _how(one, lang, reasons=reasons)))


def _what(one: Examined, lang: Lang) -> Content:
    line = one.sheet.line
    point = one.sheet.point_name
    where = safe(line.station_name.in_(lang)) + (f" · {safe(point.in_(lang))}" if point else "")
    return Content.assemble(
        (f"#{line.number}  {where}", "bold"),
        f"  {KINDS[line.kind].in_(lang)} · {line.title.in_(lang)} {line.edition}",
    )


def _who(one: Examined, lang: Lang) -> Content:
    line = one.sheet.line
    via = next((said.in_(lang) for way, said in WAYS.items() if way == line.via), line.via)
    device = f" ({safe(one.sheet.device_name)})" if one.sheet.device_name else ""
    seal = Text(zh="封签", en="seal").in_(lang)
    when = span(line.started_at, line.received_at)
    short = f"{seal} {one.sheet.seal[:SEAL_CHARACTERS]}…"
    return Content(" · ".join((safe(who(line.person, lang)), when, f"{via}{device}", short)))


def _score(one: Examined, lang: Lang) -> Content:
    line = one.sheet.line
    parts = [
        Content.assemble(
            (f"{SCORE.in_(lang)} ", "$foreground-muted"),
            (f"{points(line.score)} / {points(line.max)}", "bold $accent"),
        )
    ]
    if line.applied_max != line.max:
        said = APPLIED.in_(lang).format(points(line.applied_score), points(line.applied_max))
        parts.append(Content(said))
    parts.append(_check(one, lang))
    if not one.edition.complete:
        parts.append(Content.styled(INCOMPLETE.in_(lang), "$foreground-muted"))
    return Content("  ·  ").join(parts)


def _check(one: Examined, lang: Lang) -> Content:
    if one.agrees:
        return Content.styled(AGREES.in_(lang), "$success")
    again = f"{points(one.card.total)} / {points(one.card.max)}"
    said = Text(zh=f"✗ 与重算不符：{again}", en=f"✗ differs from the recomputed {again}")
    return Content.styled(said.in_(lang), "bold $error")


def _how(one: Examined, lang: Lang, *, reasons: bool) -> Content:
    sheet = one.sheet
    grade = GRADES[sheet.presence.grade].in_(lang)
    said = Text(zh="到场证据", en="Presence").in_(lang)
    why = " · ".join(presence_reasons(sheet.presence, lang)) if reasons else ""
    parts = [f"{said} {grade}: {why}" if why else f"{said} {grade}"]
    if sheet.evidence:
        here = sum(item.arrived_at is not None for item in sheet.evidence)
        parts.append(EVIDENCE.in_(lang).format(here, len(sheet.evidence)))
    if signed := sheet.countersigned:
        parts.append(SIGNED.in_(lang).format(safe(signed.person)))
    if sheet.contests:
        parts.append(CONTESTED.in_(lang).format(len(sheet.contests)))
    return Content("  |  ".join(parts))


def record_text(one: Examined, lang: Lang) -> Content:
    """Everything to compare with a receipt or the journal: seal, ids, evidence, contested forms."""
    return Content("\n").join(Content(said) for said in _record(one, lang))


def _record(one: Examined, lang: Lang) -> Iterator[str]:
    sheet = one.sheet
    yield Text(zh=f"封签  {sheet.seal}", en=f"Seal  {sheet.seal}").in_(lang)
    yield Text(zh=f"编号  {sheet.line.id}", en=f"Id    {sheet.line.id}").in_(lang)
    grade = GRADES[sheet.presence.grade].in_(lang)
    yield Text(zh="\n到场证据", en="\nPresence").in_(lang) + f"  {grade}"
    yield from (f"  {reason}" for reason in presence_reasons(sheet.presence, lang))
    yield from (f"  {mark}" for mark in page_marks(sheet.presence, lang))
    for said in beside_score(one.edition, one.card):
        yield f"\n⚠ {said.in_(lang)}"
    if sheet.note:
        yield f"\n{safe_lines(sheet.note)}"
    if signed := sheet.countersigned:
        by = SIGNED.in_(lang).format(safe(signed.person))
        yield f"\n{by} · {long_time(signed.at)}  {safe_lines(signed.note)}".rstrip()
    yield Text(zh="\n证据", en="\nEvidence").in_(lang) + f" ({len(sheet.evidence)})"
    for item in sheet.evidence:
        came = Text(zh="已到", en="here") if item.arrived_at else Text(zh="在途", en="on its way")
        kind = (
            Text(zh="图片", en="picture") if item.kind == "picture" else Text(zh="录像", en="video")
        )
        yield (
            f"  [{came.in_(lang)}] {kind.in_(lang)} {safe(item.name)} · {item.size / 1e6:.2f} MB · "
            f"sha256 {item.sha256[:SEAL_CHARACTERS]}…"
        )
    if sheet.contests:
        yield Text(
            zh=f"\n同一编号、内容不同的表单（未采用，留存备查） ({len(sheet.contests)})",
            en=f"\nOther forms under the same id, refused and kept ({len(sheet.contests)})",
        ).in_(lang)
    for contest in sheet.contests:
        yield f"  {safe(who(contest.person, lang))} · {long_time(contest.received_at)}"
        yield f"  {safe(contest.form)}"
