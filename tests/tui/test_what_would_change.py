"""What would change: past inspections under another edition, on the console."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.register.register import Register
from domain.register.shelf import load_rulebooks
from domain.rulebook import Rulebooks
from domain.submission import Found
from domain.text import Lang
from tests.rulebooks.two_editions import MAP_TEXT, NEW, NEW_TEXT, OLD
from tests.things import CONSOLE, Chain, Clock, a_form
from tests.tui.terminal import console_of, press, seen, table_of, write

pytestmark = pytest.mark.slow

OPEN = ("2", "w")
BY_HAND = (Found("1", 0, 3), Found("1", 1), Found("2", 0, 2), Found("3"), Found("4"), Found("5"))


@pytest.fixture
def register(tmp_path: Path, clock: Clock) -> Iterator[Register]:
    """An empty register on whose shelf lies an older and a newer edition of one list."""
    real = load_rulebooks()
    known = [each for one in real.ids() for each in real.editions(one)]
    older = OLD.__class__(
        **{name: getattr(OLD, name) for name in OLD.__struct_fields__ if name != "in_force"},
        in_force=type(OLD.in_force)(OLD.in_force.first, NEW.in_force.first.replace(year=2029)),
    )
    rulebooks = Rulebooks([*known, older, NEW])
    with Register.open(tmp_path / "data", clock=clock, rulebooks=rulebooks) as opened:
        yield opened


@pytest.fixture
def audited(chain: Chain) -> Chain:
    """Two stations with a sheet each."""
    for station, found in (("s1", BY_HAND), ("s2", (Found("1", 0, 2),))):
        form = a_form(rulebook=OLD.id, edition="1", station=station, found=found)
        chain.submit(form, by=CONSOLE)
    return chain


async def test_the_footer_of_inspections_leads_there(audited: Chain) -> None:
    async with console_of(audited, "2") as pilot:
        assert "w 换版试算" in seen(pilot)
        await press(pilot, "w")
        assert "条款表 1 → 2 · 2026-01..2026-11 · 未对应 3 · 全部加油站" in seen(pilot)


@pytest.mark.slow
async def test_the_station_that_loses_most_is_on_top(audited: Chain) -> None:
    async with console_of(audited, *OPEN) as pilot:
        shown = seen(pilot)
        assert [row.change.station for row in table_of(pilot).window.lines] == ["s2", "s1"]
        assert "9.00" in shown
        assert "8.00" in shown
        assert "-1.00" in shown


async def test_enter_explains_the_difference_per_criterion(audited: Chain) -> None:
    async with console_of(audited, *OPEN, "enter") as pilot:
        shown = seen(pilot)
        assert "北关加油站 · 1 次检查 · 9.00 → 8.00  -1.00" in shown
        assert "1 未问候" in shown
        await press(pilot, "escape")
        assert "旧版平均" in seen(pilot)


@pytest.mark.slow
async def test_what_is_not_mapped_is_listed_and_a_mapping_file_mends_it(
    audited: Chain, tmp_path: Path
) -> None:
    file = tmp_path / "map.yaml"
    file.write_text(MAP_TEXT, encoding="utf-8")
    async with console_of(audited, *OPEN, "down", "enter") as pilot:
        assert "去向未定，不计" in seen(pilot)
        assert "问题 2[0] × 1" in seen(pilot)

        await press(pilot, "escape", "m")
        await write(pilot, str(file))
        await press(pilot, "enter")
        assert "map.yaml" in seen(pilot)
        await press(pilot, "down", "enter")
        shown = seen(pilot)
        assert "0.70 → 1.00  +0.30" in shown
        assert "分项封顶 A1 服务" in shown
        assert "问题 5[0] × 1" in shown
        assert "问题 2[0] × 1" not in shown


@pytest.mark.slow
async def test_a_new_edition_may_come_from_a_file(audited: Chain, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    written = NEW_TEXT.replace('edition: "2"', "edition: draft")
    file.write_text(written.replace("points: 1, per: person-time", "points: 2, per: person-time"))
    async with console_of(audited, *OPEN, "n") as pilot:
        await press(pilot, *("pagedown",) * 3, "enter")
        await write(pilot, str(tmp_path / "nowhere.yaml"))
        await press(pilot, "enter")
        assert "无法打开" in seen(pilot)

        await press(pilot, "ctrl+u")
        await write(pilot, str(file))
        await press(pilot, "enter")
        assert "1 → draft" in seen(pilot)
        assert "-3.00" in seen(pilot)


@pytest.mark.slow
async def test_another_period_has_other_sheets(audited: Chain) -> None:
    async with console_of(audited, *OPEN, "p") as pilot:
        await press(pilot, "ctrl+u")
        await write(pilot, "2026-13")
        await press(pilot, "enter")
        assert "不是可用的期间" in seen(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, "2026-10")
        await press(pilot, "enter")
        assert "这段时间没有按旧版填写的检查" in seen(pilot)


@pytest.mark.slow
async def test_one_place_has_its_own_sheets(audited: Chain) -> None:
    async with console_of(audited, *OPEN, "slash") as pilot:
        await write(pilot, "s1")
        await press(pilot, "enter")
        assert [row.change.station for row in table_of(pilot).window.lines] == ["s1"]


@pytest.mark.slow
async def test_news_does_not_score_everything_again(audited: Chain) -> None:
    async with console_of(audited, *OPEN) as pilot:
        form = a_form(rulebook=OLD.id, edition="1", station="s1", found=())
        audited.submit(form, by=CONSOLE)
        await press(pilot, "down")
        assert [row.change.sheets for row in table_of(pilot).window.lines] == [1, 1]
        await press(pilot, "r")
        assert sorted(row.change.sheets for row in table_of(pilot).window.lines) == [1, 2]


@pytest.mark.slow
async def test_a_shelf_with_one_edition_of_each_asks_for_the_new_one(
    tmp_path: Path, clock: Clock
) -> None:
    from tests.things import build_chain

    with Register.open(tmp_path / "plain", clock=clock) as plain:
        async with console_of(build_chain(plain, clock), *OPEN) as pilot:
            assert "按 n 选择新版细则" in seen(pilot)
            await press(pilot, "m")
            assert "按 n 选择新版细则" in seen(pilot)


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("加油站", "未对应")), ("en", ("Station", "Left out"))]
)
@pytest.mark.slow
async def test_it_fits_a_small_terminal_in_both_languages(
    audited: Chain, lang: Lang, words: tuple[str, ...]
) -> None:
    async with console_of(audited, *OPEN, lang=lang) as pilot:
        shown = seen(pilot)
        assert all(word in shown for word in words)
        for key in "nompr":
            assert f" {key} " in shown.splitlines()[-2]
        await press(pilot, "question_mark")
        assert ("只看不改" if lang == "zh" else "nothing is changed") in seen(pilot)


@pytest.mark.slow
async def test_the_command_palette_knows_it(audited: Chain) -> None:
    async with console_of(audited, "2", "ctrl+p") as pilot:
        await write(pilot, "换版试算")
        await press(pilot, "enter")
        assert "条款表 1 → 2" in seen(pilot)
