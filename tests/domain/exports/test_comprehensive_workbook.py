"""The workbook of a comprehensive inspection: clauses, figures, what stands beside the score."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from domain.exports.inspection import Inspected, inspection_workbook
from domain.scoring import score_lines
from domain.submission import FormulaInput, Found
from tests.domain.exports.test_inspection_workbook import HEAD, opened, rows, seen
from tests.things import CONSOLE, Chain, a_form

COMPREHENSIVE = "petrochina-shandong-2012/comprehensive"
FOUND = (Found("25"), Found("34"), Found("226", 0, 3), Found("226", 1))
FIGURES = {"1": FormulaInput("950", "1000")}


@pytest.fixture
def inspected(chain: Chain) -> Inspected:
    """Clauses of one criterion, figures of one, and one fact charged twice."""
    form = a_form(rulebook=COMPREHENSIVE, station="s1", found=FOUND, inputs=FIGURES)
    sheet = seen(chain, chain.submit(form, by=CONSOLE).number)
    edition = chain.register.rulebooks.edition(COMPREHENSIVE, "2012-A0")
    card = score_lines(edition, FOUND, inputs=FIGURES)
    return Inspected(sheet, edition, card, {}, HEAD, "2026-11-20T05:00:00.000000Z")


@pytest.fixture
def book(inspected: Inspected) -> Workbook:
    """The workbook in Chinese, read again."""
    return opened(inspection_workbook(inspected, "zh"))


def by_id(book: Workbook) -> dict[Any, list[Any]]:
    """The lines of the list of criteria, by their first cell."""
    return {row[0]: row for row in rows(book["逐条"])}


def test_each_clause_is_listed_with_its_words_count_and_cost(book: Workbook) -> None:
    lines = by_id(book)
    assert lines["226.1"][1:] == ["预留资料不全 · 每人次扣 0.5 分", 3, 1.5]
    assert lines["226.2"][1:] == ["变更未取资料 · 每次扣 1 分", 1, 1]
    assert lines["222.1"][1:] == ["盘点不足两人 · 一次性扣 1 分"]


def test_figures_stand_with_what_they_cost_and_missing_ones_are_named(book: Workbook) -> None:
    lines = by_id(book)
    assert lines["1"][1] == "油品销量与计划的差距\n950 / 1000 吨"
    assert lines["1"][3:] == ["已填数", 2]
    assert lines["2"][3:] == ["缺数"]


def test_what_stands_beside_the_score_is_on_the_score_sheet(book: Workbook) -> None:
    said = [row[0] for row in rows(book["评分表"])]
    assert "缺数：2、3、4、5、6（非最终分）" in said
    assert "可能重复扣分 25、34：地面积水（同一事实只扣一次）" in said


def test_the_sheet_adds_up_to_the_card(book: Workbook, inspected: Inspected) -> None:
    sections = {one.id for one in inspected.edition.sections}
    kept = [row[4] for row in rows(book["评分表"]) if row[0] in sections]
    total = next(row for row in rows(book["评分表"]) if row[0] == "总分")
    assert sum(Decimal(str(one)) for one in kept) == inspected.card.total
    assert Decimal(str(total[3])) == inspected.card.total
