"""Writes a draw to a workbook: who came in and why, and all that anybody needs to verify it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.canonical import instant
from domain.draw_steps import Standing, standings
from domain.exports import looks
from domain.exports.cells import station_time
from domain.exports.list_sheet import Above, ListColumn, list_workbook
from domain.exports.looks import Seal
from domain.register.journal_table import head
from domain.text import Text
from tui.draw_words import STATES, became, duty_name, rule_words
from tui.exporting import place_of_export, write_aside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from domain.draw_steps import Draw
    from domain.organisation import Directory
    from domain.register.register import Register
    from domain.text import Lang

TITLE = Text(zh="抽签结果", en="Draw")
VERIFY = Text(
    zh="任何人都可以复核：在任一副本上运行 forecourt draw verify，凭日志重算每一次抽签。",
    en="Anybody can verify: forecourt draw verify derives each draw again from the journal.",
)


def export_draw(register: Register, draw: Draw, lang: Lang, to: Path | None = None) -> Path:
    """Write a draw and say where.

    Args:
        to: A folder or a file; the data folder's own place for exports if None.
    """
    name = duty_name(draw.announced.duty).in_(lang)
    made_at = instant(register.clock())
    with register.read() as connection:
        above = Above(TITLE, f"{name} · {draw.announced.id}", made_at, Seal(*head(connection)))
    columns = _columns(register.directory)
    foot = [said.in_(lang) for said in _foot(draw)]
    content = list_workbook(standings(draw), columns, above, lang, foot)
    file = f"{TITLE.in_(lang)}_{draw.announced.id}_{station_time(made_at):%Y%m%d-%H%M%S}.xlsx"
    return write_aside(place_of_export(register, to, file), lambda out: out.write(content))


def _columns(directory: Directory) -> tuple[ListColumn[Standing], ...]:
    def name(place: str, lang: Lang) -> str:
        return directory.station_name(place).in_(lang)

    return (
        ListColumn(
            Text(zh="检查", en="In"), 7, looks.CENTRED, lambda s, _: "✓" if s.inspected else ""
        ),
        ListColumn(Text(zh="单位", en="Unit"), 22, looks.TEXT, lambda s, g: name(s.stratum, g)),
        ListColumn(
            Text(zh="加油站", en="Station"), 24, looks.TEXT, lambda s, g: name(s.placed.station, g)
        ),
        ListColumn(
            Text(zh="怎么来的", en="By"), 36, looks.TEXT, lambda s, g: became(s, directory).in_(g)
        ),
        ListColumn(
            Text(zh="抽出的数", en="Drawn number"), 40, looks.TEXT, lambda s, _: s.placed.number
        ),
    )


def _foot(draw: Draw) -> Iterator[Text]:
    """What was said when, in the order of the steps."""
    said = draw.announced
    yield Text(zh=f"状态：{STATES[draw.state].zh}", en=f"State: {STATES[draw.state].en}")
    yield Text(zh=f"规则：{rule_words(said.rule).zh}", en=f"Rule: {rule_words(said.rule).en}")
    yield _step("公告", "Announced", said.announced_at)
    yield Text(zh=f"承诺值 SHA-256：{said.commitment}", en=f"Commitment SHA-256: {said.commitment}")
    if draw.frozen:
        yield _step("冻结名单", "List frozen", draw.frozen_at)
        yield Text(
            zh=f"冻结封签：{draw.freezing_seal}", en=f"Seal of freezing: {draw.freezing_seal}"
        )
    if said.public_on:
        value = f"{said.public_source} ({said.public_on}) {draw.public_value}"
        yield Text(zh=f"公开数值：{value}", en=f"Public value: {value}")
    if draw.seed:
        yield _step("公开种子", "Seed revealed", draw.revealed_at)
        yield Text(zh=f"种子：{draw.seed}", en=f"Seed: {draw.seed}")
    yield VERIFY


def _step(zh: str, en: str, at: str) -> Text:
    when = f"{station_time(at):%Y-%m-%d %H:%M:%S}"
    return Text(zh=f"{zh}：{when}", en=f"{en}: {when}")
