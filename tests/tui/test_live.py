"""Live: findings as they come, kept in place, narrowed, opened."""

from __future__ import annotations

import asyncio
from io import BytesIO

import pytest
from PIL import Image

from domain.procedures.evidence import receive_evidence
from domain.register.register import Register
from domain.submission import Found
from tests.things import CONSOLE, VIDEO, Chain, a_form, a_picture
from tests.tui.terminal import console_of, opened, press, seen, settled, table_of, until, write
from tui import exporting
from tui.app import ConsoleApp
from tui.screens.inspection import InspectionScreen
from tui.screens.live import LiveScreen, short


def many_findings(chain: Chain, many: int) -> None:
    """Forms of three findings each."""
    three = (Found("A.a.1"), Found("A.a.2", count=2), Found("E.b.2", note="裂缝"))
    for _ in range(many):
        chain.submit(chain.form(found=three))


async def test_a_finding_appears_by_itself(chain: Chain) -> None:
    async with console_of(chain) as pilot:
        assert "没有记录" in seen(pilot)

        await asyncio.to_thread(chain.submit, chain.form())
        await until(pilot, lambda: "湖滨加油站" in seen(pilot))
        await settled(pilot)

        assert "迎候时背对车道" in seen(pilot)
        assert "1–1 / 1" in seen(pilot)


async def test_a_new_system_is_told_where_to_begin(register: Register) -> None:
    async with ConsoleApp(lambda: register).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "按 3，再按 s" in seen(pilot)


async def test_only_findings_of_another_year_are_dated_by_it(chain: Chain) -> None:
    chain.submit(chain.form())
    chain.clock.forward(days=400)
    chain.submit(chain.form())
    async with console_of(chain) as pilot:
        text = seen(pilot)

    assert text.count("2026-11-20") == 1
    assert "12-25 " in text


async def test_two_consoles_show_the_same_finding_without_a_key(chain: Chain) -> None:
    async with console_of(chain) as one, console_of(chain) as other:
        await asyncio.to_thread(chain.submit, chain.form())

        await until(one, lambda: "A.a.1" in seen(one))
        await until(other, lambda: "A.a.1" in seen(other))


async def test_the_reader_keeps_the_place_while_findings_come(chain: Chain) -> None:
    many_findings(chain, 10)
    async with console_of(chain, "down", "down", "pagedown") as pilot:
        reading = table_of(pilot).window.chosen

        await asyncio.to_thread(many_findings, chain, 2)
        await until(pilot, lambda: table_of(pilot).window.unseen == 6)

        assert table_of(pilot).window.chosen == reading
        assert "新到 6 条" in seen(pilot)
        await press(pilot, "home")
        assert "新到" not in seen(pilot)
        assert "/ 36" in seen(pilot)


@pytest.mark.slow
async def test_paging_through_reaches_every_finding_once(chain: Chain) -> None:
    many_findings(chain, 30)
    async with console_of(chain) as pilot:
        window, numbers = table_of(pilot).window, set[int]()
        for _ in range(90):
            assert window.chosen is not None
            numbers.add(window.chosen.number)
            await pilot.press("down")
            await until(pilot, lambda: not table_of(pilot)._busy)
        assert len(numbers) == 90

        await press(pilot, "end")
        assert "/ 90" in seen(pilot)
        assert window.rank + window.cursor == 89


async def test_a_place_is_found_by_typing_a_part_of_its_name(chain: Chain) -> None:
    many_findings(chain, 1)
    async with console_of(chain, "slash") as pilot:
        await write(pilot, "北关")
        await press(pilot, "enter")
        assert "北关加油站 · 各种程度 ◂" in seen(pilot)
        assert "没有记录" in seen(pilot)

        await press(pilot, "escape")
        assert "1–3 / 3" in seen(pilot)


async def test_severities_are_gone_through_with_one_key(chain: Chain) -> None:
    many_findings(chain, 1)
    async with console_of(chain, "f") as pilot:
        assert "严重" in seen(pilot)
        await press(pilot, "f", "f")
        table = table_of(pilot)
        assert {line.severity for line in table.window.lines} == {"minor"}


