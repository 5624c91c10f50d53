"""Editions as check lists on paper, and the way back: what a list holds, it holds exactly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import load_workbook

from domain.checking import check_shelf
from domain.checklists.building import Given
from domain.checklists.doubts import UNTRANSLATED, WHOLE
from domain.checklists.edition_out import edition_yaml
from domain.checklists.held import held, not_held
from domain.checklists.numerals import plain
from domain.checklists.phrases import Fault, wording
from domain.checklists.spoken import cost_words
from domain.checklists.units import Units
from domain.counting import COUNTED_BY
from domain.exports.check_list import check_list_workbook
from domain.exports.check_list_in import read_check_list
from domain.parts import Clause, Criterion, Group, Level, Step
from domain.register.shelf import load_rulebooks
from domain.rulebook import Edition
from domain.text import Text, same
from tests.small_rulebooks import CLAUSED, edition_of

pytestmark = pytest.mark.slow

FOLDERS = ("rulebooks", "tests/rulebooks/examples")
EDITIONS = {
    f"{edition.id} {edition.edition}": edition
    for folder in FOLDERS
    for books in [load_rulebooks(Path(folder))]
    for rulebook in books.ids()
    for edition in books.editions(rulebook)
}
GIVEN = Given("list.xlsx", date(2026, 1, 1))


def there_and_back(edition: Edition) -> Edition:
    return read_check_list(check_list_workbook(edition, "zh"), GIVEN).edition


def as_json(edition: Edition) -> object:
    """Everything a list holds, as plain values; figures by what they are worth."""
    return msgspec.json.decode(msgspec.json.encode(held(edition), enc_hook=str))


@pytest.fixture(scope="module", params=EDITIONS, ids=str)
def edition(request: pytest.FixtureRequest) -> Edition:
    return EDITIONS[request.param]


def test_an_edition_comes_back_as_it_was_exported(edition: Edition) -> None:
    assert as_json(there_and_back(edition)) == as_json(edition)


def test_only_what_no_list_says_is_in_doubt_on_the_way_back(edition: Edition) -> None:
    doubts = read_check_list(check_list_workbook(edition, "zh"), GIVEN).doubts
    about_cells = [doubt.stood for doubt in doubts if doubt.cell != WHOLE]
    # The depot's P3 has a clause whose text speaks of what is not deducted.
    assert about_cells == (["扣分"] if edition.id == "example/depot" else [])
    assert len(doubts) == 2 + len(about_cells)


def test_what_comes_back_passes_the_check(edition: Edition) -> None:
    written = edition_yaml(there_and_back(edition)).encode()
    assert check_shelf({"1.yaml": written}).problems == []


def test_the_way_back_loses_only_what_is_named(edition: Edition) -> None:
    back = there_and_back(edition)
    assert [text.en for text in not_held(back)] == [
        "the other language",
        "severity and owners",
    ]


POINTS = st.integers(1, 2000).map(lambda hundredths: Decimal(plain(Decimal(hundredths) / 100)))
WORDS = st.text(
    "未戴安全帽地面有油污，；、（甲）灯具损坏记录不全0123456789AB ", min_size=1, max_size=20
).map(lambda text: f"问{text.strip()}题")


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    """Any clause that an edition may have, but for those that empty."""
    per = draw(st.sampled_from([*COUNTED_BY, "kind"]))
    clause = Clause(text=same(draw(WORDS)), points=draw(POINTS), per=per)
    if per == "flat":
        return replace(clause, veto=draw(st.booleans()))
    firsts = sorted(draw(st.sets(st.integers(2, 9), max_size=3)))
    rises = [clause.points + n for n in range(1, len(firsts) + 1)]
    steps = tuple(Step(first, points) for first, points in zip(firsts, rises, strict=True))
    return replace(clause, steps=steps, free=draw(st.integers(0, 5)), veto=draw(st.booleans()))


@st.composite
def criteria(draw: st.DrawFn) -> Criterion:
    """Any criterion of one to three clauses, perhaps with a cap and a clause that empties."""
    priced = tuple(draw(st.lists(clauses(), min_size=1, max_size=3)))
    own = draw(st.none() | POINTS)
    if draw(st.booleans()):
        level: Level = "group" if own is None else "criterion"
        priced = (*priced, Clause(text=same(draw(WORDS)), per="flat", empties=level))
    return Criterion("1", same(draw(WORDS)), clauses=priced, cap=own)


@given(criteria(), st.booleans())
def test_whatever_a_criterion_costs_is_read_as_it_is_worded(one: Criterion, bonus: bool) -> None:
    if bonus:
        priced = tuple(replace(each, veto=False, empties=None) for each in one.clauses)
        one = replace(one, clauses=tuple(each for each in priced if each.points))
    group = Group("g", same("组"), Decimal(30), "major", (one,), bonus=bonus)
    edition = replace(edition_of(CLAUSED), units={"kind": Text(zh="每种", en="per kind")})

    said = wording(cost_words(one, group, edition), Units(edition.units), costs_only=True)

    assert (said.cap, said.doubts) == (one.cap, [])
    assert {fault.adds for fault in said.faults if fault.points} <= {bonus}
    assert [_as_clause(fault, one) for fault in said.faults] == list(one.clauses)


def _as_clause(fault: Fault, one: Criterion) -> Clause:
    empties: Level | None = None
    if fault.whole is not None:
        empties = "criterion" if fault.whole == "本条" else "group"
    return Clause(
        text=same(fault.text) if fault.text else one.text,
        points=fault.points,
        per=fault.per,
        steps=fault.steps,
        free=fault.free,
        empties=empties,
        veto=fault.veto,
    )


@pytest.fixture(scope="module")
def paper() -> bytes:
    return check_list_workbook(EDITIONS["petrochina-shandong-2012/comprehensive 2012-A0"], "zh")


def test_the_list_prints_on_a4_with_its_header_on_each_page(paper: bytes) -> None:
    sheet = load_workbook(BytesIO(paper)).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$4:$4", "A5")


def test_sections_groups_and_scores_are_merged_over_their_rows(paper: bytes) -> None:
    sheet = load_workbook(BytesIO(paper)).worksheets[0]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"B102:B123", "C102:C104", "F102:F104"} <= merged
    assert sheet["B5"].value == "A　经营管理（120分）"


def test_columns_to_fill_in_are_empty(paper: bytes) -> None:
    sheet = load_workbook(BytesIO(paper)).worksheets[0]
    assert [cell.value for cell in sheet[4]][6:] == ["扣分", "得分", "备注"]
    filled = [cell.value for row in sheet.iter_rows(min_row=5, min_col=7) for cell in row]
    assert set(filled) <= {None, ""}


def test_the_english_list_is_in_english() -> None:
    paper = check_list_workbook(EDITIONS["example/depot 2026"], "en")
    sheet = load_workbook(BytesIO(paper)).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert (
        "Leaking: -2 per valve\nCannot be closed: all points of the criterion\n6 at most" in cells
    )
    assert not [text for text in cells if any("\u4e00" <= each <= "\u9fff" for each in text)]


def test_texts_come_back_marked_as_untranslated() -> None:
    back = there_and_back(EDITIONS["example/shopper 2026"])
    assert back.title == Text(zh="神秘顾客访问表", en=f"{UNTRANSLATED}神秘顾客访问表")
