"""A check list of another chain, as it is kept in Excel, read into an edition: all of it.

`hengyuan_list.txt` is the sheet, cell by cell; `hengyuan_outline.txt` and `hengyuan_doubts.txt` are
what a reader of that sheet expects, written down and checked line by line.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain.checking import check_shelf
from domain.checklists.building import Given, Imported
from domain.checklists.edition_out import edition_yaml
from domain.exports.check_list_in import read_check_list
from domain.scoring import score
from domain.sheet import FoundClause, Sheet
from tests.rulebooks.said import outline
from tests.rulebooks.workbooks import workbook_of

HERE = Path(__file__).parent
GIVEN = Given("恒远.xlsx", date(2026, 1, 1), "hengyuan/onsite", "2025", date(2025, 3, 1))


def lines(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def hengyuan() -> Imported:
    raw = workbook_of(*lines("hengyuan_list.txt"))
    return read_check_list(raw, Given("hengyuan.xlsx", date(2026, 1, 1)))


def test_every_criterion_and_clause_is_read_as_it_stands(hengyuan: Imported) -> None:
    assert list(outline(hengyuan.edition)) == lines("hengyuan_outline.txt")


def test_every_doubt_is_said_and_nothing_else(hengyuan: Imported) -> None:
    assert [doubt.sentence("zh") for doubt in hengyuan.doubts] == lines("hengyuan_doubts.txt")


def test_each_doubt_is_said_in_english_too(hengyuan: Imported) -> None:
    said = [doubt.sentence("en") for doubt in hengyuan.doubts]
    assert 'E13: "扣0.5～1分": a range of points; the highest, 1, was assumed.' in said
    assert len(said) == len(lines("hengyuan_doubts.txt"))


def test_the_list_has_more_than_sixty_criteria(hengyuan: Imported) -> None:
    assert len(hengyuan.edition.placed) == 62


def test_clauses_whose_cost_was_assumed_are_marked_as_readings(hengyuan: Imported) -> None:
    marked = [
        named
        for named, placed in hengyuan.edition.placed.items()
        if any(clause.reading for clause in placed.criterion.clauses)
    ]
    assert marked == ["9", "17", "31", "38", "39", "45", "48"]


def test_what_is_written_passes_the_check(hengyuan: Imported) -> None:
    written = edition_yaml(hengyuan.edition).encode()
    assert check_shelf({"1.yaml": written}).problems == []


def test_what_is_written_is_the_edition(hengyuan: Imported) -> None:
    written = edition_yaml(hengyuan.edition, ["imported"]).encode()
    (read,) = check_shelf({"1.yaml": written}).editions
    assert list(outline(read)) == lines("hengyuan_outline.txt")


def test_the_imported_edition_scores(hengyuan: Imported) -> None:
    counts = {"7": 3, "12": 9, "28": 4, "60": 2}
    found: dict[str, tuple[FoundClause, ...]] = {
        named: (FoundClause(count=count),) for named, count in counts.items()
    }
    card = score(hengyuan.edition, Sheet("imported/list", "1", found))
    # 2 for three missing permits, 4 at most for delays, the fourth label 0.2, two suggestions.
    assert card.total == Decimal(121) - 2 - 4 - Decimal("0.2") + 2


def test_what_the_caller_says_is_no_doubt() -> None:
    imported = read_check_list(workbook_of(*lines("hengyuan_list.txt")), GIVEN)
    edition = imported.edition
    named = (edition.id, edition.edition, edition.in_force.first)
    assert named == ("hengyuan/onsite", "2025", date(2025, 3, 1))
    assert not [one for one in imported.doubts if "--" in one.sentence("en")]