async def test_enter_opens_the_inspection_at_the_finding(chain: Chain) -> None:
    many_findings(chain, 1)
    async with console_of(chain, "enter") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, InspectionScreen)
        assert "└ 裂缝" in next(line for line in seen(pilot).splitlines() if "▸" in line)

        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LiveScreen)


async def test_a_picture_is_shown_once_it_has_arrived(chain: Chain) -> None:
    bytes_of_it = BytesIO()
    Image.new("RGB", (1280, 960), (200, 30, 30)).save(bytes_of_it, "JPEG")
    content = bytes_of_it.getvalue()
    picture = a_picture(content)
    found = (Found("A.a.1", evidence=(picture.id,)),)
    chain.submit(chain.form(found=found, evidence=(picture,)))
    async with console_of(chain, size=(160, 48)) as pilot:
        assert "图片还在上传途中" in seen(pilot)
        assert "▀" not in seen(pilot)

        media = chain.register.media
        arrived = media.incoming / "one"
        arrived.write_bytes(content)
        media.keep(arrived, picture.sha256)
        await asyncio.to_thread(
            lambda: chain.register.carry_out(receive_evidence, picture.id, by=CONSOLE)
        )

        await until(pilot, lambda: "▀" in seen(pilot))
        await press(pilot, "p")
        assert "加油机.jpg" in seen(pilot)


async def test_what_people_write_cannot_draw_on_the_screen(chain: Chain) -> None:
    wicked = "[bold red]x[/] \x1b[31m [@click=app.exit]y[/]"
    chain.submit(chain.form(found=(Found("A.a.1", note=wicked),)))
    async with console_of(chain) as pilot:
        assert "[bold red]x[/] ␛[31m [@click=app.exit]y[/]" in seen(pilot)


async def test_the_console_changes_its_language_at_once(chain: Chain) -> None:
    many_findings(chain, 1)
    async with console_of(chain, "2", "1", "l") as pilot:
        assert "Lakeside" in seen(pilot)
        assert "Live" in seen(pilot)
        await press(pilot, "2")
        assert "On-site audit" in seen(pilot)


async def test_help_names_the_keys_of_the_screen(chain: Chain) -> None:
    async with console_of(chain, "question_mark") as pilot:
        assert "按程度筛选" in seen(pilot)


async def test_the_palette_finds_commands_in_the_readers_language(chain: Chain) -> None:
    async with console_of(chain, "ctrl+p") as pilot:
        await pilot.press(*"导出")
        await until(pilot, lambda: "把本屏内容导出" in seen(pilot))


@pytest.mark.parametrize(
    "beside",
    [pytest.param(False, id="here"), pytest.param(True, id="in_a_child", marks=pytest.mark.slow)],
)
async def test_the_findings_are_exported_with_one_key(
    chain: Chain, monkeypatch: pytest.MonkeyPatch, beside: bool
) -> None:
    monkeypatch.setattr(exporting, "MANY", 0 if beside else 100)
    many_findings(chain, 1)
    async with console_of(chain, "e") as pilot:
        await until(pilot, lambda: "已导出到" in seen(pilot))

    [workbook] = (chain.register.folder / "exports").glob("*.xlsx")
    assert workbook.stat().st_size > 0


async def test_a_video_audit_shows_where_on_the_recording(chain: Chain) -> None:
    audit = a_form(
        rulebook=VIDEO, station="s1", found=(Found("f.3", at="00:12:34"),), at=chain.clock.now
    )
    chain.submit(audit, by=CONSOLE)
    async with console_of(chain) as pilot:
        assert "00:12:34" in seen(pilot)


async def test_data_that_cannot_be_opened_are_explained() -> None:
    from domain.refusals import Refusal
    from domain.text import Text

    def refuse() -> Register:
        raise Refusal(
            Text(zh="磁盘已满。", en="The disk is full."),
            remedy=Text(zh="请腾出空间。", en="Free some space."),
        )

    async with ConsoleApp(refuse).run_test() as pilot:
        await until(pilot, lambda: "请腾出空间" in seen(pilot))
        assert "磁盘已满" in seen(pilot)


def test_an_entry_with_a_long_name_keeps_the_number_that_tells_it() -> None:
    assert [short(one) for one in ("power_room.3", "unloading.12", "A.a.1", "134b")] == [
        "powe….3", "unl….12", "A.a.1", "134b",
    ]  # fmt: skip
