"""The comprehensive inspection on a phone: clauses, figures, overlaps, the time before, search."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.scoring import score_lines
from domain.submission import FormulaInput, Found
from tests.journeys.conftest import Station
from tests.journeys.phone import Phone
from tests.things import COMPREHENSIVE, EDITION, a_form

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("chromium")]


def comprehensive(phone: Phone, station: Station) -> Phone:
    """The phone, with a comprehensive inspection begun at the pump."""
    phone.scan(station.token)
    phone.begin("综合管理检查细则")
    return phone


@pytest.fixture
def inspecting(phone: Phone, station: Station) -> Phone:
    """An enrolled phone with a comprehensive inspection begun."""
    phone.enrol(station.code())
    return comprehensive(phone, station)


def search(phone: Phone, words: str) -> list[str]:
    """What is left in sight after typing these into the search."""
    phone.page.fill("#search", words)
    stems = phone.page.locator(".entry:visible .id")
    return stems.all_inner_texts()


def figure(phone: Phone, criterion: str, *values: str) -> None:
    """Types the figures of a formula criterion."""
    search(phone, criterion)
    fields = phone.page.locator(f'[data-figures="{criterion}"] input')
    for n, value in enumerate(values):
        fields.nth(n).fill(value)


def test_findings_and_figures_score_as_the_rulebook_says(
    inspecting: Phone, station: Station
) -> None:
    figure(inspecting, "1", "９００", "1,000")
    figure(inspecting, "5", "0.18")
    search(inspecting, "7")
    inspecting.find("7", times=2)
    search(inspecting, "134b")
    inspecting.find("134b")
    inspecting.review()
    assert "未填：2、3、4、6" in inspecting.page.inner_text("main")
    inspecting.page.click("#bar .main")
    inspecting.wait_until(lambda: len(station.inspections()) == 1)

    (inspection,) = station.inspections()
    edition = station.register.rulebooks.edition(COMPREHENSIVE, EDITION)
    lines = [Found("7", count=2), Found("134b")]
    inputs = {"1": FormulaInput("900", "1000"), "5": FormulaInput("0.18")}
    assert Decimal(inspection.score) == score_lines(edition, lines, inputs=inputs).total


def test_a_plan_of_nothing_is_told_at_once_and_not_sent(inspecting: Phone) -> None:
    for zero in ("0", "abc", ""):
        figure(inspecting, "1", "900", zero)

        told = inspecting.page.locator('[data-figures="1"] .bad').nth(1).inner_text()
        assert told != "", zero
    search(inspecting, "7")
    inspecting.find("7")
    inspecting.review()
    assert told in inspecting.page.locator(".problem").inner_text()
    assert inspecting.page.is_disabled("#bar .main")

    inspecting.page.click("text=去改 1 条")

    fields = inspecting.page.locator('[data-figures="1"] input')
    fields.nth(1).fill("1000")
    inspecting.page.locator('[data-figures="1"] button').click()
    assert fields.nth(0).input_value() == "-900"
    inspecting.review()
    assert inspecting.page.is_enabled("#bar .main")


def test_undo_takes_a_figure_back(inspecting: Phone) -> None:
    figure(inspecting, "5", "0.18")

    inspecting.page.locator("#bar button").first.click()

    inspecting.wait_until(
        lambda: inspecting.page.locator('[data-figures="5"] input').input_value() == ""
    )


def test_a_criterion_is_reached_by_number_words_or_initials(inspecting: Phone) -> None:
    for words in ("134b", "价格牌", "jgp"):
        assert "134b" in search(inspecting, words), words
    assert "56" in search(inspecting, "56")


def test_a_search_that_finds_much_shows_the_first_of_it(inspecting: Phone) -> None:
    found = search(inspecting, "不")

    assert len(found) == 40
    assert "先显示前 40 项" in inspecting.page.inner_text(".hits")


def test_two_criteria_that_may_name_one_fact_are_told(inspecting: Phone, station: Station) -> None:
    edition = station.register.rulebooks.edition(COMPREHENSIVE, EDITION)
    overlap = next(
        one
        for one in edition.overlaps
        if all(edition.criterion(each).clauses for each in one.criteria)
    )
    for criterion in overlap.criteria[:2]:
        search(inspecting, criterion)
        inspecting.find(criterion)

    notice = inspecting.page.locator(".entry:visible .notice:visible").first
    assert overlap.criteria[0] in notice.inner_text()
    notice.locator("button").first.click()
    inspecting.entry(overlap.criteria[0]).wait_for()
    assert inspecting.page.input_value("#search") == ""


def test_last_times_findings_stand_beside_the_criterion(phone: Phone, station: Station) -> None:
    chain = station.chain
    found = (Found("7", count=2, note="张三未持证"),)
    chain.submit(a_form(rulebook=COMPREHENSIVE, token=chain.token, at=chain.clock.now, found=found))
    phone.enrol(station.code())
    comprehensive(phone, station)
    search(phone, "7")

    told = phone.page.locator(".entry:visible .last").first.inner_text()

    assert "上次：2 处" in told
    assert "张三未持证" in told


TOUCHED = """selector => {
  const touched = new Set();
  const watch = new MutationObserver(all => all.forEach(({target}) => {
    const entry = target.parentElement && target.parentElement.closest("[data-entry]");
    if (entry) touched.add(entry.dataset.entry);
  }));
  watch.observe(document.querySelector("main"),
    {subtree: true, childList: true, attributes: true, characterData: true});
  document.querySelector(selector).click();
  return Promise.resolve().then(() => [...touched]);
}"""
"""The entries in which a tap changes anything at all."""


def test_a_tap_draws_one_entry_again_whatever_is_unfolded(inspecting: Phone) -> None:
    folded = inspecting.page.locator(".fold[aria-expanded=false]")
    while folded.count():
        folded.first.click()
    inspecting.wait_until(lambda: inspecting.page.locator(".entry").count() == 292)

    touched = inspecting.page.evaluate(TOUCHED, '[data-line="7#0"] .more')

    assert touched == ["7"]
    assert inspecting.entry("7").locator(".count").input_value() == "1"
